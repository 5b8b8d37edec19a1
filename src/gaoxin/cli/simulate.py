"""`gaoxin simulate`: what a clause would cost with other numbers, who wins and who loses (政策测算)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gaoxin.cli.console import SOUND, Console, verb
from gaoxin.cli.populations import Given, given

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from gaoxin.rules.cases import Case
    from gaoxin.rules.simulation import Simulation

_DIMENSIONS = {"size": ("规模", "size"), "industry": ("行业门类", "industry"), "place": ("片区", "place")}
_CHANGES = {"winner": ("受益", "gains"), "loser": ("受损", "loses"), "possible": ("可能变化", "may change")}


@verb()
@click.argument("clause", metavar="CLAUSE")
@click.option("--with", "with_", metavar="PARAM=VALUE", multiple=True, help="草案 A 的数 a number of draft A")
@click.option("--against", metavar="PARAM=VALUE", multiple=True, help="草案 B 的数 a number of draft B")
@click.option("--budget", metavar="MONEY", help="预算，不够时按比例分配 shared out if short: 1亿元")
@click.option("--on", metavar="DAY", help="申请日期 day of application: 2026-03-31")
@click.option(
    "--application",
    type=click.Choice(["new", "renewal"]),
    default="new",
    help="新申请或复核 a first grant or a renewal",
)
@click.option(
    "--facts",
    metavar="FILE",
    type=click.Path(exists=True, path_type=Path),
    help="用例文件、快照目录、Parquet 文件 a case file, a snapshot folder, a Parquet file",
)
@click.option("--zone", metavar="ZONE", help="只看一个园区 one zone only")
@click.option("--totals", is_flag=True, help="只算合计，数据不装入内存 sums only, for very many firms")
@click.option("--limit", metavar="N", default=20, show_default=True, help="最多列出几户 firms to print")
def command(
    console: Console,
    clause: str,
    with_: tuple[str, ...],
    against: tuple[str, ...],
    budget: str | None,
    on: str | None,
    application: str,
    facts: Path | None,
    zone: str | None,
    totals: bool,
    limit: int,
) -> int:
    """测算一个条款改参数前后的费用和受益企业。What a clause costs before and after.

    CLAUSE 是条款编号，如 C1；--with cap=4000万元 改参数，可写多个；--against 是另一稿，两稿并排。
    """
    from gaoxin.workspace.simulating import simulate_facts
    from gaoxin.workspace.workspace import day_of

    drafts = {name: _values(held) for name, held in (("A", with_), ("B", against)) if held}
    found = given(facts, zone, day_of(on))
    cases = [case for case in found.cases if case.rule == clause] or found.cases
    day = max(case.on for case in cases) if cases and on is None else day_of(on)
    done = simulate_facts(
        found.library,
        clause,
        _frame_of_cases(found, cases, clause, day, application) if cases else found.facts,  # type: ignore[arg-type]
        day,
        drafts=drafts,
        budget=budget,
        application=application,  # type: ignore[arg-type]
        totals_only=totals,
        only=found.only,
    )
    console.show(_document(done, found), _lines(console, done, found, limit))
    return SOUND


def _values(written: Sequence[str]) -> dict[str, str]:
    values = {}
    for part in written:
        name, equals, value = part.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise click.UsageError(f"参数应写作 cap=4000万元，写的是 {part}；write cap=4000万元")
        values[name.strip()] = value.strip()
    return values


def _frame_of_cases(
    found: Given, cases: Sequence[Case], clause: str, day: date, application: str
) -> pl.LazyFrame:
    """The enterprises of some cases as a population."""
    from gaoxin.compute.rows import frame_of
    from gaoxin.rules.book import RuleBook
    from gaoxin.rules.cases import row_of_facts
    from gaoxin.rules.compiling import Compiler
    from gaoxin.rules.outcomes import ClauseColumns
    from gaoxin.rules.simulating import size_rule

    book = RuleBook(found.library)
    compiler = Compiler(book, day, application)  # type: ignore[arg-type]
    compiled = compiler.compiled(clause)
    rows = {case.name: row_of_facts(case.facts, case.money_unit, compiler.metrics) for case in cases}
    plan = ClauseColumns.of(compiled).plan
    size = size_rule(book, compiler)
    leaves = {leaf.column: leaf for leaf in (*plan.needs, *(size.leaves if size is not None else ()))}
    return frame_of(rows, leaves.values(), plan.fields).lazy()


def _document(done: Simulation, found: Given) -> dict[str, Any]:
    zh, en = done.method
    listed = done.lists_firms()
    return {
        "rule": done.rule,
        "on": done.simulator.on.isoformat(),
        "facts": found.en,
        "zone": found.zone,
        "synthetic": found.synthetic,
        "example": found.is_example(done.law.compiled.rule),
        "drafts": {side.name: dict(side.draft.written) for side in done.drafts if side.draft},
        "costs": done.costs().to_dicts(),
        "distribution": done.distribution().to_dicts(),
        "marginal": done.marginal().to_dicts(),
        "changed": done.df().to_dicts() if listed else None,
        "shares": done.shares().to_dicts() if listed and done.budget is not None else None,
        "unconfirmed": list(done.unconfirmed),
        "method": {"zh": zh, "en": en},
    }


def _lines(console: Console, done: Simulation, found: Given, limit: int) -> Iterator[str]:
    from fractions import Fraction

    from gaoxin.core.quantities import round_half_up

    rule, on = done.law.compiled.rule, done.simulator.on
    yield console.text(f"{rule.id} {rule.zh}，{on}，{found.zh}", f"{rule.id} {rule.en}, {on}, {found.en}")
    if found.is_example(rule):
        yield console.text(
            "这是外地的政策，在这里只作样例测算",
            "This is the policy of another place, tried out here as an example",
        )
    for row in done.costs().to_dicts():
        yield _cost_line(console, _side(console, row["draft"]), row)
        if row["winners"] is not None:
            gained, lost = _money(console, row["gained"]), _money(console, row["lost"])
            yield console.text(
                f"    受益 {row['winners']} 户，多 {gained}；受损 {row['losers']} 户，{lost}；"
                f"可能变化 {row['possible']} 户",
                f"    {row['winners']} gain {gained}; {row['losers']} lose, {lost}; "
                f"{row['possible']} may change",
            )
    sizes = done.simulator.size_words()
    for row in done.distribution().to_dicts():
        if row["passes"] or row["open"]:
            dimension = console.text(*_DIMENSIONS[row["dimension"]])
            group = row["group"] or console.text("不明", "not known")
            group = console.text(sizes.get(group, group), group)
            yield _cost_line(console, f"  {_side(console, row['draft'])} {dimension} {group}", row)
    yield console.text(
        "每个参数上下一步，费用变化（低 / 中 / 高）：", "One step of each number, change of cost:"
    )
    for row in done.marginal().to_dicts():
        more = " / ".join(_money(console, row[f"more_{end}"]) for end in ("low", "base", "high"))
        unit = "" if row["unit"] in (None, "1") else f" {row['unit']}"
        yield f"    {row['parameter']} = {row['value']}{unit}  {more}"
    if done.lists_firms():
        for row in done.df().head(limit).to_dicts():
            reasons = "；".join(row["reasons"]) or console.text("金额变化", "amount")
            yield (
                f"  {row['draft']}  {row['subject']}  {console.text(*_CHANGES[row['change']])}  "
                f"{_money(console, row['difference'])}  {reasons}"
            )
    if done.budget is not None and done.lists_firms():
        side = _side(console, done.sides[-1].name)
        budget = _money(console, round_half_up(Fraction(done.budget, 100), 2))
        yield console.text(
            f"{side}，预算 {budget}，按比例分配：", f"{side}, a budget of {budget} shared out:"
        )
        for row in done.shares().head(limit).to_dicts():
            yield f"  {row['subject']}  {_money(console, row['claim'])} → {_money(console, row['share'])}"
    yield console.text(*done.method)
    if done.unconfirmed:
        names = " ".join(done.unconfirmed)
        yield console.text("未与原文核对：", "Not compared with the original: ") + names


def _side(console: Console, name: str) -> str:
    return console.text("现行", "the law") if name == "law" else console.text(f"草案 {name}", f"draft {name}")


def _cost_line(console: Console, head: str, row: dict[str, Any]) -> str:
    high = _money(console, row["high"])
    if row["high"] is None:
        high = console.text(
            f"说不定（{row['unbounded']} 户没有上限）", f"not bounded ({row['unbounded']} firms)"
        )
    low, base = _money(console, row["low"]), _money(console, row["base"])
    return console.text(
        f"{head}：符合 {row['passes']} 户，待定 {row['open']} 户；低 {low}，中 {base}，高 {high}",
        f"{head}: {row['passes']} qualify, {row['open']} open; low {low}, base {base}, high {high}",
    )


def _money(console: Console, yuan: Any) -> str:
    from gaoxin.core.quantities import display_unit, format_number, unit

    if yuan is None:
        return console.text("说不定", "not known")
    shown = display_unit("元", yuan) if abs(yuan) >= 10_000 else unit("元")
    return format_number(yuan / int(shown.factor), shown, console.lang, decimals=2)
