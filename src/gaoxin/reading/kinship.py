"""What a figure alone leaves open and its neighbours tell (上下文).

Figures are linked one after the other, each with what the ones before it say: its label may leave words to
them (`gaoxin.reading.elision`), growth and multiples speak of the level before them (after 人均GDP达2万美元,
是全市的2倍 is a multiple of dollars), and the output of an industry is about that industry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gaoxin.core.units import Dimension
from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim
from gaoxin.reading.elision import decisive, supplied
from gaoxin.reading.linking import Linker
from gaoxin.reading.linking.questions import RELATIVE
from gaoxin.reading.naming import Names

_EVENT = re.compile(r"[,，]?([^,，。;；]{2,24})")
_TASK = re.compile(
    r"^(?:全年|年度|年初|当年|年|既定)*(?:目标任务|任务目标|目标|任务|计划|预期|预算)(?:数|值)?(?:的)?$|^(?:全年|年度|当年)$"
)
_NO_PHRASE = re.compile(
    r"^(?:是|占|比|较|为|翻|跃|升|由|从|(?:前移|提升|上升|下降)[到至了]|扣除|剔除|受|已完成|约|则|仅|当月|当季|按|平均|同期|上年|去年"
    r"|上月|[0-9]{4}年).{0,10}$|^[+-]$"
)
_CLOSING, _OPENING = '”》」"', re.compile(r"[“《「\"][^”》」\"]*$")
_INDUSTRY = re.compile(r"^(?P<name>.{2,12}?)(?:实现|完成)?(?:总?产值|增加值)$")
_KIND_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("enterprise", re.compile(r"(?:公司|集团|股份|科技|药业|制药|重工|电子|智能|动力|机械|轴承|能源|厂)$")),
    ("zone", re.compile(r"(?:高新区|经开区|开发区|园区|新区|保税区|示范区|产业园|科技园)$")),
    ("industry", re.compile(r"(?:产业|制造业?|服务业|材料|医药|化工|信息技术|电子信息|装备|食品|物流)$")),
    ("region", re.compile(r"[省市州县旗区]$|全国|我国|^[全我][省市州县区]")),
)
# 销售收入18亿元，利税2.7亿元: the second is another measure, and nobody's name.
_MEASURE = re.compile(
    "(?:税|税金|利润|收入|额|值|费|费用|投入|投资|资金|成本|奖励|补贴|贷款|融资|工资|余额|红利|补助)$"
)
_PLACES = frozenset({"product_market_position", "precedence_claim", "production_base_position"})
_CERTAIN = 0.85
_LONGEST_NAME = 8
_FAR = 24  # claims looked back


def linked(
    claims: Sequence[Claim], blocks: Sequence[Block], linker: Linker, names: Names
) -> tuple[Claim, ...]:
    """The claims with their metrics, in the same order."""
    out: list[Claim] = []
    for claim in claims:
        text = blocks[claim.block].stretch.read
        earlier = [before for before in out[-_FAR:] if before.block == claim.block]
        out.append(_about_its_industry(_linked(claim, earlier, text, linker), names))
    return tuple(out)


def kind_of_subject(claim: Claim) -> str | None:
    """The kind of the subject, by its code or the form of its name. Missing: None where neither tells."""
    if claim.subject_code:
        return claim.subject_code.partition("/")[0]
    if claim.subject:
        for kind, pattern in _KIND_BY_NAME:
            if pattern.search(claim.subject):
                return kind
    return None


def _linked(claim: Claim, earlier: Sequence[Claim], text: str, linker: Linker) -> Claim:
    kind = kind_of_subject(claim)
    claim = _founding(claim, text)
    if claim.label.startswith("净增") and claim.kind == "level":
        claim = replace(claim, kind="change", label=claim.label.removeprefix("净增"))
    found = replace(linker.link(_as_title(claim, text), kind), amount=claim.amount)
    siblings = [before for before in earlier if before.sentence == claim.sentence]
    if claim.label:
        for label in decisive(claim, kind, siblings, earlier, text):
            if (fuller := _certain(claim, label, kind, linker)) is not None:
                return _agreeing(fuller, siblings)
        if found.metric is None:
            for label in supplied(claim, siblings, text):
                if (fuller := _certain(claim, label, kind, linker)) is not None:
                    return _agreeing(fuller, siblings)
    return _next_performer(_agreeing(found, siblings), siblings)


def _next_performer(claim: Claim, siblings: Sequence[Claim]) -> Claim:
    """某厂完成产值12亿元，海宏车桥完成4亿元: a label that is no metric names who did the same."""
    if claim.metric or claim.candidates or not claim.label or claim.dimension is not Dimension.money:
        return claim
    if _MEASURE.search(claim.label):
        return claim
    for before in reversed(siblings):
        if before.metric and before.kind == "level" and before.dimension is Dimension.money:
            if kind_of_subject(before) not in ("enterprise", "industry") or len(claim.label) > _LONGEST_NAME:
                return claim
            return replace(
                claim,
                metric=before.metric,
                candidates=(before.metric,),
                subject=claim.label,
                subject_code="",
                confidence=round(before.confidence * 0.7, 3),
            )
    return claim


def _certain(claim: Claim, label: str, kind: str | None, linker: Linker) -> Claim | None:
    """The claim linked by a fuller label, if the catalogue surely has it."""
    fuller = linker.link(replace(claim, label=label), kind)
    if fuller.metric is None or fuller.confidence < _CERTAIN * (claim.confidence or 1.0):
        return None
    return replace(fuller, label=claim.label)


def _founding(claim: Claim, text: str) -> Claim:
    """2015年，获批成为国家高新区: what happened in a year stands behind it."""
    if claim.amount.form != "year" or claim.label:
        return claim
    event = _EVENT.match(text, claim.amount.end)
    return claim if event is None else replace(claim, label=event.group(1))


def _as_title(claim: Claim, text: str) -> Claim:
    """“提质增效十二条”: a number of clauses at the end of a title is part of the title."""
    start, end = claim.amount.start, claim.amount.end
    closes = text[end : end + 1] and text[end : end + 1] in _CLOSING
    if claim.amount.noun == "条" and closes and _OPENING.search(text[max(0, start - 24) : start]):
        return replace(claim, amount=replace(claim.amount, form="label"))
    return claim


def _agreeing(claim: Claim, siblings: Sequence[Claim]) -> Claim:
    """Growth, shares and multiples, and what is left of a task, speak of the figure before them."""
    is_task = bool(_TASK.match(claim.label))
    relative = claim.kind in RELATIVE or (claim.kind == "target" and is_task)
    wordless = bool(_NO_PHRASE.match(claim.label)) and (relative or not claim.candidates)
    speechless = claim.metric is None and (is_task or wordless)
    for before in reversed(siblings):
        if before.metric is None or before.amount.form == "year":
            continue
        if before.label != claim.label and not speechless:
            continue
        if not relative and not (speechless and before.dimension is claim.dimension):
            continue
        if before.metric == claim.metric or (claim.kind == "rank" and claim.metric in _PLACES):
            return claim
        others = tuple(name for name in claim.candidates if name != before.metric)
        confidence = round(before.confidence * (0.75 if speechless else 0.95), 3)
        return replace(
            claim,
            metric=before.metric,
            candidates=(before.metric, *others)[:5],
            confidence=max(claim.confidence, confidence),
        )
    return claim


def _about_its_industry(claim: Claim, names: Names) -> Claim:
    """装备制造产值 of a zone is the figure of that industry: the subject is the industry, not the zone."""
    if claim.metric not in ("industry_output", "industry_value_added"):
        return claim
    if kind_of_subject(claim) == "industry":
        return claim
    found = _INDUSTRY.match(claim.label)
    name = found["name"] if found is not None else claim.label
    codes = {
        code for spelt in (name, name.removesuffix("产业"), name + "产业") for code in names.named(spelt)
    }
    own = [code for code in codes if not claim.subject_code or _lies_in(code, claim.subject_code, names)]
    return replace(claim, subject=name, subject_code=own[0] if len(own) == 1 else "")


def _lies_in(code: str, place: str, names: Names) -> bool:
    return any(subject.code == place for subject in names.ancestors(code))
