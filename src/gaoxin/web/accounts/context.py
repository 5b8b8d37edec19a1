"""What every template may ask about the reader: `{% if may.facts_enter %}`, `{{ demo }}`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gaoxin.web.accounts.permissions import PERMISSIONS, can


class May:
    """`may.facts_enter` is `can(user, "facts.enter")`; a permission that does not exist raises."""

    def __init__(self, user: Any) -> None:
        self._user = user

    def __getitem__(self, name: str) -> bool:
        permission = name.replace("_", ".", 1)
        if permission not in PERMISSIONS:
            raise LookupError(f"no permission {permission!r}")
        return can(self._user, permission)


def reader(request: HttpRequest) -> dict[str, Any]:
    return {"may": May(getattr(request, "user", None)), "demo": settings.DEMO}
