"""The addresses of the pages; sign-in, imports and the machine room keep their own."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
