"""Which of several figures belongs to which of several names (分别)?

A、B、C分别为a、b、c; …47个，…226.8亿元，同比分别增长17.5%、33.1%; X类和Y类时限缩减至35天和43天.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gaoxin.reading.framing.spots import Spot

_EACH = re.compile("分别|各为|依次为")
_PARTS = re.compile(r"、|和|与|以及|及(?!以)")
_VERBS = re.compile(
    r"(?:同比|环比|均|共|累计|数量|比上年|较上年|已|的)*(?:分别|各为|依次为).*$|(?:大幅|进一步|已|分别)*(?:缩减|压缩|缩短|压减|降低?|减少|提高|提升|增长|增加|达到?|突破|超过|为|是|有|控制|至|到|在)[^、和与]*$"
)
_HEAD = re.compile(r"^(?:.*(?:[:,;。]|其中|分行业看|分产业看|实现|完成|看))?(?P<list>[^,;:。]+)$")


# 分别增长12.6%、下降5.3%、增长22.1%
_AGAIN = re.compile("[、,和](?:同比)?(?:增长|下降|提高|回落|上升|减少|增加)")
_THREE = re.compile("三次产业|产业结构|三产结构")
_INDUSTRIES = ("第一产业增加值", "第二产业增加值", "第三产业增加值")


def runs(found: Sequence[Spot]) -> list[list[Spot]]:
    """Figures of one dimension that follow each other with nothing but list marks between."""
    out: list[list[Spot]] = []
    for spot in found:
        last = out[-1][-1] if out else None
        follows = spot.before is last and (spot.joins or _AGAIN.fullmatch(spot.between) is not None)
        if last is not None and follows and _is_alike(spot, last):
            out[-1].append(spot)
        else:
            out.append([spot])
    return [run for run in out if len(run) > 1]


def _is_alike(spot: Spot, last: Spot) -> bool:
    return spot.amount.form == last.amount.form and spot.amount.dimension is last.amount.dimension


def zip_names(found: Sequence[Spot]) -> None:
    """Gives each figure of a run its own name, where a list of as many names stands before it."""
    for run in runs(found):
        first = run[0]
        said = _EACH.search(first.lead) is not None or _EACH.search(first.opening[-16:]) is not None
        if len(run) == 3 and _are_industries(run, said):
            names = list(_INDUSTRIES)
            if first.is_percent:
                for spot in run:
                    spot.of = "地区生产总值"
        elif (bases := _compared(first, len(run))) is not None:
            for spot, base in zip(run, bases, strict=True):
                spot.of = base
            names = []
        else:
            names = _names(first, len(run), said)
        if names:
            for spot, name in zip(run, names, strict=True):
                spot.item = name


_COMPARED = re.compile(
    "(?:分别)?(?:(?<![同环占可])比|较|高于|低于|快于|慢于|好于|高出)(?P<list>[^,。;]+?)(?:均|各|分别)*(?:[高低快慢多少]|高出|提高|回落)?$"
)


def _compared(first: Spot, count: int) -> list[str] | None:
    """比全国、全省分别高0.8和1.1个百分点: as many bases as figures; None where it is no such list."""
    found = _COMPARED.search(first.lead)
    bases = _PARTS.split(found["list"]) if found is not None else []
    return bases if len(bases) == count and all(bases) else None


_NOTHING = re.compile(
    "[,、 ]*(?:[一-龥]{0,2}类|[一-龥]{0,2}项|两者|三者)?(?:企业|项目|产业|指标)?"
    "(?:数量?|总量|产值|增速|增幅|占比|比重)?(?:同比|环比|比上年|较上年|比去年|均|也|各|已|共)*"
)


def _says_nothing(words: str) -> bool:
    """同比, 三类企业数量: no label of its own before 分别."""
    return _NOTHING.fullmatch(words) is not None


def zip_runs(run: Sequence[Spot], earlier: Sequence[Spot]) -> bool:
    """分别达到52860元和27430元、增长5.1%和6.6%: the second run is of the same things as the first."""
    first = run[0]
    if len(run) != len(earlier) or first.before is not earlier[-1] or _BARE_GROWTH.match(first.lead) is None:
        return False
    for spot, about in zip(run, earlier, strict=True):
        spot.about = about
    return True


_BARE_GROWTH = re.compile(
    "[、,]?(?:同比|比上年|较上年)?(?:分别)?(?:增长|下降|提高|提升|降低|缩减|压缩|精简|减少|增加|占)(?:[到至]?(?:[0-9]{4}年|如今|目前)的?|[^,。;]{0,4})$"
)


def _are_industries(run: Sequence[Spot], said: bool) -> bool:
    """三次产业结构由a:b:c调整为d:e:f, 三次产业增加值分别为a、b和c."""
    first = run[0]
    if run[1].between.strip() == ":":
        return (
            _THREE.search(first.text[max(first.sentence.start, first.start - 120) : first.start]) is not None
        )
    return said and _THREE.search(first.lead[-24:]) is not None and "增加值" in first.lead


def zip_earlier(run: Sequence[Spot], heads: Sequence[Spot]) -> bool:
    """分别增长9.4%、12.1%和3.6% after as many figures: to each its own. False where they do not fit."""
    first = run[0]
    each = _EACH.search(first.lead)
    if each is None or not _says_nothing(first.lead[: each.start()]):
        return False
    near = [
        head for head in heads[-12:] if first.sentence_index - head.sentence_index <= 1 and head.own_label
    ]
    near = [head for head in near if head.amount.form != "label" and head.clause is not first.clause]
    if len(near) < len(run):
        return False
    for spot, head in zip(run, near[-len(run) :], strict=True):
        spot.about = head
    return True


def _names(first: Spot, count: int, said: bool) -> list[str]:
    words = first.opening if first.before is None or first.before.clause is not first.clause else first.lead
    label_before = (
        first.before is not None
        and first.before.clause is first.clause
        and first.before.amount.form == "label"
    )
    if label_before and first.before is not None:
        # A、B、C三大主导产业分别完成产值: the count closes the list
        words = first.text[first.clause.start : first.before.start]
        names = _split(words, count)
        tail = _metric_after_each(first.lead) or _metric_of_class(first.lead)
        return [name + tail if tail else name for name in names]
    each = _EACH.search(words)
    if each is not None:
        names = _split(words[: each.start()], count)
        tail = _metric_after_each(words[each.start() :])
        return [name + tail if tail and not name.endswith(tail) else name for name in names]
    cut = _VERBS.search(words)
    if cut is None or cut.start() == 0:
        return []
    return _split(words[: cut.start()], count)


def _split(words: str, count: int) -> list[str]:
    """The names of a list; a common ending of the last one goes to all of them."""
    words = re.sub(r"(?:同比|均|共|累计|数量|的)+$", "", words)
    words = re.sub(r"等?[一二两三四五六七八九十0-9]+(?:大|个|类|项|家)[一-龥]{0,10}$", "", words)
    found = _HEAD.match(words)
    if found is None:
        return []
    names = [name.strip("“” ") for name in _PARTS.split(found["list"])]
    if count == 2 and len(names) == 1 and names[0].startswith("城乡居民"):
        return _with_common_ending(names)
    if len(names) != count or not all(1 <= len(name) <= 24 for name in names):
        return []
    return _with_common_ending(names)


def _with_common_ending(names: list[str]) -> list[str]:
    """社会备案类, 政府投资类项目审批时限: what follows 类 belongs to both."""
    if len(names) == 1 and names[0].startswith("城乡居民"):
        rest = names[0].removeprefix("城乡")
        return [f"城镇{rest}", f"农村{rest}"]
    last = names[-1]
    if (of := _RESIDENTS.match(last)) is not None and all(name in _OF_RESIDENTS for name in names[:-1]):
        return [*(name + last[of.end() :] for name in names[:-1]), last]
    measure = _MEASURED.search(last)
    if measure is not None and not any(_MEASURED.search(name) for name in names[:-1]):
        return [*(name + measure.group() for name in names[:-1]), last]
    for sign in ("类", "级", "业", "区", "型"):
        at = last.find(sign)
        if 0 < at < len(last) - 1 and all(name.endswith(sign) for name in names[:-1]):
            ending = last[at + 1 :]
            return [*(name + ending for name in names[:-1]), last]
    return names


_OF_RESIDENTS = frozenset({"城镇", "农村", "城乡", "全体"})
_RESIDENTS = re.compile("(?:城镇|农村|城乡|全体)(?=(?:常住)?居民)")
_MEASURED = re.compile("(?<=.{2})(?:总产值|产值|增加值|营业收入|投资|利润|税收|出口|零售额|收入|产量)$")
_METRIC = re.compile(
    r"(?:分别|各为|依次为)?(?:同比|比上年)?(?:实现|完成|达到?|为|增长|下降|占|有|是)*(?P<metric>[一-龥]*?)(?:约|近|超|为|达到?|增长|下降|的)*$"
)


def _metric_of_class(words: str) -> str:
    """签约项目 of 三大产业签约项目分别为21个."""
    found = _OF_CLASS.match(words)
    return "" if found is None else found["metric"]


_OF_CLASS = re.compile(
    "(?:主导|优势|支柱)?(?:产业|行业|领域|板块)(?P<metric>[一-龥]{2,10}?)(?:数量?|总数)?(?:分别|各为|依次为)"
)


def _metric_after_each(words: str) -> str:
    """产值 of 分别完成产值142.6亿元."""
    each = _EACH.search(words)
    rest = words[each.end() :] if each is not None else words
    found = _METRIC.match(rest)
    metric = found["metric"] if found is not None else ""
    return "" if re.search(r"增长|下降|提高|占|全|上涨|排|居|列", metric) else metric
