"""The people of the demonstration: one account for each role, entered without a password (演示账号).

Exists only in demo mode, which settings refuse outside debug mode.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import connection, transaction
from django.db.models import Q

from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.services import AccountError, open_account
from gaoxin.web.ledger.models import Subject

PEOPLE: dict[str, tuple[str, str]] = {
    Role.DIRECTOR: ("周正", "管委会"),
    Role.STATISTICIAN: ("陈敏", "经济发展局"),
    Role.SCIENCE_OFFICER: ("李明", "科技创新局"),
    Role.INVESTMENT_OFFICER: ("何江", "投资促进局"),
    Role.WINDOW_OFFICER: ("赵静", "行政审批局"),
    Role.FINANCE_OFFICER: ("吴倩", "财政金融局"),
    Role.TALENT_OFFICER: ("孙悦", "组织人事部"),
    Role.BANK_USER: ("郑行", "示例银行"),
    Role.ENTERPRISE_USER: ("钱办", "示例企业"),
    Role.APPLICANT: ("王申", ""),
    Role.AUDITOR: ("冯审", "审计局"),
    Role.ADMINISTRATOR: ("许管", "信息中心"),
}


def real_accounts() -> int:
    """How many accounts are not of a demonstration, closed ones too.

    Asked before the tables are brought up to date: those of an earlier version do not say where an account
    was opened. There the accounts of the demonstration are known by their names, and by having no password.
    """
    ours = Q(
        username__in=[f"demo-{role}" for role in Role.values], password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, User._meta.db_table)
    if any(column.name == "opened_in_demo" for column in table):
        ours |= Q(opened_in_demo=True)
    return User.objects.exclude(ours).count()


def _required() -> None:
    if not settings.DEMO:
        raise AccountError("不是演示模式。", "This is not a demonstration.")


@transaction.atomic
def create_demo_accounts() -> dict[str, User]:
    """One account for each role, with all zones of the ledger; call it again after more zones were loaded.

    The enterprise user represents the first synthetic enterprise; where there is none there is no account.
    Raises: AccountError outside demo mode.
    """
    _required()
    zones = list(Subject.objects.filter(kind="zone"))
    firm = Subject.objects.filter(kind="enterprise", synthetic=True).order_by("code").first()
    accounts: dict[str, User] = {}
    for role, (name, department) in PEOPLE.items():
        if role == Role.ENTERPRISE_USER and firm is None:
            continue
        user = User.objects.filter(username=f"demo-{role}").first() or open_account(
            by=None,
            username=f"demo-{role}",
            role=role,
            display_name=f"{name}(演示)",
            department=department,
            enterprise=firm if role == Role.ENTERPRISE_USER else None,
        )
        user.zones.set([firm.zone] if role == Role.ENTERPRISE_USER and firm and firm.zone else zones)
        accounts[role] = user
    return accounts


def demo_account(role: str) -> User:
    """The demonstration account of a role.

    Raises: AccountError outside demo mode or for a role without one.
    """
    _required()
    user = User.objects.filter(username=f"demo-{role}", is_active=True).first()
    if user is None:
        raise AccountError(f"演示里没有“{role}”这个岗位。", f"The demonstration has no account for {role!r}.")
    return user
