"""What an administrator types about an account, and anybody about the own password (账号表单).

Which names, zones and passwords are allowed is decided by the services; a form reads what was typed.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from gaoxin.core.errors import IdentifierError
from gaoxin.core.identifiers import check_uscc
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.selectors import enterprise_to_give, zones_to_give
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import names
from gaoxin.web.pages.forms import said


class AccountForm(forms.Form):
    """One account; `username` only when it is opened, for the records name it."""

    username = forms.CharField(max_length=150)
    display_name = forms.CharField(max_length=60)
    department = forms.CharField(max_length=80, required=False)
    role = forms.ChoiceField(choices=Role.choices)
    zones = forms.MultipleChoiceField(choices=(), required=False)
    enterprise = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, reader: User, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self._zones = {zone.code: zone for zone in zones_to_give(reader)}
        self.fields["zones"].choices = [(code, names.name_of(zone)) for code, zone in self._zones.items()]
        if account is not None:
            del self.fields["username"]
            self.initial = _initial(account) | self.initial

    def clean_enterprise(self) -> Subject | None:
        typed = self.cleaned_data["enterprise"].strip()
        if not typed:
            return None
        try:
            code = check_uscc(typed)
        except IdentifierError as problem:
            raise forms.ValidationError(said(problem)) from problem
        firm = enterprise_to_give(self.reader, code)
        if firm is None:
            raise forms.ValidationError(_("您的园区里没有这个信用代码的企业，请先导入或核对代码"))
        return firm

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        is_firm = data.get("role") == Role.ENTERPRISE_USER
        if is_firm and not data.get("enterprise") and "enterprise" not in self.errors:
            self.add_error("enterprise", _("企业用户要填所属企业的信用代码"))
        if not is_firm and data.get("enterprise"):
            self.add_error("enterprise", _("只有企业用户才填所属企业，请清空"))
        if not is_firm and not data.get("zones"):
            self.add_error("zones", _("至少选一个高新区，不然什么也看不到"))
        return data

    @property
    def chosen_zones(self) -> list[Subject]:
        return [self._zones[code] for code in self.cleaned_data["zones"]]

    @property
    def ticked(self) -> list[str]:
        """The zones to show as chosen."""
        return list(self["zones"].value() or [])


class PasswordForm(forms.Form):
    """The present password, and twice the new one."""

    old = forms.CharField(max_length=200, strip=False)
    new = forms.CharField(max_length=200, strip=False)
    again = forms.CharField(max_length=200, strip=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("两次输入的新密码不一样，请重新输入"))
        return data


def _initial(account: User) -> dict[str, Any]:
    return {
        "display_name": account.display_name,
        "department": account.department,
        "role": account.role,
        "zones": [zone.code for zone in account.zones.all()],
        "enterprise": (account.enterprise.uscc or "") if account.enterprise is not None else "",
    }
