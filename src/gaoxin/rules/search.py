"""The cheapest choice of one option per cluster under which no condition is certainly not met (最省组合).

Best first: a choice is continued at the lowest price it can still end at. What clusters not yet chosen may
bring about stands in as a hull, so that a certain no ends a choice early and nothing feasible is lost.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from itertools import count

from gaoxin.compute.reference import Outcome
from gaoxin.compute.tree import Node
from gaoxin.core.errors import RuleError
from gaoxin.rules.atoms import Frame, Trial, hull
from gaoxin.rules.clusters import LARGEST
from gaoxin.rules.options import NOTHING_DONE, Option

Offer = tuple[tuple[Node, ...], tuple[Option, ...]]


def out_of_reach(frame: Frame, trial: Trial, offers: Sequence[Offer]) -> tuple[str, ...]:
    """The conditions that stay certainly not met whatever is done."""
    frame.holds(trial, _hulls(offers))
    return tuple(name for name, node in frame.conditions if trial[node].value is False)


def cheapest_choices(frame: Frame, trial: Trial, offers: Sequence[Offer]) -> list[Option]:
    """The cheapest choices with the fewest actions; several where time and ids pull apart; [] if none.

    Raises: RuleError where it would take too long to stay exact.
    """
    held = _supported(frame, trial, offers)
    if any(not options for _, options in held):
        return []
    held = sorted(held, key=lambda offer: len(offer[1]))
    hulls = [_hulls(held[at:]) for at in range(len(held) + 1)]
    left = [NOTHING_DONE]
    for _, options in reversed(held):
        left.append(left[-1].beside(min(options, key=lambda option: option.key)))
    left.reverse()
    order = count()
    heap = [(left[0].cost, left[0].size, 0, next(order), NOTHING_DONE)]
    nodes = [node for names, _ in held for node in names]
    found: list[Option] = []
    while heap:
        cost, size, back, _, chosen = heapq.heappop(heap)
        if found and (cost, size) > (found[0].cost, found[0].size):
            break
        depth = -back
        if depth == len(held):
            if not any(other.never_dearer(chosen) for other in found):
                found = [other for other in found if not chosen.never_dearer(other)] + [chosen]
            continue
        for option in held[depth][1]:
            longer = chosen.beside(option)
            outcomes = {**dict(zip(nodes, longer.outcomes, strict=False)), **hulls[depth + 1]}
            if frame.holds(trial, outcomes):
                entry = (longer.cost + left[depth + 1].cost, longer.size + left[depth + 1].size)
                heapq.heappush(heap, (*entry, -depth - 1, next(order), longer))
        if next(order) > LARGEST:
            raise RuleError(
                "组合太多，算不出确切的最省办法，请减少动作或写明适用规则（applies_to）",
                "too many combinations to find the cheapest way exactly; "
                "leave actions out, or say with applies_to which rules they are for",
            )
    return found


def joined(parts: Sequence[Sequence[Option]]) -> Option:
    """The best of all combinations of choices that do not touch each other."""
    together = [NOTHING_DONE]
    for options in parts:
        together = [one.beside(other) for one in together for other in options]
    return min(together, key=lambda option: option.key)


def _supported(frame: Frame, trial: Trial, offers: Sequence[Offer]) -> list[Offer]:
    """The options that can be part of a choice at all, as far as each can be told by itself."""
    held = list(offers)
    changed = True
    while changed:
        changed = False
        for at, (nodes, options) in enumerate(held):
            around = _hulls([offer for other, offer in enumerate(held) if other != at])
            able = tuple(
                option
                for option in options
                if frame.holds(trial, {**around, **dict(zip(nodes, option.outcomes, strict=True))})
            )
            if len(able) < len(options):
                held[at], changed = (nodes, able), True
            if not able:
                return held
    return held


def _hulls(offers: Sequence[Offer]) -> Mapping[Node, Outcome]:
    return {
        node: hull(node, [option.outcomes[at] for option in options])
        for nodes, options in offers
        for at, node in enumerate(nodes)
    }


__all__ = ["Offer", "cheapest_choices", "joined", "out_of_reach"]
