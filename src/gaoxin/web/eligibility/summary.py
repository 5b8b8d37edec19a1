"""What the enterprise has, what it nearly has, and what to do next (已经享有、差一点、下一步).

Had is only what the facts say: a title in force, money that arrived, a deduction that follows from the
figures. What it qualifies for and has not been paid is said to be that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from gaoxin.core.quantities import display_unit, format_number, round_half_up
from gaoxin.core.units import unit
from gaoxin.packs.schemas.rule import Rule
from gaoxin.rules.judging import judge
from gaoxin.rules.lead_times import usual_days
from gaoxin.rules.payslips import money as written
from gaoxin.rules.routes import Path
from gaoxin.rules.settling import NONE
from gaoxin.rules.verdicts import Verdict
from gaoxin.web.eligibility.gap_rows import action_view
from gaoxin.web.eligibility.judged import Judged
from gaoxin.web.eligibility.rule_details import wanted_view
from gaoxin.web.eligibility.settled import Settled
from gaoxin.web.eligibility.titles_held import HeldTitle, Payment
from gaoxin.web.eligibility.words import EXPERT, NO, UNKNOWN, VERDICTS, Face
from gaoxin.web.eligibility.worths import worth_of
from gaoxin.web.eligibility.zone_rules import renewed_by
from gaoxin.web.ledger import catalogue
from gaoxin.web.pages.figures import FigureView
from gaoxin.web.pages.scope import language

_MOST = 4  # lines in a panel
_SOON = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel. `icon` with its tone; `view`: the figure behind the amount; `rule`: the row."""

    icon: str
    tone: str
    text: str
    amount: str
    under: str
    view: FigureView | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """`sum` is the one big figure, with `unit` behind it; `more`: lines left out."""

    sum: str
    unit: str
    lines: tuple[Line, ...]
    empty: str
    more: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    had: Panel
    near: Panel
    next: Panel


def summary(
    judged: Sequence[Judged],
    titles: Mapping[str, HeldTitle] | None,
    paid: tuple[Payment, ...] | None,
    paid_view: FigureView | None,
    settlement: Settled,
) -> Summary:
    """The three panels of one enterprise; policies of other places are left out of them.

    `settlement`: what the clauses come to together; an amount is told as it counts there.
    """
    own = [held for held in judged if not held.example]
    near = sorted((held for held in own if held.is_near and _not_had(held, titles)), key=_closeness)
    return Summary(_had(own, titles, paid, paid_view, settlement), _near(near), _next(own, near, titles))


def _had(
    own: Sequence[Judged],
    titles: Mapping[str, HeldTitle] | None,
    paid: tuple[Payment, ...] | None,
    paid_view: FigureView | None,
    settlement: Settled,
) -> Panel:
    lines = [_paid_line(one, paid_view) for one in paid or ()]
    lines += [Line("yes", "ok", title.name, _("有效"), _until(title)) for title in (titles or {}).values()]
    for held in own:
        amount = held.judgement.amount
        if held.verdict is Verdict.PASS and amount and not held.hides_amount:
            deduction = held.compiled.rule.category == "deduction"
            lines.append(_deducted(held, amount) if deduction else _entitled(held, settlement))
    known = titles is not None or paid is not None
    empty = _("没有有效的称号，也没有到账记录") if known else _("称号和到账记录都未报")
    total = sum((one.amount for one in paid or ()), Fraction(0))
    if total:
        number, symbol = money(total)
        return Panel(number, _("%s，已到账") % symbol, tuple(lines[:_MOST]), empty, _over(lines))
    if titles is None:
        return Panel(_("未报"), _("称号"), tuple(lines[:_MOST]), empty, _over(lines))
    return Panel(str(len(titles)), _("项称号有效"), tuple(lines[:_MOST]), empty, _over(lines))


def _near(near: Sequence[Judged]) -> Panel:
    lines = tuple(_near_line(held) for held in near[:_MOST])
    return Panel(str(len(near)), _("项差一点"), lines, _("没有差一两项的规则"), max(0, len(near) - _MOST))


