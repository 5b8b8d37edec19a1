"""The formula language: what it computes, what it refuses, and where it says so."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import FormulaError
from gaoxin.core.intervals import Interval
from gaoxin.facts.formula import Formula, parse
from gaoxin.facts.functions import FUNCTIONS
from gaoxin.facts.operands import Integers, Missing, Operand

F = Fraction

POINTS = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)


def around(middle: str, half: str) -> Interval:
    return Interval(F(middle) - F(half), F(middle) + F(half), False, True)


def run(text: str, **given_: Operand) -> Operand:
    return parse(text)(given_)


def test_share_of_a_printed_level_gives_the_whole_as_an_interval() -> None:
    # 432亿 is [431.5, 432.5), 87.9 % is [87.85 %, 87.95 %): 431.5/0.8795 = 490.62…, 432.5/0.8785 = 492.32…
    whole = run("part / share", part=around("432", "0.5"), share=around("0.879", "0.0005"))
    assert isinstance(whole, Interval)
    assert whole.lo == F("431.5") / F("0.8795")
    assert whole.hi == F("432.5") / F("0.8785")
    assert whole.lo_open
    assert whole.hi_open


def test_growth_of_a_count_leaves_one_whole_number() -> None:
    # 248 / [1.0825, 1.0835) = (228.89, 229.10]: only 229
    assert run(
        "integers(level / (1 + growth))", level=Interval.exact(248), growth=around("0.083", "0.0005")
    ) == Integers(229, 229)


def test_growth_that_no_whole_number_fits_is_empty() -> None:
    # 10 / 1.333 = 7.50: nothing between 7.4990 and 7.5047
    found = run("integers(level / (1 + growth))", level=Interval.exact(10), growth=around("0.333", "0.0005"))
    assert isinstance(found, Integers)
    assert len(found) == 0
    assert run("count(x) >= 1", x=found) is False


def test_arithmetic_with_no_whole_number_is_an_error_that_says_so() -> None:
    with pytest.raises(FormulaError, match="没有符合的整数"):
        run("x + 1", x=Integers(2, 1))


def test_numbers_are_read_as_written_not_as_floats() -> None:
    assert run("0.1 + 0.2 == 0.3") is True


def test_power_and_root_keep_the_printed_precision() -> None:
    # 4^(1/9) − 1 = 16.652 % a year over nine intervals
    growth = run("root(4, 9) - 1")
    assert isinstance(growth, Interval)
    assert growth.lo is not None
    assert growth.hi is not None
    assert F("0.16652") < growth.lo < growth.hi < F("0.16653")
    assert growth.hi - growth.lo < F(1, 10**30)
    assert (1 + growth).power(9).contains(4)


def test_logarithm_is_rounded_outwards() -> None:
    # ln 2 = 0.693147180559945309417232121458…
    found = run("ln(2)")
    assert isinstance(found, Interval)
    assert found.lo is not None
    assert found.hi is not None
    assert found.lo < F("0.6931471805599453094172321214581766") < found.hi
    assert found.hi - found.lo <= F(2, 10**30)
    assert run("ln(1)") == Interval.exact(0)


def test_truth_is_three_valued() -> None:
    wide = Interval(F(1), F(3))
    assert run("x > 2", x=wide) is None
    assert run("x > 2 or x < 5", x=wide) is True
    assert run("x > 2 and x > 5", x=wide) is False
    assert run("not x > 2", x=wide) is None
    assert run("0 < x < 4", x=wide) is True


def test_missing_inputs_are_named_and_do_not_hide_a_decision() -> None:
    assert run("part / share", part=Interval.exact(1)) == Missing(("share",))
    assert run("a + b") == Missing(("a", "b"))
    assert run("a > 1 and b > 1", b=Interval.exact(0)) is False
    assert run("a > 1 or b > 1", b=Interval.exact(2)) is True
    assert run("a > 1 and b > 1", b=Interval.exact(2)) == Missing(("a",))
    assert run("missing(a) and not missing(b)", b=Interval.exact(2)) is True


def test_lists_are_compared_as_sets() -> None:
    lead, body = ("生物医药", "新材料", "先进制造"), ("新材料", "生物医药", "现代服务业")
    assert run("same(a, b)", a=lead, b=body) is False
    assert run("same(a, b)", a=lead, b=tuple(reversed(lead))) is True
    assert run("only(a, b)", a=lead, b=body) == ("先进制造",)
    assert run("count(a) == 3", a=lead) is True


def test_sums_agree_within_rounding() -> None:
    # 197.3 + 768.5 + 1129.3 = 2095.1, each ± 0.05; 2095.4 is out of reach of 2095.1 ± 0.15
    parts = {"a": around("197.3", "0.05"), "b": around("768.5", "0.05"), "c": around("1129.3", "0.05")}
    assert run("agree(a + b + c, total)", total=around("2095.1", "0.05"), **parts) is True
    assert run("agree(a + b + c, total)", total=around("2095.4", "0.05"), **parts) is False


def test_division_by_a_share_below_one_percent_gives_a_lower_bound() -> None:
    # GDP 1/10 ≈ [2/21, 2/19] on less than 1 % of the land: more than (2/21)/0.01 = 9.52 times as dense
    density = run("gdp / land", gdp=Interval(F(2, 21), F(2, 19)), land=Interval(F(0), F(1, 100), False, True))
    assert density == Interval(F(200, 21), None, lo_open=True)


def test_division_by_what_may_be_zero_either_side_settles_nothing() -> None:
    assert run("1 / x", x=Interval(F(-1), F(1))) == Interval.everything()


def test_division_by_zero_is_an_error_with_its_place() -> None:
    with pytest.raises(FormulaError) as caught:
        run("1 + a / b", a=Interval.exact(1), b=Interval.exact(0))
    assert caught.value.context["position"] == 5
    assert "除数是 0" in caught.value.zh


def test_names_used_twice_are_reported_because_they_widen_the_result() -> None:
    formula = parse("(a - b) / a")
    assert formula.names == ("a", "b")
    assert formula.repeated == ("a",)
    x = Interval(F(1), F(2))
    assert run("x - x", x=x) == Interval(F(-1), F(1))


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("a +", 1, "写法有误"),
        ("a.b", 1, "Attribute"),
        ("1 + open(x)", 5, "只能使用函数"),
        ("a if b else c", 1, "IfExp"),
        ("[a for a in b]", 1, "ListComp"),
        ("lambda: 1", 1, "Lambda"),
        ("规上产值 + x[0]", 8, "Subscript"),
        ("a % 2", 1, "Mod"),
        ("a // 2", 1, "FloorDiv"),
        ("a @ b", 1, "MatMult"),
        ("1e9 + a", 1, "0.05"),
        ("a + 0x10", 5, "0.05"),
        ("a + 1_000", 5, "0.05"),
        ("'text'", 1, "0.05"),
        ("(a := 1)", 2, "NamedExpr"),
        ("root(a)", 1, "参数"),
        ("root(x=a, n=2)", 1, "只能使用函数"),
        ("f'{a}'", 1, "JoinedStr"),
        ("", 1, "写法有误"),
    ],
)
def test_everything_else_is_refused_with_its_place(text: str, position: int, words: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert words in caught.value.zh
    assert caught.value.context["position"] == position


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a + items", "应为数字"),
        ("same(a, items)", "清单"),
        ("a and items", "判断"),
        ("a ** 0.5", "整数"),
        ("a ** 65", "整数"),
        ("root(0 - a, 2)", "负数"),
        ("ln(0 - a)", "正数"),
        ("integers(bound)", "上下限"),
        ("count(a)", "清单"),
    ],
)
def test_kinds_that_do_not_fit_are_refused_when_computed(text: str, words: str) -> None:
    given_: dict[str, Operand] = {"a": Interval.exact(2), "items": ("x",), "bound": Interval(F(1), None)}
    with pytest.raises(FormulaError, match=words):
        parse(text)(given_)


def test_a_formula_cannot_be_made_to_run_for_ever() -> None:
    with pytest.raises(FormulaError):
        parse("(" * 900 + "1" + ")" * 90)
    with pytest.raises(FormulaError):
        parse("-" * 999 + "1")
    with pytest.raises(FormulaError):
        parse("+".join("a" * 400))
    with pytest.raises(FormulaError, match="过大"):
        run("((9999 ** 64) ** 64) ** 64")


def test_every_function_is_explained() -> None:
    assert set(FUNCTIONS) == {
        "integers",
        "root",
        "ln",
        "min",
        "max",
        "abs",
        "count",
        "same",
        "agree",
        "only",
        "missing",
    }


@given(POINTS, POINTS, POINTS)
def test_points_compute_like_fractions(a: F, b: F, c: F) -> None:
    result = run("(a + b) * c - a", a=Interval.exact(a), b=Interval.exact(b), c=Interval.exact(c))
    assert result == Interval.exact((a + b) * c - a)


@given(
    st.lists(POINTS, min_size=6, max_size=6),
    st.lists(st.fractions(0, 1, max_denominator=20), min_size=3, max_size=3),
)
def test_the_result_contains_every_value_that_the_inputs_allow(ends: list[F], places: list[F]) -> None:
    spans = [Interval(min(ends[i : i + 2]), max(ends[i : i + 2])) for i in (0, 2, 4)]
    inside = [
        (s.lo or F(0)) + p * ((s.hi or F(0)) - (s.lo or F(0))) for s, p in zip(spans, places, strict=True)
    ]
    text = "max(a * b, c) + abs(a - c) ** 2 + min(a, b)"
    names = ("a", "b", "c")
    wide = parse(text)(dict(zip(names, spans, strict=True)))
    a, b, c = inside
    assert isinstance(wide, Interval)
    assert wide.contains(max(a * b, c) + abs(a - c) ** 2 + min(a, b))


@given(st.text(alphabet="abc+-*/()<>= .0123456789,andortmisg", max_size=40))
def test_any_text_is_a_formula_or_a_formula_error(text: str) -> None:
    try:
        formula = parse(text)
    except FormulaError:
        return
    assert isinstance(formula, Formula)
