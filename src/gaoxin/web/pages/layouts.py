"""The layout of a zone's front page: the one its pack declares, or a plain one from what is known
(总览布局).
"""

from __future__ import annotations

from collections.abc import Sequence

from gaoxin.core.periods import Period
from gaoxin.packs.schemas.cockpit import Cockpit, FigureRef, Hero, Section
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure


def layout_of(zone: str) -> Cockpit | None:
    return catalogue.library().cockpits.get(zone)


def plain_layout(zone: str, period: Period, figures: Sequence[Figure]) -> Cockpit | None:
    """Everything known about the zone in this period, in the order of the catalogue; None where nothing
    is known.
    """
    order = {metric: place for place, metric in enumerate(catalogue.library().metrics)}
    known = sorted(
        {
            figure.metric.id
            for figure in figures
            if figure.subject_code == zone and figure.figure == "level" and period.contains(figure.period)
        },
        key=lambda metric: order.get(metric, len(order)),
    )
    numeric = [FigureRef(metric=metric) for metric in known if catalogue.metric(metric).is_numeric]
    if not numeric:
        return None
    rest = tuple(numeric[11:])
    sections = (Section(id="more", zh="其他指标", en="Further metrics", figures=rest),) if rest else ()
    return Cockpit(
        kind="cockpit",
        zone=zone,
        hero=Hero(figure=numeric[0]),
        leading=tuple(numeric[1:11]),
        sections=sections,
    )