def _next(own: Sequence[Judged], near: Sequence[Judged], titles: Mapping[str, HeldTitle] | None) -> Panel:
    lines = [*_expiring(own, titles), *_actions(near[:_MOST]), *_questions(own)]
    return Panel("", "", tuple(lines[:_MOST]), _("眼下没有要办的事"), _over(lines))


def _over(lines: Sequence[Line]) -> int:
    return max(0, len(lines) - _MOST)


def _paid_line(one: Payment, view: FigureView | None) -> Line:
    number, symbol = money(one.amount)
    rule = _rule(one.clause)
    name = (rule.en if language() == "en" else rule.short) if rule is not None else one.clause
    when = _("%d 年到账") % one.year if one.year is not None else _("到账年份未报")
    return Line("yes", "ok", name, f"{number} {symbol}", when, view)


def _deducted(held: Judged, amount: Fraction) -> Line:
    number, symbol = money(amount)
    return Line("yes", "ok", held.name, f"{number} {symbol}", _("按年报数测算，汇算清缴时享受"), rule=held.id)


def _entitled(held: Judged, settlement: Settled) -> Line:
    """A clause the enterprise qualifies for, with what it counts for beside the others."""
    line = settlement.line_of(held.id)
    ceiling = line.benefit.nature == "ceiling"
    amount = written(line.counted, held.lang, ceiling=ceiling) if line.counted != NONE else ""
    under = {
        "counted": _("够条件，还没有到账记录"),
        "undecided": _("与别的条款只能享受一项，数据补齐后才能定"),
        "no_double": _("同一事项就高不重复，不另计"),
        "not_chosen": _("择一享受，不另计"),
        "had_before": _("以前享受过，只能享受一次"),
        "used_up": _("本年额度已用完"),
    }
    return Line("yes", "ok", held.name, amount, under.get(line.fate, ""), rule=held.id)


def _until(title: HeldTitle) -> str:
    until = title.until.isoformat() if title.until is not None else _("未注明")
    return " ".join(part for part in (title.level, _("有效至 %s") % until) if part)


def _not_had(held: Judged, titles: Mapping[str, HeldTitle] | None) -> bool:
    """A title the enterprise holds is not one it nearly has."""
    grants = held.compiled.rule.grants
    return held.verdict is not Verdict.PASS and (grants is None or grants.title not in (titles or {}))


def _closeness(held: Judged) -> tuple[int, int, int, str]:
    """Waiting for experts, then one short, then for want of data, then two short."""
    if held.verdict is Verdict.PENDING_EXPERT:
        return 0, 0, 0, held.id
    if held.verdict is Verdict.FAIL:
        return (1 if held.lacking == 1 else 3), _category(held), held.lacking, held.id
    return 2, _category(held), len(held.judgement.missing), held.id


def _category(held: Judged) -> int:
    return 0 if held.compiled.rule.category == "title" else 1


def _near_line(held: Judged) -> Line:
    missing = held.judgement.missing
    if held.verdict is Verdict.FAIL:
        failing = [one for one in held.explanation.conditions if one.judgement.id in held.judgement.not_met]
        first = failing[0]
        single = next((part for part in first.statement.singles() if part.met is False), None)
        told = f"{first.name} {single.measured}" if single is not None and single.measured else first.name
        gap = single.gap if single is not None else ""
        if single is not None and any(one.column in held.known.hidden for one in single.inputs):
            told, gap = first.name, ""
        under = _("，").join(part for part in (told, gap) if part)
        return _line(held, NO, "target", _("差 %d 项") % held.lacking, under)
    if held.verdict is Verdict.PENDING_EXPERT:
        return _line(held, EXPERT, "exp", _("待专家"), _("数据条件都符合"))
    names = _("、").join(catalogue.metric(metric).label(held.lang) for metric in missing)
    return _line(held, UNKNOWN, "unk", _("缺 %d 个数") % len(missing), _("缺%s") % names)


