"""Why: for each condition what was measured, what is asked, how far off, and where it is written (判定说明).

An explanation is a tree of statements like the condition itself: all of these, any of those, and single facts
at the ends. It is derived from the trace of a judgement and from nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gaoxin.rules.judging import ConditionJudgement, Judgement
from gaoxin.rules.open_inputs import open_leaves
from gaoxin.rules.sentences import Teller, inside
from gaoxin.rules.statements import Input, Statement
from gaoxin.rules.wording import Wording

if TYPE_CHECKING:
    from gaoxin.compute.tree import Leaf
    from gaoxin.packs.schemas.metric import Metric
    from gaoxin.packs.schemas.rule_parameter import Cited


@dataclass(frozen=True, slots=True)
class ConditionExplanation:
    """A condition explained. `article`: document number and article. `route`: the way that stands in."""

    judgement: ConditionJudgement
    name: str
    article: str
    statement: Statement
    interpretation: str = ""
    unconfirmed: bool = False
    route: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A metric that is missing and can still change the verdict: where it is to be found, and whom to ask.

    `years`: those that can still change it.
    """

    metric: str
    name: str
    years: tuple[int, ...]
    form: str
    expert: bool


@dataclass(frozen=True)
class Explanation:
    """Everything there is to say of one subject under one rule, in one language."""

    judgement: Judgement
    lang: str
    conditions: tuple[ConditionExplanation, ...]
    wanted: tuple[Wanted, ...]
    flags: tuple[str, ...] = ()
    amount: str = ""
    inputs: Mapping[str, Input] = field(default_factory=dict)


def explain(judgement: Judgement, metrics: Mapping[str, Metric], lang: str = "zh") -> Explanation:
    """Why a judgement is as it is."""
    compiled = judgement.compiled
    wording = Wording(compiled, judgement.reading, metrics, lang)
    teller = Teller(wording, judgement.reading)
    conditions = []
    for held in judgement.conditions:
        spec = held.condition.spec
        note = spec.interpretation
        conditions.append(
            ConditionExplanation(
                judgement=held,
                name=spec.en if lang == "en" else spec.zh,
                article=article(judgement, spec),
                statement=_statement(judgement, held, teller),
                interpretation=note.label(lang) if note else "",
                unconfirmed=_unconfirmed(judgement, held),
                route=_route(judgement, held, lang),
            )
        )
    flags = tuple(
        flag.en if lang == "en" else flag.zh for flag in compiled.rule.flags if judgement.flags[flag.id]
    )
    amount = ""
    if compiled.amount is not None and judgement.amount is not None:
        amount = wording.number(judgement.amount, compiled.amount.node)
    inputs = {held.column: held for c in conditions for s in c.statement.singles() for held in s.inputs}
    asked = open_leaves(judgement.reading, compiled.verdict) if judgement.missing else frozenset()
    wanted = tuple(_wanted(judgement, metric, asked, metrics, lang) for metric in judgement.missing)
    return Explanation(judgement, lang, tuple(conditions), wanted, flags, amount, inputs)


def article(judgement: Judgement, cited: Cited) -> str:
    """国科发政〔2017〕115号 第六条（二）."""
    documents = judgement.compiled.rule.documents
    document = documents.get(cited.document) if cited.document else None
    parts = [(document.number or document.zh) if document else "", cited.article or ""]
    return " ".join(part for part in parts if part)


def _statement(judgement: Judgement, held: ConditionJudgement, teller: Teller) -> Statement:
    """What a condition says of itself; while a direct route may still replace it, that too."""
    own = teller.told(held.condition.own)
    direct = held.condition.direct
    if direct is None or own.met is True or judgement.reading[direct].value is not None:
        return own
    ways = [
        way
        for route in judgement.compiled.routes
        if held.id in route.spec.replaces
        for way in route.spec.any
        if judgement.routes[way.id] is None
    ]
    nodes = {name: node for route in judgement.compiled.routes for name, node in route.ways}
    lang = teller.wording.lang
    open_ways = tuple(
        teller.undecided(inside(way.en) if lang == "en" and way.en else way.zh, nodes[way.id]) for way in ways
    )
    return Statement("any", None, parts=(own, *open_ways))


def _wanted(
    judgement: Judgement,
    name: str,
    asked: frozenset[Leaf],
    metrics: Mapping[str, Metric],
    lang: str,
) -> Wanted:
    metric = metrics[name]
    held = [leaf for leaf in asked if leaf.metric == name]
    years = tuple(sorted(int(leaf.column.partition("@")[2]) for leaf in held if "@" in leaf.column))
    return Wanted(name, metric.label(lang), years, metric.form or "", metric.period_type == "expert_score")


def _unconfirmed(judgement: Judgement, held: ConditionJudgement) -> bool:
    names = {name.rpartition(".")[2] for name in held.condition.parameters}
    return held.condition.spec.confidence == "to_confirm" or any(
        name.rpartition(".")[2] in names for name in judgement.unconfirmed
    )


def _route(judgement: Judgement, held: ConditionJudgement, lang: str) -> str:
    for route in judgement.compiled.routes:
        if held.id in route.spec.replaces:
            for way in route.spec.any:
                if judgement.routes.get(way.id):
                    return way.en if lang == "en" and way.en else way.zh
    return ""
