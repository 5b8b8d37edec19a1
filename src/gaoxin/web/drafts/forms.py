"""What is typed to hand a draft in and to settle a proposal (核稿表单)."""

from __future__ import annotations

from typing import Any

from django import forms

from gaoxin.web.accounts.models import User
from gaoxin.web.drafts.suggesting import Suggestion
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import names
from gaoxin.web.pages.forms import EntryForm
from gaoxin.web.pages.lookup import NoMatch, metric_named


class DraftForm(forms.Form):
    """A file or a text, and the day it is published."""

    title = forms.CharField(max_length=200, required=False)
    text = forms.CharField(required=False, strip=False, max_length=2_000_000)
    published = forms.DateField(required=False)
    shared = forms.BooleanField(required=False)


class ProposalForm(EntryForm):
    """The fields of a proposed entry; the document and the place in it are given."""

    def __init__(self, *args: Any, reader: User, zone: Subject, **kwargs: Any) -> None:
        super().__init__(*args, reader=reader, zone=zone, sources=[], **kwargs)
        for name in ("source", "locator", "written", "note"):
            del self.fields[name]

    def corrected(self) -> dict[str, str]:
        """The fields as an entry takes them."""
        data = self.cleaned_data
        assert self.found_subject is not None
        assert self.found_metric is not None
        return {
            "subject": self.found_subject.code,
            "metric": self.found_metric.id,
            "figure": data["figure"],
            "period": data["period"],
            "op": data.get("op") or "=",
            "value": data["value"],
            "unit": data.get("unit", ""),
            "of": data.get("of", ""),
        }


def initial_of(told: Suggestion) -> dict[str, str]:
    """The suggestion as a person would type it: names instead of codes."""
    kind = told.subject.partition("/")[0] or "zone"
    return {
        "subject": f"{names.subject_name(told.subject)}（{told.subject}）" if told.subject else "",
        "metric": metric_typed(told.metric, kind),
        "figure": told.figure,
        "period": told.period,
        "op": told.op,
        "value": told.value,
        "unit": told.unit,
        "of": told.of,
    }


def metric_typed(code: str, kind: str) -> str:
    """The name of a metric where it leads back to it, otherwise its id; empty for an unknown one."""
    metric = catalogue.library().metrics.get(code)
    if metric is None:
        return ""
    name = names.metric_name(metric)
    try:
        return name if metric_named(name, kind).id == code else code
    except NoMatch:
        return code
