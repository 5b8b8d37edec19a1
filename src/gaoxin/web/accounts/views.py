"""Sign in, sign out, and the role picker of the demonstration.

`accounts/sign_in.html` gets `form` (AuthenticationForm: username, password), `next`, `demo_people` (list of
`DemoPerson`, empty outside demo mode) and `locked` (a `Lock` after too many failures, with 429). The picker
posts to `{% url "sign-in-as" person.role %}`, signing out posts to `{% url "sign-out" %}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gaoxin.web.accounts.demo import PEOPLE, demo_account
from gaoxin.web.accounts.lockout import Lock, lock_of
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.ledger.audit import record_event

_PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One card of the role picker."""

    role: str
    label: str
    name: str
    department: str


def _destination(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else settings.LOGIN_REDIRECT_URL


def _page(
    request: HttpRequest, form: AuthenticationForm, *, locked: Lock | None = None, status: int = 200
) -> HttpResponse:
    people: list[DemoPerson] = []
    if settings.DEMO:
        present = set(
            User.objects.filter(username__startswith="demo-", is_active=True).values_list("role", flat=True)
        )
        people = [
            DemoPerson(role, str(Role(role).label), name, department)
            for role, (name, department) in PEOPLE.items()
            if role in present
        ]
    context = {"form": form, "next": _destination(request), "demo_people": people, "locked": locked}
    return render(request, "accounts/sign_in.html", context, status=status)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_destination(request))
    form = AuthenticationForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user: Any = form.get_user()
        login(request, user)
        record_event(by=user, action="account.sign_in")
        return redirect(_destination(request))
    return _page(request, form, status=422 if form.is_bound else 200)


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest, role: str) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    user = demo_account(role)
    logout(request)
    login(request, user, backend=_PASSWORD_BACKEND)
    record_event(by=user, action="account.sign_in", detail={"demo": True})
    return redirect(_destination(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    record_event(by=request.user, action="account.sign_out")
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Called by django-axes after too many failures from one address: for one name, or for all together."""
    locked = lock_of(request, credentials)
    answer = _page(request, AuthenticationForm(request), locked=locked, status=429)
    answer["Retry-After"] = str(locked.minutes * 60)
    return answer
