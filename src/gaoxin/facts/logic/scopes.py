"""L11: unit and scope are equal before figures are set against each other (口径一致)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gaoxin.core.intervals import Interval
from gaoxin.facts.findings import Finding
from gaoxin.facts.logic.registry import found, judged, seeks
from gaoxin.facts.records import Observation
from gaoxin.facts.standing import StandingFacts

if TYPE_CHECKING:
    from gaoxin.packs.schemas import LogicRule


@seeks("L11")
def shares_have_one_whole(rule: LogicRule, facts: StandingFacts) -> Iterator[Finding]:
    """A share says of what: without its whole it can be set against nothing, and no share exceeds 100 %."""
    for share in facts.all(figure="share"):
        metric = facts.metrics[share.metric]
        zh, en = (
            f"“{metric.zh}”：占比写明总体且不超过 100%",
            f"{metric.en}: a share names its whole and is at most 100%",
        )
        if not _names_whole(share):
            yield found(
                rule,
                "not_comparable",
                zh,
                en,
                (share,),
                reason_zh="没有写明占谁的",
                reason_en="of what is not said",
            )
            continue
        if share.value.is_number:
            beyond = share.value.interval().gt(Interval.exact(1))
            yield found(rule, judged(beyond is not True), zh, en, (share,))


def _names_whole(share: Observation) -> bool:
    return bool(share.of or share.group or share.base)
