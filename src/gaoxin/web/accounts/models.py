"""Accounts and their roles (账号、岗位). What a role may do is in `permissions.py`."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from gaoxin.core.visible import shown


class Role(models.TextChoices):
    """The twelve roles; a person has exactly one."""

    DIRECTOR = "director", _("管委会领导")
    STATISTICIAN = "statistician", _("统计人员")
    SCIENCE_OFFICER = "science_officer", _("科技专员")
    INVESTMENT_OFFICER = "investment_officer", _("招商专员")
    WINDOW_OFFICER = "window_officer", _("窗口人员")
    FINANCE_OFFICER = "finance_officer", _("财政人员")
    TALENT_OFFICER = "talent_officer", _("人才专员")
    BANK_USER = "bank_user", _("银行用户")
    ENTERPRISE_USER = "enterprise_user", _("企业用户")
    APPLICANT = "applicant", _("申请人")
    AUDITOR = "auditor", _("审计人员")
    ADMINISTRATOR = "administrator", _("系统管理员")


class User(AbstractUser):
    """A person who signs in. Never deleted, for the ledger names its authors; `is_active` closes the door."""

    role = models.CharField(_("岗位"), max_length=24, choices=Role.choices)
    display_name = models.CharField(_("姓名"), max_length=60)
    department = models.CharField(_("部门"), max_length=80, blank=True)
    zones = models.ManyToManyField(
        "ledger.Subject",
        verbose_name=_("高新区"),
        blank=True,
        related_name="members",
        limit_choices_to={"kind": "zone"},
    )
    enterprise = models.ForeignKey(
        "ledger.Subject",
        verbose_name=_("所属企业"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="representatives",
        limit_choices_to={"kind": "enterprise"},
    )

    must_change_password = models.BooleanField(_("须先改密码"), default=False)
    opened_in_demo = models.BooleanField(_("演示中开通"), default=False)

    REQUIRED_FIELDS = ["role", "display_name"]

    class Meta:
        verbose_name = _("账号")
        constraints = [
            models.CheckConstraint(
                name="enterprise_only_for_enterprise_users",
                condition=models.Q(enterprise=None) | models.Q(role=Role.ENTERPRISE_USER),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return shown(self.display_name or self.username)
