"""What an open row tells of one rule: conditions, flags, what is missing, direct routes (展开的一行)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gaoxin.rules.explaining import Wanted
from gaoxin.rules.routes import NoPath, Path
from gaoxin.rules.verdicts import ConditionVerdict, Verdict
from gaoxin.web.eligibility.gap_rows import GapRow, gap_rows
from gaoxin.web.eligibility.judged import Judged
from gaoxin.web.eligibility.words import CONDITIONS, Face


@dataclass(frozen=True, slots=True)
class WantedView:
    """A figure that is missing and can still change the verdict. `ask`: whom."""

    name: str
    years: str
    form: str
    ask: str


@dataclass(frozen=True, slots=True)
class RouteView:
    """A direct way and how it stands."""

    name: str
    face: Face


@dataclass(frozen=True, slots=True)
class Detail:
    """`headline`: the finding in one sentence; `way`: what the cheapest way costs and leaves open; `seek`:
    where that goes on the page.
    """

    headline: str
    rows: tuple[GapRow, ...]
    way: str
    flags: tuple[str, ...]
    wanted: tuple[WantedView, ...]
    routes: tuple[RouteView, ...]
    amount: str
    unconfirmed: tuple[str, ...]
    seek: str


def detail(held: Judged) -> Detail:
    """Everything there is to say of one rule and one enterprise."""
    told, judgement = held.explanation, held.judgement
    ways = {way.id: way for route in held.compiled.routes for way in route.spec.any}
    return Detail(
        headline=headline(held),
        rows=tuple(gap_rows(held)),
        way=_way(held),
        flags=told.flags,
        wanted=tuple(wanted_view(one, held.lang) for one in told.wanted),
        routes=tuple(
            RouteView((way.en if held.lang == "en" else None) or way.zh, _truth(judgement.routes.get(name)))
            for name, way in ways.items()
        ),
        amount=_("按岗位不显示") if told.amount and held.hides_amount else told.amount,
        unconfirmed=unconfirmed_names(held),
        seek=f"way-{held.id}" if held.may_seek else "",
    )


def headline(held: Judged) -> str:
    """高新技术企业：只差科技人员占比，其余已满足或待专家打分."""
    verdict, name = held.verdict, held.name
    conditions = held.explanation.conditions
    if verdict is Verdict.PASS:
        return _("%s：条件都符合") % name
    if verdict is Verdict.PENDING_EXPERT:
        return _("%s：数据条件都符合，等专家打分") % name
    if verdict is Verdict.UNKNOWN:
        number = len(held.judgement.missing)
        return _("%(name)s：还缺 %(n)d 个数，不能判定") % {"name": name, "n": number}
    failing = [one.name for one in conditions if one.judgement.verdict is ConditionVerdict.NOT_MET]
    waiting = any(
        one.judgement.verdict in (ConditionVerdict.UNKNOWN, ConditionVerdict.NEEDS_EXPERT)
        for one in conditions
    )
    rest = _("其余有的还缺资料或待专家") if waiting else _("其余已满足")
    which = _("、").join(failing)
    if len(failing) == 1:
        return _("%(name)s：只差“%(which)s”一项，%(rest)s") % {"name": name, "which": which, "rest": rest}
    return _("%(name)s：%(n)d 项不符合：%(which)s") % {"name": name, "n": len(failing), "which": which}


def wanted_view(one: Wanted, lang: str) -> WantedView:
    """The missing figure in words."""
    years = _("、").join(str(year) for year in one.years)
    if one.expert:
        ask = _("评审专家")
    elif one.form:
        ask = _("问企业，看表：%s") % one.form
    else:
        ask = _("问企业")
    return WantedView(one.name, _("%s 年") % years if years else "", one.form, ask)


def unconfirmed_names(held: Judged) -> tuple[str, ...]:
    """The parameters and conditions that were not compared with the original, by their names."""
    rule = held.compiled.rule
    conditions = {one.id: one for one in rule.conditions}
    found: dict[str, None] = {}
    for full in held.judgement.unconfirmed:
        owner, _dot, name = full.rpartition(".")
        if owner == rule.id and name in rule.parameters:
            parameter = rule.parameters[name]
            found[parameter.en if held.lang == "en" else parameter.zh] = None
        elif name in conditions:
            condition = conditions[name]
            found[condition.en if held.lang == "en" else condition.zh] = None
    return tuple(found)


def _way(held: Judged) -> str:
    """One sentence about the cheapest way as a whole."""
    route = held.route
    if isinstance(route, NoPath):
        return _("现有办法都补不上：%s") % _("、").join(_names(held, route.blocked or route.together))
    if not isinstance(route, Path) or not route.steps:
        return ""
    cost = f"{float(route.cost / 10_000):g}"
    said = _("最省的办法共约 %(cost)s 万元") % {"cost": cost} if route.cost else _("最省的办法不花钱")
    if route.done is not None:
        said += _("，最快 %s 办完") % route.done.isoformat()
    if route.conditional:
        said += _("；前提是 %s 最后也符合") % _("、").join(_names(held, [one.id for one in route.open]))
    return said


def _names(held: Judged, ids: tuple[str, ...] | list[str]) -> list[str]:
    return [one.name for one in held.explanation.conditions if one.judgement.id in ids]


def _truth(value: bool | None) -> Face:
    if value is None:
        return CONDITIONS[ConditionVerdict.UNKNOWN]
    return CONDITIONS[ConditionVerdict.MET if value else ConditionVerdict.NOT_MET]
