"""Sign in, sign out, and the role picker of the demonstration.

`accounts/sign_in.html` gets `form` (AuthenticationForm: username, password), `next`, `demo_people` (list of
`DemoPerson`, empty outside demo mode) and `locked` (a `Lock` after too many failures, with 429). The picker
posts to `{% url "sign-in-as" person.role %}`, signing out posts to `{% url "sign-out" %}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from gaoxin.web.accounts.demo import PEOPLE, demo_account
from gaoxin.web.accounts.forms import PasswordForm
from gaoxin.web.accounts.lockout import Lock, lock_of
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.services import AccountError, record_act, set_own_password
from gaoxin.web.pages.forms import said
from gaoxin.web.pages.stage import enter_room

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
        record_act("sign_in", by=user, account=user)
        return redirect(_destination(request))
    return _page(request, form, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("old", "new", "again")
def own_password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; who came in with a one-time password gets no further before."""
    reader = enter_room(request, "")
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            user = set_own_password(by=reader, old=form.cleaned_data["old"], new=form.cleaned_data["new"])
        except AccountError as problem:
            form.add_error(None, said(problem))
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("密码已改，别处的登录都已退出"))
            return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "must": reader.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest, role: str) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    user = demo_account(role)
    logout(request)
    login(request, user, backend=_PASSWORD_BACKEND)
    record_act("sign_in", by=user, account=user, detail={"demo": True})
    return redirect(_destination(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    record_act("sign_out", by=user, account=user)
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Called by django-axes after too many failures from one address: for one name, or for all together."""
    locked = lock_of(request, credentials)
    answer = _page(request, AuthenticationForm(request), locked=locked, status=429)
    answer["Retry-After"] = str(locked.minutes * 60)
    return answer
