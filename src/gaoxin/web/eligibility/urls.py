"""The addresses of eligibility: rules, evaluations and what they found; before those of the pages."""

from __future__ import annotations

from django.urls import path

from gaoxin.web.eligibility.views import evaluation

urlpatterns = [
    path("policies/evaluate", evaluation.evaluate, name="evaluate"),
    path("policies/evaluation", evaluation.state, name="evaluation-state"),
]
