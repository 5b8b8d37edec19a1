"""Rule cases: made-up enterprises and what the rules must say of them (规则用例).

A case is answered twice, by the reference evaluation and by the compiled plan over a frame; where the two
differ, that is a difference as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from gaoxin.compute.reference import Element, Plain, Row, Value
from gaoxin.compute.rows import frame_of
from gaoxin.core.errors import GaoxinError, RuleError
from gaoxin.core.quantities import round_half_up
from gaoxin.core.spelling import did_you_mean
from gaoxin.core.units import unit
from gaoxin.rules.compiling import MONEY, Compiler
from gaoxin.rules.judging import Interval, Judgement, judge
from gaoxin.rules.matching import AMOUNT, CONDITIONS, VERDICT, VERDICTS, RuleColumns

if TYPE_CHECKING:
    from gaoxin.compute.language import FieldSpec, MetricSpec
    from gaoxin.packs.schemas.rule import Application
    from gaoxin.rules.book import RuleBook

Difference = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Case:
    """One question: a rule or a family, a day, the facts as written, and the expectations as written."""

    rule: str
    name: str
    on: date
    money_unit: str
    facts: Mapping[str, Any]
    expect: Mapping[str, Any]
    application: Application = "new"


@dataclass
class CaseRunner:
    """Runs cases over one rule book; rules of one day are compiled once."""

    book: RuleBook
    _compilers: dict[tuple[date, str], Compiler] = field(default_factory=dict)
    _columns: dict[int, RuleColumns] = field(default_factory=dict)

    def run(self, case: Case) -> list[Difference]:
        """Every difference between what a case expects and what comes out; none when it passes."""
        try:
            judgement = self.judged(case)
            return [*_differences(case, judgement), *self._disagreements(judgement)]
        except GaoxinError as error:
            return [(error.zh, error.en)]

    def judged(self, case: Case) -> Judgement:
        """The judgement of a case. Raises: GaoxinError for a case that cannot be asked."""
        key = (case.on, case.application)
        compiler = self._compilers.setdefault(key, Compiler(self.book, case.on, case.application))
        compiled = compiler.compiled(case.rule)
        return judge(compiled, row_of_facts(case.facts, case.money_unit, compiler.metrics))

    def _disagreements(self, judgement: Judgement) -> Iterator[Difference]:
        compiled = judgement.compiled
        columns = self._columns.setdefault(id(compiled), RuleColumns.of(compiled))
        frame = frame_of({"case": judgement.reading.row}, columns.plan.needs, columns.plan.fields)
        told = columns.apply(frame.lazy()).collect().row(0, named=True)
        compared: list[tuple[str, object, object]] = [
            ("verdict", VERDICTS[told[VERDICT]], judgement.verdict),
            ("missing", columns.metrics(told["missing"]), judgement.missing),
        ]
        compared += [
            (held.id, CONDITIONS[told[f"c:{held.id}"]], held.verdict) for held in judgement.conditions
        ]
        score, points = compiled.score, judgement.score
        if score is not None and points is not None:
            by_plan = tuple(_millionths(told[f"s:{score}.{end}"]) for end in ("lo", "hi"))
            compared.append(("score", by_plan, tuple(_millionths(end) for end in points)))
        if AMOUNT in told:
            fen = None if judgement.amount is None else int(round_half_up(judgement.amount, 2) * 100)
            compared.append(("amount", told[AMOUNT], fen))
        for what, found, exact in compared:
            if found != exact:
                yield (
                    f"整表求值与逐户求值不一致：{what} 为 {found}，应为 {exact}",
                    f"the plan and the reference differ: {what} is {found}, should be {exact}",
                )


def _millionths(points: float | Fraction) -> int:
    """Points of a score as whole millionths: finer than any score is written, coarser than a float errs."""
    return int(round_half_up(Fraction(points) * 1_000_000, 0))


def row_of_facts(facts: Mapping[str, Any], money_unit: str, metrics: Mapping[str, MetricSpec]) -> Row:
    """The facts of a case by column, in base units.

    Missing: an absent metric, an absent year and null are missing; 0 and an empty list are values.
    Raises: RuleError naming the metric that is unknown or the value that does not fit it.
    """
    row: dict[str, Value] = {}
    money = unit(money_unit).factor
    for name, written in facts.items():
        spec = metrics.get(name)
        if spec is None:
            hint_zh, hint_en = did_you_mean(name, metrics)
            raise RuleError(
                f"没有指标 {name}" + (f"，{hint_zh}" if hint_zh else ""),
                f"there is no metric {name}" + (f"; {hint_en}" if hint_en else ""),
                metric=name,
            )
        if written is None:
            continue
        if spec.yearly:
            if not isinstance(written, Mapping):
                raise _misfit(name, written, "年份: 数值", "{year: value}")
            for year, value in written.items():
                row[spec.column(int(year))] = _plain(spec, value, money)
        elif spec.type == "events":
            if not isinstance(written, Sequence) or isinstance(written, str):
                raise _misfit(name, written, "清单", "a list of elements")
            row[spec.column(None)] = [_element(spec, element, money) for element in written]
        else:
            row[spec.column(None)] = _plain(spec, written, money)
    return row


def _element(spec: MetricSpec, element: Mapping[str, Any], money: Fraction) -> Element:
    unknown = sorted(set(element) - set(spec.elements))
    if unknown:
        hint_zh, hint_en = did_you_mean(unknown[0], spec.elements)
        raise RuleError(
            f"{spec.id} 的明细没有字段 {unknown[0]}" + (f"，{hint_zh}" if hint_zh else ""),
            f"the elements of {spec.id} have no field {unknown[0]}" + (f"; {hint_en}" if hint_en else ""),
            metric=spec.id,
        )
    return {name: _plain(field, element.get(name), money) for name, field in spec.elements.items()}


def _plain(spec: MetricSpec | FieldSpec, written: Any, money: Fraction) -> Plain:
    name = spec.id if hasattr(spec, "id") else spec.name
    if written is None:
        return None
    try:
        match spec.type:
            case "number":
                if isinstance(written, bool | float):
                    raise ValueError(written)
                return Fraction(Decimal(written)) * (money if spec.dims == MONEY else 1)
            case "truth":
                if not isinstance(written, bool):
                    raise ValueError(written)
                return written
            case "date":
                return written if isinstance(written, date) else date.fromisoformat(str(written))
            case _:
                return str(written)
    except (ValueError, InvalidOperation, TypeError) as error:
        kinds = {
            "number": ("数（小数加引号）", "a number, decimals quoted"),
            "truth": ("true 或 false", "true or false"),
        }
        zh, en = kinds.get(spec.type, ("日期，如 2026-01-31", "a day such as 2026-01-31"))
        raise _misfit(name, written, zh, en) from error


def _misfit(name: str, written: object, zh: str, en: str) -> RuleError:
    return RuleError(f"{name} 应是{zh}，写的是 {written}", f"{name} takes {en}, got {written}", metric=name)


def _differences(case: Case, judgement: Judgement) -> Iterator[Difference]:
    money = unit(case.money_unit).factor
    given: dict[str, object] = {
        "verdict": str(judgement.verdict),
        "not_met": sorted(judgement.not_met),
        "missing": list(judgement.missing),
        "version": judgement.rule,
        "score": judgement.score,
        "class": judgement.classes,
        "amount": judgement.amount,
        "completeness": judgement.completeness,
    }
    for key, expected in case.expect.items():
        found = given.get(key)
        if not _agrees(key, expected, found, money):
            told = _shown(key, found, money)
            yield (
                f"{key} 应为 {_plainly(expected)}，得出 {told}",
                f"{key} should be {_plainly(expected)}, got {told}",
            )


def _agrees(key: str, expected: Any, found: Any, money: Fraction) -> bool:
    if key in ("not_met", "missing"):
        return sorted(expected) == sorted(found)
    if key == "score":
        return found is not None and _interval(expected) == found
    if key == "amount":
        if found is None:
            return False
        wanted = Fraction(Decimal(expected)) * money
        return wanted == found or wanted == round_half_up(found, 2)
    if key == "class":
        return ([expected] if isinstance(expected, str) else list(expected)) == list(found)
    if key == "completeness":
        return found is not None and expected == f"{found[0]}/{found[1]}"
    return bool(expected == found)


def _interval(expected: Any) -> Interval:
    low, high = (
        expected if isinstance(expected, Sequence) and not isinstance(expected, str) else (expected, expected)
    )
    return Fraction(Decimal(low)), Fraction(Decimal(high))


def _shown(key: str, found: Any, money: Fraction) -> str:
    if found is None:
        return "∅"
    if key == "amount":
        return _number(Fraction(found) / money)
    if key == "score":
        low, high = found
        return _number(low) if low == high else f"[{_number(low)}, {_number(high)}]"
    if key == "completeness":
        return f"{found[0]}/{found[1]}"
    return _plainly(found)


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return format(round_half_up(value, 6).normalize(), "f")


def _plainly(value: object) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ", ".join(str(part) for part in value) + "]"
    return str(value)
