"""Lists of enterprises: found by what people type, in pages that show everybody once (名录、检索)."""

from __future__ import annotations

import base64
import json
from random import Random

import pytest

from gaoxin.core.errors import FactError
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import models
from gaoxin.web.ledger.listing import every, subjects
from gaoxin.web.ledger.search import initials
from tests.web.builders import (
    INTERNAL,
    a_correction,
    a_statistician,
    a_uscc,
    an_enterprise,
    an_entry,
    zone,
)

pytestmark = pytest.mark.django_db
METRIC = f"{INTERNAL}@2024"


@pytest.fixture
def clerk():
    return a_statistician()


@pytest.fixture(autouse=True)
def _nobody_else() -> None:
    """The packs place a few firms in the zone; these tests want the zone to themselves."""
    elsewhere = zone("daqing")
    models.Subject.objects.filter(zone=zone(), kind="enterprise").update(zone=elsewhere)


def found(clerk, query: str) -> list[str]:
    return [row.name for row in subjects(clerk, zone(), search=query).subjects]


# --- searching


@pytest.fixture
def firms(clerk) -> dict[str, models.Subject]:
    return {
        "神威": an_enterprise("神威药业西南总部", aliases=("神威西南",), name_en="Shineway Southwest"),
        "盛瑞": an_enterprise("潍坊盛瑞传动股份有限公司", uscc=a_uscc()),
        "百分": an_enterprise("百分百%科技"),
        "下划": an_enterprise("下_划线软件"),
        "斜杠": an_enterprise("反\\斜杠工坊"),
        "普通": an_enterprise("百分之一科技"),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("潍坊盛瑞传动股份有限公司", ["盛瑞"]),
        ("传动", ["盛瑞"]),  # two characters, anywhere
        ("药业 总部", ["神威"]),  # all words
        ("药业 传动", []),
        ("神威西南", ["神威"]),  # an alias
        ("wfsr", ["盛瑞"]),  # 潍坊盛瑞
        ("WFSR", ["盛瑞"]),
        ("swyy", ["神威"]),  # 神威药业
        ("shineway", ["神威"]),
        ("%", ["百分"]),
        ("_", ["下划"]),
        ("\\", ["斜杠"]),
        ("百分%科", []),
        ("百_百", []),
        ("'; DROP TABLE ledger_subject; --", []),
        ("没有这家", []),
    ],
)
def test_a_firm_is_found_by_what_people_type(clerk, firms, query: str, names: list[str]) -> None:
    assert set(found(clerk, query)) == {firms[name].name for name in names}


def test_a_firm_is_found_by_the_beginning_of_its_credit_code(clerk, firms) -> None:
    code = firms["盛瑞"].uscc
    assert found(clerk, code) == [firms["盛瑞"].name]
    assert found(clerk, code[:17].lower()) == [firms["盛瑞"].name]
    assert found(clerk, code[4:]) == []


def test_full_width_letters_are_the_same_letters(clerk, firms) -> None:
    assert found(clerk, "ＷＦＳＲ") == [firms["盛瑞"].name]
    assert found(clerk, "％") == [firms["百分"].name]


def test_an_empty_search_finds_everybody(clerk, firms) -> None:
    for nothing in ("", "   ", "　"):
        assert len(found(clerk, nothing)) == len(firms)


def test_a_null_byte_finds_nobody_and_breaks_nothing(clerk, firms) -> None:
    assert found(clerk, "盛\0瑞") == []


def test_initials_are_those_a_chinese_reader_types() -> None:
    assert initials("高新区") == "gxq"
    assert initials("A8智能(潍坊)") == "a8znwf"


# --- pages


def walked(clerk, sort: str, limit: int, search: str = "") -> list[str]:
    """All names, page by page; each page says how many there are."""
    names, after, totals = [], "", set()
    while True:
        page = subjects(clerk, zone(), sort=sort, after=after, limit=limit, search=search)
        names += [row.name for row in page.subjects]
        totals.add(page.total)
        assert len(page.subjects) <= limit
        if not page.next:
            assert totals == {len(names)}
            return names
        assert len(page.subjects) == limit
        after = page.next


@pytest.fixture
def crowd(clerk) -> dict[str, int | None]:
    """23 firms: many with the same initials, many with the same revenue, some with none."""
    chance, held = Random(7), {}
    for number in range(23):
        firm = an_enterprise(f"{'甲乙'[number % 2]}厂{number}号")
        revenue = chance.choice([None, 5, 5, 9, -3, 0])
        if revenue is not None:
            an_entry(clerk, firm, str(revenue))
        held[firm.name] = revenue
    return held


@pytest.mark.parametrize("limit", [1, 4, 23, 50])
@pytest.mark.parametrize("sort", ["name", "-name", "code", "-code", METRIC, f"-{METRIC}"])
def test_pages_hold_everybody_once_and_in_order(clerk, crowd, sort: str, limit: int) -> None:
    names = walked(clerk, sort, limit)
    assert sorted(names) == sorted(crowd)
    assert names == walked(clerk, sort, 200)


