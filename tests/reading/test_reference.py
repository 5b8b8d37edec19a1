"""The reference reading of the three articles: 148 figures with value, kind, period, comparator and metric.

Where the reading leaves something open (a period “unspecified”, a comparator that is empty) so does the test;
what it accepts is told in `periods_of` and `KINDS`. Metrics are those of the observations of the same rows.
"""

import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from gaoxin.packs.library import Library, open_library
from gaoxin.reading.claims import Claim
from gaoxin.workspace.reading import reader_of
from tests.content.reading import beside

PUBLISHED = date(2022, 9, 30)  # “2022 by inference” (domain/zone.md §7.3)
KINDS = {
    "count": {"level"},
    "ratio": {"multiple"},
    "qualitative-bound": {"level", "rank"},  # the kind of what is bounded
}
OPS = {"≈": "~", "≥": ">=", "≤": "<=", "": ""}
# Units of the table as a reading prints them. A count keeps the classifier of the text.
UNITS = {"分数": "%", "番": "倍", "GWh": "焦耳", "小时": "天", "工作日": "天", "批": "位"}
FLOORS = {"value": 1.0, "kind": 0.98, "period": 0.98, "comparator": 0.98, "metric": 0.95, "precision": 0.99}


@dataclass(frozen=True)
class Row:
    id: str
    cells: dict[str, str]
    start: int
    end: int
    span: tuple[int, int]


@dataclass
class Tally:
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, what: str, is_right: bool, said: str) -> None:
        self.asked[what] += 1
        self.right[what] += is_right
        if not is_right:
            self.wrong.append(f"{what:10} {said}")

    def rate(self, what: str) -> float:
        return self.right[what] / self.asked[what]

    def table(self) -> str:
        lines = [f"{'':12}{'asked':>7}{'right':>7}{'rate':>9}{'floor':>8}"]
        lines += [
            f"{what:12}{self.asked[what]:>7}{self.right[what]:>7}{self.rate(what):>9.1%}{floor:>8.0%}"
            for what, floor in FLOORS.items()
        ]
        return "\n".join(lines)


@cache
def text() -> str:
    return beside("source", "articles.txt").read_text("utf-8")


@cache
def library() -> Library:
    return open_library()


@cache
def rows() -> tuple[Row, ...]:
    """Each row with the characters its value stands at; the sentences run over line breaks."""
    kept = [(sign, at) for at, sign in enumerate(text()) if not sign.isspace()]
    letters = "".join(sign for sign, _ in kept)
    places = [at for _, at in kept]
    found, since = [], 0
    with beside("source", "figures.csv").open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            sentence = "".join(cells["sentence"].split())
            head = letters.find(sentence, max(0, since - 400))
            head = letters.find(sentence) if head < 0 else head
            assert head >= 0, cells["id"]
            since = head
            value, unit = (
                cells["value"].split("/")[0] if cells["id"] == "W046" else cells["value"],
                cells["unit"],
            )
            inside = sentence.find(value + unit)
            inside = sentence.find(value) if inside < 0 else inside
            at, end = (
                (head, head + len(sentence)) if inside < 0 else (head + inside, head + inside + len(value))
            )
            whole = (places[head], places[head + len(sentence) - 1] + 1)
            found.append(Row(cells["id"], cells, places[at], places[end - 1] + 1, whole))
    return tuple(found)


@cache
def claims() -> tuple[Claim, ...]:
    return reader_of(library()).read(text(), PUBLISHED).claims


@cache
def metrics_of() -> dict[str, set[str]]:
    """The metrics of the observations of each row; C044.1 and C044.2 part row C044."""
    held: dict[str, set[str]] = {}
    for observation in library().observations:
        held.setdefault(observation.id.partition(".")[0], set()).add(observation.metric)
    return held


