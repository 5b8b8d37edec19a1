"""One rule as its page shows it: the text beside its execution, every number with its document (规则页)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaoxin.compute.tree import leaves
from gaoxin.core.errors import GaoxinError
from gaoxin.packs.library import Library
from gaoxin.packs.schemas.rule import Rule
from gaoxin.packs.schemas.rule_benefit import Clawback, Stage
from gaoxin.packs.schemas.rule_parameter import Cited, RuleParameter
from gaoxin.packs.schemas.rule_score import Part
from gaoxin.rules.book import RuleBook
from gaoxin.rules.compiling import CompiledRule, Compiler
from gaoxin.web.eligibility.words import ASPECTS, VERDICTS, Face
from gaoxin.web.eligibility.written import article_of, scored, span_words, value_words
from gaoxin.web.pages import names
from gaoxin.web.pages.scope import language

_APPLICATIONS = {"new": gettext_lazy("新申请"), "renewal": gettext_lazy("复核")}
_SHOWS = {
    "yes": gettext_lazy("符合"),
    "no": gettext_lazy("不符合"),
    "boundary": gettext_lazy("临界"),
    "missing": gettext_lazy("缺资料"),
    "expert": gettext_lazy("待专家"),
    "other": gettext_lazy("其他"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition, route, flag or score part. `text`: what it says; `code`: what is executed; `uses`: the
    figures it reads; `under`: how deep it lies.
    """

    name: str
    aspect: str = ""
    article: str = ""
    mark: str = ""
    unconfirmed: bool = False
    note: str = ""
    code: str = ""
    uses: str = ""
    under: int = 0


@dataclass(frozen=True, slots=True)
class DatedLine:
    """One value a parameter has or had, and where that stands."""

    span: str
    value: str
    article: str
    mark: str
    unconfirmed: bool
    note: str
    now: bool


