"""Which numbers only say when (日期、时期)?

Dates and periods are read by `gaoxin.reading.times`; here they are stepped over, so that no part of one is
taken for a quantity. A year that is itself the figure (1992年建区) is one.
"""

from __future__ import annotations

import re

_YEAR = r"(?:1[89]|20)[0-9]{2}"
_TO = r"(?:[-—~]{1,2}|至|到)"
_DATE = re.compile(
    rf"{_YEAR}年?{_TO}{_YEAR}(?:年(?:度|间|期间)?)?(?![0-9])"
    rf"|{_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}(?![0-9])"
    rf"|{_YEAR} ?年度?(?:[0-9]{{1,2}}(?:{_TO}[0-9]{{1,2}})?月份?(?:[0-9]{{1,2}}[日号])?)?"
    rf"|{_YEAR}{_TO}[0-9]{{2,4}} ?(?:年|学年|财年)"
    rf"|{_YEAR}(?:[-.][0-9]{{1,2}})?(?={_TO}今|/[0-9]{{2,4}}(?:学年|财年))"
    rf"|(?<![0-9.])[0-9]{{1,2}}月份?{_TO}[0-9]{{1,2}}月份?"
    rf"|[0-9]{{1,2}}(?:{_TO}|、|和)?(?:[0-9]{{1,2}})?月(?!均|球)份?(?:[0-9]{{1,2}}(?:(?:{_TO}|、)[0-9]{{1,2}})?[日号])?"
    rf"|[0-9]{{1,2}}(?:{_TO}|、)[0-9]{{1,2}}[日号](?![内之])"
    r"|(?:[12]?[0-9]|3[01])[日号](?!内|以内|之内|左右|以上|期限|均|处理|产|供|储|办结|完成|无理由)"
    r"|[0-9]{1,2}[时点](?:[0-9]{1,2}分?|半|整|许|左右|前|后|起|至)"
    r"|[0-9]{2}(?=年代|世纪|后(?![0-9])|年(?:底|末|初|以来|第|上半年|下半年|[0-9]{1,2}月))(?:年代|世纪)?"
    r"|[0-9]{1,2}月"
)
_CHINESE_DATE = re.compile(
    r"[一二][零〇一二三四五六七八九]{3}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}[日号])?)?"
    r"|[一二三四五六七八九十]{1,2}(?:(?:至|到|、)[一二三四五六七八九十]{1,2})?月份?(?:[一二三四五六七八九十]{1,3}[日号])?(?!均)"
    r"|(?:二十|十[五六七八九]|二十一)世纪|[一二三四1-4](?:[至到、][一二三四])?季度|[二三四五六七八九]十年代"
    r"|[一二三四五六七八九十]{1,3}[日号](?!内|以内|之内)"
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9%:.])")
_CLOCK_BEFORE = re.compile(r"(?:[日午晨晚点时间号(至到~—-]|上午|下午|截至|早|夜)$")
_BY = r"(?:(?:经|由|被)[^,。;、]{0,12})?"
_FOUNDED_AFTER = re.compile(
    r"(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?:"
    rf"{_BY}(?:正式|成功|获|被|获准|批准){{0,2}}(?:"
    r"(?:建区|建园|建市|挂牌|成立|创建|组建|设立)(?=[,。;、)]|$|以来|并|至今)|"
    r"(?:成立|创建|设立|组建)(?=的(?:国家|省|高新|开发|园区)))"
    rf"|(?:,?{_BY},?)(?:正式|成功|获|被|获准){{0,2}}"
    r"(?:升级|晋升|升格|批准?|认定|确定|列入|更名|扩区|晋级|批复)(?:建设|成|设立)?(?:为|成为)"
    r"|,?[^,。;、0-9]{0,16}(?:奠基|破土动工|破土|开园)(?=[,。;、)]|$))"
)
_UNTIL_BEFORE = ("至", "到", "截至", "自", "从")
_FOUNDED_BEFORE = re.compile(
    r"(?:始建|成立|创建|创立|组建|创办|设立|建成|批准|获批|升级|建区|建|诞生|起步|挂牌)于$"
)


def date(text: str, place: int) -> int | None:
    """Where the date or period ends that begins at `place`."""
    found = (_DATE if text[place] in "0123456789" else _CHINESE_DATE).match(text, place)
    if found is not None:
        return found.end()
    clock = _CLOCK.match(text, place)
    if clock is not None and _CLOCK_BEFORE.search(text[max(0, place - 3) : place]):
        return clock.end()
    return None


_PLAIN_YEAR = re.compile(rf"({_YEAR}) ?年")


def founding_year(text: str, place: int) -> tuple[int, int] | None:
    """The year at `place` and where its 年 ends, when founding or rising is what the words tell."""
    found = _PLAIN_YEAR.match(text, place)
    if found is None:
        return None
    before = text[max(0, place - 4) : place]
    if before.endswith(_UNTIL_BEFORE):
        return None
    if _FOUNDED_BEFORE.search(before) or _FOUNDED_AFTER.match(text, found.end()):
        return int(found[1]), found.end()
    return None
