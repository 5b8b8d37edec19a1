"""Rules and their families: documents, units, dates, scopes, titles; what is named exists, without holes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.gates.refer.expressions import parts_of
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Entry, Grant, Origin, Rule, RuleFamily, RuleParameter, Span


def refer_rules(library: Library, complaints: Complaints) -> None:
    """Every rule, then every family."""
    families: dict[str, list[str]] = {}
    for metric in library.metrics.values():
        if metric.scope_family is not None:
            families.setdefault(metric.scope_family, []).append(metric.id)
    for rule in library.rules.values():
        named_as_its_file(rule, rule.id, complaints)
        _cited(rule, complaints)
        for name, parameter in rule.parameters.items():
            here = rule.origin.at("parameters", name)
            complaints.unit(here.at("unit"), parameter.unit)
            complaints.unit(here.at("of_unit"), parameter.of_unit)
            _covers(name, parameter, rule, complaints)
        for family, members in rule.scope.items():
            here = rule.origin.at("scope", family)
            if complaints.known(here, family, families, "口径族", "scope family"):
                for member in members:
                    complaints.known(
                        here, member, families[family], f"口径族 {family} 的指标", "scope member"
                    )
        if rule.grants is not None:
            _title(rule.grants, rule.origin.at("grants"), library, complaints)
        _scores(rule, library, complaints)
        _in_its_family(rule, library, complaints)
    for held in library.rule_families.values():
        named_as_its_file(held, held.id, complaints)
        _versions(held, library, complaints)


def named_as_its_file(entry: Entry, name: str, complaints: Complaints) -> None:
    """The file of a rule is called after it, so that it is found by its id."""
    stem = Path(entry.origin.file).stem
    if stem != name:
        complaints.add(
            "file_name",
            entry.origin.at("rule").at("id"),
            f"编号 {name} 与文件名 {stem} 不同",
            f"the id {name} differs from the name of the file, {stem}",
            f"文件改名为 {name}.yaml，或改编号",
            f"call the file {name}.yaml, or change the id",
        )


def _cited(rule: Rule, complaints: Complaints) -> None:
    """Every document that is cited is one of the rule's own."""
    cited: list[tuple[Origin, str | None]] = []
    for name, parameter in rule.parameters.items():
        for number, line in enumerate(parameter.values):
            cited.append((rule.origin.at("parameters", name, "values", number, "document"), line.document))
    cited += [(rule.origin.at(*path, "document"), part.document) for path, part in parts_of(rule)]
    for number, condition in enumerate(rule.conditions):
        cited.append((rule.origin.at("conditions", number, "document"), condition.document))
    for number, route in enumerate(rule.direct):
        here = rule.origin.at("direct", number)
        cited.append((here.at("document"), route.document))
        cited += [(here.at("any", at, "document"), way.document) for at, way in enumerate(route.any)]
    for number, flag in enumerate(rule.flags):
        cited.append((rule.origin.at("flags", number, "document"), flag.document))
    if rule.benefit is not None and rule.benefit.clawback is not None:
        cited.append((rule.origin.at("benefit", "clawback", "document"), rule.benefit.clawback.document))
    for origin, document in cited:
        complaints.known(origin, document, list(rule.documents), "文件", "document")


def _covers(name: str, parameter: RuleParameter, rule: Rule, complaints: Complaints) -> None:
    """A parameter has a value on every day the rule is in force."""
    span = rule.effective
    first = parameter.counting_day(span.start) if span.start is not None else None
    last = parameter.counting_day(span.until) if span.until is not None else None
    begins, ends = parameter.values[0].start, parameter.values[-1].until
    origin = rule.origin.at("parameters", name, "values")
    if begins is not None and (first is None or begins > first):
        needed_zh, needed_en = (
            (f"从 {first} 起", f"from {first}") if first else ("从头", "from the beginning")
        )
        complaints.add(
            "hole",
            origin,
            f"参数 {name} 从 {begins} 起才有取值，规则{needed_zh}就要用它",
            f"the parameter {name} has a hole: its values begin on {begins}, the rule needs one {needed_en}",
            "补上前面的取值，或改正规则的 effective",
            "add the earlier value, or correct the rule's effective",
        )
    if ends is not None and (last is None or ends < last):
        needed_zh, needed_en = (f"到 {last}", f"to {last}") if last else ("一直", "without end")
        complaints.add(
            "hole",
            origin,
            f"参数 {name} 到 {ends} 为止，规则{needed_zh}都要用它",
            f"the parameter {name} has a hole: its values end on {ends}, the rule needs one {needed_en}",
            "补上后面的取值，或给规则写止日",
            "add the later value, or end the rule",
        )


