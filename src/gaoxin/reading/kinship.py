"""What a figure alone leaves open and its neighbours tell (上下文).

新增规上工业企业4户、规上服务业企业2户: the second is new as well. 人均GDP达2万美元，是全市的2倍: the multiple
is one of dollars. 一般公共预算收入…，其中税收收入…: the taxes are those of that budget. After 规上工业产值…
实现利润… is the profit of the same enterprises. Each fuller wording is only tried; it counts where the
catalogue has a metric of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gaoxin.core.units import Dimension
from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim
from gaoxin.reading.linking import Linker
from gaoxin.reading.linking.questions import RELATIVE
from gaoxin.reading.naming import Names

_FLOW = re.compile(
    r"^(?:全年|当年|年内|今年|累计|共|[0-9]{4}年)*"
    r"(新增|新认定|新登记|新设立|新设|新引进|新建|新培育|新获批|新签约|新开工|净增)"
)
_STOCK = re.compile(r"总数|总量|累计|存量|共有|现有|达到|拥有|期末|年末|总计|合计|其中|增长|同比|新|净增")
_SUM = re.compile(r"累计|总数|总量|总计|存量|共有|保有")
_SCOPE = re.compile(r"(?:规模以上|规上)(?:工业|服务业)")
# What may be said of the enterprises of a scope without naming it again.
_OF_SCOPE = re.compile(
    r"^(?:实现|完成)?(?:企业)?(?:总产值|产值|增加值|营业收入|营收|利润总额|利润|营业收入利润率|利润率)$"
)
_MONEY_ALONE = re.compile(
    r"^(?:实现|完成)?(?:成交|交易|合同|协议|签约|投资|登记)?(?:总)?(?:金额|额|投资|总投资|规模|面积)$"
)
_RESIDENTS = re.compile(r"(?:城镇|农村|全体|城乡)(?:常住)?居民")
_SHARE_BEFORE = re.compile(r"(占比|比重|强度)[^,，。;；]{0,6}$")
_PROJECTS = re.compile(r"^(?!.*(?:签约|开工|投产|竣工|在建|在谈)).*项目$")
_STATES = re.compile(r"签约落地|建成投产|竣工投产|合作意向|签约|开工|竣工|投产")
_CLAUSE = re.compile(r"[^,，。;；0-9]{0,24}(?=[,，。;；]|$)")
_TASK = re.compile(
    r"^(?:全年|年度|年初|当年|年|既定)*(?:目标任务|任务目标|目标|任务|计划|预期|预算)(?:数|值)?(?:的)?$"
)
_NO_PHRASE = re.compile(
    r"^(?:是|占|比|较|为|翻|已|约|则|仅|当月|当季|平均|同期|上年|去年|上月|[0-9]{4}年).{0,8}$"
)
_CLOSING, _OPENING = '”》」"', re.compile(r"[“《「\"][^”》」\"]*$")
_INDUSTRY = re.compile(r"^(?P<name>.{2,12}?)(?:实现|完成)?(?:总?产值|增加值)$")
_KIND_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("enterprise", re.compile(r"(?:公司|集团|股份|科技|药业|制药|重工|电子|智能|动力|机械|轴承|能源)$")),
    ("zone", re.compile(r"(?:高新区|经开区|开发区|园区|新区|保税区|示范区|产业园|科技园)$")),
    ("industry", re.compile(r"(?:产业|制造业?|服务业|材料|医药|化工|信息技术|电子信息|装备|食品|物流)$")),
    ("region", re.compile(r"[省市州县旗区]$|全国|我国|^[全我][省市州县区]")),
)
_CERTAIN = 0.85
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
    found = replace(linker.link(_as_title(claim, text), kind), amount=claim.amount)
    siblings = [before for before in earlier if before.sentence == claim.sentence]
    for label in _fuller(claim, siblings, earlier, text):
        fuller = linker.link(replace(claim, label=label), kind)
        if fuller.metric is not None and fuller.confidence >= _CERTAIN * (claim.confidence or 1.0):
            found = replace(fuller, label=claim.label)
            break
    return _agreeing(found, siblings)


def _as_title(claim: Claim, text: str) -> Claim:
    """“提质增效十二条”: a number of clauses at the end of a title is part of the title."""
    after, before = text[claim.amount.end : claim.amount.end + 1], text[: claim.amount.start]
    if claim.amount.noun == "条" and after and after in _CLOSING and _OPENING.search(before[-24:]):
        return replace(claim, amount=replace(claim.amount, form="label"))
    return claim


def _fuller(claim: Claim, siblings: Sequence[Claim], earlier: Sequence[Claim], text: str) -> Iterator[str]:
    """The label with the words it leaves to its neighbours, the most telling first."""
    label = claim.label
    if not label:
        return
    if _OF_SCOPE.match(label):
        for before in reversed(earlier):
            if (scope := _SCOPE.search(before.label)) is not None:
                yield scope.group() + re.sub("^(?:实现|完成)", "", label)
                break
    if _PROJECTS.search(label) and any("签约" in before.label for before in earlier[-6:]):
        yield "签约" + label
    if label.endswith("项目") and not _STATES.search(label):
        clause = _CLAUSE.match(text, claim.amount.end)
        if clause is not None and (state := _STATES.search(clause.group())) is not None:
            yield state.group() + "项目"
    if claim.kind == "share" and siblings and label.startswith("占"):
        yield f"{siblings[-1].label}{label}比重"
    if claim.kind == "share" and claim.of:
        yield f"{label}占{claim.of}比重"
    if claim.dimension is Dimension.ratio and (
        word := _SHARE_BEFORE.search(text[: claim.amount.start][-12:])
    ):
        yield label + word.group(1)
    if not siblings:
        return
    last = siblings[-1]
    if _RESIDENTS.fullmatch(label) and (residents := _RESIDENTS.match(last.label)) is not None:
        yield label + last.label[residents.end() :]
    between = text[last.amount.end : claim.amount.start]
    if "其中" in between and not label.startswith("其中"):
        yield "其中" + label
    if _MONEY_ALONE.match(label):
        yield from (_STATES.sub("", before.label) + label for before in reversed(siblings))
    flow = _FLOW.search(last.label)
    if flow and last.label == label and _SUM.search(between):
        yield label[flow.end() :]
    if (
        flow
        and claim.kind == last.kind == "level"
        and not _STOCK.search(label)
        and between[:1] in tuple("、和及与,，")
        and not _STOCK.search(between)
    ):
        yield flow.group(1) + label


def _agreeing(claim: Claim, siblings: Sequence[Claim]) -> Claim:
    """Growth, shares and multiples, and what is left of a task, speak of the figure before them."""
    is_task = bool(_TASK.match(claim.label))
    if claim.kind not in RELATIVE and not (claim.kind == "target" and is_task):
        return claim
    speechless = claim.metric is None and (
        is_task or (not claim.candidates and bool(_NO_PHRASE.match(claim.label)))
    )
    for before in reversed(siblings):
        if before.metric is None or (before.label != claim.label and not speechless):
            continue
        if before.metric == claim.metric:
            return claim
        if speechless or claim.metric is None or before.metric in claim.candidates:
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
    found = _INDUSTRY.match(claim.label)
    if found is None or kind_of_subject(claim) == "industry":
        return claim
    name = found["name"]
    codes = {
        code for spelt in (name, name.removesuffix("产业"), name + "产业") for code in names.named(spelt)
    }
    own = [code for code in codes if not claim.subject_code or _lies_in(code, claim.subject_code, names)]
    return replace(claim, subject=name, subject_code=own[0] if len(own) == 1 else "")


def _lies_in(code: str, place: str, names: Names) -> bool:
    return any(subject.code == place for subject in names.ancestors(code))
