"""Every shipped rule says on every engine what the reference says, over its own cases and the given ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from gaoxin.compute import polars_frames, spark_sql
from gaoxin.compute.reference import Reading, Row
from gaoxin.compute.rows import frame_of
from gaoxin.core.errors import GaoxinError
from gaoxin.packs.library import open_library
from gaoxin.rules.book import RuleBook
from gaoxin.rules.cases import Case, row_of_facts
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.rules.gates import case_of
from gaoxin.rules.matching import outputs
from tests.compute.servers import Answering, outcome_of
from tests.house.repository import ROOT

GIVEN = ROOT.parent / "shared" / "cases" / "rules"

# Spark resolves one sub-select of a chain after the other; a local one takes minutes for fifty of them.
LONGEST_CHAIN = 25


@cache
def book() -> RuleBook:
    return RuleBook(open_library())


@cache
def asked() -> dict[str, list[tuple[CompiledRule, dict[str, Row]]]]:
    """By rule: the rule as compiled for a day, and the enterprises that cases ask it about on that day."""
    found: dict[str, dict[int, tuple[CompiledRule, dict[str, Row]]]] = {}
    compilers: dict[Any, Compiler] = {}
    for number, case in enumerate(_cases()):
        compiler = compilers.setdefault(
            (case.on, case.application), Compiler(book(), case.on, case.application)
        )
        try:
            compiled = compiler.compiled(case.rule)
            row = row_of_facts(case.facts, case.money_unit, compiler.metrics)
        except GaoxinError:
            continue  # a case that asks for a refusal has nothing to render
        _, rows = found.setdefault(compiled.id, {}).setdefault(id(compiled), (compiled, {}))
        rows[f"{number} {case.name}"] = row
    return {rule: list(held.values()) for rule, held in found.items()}


def _cases() -> Iterator[Case]:
    for held in book().library.rule_cases.values():
        yield from (case_of(held.rule, case) for case in held.cases)
    for path in sorted(GIVEN.glob("*.yaml")):
        written = yaml.safe_load(path.read_text("utf-8"))
        for case in written["cases"] if isinstance(written, dict) else written:
            if {"rule", "facts", "on"} <= case.keys():
                yield Case(
                    case["rule"],
                    case["name"],
                    case["on"],
                    case["money_unit"],
                    case["facts"],
                    case["expect"],
                    case.get("application", "new"),
                )


def test_every_rule_that_decides_is_asked() -> None:
    decides = {rule.id for rule in book().library.rules.values() if rule.executable}
    assert decides - asked().keys() == set()


def test_no_shipped_rule_is_too_long_a_chain_for_spark() -> None:
    stages = {
        rule: len(spark_sql.plan(outputs(compiled), compiled.bits).stages)
        for rule, held in asked().items()
        for compiled, _ in held
    }
    assert {rule: count for rule, count in stages.items() if count > LONGEST_CHAIN} == {}


@pytest.mark.parametrize("rule", sorted(rule.id for rule in book().library.rules.values() if rule.executable))
def test_a_shipped_rule_says_the_same_everywhere(engine: Answering, rule: str) -> None:
    found = []
    for compiled, rows in asked()[rule]:
        wanted = outputs(compiled)
        plan = polars_frames.plan(wanted, compiled.bits)
        frame = frame_of(rows, plan.needs, plan.fields)
        shapes, told = engine.answers(wanted, compiled.bits, frame)
        assert len(told) == len(rows)
        metrics = {bit: metric for metric, bit in compiled.bits.items()}
        for answer in told:
            read = Reading(rows[answer["subject"]])
            for name, node in wanted.items():
                got = outcome_of(shapes[name], answer, metrics)
                if got != read[node]:
                    found.append(f"{name} of {answer['subject']}: {got}, by reference {read[node]}")
    assert found == []
