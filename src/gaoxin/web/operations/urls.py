"""Addresses of the operations app."""

from __future__ import annotations

from django.urls import path

from gaoxin.web.operations import views

urlpatterns = [path("healthz", views.healthz, name="healthz")]
