"""The addresses of the pages; sign-in, imports and the machine room keep their own."""

from __future__ import annotations

from django.urls import path

from gaoxin.web.pages.views import (
    audit,
    cards,
    checks,
    correction,
    desk,
    entry,
    exports,
    metrics,
    rulings,
    sources,
    subjects,
    withdrawals,
    zone,
)

urlpatterns = [
    path("", zone.home, name="home"),
    path("zones/<slug:slug>/", zone.zone, name="zone"),
    path("zones/<slug:slug>/export.xlsx", exports.zone, name="zone-export"),
    path("zones/<slug:slug>/metrics/<slug:code>/", metrics.metric, name="metric"),
    path("zones/<slug:slug>/metrics/<slug:code>/export.xlsx", exports.metric, name="metric-export"),
    path("compare/", metrics.compare, name="compare"),
    path("compare/export.xlsx", exports.compare, name="compare-export"),
    path("subjects/", subjects.subjects, name="subjects"),
    path("subjects/export.xlsx", subjects.export, name="subjects-export"),
    path("subjects/<slug:kind>/<str:code>/", subjects.subject, name="subject"),
    path("subjects/<slug:kind>/<str:code>/export.xlsx", subjects.export_one, name="subject-export"),
    path("observations/<int:observation>/", cards.figure, name="figure"),
    path("observations/<int:observation>/card", cards.card, name="card"),
    path("derived/<str:name>/card", cards.derived_card, name="derived-card"),
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", sources.new, name="source-new"),
    path("sources/<str:code>/", sources.source, name="source"),
    path("sources/<str:code>/export.xlsx", exports.source, name="source-export"),
    path("data/", desk.data, name="data"),
    path("data/enter/", entry.enter, name="enter"),
    path("data/enter/check", entry.check_entry, name="enter-check"),
    path("data/enter/subjects", entry.subject_hints, name="enter-subjects"),
    path("data/enter/metrics", entry.metric_hints, name="enter-metrics"),
    path("data/correct/<int:observation>/", correction.correct, name="correct"),
    path("data/checked/<int:observation>/", correction.check, name="check-figure"),
    path("data/conflicts/", rulings.conflicts, name="conflicts"),
    path("data/conflicts/<int:observation>/", rulings.conflict, name="conflict"),
    path("data/withdraw/<int:batch>/", withdrawals.withdraw, name="withdraw"),
    path("checks/", checks.checks, name="checks"),
    path("checks/export.xlsx", exports.checks, name="checks-export"),
    path("desk/", desk.desk, name="desk"),
    path("search", desk.search, name="search"),
    path("audit/", audit.audit, name="audit"),
]