def test_those_without_a_value_come_last_in_both_directions(clerk, crowd) -> None:
    stated = sorted(value for value in crowd.values() if value is not None)
    missing = [None] * sum(value is None for value in crowd.values())
    assert [crowd[name] for name in walked(clerk, METRIC, 4)] == [*stated, *missing]
    assert [crowd[name] for name in walked(clerk, f"-{METRIC}", 4)] == [*reversed(stated), *missing]


def test_a_search_and_a_sort_go_together(clerk, crowd) -> None:
    wanted = {name for name in crowd if name.startswith("甲")}
    assert set(walked(clerk, f"-{METRIC}", 3, search="甲")) == wanted


def test_a_list_is_sorted_by_what_stands_today(clerk) -> None:
    """20 corrected to 2, 10 withdrawn: 10 left without a value."""
    from gaoxin.web.ledger import services

    first, second, third = (an_enterprise(name) for name in ("甲厂", "乙厂", "丙厂"))
    a_correction(clerk, an_entry(clerk, first, "20"), "2")
    gone = an_entry(clerk, second, "10")
    an_entry(clerk, third, "5")
    services.withdraw_batch(by=clerk, batch_id=gone.batch_id, reason="填错")
    assert walked(clerk, f"-{METRIC}", 2) == ["丙厂", "甲厂", "乙厂"]


def test_a_disputed_firm_appears_once(clerk) -> None:
    firm = an_enterprise("甲厂")
    for value in ("10", "30", "30"):
        an_entry(clerk, firm, value)
    an_entry(clerk, an_enterprise("乙厂"), "20")
    assert walked(clerk, METRIC, 1) == ["甲厂", "乙厂"]
    assert walked(clerk, f"-{METRIC}", 1) == ["甲厂", "乙厂"]


@pytest.mark.parametrize(
    "after",
    ["%%%", "中文", "bm90IGpzb24", "[" * 4000]
    + [
        base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
        for place in (
            [], {}, 7, None, "ab", [1, 2], ["n"], ["a", "b"], ["v", "a", 1], ["n", 1, 1], ["v", 1, 10**30],
            ["\0", 1], [True, True], ["v", True, 1], [[], {}], [[[]], 1, 1], ["a", 1.5], ["v", 10**30, 1],
        )
    ],
)  # fmt: skip
@pytest.mark.parametrize("sort", ["name", "-code", METRIC])
def test_a_spoilt_place_in_the_list_is_refused_in_words(clerk, after: str, sort: str) -> None:
    an_enterprise()
    with pytest.raises(FactError, match="翻页位置已失效"):
        subjects(clerk, zone(), sort=sort, after=after)


def test_a_place_in_one_order_is_none_in_another(clerk) -> None:
    for number in range(3):
        an_entry(clerk, an_enterprise(), str(number))
    by_value = subjects(clerk, zone(), sort=METRIC, limit=1).next
    by_name = subjects(clerk, zone(), sort="name", limit=1).next
    with pytest.raises(FactError, match="翻页位置已失效"):
        subjects(clerk, zone(), sort="name", after=by_value)
    with pytest.raises(FactError, match="翻页位置已失效"):
        subjects(clerk, zone(), sort=METRIC, after=by_name)


@pytest.mark.parametrize("sort", ["", "pk", "zone__name", "-", "uscc", "@2024"])
def test_an_order_that_does_not_exist_is_refused(clerk, sort: str) -> None:
    from gaoxin.core.errors import GaoxinError

    with pytest.raises(GaoxinError):
        subjects(clerk, zone(), sort=sort)


def test_a_page_is_never_larger_than_the_largest(clerk) -> None:
    for _ in range(3):
        an_enterprise()
    assert len(subjects(clerk, zone(), limit=0).subjects) == 1
    assert len(subjects(clerk, zone(), limit=10**9).subjects) == 3


# --- the whole list


@pytest.mark.parametrize("sort", ["name", "-name", "code", METRIC, f"-{METRIC}"])
def test_the_whole_list_is_its_pages_one_after_the_other(clerk, monkeypatch, sort: str) -> None:
    for number, value in enumerate(("30", "10", None, "20", None, "10")):
        firm = an_enterprise(f"第{number}厂")
        if value is not None:
            an_entry(clerk, firm, value)
    pages, after = [], ""
    while True:
        page = subjects(clerk, zone(), sort=sort, after=after, limit=2)
        pages += [row.pk for row in page.subjects]
        after = page.next
        if not after:
            break
    monkeypatch.setattr("gaoxin.web.ledger.listing._BLOCK", 4)
    told = [row.pk for block in every(clerk, zone(), sort=sort, most=100) for row in block]
    assert told == pages
    assert len(told) == 6
    assert [row.pk for block in every(clerk, zone(), sort=sort, most=5) for row in block] == pages[:5]


def test_the_whole_list_of_another_zone_does_not_exist(clerk) -> None:
    with pytest.raises(NotFound):
        list(every(clerk, zone("daqing"), most=10))
