"""The pages on which an administrator looks after accounts (账号管理).

A one-time password is on the page that answers its making, and nowhere else: reloading that page asks anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gaoxin.core.errors import GaoxinError
from gaoxin.core.visible import shown
from gaoxin.web.accounts import selectors, services
from gaoxin.web.accounts.forms import AccountForm
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.passwords import one_time_password
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.ledger.moments import when
from gaoxin.web.pages import acts, names
from gaoxin.web.pages.forms import said
from gaoxin.web.pages.stage import enter_room


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the list."""

    pk: int
    username: str
    name: str
    role: str
    department: str
    zones: str
    open: bool
    waiting: bool
    last: str


@requires("accounts.manage")
def accounts(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, searched and narrowed."""
    reader = enter_room(request, "data", synthetic=False)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("q", "role", "zone", "state")}
    page = selectors.accounts(reader, after=request.GET.get("after", "")[:150], **asked)
    context = {
        "lines": [_line(user) for user in page.rows],
        "page": page,
        "first": not request.GET.get("after"),
        "roles": Role.choices,
        "zones": [(zone.code, names.name_of(zone)) for zone in selectors.zones_to_give(reader)],
        "states": [("open", _("在用")), ("closed", _("已停用")), ("never", _("还没有登录过"))],
        "narrowed": any(asked.values()),
        **asked,
    }
    return render(request, "accounts/accounts.html", context)


@requires("accounts.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Open an account; the answer holds its one-time password."""
    reader = enter_room(request, "data", synthetic=False)
    form = AccountForm(request.POST if request.method == "POST" else None, reader=reader)
    if form.is_bound and form.is_valid():
        data, secret = form.cleaned_data, one_time_password()
        try:
            made = services.open_account(
                by=reader,
                username=data["username"],
                role=data["role"],
                display_name=data["display_name"],
                department=data["department"],
                zones=form.chosen_zones,
                enterprise=data["enterprise"],
                password=secret,
                one_time=True,
            )
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            return _handed_out(request, made, secret, _("账号已开通"))
    return _form(request, form, None)


@requires("accounts.manage")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who it is, what was done to it, and what may be changed."""
    reader = enter_room(request, "data", synthetic=False)
    user = selectors.account(reader, pk)
    form = AccountForm(request.POST if request.method == "POST" else None, reader=reader, account=user)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        try:
            services.change_account(
                by=reader,
                username=user.username,
                role=data["role"],
                display_name=data["display_name"],
                department=data["department"],
                zones=form.chosen_zones,
                enterprise=data["enterprise"],
            )
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已保存，对方打开下一页时生效"))
            return redirect("account", pk)
    return _form(request, form, user)


@requires("accounts.manage")
@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    return _secret(request, pk, services.reset_password, _("密码已重设"))


@requires("accounts.manage")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return _secret(request, pk, services.reopen_account, _("账号已恢复"))


@requires("accounts.manage")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    reader = enter_room(request, "data", synthetic=False)
    user = selectors.account(reader, pk)
    services.close_account(by=reader, username=user.username)
    messages.success(request, _("已停用，对方已经退出"))
    return redirect("account", pk)


def _secret(request: HttpRequest, pk: int, act: Callable[..., str], done: str) -> HttpResponse:
    reader = enter_room(request, "data", synthetic=False)
    user = selectors.account(reader, pk)
    return _handed_out(request, user, act(by=reader, username=user.username), done)


def _handed_out(request: HttpRequest, user: User, secret: str, done: str) -> HttpResponse:
    context = {"line": _line(user), "secret": secret, "done": done}
    return render(request, "accounts/handed_out.html", context)


def _form(request: HttpRequest, form: AccountForm, user: User | None) -> HttpResponse:
    reader = form.reader
    context = {
        "form": form,
        "line": _line(user) if user is not None else None,
        "own": user is not None and user.pk == reader.pk,
        "departments": selectors.departments(reader),
        "history": [acts.line(event) for event in selectors.trail(reader, user)] if user is not None else [],
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


def _line(user: User) -> AccountLine:
    places = [names.name_of(zone) for zone in user.zones.all()]
    if user.enterprise is not None:
        places = [names.name_of(user.enterprise)]
    return AccountLine(
        pk=user.pk,
        username=shown(user.username),
        name=user.get_full_name(),
        role=str(Role(user.role).label),
        department=shown(user.department),
        zones="、".join(places),
        open=user.is_active,
        waiting=user.must_change_password,
        last=when(user.last_login) if user.last_login else "",
    )
