"""How a rule writes its days, articles, numbers and points, in words (写法)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gaoxin.packs.schemas.rule import Rule
from gaoxin.packs.schemas.rule_parameter import Cited, DatedValue, RuleParameter, Span
from gaoxin.packs.schemas.rule_score import Part


def span_words(span: Span) -> str:
    """2026-04-01 起, or 2022-06-01 至 2026-03-31."""
    start = span.start.isoformat() if span.start is not None else ""
    until = span.until.isoformat() if span.until is not None else ""
    if start and until:
        return _("%(start)s 至 %(until)s") % {"start": start, "until": until}
    if start:
        return _("%s 起") % start
    return _("至 %s") % until if until else _("未注明起止")


def article_of(rule: Rule, cited: Cited) -> str:
    """Document number and article."""
    document = rule.documents.get(cited.document) if cited.document else None
    parts = [(document.number or document.zh) if document is not None else "", cited.article or ""]
    return " ".join(part for part in parts if part)


def value_words(parameter: RuleParameter, line: DatedValue) -> str:
    """One value of a parameter with its unit: a number, a day, codes, or a table."""
    symbol = parameter.unit if parameter.unit not in (None, "1") else ""
    if line.value is not None:
        return f"{line.value} {symbol}".strip()
    if line.date is not None:
        return line.date.isoformat()
    if line.codes:
        return _("、").join(line.codes)
    table = line.table
    assert table is not None
    sign = "≥" if table.at_least else ">" if table.above else "≤" if table.at_most else "<"
    rows = table.at_least or table.above or table.at_most or table.below
    of = parameter.of_unit if parameter.of_unit not in (None, "1") else ""
    told = [f"{sign} {mark} {of}: {value} {symbol}".replace(" :", ":") for mark, value in rows]
    return _("；").join([*told, f"{_('其他')}: {table.otherwise} {symbol}".strip()])


def scored(part: Part) -> str:
    """How a part is scored, in a few words of the pack itself."""
    if part.bands is not None:
        bands = part.bands
        sign = "≥" if bands.at_least else ">" if bands.above else "≤" if bands.at_most else "<"
        rows = _("；").join(f"{sign} {mark}: {_points(points)}" for mark, points in bands.rows)
        return f"{bands.of}\n{rows}；{_('其他')}: {_points(bands.otherwise)}"
    if part.ladder:
        return "\n".join(f"{rung.when.strip()}: {_points(rung.points)}" for rung in part.ladder)
    if part.linear is not None:
        held = part.linear
        return f"{held.of}\n{held.low} → {held.high}: 0 → {held.points}"
    if part.steps is not None:
        held_steps = part.steps
        return f"{held_steps.of}\n{held_steps.each}: +{held_steps.points}, ≤ {held_steps.most}"
    if part.best_of:
        return _("取最高的一项")
    if part.worst_of:
        return _("取最低的一项")
    if part.judged:
        return _("专家评分 %s") % _points(part.points)
    if part.of:
        return part.of
    return _("各项相加") if part.parts else ""


def _points(points: object) -> str:
    if isinstance(points, tuple):
        return "–".join(str(end) for end in points)
    return str(points) if points is not None else "…"
