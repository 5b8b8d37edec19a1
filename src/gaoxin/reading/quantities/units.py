"""Which unit or classifier follows the number (单位、量词)?

Units convert through `gaoxin.core.units`; classifiers of things (家, 户, 项) are kept as written. The longest
one wins: 平方公里 before 平方, 个百分点 before 个.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from string import ascii_letters

from gaoxin.core.errors import UnitError
from gaoxin.core.units import Dimension, unit

_CONVERTED = """
焦耳 千焦 兆焦 吉焦 太焦 Wh kWh MWh GWh TWh 千瓦时 兆瓦时 吉瓦时 度电 瓦 千瓦 兆瓦 吉瓦 W kW MW GW
平方米 平方公里 平方千米 公顷 亩 平米 ㎡ m² km² m2 km2 立方米 m³ m3 升 吨标准煤 吨标煤 吨 公斤 千克 克 kg t
公里 千米 米 km 厘米 毫米 个工作日 工作日 个小时 小时 分钟 个半天 天 日 周 星期 年 周年 年度 个月 个季度
元人民币 元 块钱 美元 美金 % ‰ 个百分点 百分点 个基点 基点 倍 分
"""
_ALSO = {
    "个自然日": "天",
    "自然日": "天",
    "个星期": "周",
    "个千分点": "千分点",
    "人民币": "元",
    "个年头": "年",
}
_SECOND = Fraction(1, 86_400)
_CLASSIFIERS = """
个 项 件 条 只 批 类 座 栋 幢 台 套 宗 种 所 处 起 笔 份 场 次 届 辆 艘 部 张 款 块 间 床 篇 册 门 例 股 枚 支
队 组 架 列 棵 株 头 盏 桩 单 班 层 片 对 幅 颗 根 粒 袋 箱 盒 瓶 道 轮 期 席 人年 剂次 人 名 位 家 户
人次 户次 家次 车次 台次 件次 班次 架次 项次 场次
"""
_RANKS = "个位次 位次 个名次 名次"
_LABELS = "大 强 佳"
_LETTERS = frozenset(ascii_letters)
# after a Chinese numeral these begin another word: 十分, 三部门, 四面
_NEVER_AFTER_CHINESE = frozenset("升克瓦tW道日周分米层片对根粒单班部股门头块")
# units the ledger does not convert are kept as written
_OTHERS = """
标箱 标准箱 个标箱 TEU 千伏安 千伏 kV kVA 伏 港元 港币 欧元 日元 英镑 卢布 韩元 岁 周岁 摄氏度 ℃
微克/立方米 毫克/立方米 μg/m³ μg/m3 mg/m³ 毫克/升 mg/L 分贝 PFlops 海里
"""
_PER = """
吨标准煤 平方公里 平方米 立方米 千瓦时 百亿元 千万元 公顷 万人 万元 亿元 小时 人 户 亩 家 个 吨 元 年 天 日
月 度
"""


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as written, its size in base units and the classifier where things are counted.

    Missing: a unit the ledger does not know has no dimension; `noun` then names its base unit.
    """

    written: str
    dimension: Dimension | None
    factor: Fraction
    noun: str = ""
    label: bool = False


def _table() -> dict[str, Measure]:
    table: dict[str, Measure] = {}
    for symbol, plain in [*((symbol, symbol) for symbol in _CONVERTED.split()), *_ALSO.items()]:
        known = unit(plain)
        table[symbol] = Measure(symbol, known.dimension, known.factor)
    for symbol in ("秒", "秒钟"):
        table[symbol] = Measure(symbol, Dimension.time, _SECOND)
    for symbol in _CLASSIFIERS.split():
        table[symbol] = Measure(symbol, Dimension.count, Fraction(1), symbol)
    for symbol in _RANKS.split():
        table[symbol] = Measure(symbol, Dimension.rank, Fraction(1), "位")
    for symbol in _LABELS.split():
        table[symbol] = Measure(symbol, Dimension.count, Fraction(1), "个", label=True)
    for symbol in _OTHERS.split():
        table[symbol] = Measure(symbol, None, Fraction(1), symbol)
    return table


_TABLE = _table()
_PER_NAMES = _PER.split()
_FIRST: dict[str, tuple[str, ...]] = {}
for _name in sorted(_TABLE, key=len, reverse=True):
    for _sign in dict.fromkeys((_name[0], _name[0].lower(), _name[0].upper())):
        _FIRST[_sign] = (*_FIRST.get(_sign, ()), _name)
# the unit letters begin another word: 3人均, 5克服, 两位数
_OTHER_WORDS = {
    "人": "均民大才工力类",
    "位": "数于居列一",
    "家": "庭乡具电长",
    "天": "然津",
    "年": "轻龄报",
    "升": "级",
    "克": "服拉",
    "分": "别之布为类子散公",
    "大": "于会学量幅部力概约型批",
    "强": "化调大制劲势度",
    "件": "套",
    "部": "分门队署委",
    "对": "于应接口外照标比策",
    "次": "要日年月",
    "只": "有要能是",
    "组": "织团",
    "起": "来点步草到航",
    "层": "次面级",
    "门": "式",
    "所": "有在以",
    "处": "理于长置罚",
    "道": "路",
    "列": "入为",
    "名": "单称",
    "期": "间末货待望权刊限满盼中",
    "支": "持付出撑部",
    "单": "位",
    "头": "部",
    "户": "均籍口",
    "台": "湾",
    "元": "旦素件",
    "类": "似",
    "种": "植养",
    "场": "地",
    "批": "准发量",
    "轮": "胎动毂",
    "班": "子",
    "股": "份权东",
    "条": "件例",
    "份": "额",
    "块": "状",
    "套": "餐",
    "架": "构",
    "款": "项",
    "片": "区",
    "队": "伍",
}


def measure(text: str, start: int, *, after_chinese: bool) -> tuple[Measure, int] | None:
    """The unit that begins at `start` and where it ends, a quotient (万元/亩) with its second half."""
    for name in _FIRST.get(text[start : start + 1], ()):
        end = start + len(name)
        written = text[start:end]
        if written != name and (not written.isascii() or len(name) == 1 or written.lower() != name.lower()):
            continue
        following = text[end : end + 1]
        if following and following in _OTHER_WORDS.get(name, ""):
            continue
        if name[-1] in _LETTERS and following in _LETTERS:
            continue
        if after_chinese and name in _NEVER_AFTER_CHINESE:
            continue
        found = _TABLE[name]
        return _per(found if written == name else replace(found, written=written), text, end)
    return None


def _per(found: Measure, text: str, end: int) -> tuple[Measure, int]:
    if text[end : end + 1] not in ("/", "每"):
        return found, end
    for name in _PER_NAMES:
        if text.startswith(name, end + 1):
            quotient = _quotient(found, name)
            if quotient is not None:
                return quotient, end + 1 + len(name)
    return found, end


def _quotient(found: Measure, per: str) -> Measure | None:
    written = f"{found.written}/{per}"
    if per in ("年", "天", "日", "月", "小时"):
        return Measure(written, found.dimension, found.factor, found.noun)
    try:
        known = unit(written)
    except UnitError:
        if found.dimension not in (Dimension.money, Dimension.mass, Dimension.energy):
            return None
        # 元/立方米: no quotient of the ledger, and no plain sum either
        return Measure(written, None, found.factor, f"{found.dimension.base}/{per}")
    return Measure(written, known.dimension, known.factor, found.noun)
