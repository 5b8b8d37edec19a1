"""The addresses of eligibility: rules, evaluations and what they found; before those of the pages."""

from __future__ import annotations

from django.urls import path

from gaoxin.web.eligibility.views import catalogue, enterprise, evaluation

urlpatterns = [
    path("subjects/enterprise/<str:code>/eligibility/", enterprise.enterprise, name="eligibility"),
    path(
        "subjects/enterprise/<str:code>/eligibility/export.xlsx",
        enterprise.export,
        name="eligibility-export",
    ),
    path("subjects/enterprise/<str:code>/eligibility/ways", enterprise.ways, name="eligibility-ways"),
    path("policies/", catalogue.rules, name="rules"),
    path("policies/evaluate", evaluation.evaluate, name="evaluate"),
    path("policies/evaluation", evaluation.state, name="evaluation-state"),
    path("policies/rules/<str:rule>/", catalogue.rule, name="rule"),
]
