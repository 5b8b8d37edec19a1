"""The check-up of one enterprise as a table: a line for every condition and fact (体检报告)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from gaoxin.web.eligibility.gap_rows import GapRow
from gaoxin.web.eligibility.judged import Judged
from gaoxin.web.eligibility.matrix import score_of
from gaoxin.web.eligibility.rule_details import Detail, detail
from gaoxin.web.eligibility.words import CONDITIONS, EXAMPLE, VERDICTS
from gaoxin.web.pages.exports import source_note, text
from gaoxin.web.pages.workbooks import Cell, Column


def columns() -> list[Column]:
    """The head of the table, in the language of the reader."""
    return [
        Column(_("称号或政策"), width=26),
        Column(_("结论"), width=12),
        Column(_("条件"), width=36),
        Column(_("判定"), width=12),
        Column(_("实际"), width=22),
        Column(_("门槛"), width=18),
        Column(_("差距或余量"), width=24),
        Column(_("最省的办法"), width=40),
        Column(_("依据"), width=34),
        Column(_("说明"), width=50),
    ]


def check_up_rows(judged: Sequence[Judged]) -> Iterator[list[Cell]]:
    """The rule itself first, then its conditions, then what is missing."""
    for held in judged:
        told = detail(held)
        _bar, score = score_of(held)
        name = f"{held.name}（{EXAMPLE}）" if held.example else held.name
        verdict = str(VERDICTS[held.verdict].word)
        yield [
            text(name),
            text(verdict),
            text(told.headline),
            text(""),
            text(score),
            *_blank(3),
            text(""),
            text(_said(told)),
        ]
        for row in told.rows:
            yield [text(name), text(verdict), *_condition(row)]
        for one in told.wanted:
            yield [
                text(name),
                text(verdict),
                text(f"{one.years}{one.name}"),
                text(_("缺")),
                *_blank(4),
                text(one.form),
                text(one.ask),
            ]


def _condition(row: GapRow) -> list[Cell]:
    sources = [source_note(view.figure) for view in row.rings if view.figure is not None]
    measured = f"{row.working} = {row.measured}" if row.working else row.measured
    notes = [row.joint, row.note, _("依据或参数待核") if row.unconfirmed else ""]
    actions = [f"{one.text}（{one.lead}）" for one in row.actions]
    return [
        text("　" * row.depth + (row.name or row.joint)),
        text(str(CONDITIONS[row.verdict].word)),
        Cell(measured, comment="\n".join(dict.fromkeys(sources))),
        text(row.mark),
        text(row.gap),
        text(_("；").join(actions)),
        text(row.article),
        text(_("；").join(note for note in notes if note)),
    ]


def _said(told: Detail) -> str:
    """Money, flags, the way as a whole and what was not compared with the original, in one cell."""
    parts = [told.way]
    if told.amount:
        parts.append(_("金额 %s") % told.amount)
    parts += [_("提示：%s") % flag for flag in told.flags]
    if told.unconfirmed:
        parts.append(_("待核：%s") % _("、").join(told.unconfirmed))
    return _("；").join(part for part in parts if part)


def _blank(number: int) -> list[Cell]:
    return [text("")] * number
