"""What a clerk types in by hand (填报): one figure, its correction, a ruling.

A form says under the field what is wrong and what to do; what was typed stays. The services check
everything again.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaoxin.core.errors import GaoxinError, NumberError, PeriodError, UnitError
from gaoxin.core.periods import Period
from gaoxin.facts.values import Value
from gaoxin.packs.schemas import Metric
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.ledger.models import Source, Subject
from gaoxin.web.ledger.models.decisions import ReasonCode
from gaoxin.web.ledger.values import typed_value
from gaoxin.web.pages import names
from gaoxin.web.pages.lookup import NoMatch, metric_named, subject_named
from gaoxin.web.pages.scope import language

SIGNS = (
    ("=", gettext_lazy("等于")),
    ("~", gettext_lazy("约")),
    (">", gettext_lazy("大于（超过、突破）")),
    (">=", gettext_lazy("不少于（以上、达到）")),
    ("<", gettext_lazy("小于（不足、近）")),
    ("<=", gettext_lazy("不超过（以内）")),
)
KINDS = ("level", "growth", "share", "rank", "multiple", "change", "target")


def said(problem: GaoxinError) -> str:
    return problem.in_language(language())


class FigureFields(forms.Form):
    """Sign, number and unit, shared by entry and correction."""

    op = forms.ChoiceField(choices=SIGNS, initial="=", required=False)
    value = forms.CharField(max_length=400)
    unit = forms.CharField(max_length=24, required=False)
    written = forms.CharField(max_length=24, required=False)
    locator = forms.CharField(max_length=120, required=False)

    def held(self, metric: Metric, figure: str, *, exact: bool) -> Value | None:
        """The value as typed; a problem is put under the field it is about."""
        data = self.cleaned_data
        try:
            return typed_value(
                metric,
                data.get("value", ""),
                unit=data.get("unit", ""),
                op=data.get("op") or "=",
                figure=figure,
                exact=exact,
            )
        except UnitError as problem:
            self.add_error("unit", said(problem))
        except (NumberError, GaoxinError) as problem:
            self.add_error("value", said(problem))
        return None


class EntryForm(FigureFields):
    """One figure that a source states (录入)."""

    subject = forms.CharField(max_length=200)
    metric = forms.CharField(max_length=200)
    figure = forms.ChoiceField(choices=())
    period = forms.CharField(max_length=40)
    of = forms.CharField(max_length=120, required=False)
    source = forms.ChoiceField(choices=())
    note = forms.CharField(max_length=400, required=False)

    field_order = (
        "source", "locator", "written", "subject", "metric", "figure", "period", "op", "value", "unit",
        "of", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, reader: User, zone: Subject, sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.zone = zone
        self.found_subject: Subject | None = None
        self.found_metric: Metric | None = None
        self.fields["figure"].choices = [(kind, names.kind_name(kind)) for kind in KINDS]
        self.fields["source"].choices = [("", ""), *((s.code, names.title_of(s)) for s in sources)]

    def clean_period(self) -> str:
        try:
            return Period.parse(self.cleaned_data["period"]).code
        except PeriodError as problem:
            raise forms.ValidationError(said(problem)) from problem

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            self.found_subject = subject_named(self.reader, self.zone, data.get("subject", ""))
        except NoMatch as problem:
            self.add_error("subject", said(problem))
        kind = self.found_subject.kind if self.found_subject is not None else "zone"
        try:
            self.found_metric = metric_named(data.get("metric", ""), kind)
        except NoMatch as problem:
            self.add_error("metric", said(problem))
        figure = data.get("figure") or "level"
        if figure == "share" and not data.get("of"):
            self.add_error("of", _("占比要写明占谁的，例如所在的市"))
        if self.found_metric is not None:
            if not data.get("unit") and figure == "level" and self.found_metric.unit:
                data["unit"] = self.found_metric.unit
            if not data.get("unit") and figure in ("growth", "share"):
                data["unit"] = "%"
            if data.get("value"):
                self.held(self.found_metric, figure, exact=kind == "enterprise")
        return data


class CorrectionForm(FigureFields):
    """A new value for a figure, and why (更正)."""

    reason_code = forms.ChoiceField(
        choices=(
            (ReasonCode.MISTAKE, gettext_lazy("数据更正")),
            (ReasonCode.SCOPE, gettext_lazy("统计口径调整")),
            (ReasonCode.CENSUS, gettext_lazy("普查修订")),
            (ReasonCode.LATE, gettext_lazy("迟报")),
        )
    )
    reason = forms.CharField(max_length=400)
    source = forms.ChoiceField(choices=())
    seen = forms.IntegerField(required=False)
    sure = forms.BooleanField(required=False)

    def __init__(self, *args: Any, figure: Figure, sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stated = figure
        own = (figure.source_id, names.source_title(figure.source_id, figure.source_title))
        others = [(s.code, names.title_of(s)) for s in sources if s.code != figure.source_id]
        self.fields["source"].choices = [own, *others]
        self.new_value: Value | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("unit"):
            data["unit"] = self.stated.unit
        if data.get("value"):
            metric = catalogue.metric(self.stated.metric.id)
            exact = self.stated.subject_code.startswith("enterprise/")
            self.new_value = self.held(metric, self.stated.figure, exact=exact)
            if self.new_value == self.stated.value and data.get("source") == self.stated.source_id:
                self.add_error("value", _("和现在的数一样，没有要更正的"))
        return data


class ReasonForm(forms.Form):
    """A decision that needs a reason: a ruling, a withdrawal."""

    stands = forms.IntegerField(required=False)
    seen = forms.CharField(required=False, max_length=400)
    reason = forms.CharField(max_length=400)


class SourceForm(forms.Form):
    """A document that figures are taken from (登记来源)."""

    title = forms.CharField(max_length=300)
    publisher = forms.CharField(max_length=200, required=False)
    published = forms.DateField(required=False)
    document = forms.ChoiceField(choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ("news", "notice", "bulletin", "yearbook", "form", "register", "law", "standard", "other")
        self.fields["document"].choices = [(kind, names.document_kind(kind)) for kind in kinds]
