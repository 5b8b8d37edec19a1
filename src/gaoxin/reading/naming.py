"""Whom does a Chinese text speak of, and where does it name them (主体)?

`Names` finds the names and aliases of the fact base, enterprises and places it does not know by their form
(X集团, X市, X高新区), and the short words a text falls back on (该高新区, 全市, 全区). Whom a short word
stands for depends on the article and is asked in `gaoxin.reading.framing.subjects`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from gaoxin.facts.records import Subject
from gaoxin.reading.blocks import Block

Short = Literal[
    "", "self", "zone", "city", "prefecture", "county", "province", "country", "world", "enterprise", "place"
]


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named; [start, end) in the block.

    `codes`: the subjects of the fact base that bear the name, several where they share it, none where it is
    only known by its form. `kind`: zone, region, enterprise, industry, project … `short`: what kind of
    subject a short word (该区, 全市) stands for, "" for a name. `full`: the name in full where this is
    a short form of it.
    """

    start: int
    end: int
    name: str
    codes: tuple[str, ...] = ()
    kind: str = ""
    short: Short = ""
    full: str = ""

    @property
    def code(self) -> str:
        """The code in the fact base, "" where there is none or where several subjects share the name."""
        return self.codes[0] if len(self.codes) == 1 else ""


_SHORT: tuple[tuple[Short, str], ...] = (
    (
        "zone",
        r"(?:该|本|我|全)(?:国家)?(?:级)?(?:高新|经开|开发|园|新)区|(?:该|本|我|全)区(?!域|别|分|间|块)|本园区",
    ),
    ("city", r"(?:该|本|我|全)市(?!场|民(?![用营间生])|值|面)"),
    ("prefecture", r"(?:该|本|我|全)州"),
    ("county", r"(?:该|本|我|全)县"),
    ("province", r"(?:该|本|我|全)省"),
    ("country", r"全国|我国|国内(?=第|首|最|领先|市场)"),
    ("world", r"全球|全世界|世界(?=第|首|最|一流|发达|领先|市场)"),
    ("enterprise", r"(?:该|本)(?:公司|集团|企业)"),
    ("self", r"我们(?=的|只|仅|才|有|共|现|已|还)"),
)
_SHORT_WORDS = re.compile("|".join(f"(?P<{short}>{pattern})" for short, pattern in _SHORT))
# 高新区 by itself is the article's zone where a clause begins with it, or a time stands before it.
_BARE_ZONE = re.compile(r"(?:高新区|经开区|开发区|园区|新区)(?!域|别|管委会的通知)")

