"""Metrics that a text states by the form of its words rather than by a name (由写法可知的指标).

首个 and 唯一 claim precedence whatever stands beside them; “人才十条” counts the clauses of a policy; the
place of a product in the world's market is the enterprise's; 电子信息产值 is the output of an industry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gaoxin.core.units import Dimension
from gaoxin.reading.linking.questions import Question

_PRECEDENCE = re.compile(r"(?<![之居榜])首(?![位席批])|唯一|第一[个家例条座款部台]|率先|独家")
_MARKET = re.compile(r"业务|产品|市场|销量|销售|占有率|份额|产量|出货|性能|行业")
_BASE = re.compile(r"(?:生产|制造|研发|产业)?基地$")
_INNOVATION_BASE = re.compile(r"创新|双创|示范基地|试点|特色载体")
_SOLD = re.compile(r"销量|销售量|出货量")
_INDUSTRY = re.compile(
    r"(?:材料|医药|化工|信息(?:技术)?|装备(?:制造)?|食品|能源|汽车(?:制造)?|物流|机械|电子|纺织|冶金|建材|轻工|钢铁|石化"
    r"|制药|软件|芯片|集成电路|光电|储能|电池|农产品加工|文旅|康养|航空|航天|机器人|制造业?)"
    r"(?:产业)?(?P<measure>总?产值|增加值)$"
)
_NATIONAL = re.compile(r"国家级?高新|国家级(?:开发区|经开区)?$")
_FOUNDED = re.compile(r"建区|始建|建于|成立|设立|奠基|创建|创办")
_SURE, _LIKELY, _MAYBE = 0.985, 0.88, 0.8


def by_form(asked: Question) -> Iterator[tuple[str, float]]:
    """(metric id, score) of what the form alone suggests; a name that fits exactly outweighs it."""
    label, enterprise = asked.label, asked.subject == "enterprise"
    if asked.form == "rank":
        if _PRECEDENCE.search(asked.quote):
            yield "precedence_claim", _SURE
        elif enterprise and _BASE.search(label):
            yield "production_base_position", _LIKELY
        elif enterprise and _MARKET.search(label):
            yield "product_market_position", _SURE
        elif asked.noun == "批" and _INNOVATION_BASE.search(label):
            yield "innovation_base_batch", _MAYBE
        return
    if asked.form == "year" and asked.subject in ("zone", None):
        if _NATIONAL.search(label):
            yield "national_zone_year", _LIKELY
        elif _FOUNDED.search(label):
            yield "established_year", _LIKELY
        return
    if asked.form == "label":
        if asked.noun == "条":
            yield "policy_clauses", _LIKELY
        elif label.endswith("领域"):
            yield "key_industrial_fields", _LIKELY
        return
    if enterprise and asked.kind == "share" and "市场" in label:
        yield "product_market_share", _SURE
    if enterprise and asked.kind in ("growth", "multiple", "level", "change") and _SOLD.search(label):
        yield "product_sales_volume", _LIKELY
    if asked.kind == "level" and label == "新增就业":
        yield "new_urban_jobs", _LIKELY
    if asked.dimension is Dimension.energy and asked.kind in ("level", "target") and "储能" in label:
        yield "storage_capacity", _MAYBE
    if not enterprise and (found := _INDUSTRY.search(label)) is not None:
        yield "industry_output" if "产值" in found["measure"] else "industry_value_added", _MAYBE
