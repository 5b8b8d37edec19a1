"""Gates 4 and 5 for rules: does each compile for every engine, and does it say what was worked out by hand?

Rules are compiled for every day on which something in them changes, so that a fault in a line that is not yet
in force is found before that day. See `gaoxin.packs.gates.rules` for who asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from gaoxin.compute import spark_sql, tree
from gaoxin.core.errors import GaoxinError
from gaoxin.core.issues import Issue
from gaoxin.rules.book import RuleBook
from gaoxin.rules.cases import Case, CaseRunner
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.rules.matching import RuleColumns, outputs
from gaoxin.rules.title_circles import circles, required_titles

if TYPE_CHECKING:
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas.rule import Application, Rule
    from gaoxin.packs.schemas.rule_cases import RuleCase

Outputs: TypeAlias = tuple[tree.Node | None, ...]
# Stands for the first day of a text that gives none.
LONG_AGO = date(2000, 1, 1)


def compile_rules(library: Library) -> Iterator[Issue]:
    """Every fault of compiling every executable rule, each said once."""
    book = RuleBook(library)
    said: set[tuple[str | None, int | None, str]] = set()
    compilers: dict[tuple[date, Application], Compiler] = {}
    for rule in library.rules.values():
        rendered: set[Outputs] = set()
        for day, application in product(_days(rule), rule.applications) if rule.executable else ():
            compiler = compilers.setdefault((day, application), Compiler(book, day, application))
            for issue in _compiled(compiler, rule, rendered):
                key = (issue.file, issue.line, issue.zh)
                if key not in said:
                    said.add(key)
                    yield issue
    if not said:
        yield from _title_circles(library, compilers)


def _title_circles(
    library: Library, compilers: Mapping[tuple[date, Application], Compiler]
) -> Iterator[Issue]:
    """Rules whose title can only be reached by somebody who has it, by way of the titles it asks for."""
    asked = {}
    for rule in library.rules.values():
        if rule.executable and rule.grants is not None and "new" in rule.applications:
            compiled = compilers[max(_days(rule)), "new"].compiled(rule.id)
            asked[rule.id] = (rule.grants.title, required_titles(compiled))
    for name in circles(asked):
        origin = library.rules[name].origin
        yield Issue(
            "compile.title_circle",
            "error",
            f"规则 {name} 的称号谁也拿不到：它要求的称号又要先有它的称号",
            f"nobody can come to the title of {name}: the titles it asks for ask for its own",
            origin.file,
            origin.line,
        )


def run_rule_cases(library: Library) -> Iterator[Issue]:
    """Every case whose answer differs, with what was expected and what came out."""
    runner = CaseRunner(RuleBook(library))
    for held in library.rule_cases.values():
        for index, case in enumerate(held.cases):
            origin = held.origin.at("cases", index)
            for zh, en in runner.run(case_of(held.rule, case)):
                yield Issue(
                    "case.differs",
                    "error",
                    f"用例 {held.rule}“{case.name}”：{zh}",
                    f"case {held.rule} “{case.name}”: {en}",
                    origin.file,
                    origin.line,
                )


def case_of(rule: str, case: RuleCase) -> Case:
    """A case of a pack as a question."""
    expect = case.expect.model_dump(by_alias=True, exclude_none=True)
    return Case(rule, case.name, case.on, case.money_unit, case.facts, expect, case.application or "new")


def _days(rule: Rule) -> Iterable[date]:
    """The first day of every stretch on which nothing in a rule changes."""
    start, until = rule.effective.start or LONG_AGO, rule.effective.until
    days = {start}
    for parameter in rule.parameters.values():
        for line in parameter.values:
            # a parameter of a tax year counts from the year after
            late = 366 if parameter.dated_by == "last_year_end" else 0
            days |= {line.start + timedelta(days=late)} if line.start is not None else set()
    return sorted(day for day in days if day >= start and (until is None or day <= until))


def _compiled(compiler: Compiler, rule: Rule, rendered: set[Outputs]) -> Iterator[Issue]:
    """The faults of a rule for one day and application.

    `rendered`: what was looked at already; equal trees are one, so most renewals need no second look.
    """
    at = rule.origin
    try:
        compiled = compiler.compiled(rule.id)
        named = (*compiled.names.values(), *compiled.flags.values())
        trees = (compiled.verdict, compiled.paid, *(built.node for built in named))
        if trees in rendered:
            return
        rendered.add(trees)
        for index, held in enumerate(compiled.conditions):
            at = rule.origin.at("conditions", index, "test")
            spark_sql.plan({held.id: held.own}, compiled.bits)
        at = rule.origin
        RuleColumns.of(compiled)
        spark_sql.sql(spark_sql.plan(outputs(compiled), compiled.bits), "population")
    except GaoxinError as error:
        file, line = error.context.get("file"), error.context.get("line")
        yield Issue(
            "compile.rule",
            "error",
            f"规则 {rule.id}：{error.zh}",
            f"rule {rule.id}: {error.en}",
            file or at.file,
            line or at.line,
        )
        return
    yield from _dead_branches(compiled)


def _dead_branches(compiled: CompiledRule) -> Iterator[Issue]:
    """Branches nobody can reach, because an earlier branch takes everybody who would."""
    roots = [compiled.verdict, *(built.node for built in compiled.names.values())]
    roots += [compiled.amount.node] if compiled.amount is not None else []
    for node in tree.walk(*roots):
        if isinstance(node, tree.Choose):
            later = node.no
            while isinstance(later, tree.Choose):
                if implies(later.test, node.test):
                    origin = compiled.rule.origin
                    yield Issue(
                        "compile.dead_branch",
                        "error",
                        f"规则 {compiled.id} 有一档永远轮不到：满足它的企业已被前面的一档取走；"
                        "请把要求高的档写在前面",
                        f"rule {compiled.id} has a branch nobody reaches: an earlier one takes them all; "
                        "write the harder test first",
                        origin.file,
                        origin.line,
                    )
                later = later.no


def implies(first: tree.Node, second: tree.Node) -> bool:
    """True where whoever meets `first` certainly meets `second`; False where that cannot be told."""
    if first is second:
        return True
    if isinstance(first, tree.Logic) and first.op == "all":
        return any(implies(part, second) for part in first.parts)
    if isinstance(second, tree.Logic) and second.op == "any":
        return any(implies(first, part) for part in second.parts)
    if not isinstance(first, tree.Compare) or not isinstance(second, tree.Compare):
        return False
    if first.left is not second.left:
        return False
    if not isinstance(first.right, tree.Constant) or not isinstance(second.right, tree.Constant):
        return False
    low, high = first.right.value, second.right.value
    rising = {">", ">="}
    if first.op in rising and second.op in rising:
        return low > high or (low == high and (first.op == ">" or second.op == ">="))
    falling = {"<", "<="}
    if first.op in falling and second.op in falling:
        return low < high or (low == high and (first.op == "<" or second.op == "<="))
    return False
