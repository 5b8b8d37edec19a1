"""What a pass is worth, on the board, in the workbook and to whom it may be told."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gaoxin.web.eligibility.boards import board
from gaoxin.web.eligibility.residents import residents
from gaoxin.web.eligibility.ways import way
from gaoxin.web.eligibility.worths import worths
from tests.web.conftest import SignedIn
from tests.web.eligibility.policy_builders import DAY, Policy, a_policy

pytestmark = pytest.mark.django_db
EVERYTHING = frozenset({"public", "internal", "restricted"})


@pytest.fixture
def held() -> Policy:
    return a_policy()


def told(held: Policy, rule: str, readable: frozenset[str] = EVERYTHING) -> dict[str, str]:
    found = board(residents(held.run), rule)
    names = {held.pays.code: "pays", held.flat.code: "flat", held.bare.code: "bare", held.mute.code: "mute"}
    return {names[code]: one.words for code, one in worths(found, found.firms, readable).items()}


def test_a_clause_is_worth_what_it_pays(held: Policy) -> None:
    # 30 % of the 100 万元 R&D grew by; the flat one has grown by nothing yet
    assert told(held, "C9") == {"pays": "30", "bare": "30", "mute": "30", "flat": "0"}


def test_after_the_way_the_step_itself_is_paid_for(held: Policy) -> None:
    found = board(residents(held.run), "C9")
    way(found, found.by_code[held.flat.code], DAY)
    assert told(held, "C9")["flat"] == "3"  # 30 % of the 10 万元 to be booked


def test_a_certificate_is_worth_the_clauses_that_ask_for_it(held: Policy) -> None:
    # who holds one gains nothing more; who reported no titles gains up to 30
    assert told(held, "HNTE") == {"pays": "0", "flat": "0", "bare": "30", "mute": "0–30"}


def test_what_no_clause_prices_has_no_price(held: Policy) -> None:
    assert set(told(held, "TSME").values()) == {"未定价"}


def test_what_rests_on_a_figure_one_may_not_read_is_not_told(held: Policy) -> None:
    assert set(told(held, "C9", frozenset({"public"})).values()) == {"按岗位不显示"}


def test_the_board_and_the_workbook_tell_it(signed_in: SignedIn, held: Policy) -> None:
    browser = signed_in(held.officer)
    page = browser.get("/policies/near/C9/?zone=sandbox&short=one").content.decode()
    assert "通过可得（万元）" in page
    assert "文件没有写申报截止日" in page
    answer = browser.get("/policies/near/C9/export.xlsx?zone=sandbox&short=one")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    head = next(row for row in rows if row[0] == "企业")
    firm = next(row for row in rows if str(row[0]).startswith("平研机械"))
    assert float(firm[head.index("通过可得下限（万元）")]) == 3
    assert float(firm[head.index("通过可得上限（万元）")]) == 3


def test_a_title_without_a_price_says_so_on_its_board(signed_in: SignedIn, held: Policy) -> None:
    page = signed_in(held.officer).get("/policies/near/TSME/?zone=sandbox&short=open").content.decode()
    assert "未定价：本区在用的条款没有以它为条件的" in page
