"""Places in two rankings of one province, which the text calls 全省."""

from __future__ import annotations

from tests.reading.verifying_builders import a_draft, a_fact, a_rank, checked

PLACES = (
    a_fact("F1", "assessment", "4", "位", figure="rank", of="region/370000", group="山东省开发区"),
    a_fact("F2", "assessment", "2", "位", figure="rank", of="region/370000", group="山东省高新区"),
)


def judged(first: int, second: int) -> list[str]:
    draft = a_draft(
        f"在全省160个开发区中列第{first}位，在全省高新区中列第{second}位。",
        a_rank(f"第{first}位", first, of="全省160个开发区", of_code="region/370000"),
        a_rank(f"第{second}位", second, of="全省高新区", of_code="region/370000"),
    )
    return [verdict.verdict for verdict in checked(draft, *PLACES).verdicts]


def test_each_place_is_held_against_its_own_ranking() -> None:
    assert judged(4, 2) == ["match", "match"]


def test_a_place_in_the_other_ranking_is_no_evidence() -> None:
    assert judged(2, 4) == ["mismatch", "mismatch"]
