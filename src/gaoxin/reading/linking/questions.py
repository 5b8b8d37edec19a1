"""What is asked of the catalogue: a label, what it measures, and other words to look it up by (问法)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gaoxin.core.units import Dimension
from gaoxin.reading.linking.phrases import phrase
from gaoxin.reading.linking.words import THINGS

# Kinds of claim whose number says nothing of the metric's own dimension.
RELATIVE = frozenset({"growth", "change", "share", "multiple", "rank"})

_SHARE_WORD = re.compile(r"(?:所?占)?(?:的?占比|的?比重|的?比例|份额)$|^占")
_STATE = re.compile(
    r"^已?(新?开工|竣工投产|建成投产|投产|竣工|签约落地|新?签约|在建|在谈|落地)(?:注册|项目)?$"
)
# 规模以上工业企业完成…: what is counted ends where something is said of it.
_SAID_OF = re.compile(
    r"(?:完成|实现|分别|同比|入选|正在|落户|达到|获批|参加|排名|位列|中居|占|增加到|增长到|增至|从).*$"
)
# A long label may be the end of a clause: the name stands behind its last verb or 的.
_LONG = 9
_LAST_VERB = re.compile(
    r"^.*(?:实施|实现|完成|建设|共有|拥有|建成|打造|形成|获批|集聚|达成|[0-9]{4}年|[全该我][市区省州县]|的)(?=.{3})"
)
_ONLY = re.compile(r"(?:只有|不到|仅为?|不足|相当于|达到?|约为?|是|超过).*$")
# 新能源、新材料等三大主导产业产值: the industries are named before they are counted.
_NUMBERED = re.compile(r"^.+(?=[一二两三四五六七八九十]大(?:主导|优势|支柱|特色|重点)产业)")
_INDUSTRIES = re.compile(r"(?:主导|优势|支柱|特色|重点|替代|辅助|新兴)产业(?:集群)?")
_AMONG = re.compile(r"^.*(?:开发区|高新区|经开区|园区|县市区|区县|城市)(?:的)?(?=[一-龥]{3})")


@dataclass(frozen=True, slots=True)
class Question:
    """A label and what stands beside it.

    `dimension`: of the number, None if it has none. `kind`, `form`: of the claim and its amount. `subject`:
    kind of the subject, None if unknown. `noun`: the classifier; `quote`: the figure as written, where its
    form says something of the metric (首个, 2主), "" otherwise.
    """

    label: str
    dimension: Dimension | None = None
    kind: str = "level"
    subject: str | None = None
    noun: str = ""
    form: str = "number"
    quote: str = ""

    @property
    def is_relative(self) -> bool:
        return self.kind in RELATIVE

    @property
    def counts_things(self) -> bool:
        return self.dimension is Dimension.count and not self.is_relative


def readings(asked: Question) -> Iterator[str]:
    """The words to look up: the label first, then what it may be short or long for."""
    label = asked.label
    if asked.form == "label" and asked.quote[-1:] in THINGS:
        yield THINGS[asked.quote[-1]]
        return
    if label.startswith("占"):
        return  # what it is a share of, not what has the share
    yield label
    if asked.kind == "rank" and (among := _AMONG.sub("", label)) != label:
        yield among.removesuffix("中")
    if asked.is_relative:
        part, of, _ = label.partition("占")
        plain = part if of and len(part) > 1 else _SHARE_WORD.sub("", label)
        if plain and plain != label:
            yield plain
        if len(plain := _ONLY.sub("", label)) > 1 and plain != label:
            yield plain
    if (named := _NUMBERED.sub("", label)) != label:
        yield named
    if asked.form == "label" and (listed := _INDUSTRIES.match(label)) is not None:
        yield listed.group()
    if asked.counts_things:
        # 2家市值过千亿元上市企业的国家级开发区: the thing counted stands before 的.
        if len(first := label.partition("的")[0]) > 3 and first != label:
            yield first
        if (state := _STATE.match(label)) is not None:
            yield state.group(1) + "项目"
        elif (noun := _SAID_OF.sub("", label)) != label and len(noun) > 2:
            yield noun
    if label.endswith("总投资") and asked.dimension is Dimension.money:
        yield "总投资"
    end = _LAST_VERB.sub("", label) if len(label) >= _LONG else label
    # What is cut off must not be what decides: 规模以上工业企业实现利润.
    if end != label and not phrase(label[: -len(end)]).marks:
        yield end
