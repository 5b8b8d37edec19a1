"""Texts with every figure annotated by hand, and how well a reading agrees with them (标注与对照).

Each text lies beside a table of its figures, `texts/<part>/<name>.csv`. Two comment lines give the day of
publication and the style; then one row a figure in the order of the text:
`value_written`, `nth` (which occurrence of these characters), `kind`, `value`, `high`, `unit`, `op`,
`period`, `subject`, `of`, `metric`, `metric_zh`, `optional`. Values are exact, in base units. Where
two readings are equally right (高企总数 of a year or of its last day) a cell has both, with a blank
between (`kind`: a bar).
An empty `metric` is not judged, nor an empty `period`: none is stated in the paragraph, its heading or the
title. `optional` rows (slogans, thresholds inside a name, 一台 …) may be read or left: they never count for
or against.

`python -m tests.reading.annotations dev` prints the table and every row read otherwise than annotated.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from gaoxin.core.errors import UnitError
from gaoxin.core.units import unit as unit_of

TEXTS = Path(__file__).parent / "texts"
JUDGED = ("value", "kind", "period", "op", "metric")


@dataclass(frozen=True)
class Row:
    """One annotated figure: `start`, `end` are the characters of its core in the text."""

    written: str
    start: int
    end: int
    kinds: tuple[str, ...]
    values: tuple[Fraction | None, ...]
    high: Fraction | None
    units: tuple[str, ...]
    ops: tuple[str, ...]
    periods: tuple[str, ...]
    subject: str
    metrics: tuple[str, ...]
    metric_zh: str
    optional: bool


@dataclass(frozen=True)
class Annotated:
    name: str
    part: str
    text: str
    published: date
    style: str
    rows: tuple[Row, ...]


@dataclass
class Score:
    """What was judged and what of it was right, with the differences in words."""

    judged: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def rate(self, what: str) -> Fraction:
        """Raises: ZeroDivisionError where nothing of that sort was judged."""
        return Fraction(self.right[what], self.judged[what])

    def add(self, other: Score) -> None:
        self.judged += other.judged
        self.right += other.right
        self.differences += other.differences

    def note(self, what: str, is_right: bool) -> None:
        self.judged[what] += 1
        self.right[what] += is_right


# Reading the tables


@cache
def annotated(part: str) -> tuple[Annotated, ...]:
    """The texts of `dev` or `held_out`, by name."""
    return tuple(_load(path) for path in sorted((TEXTS / part).glob("*.txt")))


def _load(path: Path) -> Annotated:
    text = path.read_text("utf-8")
    lines = path.with_suffix(".csv").read_text("utf-8").splitlines(keepends=True)
    head = dict(line[1:].strip().split(": ", 1) for line in lines if line.startswith("#"))
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    return Annotated(
        name=path.stem,
        part=path.parent.name,
        text=text,
        published=date.fromisoformat(head["published"]),
        style=head["style"],
        rows=tuple(_row(text, cells) for cells in table),
    )


def _row(text: str, cells: dict[str, str]) -> Row:
    written = cells["value_written"]
    start = -1
    for _ in range(int(cells["nth"])):
        start = text.index(written, start + 1)
    values = tuple(Fraction(value) for value in cells["value"].split())
    return Row(
        written=written,
        start=start,
        end=start + len(written),
        kinds=tuple(cells["kind"].split("|")),
        values=values or (None,),
        high=Fraction(cells["high"]) if cells["high"] else None,
        units=tuple(cells["unit"].split()) or ("",),
        ops=tuple(cells["op"].split()),
        periods=tuple(cells["period"].split()),
        subject=cells["subject"],
        metrics=tuple(cells["metric"].split()),
        metric_zh=cells["metric_zh"],
        optional=bool(cells["optional"]),
    )


# Setting claims against rows


def align(rows: Sequence[Row], claims: Sequence[Any]) -> dict[int, int]:
    """Which claim reads which row: the pairs with the most characters in common first, each used once."""
    pairs = [
        (min(row.end, claim.end) - max(row.start, claim.start), -r, -c)
        for r, row in enumerate(rows)
        for c, claim in enumerate(claims)
        if row.start < claim.end and claim.start < row.end
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, r, c in sorted(pairs, reverse=True):
        if -r not in found and -c not in taken:
            found[-r] = -c
            taken.add(-c)
    return found


def compare(text: Annotated, claims: Sequence[Any]) -> Score:
    """Judge the claims of one text. A row that was not read is wrong in everything that is judged of it."""
    score = Score()
    pairs = align(text.rows, claims)
    for index, row in enumerate(text.rows):
        if row.optional:
            continue
        claim = claims[pairs[index]] if index in pairs else None
        verdicts = _judge(row, claim)
        for what, is_right in verdicts.items():
            score.note(what, is_right)
        if not all(verdicts.values()):
            score.differences.append(_difference(text, row, claim, verdicts))
    explained = set(pairs.values())
    for c, claim in enumerate(claims):
        over_optional = any(
            row.optional and row.start < claim.end and claim.start < row.end for row in text.rows
        )
        score.note("precision", c in explained or over_optional)
        if c not in explained and not over_optional:
            around = text.text[max(0, claim.start - 12) : claim.end + 6].replace("\n", "/")
            score.differences.append(f"{text.name}: “{claim.quote}” is no figure (…{around}…)")
    return score


def _judge(row: Row, claim: Any) -> dict[str, bool]:
    read = claim is not None
    verdicts = {
        "value": read and _same_value(row, claim),
        "kind": read and claim.kind in row.kinds,
        "op": read and claim.op in row.ops,
    }
    if row.periods:
        verdicts["period"] = read and claim.period is not None and claim.period.code in row.periods
    if row.metrics:
        verdicts["metric"] = read and claim.metric in row.metrics
    return verdicts


def _same_value(row: Row, claim: Any) -> bool:
    if claim.high != row.high and not (row.high and claim.high and _close(row.high, claim.high)):
        return False
    if row.values == (None,):
        return claim.value is None
    if claim.value is None:
        return False
    read = _in_base(claim.value, claim.unit)
    wanted = {_in_base(value, unit) for value in row.values if value is not None for unit in row.units}
    return any(_close(number, read[0]) and unit == read[1] for number, unit in wanted)


def _close(one: Fraction, other: Fraction) -> bool:
    """Equal to the twelve digits a record keeps."""
    return abs(one - other) <= abs(one) * Fraction(1, 10**12)


_SAME = {
    "": "",
    "无": "",
    "倍": "倍",
    "番": "倍",
    "%": "%",
    "1": "%",
    "分数": "%",
    "pp": "pp",
    "百分点": "pp",
}


def _in_base(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """The value with the unit by one name: 吨 and 千克, 工作日 and 天 agree, 户 and 个 do not."""
    if unit in _SAME:
        return value, _SAME[unit]
    try:
        known = unit_of(unit)
    except UnitError:
        return value, unit
    if known.kind == "thing":
        return value, known.symbol
    kind = known.kind.replace("working_day", "")
    return value * known.factor, f"{known.dimension.value} {kind}".strip()


def _difference(text: Annotated, row: Row, claim: Any, verdicts: dict[str, bool]) -> str:
    around = text.text[max(0, row.start - 14) : row.end + 6].replace("\n", "/")
    if claim is None:
        return f"{text.name}: {row.written} was not read (…{around}…)"
    wanted = {
        "value": f"{' or '.join(map(str, row.values))} {'/'.join(row.units)} {row.high or ''}".strip(),
        "kind": " or ".join(row.kinds),
        "op": " or ".join(row.ops),
        "period": " or ".join(row.periods),
        "metric": " or ".join(row.metrics),
    }
    got = {
        "value": f"{claim.value} {claim.unit} {claim.high or ''}".strip(),
        "kind": claim.kind,
        "op": claim.op,
        "period": claim.period.code if claim.period else "none",
        "metric": claim.metric or "none",
    }
    wrong = "; ".join(f"{what} {got[what]}, not {wanted[what]}" for what, ok in verdicts.items() if not ok)
    return f"{text.name}: {row.written} {wrong} (…{around}…)"


# Running the engine over a part


def reader() -> Any:
    """The engine with the whole catalogue, as `gaoxin read` uses it."""
    from gaoxin.packs.library import open_library
    from gaoxin.workspace.reading import reader_of

    return reader_of(open_library())


def scores(part: str) -> dict[str, Score]:
    """The score of each text of a part, by name."""
    engine = reader()
    return {
        text.name: compare(text, engine.read(text.text, published=text.published).claims)
        for text in annotated(part)
    }


def total(parts: Iterable[Score]) -> Score:
    whole = Score()
    for part in parts:
        whole.add(part)
    return whole


def table(by_text: dict[str, Score]) -> str:
    """One line a text and one for all: figures, and the percentage right of each thing judged."""
    columns = ("value", "kind", "period", "op", "metric", "precision")
    lines = [f"{'':24}{'figures':>8}" + "".join(f"{column:>11}" for column in columns)]
    for name, score in {**by_text, "all": total(by_text.values())}.items():
        rates = (f"{float(score.rate(c)) * 100:.1f}" if score.judged[c] else "–" for c in columns)
        lines.append(f"{name:24}{score.judged['value']:>8}" + "".join(f"{rate:>11}" for rate in rates))
    return "\n".join(lines)


def main(parts: Sequence[str]) -> None:
    for part in parts or ("dev",):
        by_text = scores(part)
        for score in by_text.values():
            sys.stdout.writelines(f"{line}\n" for line in score.differences)
        sys.stdout.write(f"\n{part}\n{table(by_text)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