def periods_of(row: Row) -> set[str | None]:
    """The periods a reading may give; None where the article leaves it open."""
    written = row.cells["period"]
    year = re.match(r"(?:as of )?([0-9]{4})", written)
    if re.fullmatch("[0-9]{4}", written):
        # 总数 of a year stands at its end.
        return {written, f"{written}-12-31"} if row.cells["metric_zh"].endswith("总数") else {written}
    if re.fullmatch("as of 2021-12-31", written):
        return {"2021-12-31"} if row.cells["article"] == "weifang" else {"2021-12-31", "2021"}
    if written.startswith("as of 2021/2022"):
        return {"2021", "2021-12-31", "2022", PUBLISHED.isoformat(), None}
    if year is not None and ("2022" in written[:12]) and ".." not in written:
        return (
            {"2022", PUBLISHED.isoformat(), None}
            if "headline" in written
            else {"2022", PUBLISHED.isoformat()}
        )
    if written == "within 2012..2021":
        return {"2012/2021", "2021", "2021-12-31", None}
    if written == "2012..2022":
        return {"2012/2022", None}
    if "2021 implied" in written:
        return {"2021", None}
    stated = {o.period for o in library().observations if o.id.partition(".")[0] == row.id}
    return {None, "2012-11", *stated}


def claim_of(row: Row) -> Claim | None:
    """The claim that reads the characters of the row."""
    near = [claim for claim in claims() if claim.start < row.end and row.start < claim.end]
    return max(
        near,
        key=lambda claim: (min(claim.end, row.end) - max(claim.start, row.start), -(claim.end - claim.start)),
        default=None,
    )


def same_value(row: Row, claim: Claim) -> bool:
    wanted, unit = row.cells["normalised_value"], row.cells["unit"]
    if not wanted:
        return claim.value is None
    if claim.value is None or abs(claim.value - Fraction(wanted)) > abs(Fraction(wanted)) / 10**5:
        return False
    # 十大 is written without a classifier: then none is asked for.
    if row.cells["kind"] in ("count", "qualitative-bound") and unit not in text()[row.start : row.end + 3]:
        return True
    return claim.unit == UNITS.get(unit, unit) or not unit


@cache
def tally() -> Tally:
    counted = Tally()
    for row in rows():
        claim = claim_of(row)
        said = f"{row.id} {row.cells['sentence'][:40]} {row.cells['value']}"
        if claim is None:
            for what in ("value", "kind", "period", "comparator"):
                counted.note(what, False, f"{said}: not read")
            if row.id in metrics_of():
                counted.note("metric", False, f"{said}: not read")
            continue
        got = f"{said} → {claim.quote} {claim.value} {claim.unit}"
        counted.note("value", same_value(row, claim), got)
        kinds = KINDS.get(row.cells["kind"], {row.cells["kind"]})
        counted.note("kind", claim.kind in kinds, f"{got}: {claim.kind}, not {row.cells['kind']}")
        period = None if claim.period is None else claim.period.code
        counted.note("period", period in periods_of(row), f"{got}: {period}, not {row.cells['period']}")
        op = OPS.get(row.cells["comparator"], row.cells["comparator"])
        counted.note("comparator", not op or claim.op == op, f"{got}: {claim.op}, not {op}")
        if row.id in metrics_of():
            right = claim.metric in metrics_of()[row.id]
            want = " or ".join(sorted(metrics_of()[row.id]))
            counted.note(
                "metric", right, f"{got}: [{claim.label}] {claim.subject} {claim.metric}, not {want}"
            )
    for claim in claims():
        known = any(
            (row.start < claim.end and claim.start < row.end)
            or (row.id == "W046" and row.span[0] <= claim.start < row.span[1])
            for row in rows()
        )
        counted.note("precision", known, f"{claim.quote} [{claim.label}] is no figure of the table")
    return counted


def test_every_row_has_its_place_in_the_text() -> None:
    assert len(rows()) == 148
    for row in rows():
        assert row.cells["value"][:1] in text()[row.start : row.end] or row.span == (row.start, row.end), (
            row.id
        )


@pytest.mark.parametrize("what", FLOORS)
def test_the_reference_reading_is_reached(what: str) -> None:
    wrong = "\n".join(line for line in tally().wrong if line.startswith(what))
    assert tally().rate(what) >= FLOORS[what], wrong


def test_table_of_accuracy(capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{tally().table()}\n")
    assert tally().asked["value"] == 148
