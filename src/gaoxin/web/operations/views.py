"""Answers `/healthz`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaoxin.web.accounts.permissions import can
from gaoxin.web.operations import health


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while pages can be served, else 503. Parts and figures only for whoever may see them."""
    parts = health.examine()
    broken = [part for part in parts if part.grave and not part.well]
    answer: dict[str, object] = {"status": "down" if broken else "up"}
    if not broken and can(request.user, "backup.view"):
        answer["parts"] = [{"name": part.name, "well": part.well, "detail": part.detail} for part in parts]
    return JsonResponse(answer, status=503 if broken else 200)
