"""A checked draft as files (导出): Word with comments, corrected Word, and the checking sheet."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gaoxin.reading.papers import Change, Note
from gaoxin.web.accounts.models import User
from gaoxin.web.drafts.models import Act, DraftFigure
from gaoxin.web.drafts.selectors import Standing
from gaoxin.web.drafts.titles import titles_seen
from gaoxin.web.drafts.words import (
    figure_title,
    period_words,
    reason,
    subject_words,
    verdict_word,
    whole_words,
)
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.models import Observation
from gaoxin.web.pages import names
from gaoxin.web.pages.exports import text as cell
from gaoxin.web.pages.workbooks import Cell, Column

_NONE = Standing()
Standings = dict[int, Standing]


def notes(reader: User, rows: Sequence[DraftFigure], standings: Standings) -> list[Note]:
    """A comment for every figure that is not right, and for every one that somebody commented on."""
    found = []
    sources = _sources(reader, rows)
    for row in rows:
        standing = standings.get(row.number, _NONE)
        if not row.problem and not standing.comment:
            continue
        said = []
        if row.problem:
            said.append(f"{row.problem}. {verdict_word(row.verdict)}：{reason(row)}")
            if row.expected:
                said.append(_("应为：%s") % row.expected)
            said += [f"{label}：{sum_}" for label, sum_ in row.workings]
            told = dict.fromkeys(sources[fact] for fact in row.facts if fact in sources)
            said += [_("来源：%s") % one for one in list(told)[:2]]
        if standing.act:
            said.append(_("处理：%s") % _act(standing))
        if standing.comment:
            said.append(_("批注：%s") % standing.comment)
        found.append(Note(row.start, row.end, "\n".join(said), _("高新核稿")))
    return found


def changes(rows: Sequence[DraftFigure], standings: Standings) -> list[Change]:
    """The accepted replacements; of two that touch the same characters the first."""
    found: list[Change] = []
    for row in sorted(rows, key=lambda row: (row.new_start, row.number)):
        if standings.get(row.number, _NONE).act != Act.REPLACE or not row.new:
            continue
        if found and row.new_start < found[-1].end:
            continue
        found.append(Change(row.new_start, row.new_end, row.new))
    return found


def sheet_columns() -> list[Column]:
    return [
        Column(_("序号"), width=6, numeric=True),
        Column(_("文稿写"), width=16),
        Column(_("所在句子"), width=60),
        Column(_("主体"), width=20),
        Column(_("指标"), width=28),
        Column(_("时期"), width=16),
        Column(_("占谁的"), width=14),
        Column(_("结论"), width=10),
        Column(_("理由"), width=50),
        Column(_("应为"), width=16),
        Column(_("复算"), width=40),
        Column(_("来源"), width=40),
        Column(_("处理"), width=14),
        Column(_("批注"), width=30),
    ]


def sheet_rows(
    reader: User, text: str, rows: Sequence[DraftFigure], standings: Standings
) -> list[list[Cell]]:
    """One line for each figure, in the order of the text."""
    sources = _sources(reader, rows)
    found = []
    for number, row in enumerate(rows, start=1):
        standing = standings.get(row.number, _NONE)
        claim = row.claim
        found.append(
            [
                cell(str(number)),
                cell(row.quote),
                cell(sentence(text, row)),
                cell(subject_words(claim)),
                cell(figure_title(claim)),
                cell(period_words(claim)),
                cell(whole_words(claim)),
                cell(verdict_word(row.verdict)),
                cell(reason(row)),
                cell(row.expected),
                cell("；".join(f"{label}：{said}" for label, said in row.workings)),
                cell("；".join(dict.fromkeys(sources[fact] for fact in row.facts if fact in sources))),
                cell(_act(standing)),
                cell(standing.comment),
            ]
        )
    return found


def sentence(text: str, row: DraftFigure) -> str:
    """The sentence the figure stands in, as one line."""
    start, end = row.claim.get("sentence") or (row.start, row.end)
    return "".join(text[start:end].split())


def _act(standing: Standing) -> str:
    if not standing.act:
        return ""
    word = _("已替换") if standing.act == Act.REPLACE else _("保留原文")
    return f"{word}（{standing.by_name}）"


def _sources(reader: User, rows: Sequence[DraftFigure]) -> dict[str, str]:
    """Observation number → its document and place; of one the reader may not read, only that it is hidden."""
    numbers = {int(fact) for row in rows for fact in row.facts if fact.isdigit()}
    held = list(Observation.objects.filter(pk__in=numbers).select_related("source", "subject"))
    seen = set(
        scope.visible_subjects(reader)
        .filter(pk__in={obs.subject_id for obs in held})
        .values_list("pk", flat=True)
    )
    readable = {
        kind: set(scope.readable_metric_ids(reader, kind).values_list("pk", flat=True))
        for kind in {obs.subject.kind for obs in held}
    }
    titles = titles_seen(reader, {obs.source for obs in held})
    found = {}
    for obs in held:
        if obs.subject_id in seen and obs.metric_id in readable[obs.subject.kind]:
            title = titles.get(obs.source.code) or names.title_of(obs.source)
            place = names.locator_of(obs.ref or "", obs.locator)
            found[str(obs.pk)] = f"《{title}》{place}".strip()
        else:
            found[str(obs.pk)] = _("来源不在您的权限内")
    return found