_BOUNDARY = '，,。；;：:！？!?、“”‘’"《》（）()—－-·　 \n'
_LEADS = (
    "像占在是为由从比较对和与及等位居全该我各本其到至的了将于给使让离距赴以被把向往按经据如含除沿跨共近有级较"
)
_LEADING_WORDS = (
    "推动",
    "带动",
    "引领",
    "支持",
    "服务",
    "联合",
    "成为",
    "位于",
    "来自",
    "贡献",
    "覆盖",
    "高于",
    "低于",
    "超过",
    "作为",
    "助力",
    "根据",
    "今年",
    "去年",
    "上年",
    "其中",
    "全国",
    "截至",
    "目前",
    "近年",
    "年来",
    "以来",
    "入选",
    "获批",
    "新增",
    "建成",
    "不足",
    "引进",
    "实现",
    "达到",
    "培育",
    "争取",
    "组织",
    "加快",
    "打造",
    "冲刺",
    "等地",
    "下达",
    "印发",
    "关于",
    "携手",
    "来到",
    "对接",
    "落户",
    "签约",
    "走进",
    "建设",
    "依托",
    "围绕",
    "跻身",
    "区内",
    "境内",
    "走进",
    "走访",
    "位于",
)
_PLACE = re.compile(
    r"(?:国家级?|省级)?(?:高新技术产业开发区|经济技术开发区|高新区|经开区|自贸区|保税区|工业园区)"
    r"|自治区|自治州|自治县|市(?![场民政容委值级面长内外监价区])|州(?![外内长委])|县(?![域级长委区])"
)
_PROVINCE = re.compile(
    "(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省"
    "|内蒙古(?:自治区)?|广西(?:壮族自治区)?|西藏(?:自治区)?|宁夏(?:回族自治区)?|新疆(?:维吾尔自治区)?"
)
_NOT_PLACES = re.compile(
    r"[城上股超都夜门集股楼菜花早班开闹街]市$"
    r"|(?:城市|地级市|县级市|各市|县市|省市|[省市]州|其他县|[各郡]县)$|省(?:国家级?|省级)?(?:高新|经开|开发)区$"
    r"|^(?:一流|国家|省级|其他|部分|先进|标杆|资源|世界|特色|专业|各类|县域)|[0-9年]|城市国家|一流"
)
_ENTERPRISE = re.compile(
    r"集团(?:股份)?(?:有限公司|公司)?|(?:科技|股份|实业|控股|技术|发展)*(?:有限责任公司|有限公司|股份公司)|公司(?!治理|制)|股份(?!制|合作|有限)"
    r"|厂(?=完成|实现|营|产值|投|新增|累计|全年|上半年)|药业|制药|重工|重机|动力(?!装备|电池|源)|科技(?!型|创新|成果|企业|园|局|部|厅|城|金融|服务|人才|进步|项目|支撑|产业|计划|孵化|工作|合作|贷|投入|研发|攻关|自立)"
    r"|电子(?!信息|商务|政务|产业|制造|元)|新材(?!料)|生物(?!医药|质|技术|制药|产业|制造)|智能(?!制造|化|终端|装备|科)|光电(?!产业)|机械(?!制造|装备|工业|加工)"
)
_NOT_ENTERPRISES = re.compile(
    r"(?:上市|子|分|总|母|家|户|个|企业|投资|各|跨国|外资|国有|一批|多家|旗下|平台|新设|金融|文化|海洋|现代|创新|依靠|发展|推进|强化|聚焦|产业|第一|内生|新兴|新|高)"
    r"(?:集团|公司|股份|科技|动力|电子|生物|智能|机械|光电)$"
)
_CJK = re.compile(r"[一-龥A-Za-z0-9]")
_LONGEST_PLACE, _LONGEST_ENTERPRISE, _LONGEST_NAME = 5, 10, 40


class Names:
    """The subjects a text may speak of. Built once; finding is linear in the length of the text."""

    def __init__(self, subjects: Iterable[Subject] = ()) -> None:
        self._subjects: dict[str, Subject] = {}
        self._codes: dict[str, list[str]] = {}
        for subject in subjects:
            self._subjects[subject.code] = subject
            for name in (subject.name, *subject.aliases):
                if 2 <= len(name) <= _LONGEST_NAME and subject.code not in self._codes.setdefault(name, []):
                    self._codes[name].append(subject.code)
        lengths: dict[str, set[int]] = {}
        for name in self._codes:
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {lead: tuple(sorted(found, reverse=True)) for lead, found in lengths.items()}

    @property
    def known(self) -> Mapping[str, Subject]:
        """The subjects by code."""
        return MappingProxyType(self._subjects)

    def named(self, name: str) -> tuple[str, ...]:
        """The codes of the subjects that bear this name or alias."""
        return tuple(self._codes.get(name, ()))

    def ancestors(self, code: str) -> tuple[Subject, ...]:
        """What the subject lies in, nearest first: its city, prefecture, province."""
        out: list[Subject] = []
        subject = self._subjects.get(code)
        while subject is not None and subject.parent and len(out) < 12:
            subject = self._subjects.get(subject.parent)
            if subject is not None:
                out.append(subject)
        return tuple(out)

    def subjects(self, block: Block) -> tuple[Mention, ...]:
        """The mentions of a block, in order, never overlapping; where two overlap the longer one stands."""
        text = block.stretch.read
        starts = _clause_starts(block)
        known = list(self._by_name(text))
        ends = {mention.end for mention in known}
        found = [
            *known,
            *(mention for mention in _by_form(text, starts) if mention.end not in ends),
            *_short_words(text),
            *_bare_zones(text, starts),
            *_bare_companies(text, starts),
        ]
        found.sort(key=lambda mention: (mention.start, -mention.end, not mention.codes))
        out: list[Mention] = []
        for mention in found:
            if out and mention.start < out[-1].end:
                last = out[-1]
                if mention.end <= last.end or (mention.start > last.start and last.codes):
                    continue
                out.pop()
            out.append(mention)
        return tuple(out)

    def _by_name(self, text: str) -> Iterable[Mention]:
        at = 0
        while at < len(text) - 1:
            step = 1
            for length in self._lengths.get(text[at : at + 2], ()):
                name = text[at : at + length]
                codes = self._codes.get(name)
                if codes is not None and len(name) == length:
                    kind = codes[0].partition("/")[0]
                    end = at + length
                    if kind == "industry":
                        end += 2 if text.startswith("产业", end) else text.startswith("业", end)
                    yield Mention(at, end, text[at:end], tuple(codes), kind)
                    step = end - at
                    break
            at += step


