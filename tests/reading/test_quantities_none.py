"""What holds a numeral and states nothing: dates, codes, names, idioms, enumerators."""

import pytest

from gaoxin.reading.layout import lay_out
from gaoxin.reading.quantities import amounts

NOTHING = {
    "dates": (
        "2021年3月5日开工，2022年底投产。",
        "2016—2020年的规划已经完成。",
        "1至9月和一季度的情况如下。",
        "2021-03-01签发，5月18日至20日举行。",
        "二〇二一年五月一日签署。",
        "上半年、前三季度、第四季度的情况。",
        "上午9:30开始，8时30分签到。",
        "“十四五”期间和上世纪90年代。",
        "二十一世纪是海洋的世纪。",
    ),
    "codes": (
        "依据国科发火〔2016〕32号第三条、第十二条。",
        "联系电话：0536-8888888，热线12345。",
        "建设5G网络和4K频道，发展工业4.0。",
        "监测PM2.5，执行GB/T 19001-2016标准。",
        "在A股上市，位于3号楼301室。",
        "G60科创走廊和C919飞机。",
        "编号为12345678901234567890。",
    ),
    "names": (
        "生产碳四、碳五和二甲苯。",
        "研制六轴机器人和三维扫描仪。",
        "对标一线城市，赶超二线城市。",
        "推进双创和双招双引，实现一网通办。",
        "进入后移动时代，发展新一代信息技术。",
        "第一书记驻村，第一时间响应，第三方评估。",
        "第一产业和第三产业协调发展。",
        "落实八项规定，坚定四个自信。",
        "推行“五个一”机制，划定“三区三线”。",
        "构建“一核两翼”格局。",
        "学习二十大精神和十九届历次全会精神。",
        "在区四届人大七次会议上作报告。",
        "主要做了七个方面工作，坚持“三个坚定不移”。",
        "三元区和三元锂电池。",
        "获得国家科技进步一等奖。",
        "王三强、李万里和陆百川出席。",
        "到五一广场和三亚集合。",
    ),
    "idioms": (
        "千方百计稳增长，一心一意谋发展。",
        "面向五湖四海，三令五申，百舸争流。",
        "十分重要，万众创新，千家万户。",
        "干在实处，走在前列。",
        "把安全摆在首位。",
        "发扬首创精神。",
        "统一思想，进一步一体化。",
        "百年老店，万亩良田。",
        "一年更比一年好。",
        "实现双过半。",
        "不断提升现代化水平。",
        "以一流环境聚一流人才。",
        "保持勇争一流的干劲。",
        "实现零距离、零跑腿。",
    ),
    "enumerators": (
        "一是抓招商，二是抓项目。",
        "一方面做大，另一方面做强。",
        "一、总体要求",
        "（一）指导思想",
        "1.坚持创新。2.坚持开放。",
        "第一，要抓紧。第二，要抓实。",
        "建成了一批项目，解决了一些问题。",
        "这是一个重要的、一座美丽的城市。",
        "实行“一个项目、一个专班”。",
    ),
}


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in NOTHING.items() for text in texts]
)
def test_nothing_is_stated(kind: str, text: str) -> None:
    found = [
        block.stretch.read[amount.start : amount.end] for block in lay_out(text) for amount in amounts(block)
    ]
    assert found == [], kind


def test_captions_bylines_and_page_numbers_state_nothing() -> None:
    text = "图为占地300亩的厂区。张三 摄\n本报记者 李四\n— 12 —\n第3页 共8页\n"
    assert not any(amounts(block) for block in lay_out(text))
