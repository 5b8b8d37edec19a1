"""A settlement in words, one line per clause and the sum (兑现测算说明)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from gaoxin.core.quantities import display_unit, format_number, round_half_up
from gaoxin.core.units import unit
from gaoxin.rules.settling import NONE

if TYPE_CHECKING:
    from gaoxin.packs.schemas.metric import Metric
    from gaoxin.rules.settling import Line, Money, Settlement

NO_NAMES: Mapping[str, Metric] = MappingProxyType({})
LEVELS = {
    "district": ("区级", "district"),
    "city": ("市级", "city"),
    "province": ("省级", "provincial"),
    "national": ("国家级", "national"),
}


def told(
    settlement: Settlement, lang: str = "zh", metrics: Mapping[str, Metric] = NO_NAMES
) -> tuple[str, ...]:
    """Every clause and the sum, in one language. `metrics`: those of the packs, for their names."""
    zh = lang == "zh"
    lines = [line_text(line, lang, metrics) for line in settlement.lines]
    ceiling = settlement.ceiling
    total = money(settlement.total, lang, ceiling=ceiling)
    lines.append(f"合计 {total}" if zh else f"Total {total}")
    if settlement.unconfirmed:
        names = ("、" if zh else ", ").join(settlement.unconfirmed)
        lines.append(
            f"下列条件和参数没有与原文核对：{names}" if zh else f"Not compared with the original: {names}"
        )
    return tuple(lines)


def line_text(line: Line, lang: str = "zh", metrics: Mapping[str, Metric] = NO_NAMES) -> str:
    """One clause: what it computes, what limits it, and what comes of it."""
    zh = lang == "zh"
    rule = line.judgement.compiled.rule
    level = LEVELS[line.benefit.level][not zh]
    head = f"{rule.id} {rule.zh}（{level}）：" if zh else f"{rule.id} {rule.en} ({level}): "
    return head + ("；" if zh else "; ").join(reasons(line, lang, metrics))


def reasons(line: Line, lang: str = "zh", metrics: Mapping[str, Metric] = NO_NAMES) -> tuple[str, ...]:
    """What is said of one clause, without its name: the sum, its limits, what it gives way to, its days."""
    return tuple(_said(line, lang, metrics))


def money(amount: Money, lang: str = "zh", *, ceiling: bool = False) -> str:
    """260 万元; 最多 500 万元; 0 至 200 万元; at least 30 万元 where nothing bounds it."""
    zh = lang == "zh"
    most = ("最多 " if zh else "up to ") if ceiling and amount != NONE else ""
    low = _yuan(amount.low, lang)
    if amount.exact:
        return most + low
    if amount.high is None:
        return f"不少于 {low}，上限说不定" if zh else f"at least {low}, without a bound"
    high = _yuan(amount.high, lang)
    return f"{most}{low} 至 {high}" if zh else f"{most}{low} to {high}"


def _said(line: Line, lang: str, metrics: Mapping[str, Metric]) -> Iterator[str]:
    zh = lang == "zh"
    verdict = line.judgement.verdict
    joint = "、" if zh else ", "
    if line.fate == "not_met" and line.judgement.not_met:
        failed = joint.join(line.judgement.not_met)
        yield (f"{verdict.zh}" if zh else verdict.en) + (f" {failed}" if failed else "")
        return
    ceiling = line.benefit.nature == "ceiling"
    if line.before_cap is not None and line.cap is not None and line.before_cap > line.cap:
        before, cap = _exact(line.before_cap, lang), _exact(line.cap, lang)
        yield f"算得 {before}，封顶 {cap}" if zh else f"comes to {before}, capped at {cap}"
    else:
        told = money(line.computed, lang, ceiling=ceiling)
        yield f"可得 {told}" if zh else f"pays {told}"
    if line.missing:
        specs = line.judgement.compiled.metrics
        missing = joint.join(
            metrics[name].label(lang) if name in metrics else specs[name].zh if zh else name
            for name in line.missing
        )
        yield f"{verdict.zh}，缺 {missing}" if zh else f"{verdict.en}, missing {missing}"
    if line.left is not None:
        left = money(line.left, lang)
        yield f"本年额度还剩 {left}" if zh else f"left of this year's cap: {left}"
    yield from _fate(line, lang)
    for stage in line.stages:
        part = money(stage.amount, lang, ceiling=ceiling)
        yield f"{stage.zh}拨付 {part}" if zh else f"{stage.en}: {part}"
    yield from _flags(line, lang)


def _fate(line: Line, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    against = ("、" if zh else ", ").join(line.against)
    match line.fate:
        case "had_before":
            yield "以前享受过，只能享受一次" if zh else "had before; it is paid once only"
        case "used_up":
            yield "本年额度已用完" if zh else "this year's cap is used up"
        case "no_double":
            yield (
                f"同一事项就高不重复，已按 {against} 计，不重复享受"
                if zh
                else f"the same matter is paid once, {against} counts: no double benefit"
            )
        case "not_chosen":
            yield f"择一享受，选 {against}" if zh else f"one of a group: {against} is taken"
        case "undecided":
            yield (
                f"与 {against} 只能享受一项，数据补齐后才能定"
                if zh
                else f"only one of this and {against}; which one waits for data"
            )
        case "counted" if line.against:
            yield f"优于 {against}" if zh else f"better than {against}"


def _flags(line: Line, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    benefit = line.benefit
    if benefit.clawback is not None:
        when = benefit.clawback.zh if zh else benefit.clawback.en or benefit.clawback.zh
        if line.clawback:
            yield f"已出现收回情形：{when}" if zh else f"to be paid back now: {when}"
        else:
            yield f"{when}的，应当收回" if zh else f"to be paid back if: {when}"
    if benefit.deadline is not None:
        day = benefit.deadline.isoformat()
        if line.late:
            yield f"申报截止 {day}，已过" if zh else f"the last day to apply was {day}"
        else:
            yield f"申报截止 {day}" if zh else f"to be applied for by {day}"
    if line.paid_for_matter:
        had = _exact(line.paid_for_matter, lang)
        yield (
            f"同一事项今年已从其他条款领取 {had}，请核对是否重复"
            if zh
            else f"other clauses paid {had} for the same matter this year; check for double benefit"
        )


def _yuan(fen: int, lang: str) -> str:
    return _exact(Fraction(fen, 100), lang)


def _exact(yuan: Fraction, lang: str) -> str:
    shown = display_unit("元", yuan) if abs(yuan) >= 10_000 else unit("元")
    places = 6 if shown.symbol == "万元" else 10 if shown.symbol == "亿元" else 2
    value = round_half_up(yuan / shown.factor, places).normalize()
    return format_number(value, shown, lang)
