"""Page layout is undone: what belongs together is one block, what only surrounds the text is set aside."""

from gaoxin.reading.layout import lay_out


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.stretch.read) for block in lay_out(text)]


def paragraphs(text: str) -> list[str]:
    return [read for kind, read in kinds(text) if kind == "paragraph"]


LONG = "园区坚持把项目建设作为头等大事，紧盯签约、开工、投产三个环节，逐一明确责任人和时间表，"


def test_a_sentence_cut_by_a_column_goes_on() -> None:
    text = f"{LONG}每亩的税收是周边乡\n\n镇的3倍以上；人均产出更高。\n"
    (paragraph,) = paragraphs(text)
    assert paragraph.endswith("是周边乡镇的3倍以上;人均产出更高。")


def test_a_caption_in_mid_sentence_is_set_aside() -> None:
    text = f"{LONG}大力引进高层\n\n\n\n图片来源：某高新区\n\n次人才落户园区。\n"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "caption"]
    assert paragraphs(text)[0].endswith("引进高层次人才落户园区。")


def test_page_numbers_and_repeated_headers_are_set_aside() -> None:
    text = (
        f"{LONG}完成税收\n— 3 —\n某高新区管委会文件\n总额56亿元，{LONG}比重达到\n— 4 —\n"
        "某高新区管委会文件\n62%。\n第5页 共8页\n"
    )
    (paragraph,) = paragraphs(text)
    assert "完成税收总额56亿元" in paragraph
    assert paragraph.endswith("比重达到62%。")
    assert [read for kind, read in kinds(text) if kind == "furniture"] == [
        "—3—",
        "某高新区管委会文件",
        "—4—",
        "某高新区管委会文件",
        "第5页共8页",
    ]


def test_a_newspaper_page_header_is_set_aside() -> None:
    text = (
        "“过去一吨卖四百元，现在做成新材料，一吨能卖三万\n\n2022年12月14日　要闻　第5版\n\n五千元。”他说。\n"
    )
    assert paragraphs(text) == ["“过去一吨卖四百元,现在做成新材料,一吨能卖三万五千元。”他说。"]


def test_lines_broken_at_a_width_are_one_paragraph() -> None:
    text = (
        "　　今年上半年，全区经济运行总体平稳、稳中向好，主要指标增\n"
        "速高于全市。规模以上工业总产值完成二百三十五亿元，同比增\n"
        "长一成，其中高新技术产业产值占规上工业总产值的百分之六十\n"
        "六。\n"
        "　　全区新增市场主体一千二百五十六户，其中企业四百三十二户。\n"
    )
    first, second = paragraphs(text)
    assert first.endswith("占规上工业总产值的百分之六十六。")
    assert "同比增长一成" in first
    assert second.startswith("全区新增")


def test_headings_of_all_forms_are_told_from_paragraphs() -> None:
    text = (
        "一、总体情况\n全年产值100亿元，增长5%，成绩来之不易。\n（一）工业\n工业产值60亿元。\n"
        "特色产业发展壮大\n\n产业是立区之本。\n"
    )
    assert [(block.kind, block.level) for block in lay_out(text)] == [
        ("heading", 2),
        ("paragraph", 0),
        ("heading", 3),
        ("paragraph", 0),
        ("heading", 2),
        ("paragraph", 0),
    ]


def test_several_articles_each_begin_with_a_title_above_a_byline() -> None:
    text = (
        "甲区：产业快跑\n\n本报记者 张三\n\n甲区产值100亿元。\n\n图为甲区一角。王五 摄\n\n"
        "乙区：创新提速\n\n□ 本报记者 李四 通讯员 赵六\n\n乙区产值200亿元。\n"
    )
    assert [kind for kind, _ in kinds(text)] == [
        "title",
        "byline",
        "paragraph",
        "caption",
        "title",
        "byline",
        "paragraph",
    ]
    assert [block.level for block in lay_out(text) if block.kind == "title"] == [1, 1]


def test_the_line_of_a_web_page_about_itself_is_a_byline() -> None:
    text = "某市经济运行情况\n发布时间：2023-10-25 10:23 来源：市统计局 浏览次数：1253\n\n全市产值100亿元。\n"
    assert [kind for kind, _ in kinds(text)] == ["title", "byline", "paragraph"]


def test_items_without_a_full_stop_stay_apart() -> None:
    text = (
        "主要指标如下：\n地区生产总值432亿元\n规上工业总产值105亿元，增长10%\n·新增企业12家\n·新增专利30件\n"
    )
    assert len(paragraphs(text)) == 5


def test_rows_of_a_table_keep_their_cells() -> None:
    text = "指标　单位　本期\n产值　亿元　299.54\n|企业数|户|1250|\n税收 24.8 亿元 6.1\n"
    assert kinds(text) == [
        ("table", "指标\t单位\t本期"),
        ("table", "产值\t亿元\t299.54"),
        ("table", "企业数\t户\t1250"),
        ("table", "税收\t24.8\t亿元\t6.1"),
    ]


def test_cells_one_under_another_are_rows() -> None:
    text = (
        "单位：亿元\n|\n指 标\n|\n本期\n|\n增长%\n|\n产值\n|\n295.4\n|\n7.7\n|\n税收\n|\n24.4\n|\n-3.3\n|\n"
    )
    assert [read for kind, read in kinds(text) if kind == "table"] == [
        "指 标\t本期\t增长%",
        "产值\t295.4\t7.7",
        "税收\t24.4\t-3.3",
    ]


def test_a_list_of_contents_is_no_table() -> None:
    text = "目录\n总则\n1\n目标\n3\n任务\n8\n附则\n12\n"
    assert "table" not in {kind for kind, _ in kinds(text)}


def test_full_width_traditional_and_unseen_signs_are_read_plainly() -> None:
    text = "全年實現產值４３２億元，佔８７．９％；\u200b新增－３％。"
    assert paragraphs(text) == ["全年实现产值432亿元,占87.9%;新增-3%。"]


def test_dashes_of_ranges_stay_told_apart_from_minus() -> None:
    assert paragraphs("增长3―5家、3～5家、3−5家，持续向好。") == ["增长3—5家、3~5家、3-5家,持续向好。"]


def test_blanks_inside_chinese_prose_are_not_read() -> None:
    assert paragraphs("产值 432 亿元，GDP 增长 5 %，New Area 起步。") == [
        "产值432亿元,GDP增长5 %,New Area起步。"
    ]


def test_paragraphs_are_counted_from_one_and_headings_not() -> None:
    text = "一、工业\n工业产值60亿元。\n二、农业\n农业产值6亿元。\n"
    assert [block.paragraph for block in lay_out(text)] == [0, 1, 0, 2]


def test_line_ends_of_every_system_are_line_ends() -> None:
    for end in ("\n", "\r\n", "\r", "\u2028"):
        assert len(lay_out(f"一、工业{end}产值60亿元。{end}")) == 2


def test_an_empty_text_has_no_blocks() -> None:
    assert lay_out("") == ()
    assert lay_out(" \n\u3000\n\t") == ()
