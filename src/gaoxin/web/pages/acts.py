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
from gaoxin.web.ledger.moments import when
from gaoxin.web.ledger.reading import parse_period
from gaoxin.web.pages import names, pack_changes

# the first word of an act, as the filter offers it
GROUPS = (
    "observation",
    "conflict",
    "objection",
    "import",
    "batch",
    "export",
    "doubt",
    "snapshot",
    "source",
    "subject",
    "account",
    "packs",
    "sandbox",
)


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
        "objection": _("异议"),
        "import": _("导入"),
        "batch": _("撤回"),
        "export": _("导出"),
        "doubt": _("核实"),
        "snapshot": _("数据快照"),
        "source": _("来源"),
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
        "account.change": _("修改账号"),
        "account.reopen": _("恢复账号"),
        "account.password": _("重设密码"),
        "objection.raise": _("提出异议"),
        "objection.accept": _("采纳异议"),
        "objection.refuse": _("不采纳异议"),
        "import.upload": _("上传导入文件"),
        "import.accept": _("导入入库"),
        "import.cancel": _("取消导入"),
        "import.decide": _("决定导入中的行"),
        "import.withdraw": _("撤回导入"),
        "packs.load": _("载入内容包"),
        "sandbox.load": _("生成合成数据"),
        "source.add": _("登记来源"),
        "doubt.answer": _("写核实结果"),
        "snapshot.freeze": _("冻结数据快照"),
        "import.fail": _("导入没有办成"),
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
    if event.action.startswith(("observation.", "conflict.", "objection.")) and event.target.isdigit():
        url = reverse("figure", args=[int(event.target)])
    said = [str(detail["reason"])] if detail.get("reason") else []
    said += _changed(detail.get("changes"))
    said += _filter_words(detail.get("filters"))
    if isinstance(detail.get("rows"), int):
        said.append(_("%s 行") % format_number(detail["rows"]))
    if event.action == "packs.load":
        said += pack_changes.words(detail)
    return ActLine(
        at=when(event.at),
        who=event.by_name,
        role=str(dict(Role.choices).get(event.role, "")),
        what=act_name(event.action),
        about=" · ".join(part for part in (about, figure) if part) or _thing(event),
        url=url,
        detail="；".join(said),
        number=event.request_id,
    )


def _changed(changes: object) -> list[str]:
    """What an account was and is: 岗位：统计人员 → 审计人员."""
    if not isinstance(changes, dict):
        return []
    words = {
        "role": _("岗位"),
        "display_name": _("姓名"),
        "department": _("部门"),
        "zones": _("高新区"),
        "enterprise": _("所属企业"),
    }
    return [
        f"{words[name]}：{_held(name, was)} → {_held(name, now)}"
        for name, (was, now) in changes.items()
        if name in words
    ]


def _held(name: str, value: object) -> str:
    if name == "role":
        return str(dict(Role.choices).get(str(value), value))
    held = value if isinstance(value, list) else [value] if value else []
    return (
        "、".join(names.subject_name(one) if name in ("zones", "enterprise") else one for one in held) or "–"
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
