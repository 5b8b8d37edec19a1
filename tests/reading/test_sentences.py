"""Sentences end at 。！？, clauses at commas, and nothing inside a number, a name or brackets cuts."""

from gaoxin.reading.sentences import sentences


def cut(read: str) -> list[list[str]]:
    return [[read[clause.start : clause.end] for clause in one.clauses] for one in sentences(read)]


def test_sentences_end_with_their_closing_quotation_marks() -> None:
    read = "他说:“好。”大家鼓掌!然后呢?"
    assert [read[one.start : one.end] for one in sentences(read)] == ["他说:“好。”", "大家鼓掌!", "然后呢?"]


def test_clauses_end_at_commas_semicolons_and_colons() -> None:
    assert cut("产值10亿元,增长5%;税收:1亿元。") == [["产值10亿元", "增长5%", "税收", "1亿元"]]


def test_the_enumeration_comma_cuts_nothing() -> None:
    assert cut("企业3家、平台4个,共7个。") == [["企业3家、平台4个", "共7个"]]


def test_a_number_is_never_cut() -> None:
    assert cut("企业1,785户,其中1,234,567人,比例9:30。") == [["企业1,785户", "其中1,234,567人", "比例9:30"]]


def test_a_list_of_digits_is_cut_where_no_thousand_is_written() -> None:
    assert cut("分别为5,12家。") == [["分别为5", "12家"]]


def test_short_quotations_and_brackets_stay_whole() -> None:
    assert cut("发布《关于支持创新,扩大开放的意见》,推进“放权,赋能”改革(含试点,示范)。") == [
        ["发布《关于支持创新,扩大开放的意见》", "推进“放权,赋能”改革(含试点,示范)"]
    ]


def test_a_quoted_speech_is_cut_like_any_text() -> None:
    read = "他说:“产值10亿元,增长5%。税收1亿元。”"
    assert len(sentences(read)) == 2


def test_an_open_bracket_shields_nothing() -> None:
    assert cut("产值(增加值,增长5%。税收1亿元。") == [["产值(增加值", "增长5%"], ["税收1亿元"]]


def test_the_cells_of_a_row_are_its_clauses() -> None:
    (row,) = sentences("产值\t1,200\t亿元", is_row=True)
    assert len(row.clauses) == 3


def test_marks_are_kept_with_the_clause_they_end() -> None:
    (one,) = sentences("甲,乙;丙。")
    assert [clause.mark for clause in one.clauses] == [",", ";", "。"]
    (rest,) = sentences("没有句号")
    assert rest.clauses[0].mark == ""
