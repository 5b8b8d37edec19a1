"""Answers for a workbench whose database cannot be asked (健康检查之门).

Sessions and accounts are in the database, and every other middleware asks for them. So `/healthz` looks at
the database before anybody asks who is asking.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from gaoxin.web.operations import health


class HealthFirst:
    """`/healthz` of a broken workbench says so, with or without a session; all else goes on as usual."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != reverse("healthz") or request.method not in ("GET", "HEAD"):
            return self.answer(request)
        parts = health.examine()
        if health.broken(parts):
            return JsonResponse(
                {"status": "down"}, status=503, headers={"Cache-Control": "no-store, private"}
            )
        request.gx_health = parts  # type: ignore[attr-defined]
        return self.answer(request)
