"""What a figure alone leaves open and its neighbours in the sentence tell (上下文).

新增规上工业企业4户、规上服务业企业2户: the second is new as well. 人均GDP达2万美元，是全市的2倍: the multiple
is one of dollars. 一般公共预算收入…，其中税收收入…: the taxes are those of that budget.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim
from gaoxin.reading.linking import Linker

_FLOW = re.compile(
    r"^(?:全年|当年|年内|今年|累计|共|[0-9]{4}年)*"
    r"(新增|新认定|新登记|新设立|新设|新引进|新建|新培育|新获批|新签约|新开工|净增)"
)
_STOCK = re.compile(r"总数|总量|累计|存量|共有|现有|达到|拥有|期末|年末|总计|合计|其中|增长|同比|新|净增")
_CLOSING, _OPENING = '”》」"', re.compile(r"[“《「\"][^”》」\"]*$")
_RELATIVE = frozenset({"growth", "change", "share", "multiple", "rank"})
_KIND_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("enterprise", re.compile(r"(?:公司|集团|股份|药业|制药|重工)$")),
    ("zone", re.compile(r"(?:高新区|经开区|开发区|园区|新区|保税区|示范区|产业园|科技园)$")),
    ("industry", re.compile(r"产业$|制造业$|服务业$")),
    ("region", re.compile(r"[省市州县旗]$|自治区$|全国|我国|^全[省市州县]|^我[省市州县]|区$")),
)


def linked(claims: Sequence[Claim], blocks: Sequence[Block], linker: Linker) -> tuple[Claim, ...]:
    """The claims with their metrics, in the same order."""
    out: list[Claim] = []
    for siblings in _by_sentence(claims):
        out.extend(_linked_sentence(siblings, blocks, linker))
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


def _by_sentence(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    group: list[Claim] = []
    for claim in claims:
        if group and (claim.block, claim.sentence) != (group[-1].block, group[-1].sentence):
            yield group
            group = []
        group.append(claim)
    if group:
        yield group


def _linked_sentence(claims: Iterable[Claim], blocks: Sequence[Block], linker: Linker) -> Iterator[Claim]:
    done: list[Claim] = []
    for claim in claims:
        kind = kind_of_subject(claim)
        found = replace(linker.link(_as_title(claim, blocks), kind), amount=claim.amount)
        for reading in _fuller(claim, done, blocks):
            fuller = linker.link(reading, kind)
            if fuller.metric is not None and (
                found.metric is None or fuller.confidence >= found.confidence - 0.1
            ):
                found = replace(fuller, label=claim.label)
                break
        found = _agreeing(found, done)
        done.append(found)
        yield found


def _as_title(claim: Claim, blocks: Sequence[Block]) -> Claim:
    """“提质增效十二条”: a number of clauses at the end of a title is part of the title."""
    text = blocks[claim.block].stretch.read
    after, before = text[claim.amount.end : claim.amount.end + 1], text[: claim.amount.start]
    if claim.amount.noun == "条" and after and after in _CLOSING and _OPENING.search(before[-24:]):
        return replace(claim, amount=replace(claim.amount, form="label"))
    return claim


def _fuller(claim: Claim, done: Sequence[Claim], blocks: Sequence[Block]) -> Iterator[Claim]:
    """The claim with words its label shares with the one before: 新增 of an enumeration, 其中 of a part."""
    if not done or not claim.label:
        return
    last, between = done[-1], _between(done[-1], claim, blocks)
    if "其中" in between and not claim.label.startswith("其中"):
        yield replace(claim, label="其中" + claim.label)
    flow = _FLOW.search(last.label)
    if (
        flow
        and claim.kind == last.kind == "level"
        and not _STOCK.search(claim.label)
        and between[:1] in ("、", "和", "及", "与", ",", "，")
        and not _STOCK.search(between)
    ):
        yield replace(claim, label=flow.group(1) + claim.label)


def _between(earlier: Claim, later: Claim, blocks: Sequence[Block]) -> str:
    return blocks[later.block].stretch.read[earlier.amount.end : later.amount.start]


def _agreeing(claim: Claim, done: Sequence[Claim]) -> Claim:
    """Growth, shares and multiples speak of the same metric as the level with the same label before them."""
    if claim.kind not in _RELATIVE or not claim.label:
        return claim
    for earlier in reversed(done):
        if earlier.label == claim.label and earlier.metric is not None:
            if earlier.metric == claim.metric:
                return claim
            if earlier.metric in claim.candidates or claim.metric is None:
                others = tuple(name for name in claim.candidates if name != earlier.metric)
                confidence = max(claim.confidence, round(earlier.confidence * 0.95, 3))
                return replace(
                    claim,
                    metric=earlier.metric,
                    candidates=(earlier.metric, *others)[:5],
                    confidence=confidence,
                )
    return claim