def _title(grant: Grant, origin: Origin, library: Library, complaints: Complaints) -> None:
    """The title is a kind of the list `titles`."""
    titles = library.metrics.get("titles")
    fields = {element.name: element.choices for element in titles.elements} if titles is not None else {}
    complaints.known(origin.at("title"), grant.title, fields.get("kind", {}), "称号", "title")
    complaints.known(origin.at("level"), grant.level, fields.get("level", {}), "称号级别", "level of title")


def _scores(rule: Rule, library: Library, complaints: Complaints) -> None:
    for path, part in parts_of(rule):
        here = rule.origin.at(*path, "judged")
        if not complaints.known(here, part.judged, library.metrics, "指标", "metric") or part.judged is None:
            continue
        judged = library.metrics[part.judged]
        if judged.period_type != "expert_score" or not judged.is_numeric:
            complaints.add(
                "wrong_metric",
                here,
                f"{judged.id} 不是专家打的分",
                f"wrong metric: {judged.id} is not a score given by an expert",
                "judged 写 period_type: expert_score 的数值指标；其他得分用 of",
                "judged names a number of period_type expert_score; other points are written with of",
            )
    for name, score in rule.scores.items():
        complaints.unit(rule.origin.at("scores", name, "unit"), score.unit)
    for name, definition in rule.definitions.items():
        complaints.unit(rule.origin.at("definitions", name, "unit"), definition.unit)
    if rule.completeness is not None:
        known = [*rule.definitions, *library.metrics]
        for number, name in enumerate(rule.completeness.metrics):
            here = rule.origin.at("completeness", "metrics", number)
            complaints.known(here, name, known, "指标或定义", "metric or definition")


def _in_its_family(rule: Rule, library: Library, complaints: Complaints) -> None:
    origin = rule.origin.at("family")
    if rule.family is None or not complaints.known(
        origin, rule.family, library.rule_families, "规则族", "rule family"
    ):
        return
    versions = library.rule_families[rule.family].versions
    if all(version.rule != rule.id for version in versions):
        complaints.add(
            "no_version",
            origin,
            f"规则族 {rule.family} 里没有 {rule.id} 这个版本",
            f"the rule family {rule.family} does not list {rule.id} among its versions",
            "在规则族的 versions 里补上，或去掉 family",
            "list it there, or remove family",
        )


def _versions(family: RuleFamily, library: Library, complaints: Complaints) -> None:
    """Every version exists, belongs to the family, and is in force on the days it is chosen for."""
    for number, version in enumerate(family.versions):
        here = family.origin.at("versions", number)
        if not complaints.known(here.at("rule"), version.rule, library.rules, "规则", "rule"):
            continue
        rule = library.rules[version.rule]
        if rule.family != family.id:
            complaints.add(
                "no_version",
                here.at("rule"),
                f"规则 {rule.id} 没有写 family: {family.id}",
                f"the rule {rule.id} does not say family: {family.id}",
                "在规则里补上",
                "add it to the rule",
            )
        if version.application not in rule.applications:
            complaints.add(
                "no_version",
                here.at("application"),
                f"规则 {rule.id} 不适用于 {version.application}",
                f"the rule {rule.id} is not for applications of the kind {version.application}",
                f"它只适用于 {'、'.join(rule.applications)}",
                f"it is for {' and '.join(rule.applications)}",
            )
        if not _inside(version, rule.effective):
            complaints.add(
                "outside",
                here,
                f"{rule.id} 这个版本的日期超出规则自己的适用期间（{_shown(rule.effective)}）",
                f"the version {rule.id} reaches beyond its rule's effective days ({_shown(rule.effective)})",
                "改正版本的起止日期，或规则的 effective",
                "correct the days of the version, or the rule's effective",
            )


def _inside(version: Span, whole: Span) -> bool:
    begins = version.start is None or whole.start is None or version.start >= whole.start
    ends = whole.until is None or (version.until is not None and version.until <= whole.until)
    return begins and ends


def _shown(span: Span) -> str:
    def end(day: date | None) -> str:
        return day.isoformat() if day is not None else "…"

    return f"{end(span.start)} – {end(span.until)}"
