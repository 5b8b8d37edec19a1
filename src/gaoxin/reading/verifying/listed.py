"""A list of names, and the count of it, against the list the fact base has (名单对照).

三大主导产业 is held against the names that a document gives; where two documents give two lists and nobody
has ruled, the verdict says so and blames nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gaoxin.reading.verifying.asking import nearly_same_period, same_period
from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.index import Figure
from gaoxin.reading.verifying.inside.lists import names_of
from gaoxin.reading.verifying.said import Said
from gaoxin.reading.verifying.verdicts import Verdict, conclude


def by_list(desk: Desk, position: int, quantity: Said, found: Verdict | None) -> Verdict | None:
    """The verdict by the list of the fact base; `found`, what the count alone gave, where it adds nothing."""
    claim = desk.claims[position]
    if claim.kind != "level" or claim.metric is None or not claim.subject_code:
        return found
    lists = [
        figure
        for figure in desk.index.figures(claim.subject_code, claim.metric, ("list",))
        if same_period(claim.period, figure.first, stock=True)
        or nearly_same_period(claim.period, figure.first)
    ]
    if not lists or (found is not None and found.verdict != "match"):
        return found
    figure = lists[0]
    written = names_of(desk, position)
    if len(written) == quantity.value:
        return _by_names(desk, position, figure, written, found)
    if found is None and not figure.disputed:
        return _by_count(desk, position, quantity, figure)
    return found


def _by_names(
    desk: Desk, position: int, figure: Figure, written: Iterable[str], found: Verdict | None
) -> Verdict | None:
    names = set(written)
    said = [statement for statement in figure.statements if _same(names, set(statement.value.items))]
    ids = tuple(statement.id for statement in figure.statements)
    both = "／".join("、".join(statement.value.items) for statement in figure.statements)
    if figure.disputed:
        line = ("待裁定", f"名单有不同写法：{both}")
        if found is not None:
            return replace(found, workings=(*found.workings, line))
        cause = Cause.ONE_OF_SEVERAL if said else Cause.CONFLICT
        return conclude(position, cause, {"fact": both}, facts=ids, workings=(line,))
    if said:
        return found or conclude(position, Cause.SAME, facts=ids)
    if len(names) != len(figure.first.value.items):
        return found
    return conclude(position, Cause.LIST_DIFFERS, {"fact": "、".join(figure.first.value.items)}, facts=ids)


def _by_count(desk: Desk, position: int, quantity: Said, figure: Figure) -> Verdict:
    """三大 against a list of three names, where nobody states the count itself."""
    items = figure.first.value.items
    ids = (figure.first.id,)
    if quantity.value == len(items):
        return conclude(position, Cause.SAME, facts=ids, workings=(("名单", "、".join(items)),))
    noun = desk.claims[position].amount.noun
    return conclude(
        position,
        Cause.VALUE,
        {"fact": f"{len(items)}{noun}"},
        facts=ids,
        workings=(("名单", "、".join(items)),),
    )


def _same(written: set[str], known: set[str]) -> bool:
    """The same names, 生物医药产业 and 生物医药 being one."""
    return len(written) == len(known) and all(
        any(name in other or other in name for other in known) for name in written
    )
