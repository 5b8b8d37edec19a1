"""What holds for every text: it is built or refused with a place; more information never flips a truth."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gaoxin.compute.language import build, names_used
from gaoxin.compute.reference import Reading, Value
from gaoxin.core.errors import ExpressionError
from tests.compute.language.words import part_of, with_names

TOTAL = with_names(
    **part_of(
        {
            "id": "total",
            "parts": [
                {
                    "id": "years",
                    "bands": {
                        "of": "segment_years",
                        "at_least": [["3年", "9"], ["2年", "5"]],
                        "otherwise": "0",
                    },
                },
                {"id": "system", "judged": "expert_system", "points": ["0", "6"]},
            ],
        }
    ).parts
)
WORDS = (
    "revenue", "staff", "zone_flag", "est_date", "titles", "total", "industry_code", "[Y-1]", "[Y-3..Y-1]",
    "Y", "ON", "y", "e", ".kind", ".amount", "$most_staff", "$rates", "$nothing", "(", ")", ",", ":", "..",
    "+", "-", "*", "/", "=", "!=", "<", ">=", "and", "or", "in", "starts", "if", "since", "true", "sum",
    "not", "mean", "least", "each", "some", "exists", "count", "growth", "days", "year", "day", "valid",
    "within", "band", "known", "passes", "min", "whole", "if(", "sum(y in Y-2..Y-1:", "exists(e in titles:",
    "sum(e in equity_events:", "5%", "2000万元", "3年", "0", "1", "12", "9999年", "2025-08-09", "2025-02-31",
    "'hnte'", "'", "≥", "\n", "，", "5斤", "１２", "²",
)  # fmt: skip


def built_or_refused(text: str) -> None:
    for door in (
        lambda: build(text, TOTAL, None),
        lambda: build(text, TOTAL, "truth"),
        lambda: names_used(text),
    ):
        refusal = None
        try:
            door()
        except ExpressionError as error:
            refusal = error
        assert refusal is None or (refusal.context["line"] >= 1 and refusal.context["column"] >= 1)


@given(st.text(max_size=60))
def test_any_text_is_built_or_refused_with_a_place(text: str) -> None:
    built_or_refused(text)


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join))
def test_any_words_are_built_or_refused_with_a_place(text: str) -> None:
    built_or_refused(text)


@given(st.integers(1, 1900), st.sampled_from(["1 + ", "1 < 2 or ", "not ", "2 - ", "("]))
def test_long_and_deep_texts_are_built_or_refused(times: int, piece: str) -> None:
    built_or_refused(piece * times + "1")


MARKED = st.sampled_from(
    [
        "30%",
        "20%",
        "3",
        "-1",
        "5项",
        "zone_flag",
        "revenue[Y-1]",
        "market_share",
        "$pass_mark",
        "$rates",
        "expert_ip",
    ]
)
LEAVES = MARKED | st.none() | st.booleans() | st.integers(-2, 9) | st.floats() | st.text(max_size=3)
KEYS = st.sampled_from(
    [
        "bands",
        "ladder",
        "linear",
        "steps",
        "judged",
        "of",
        "best_of",
        "worst_of",
        "parts",
        "cap",
        "max",
        "points",
        "at_least",
        "above",
        "at_most",
        "below",
        "table",
        "otherwise",
        "when",
        "part",
        "each",
        "most",
        "from",
        "to",
    ]
)
SHAPES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, SHAPES, max_size=4))
def test_any_mapping_is_a_part_or_refused(part: dict[str, object]) -> None:
    refusal = None
    try:
        part_of(part)
    except ExpressionError as error:
        refusal = error
    assert refusal is None or refusal.context["line"] == 1


# Truths over a small world, and what is known of a subject. `known` and `valid` ask what is known, and are
# left out: their answer may change by intent.

NUMBERS = st.sampled_from(
    [
        "revenue[Y-1]",
        "revenue[Y-2]",
        "sum(revenue[Y-2..Y-1] since est_date)",
        "mean(revenue[Y-2..Y-1] since est_date)",
        "least(revenue[Y-2..Y-1] since est_date)",
        "sum(e in equity_events: e.amount if e.paid)",
        "if(zone_flag, revenue[Y-1], revenue[Y-2])",
        "revenue[Y-1] / revenue[Y-2] * 1元",
        "min(revenue[Y-1], 2元)",
    ]
)
MARKS = st.sampled_from(["0元", "1元", "2元", "3元"])
SIGNS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
ATOMS = st.one_of(
    st.tuples(NUMBERS, SIGNS, MARKS).map(" ".join),
    st.tuples(NUMBERS, SIGNS, NUMBERS).map(" ".join),
    st.sampled_from(
        [
            "zone_flag",
            "industry_code starts ('C',)",
            "within(est_date, 2年)",
            "growth(revenue[Y-2], revenue[Y-1], 1) >= 50%",
            "each(y in Y-2..Y-1 since est_date: revenue[y] > 1元)",
            "some(y in Y-2..Y-1 since est_date: revenue[y] > 1元)",
            "exists(e in equity_events: e.paid and e.amount > 1元)",
            "total >= 9分",
            "total > 5分",
            "total = 11分",
        ]
    ),
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        inner.map(lambda one: f"not ({one})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
            lambda three: "({}) {} ({})".format(*three)
        ),
        st.tuples(inner, inner, inner).map(lambda three: "if({}, {}, {})".format(*three)),
    )


TRUTHS = st.recursive(ATOMS, _combined, max_leaves=5)


def drawn(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.none() | values


AMOUNTS = st.integers(0, 3).map(Fraction)
EVENTS = st.lists(st.fixed_dictionaries({"amount": AMOUNTS, "paid": st.booleans()}), max_size=2)
COLUMNS: dict[str, st.SearchStrategy[Value]] = {
    "revenue@2024": AMOUNTS,
    "revenue@2025": AMOUNTS,
    "zone_flag": st.booleans(),
    "industry_code": st.sampled_from(["C35", "F51"]),
    "est_date": st.sampled_from([date(2020, 1, 1), date(2024, 6, 30), date(2025, 3, 1), date(2026, 1, 1)]),
    "segment_years": AMOUNTS,
    "expert_system": st.integers(0, 6).map(Fraction),
    "equity_events": EVENTS,
}
ROWS = st.fixed_dictionaries(COLUMNS)


@given(TRUTHS, ROWS, st.sets(st.sampled_from(sorted(COLUMNS))), st.sets(st.integers(0, 3)))
def test_more_information_never_flips_a_settled_truth(
    text: str, row: dict[str, Value], hidden: set[str], blanks: set[int]
) -> None:
    node = build(text, TOTAL).node
    known = {name: None if name in hidden else _blanked(value, blanks) for name, value in row.items()}
    before, after = Reading(known)[node], Reading(row)[node]
    if before.value is not None:
        assert after.value is before.value
        assert not before.open
    else:
        assert before.open


def _blanked(value: Value, blanks: set[int]) -> Value:
    """An event list with some fields of its elements not known."""
    if not isinstance(value, list):
        return value
    fields = [(index, name) for index, element in enumerate(value) for name in sorted(element)]
    lost = {field for place, field in enumerate(fields) if place in blanks}
    return [
        {name: None if (index, name) in lost else held for name, held in element.items()}
        for index, element in enumerate(value)
    ]
