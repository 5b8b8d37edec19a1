"""Metrics that a text states by the form of its words rather than by a name (由写法可知的指标).

首个 and 唯一 claim precedence whatever stands beside them; 十二条 counts the clauses of a policy; the place
of a product in the world's market is the enterprise's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_PRECEDENCE = re.compile(r"首[个家例创部条座款批次项]|唯一|第一[个家例条座款部]|率先|独家")
_MARKET = re.compile(r"业务|产品|市场|销量|销售|占有率|份额|产量|出货|性能")
_BASE = re.compile(r"(?:生产|制造|研发|产业)?基地$")


def by_form(
    label: str, *, kind: str, form: str, noun: str, quote: str, subject: str | None
) -> Iterable[tuple[str, float]]:
    """(metric id, score) of what the form alone suggests; a name that fits exactly outweighs it."""
    if form == "rank" and _PRECEDENCE.search(quote):
        yield "precedence_claim", 0.9
    elif form == "rank" and subject == "enterprise":
        if _BASE.search(label):
            yield "production_base_position", 0.85
        elif _MARKET.search(label):
            yield "product_market_position", 0.85
    if form == "rank" and noun == "批":
        yield "innovation_base_batch", 0.8
    if noun == "条" and form == "label":
        yield "policy_clauses", 0.9
    if kind == "share" and subject == "enterprise" and re.search(r"市场(?:份额|占有率)|市占率", label):
        yield "product_market_share", 0.9
    if (
        subject == "enterprise"
        and re.search(r"销量|销售量", label)
        and kind in ("growth", "multiple", "level")
    ):
        yield "product_sales_volume", 0.85