def _clause_starts(block: Block) -> frozenset[int]:
    return frozenset(clause.start for sentence in block.sentences for clause in sentence.clauses)


def _short_words(text: str) -> Iterable[Mention]:
    for match in _SHORT_WORDS.finditer(text):
        short: Short = match.lastgroup or ""  # type: ignore[assignment]
        yield Mention(
            match.start(), match.end(), match.group(), (), _KIND_OF_SHORT.get(short, "region"), short
        )


_KIND_OF_SHORT: dict[str, str] = {"zone": "zone", "enterprise": "enterprise"}
_AFTER_TIME = re.compile(r"(?:年|月|季度|年底|年末|月末|目前|份|日)$")


def _bare_zones(text: str, starts: frozenset[int]) -> Iterable[Mention]:
    for match in _BARE_ZONE.finditer(text):
        at = match.start()
        if at in starts or at == 0 or _AFTER_TIME.search(text[max(0, at - 3) : at]):
            yield Mention(at, match.end(), match.group(), (), "zone", "zone")


_BARE_COMPANY = re.compile(r"公司(?=现|累|主|自|成|已|有|年|产|员|研|营|实|完|拥|今|去|共|销|获|投|计)")


def _bare_companies(text: str, starts: frozenset[int]) -> Iterable[Mention]:
    """公司 at the head of a clause: the enterprise the text speaks of."""
    for match in _BARE_COMPANY.finditer(text):
        if match.start() in starts:
            yield Mention(match.start(), match.end(), match.group(), (), "enterprise", "enterprise")


def _by_form(text: str, starts: frozenset[int]) -> Iterable[Mention]:
    for match in _PROVINCE.finditer(text):
        yield Mention(match.start(), match.end(), match.group(), (), "region")
    for match in _PLACE.finditer(text):
        start = _stem_start(text, match.start(), _LONGEST_PLACE)
        suffix = match.group()
        name = text[start : match.end()]
        if not 2 <= match.start() - start <= _LONGEST_PLACE or _NOT_PLACES.search(name):
            continue
        kind = "zone" if suffix.endswith("区") and suffix != "自治区" else "region"
        yield Mention(start, match.end(), name, (), kind)
    for match in _ENTERPRISE.finditer(text):
        start = _stem_start(text, match.start(), _LONGEST_ENTERPRISE)
        name = text[start : match.end()]
        stem = match.start() - start
        certain = match.group().endswith(("公司", "集团", "药业", "制药", "重工", "厂"))
        if not 2 <= stem <= (_LONGEST_ENTERPRISE if certain else 4) or _NOT_ENTERPRISES.search(name):
            continue
        if (
            start in starts
            or (certain and _PRESENTED.search(text[max(0, start - 4) : start]))
            or (text[start - 1 : start] == "的" and text[match.end() : match.end() + 1] in (",", "，"))
            or _AFTER_TIME.search(text[max(0, start - 3) : start])
        ):
            yield Mention(start, match.end(), name, (), "enterprise")


_PRESENTED = re.compile(r"(?:[、和与及在的]|企业|区内|境内|走进|来到|走访|位于|记者从|代表)$")


def _stem_start(text: str, end: int, longest: int) -> int:
    """Where the name before a suffix begins: at a mark, after a leading word (占, 推动), or nowhere."""
    at = end
    while at > 0 and end - at <= longest:
        char = text[at - 1]
        if (
            char in _BOUNDARY
            or char in _LEADS
            or not _CJK.match(char)
            or text[max(0, at - 2) : at] in _LEADING_WORDS
        ):
            return at
        if text[max(0, at - 2) : at] == "企业" and end - at >= 2:
            return at
        if char in "年月末底日" and end - at >= 2:
            return at
        at -= 1
    return at if at == 0 else end
