"""Who is to blame when figures of a text clash? (裁决)

1. A clash that a figure already known to be wrong explains says nothing more.
2. Figures that the facts bear out are not to blame, unless the text itself shows the contradiction (`firm`).
3. Otherwise the one that the check puts first, or all that are left where it cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gaoxin.reading.verifying.causes import Cause
from gaoxin.reading.verifying.desk import Desk
from gaoxin.reading.verifying.inside import Borne, Clash
from gaoxin.reading.verifying.verdicts import Verdict, conclude

# A figure that only disagrees with what was worked out is no better known than its neighbours.
_WEAK = frozenset({Cause.DERIVED.value})


def resolve(desk: Desk, by_facts: Sequence[Verdict], found: Iterable[Clash | Borne]) -> tuple[Verdict, ...]:
    """The verdicts after the text was held against itself."""
    verdicts = list(by_facts)
    borne: list[Borne] = []
    for each in sorted(found, key=_is_declared):
        if isinstance(each, Borne):
            borne.append(each)
        else:
            _blame(desk, verdicts, each)
    for each in borne:
        _bear_out(verdicts, each)
    return tuple(verdicts)


def _is_declared(found: Clash | Borne) -> bool:
    """A declared rule speaks last: a check that shows the sum says more."""
    return isinstance(found, Clash) and found.cause is Cause.AUDIT_RULE


def _blame(desk: Desk, verdicts: list[Verdict], clash: Clash) -> None:
    known_wrong = [
        position
        for position in clash.positions
        if verdicts[position].verdict == "mismatch" and verdicts[position].cause not in _WEAK
    ]
    if known_wrong and not clash.firm:
        _explain(verdicts, known_wrong, clash)
        return
    open_ = [position for position in clash.positions if clash.firm or verdicts[position].verdict != "match"]
    blamed = open_ if clash.blames_all else open_[:1]
    for position in blamed:
        if verdicts[position].verdict == "inconsistent" or position in known_wrong:
            continue
        others = tuple(other for other in clash.positions if other != position)
        filled = dict(clash.zh)
        if clash.cause is Cause.STATED_TWICE:
            filled["other"] = desk.quote(others[0])
        expected, replacement = None, None
        if position in clash.numbers:
            expected, replacement = desk.renumber(position, clash.numbers[position])
            if any(verdicts[other].verdict != "match" for other in others):
                replacement = None  # worked out from figures that nobody vouches for
        elif verdicts[position].cause in _WEAK:
            expected, replacement = verdicts[position].expected, verdicts[position].replacement
        working = (("复算", clash.working),) if clash.working else ()
        verdicts[position] = conclude(
            position,
            clash.cause,
            filled,
            dict(clash.en) or None,
            expected=expected,
            replacement=replacement,
            facts=verdicts[position].facts,
            others=others,
            workings=(*working, *verdicts[position].workings),
        )


def _explain(verdicts: list[Verdict], wrong: Sequence[int], clash: Clash) -> None:
    """The clash is one more line of evidence on the figure that is wrong."""
    if not clash.working:
        return
    for position in wrong:
        held = verdicts[position]
        others = tuple(other for other in clash.positions if other != position)
        verdicts[position] = replace(
            held,
            others=tuple(dict.fromkeys((*held.others, *others))),
            workings=tuple(dict.fromkeys((*held.workings, ("前后", clash.working)))),
        )


def _bear_out(verdicts: list[Verdict], found: Borne) -> None:
    """What follows from figures that agree agrees too."""
    held = verdicts[found.position]
    if held.verdict != "unsupported" or any(verdicts[other].verdict != "match" for other in found.inputs):
        return
    facts = tuple(fact for other in found.inputs for fact in verdicts[other].facts)
    verdicts[found.position] = conclude(
        found.position,
        Cause.WORKED_OUT,
        facts=tuple(dict.fromkeys(facts)),
        others=found.inputs,
        workings=(("复算", found.working),),
    )
