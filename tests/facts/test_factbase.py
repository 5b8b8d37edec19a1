"""The fact base appends, settles and remembers."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaoxin.core.errors import FactError
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Key, Observation
from gaoxin.facts.values import Value
from tests.facts.builders import a_fact_base, an_observation, day

KEY = Key("zone/chuxiong", "industrial_output", "level", "", "", "2021")


def yi(number: str) -> Value:
    return Value.of(number, "亿元")


def test_one_statement_stands() -> None:
    base = a_fact_base(an_observation())
    assert base.standing(KEY) == base.observation("C007")
    assert base.settlement(KEY).state == "standing"


def test_a_figure_nobody_stated_is_unknown_not_zero() -> None:
    base = a_fact_base()
    assert base.standing(KEY) is None
    assert base.settlement(KEY).state == "unknown"
    with pytest.raises(FactError, match="C007"):
        base.observation("C007")


def test_an_observation_cannot_be_changed() -> None:
    obs = an_observation()
    with pytest.raises(FrozenInstanceError):
        obs.unit = "万元"  # type: ignore[misc]


def test_an_id_is_recorded_once() -> None:
    base = a_fact_base(an_observation())
    with pytest.raises(FactError, match="已经登记"):
        base.record(an_observation(value="433"))


def test_a_correction_supersedes_and_the_old_figure_stays_readable() -> None:
    base = a_fact_base(an_observation())
    new = base.correct("C007", yi("433"), "数据更正", "statistician", day(2))
    assert new.id == "C007#2"
    assert base.standing(KEY) == new
    assert base.observation("C007").value == yi("432")
    assert not base.is_live("C007")
    assert [event.what for event in base.history(KEY)] == ["recorded", "corrected"]


def test_a_corrected_figure_has_to_be_checked_anew_and_keeps_no_foreign_place() -> None:
    checked = an_observation(
        status="verified", checked_by="chief", checked_at=day(0), locator="第3段", written="432亿元"
    )
    base = a_fact_base(checked)
    new = base.correct("C007", yi("433"), "数据更正", "a", day(1), source="yearbook")
    assert (new.status, new.checked_by, new.locator, new.written) == ("reported", "", "", "")


def test_a_correction_of_a_correction_forms_a_chain() -> None:
    base = a_fact_base(an_observation())
    base.correct("C007", yi("433"), "数据更正", "a", day(1))
    base.correct("C007#2", yi("434"), "普查修订", "b", day(2))
    assert base.standing(KEY) == base.observation("C007#3")
    assert [o.value for o in (base.standing(KEY, day(0)), base.standing(KEY, day(1))) if o] == [
        yi("432"),
        yi("433"),
    ]


def test_what_is_already_corrected_is_not_corrected_again() -> None:
    base = a_fact_base(an_observation())
    base.correct("C007", yi("433"), "数据更正", "a", day(1))
    with pytest.raises(FactError, match="C007#2"):
        base.correct("C007", yi("434"), "数据更正", "b", day(2))


def test_a_correction_needs_a_reason_and_cannot_come_before_what_it_corrects() -> None:
    base = a_fact_base(an_observation())
    with pytest.raises(FactError, match="理由"):
        base.correct("C007", yi("433"), " ", "a", day(1))
    with pytest.raises(FactError, match="早于"):
        base.correct("C007", yi("433"), "数据更正", "a", day(-1))


def test_sources_that_agree_are_no_conflict_and_the_finer_one_stands() -> None:
    # 432 stands for [431.5, 432.5) and 431.62 lies inside
    base = a_fact_base(
        an_observation(), an_observation("Y1", "431.62", source="yearbook", recorded_at=day(1))
    )
    settled = base.settlement(KEY)
    assert settled.standing == base.observation("Y1")
    assert [obs.id for obs in settled.others] == ["C007"]
    assert base.conflicts() == {}


def test_sources_that_disagree_are_both_kept_and_nothing_stands() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    assert base.standing(KEY) is None
    conflict = base.conflicts()[KEY]
    assert {obs.id for obs in conflict.candidates} == {"C007", "Y1"}
    assert not conflict.within_one_source


def test_one_document_may_contradict_itself() -> None:
    lists = [Value.of_items(["绿色食品", "先进制造"]), Value.of_items(["绿色食品", "现代服务业"])]
    base = a_fact_base(*(an_observation(f"C{i}", value, "") for i, value in enumerate(lists)))
    assert next(iter(base.conflicts().values())).within_one_source


def test_a_ruling_says_which_stands_and_the_newest_counts() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    base.rule(KEY, "C007", "口径一致", "head", day(1))
    assert base.standing(KEY) == base.observation("C007")
    base.rule(KEY, "Y1", "年鉴为最终核实数", "head", day(3))
    assert base.standing(KEY) == base.observation("Y1")
    assert base.standing(KEY, day(2)) == base.observation("C007")
    assert base.settlement(KEY, day(0)).state == "conflict"


def test_a_ruling_does_not_pass_to_the_correction_of_what_it_chose() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    ruling = base.rule(KEY, "C007", "口径一致", "head", day(1))
    base.correct("C007", yi("436"), "数据更正", "a", day(2))
    settled = base.settlement(KEY)
    assert settled.state == "conflict"
    assert settled.ruling is None
    assert settled.lapsed == ruling


def test_an_older_ruling_is_not_revived_when_the_newest_lapses() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    base.rule(KEY, "Y1", "先采用年鉴", "head", day(1))
    base.rule(KEY, "C007", "改用快报", "head", day(2))
    base.correct("C007", yi("436"), "数据更正", "a", day(3))
    assert base.settlement(KEY).state == "conflict"


def test_a_correction_that_ends_the_disagreement_needs_no_ruling() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    base.correct("C007", yi("440.0"), "数据更正", "a", day(2))
    assert base.settlement(KEY).state == "standing"


def test_a_ruling_lapses_when_a_new_source_disagrees_with_its_choice() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    base.rule(KEY, "C007", "口径一致", "head", day(1))
    base.record(an_observation("Z1", "450", source="census", recorded_at=day(2)))
    assert base.settlement(KEY).state == "conflict"


def test_a_ruling_holds_when_a_new_source_agrees_with_its_choice() -> None:
    base = a_fact_base(an_observation(), an_observation("Y1", "440", source="yearbook"))
    base.rule(KEY, "C007", "口径一致", "head", day(1))
    base.record(an_observation("Z1", "431.8", source="census", recorded_at=day(2)))
    assert base.standing(KEY) == base.observation("C007")


def test_only_what_is_in_use_and_disputed_can_be_ruled_upon() -> None:
    base = a_fact_base(an_observation())
    with pytest.raises(FactError, match="只有一个"):
        base.rule(KEY, "C007", "口径一致", "head", day(1))
    base.record(an_observation("Y1", "440", source="yearbook"))
    base.correct("Y1", yi("441"), "数据更正", "a", day(1))
    with pytest.raises(FactError, match="Y1"):
        base.rule(KEY, "Y1", "年鉴", "head", day(2))
    with pytest.raises(FactError, match="理由"):
        base.rule(KEY, "C007", "", "head", day(2))


def test_a_derived_figure_never_disputes_a_document() -> None:
    base = a_fact_base(an_observation(), an_observation("X1", "500", source="derivation:x", status="derived"))
    assert base.standing(KEY) == base.observation("C007")


def test_a_withdrawn_batch_is_out_of_use_and_stays_readable() -> None:
    base = a_fact_base(an_observation(batch="import:7"), an_observation("Y1", "440", source="yearbook"))
    base.withdraw("import:7", "导入了错误的文件", "a", day(1))
    assert base.standing(KEY) == base.observation("Y1")
    assert "C007" in base
    assert base.settlement(KEY, day(0)).state == "conflict"
    assert [event.what for event in base.history(KEY)][-1] == "withdrawn"


def test_withdrawing_a_correction_brings_back_what_it_corrected() -> None:
    base = a_fact_base(an_observation())
    base.correct("C007", yi("433"), "数据更正", "a", day(1), batch="entry:1")
    base.withdraw("entry:1", "更正有误", "a", day(2))
    assert base.standing(KEY) == base.observation("C007")
    again = base.correct("C007", yi("434"), "数据更正", "a", day(3))
    assert base.standing(KEY) == again


def test_withdrawing_the_middle_of_a_chain_keeps_the_last_correction() -> None:
    base = a_fact_base(an_observation())
    base.correct("C007", yi("433"), "数据更正", "a", day(1), batch="entry:1")
    last = base.correct("C007#2", yi("434"), "普查修订", "b", day(2))
    base.withdraw("entry:1", "批次撤回", "a", day(3))
    assert base.standing(KEY) == last


def test_a_batch_is_withdrawn_once_and_takes_no_more_entries() -> None:
    base = a_fact_base(an_observation(batch="import:7"))
    base.withdraw("import:7", "错误文件", "a", day(1))
    with pytest.raises(FactError, match="已经撤回"):
        base.withdraw("import:7", "错误文件", "a", day(2))
    with pytest.raises(FactError, match="没有批次"):
        base.withdraw("import:8", "错误文件", "a", day(2))
    with pytest.raises(FactError, match="已撤回"):
        base.record(an_observation("C8", batch="import:7"))
    with pytest.raises(FactError, match="已随批次撤回"):
        base.correct("C007", yi("433"), "数据更正", "a", day(2))


def test_a_view_of_the_past_is_read_only_and_keeps_its_answers() -> None:
    base = a_fact_base(an_observation())
    march = base.as_of(day(1))
    base.correct("C007", yi("433"), "数据更正", "a", day(5))
    assert march.standing(KEY) == base.observation("C007")
    assert len(march) == 1
    assert len(base) == 2
    with pytest.raises(FactError, match="只能查阅"):
        march.record(an_observation("C9"))
    with pytest.raises(FactError):
        march.observation("C007#2")


def test_a_view_of_a_view_never_sees_more() -> None:
    base = a_fact_base(an_observation(recorded_at=day(3)))
    assert base.as_of(day(1)).standing(KEY, day(9)) is None


def test_a_moment_without_time_zone_is_refused() -> None:
    base = a_fact_base(an_observation())
    with pytest.raises(FactError, match="时区"):
        base.standing(KEY, datetime(2026, 3, 2))
    with pytest.raises(FactError, match="时区"):
        an_observation(recorded_at=datetime(2026, 3, 2))


def test_a_correction_may_move_a_figure_to_its_right_period_but_not_to_another_subject() -> None:
    base = a_fact_base(an_observation())
    base.record(
        an_observation("C007b", period="2020", supersedes="C007", reason="报告期填错", recorded_at=day(1))
    )
    assert base.standing(KEY) is None
    assert [event.what for event in base.history(KEY)] == ["recorded", "corrected"]
    with pytest.raises(FactError, match="主体"):
        base.record(
            an_observation(
                "X", subject="zone/daqing", supersedes="C007b", reason="主体填错", recorded_at=day(2)
            )
        )


# --- laws

AMOUNTS = st.sampled_from(["432", "432.3", "433", "440", "500"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["record", "correct", "rule", "withdraw"]),
        st.integers(0, 5),
        AMOUNTS,
        st.integers(0, 3),
    ),
    max_size=14,
)


def grown(steps: list[tuple[str, int, str, int]]) -> FactBase:
    """A base after random but legal steps; illegal ones are refused and leave no trace."""
    base, clock = a_fact_base(), 0
    for what, pick, amount, pause in steps:
        clock += pause
        ids = [obs.id for obs in base.observations(live=False)]
        try:
            if what == "record" or not ids:
                batch = f"b{len(ids)}"
                base.record(
                    an_observation(
                        f"O{len(ids)}", amount, source=f"s{pick}", recorded_at=day(clock), batch=batch
                    )
                )
            elif what == "correct":
                base.correct(
                    ids[pick % len(ids)], yi(amount), "数据更正", "a", day(clock), batch=f"c{len(ids)}"
                )
            elif what == "rule":
                base.rule(KEY, ids[pick % len(ids)], "裁定", "head", day(clock))
            else:
                base.withdraw(base.observation(ids[pick % len(ids)]).batch, "撤回", "a", day(clock))
        except FactError:
            continue
    return base


@given(STEPS)
def test_as_of_now_is_the_current_state(steps: list[tuple[str, int, str, int]]) -> None:
    base = grown(steps)
    now = day(1000)
    assert base.as_of(now).settlement(KEY) == base.settlement(KEY)
    assert base.as_of(now).history(KEY) == base.history(KEY)
    assert base.as_of(now).conflicts() == base.conflicts()


@given(STEPS)
def test_history_only_grows_and_nothing_disappears(steps: list[tuple[str, int, str, int]]) -> None:
    base = grown(steps)
    before: tuple[object, ...] = ()
    for number in range(45):
        events = base.history(KEY, day(number))
        assert set(before) <= set(events)
        before = events
    assert {o.id for o in base.observations(live=False)} == {
        e.observation.id for e in base.history(KEY) if e.observation
    }


@given(STEPS)
def test_what_stands_is_in_use_and_a_conflict_has_no_standing_value(
    steps: list[tuple[str, int, str, int]],
) -> None:
    base = grown(steps)
    settled = base.settlement(KEY)
    assert (settled.standing is not None) == (settled.state == "standing")
    assert all(base.is_live(obs.id) for obs in settled.candidates)
    if settled.ruling:
        assert settled.standing is not None
        assert settled.ruling.stands == settled.standing.id


@given(st.permutations(range(6)), st.lists(AMOUNTS, min_size=6, max_size=6))
def test_the_order_of_recording_does_not_matter(order: list[int], amounts: list[str]) -> None:
    def statement(number: int) -> Observation:
        period = str(2019 + number // 2)
        return an_observation(
            f"O{number}", amounts[number], period=period, source=f"s{number % 2}", recorded_at=day(number)
        )

    straight = a_fact_base(*(statement(number) for number in range(6)))
    shuffled = a_fact_base(*(statement(number) for number in order))
    assert straight.keys() == shuffled.keys()
    keys = straight.keys()
    for key in keys:
        assert straight.settlement(key) == shuffled.settlement(key)
        assert straight.history(key) == shuffled.history(key)
    assert (
        straight.as_of(day(3) + timedelta(hours=1)).keys()
        == shuffled.as_of(day(3) + timedelta(hours=1)).keys()
    )
