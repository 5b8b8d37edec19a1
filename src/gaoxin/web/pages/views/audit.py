"""Who did, saw or took out what (审计记录): for auditors and administrators, read-only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gaoxin.web.accounts.models import Role
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.pages import acts
from gaoxin.web.pages.scope import whole
from gaoxin.web.pages.selectors import audit as events_of
from gaoxin.web.pages.stage import enter_room


@requires("audit.view")
def audit(request: HttpRequest) -> HttpResponse:
    """Newest first, a page at a time; narrowed by kind of act and by person."""
    reader = enter_room(request, "data", synthetic=False)
    action = request.GET.get("action", "")
    action = action if action in acts.GROUPS else ""
    by = request.GET.get("by", "").strip()[:40]
    events, more = events_of(reader, after=whole(request.GET.get("after", "")), action=action, by=by)
    context = {
        "lines": [acts.line(event) for event in events],
        "after": more,
        "action": action,
        "by": by,
        "groups": [(key, acts.group_name(key)) for key in acts.GROUPS],
        "roles": dict(Role.choices),
    }
    return render(request, "pages/audit.html", context)
