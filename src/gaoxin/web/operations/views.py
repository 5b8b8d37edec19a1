"""Answers `/healthz`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gaoxin.web.accounts.permissions import can
from gaoxin.web.operations.health import Part


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while pages can be served (`door.py` answers 503 else). Parts only for whoever may see them."""
    answer: dict[str, object] = {"status": "up"}
    if can(request.user, "backup.view"):
        parts: list[Part] = request.gx_health  # type: ignore[attr-defined]
        answer["parts"] = [{"name": part.name, "well": part.well, "detail": part.detail} for part in parts]
    return JsonResponse(answer)
