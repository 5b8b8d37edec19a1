"""How a role looks on the sign-in page: its icon and what it comes here to do (岗位)."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gaoxin.web.accounts.models import Role


class Face(NamedTuple):
    icon: str
    task: str | Promise


FACES: dict[str, Face] = {
    Role.DIRECTOR: Face("target", _("看总览、占比和待裁定")),
    Role.STATISTICIAN: Face("sigma", _("录入、导入、更正、裁定")),
    Role.SCIENCE_OFFICER: Face("school", _("看企业和创新指标")),
    Role.INVESTMENT_OFFICER: Face("invest", _("看企业、项目和到位资金")),
    Role.WINDOW_OFFICER: Face("window", _("查企业基本情况")),
    Role.FINANCE_OFFICER: Face("coin", _("看收入、税收和互校")),
    Role.TALENT_OFFICER: Face("users", _("看企业和人才指标")),
    Role.BANK_USER: Face("bank", _("只看公开的园区数字")),
    Role.ENTERPRISE_USER: Face("firm", _("只看本企业的数字")),
    Role.APPLICANT: Face("id", _("只看公开的园区数字")),
    Role.AUDITOR: Face("audit", _("只读，查谁改过什么")),
    Role.ADMINISTRATOR: Face("gear", _("账号、内容包、备份")),
}
