"""Front pages and cases: what they show or ask exists."""

from __future__ import annotations

from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.gates.refer.numbers import is_number
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Cockpit, FigureRef, Origin, PackCase, Table


def refer_cockpits(library: Library, complaints: Complaints) -> None:
    """Every figure of every front page."""
    observed = {spec.id for spec in library.observations}
    for cockpit in library.cockpits.values():
        origin = cockpit.origin
        complaints.known(origin.at("zone"), cockpit.zone, library.subjects, "主体", "subject")
        complaints.period(origin.at("period"), cockpit.period)
        whole = cockpit.hero.shares_of
        complaints.known(origin.at("hero", "shares_of"), whole, library.subjects, "主体", "subject")
        for place, ref in _figures(cockpit):
            _figure(ref, place, library, complaints)
        for number, question in enumerate(cockpit.questions):
            complaints.known(origin.at("questions", number), question, observed, "观测值", "observation")
        for number, section in enumerate(cockpit.sections):
            here = origin.at("sections", number)
            complaints.period(here.at("period"), section.period)
            for position, check in enumerate(section.checks):
                place = here.at("checks", position)
                complaints.known(place, check, library.cross_checks, "互校", "cross-check")
            if section.table is not None:
                _table(section.table, here.at("table"), observed, library, complaints)
        ids = [section.id for section in cockpit.sections]
        for section_id in sorted({name for name in ids if ids.count(name) > 1}):
            complaints.add(
                "duplicate_id",
                origin.at("sections"),
                f"分区 {section_id} 写了两次",
                f"duplicate id: section {section_id} appears twice",
            )


def _figures(cockpit: Cockpit) -> list[tuple[Origin, FigureRef]]:
    """Every figure of the page with the line it is asked for on."""
    origin, hero = cockpit.origin, cockpit.hero
    lists = [(origin.at("hero", "shares"), hero.shares), (origin.at("hero", "beside"), hero.beside)]
    lists.append((origin.at("leading"), cockpit.leading))
    for number, section in enumerate(cockpit.sections):
        here = origin.at("sections", number)
        lists += [(here.at("figures"), section.figures), (here.at("bars"), section.bars)]
    placed = [(origin.at("hero", "figure"), hero.figure)]
    return placed + [(place.at(number), ref) for place, refs in lists for number, ref in enumerate(refs)]


def _table(
    table: Table, origin: Origin, observed: set[str], library: Library, complaints: Complaints
) -> None:
    for number, row in enumerate(table.rows):
        here = origin.at("rows", number)
        for code in (row.subject, *row.alternatives):
            complaints.known(here, code, library.subjects, "主体", "subject")
        complaints.known(here, row.question, observed, "观测值", "observation")
    for number, column in enumerate(table.columns):
        here = origin.at("columns", number)
        complaints.known(here, column.metric, library.metrics, "指标", "metric")
        complaints.unit(here, column.unit)
        complaints.period(here, column.period)


def _figure(ref: FigureRef, origin: Origin, library: Library, complaints: Complaints) -> None:
    complaints.known(origin, ref.metric, library.metrics, "指标", "metric")
    complaints.known(origin, ref.subject, library.subjects, "主体", "subject")
    complaints.known(origin, ref.of, library.subjects, "主体", "subject")
    complaints.known(origin, ref.derivation, library.derivations, "推算", "derivation")
    complaints.period(origin, ref.period)
    for inner in ref.secondary:
        _figure(inner, origin, library, complaints)


def refer_cases(library: Library, complaints: Complaints) -> None:
    """Every case asks something that exists and expects names that it has."""
    seen: dict[str, PackCase] = {}
    for case in library.cases:
        if case.id is not None:
            if case.id in seen:
                place = f"{seen[case.id].origin.file}:{seen[case.id].origin.line}"
                complaints.add(
                    "duplicate_id",
                    case.origin,
                    f"用例 {case.id} 已在 {place} 定义",
                    f"duplicate id: case {case.id} is already defined at {place}",
                )
            seen[case.id] = case
        if case.check is not None:
            _check_case(case, case.check, library, complaints)
        if case.derivation is not None:
            here = case.origin.at("derivation")
            asked = case.derivation
            complaints.known(here, asked.id, library.derivations, "推算", "derivation")
            complaints.known(here, asked.subject, library.subjects, "主体", "subject")
            complaints.known(here, asked.of, library.subjects, "主体", "subject")
            complaints.known(here, asked.metric, library.metrics, "指标", "metric")
            complaints.period(here, asked.period)
            _expected(case, ["value"], complaints)


def _check_case(case: PackCase, check_id: str, library: Library, complaints: Complaints) -> None:
    if not complaints.known(case.origin.at("check"), check_id, library.cross_checks, "互校", "cross-check"):
        return
    check = library.cross_checks[check_id]
    names = ["verdict", *check.inputs, *check.parameters, *check.let]
    _expected(case, names, complaints)


def _expected(case: PackCase, names: list[str], complaints: Complaints) -> None:
    for name, value in case.expect.items():
        here = case.origin.at("expect", name)
        if not complaints.known(here, name, names, "变量", "name") or name == "verdict":
            continue
        for number in value if isinstance(value, tuple) else ():
            if number is not None and not is_number(number):
                mend = '写成 "490.6"', 'write "490.6"'
                complaints.add("bad_value", here, f"{number} 不是数", f"{number} is not a number", *mend)
