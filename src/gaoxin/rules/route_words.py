"""A path in sentences: each step, what it costs and takes, and what it depends on (路径说明)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from gaoxin.core.quantities import display_unit, format_number, round_half_up
from gaoxin.rules.explaining import explain
from gaoxin.rules.lead_times import told as told_time
from gaoxin.rules.routes import NoPath, Path, Step
from gaoxin.rules.statements import Statement
from gaoxin.rules.wording import Wording

if TYPE_CHECKING:
    from gaoxin.packs.schemas.metric import Metric
    from gaoxin.rules.compiling import CompiledRule

_WHO: Mapping[str, tuple[str, str]] = {
    "enterprise": ("企业", "the enterprise"),
    "officer": ("经办人员", "an officer"),
    "expert": ("专家", "an expert"),
    "agency": ("服务机构", "an agency"),
}


@dataclass(frozen=True)
class PathWords:
    """A path told. `steps`: one sentence each; `margins`: what was not met, as it stands afterwards."""

    summary: str
    steps: tuple[str, ...]
    margins: tuple[tuple[str, Statement], ...] = ()
    open: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


def tell(found: Path | NoPath, metrics: Mapping[str, Metric], lang: str = "zh") -> PathWords:
    """What to do, or why nothing is enough."""
    skipped = tuple(held.en if lang == "en" else held.zh for held in found.skipped)
    if isinstance(found, NoPath):
        return PathWords(_no_path(found, lang), (), skipped=skipped)
    wording = Wording(found.before.compiled, found.before.reading, metrics, lang)
    after = explain(found.after, metrics, lang)
    lacked = found.before.not_met
    margins = tuple(
        (held.judgement.id, single)
        for held in after.conditions
        if held.judgement.id in lacked
        for single in held.statement.singles()
        if single.margin is not None
    )
    return PathWords(
        _summary(found, lang),
        tuple(_step(step, found.before.compiled, wording, lang) for step in found.steps),
        margins,
        tuple(_named(found.before.compiled, [held.id for held in found.open], lang)),
        skipped,
    )


def yuan(amount: Fraction, lang: str = "zh") -> str:
    """Money of a path: 21 万元; at most to the fen."""
    held = display_unit("元", amount)
    shown = round_half_up(amount / held.factor, 6 if held.symbol != "元" else 2)
    return format_number(shown.normalize() if shown else shown, held, lang)


def _step(step: Step, compiled: CompiledRule, wording: Wording, lang: str) -> str:
    """增加一项：软件著作权 2 件 → 4 件，2 步共 2 万元，3 个月，由企业办理，对应 T5."""
    action, leaf = step.action, step.effect.leaf
    zh = lang != "en"
    before, after = wording.value(step.before, leaf), wording.value(step.after, leaf)
    told = [f"{action.zh}：{wording.leaf(leaf)} " if zh else f"{action.en}: {wording.leaf(leaf)} "]
    told[0] += f"{before} → {after}"
    price = yuan(step.cost, lang)
    if step.count > 1:
        told.append(f"{step.count} 步共 {price}" if zh else f"{price} for {step.count} steps")
    else:
        told.append(price)
    time = told_time(action.lead_time, lang)
    if step.done is not None:
        time += f"（到 {step.done.isoformat()}）" if zh else f" (by {step.done.isoformat()})"
    told.append(time)
    told.append(f"由{_WHO[action.who][0]}办理" if zh else f"done by {_WHO[action.who][1]}")
    if action.needs_document:
        told.append(f"需{action.needs_document}" if zh else f"to show: {action.needs_document}")
    told.append(f"对应 {'、'.join(step.serves)}" if zh else f"for {', '.join(step.serves)}")
    return ("，" if zh else ", ").join(told)


def _summary(path: Path, lang: str) -> str:
    zh = lang != "en"
    if not path.steps:
        text = (
            "没有确定不符合的条件，不用做什么" if zh else "no condition is certainly not met; nothing to do"
        )
    else:
        assert path.longest is not None
        time, count = told_time(path.longest, lang), len(path.steps)
        price = yuan(path.cost, lang)
        if count == 1:
            text = f"1 项，{price}，{time}" if zh else f"1 action, {price}, {time}"
        elif zh:
            text = f"{count} 项，共 {price}，同时进行，最长的一项 {time}"
        else:
            text = f"{count} actions side by side, {price} in all, the longest {time}"
        if path.done is not None:
            text += f"，到 {path.done.isoformat()} 做完" if zh else f", done by {path.done.isoformat()}"
    if path.open:
        ids = [held.id for held in path.open]
        text += (
            f"；前提是 {'、'.join(ids)} 补齐资料或专家判断后符合"
            if zh
            else f"; provided that {', '.join(ids)} prove met once data or experts are in"
        )
    return text


def _no_path(found: NoPath, lang: str) -> str:
    zh, compiled = lang != "en", found.before.compiled
    told = []
    if found.blocked:
        names = list(_named(compiled, found.blocked, lang))
        told.append(
            f"没有动作能使这些条件符合：{'、'.join(names)}"
            if zh
            else f"no action can mend: {', '.join(names)}"
        )
    if found.together:
        names = list(_named(compiled, found.together, lang))
        told.append(
            f"现有动作不能同时使这些条件符合：{'、'.join(names)}"
            if zh
            else f"the actions cannot bring about all of: {', '.join(names)}"
        )
    return ("；" if zh else "; ").join(told)


def _named(compiled: CompiledRule, ids: tuple[str, ...] | list[str], lang: str) -> Iterator[str]:
    for held in compiled.conditions:
        if held.id in ids:
            yield f"{held.id} {held.spec.en if lang == 'en' and held.spec.en else held.spec.zh}"
