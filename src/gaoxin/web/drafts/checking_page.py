"""What the checking page of a draft shows (核对页): text, one figure, what else is wrong, what may follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import can
from gaoxin.web.drafts import paper_page, selectors
from gaoxin.web.drafts.evidence import evidence
from gaoxin.web.drafts.models import Act, Draft, DraftFigure
from gaoxin.web.drafts.suggesting import may_be_a_fact
from gaoxin.web.drafts.words import VERDICTS, headline, reason
from gaoxin.web.ledger.moments import last_moment, when
from gaoxin.web.pages.scope import language, slug_of, whole

_MOST_OTHERS = 60
_NONE = selectors.Standing()


def context(
    reader: User, draft: Draft, asked: Mapping[str, str], number: int | None = None
) -> dict[str, Any]:
    """Everything the templates print. `asked`: `figure`, `at` or `show` of the address; `number`: the card of
    one figure alone, without the text.
    """
    checking = selectors.checking_of(draft)
    rows = selectors.figures(checking)
    standings = selectors.standings(draft, rows)
    show = asked.get("show", "")
    shown = show if show in VERDICTS else ""
    chosen = _chosen(asked, rows, shown, number)
    walked = _walked(rows, shown, chosen)
    standing = standings.get(chosen.number, _NONE) if chosen is not None else _NONE
    replaceable = [row for row in rows if row.replaceable and not standings.get(row.number, _NONE).act]
    replaced = [number for number, held in standings.items() if held.act == Act.REPLACE]
    wrong = {row.number for row in rows if row.verdict in ("mismatch", "inconsistent")}
    handled = sum(
        number in wrong and held.act in (Act.REPLACE, Act.KEEP) for number, held in standings.items()
    )
    may_decide = selectors.may_decide(reader, draft)
    problems = [row for row in rows if row.problem and (not shown or row.verdict == shown)]
    selected = chosen.number if chosen is not None else 0
    return {
        "draft": draft,
        "checking": checking,
        "headline": headline(checking.counts, handled),
        "total": len(rows),
        "verdicts": [(name, look, checking.counts.get(name, 0)) for name, look in VERDICTS.items()],
        "show": shown,
        "lines": paper_page.lines(
            draft.text,
            checking.layout,
            rows,
            standings,
            selected=selected,
            shown=shown,
        )
        if number is None
        else [],
        "card": evidence(reader, draft.text, chosen, rows, standing, walked) if chosen is not None else None,
        "others": [(row, VERDICTS[row.verdict], reason(row)) for row in problems[:_MOST_OTHERS]],
        "more_others": max(0, len(problems) - _MOST_OTHERS),
        "other_count": len(problems) - any(row.number == selected for row in problems),
        "replaceable": len(replaceable),
        "replaced": len(replaced),
        "may_decide": may_decide,
        "may_share": selectors.may_share(reader, draft),
        "may_propose": may_decide and chosen is not None and may_be_a_fact(chosen),
        "proposable": sum(may_be_a_fact(row) and row.verdict == "unsupported" for row in rows)
        if may_decide
        else 0,
        "proposed": draft.proposals.count(),
        "remarks": [one["zh"] if language() == "zh" else one["en"] for one in draft.remarks],
        "at": when(draft.at),
        "checked_at": when(checking.at),
        "known": when(checking.known) if checking.known is not None else "",
        "stale": checking.known != last_moment(),
        "slug": slug_of(draft.zone.code),
        "can_export": can(reader, "facts.export"),
        "in_words": draft.kind != "docx",
        "opened": number is not None or bool({"figure", "at"} & asked.keys()),
    }


def _chosen(
    asked: Mapping[str, str], rows: list[DraftFigure], shown: str, number: int | None
) -> DraftFigure | None:
    """The figure asked for, by its number or its place; else the first problem, else the first figure."""
    wanted = number if number is not None else whole(asked.get("figure", ""))
    at = whole(asked.get("at", ""))
    found = next((row for row in rows if row.number == wanted), None)
    if found is None and at is not None:
        found = next((row for row in rows if row.start <= at < row.end), None)
    if found is not None or number is not None:
        return found
    if shown:
        candidates = [row for row in rows if row.verdict == shown]
    else:  # what has to be changed comes before what is only unknown
        candidates = [row for row in rows if row.verdict in ("mismatch", "inconsistent")]
        candidates = candidates or [row for row in rows if row.problem]
    return next(iter(candidates or rows), None)


def _walked(rows: list[DraftFigure], shown: str, chosen: DraftFigure | None) -> list[int]:
    """Problems one after the other; all figures of a verdict where one is chosen."""
    if shown:
        return [row.number for row in rows if row.verdict == shown]
    problems = [row.number for row in rows if row.problem]
    if chosen is not None and not chosen.problem:
        return [row.number for row in rows]
    return problems or [row.number for row in rows]
