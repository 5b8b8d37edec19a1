"""What a password must be, one that is given out once, and who must change his first (密码).

A one-time password opens one page only: the one where its owner chooses another.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.models import User

_WEAK = {
    "password_too_short": ("至少 10 个字符", "at least 10 characters"),
    "password_too_common": ("不能用常见密码", "not a common password"),
    "password_entirely_numeric": ("不能只有数字", "not digits alone"),
    "password_too_similar": ("不能和账号、姓名相近", "not like the name of the account or the person"),
}
# no letter or digit that is read for another one; 31 signs, 16 times: about 79 bits
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 4, 4
_OPEN = frozenset({"own-password", "sign-out", "set_language", "healthz"})


class AccountError(GaoxinError):
    """An account cannot be opened or changed as asked."""

    code = "account"


def checked_password(password: str, user: User) -> str:
    """The password, if it is strong enough. Raises: AccountError that says what is missing."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        weak = [_WEAK.get(one.code or "", (one.messages[0],) * 2) for one in problem.error_list]
        raise AccountError(
            "密码不合要求：" + "；".join(zh for zh, _ in weak) + "。",
            "The password is too weak: " + "; ".join(en for _, en in weak) + ".",
        ) from problem
    return password


def one_time_password() -> str:
    """Four groups of four signs that can be read out over the telephone."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


class FirstPassword:
    """Leads whoever signed in with a one-time password to the page where it is changed, from everywhere."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        waiting = isinstance(request.user, User) and request.user.must_change_password
        here = request.resolver_match.url_name if request.resolver_match is not None else None
        if waiting and here not in _OPEN:
            return redirect("own-password")
        return None