@dataclass(frozen=True, slots=True)
class ParameterView:
    name: str
    lines: tuple[DatedLine, ...]


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version of the family on its timeline."""

    rule: str
    name: str
    application: str
    span: str
    here: bool
    now: bool


@dataclass(frozen=True, slots=True)
class CaseView:
    name: str
    shows: str
    on: str
    face: Face | None
    reason: str


@dataclass(frozen=True, slots=True)
class RulePage:
    documents: tuple[tuple[str, str, bool], ...]
    conditions: tuple[Clause, ...]
    scores: tuple[Clause, ...]
    routes: tuple[Clause, ...]
    flags: tuple[Clause, ...]
    parameters: tuple[ParameterView, ...]
    versions: tuple[VersionView, ...]
    cases: tuple[CaseView, ...]
    benefit: Clause | None


def rule_page(rule: Rule, library: Library, on: date, lang: str) -> RulePage:
    """Everything the page of a rule tells."""
    compiled = _compiled(rule, library, on)
    read = {held.id: leaves(held.own) for held in compiled.conditions} if compiled is not None else {}
    return RulePage(
        documents=tuple(
            (document.number or "", document.zh, document.confidence == "to_confirm")
            for document in rule.documents.values()
        ),
        conditions=tuple(
            _clause(
                rule,
                one,
                one.en if lang == "en" else one.zh,
                one.test,
                aspect=str(ASPECTS[one.aspect]),
                uses=_metrics((leaf.metric for leaf in read.get(one.id, ())), library, lang),
                lang=lang,
            )
            for one in rule.conditions
        ),
        scores=tuple(_scores(rule, rule.scores.values(), 0, lang)),
        routes=tuple(
            _clause(rule, way, (way.en if lang == "en" else None) or way.zh, way.test, lang=lang)
            for route in rule.direct
            for way in route.any
        ),
        flags=tuple(
            _clause(rule, flag, flag.en if lang == "en" else flag.zh, flag.test, lang=lang)
            for flag in rule.flags
        ),
        parameters=tuple(_parameter(rule, held, on, lang) for held in rule.parameters.values()),
        versions=tuple(_versions(rule, library, on, lang)),
        cases=tuple(_cases(rule, library)),
        benefit=_benefit(rule),
    )


def _compiled(rule: Rule, library: Library, on: date) -> CompiledRule | None:
    """The rule on a day of its own; None for one that is only described or cannot be built on that day."""
    if not rule.executable:
        return None
    first, last = rule.effective.start, rule.effective.until
    day = min(max(on, first or on), last or max(on, first or on))
    try:
        return Compiler(RuleBook(library), day, rule.applications[0]).compiled(rule.id)
    except GaoxinError:
        return None


def _clause(
    rule: Rule,
    cited: Cited,
    name: str,
    code: str,
    *,
    lang: str,
    aspect: str = "",
    uses: str = "",
    under: int = 0,
) -> Clause:
    note = cited.interpretation.label(lang) if cited.interpretation is not None else ""
    return Clause(
        name=name,
        aspect=aspect,
        article=article_of(rule, cited),
        mark=cited.mark or "",
        unconfirmed=cited.confidence == "to_confirm",
        note=note,
        code=code.strip(),
        uses=uses,
        under=under,
    )


def _metrics(used: Iterable[str], library: Library, lang: str) -> str:
    ids = dict.fromkeys(used)
    return _("、").join(library.metrics[one].label(lang) for one in ids if one in library.metrics)


def _scores(rule: Rule, parts: Iterable[Part], under: int, lang: str) -> Iterator[Clause]:
    for part in parts:
        name = (part.en if lang == "en" else None) or part.zh
        if part.max is not None:
            name = _("%(name)s，满分 %(n)s") % {"name": name, "n": part.max}
        yield _clause(rule, part, name, scored(part), lang=lang, under=under)
        yield from _scores(rule, part.children, under + 1, lang)


def _parameter(rule: Rule, parameter: RuleParameter, on: date, lang: str) -> ParameterView:
    day = parameter.counting_day(on)
    return ParameterView(
        parameter.en if lang == "en" else parameter.zh,
        tuple(
            DatedLine(
                span=span_words(line),
                value=value_words(parameter, line),
                article=article_of(rule, line),
                mark=line.mark,
                unconfirmed=line.confidence == "to_confirm",
                note=" ".join(part for part in (line.note or "", names.word(line.interpretation)) if part),
                now=line.holds_on(day),
            )
            for line in parameter.values
        ),
    )


def _versions(rule: Rule, library: Library, on: date, lang: str) -> Iterator[VersionView]:
    family = library.rule_families.get(rule.family) if rule.family else None
    for version in family.versions if family is not None else ():
        other = library.rules.get(version.rule)
        yield VersionView(
            rule=version.rule,
            name=other.label(lang) if other is not None else version.rule,
            application=str(_APPLICATIONS[version.application]),
            span=span_words(version),
            here=version.rule == rule.id,
            now=version.holds_on(on),
        )


def _cases(rule: Rule, library: Library) -> Iterator[CaseView]:
    found: Mapping[str, object] = library.rule_cases
    held = library.rule_cases.get(rule.id) if rule.id in found else None
    for case in held.cases if held is not None else ():
        verdict = case.expect.verdict
        yield CaseView(
            name=case.name,
            shows=str(_SHOWS[case.shows]),
            on=case.on.isoformat(),
            face=VERDICTS[verdict] if verdict is not None else None,
            reason=case.reason or "",
        )


def _spoken(part: Stage | Clawback) -> str:
    """When something is paid or paid back; in Chinese where a pack has no English."""
    return (part.en if language() == "en" else None) or part.zh


def _benefit(rule: Rule) -> Clause | None:
    benefit = rule.benefit
    if benefit is None:
        return None
    nature = {"ceiling": _("最高，是上限"), "fixed": _("定额"), "computed": _("按数计算")}[benefit.nature]
    level = {
        "district": _("区级"), "city": _("市级"), "province": _("省级"), "national": _("国家"),
    }[benefit.level]  # fmt: skip
    parts: Sequence[str] = [
        _("%(level)s · %(nature)s") % {"level": level, "nature": nature},
        _("每户只享受一次") if benefit.once else "",
        _("%s 前申报") % benefit.deadline.isoformat() if benefit.deadline is not None else "",
        *(f"{_spoken(stage)} {stage.share}" for stage in benefit.stages),
        _("收回：%s") % _spoken(benefit.clawback) if benefit.clawback is not None else "",
    ]
    return Clause(name=_("；").join(part for part in parts if part), code=benefit.amount.strip())
