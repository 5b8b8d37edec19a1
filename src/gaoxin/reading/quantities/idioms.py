"""In which words does a numeral count nothing (成语、惯用语、名称)?

Only words are listed in which a numeral stands before something that could be a unit or a classifier, or
that would be cut in two; a numeral before anything else is not read as a figure at all.
"""

from __future__ import annotations

_EACH_AND_ANY = """
一心一意 一五一十 一草一木 一点一滴 一砖一瓦 一生一世 一年一度 一年之计 一年四季 一年到头 一天到晚
一日千里 一日之计 一家一户 一户一策 一企一策 一事一议 一项一策 一区一策 一链一策 一园一策 一件事
一类一策 一人一策 一件一码 一家独大 一家之言 一家亲 一家人 一人之力 一人一档 一次性 一批批 一项项
一个个 一座座 一条条 一件件 一家家 一种种 一次次 一天天 一年年 一排排 一幢幢 一栋栋 一张张 一组组
一片片 一个样 一个劲 一套班子 一把手 一张网 一张图 一条龙 一条心 一条街 一盘棋 一件小事 一处一策
一窗通办 一站式 一门式 一门一窗 一起 一系列 一揽子 一次办好 一次办成 一次办结 一次通过 一次告知
一次受理 一次能源 一次采购 一次函 一次不用跑 一次设备 一次电力 一次产业 一张清单 一张表 一张蓝图
一类疫苗 一类医疗 一张考卷 一级响应 一季度 一带一路 一期一会 一起抓 一起来 一千零一夜 一票制
"""
_DOCTRINES = """
三个代表 三严三实 三个务必 三个面向 三个区分开来 三个区分 四个意识 四个自信 四个全面 四个伟大
四个服务 四个最严 四个革命 五个坚持 五个必由之路 六个必须坚持 六个坚持 七个着力 九个坚持 十个明确
十个坚持 两个维护 两个确立 两个毫不动摇 两个一百年 两个一以贯之 两个百年 两个大局 两个先行 两个务必
两个责任 两个健康 两个结合 八项规定 两个文明 三个文明 三大纪律 八项注意 两个轮子
"""
_SAYINGS_AND_NAMES = """
三天两头 三年五载 三人行 三条红线 三百六十行 三次产业 三大球 三位数 两位数 个位数 四位数 三次分配
四大名著 四大皆空 五大洲 四大发明 七大洲 三大法宝 两不愁三保障 两只手 两条腿
四面八方 五湖四海 五花八门 六神无主 七上八下 八仙过海 九牛一毛 十全十美 十拿九稳 十字路口 十年树木
十年寒窗 十年磨一剑 十年九不遇 百花齐放 百家争鸣 百家姓 百年大计 百年老店 百年奋斗 百年未有 百年变局
百年名校 百年品牌 百年树人 百年好合 百分百 百日攻坚 百日会战 百日行动 百日竞赛 百舸争流 百折不挠
百尺竿头 百废待兴 百万雄师 千方百计 千家万户 千军万马 千头万绪 千山万水 千变万化 千载难逢 千篇一律
千钧一发 千秋万代 千人计划 千名干部 千企技改 千校万企 成千上万 成百上千 万众一心 万众创新 万人计划
万人助万企 万家灯火 万无一失 万里长征 万里长城 万里长江 万里路 万象更新 万事俱备 万物互联 万水千山
万马奔腾 万元GDP 万元地区生产总值 万元工业增加值 万元产值 万元国内生产总值 万户千家 万千气象
万千瓦时电 亿万 亿级流量 万人坑 千人千面 百人会 百名院士 三级跳 三级甲等 三级联动 三期叠加 三期融合
二期叠加 三股势力 四大班子 四大家 四套班子 五大班子 十一黄金周 七七八八 三三两两 三五成群 三令五申
三心二意 三番五次 两面人 两张皮 两头在外 两头婚 两手抓 两副重担 两不误 两头热 零跑腿 零距离
零容忍 零门槛 零接触 零部件 零报告 零次跑 零次 零上门 零差错 零投诉 零事故 零死亡 零增长 零个
最多跑一次 只跑一次 跑一次 二次创业 二次开发 二次供水 二次能源 二次设备 三张清单 二类疫苗
二类医疗 三类医疗 二级响应 三级响应 四级响应 四季度 三季度 二季度 两院院士 三支一扶 五险一金
三项制度改革 八小时之外 八小时外 八小时内外 八小时以外 十五期间 九五期间 双十一 六一八 双十二
三八红旗手 五四 百人百企 新一代 上一期 下一期 新一期 每一期 这一期 新一批 每一个 每一家 每一户
每一项 每一天 每一年 每一次 每一位 每一名 每一条 这一年 那一年 新的一年 又一年 这一天 同一天 同一年
同一个 某一 任一 另一个 另一项 另一家 另一种 上一年 下一年 上一年度 下一个 上一个 前一年 后一年
前一天 头一年 这一个 那一个 统一 三元里 三元区 三元锂
三元电池 三元正极 三元材料 三元前驱体 三元乙丙 二元结构 四方台 五大连池 千岛湖 万年县 三门峡 三门县 三台县
五家渠 六盘水 七台河 八达岭 九台区 十里河 十里 万家乐 三只松鼠 三棵树 三一重工 三一集团
五谷丰登 五位数 六位数 三头六臂 三大战役 两弹一星 四通一平 七通一平 三通一平
五通一平 九通一平 三江源 百分制 千分制 十分制 五分制 十进制 二进制 三班倒 两班倒 八小时工作制

"""


_NUMERALS = "零〇一二三四五六七八九十百千万亿两"


def _by_pair(*, last: bool) -> dict[str, tuple[tuple[int, str], ...]]:
    """The words by a numeral and the sign after it (`last`: before it), with its place, the longest first."""
    found: dict[str, list[tuple[int, str]]] = {}
    for word in dict.fromkeys(" ".join((_EACH_AND_ANY, _DOCTRINES, _SAYINGS_AND_NAMES)).split()):
        for place, sign in enumerate(word):
            if sign in _NUMERALS and last == (place == len(word) - 1):
                pair = word[place - 1 : place + 1] if last else word[place : place + 2]
                found.setdefault(pair, []).append((place, word))
    return {pair: tuple(sorted(words, key=lambda entry: -len(entry[1]))) for pair, words in found.items()}


_BEFORE_A_SIGN = _by_pair(last=False)
_AFTER_A_SIGN = _by_pair(last=True)


def idiom(text: str, place: int) -> int | None:
    """Where the word ends in which the numeral at `place` counts nothing; None if it stands in none."""
    words = _BEFORE_A_SIGN.get(text[place : place + 2], ())
    if place:
        words += _AFTER_A_SIGN.get(text[place - 1 : place + 1], ())
    for offset, word in words:
        if place >= offset and text.startswith(word, place - offset):
            return place - offset + len(word)
    return None
