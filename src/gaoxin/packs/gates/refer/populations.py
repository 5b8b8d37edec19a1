"""Made-up populations: what they draw exists, and a part is drawn after its whole."""

from __future__ import annotations

from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Population


def refer_populations(library: Library, complaints: Complaints) -> None:
    """Every industry and every figure of every population."""
    for population in library.populations.values():
        origin = population.origin
        complaints.known(origin.at("zone"), population.zone, library.subjects, "主体", "subject")
        fields = library.metrics["tech_field"].choices if "tech_field" in library.metrics else {}
        for number, industry in enumerate(population.industries):
            here = origin.at("industries", number)
            complaints.known(here.at("subject"), industry.subject, library.subjects, "主体", "subject")
            complaints.known(
                here.at("tech_field"), industry.tech_field, fields, "技术领域", "technology field"
            )
        _figures(population, library, complaints)
        for number, flag in enumerate(population.flags):
            here = origin.at("flags", number)
            complaints.known(here.at("metric"), flag.metric, library.metrics, "指标", "metric")
        _states(population, library, complaints)
        drawn = {figure.metric: figure for figure in population.figures}
        for number, target in enumerate(population.targets):
            here = origin.at("targets", number)
            complaints.known(here.at("metric"), target.metric, library.metrics, "指标", "metric")
            if target.through is not None:
                complaints.known(here.at("through"), target.through, drawn, "指标", "metric")
        if population.monthly is not None:
            here = origin.at("monthly")
            for number, metric in enumerate(population.monthly.metrics):
                complaints.known(here.at("metrics", number), metric, drawn, "指标", "metric")


def _states(population: Population, library: Library, complaints: Complaints) -> None:
    """Codes are among the choices of their metric, events have the fields of theirs, titles exist."""
    metrics, origin = library.metrics, population.origin
    for number, code in enumerate(population.codes):
        here = origin.at("codes", number)
        if complaints.known(here.at("metric"), code.metric, metrics, "指标", "metric"):
            for choice in code.choices:
                complaints.known(here.at("choices"), choice, metrics[code.metric].choices, "代码", "code")
    for number, judged in enumerate(population.judgements):
        for metric in (*judged.points, *judged.opinions):
            complaints.known(origin.at("judgements", number), metric, metrics, "指标", "metric")
    for number, events in enumerate(population.events):
        here = origin.at("events", number)
        if complaints.known(here.at("metric"), events.metric, metrics, "指标", "metric"):
            fields = {field.name: field for field in metrics[events.metric].elements}
            for name, drawn in events.fields.items():
                at = here.at("fields")
                known = complaints.known(at, name, fields, "明细字段", "field")
                if known and drawn.codes and fields[name].choices:
                    for choice in drawn.codes:
                        complaints.known(at, choice, fields[name].choices, "代码", "code")
    held = {field.name: field.choices for field in metrics["titles"].elements} if "titles" in metrics else {}
    for number, title in enumerate(population.titles):
        here = origin.at("titles", number)
        complaints.known(here.at("kind"), title.kind, held.get("kind", {}), "称号", "title")


def _figures(population: Population, library: Library, complaints: Complaints) -> None:
    drawn: set[str] = set()
    for number, figure in enumerate(population.figures):
        here = population.origin.at("figures", number)
        if complaints.known(here.at("metric"), figure.metric, library.metrics, "指标", "metric"):
            kinds = library.metrics[figure.metric].subjects
            if "enterprise" not in kinds:
                complaints.add(
                    "wrong_subject_kind",
                    here.at("metric"),
                    f"指标 {figure.metric} 不适用于企业",
                    f"the metric {figure.metric} is not for an enterprise",
                    f"适用：{', '.join(kinds)}",
                    f"it is for {', '.join(kinds)}",
                )
        if figure.share_of is not None and figure.share_of not in drawn:
            complaints.add(
                "unbound_name",
                here.at("share_of"),
                f"{figure.metric} 是 {figure.share_of} 的一部分，{figure.share_of} 却没有先生成",
                f"{figure.metric} is drawn as a share of {figure.share_of}, which is not drawn before it",
                f"把 {figure.share_of} 写在前面",
                f"write {figure.share_of} before it",
            )
        drawn.add(figure.metric)