def _line(held: Judged, face: Face, icon: str, amount: str, under: str) -> Line:
    told = worth_of(held)
    if told.priced and told.low is not None and told.high != 0:
        under = _("，").join(part for part in (under, _("通过可得 %s 万元") % told.words) if part)
    tone = "torch" if face is NO else "unk" if face is UNKNOWN else "blue"
    return Line(icon, tone, held.name, amount, under, rule=held.id)


def _expiring(own: Sequence[Judged], titles: Mapping[str, HeldTitle] | None) -> list[Line]:
    if not own:
        return []
    today = own[0].known.on
    soon = [t for t in (titles or {}).values() if t.until is not None and t.until - today <= _SOON]
    return [
        Line(
            "clock",
            "",
            _("%(day)s 前办理%(title)s的更新或重新认定")
            % {"day": title.until.isoformat() if title.until else "", "title": title.name},
            "",
            _renewal(own[0], title),
        )
        for title in sorted(soon, key=lambda t: t.until or today)
    ]


def _renewal(any_rule: Judged, title: HeldTitle) -> str:
    """Whether it would be granted again on the figures of today."""
    known = any_rule.known
    rule = renewed_by(any_rule.zone, known.on, practice=known.subject.synthetic).get(title.kind)
    if rule is None:
        return _("到期后不再有效；复核适用哪条规则，文件没有写明")
    judgement = judge(rule, known.reading)
    english = any_rule.lang == "en"
    failing = [
        held.condition.spec.en if english else held.condition.spec.zh
        for held in judgement.conditions
        if held.id in judgement.not_met
    ]
    said = _("按现在的数，复核%s") % VERDICTS[judgement.verdict].word
    return _("，").join(part for part in (said, _("、").join(failing)) if part)


def _actions(near: Sequence[Judged]) -> list[Line]:
    """The steps of the cheapest ways, the cheapest rule first."""
    routes = [(held, held.route) for held in near if isinstance(held.route, Path) and held.route.steps]
    found: dict[str, Line] = {}
    for held, route in sorted(routes, key=lambda pair: (pair[1].cost, pair[0].id)):  # type: ignore[union-attr]
        assert isinstance(route, Path)
        for step in sorted(route.steps, key=lambda step: usual_days(step.action.lead_time)):
            view = action_view(step, held.lang)
            under = f"{_('为了%s') % held.name} · {view.lead}"
            found.setdefault(step.action.id, Line("arrow", "", view.text, "", under, rule=held.id))
    return list(found.values())


def _questions(own: Sequence[Judged]) -> list[Line]:
    """The figures to ask for, the one first that keeps most rules open."""
    open_rules = [held for held in own if held.verdict is Verdict.UNKNOWN]
    asked: Counter[str] = Counter()
    for held in open_rules:
        asked.update(one.metric for one in held.explanation.wanted if not one.expert)
    lines = []
    for metric, number in sorted(asked.items(), key=lambda pair: (-pair[1], pair[0])):
        holder = next(held for held in open_rules if metric in held.judgement.missing)
        view = wanted_view(
            next(one for one in holder.explanation.wanted if one.metric == metric), holder.lang
        )
        rules = _("、").join(held.name for held in open_rules if metric in held.judgement.missing)
        what = _("问企业：%s") % f"{view.years}{view.name}"
        under = _("关系到 %(n)d 项：%(rules)s") % {"n": number, "rules": rules}
        lines.append(Line("help", "", what, "", f"{view.form} · {under}" if view.form else under))
    return lines


def money(amount: Fraction) -> tuple[str, str]:
    """An amount in 元 as number and unit: 149.5, 万元."""
    held = display_unit(unit("元"), amount)
    shown = amount / held.factor
    places = next((n for n in range(3) if Fraction(round_half_up(shown, n)) == shown), 2)
    return format_number(Fraction(round_half_up(shown, places)), None), _(held.symbol)


def _rule(clause: str) -> Rule | None:
    return catalogue.library().rules.get(clause)
