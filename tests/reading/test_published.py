"""The day of publication is found where a text plainly states it, and nowhere else."""

from datetime import date

import pytest

from gaoxin.reading.published import published_on

STATED = {
    "高新区一季度工业运行情况\n发布日期：2024-04-18 10:20　来源：经济发展局\n一季度……": date(2024, 4, 18),
    "高新区见闻\n2022年9月30日\n本报记者": date(2022, 9, 30),
    "某市统计公报\n某市统计局\n（2023年2月18日）\n2022年，全市……": date(2023, 2, 18),
    "政府工作报告\n——2023年1月10日在某市第十届人民代表大会第三次会议上\n各位代表：": date(2023, 1, 10),
    "新华社北京2022年9月30日电 记者从会上获悉，2021年……": date(2022, 9, 30),
    "关于运行情况的通报\n1—9月……\n经济发展局\n二〇二三年十月十二日": date(2023, 10, 12),
    "成文日期：２０２１年１２月３日\n正文": date(2021, 12, 3),
    "时间: 2024/5/6\n正文": date(2024, 5, 6),
    "工业动态\n第3期\n青川高新区经济发展局编　　　　2023年8月4日\n上半年……": date(2023, 8, 4),
}
NOT_STATED = (
    "2021年12月31日，全市规上工业企业达到312家。",
    "截至2021年底，市场主体1.6万户。\n上半年……",
    "工业动态\n会议时间：  2023年8月4日，地点另行通知\n正文",
    "本报讯 9月30日，高新区召开大会。",
    "发布日期：2024-13-40\n正文",
    "",
)


@pytest.mark.parametrize(("text", "day"), STATED.items())
def test_a_day_written_for_the_purpose_is_found(text: str, day: date) -> None:
    assert published_on(text) == day


@pytest.mark.parametrize("text", NOT_STATED)
def test_a_day_in_a_sentence_is_no_day_of_publication(text: str) -> None:
    assert published_on(text) is None


def test_the_label_outweighs_a_day_on_a_line_of_its_own() -> None:
    assert published_on("2023年1月5日\n会议纪要\n发布日期：2023-01-09") == date(2023, 1, 9)


def test_a_long_text_is_not_searched_in_its_middle() -> None:
    assert published_on("开头。\n" * 3000 + "2020年1月1日\n" + "结尾。\n" * 3000) is None
