"""What one header cell says: a role, a name, a unit, a period (表头文字).

The words here are those of forms, not of metrics: names of metrics are looked up in the packs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from gaoxin.core.errors import PeriodError
from gaoxin.core.periods import Period
from gaoxin.facts.ingest.mapping import Role
from gaoxin.packs.matching import known_unit, normalise, split_unit

ROLES: dict[str, Role] = {
    **dict.fromkeys(
        ("统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "统一代码", "纳税人识别号", "uscc"),
        "uscc",
    ),
    **dict.fromkeys(
        (
            "企业名称",
            "单位名称",
            "单位详细名称",
            "法人单位名称",
            "公司名称",
            "企业",
            "名称",
            "单位",
            "company",
            "name",
        ),
        "name",
    ),
    **dict.fromkeys(("序号", "编号", "行号", "no", "no.", "#"), "row_number"),
    **dict.fromkeys(
        (
            "备注",
            "说明",
            "填表人",
            "填报人",
            "联系人",
            "联系电话",
            "电话",
            "手机",
            "联系方式",
            "统计负责人",
            "填报日期",
            "报出日期",
        ),
        "ignored",
    ),
}
LONG_ROLES: dict[str, Role] = {
    **dict.fromkeys(("指标", "指标名称", "统计指标", "项目", "metric", "indicator"), "indicator"),
    **dict.fromkeys(("数值", "指标值", "数据", "值", "本期数", "实绩", "完成数", "value"), "value"),
    **dict.fromkeys(("计量单位", "单位", "unit"), "unit"),
    **dict.fromkeys(("时期", "报告期", "期间", "年份", "年度", "时间", "period", "year"), "period"),
    **dict.fromkeys(
        (
            "地区",
            "地区名称",
            "主体",
            "高新区",
            "高新区名称",
            "开发区",
            "开发区名称",
            "园区",
            "园区名称",
            "区域",
            "县市区",
            "项目名称",
            "对象",
            "subject",
            "region",
            "zone",
        ),
        "subject",
    ),
    **dict.fromkeys(("分母", "占比基数", "对比范围", "范围", "of"), "of"),
    **dict.fromkeys(("类别", "数值类型", "figure"), "figure"),
}

_EXPLICIT = re.compile(
    r"(?:19|20)\d{2}(?:"
    r"[-/.](?:1[0-2]|0[1-9])(?:[-/.](?:3[01]|[12]\d|0[1-9]))?(?!\d)"
    r"|年?第?[一二三四1-4]季度|年?q[1-4]|h[12]"
    r"|年[上下]半年"
    r"|年?(?:1[0-2]|[1-9])(?:月)?[-—–~至到](?:1[0-2]|[1-9])月(?:累计)?"
    r"|年(?:1[0-2]|0?[1-9])月(?:(?:3[01]|[12]\d|0?[1-9])日|末|底)?"
    r"|年(?:末|底|度)?"
    r"|(?!\d))",
    re.IGNORECASE,
)
_RELATIVE: tuple[tuple[str, str], ...] = (
    (
        r"(?:上年|去年|上一年)(?:同期)?(?:累计)?(?:数|实际|完成)?|同期(?:数)?|上期(?:数|末)?",
        "previous",
    ),
    # 上年末 in a report of January to September is 31 December, and no 30 September
    (r"(?:(?:年初|期初)|(?:上年|去年|上一年)年?(?:末|底))(?:数|余额)?", "year_start"),
    (r"(?:本月|当月|本季|本季度|当季)(?:数|实际|完成)?", "month"),
    (
        (
            r"(?:本期|本年|本年度|当年|报告期|今年)(?:累计|末|实际|完成)?(?:数)?|自?年初累计|(?:1|一)[-—–~至到]本月(?:累计)?"
            r"|累计(?:数)?|期末(?:数|余额)?|年末(?:数|余额)?|实际(?:数)?|完成(?:数)?"
        ),
        "report",
    ),
)
# Before or behind a name without any sign between them: 上年营业收入, 营业收入上年同期. Words that names of
# metrics begin with themselves (当年, 期末, 新增) are not among them.
_BEFORE = re.compile(
    r"(?:(?P<previous>(?:上年|去年|上一年)(?:度|同期)?(?:累计)?|上年同期|去年同期)"
    r"|(?P<year_start>(?:上年|去年|上一年)年?(?:末|底)|年初)"
    r"|(?P<report>本期|本年累计|本年度|报告期))(?P<name>[^年末底初增比度同累数].+)"
)
_BEHIND = re.compile(r"(?P<name>.+?)(?:上年同期|去年同期|上年数|去年数|上期数)")
_OF_YEAR = "months:"
# 1-9月, 9月份: months of the year of the report.
_MONTHS = re.compile(
    r"[(]?(?:(?P<first>1|一)[-—–~至到])?(?P<last>1[0-2]|[1-9])月份?(?:累计|当月|末|底)?[)]?(?P<name>.*)"
)
# A level of a header that says no more than that amounts stand below it.
_AMOUNT = re.compile(r"[(]?(?:总量|总额|合计|总计|绝对[额数值量]|数值|数额|数量|金额|水平)[)]?")
_GROWTH = re.compile(r"增长|增速|增幅|同比|环比|增减|±|比上年|比去年|比同期")
_NUMBERING = re.compile(
    r"^(?:其中|另[:：]?|#|\*|[一二三四五六七八九十]+[、.]|[(]?[一二三四五六七八九十0-9]{1,2}[)][、.]?|\d{1,2}[、.](?!\d)|[①-⑳])[:：]?"
)
_SHEET_UNIT = re.compile(r"(?:金额|计量|货币)?单位[:：]\s*([^\s|。;；)）]{1,24})")


@dataclass(frozen=True, slots=True)
class HeaderText:
    """One header cell taken apart. `name` is normalised and may be empty (a cell that says only 2024年 or
    万元).
    """

    name: str
    unit: str | None
    period: str
    rule: str
    growth: bool


def read_header(text: str) -> HeaderText:
    """Take one header cell apart; nothing is guessed, what is no unit and no period stays in the name."""
    bare, unit = split_unit(text)
    if unit is None and (symbol := known_unit(bare)) is not None and bare not in ROLES:
        return HeaderText("", symbol, "", "", False)
    while (shorter := _NUMBERING.sub("", bare)) != bare:
        bare = shorter
    found = _EXPLICIT.search(bare)
    period = rule = ""
    if found is not None:
        period = found[0]
        bare, rule = _relative(bare[: found.start()] + bare[found.end() :])
    elif months := _MONTHS.fullmatch(bare):
        first, last = months["last"] if not months["first"] else "1", months["last"]
        bare, rule = months["name"], f"{_OF_YEAR}{first}-{last}"
    else:
        bare, rule = _relative(bare)
    if _AMOUNT.fullmatch(bare):
        bare = ""
    bare = re.sub(r"[(][)]|[\[][\]]", "", bare).strip("-—_:,、. ")
    return HeaderText(bare, unit, period, rule, bool(_GROWTH.search(bare)))


def _relative(bare: str) -> tuple[str, str]:
    """The name without 本期, 上年同期 …, and what that word means; it counts only alone or at an end."""
    for pattern, meaning in _RELATIVE:
        if re.fullmatch(rf"[(]?(?:{pattern})[)]?", bare):
            return "", meaning
    for pattern, meaning in _RELATIVE:
        ending = re.fullmatch(rf"(.+?)[-—_:,(](?:{pattern})[)]?", bare)
        if ending:
            return ending[1], meaning
    if ahead := _BEFORE.fullmatch(bare):
        return ahead["name"], next(rule for rule in ("previous", "year_start", "report") if ahead[rule])
    if (behind := _BEHIND.fullmatch(bare)) and not _GROWTH.search(bare):
        return behind["name"], "previous"
    return bare, ""


def says_amount(text: str) -> bool:
    """True for 总量, 金额（亿元）: amounts stand below, of whatever stands above."""
    return bool(_AMOUNT.fullmatch(split_unit(text)[0]))


def role_of(text: str, *, long: bool) -> Role | None:
    """The role a header cell names by itself; in a long table 单位 is the unit, in a wide one the
    enterprise.
    """
    bare = normalise(text).strip("*:：")
    bare = re.sub(r"[(][^()]*[)]$", "", bare) or bare
    if long and bare in LONG_ROLES:
        return LONG_ROLES[bare]
    return ROLES.get(bare)


def period_of(text: HeaderText, report: Period | None) -> Period | None:
    """The period a header means, given the period the report is about; None if it says none.

    Raises: PeriodError for a period that cannot be.
    """
    if text.period:
        return Period.parse(text.period)
    return by_rule(text.rule, report) if text.rule else None


def by_rule(rule: str, report: Period | None) -> Period | None:
    """本期, 上年同期, 本月, 年初, 1-9月 seen from the period of the report."""
    if report is None:
        return None
    if rule.startswith(_OF_YEAR):
        first, last = map(int, rule.removeprefix(_OF_YEAR).split("-"))
        year = report.end.year
        return Period.parse(f"{year}-{last:02}" if first == last else f"{year}-01/{year}-{last:02}")
    if rule == "previous":
        return report.previous()
    if rule == "month":
        return Period.parse(f"{report.end:%Y-%m}")
    if rule == "year_start":
        return Period.parse((report.start.replace(month=1, day=1) - timedelta(days=1)).isoformat())
    return report


def period_in(text: str) -> Period | None:
    """The first period written anywhere in a title or file name, or None."""
    for found in _EXPLICIT.finditer(normalise(text)):
        try:
            return Period.parse(found[0])
        except PeriodError:
            continue
    return None


def units_in(text: str) -> tuple[str, ...]:
    """Units of a line such as 单位：万元、人."""
    found = _SHEET_UNIT.search(text)
    if found is None:
        return ()
    parts = re.split(r"[、,，/和]", found[1])
    return tuple(
        symbol
        for part in parts
        if (symbol := known_unit(normalise(part) if part.isascii() else part)) is not None
    )
