"""Whom is each figure about (主体的承接)?

The title sets the subject of an article; a name at the head of a clause replaces it for the rest of the
sentence and, unless it is a place or an industry, for the paragraph. Short words (该区, 全市) are understood
from the article's subject and what it lies in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from gaoxin.core.periods import Period
from gaoxin.reading.blocks import Block, Sentence
from gaoxin.reading.framing.spots import Spot, Subject
from gaoxin.reading.naming import Mention, Names, Short
from gaoxin.reading.times import Time

_LEADING = re.compile(
    r"^(?:【[^】]{1,10}】|[\s,:;“”\"'()🔹👉•●◆■▲★·>—]|[0-9]+[.、)]|[一二三四五六七八九十]+[、是]|\([一二三四五六七八九十]+\)|其中|同时|此外|另外|与此同时|目前|而|但|并|(?:与)?(?:邻近|相邻|毗邻|周边|隔壁)的?|(?:公司|企业|项目)所在的?|(?:园区|区|辖区|境)内的?|(?:龙头|骨干|重点|链主|民营|代表|代表性|上市|领军|标杆)企业|据悉|预计|初步核算|,|以及|和)*$"
)
_LONGEST_LEAD = 40
_NOT_ALONE = re.compile(r"、|等|和(?!谐)|与|及|级|“|以及")
_PLACE_SUFFIX = {"city": "市", "prefecture": "州", "county": "县", "province": "省"}
_CARRIED = ("zone", "enterprise", "project")
# Short words that say whose report it is, where no name does.
_OURS = ("zone", "city", "prefecture", "county")
_RELATIVE_AFTER = re.compile(r"(?:首|第|唯一|前[0-9一二三四五六七八九十列]|平均|领先)")


class Article:
    """An article: its subject, the last enterprise named (该公司), the last period stated (同期)."""

    def __init__(self, names: Names, topic: Subject | None = None, enterprise: Subject | None = None) -> None:
        self.names = names
        self.topic = topic
        self.zone = topic if topic is not None and topic.kind == "zone" else None
        self.spoken_of: Period | None = None
        self.enterprise = topic if topic is not None and topic.kind == "enterprise" else enterprise

    def resolve(self, mention: Mention) -> Subject:
        """The subject a mention means in this article."""
        if mention.short:
            return self._meant(mention)
        who = Subject(mention.full or mention.name, self._code(mention), mention.kind)
        if who.kind == "enterprise":
            self.enterprise = who
        return who

    def resolve_for(self, mention: Mention, subject: Subject | None) -> Subject:
        """The same beside a figure of `subject`: 全市 is the city that this zone lies in."""
        suffix = _PLACE_SUFFIX.get(mention.short)
        if suffix is not None and subject is not None and subject.kind == "zone" and subject.code:
            for ancestor in self.names.ancestors(subject.code):
                if ancestor.name.endswith(suffix):
                    return Subject(ancestor.name, ancestor.code, ancestor.kind)
        return self.resolve(mention)

    def _code(self, mention: Mention) -> str:
        """Its code; an industry or project is known only within the zone the article is about."""
        codes = mention.codes
        if not codes:
            return ""
        if mention.kind in ("industry", "project", "chain", "node", "parcel"):
            home = self.topic.code if self.topic is not None else ""
            for code in codes:
                if home and any(ancestor.code == home for ancestor in self.names.ancestors(code)):
                    return code
            if mention.kind == "industry":
                return ""
        return codes[0] if len(codes) == 1 else ""

    def _meant(self, mention: Mention) -> Subject:
        topic = self.topic
        if mention.short == "self":
            return topic or Subject(mention.name, "", "zone")
        if mention.short == "zone":
            return self.zone or topic or Subject(mention.name, "", "zone")
        if mention.short == "enterprise":
            return self.enterprise or topic or Subject(mention.name, "", "enterprise")
        suffix = _PLACE_SUFFIX.get(mention.short)
        if suffix is None:
            return Subject(mention.name, "", "region")
        if topic is not None and topic.kind == "region" and topic.name.endswith(suffix):
            return topic
        if topic is not None:
            for ancestor in self.names.ancestors(topic.code):
                if ancestor.name.endswith(suffix):
                    return Subject(ancestor.name, ancestor.code, ancestor.kind)
        return Subject(mention.name, "", "region")


def topic_of(blocks: Sequence[Block], found: Sequence[Sequence[Mention]], names: Names) -> Subject | None:
    """Whom an article is about: whom its title names, else the first zone, the zone or city that calls itself
    全区 or 全市, the first place, the first enterprise.
    """
    article = Article(names)
    called = enterprise_called(blocks, found)
    heads = [block.stretch.read for block in blocks if block.kind in ("title", "heading")]
    if called is not None and any(called.name in read for read in heads):
        return called
    first: dict[str, Mention] = {}
    zones: list[str] = []
    for block, mentions in zip(blocks, found, strict=True):
        named = [m for m in mentions if not m.short and m.kind in _TOPICS]
        if block.kind == "title" and block.level <= 1 and named:
            return article.resolve(min(named, key=lambda m: _TOPICS.index(m.kind)))
        for mention in mentions:
            if mention.kind == "zone":
                zones.append(mention.short or mention.name)
            if mention.short in _OURS or not mention.short:
                first.setdefault("ours" if mention.short else mention.kind, mention)
    ours = first.get("ours")
    if (sender := _sender(blocks, found)) is not None and "zone" not in zones:
        return article.resolve(sender) if not sender.short else Subject(sender.name, "", "region")
    if ours is not None and ours.short == "zone" and _are_only_peers(zones):
        return Subject(ours.name, "", "zone")
    places = ("ours", "region") if ours is not None and ours.short == "zone" else ("region", "ours")
    for kind in ("zone", *places, "enterprise"):
        if kind in first:
            mention = first[kind]
            return Subject(mention.name, "", mention.kind) if kind == "ours" else article.resolve(mention)
    return None


_TOPICS = ("zone", "region", "enterprise")
_SENDER = re.compile(
    "[一-龥]{0,6}?(?P<sort>省|自治区|市|州|县)[一-龥]{2,16}(?:厅|局|委员会|委|办公室)[ 0-9年月日]*"
)
_SORTS: dict[str, Short] = {"省": "province", "市": "city", "州": "prefecture", "县": "county"}


def _sender(blocks: Sequence[Block], found: Sequence[Sequence[Mention]]) -> Mention | None:
    """The place whose office signs at the end: 省工业和信息化厅 speaks of the whole province."""
    for block, mentions in list(zip(blocks, found, strict=True))[-3:]:
        signed = _SENDER.fullmatch(block.stretch.read) if len(block.stretch) <= _LONGEST_LEAD else None
        if signed is None:
            continue
        for mention in mentions[:1]:
            if mention.start == 0 and mention.kind in ("region", "zone") and not mention.short:
                return mention
        sort = signed["sort"]
        if sort in _SORTS and signed.start("sort") == 0:
            return Mention(0, 1, f"全{sort}", (), "region", _SORTS[sort])
    return None


def _are_only_peers(zones: Sequence[str]) -> bool:
    """高新区凭什么?…比甲高新区低,乙高新区…: no zone of ours is named, only others it is compared with."""
    names = [zone for zone in zones if zone != "zone"]
    return zones[:1] == ["zone"] and len(names) > 1 and len(set(names)) == len(names)


_CALLED = re.compile(r"\((?:以下|下称|以下简称|简称|下简称):?“(?P<alias>[^”]{2,12})”\)")


def enterprise_called(blocks: Sequence[Block], found: Sequence[Sequence[Mention]]) -> Subject | None:
    """The enterprise an article gives a short name to: …股份有限公司(以下简称“北川轴承”)."""
    for block, mentions in zip(blocks, found, strict=True):
        read = block.stretch.read
        called = _CALLED.search(read)
        if called is None:
            continue
        for mention in mentions:
            if mention.kind == "enterprise" and mention.end == called.start():
                return Subject(called["alias"], mention.code, "enterprise")
        return Subject(called["alias"], "", "enterprise")
    return None


def setters(
    block: Block,
    mentions: Sequence[Mention],
    times: Sequence[Time],
    found: Sequence[Spot],
    article: Article,
) -> list[Mention]:
    """The mentions that become the subject: at the head of a clause, or right after such a one."""
    text = block.stretch.read
    starts = [clause.start for sentence in block.sentences for clause in sentence.clauses]
    figures = {spot.start: spot for spot in found}
    out: list[Mention] = []
    at = 0
    for mention in mentions:
        while at + 1 < len(starts) and starts[at + 1] <= mention.start:
            at += 1
        start = starts[at] if starts else 0
        after = text[mention.end : mention.end + 2]
        chained = bool(out) and mention.kind != "region" and text[out[-1].end : mention.start] in ("", "的")
        introduced = mention.kind == "enterprise" and (
            _is_introduced(text, mention) or _PRESENTED.fullmatch(text, start, mention.start) is not None
        )
        if mention.short == "self" and out and out[-1].kind in ("enterprise", "project"):
            continue  # 我们 in the mouth of its manager
        if not chained and not introduced and not _leads(text, start, mention, times):
            continue
        if _NOT_ALONE.match(after) or _RELATIVE_AFTER.match(after):
            continue
        figure = figures.get(mention.end) or figures.get(mention.end + 1)
        says = figure is not None and text[mention.end : mention.end + 1] in tuple("是为达居")
        holds = says and figure is not None and (mention.kind == "enterprise" or figure.is_percent)
        if figure is not None and not holds and (figure.amount.form == "rank" or figure.is_percent):
            continue
        if mention.kind in ("person", "parcel") or _is_only_a_word(mention, article):
            continue
        out.append(mention)
    return out


# 在某某有限公司的车间,…; 走进某某集团,…: the paragraph goes on about it.
_PRESENTED = re.compile(r"[^,。;]{0,6}(?:在|走进|来到|走访|步入)(?:位于[^,。;]{2,16}的)?")


def _is_introduced(text: str, mention: Mention) -> bool:
    """成立8年的蓝芯科技,…: told of first, named last."""
    return text[mention.start - 1 : mention.start] == "的" and text[mention.end : mention.end + 1] in (
        ",",
        "，",
    )


def _is_only_a_word(mention: Mention, article: Article) -> bool:
    """新能源 of 新能源汽车: an industry of some other zone, and not called one here."""
    return (
        mention.kind == "industry" and not mention.name.endswith("业") and not article.resolve(mention).code
    )


def _leads(text: str, start: int, mention: Mention, times: Sequence[Time]) -> bool:
    """Nothing but times and connecting words stand before it in its clause."""
    if mention.start - start > _LONGEST_LEAD:
        return False
    words = text[start : mention.start]
    first = bisect_left(times, start, key=lambda time: time.start)
    for time in times[first : first + 4]:
        if time.end <= mention.start:
            words = words.replace(time.text, ",", 1)
    return _LEADING.match(words) is not None


def tell_subjects(
    found: Sequence[Spot],
    heads: Sequence[Mention],
    article: Article,
    section: Subject | None,
) -> None:
    """Fills the subject of every figure of a block."""
    carried = section or article.topic
    current: Subject | None = carried
    broad: Subject | None = carried
    sentence: Sentence | None = None
    at = 0
    named_at = -1
    for spot in found:
        if sentence is not spot.sentence:
            sentence, current, named_at = spot.sentence, carried, -1
            broad = carried
        while at < len(heads) and heads[at].start < spot.start:
            mention = heads[at]
            who = article.resolve(mention)
            place = mention.kind == "region" and (article.topic is None or article.topic.kind == "zone")
            if mention.kind in _CARRIED or (mention.kind == "region" and not place and not mention.short):
                carried = who
            holds_here = not _wide(mention, article) or _same_clause(mention, spot)
            if mention.start >= spot.sentence.start and holds_here:
                current, named_at = who, mention.start
            if current is not None and current.kind != "enterprise":
                broad = current
            at += 1
        if at == 0 or heads[at - 1].start < spot.sentence.start:
            current = carried
        spot.named_at = named_at
        spot.subject = _named_right_before(spot, article) or _project(spot, article)
        if spot.subject is None:
            spot.subject = broad if _is_enumerated(spot) else current


_THING = re.compile("[一-龥]{0,8}(?:项目|企业|平台|产业|园区|集群|基地|机构|品牌|产品)")
_NAMED_PROJECT = re.compile("的(?P<name>[一-龥A-Za-z0-9“”]{4,24}(?:项目|基地|产业园))")
_INVESTED = re.compile("(?:总投资|投资|投资额)(?:约|近|超|达)?$")


def _is_enumerated(spot: Spot) -> bool:
    """A、B等3个项目: what is enumerated is counted, and does not own the count."""
    return (
        spot.is_counted and re.search("、|等", spot.lead) is not None and _THING.match(spot.tail) is not None
    )


def _project(spot: Spot, article: Article) -> Subject | None:
    """总投资50亿元的…基地: the project named after its investment."""
    if not spot.tail.startswith("的") or _INVESTED.search(spot.lead) is None:
        return None
    for mention in spot.mentions:
        if spot.end < mention.start <= spot.end + 8 and mention.kind == "project":
            return article.resolve(mention)
    named = _NAMED_PROJECT.match(spot.tail)
    return None if named is None else Subject(named["name"], "", "project")


def _wide(mention: Mention, article: Article) -> bool:
    """全国 or 全球 in an article about a zone: for its own clause only."""
    return mention.short in ("country", "world")


def _same_clause(mention: Mention, spot: Spot) -> bool:
    return spot.clause.start <= mention.start < spot.clause.end


def _named_right_before(spot: Spot, article: Article) -> Subject | None:
    """山东省160个开发区中, 山东省十强产业, “楚雄州十大…”: the place owns what is counted right after it."""
    if not (spot.is_population or spot.amount.form == "label"):
        return None
    for mention in spot.mentions:
        gap = spot.text[mention.end : spot.start]
        if (
            mention.kind == "region"
            and mention.end <= spot.start
            and len(gap) <= 3
            and re.fullmatch(r"[级“\"‘]*", gap)
        ):
            spot.is_in_name = spot.amount.form == "label"
            return article.resolve(mention)
    return None
