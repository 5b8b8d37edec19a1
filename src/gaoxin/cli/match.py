"""`gaoxin match`: who qualifies under some rules, why not, how far off, how much (判定)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gaoxin import __version__
from gaoxin.cli.console import SOUND, Console, verb
from gaoxin.cli.populations import Given, given

if TYPE_CHECKING:
    from gaoxin.packs.schemas.rule import Rule
    from gaoxin.rules.explaining import Explanation
    from gaoxin.rules.judging import Judgement
    from gaoxin.workspace.matching import Match

_SIGNS = {"met": "✓", "not_met": "✗", "unknown": "?", "needs_expert": "?", "not_applicable": "–"}


@verb()
@click.argument("rules", nargs=-1, required=True, metavar="RULE...")
@click.option(
    "--facts",
    metavar="FILE",
    type=click.Path(exists=True, path_type=Path),
    help="用例文件、快照目录、Parquet 文件 a case file, a snapshot folder, a Parquet file",
)
@click.option("--on", metavar="DAY", help="申请日期 day of application: 2026-03-31")
@click.option(
    "--application",
    type=click.Choice(["new", "renewal"]),
    default=None,
    help="新申请或复核 a first grant or a renewal",
)
@click.option("--subject", metavar="CODE", help="只说一户，并说明理由 one subject, with all reasons")
@click.option("--zone", metavar="ZONE", help="只看一个园区 one zone only")
@click.option("--limit", metavar="N", default=20, show_default=True, help="最多列出几户 rows to print")
def command(
    console: Console,
    rules: tuple[str, ...],
    facts: Path | None,
    on: str | None,
    application: str | None,
    subject: str | None,
    zone: str | None,
    limit: int,
) -> int:
    """按规则判定企业。Who qualifies under some rules.

    RULE 是规则编号，如 HNTE、TSME，或规则族，如 ZJTX。没有数据库时用内容包自带的数据；
    也可以用 --facts 给出用例文件、快照目录或 Parquet 文件。
    """
    from gaoxin.workspace.workspace import day_of

    found = given(facts, zone, day_of(on))
    if found.cases:
        return _cases(console, found, rules, on, application, subject)
    from gaoxin.workspace.matching import match_facts

    assert found.facts is not None
    match = match_facts(
        found.library,
        rules,
        found.facts,
        day_of(on),
        application or "new",  # type: ignore[arg-type]
        found.only,
    )
    if subject is not None:
        told = match.explain(subject, console.lang)
        made_of = _made_of(match, found)
        console.show(
            {name: {**as_document(held.judgement, held), "made_of": made_of} for name, held in told.items()},
            [line for held in told.values() for line in explanation_lines(console, held)],
        )
        return SOUND
    _population(console, found, match, limit)
    return SOUND


def _population(console: Console, found: Given, match: Match, limit: int) -> None:
    import polars as pl

    from gaoxin.rules.verdicts import Verdict

    counts, rows = match.counts(), match.df()
    if console.json:
        console.show(
            {
                "on": match.matched.on.isoformat(),
                "facts": found.en,
                "made_of": _made_of(match, found),
                "counts": counts.to_dicts(),
                "subjects": rows.to_dicts(),
            },
            "",
        )
        return
    lines = [console.text(f"数据：{found.zh}，{match.matched.on}", f"Facts: {found.en}, {match.matched.on}")]
    for name in match.matched.rules:
        held = {row["verdict"]: row["subjects"] for row in counts.filter(rule=name).to_dicts()}
        told = (f"{console.text(Verdict(v).zh, Verdict(v).en)} {n}" for v, n in held.items())
        lines.append(f"{name}  " + console.text("，", ", ").join(told))
    order = {"pass": 0, "pending_expert": 1, "unknown": 2, "fail": 3}
    ranked = rows.sort(pl.col("verdict").replace_strict(order, return_dtype=pl.Int8), "rule", "subject")
    lines += [_row_line(console, row) for row in ranked.head(limit).to_dicts()]
    if len(ranked) > limit:
        left = len(ranked) - limit
        lines.append(console.text(f"还有 {left} 行，用 --limit 或 --json", f"{left} more; --limit or --json"))
    console.show({}, lines)


def _made_of(match: Match, found: Given) -> dict[str, Any]:
    """What a result rests on: editions of the rules, versions of the packs, snapshot or moment, code."""
    card = match.card
    return {
        "rules": {
            name: _source(held.compiled.rule, found) for name, held in sorted(match.matched.rules.items())
        },
        "asked": card.parameters["editions"],
        "packs": dict(card.packs),
        "snapshot": card.snapshot or None,
        "as_of": card.parameters["as_of"],
        "synthetic": found.synthetic,
        "application": card.parameters["application"],
        "code": card.code_version,
        "made": card.created.isoformat(timespec="seconds"),
    }


def _source(rule: Rule, found: Given) -> dict[str, Any]:
    from gaoxin.rules.editions import edition

    start, until = rule.effective.start, rule.effective.until
    return {
        "edition": edition(rule),
        "pack": rule.origin.pack,
        "version": found.library.packs[rule.origin.pack].version,
        "effective": [start and start.isoformat(), until and until.isoformat()],
        "status": rule.status,
        "example": found.is_example(rule),
    }


def _row_line(console: Console, row: dict[str, Any]) -> str:
    from gaoxin.rules.verdicts import Verdict

    verdict = Verdict(row["verdict"])
    parts = [f"{row['rule']}  {row['subject']}  {console.text(verdict.zh, verdict.en)}"]
    if row["score_low"] is not None:
        low, high = row["score_low"], row["score_high"]
        parts.append(f"{low:g}" if low == high else f"{low:g}–{high:g}")
    parts += [console.text("不符合 ", "not met ") + " ".join(row["not_met"])] if row["not_met"] else []
    parts += [console.text("缺 ", "missing ") + " ".join(row["missing"])] if row["missing"] else []
    if row["amount"] is not None and row["amount"] != 0:
        parts.append(console.text(f"{row['amount']} 元", f"{row['amount']} yuan"))
    return "  ".join(parts)


def _cases(
    console: Console,
    found: Given,
    rules: Sequence[str],
    on: str | None,
    application: str | None,
    subject: str | None,
) -> int:
    """Every case of a file under the rules: those that name one of them, or all if none does."""
    from gaoxin.core.errors import FactError
    from gaoxin.core.spelling import did_you_mean
    from gaoxin.rules.book import RuleBook
    from gaoxin.rules.cases import CaseRunner
    from gaoxin.rules.explaining import explain
    from gaoxin.workspace.workspace import day_of

    runner = CaseRunner(RuleBook(found.library))
    named = [case for case in found.cases if case.rule in rules]
    asked = [(case, [case.rule] if named else list(rules)) for case in named or found.cases]
    if subject is not None:
        hint_zh, hint_en = did_you_mean(subject, [case.name for case, _ in asked])
        asked = [(case, names) for case, names in asked if case.name == subject]
        if not asked:
            raise FactError(
                f"文件里没有用例“{subject}”" + (f"，{hint_zh}" if hint_zh else ""),
                f"the file has no case {subject!r}" + (f"; {hint_en}" if hint_en else ""),
            )
    told: list[tuple[str, Explanation]] = []
    for case, names in asked:
        for name in names:
            asking = replace(
                case,
                rule=name,
                on=day_of(on) if on else case.on,
                application=application or case.application,  # type: ignore[arg-type]
            )
            told.append((case.name, explain(runner.judged(asking), found.library.metrics, console.lang)))
    counts = Counter((held.judgement.rule, str(held.judgement.verdict)) for _, held in told)
    rules_used = {held.judgement.rule: held.judgement.compiled.rule for _, held in told}
    document = {
        "facts": found.en,
        "made_of": {
            "rules": {name: _source(rule, found) for name, rule in sorted(rules_used.items())},
            "packs": {name: pack.version for name, pack in found.library.packs.items()},
            "code": __version__,
        },
        "counts": [{"rule": r, "verdict": v, "subjects": n} for (r, v), n in sorted(counts.items())],
        "cases": [{"name": name, **as_document(held.judgement, held)} for name, held in told],
    }
    lines = []
    for name, held in told:
        lines += [f"【{name}】" if console.lang == "zh" else f"[{name}]", *explanation_lines(console, held)]
    for (rule, verdict), number in sorted(counts.items()):
        lines.append(f"{rule}  {verdict}  {number}")
    console.show(document, lines)
    return SOUND


def explanation_lines(console: Console, held: Explanation) -> Iterator[str]:
    """A judgement for people: the verdict, each condition with its sum and its article, what is wanted."""
    judgement = held.judgement
    rule = judgement.compiled.rule
    head = f"{judgement.rule} {console.text(rule.zh, rule.en)}  {judgement.compiled.on}  "
    head += console.text(judgement.verdict.zh, judgement.verdict.en)
    if judgement.score is not None:
        low, high = (f"{float(end):g}" for end in judgement.score)
        head += f"  {low}" if low == high else f"  [{low}, {high}]"
    yield head
    for condition in held.conditions:
        sign = _SIGNS[str(condition.judgement.verdict)]
        article = f"（{condition.article}）" if console.lang == "zh" else f" ({condition.article})"
        yield f"  {sign} {condition.judgement.id} {condition.name}{article if condition.article else ''}"
        said = condition.statement.text(console.lang)
        yield f"      {condition.route or said}"
    for want in held.wanted:
        years = " ".join(str(year) for year in want.years)
        form = f"  {want.form}" if want.form else ""
        yield console.text("  还缺：", "  missing: ") + f"{want.name} {years}".strip() + form
    for flag in held.flags:
        yield console.text("  提示：", "  flag: ") + flag
    if held.amount:
        yield console.text("  金额：", "  amount: ") + held.amount
    if judgement.classes:
        yield console.text("  分类：", "  class: ") + " ".join(judgement.classes)
    if judgement.unconfirmed:
        names = " ".join(judgement.unconfirmed)
        yield console.text("  未与原文核对：", "  not compared with the original: ") + names


def as_document(judgement: Judgement, held: Explanation) -> dict[str, Any]:
    """A judgement as JSON; money in 元, scores in points, both as exact decimals or fractions."""
    return {
        "rule": judgement.rule,
        "on": judgement.compiled.on.isoformat(),
        "verdict": str(judgement.verdict),
        "score": None if judgement.score is None else [_number(end) for end in judgement.score],
        "not_met": list(judgement.not_met),
        "missing": list(judgement.missing),
        "amount": None if judgement.amount is None else _number(judgement.amount),
        "class": list(judgement.classes) or None,
        "completeness": None if judgement.completeness is None else "{}/{}".format(*judgement.completeness),
        "flags": [name for name, raised in judgement.flags.items() if raised],
        "conditions": [
            {
                "id": condition.judgement.id,
                "name": condition.name,
                "verdict": str(condition.judgement.verdict),
                "article": condition.article,
                "statement": condition.statement.text(held.lang),
                "gaps": [
                    {
                        "name": single.name,
                        "measured": single.measured,
                        "mark": single.mark,
                        "gap": single.gap,
                        "margin": None if single.margin is None else _number(single.margin),
                    }
                    for single in condition.statement.singles()
                    if single.met is not True
                ],
            }
            for condition in held.conditions
        ],
        "wanted": [
            {"metric": want.metric, "name": want.name, "years": list(want.years), "form": want.form}
            for want in held.wanted
        ],
        "unconfirmed": list(judgement.unconfirmed),
    }


def _number(value: Any) -> str:
    """Exactly: a decimal where it is one, else a fraction."""
    from gaoxin.core.quantities import round_half_up

    rounded = round_half_up(value, 12)
    return format(rounded.normalize(), "f") if rounded == value else str(value)
