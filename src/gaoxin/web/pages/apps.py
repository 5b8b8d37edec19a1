"""Registers the pages with Django."""

from __future__ import annotations

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "gaoxin.web.pages"
    label = "pages"
