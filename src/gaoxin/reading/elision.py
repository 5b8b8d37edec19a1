"""Which words does a label leave to its neighbours (省略)?

新增规上工业企业4户、规上服务业企业2户: the second is new as well. 一般公共预算收入…，其中税收收入…: the taxes
are those of that budget. After 规上工业产值… 实现利润… is the profit of the same enterprises. Each fuller
wording is only tried; it counts where the catalogue has a metric of that name (`gaoxin.reading.kinship`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gaoxin.core.units import Dimension
from gaoxin.reading.claims import Claim

_FLOW = re.compile(
    r"^(?:全年|当年|年内|今年|累计|共|[0-9]{4}年)*"
    r"(新增|新认定|新登记|新设立|新设|新引进|新建|新培育|新获批|新签约|新开工|净增)"
)
_STOCK = re.compile(r"总数|总量|累计|存量|共有|现有|达到|拥有|期末|年末|总计|合计|其中|增长|同比|新|净增")
_SUM = re.compile(r"累计|总数|总量|总计|存量|共有|保有")
_SCOPE = re.compile(r"(?:规模以上|规上)(?:工业|服务业)")
# What may be said of the enterprises of a scope without naming it again.
_OF_SCOPE = re.compile(
    r"^(?:实现|完成)?(?:企业)?(?:总产值|产值|增加值|营业收入|营收|利税总额|利税|利润总额|利润|营业收入利润率|利润率)$"
)
_MONEY_ALONE = re.compile(
    r"^(?:实现|完成)?(?:成交|交易|合同|协议|签约|投资|登记)?(?:总)?(?:金额|额|投资|总投资|规模|面积)$"
)
_RESIDENTS = re.compile(r"(?:城镇|农村|全体|城乡)(?:常住)?居民")
_PROJECTS = re.compile(r"^(?!.*(?:签约|开工|投产|竣工|在建|在谈)).*项目$")
_STATES = re.compile(r"签约落地|建成投产|竣工投产|合作意向|签约|开工|竣工|投产")
_ENDS_IN_STATE = re.compile(rf"(?:{_STATES.pattern})$")
_NOT_YET = re.compile(r"未|尚|没|超过|[^等]后")
_CLAUSE = re.compile(r"[^,，。;；0-9]{0,24}(?=[,，。;；]|$)")
_THING = re.compile(r"[^,，。;；、的]{2,24}")
_HEAD = re.compile(r"[^,，。;；的]{2,24}的([^,，。;；、的]{2,16})")
_BARE_VERB = re.compile(r"^(?:新|力争|争取|成功|累计)*(?:引进|新增|建成|签约|认定|培育|实施|获批)$")
_BARE_FLOW = re.compile(r"^(?:净|新|当年|本年)*(?:新增|新认定|新登记|新设立|新引进|新培育|新签约)$")
_RANK_OF_NAME = re.compile(r"^(?:国家级|省级|州级|市级)(?!以上)")
_THREE = re.compile(r"三次产业|一二三产业|一、二、三产业|三大产业")
_SHARE_BEFORE = re.compile(r"(占比|比重|强度)[^,，。;；]{0,6}$")
_LIMIT = re.compile(r"^(?:审批|办理|办结|平均|整体)*(?:时限|时间|时长|流程)$")
_LONGEST_LIST = 8
_MATTER = re.compile(r"企业开办|营业执照|施工许可|不动产登记|工程建设项目")


def decisive(
    claim: Claim, kind: str | None, siblings: Sequence[Claim], earlier: Sequence[Claim], text: str
) -> Iterator[str]:
    """Fuller labels that outweigh the label itself: what they add changes what is meant.

    `kind`: of the subject; `siblings`: the claims before it in the sentence; `earlier`: those of the block.
    """
    label = claim.label
    if kind in (None, "zone", "region") and _OF_SCOPE.match(label):
        for before in reversed(earlier):
            if (scope := _SCOPE.search(before.label)) is not None:
                yield scope.group() + re.sub("^(?:实现|完成)", "", label)
                break
    if _PROJECTS.search(label) and any("签约" in before.label for before in earlier[-6:]):
        yield "签约" + label
    if (state := _state_of_projects(claim, text)) is not None:
        yield state + "项目"
    if claim.kind == "share" and claim.of:
        yield f"{label}占{claim.of}比重"
    if claim.dimension is Dimension.ratio:
        word = _SHARE_BEFORE.search(text[max(0, claim.amount.start - 12) : claim.amount.start])
        if word is not None:
            yield label + word.group(1)
    # 2项…奖和2家…企业: another classifier counts another thing, which stands behind it.
    nouns = {before.amount.noun for before in siblings if before.label == label}
    if claim.amount.noun and nouns and claim.amount.noun not in nouns:
        yield from _THING.findall(text, claim.amount.end, claim.amount.end + 24)[:1]
    if (parts := _THREE.match(label)) is not None:
        first = next((n for n, before in enumerate(siblings) if before.label == label), len(siblings))
        turn = sum(before.kind == claim.kind for before in siblings[first:])
        if turn < 3:
            yield "第" + "一二三"[turn] + "产业" + label[parts.end() :]
    if siblings:
        yield from _after(claim, siblings[-1], text)


def _state_of_projects(claim: Claim, text: str) -> str | None:
    """签约 of 18个项目签约, unless something else is said of it (4个项目签约后未开工)."""
    clause = _CLAUSE.match(text, claim.amount.end)
    if claim.dimension is not Dimension.count or clause is None:
        return None
    said = clause.group()
    state = _ENDS_IN_STATE.search(said)
    if state is None or _NOT_YET.search(said) or "项目" not in claim.label + said:
        return None
    return state.group()


def _after(claim: Claim, last: Claim, text: str) -> Iterator[str]:
    """What the figure just before says of this one."""
    label, between = claim.label, text[last.amount.end : claim.amount.start]
    if "其中" in between and not label.startswith("其中"):
        # 授权专利4260件，其中发明专利930件
        yield from (label + act for act in ("授权", "申请") if act in last.label and act not in label)
        yield "其中" + ("税收收入" if label == "税收" else label)
    flow = _FLOW.search(last.label)
    if flow is None:
        return
    if last.label == label and _SUM.search(between):
        yield label[flow.end() :]
    elif (
        claim.kind == last.kind == "level"
        and between[:1] in tuple("、和及与,，")
        and not _STOCK.search(label)
        and not _STOCK.search(between)
    ):
        yield flow.group(1) + label


def _of_one_rank(claim: Claim, siblings: Sequence[Claim], text: str) -> Iterator[str]:
    """新增省级企业技术中心2个、工程研究中心1个、重点实验室1个: all of them are new and of the province."""
    flow = _FLOW.search(claim.label)
    stem = claim.label if flow is None else claim.label[flow.end() :]
    if claim.dimension is not Dimension.count or _RANK_OF_NAME.match(stem) or not stem:
        return
    end = claim.amount.start
    for before in reversed(siblings[-_LONGEST_LIST:]):
        listed = text[before.amount.end : before.amount.end + 1] in ("、", "和", "及", "与")
        if not listed or before.amount.noun != claim.amount.noun or "。" in text[before.amount.end : end]:
            return
        begun = _FLOW.search(before.label)
        rest = before.label if begun is None else before.label[begun.end() :]
        if (rank := _RANK_OF_NAME.match(rest)) is not None:
            yield ("" if begun is None else begun.group(1)) + rank.group() + stem
            return
        end = before.amount.start


def supplied(claim: Claim, siblings: Sequence[Claim], text: str) -> Iterator[str]:
    """Fuller labels for one that means nothing by itself."""
    label = claim.label
    if claim.dimension is Dimension.time and _LIMIT.match(label):
        # The matter a sentence begins with; those after it may be its steps.
        before = text[max(0, claim.amount.start - 200) : claim.amount.start]
        matter = _MATTER.search(before.rpartition("。")[2])
        if matter is not None:
            yield f"{matter.group()}时限"
            yield f"{matter.group()}办理时限"
    if claim.amount.form == "label" and (head := _HEAD.match(text, claim.amount.end)) is not None:
        yield head.group(1)  # 两大链条长、附加值高的高端装备制造领域
    if claim.dimension is Dimension.count and _BARE_VERB.match(label):
        for thing in _THING.findall(text, claim.amount.end, claim.amount.end + 24)[:1]:
            yield label + thing
            yield thing
    if not siblings:
        return
    last = siblings[-1]
    yield from _of_one_rank(claim, siblings, text)
    if _BARE_FLOW.match(label) and claim.amount.noun == last.amount.noun:
        yield label.removeprefix("净") + _FLOW.sub("", last.label)  # 规上工业企业达到756家，新增64家
    for measure, metric in (("产值", "industry_output"), ("增加值", "industry_value_added")):
        # 装备制造完成产值31.2亿元，汽车零部件完成22.6亿元
        if claim.kind == "level" and any(before.metric == metric for before in siblings):
            yield f"{label}产业{measure}"
    if claim.kind == "share" and label.startswith("占"):
        yield f"{last.label}{label}比重"
    if _RESIDENTS.fullmatch(label) and (residents := _RESIDENTS.match(last.label)) is not None:
        yield label + last.label[residents.end() :]
    if _MONEY_ALONE.match(label):
        yield from (_STATES.sub("", before.label) + label for before in reversed(siblings))
