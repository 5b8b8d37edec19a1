"""From a record of floor 3 to the columns of a row (写台账)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gaoxin.facts import records
from gaoxin.facts.values import Value
from gaoxin.web.ledger import models

# What makes two statements the same: everything but who recorded it, when and as which row.
# `reading.py` reads these columns in this order.
CONTENT = (
    "subject_id",
    "metric_id",
    "period",
    "figure",
    "op",
    "number",
    "high",
    "step",
    "text",
    "dimension",
    "unit",
    "of",
    "group",
    "population",
    "base",
    "locator",
    "written",
    "status",
    "note",
    "formula",
    "inputs",
    "period_confidence",
    "source_id",
)


def value_fields(value: Value) -> dict[str, Any]:
    return {
        "op": value.op,
        "number": value.number,
        "high": value.high,
        "step": value.step,
        "text": value.text,
        "dimension": value.dimension.value if value.dimension else "",
    }


def fields_of(
    obs: records.Observation, subject: models.Subject, metric_id: int, source_id: int
) -> dict[str, Any]:
    """The columns of an observation, without its batch and its ref."""
    return {
        "subject_id": subject.pk,
        "metric_id": metric_id,
        "source_id": source_id,
        "period": obs.period.code,
        "figure": obs.figure,
        "unit": obs.unit,
        "of": obs.of,
        "group": obs.group,
        "population": obs.population,
        "base": obs.base,
        "locator": obs.locator,
        "written": obs.written,
        "status": obs.status,
        "note": obs.note,
        "formula": obs.formula,
        "inputs": "\n".join(obs.inputs),
        "period_confidence": obs.period_confidence,
        **value_fields(obs.value),
    }


def content(fields: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(fields[name] for name in CONTENT)
