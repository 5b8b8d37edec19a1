"""The acts of the audit trail in words (审计用语)."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.core.errors import GaoxinError
from gaoxin.core.quantities import format_number
from gaoxin.web.accounts.models import Role
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.models import AuditEvent
from gaoxin.web.ledger.reading import parse_period
from gaoxin.web.pages import names
from gaoxin.web.pages.provenance import moment

# the first word of an act, as the filter offers it
GROUPS = ("observation", "conflict", "import", "batch", "export", "subject", "account", "packs", "sandbox")


@dataclass(frozen=True, slots=True)
class ActLine:
    """One line of the trail. `what` is in words, `about` names subject and figure, `detail` gives the
    rest.
    """

    at: str
    who: str
    role: str
    what: str
    about: str
    url: str
    detail: str
    number: str


def group_name(group: str) -> str:
    return {
        "observation": _("登记与更正"),
        "conflict": _("裁定"),
        "import": _("导入"),
        "batch": _("撤回"),
        "export": _("导出"),
        "subject": _("查阅企业"),
        "account": _("账号"),
        "packs": _("内容包"),
        "sandbox": _("合成数据"),
    }[group]


def act_name(action: str) -> str:
    """The act in words; one that has none yet is told by its group."""
    known = {
        "observation.record": _("登记一个数"),
        "observation.correct": _("更正"),
        "observation.check": _("复核"),
        "conflict.rule": _("裁定"),
        "batch.withdraw": _("整批撤回"),
        "subject.view": _("查阅企业"),
        "account.sign_in": _("登录"),
        "account.sign_out": _("退出"),
        "account.open": _("开通账号"),
        "account.close": _("停用账号"),
        "import.upload": _("上传导入文件"),
        "import.accept": _("导入入库"),
        "import.cancel": _("取消导入"),
        "import.withdraw": _("撤回导入"),
        "packs.load": _("载入内容包"),
        "sandbox.load": _("生成合成数据"),
        "source.add": _("登记来源"),
    }
    if action in known:
        return known[action]
    group = action.partition(".")[0]
    return group_name(group) if group in GROUPS else _("其他操作")


def line(event: AuditEvent) -> ActLine:
    about = names.name_of(event.subject) if event.subject is not None else ""
    detail = event.detail or {}
    figure = _figure(detail)
    url = ""
    if event.action.startswith(("observation.", "conflict.")) and event.target.isdigit():
        url = reverse("figure", args=[int(event.target)])
    said = [str(detail["reason"])] if detail.get("reason") else []
    said += _filter_words(detail.get("filters"))
    if isinstance(detail.get("rows"), int):
        said.append(_("%s 行") % format_number(detail["rows"]))
    return ActLine(
        at=moment(event.at),
        who=event.by_name,
        role=str(dict(Role.choices).get(event.role, "")),
        what=act_name(event.action),
        about=" · ".join(part for part in (about, figure) if part) or _thing(event),
        url=url,
        detail="；".join(said),
        number=event.request_id,
    )


def _filter_words(asked: object) -> list[str]:
    """What an export was narrowed to."""
    words = asked.get("filter") if isinstance(asked, dict) else None
    return [str(word) for word in words] if isinstance(words, list) else []


def _thing(event: AuditEvent) -> str:
    """What an act was about where it was about no figure: a file, an account, a title; never a bare
    number.
    """
    detail = event.detail or {}
    asked = detail.get("filters")
    for held in (detail, asked if isinstance(asked, dict) else {}):
        for name in ("file", "title"):
            if isinstance(held.get(name), str):
                return str(held[name])
    return event.target if event.action.startswith("account.") else ""


def _figure(detail: dict[str, object]) -> str:
    code, period, figure = detail.get("metric"), detail.get("period"), detail.get("figure")
    if not isinstance(code, str):
        return ""
    name = names.figure_name(catalogue.metric(code), str(figure or "level"))
    try:
        when = names.period_name(parse_period(str(period))) if period else ""
    except GaoxinError:
        when = ""
    return f"{name} {when}".strip()
