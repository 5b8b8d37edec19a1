"""The list of sources at the end of a brief: one row for each figure used (数据来源)."""

from __future__ import annotations

from dataclasses import dataclass

from gaoxin.reports.briefs import Brief, Cited
from gaoxin.reports.prose import period_words, written

HEADS = ("序号", "数字", "指标", "报告期", "来源", "位置", "编号")
STATUS = {"estimated": "估算", "derived": "推算", "synthetic": "虚构"}


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the brief with where it stands in its source."""

    number: int
    figure: str
    metric: str
    period: str
    source: str
    place: str
    id: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (str(self.number), self.figure, self.metric, self.period, self.source, self.place, self.id)


def rows(brief: Brief) -> tuple[Row, ...]:
    """The cited observations in the order of first use."""
    return tuple(_row(cited) for cited in brief.cited)


def numbers(brief: Brief) -> dict[str, int]:
    """The number in the list of each observation id."""
    return {cited.observation.id: cited.number for cited in brief.cited}


def closing_lines(brief: Brief) -> tuple[str, ...]:
    """What a reader must know before using the text: gaps, what was left out, invented data."""
    lines = []
    if brief.is_synthetic:
        lines.append("本文用到虚构的演示数据，不得对外引用。")
    if brief.gaps:
        lines.append("文中空缺：" + "；".join(brief.gaps) + "。")
    if brief.unsaid:
        lines.append("没有数字、未写入的内容：" + "；".join(brief.unsaid) + "。")
    return tuple(lines)


def _row(cited: Cited) -> Row:
    obs = cited.observation
    kinds = {"growth": "（同比）", "share": "（占比）", "rank": "（位次）", "target": "（目标）"}
    name = f"{cited.subject}{cited.metric.zh}{kinds.get(obs.figure, '')}"
    status = STATUS.get(obs.status, "")
    unsure = "，报告期待核" if obs.period_confidence == "to_confirm" else ""
    source = cited.source.title if cited.source is not None else obs.source
    return Row(
        number=cited.number,
        figure=obs.written or written(obs),
        metric=name,
        period=period_words(obs.period) + unsure,
        source=f"{source}（{status}）" if status else source,
        place=obs.locator,
        id=obs.id,
    )
