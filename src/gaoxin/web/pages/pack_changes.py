"""What a load of the packs changed, in words for the audit trail (内容包变更)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gaoxin.core.quantities import format_number

_MOST_NAMED = 8


def words(detail: Mapping[str, Any]) -> list[str]:
    """Figures, rows of the catalogue before and after, and what the packs hold no longer."""
    said = [
        _("新增 %(new)s 个数，更新 %(changed)s 个")
        % {"new": format_number(detail["new"]), "changed": format_number(detail["changed"])}
    ]
    for table, change in (detail.get("catalogue") or {}).items():
        name = _table(table)
        if added := change["added"]:
            said.append(_("新增%(table)s %(count)s 项") % {"table": name, "count": format_number(len(added))})
        if changed := change["changed"]:
            said.append(
                _("%(table)s有变：%(names)s") % {"table": name, "names": _some(list(_changes(changed)))}
            )
    for table, codes in (detail.get("gone") or {}).items():
        if codes:
            said.append(
                _("内容包里已没有的%(table)s（库中保留）：%(names)s")
                % {"table": _table(table), "names": _some(codes)}
            )
    return said


def _changes(changed: Mapping[str, Mapping[str, list[Any]]]) -> Iterator[str]:
    for code, columns in changed.items():
        yield f"{code} " + "，".join(
            f"{_column(column)} {_shown(before)}→{_shown(after)}"
            for column, (before, after) in columns.items()
        )


def _some(names: list[str]) -> str:
    """The first of them, and how many there are."""
    shown = "、".join(names[:_MOST_NAMED])
    if len(names) <= _MOST_NAMED:
        return shown
    return _("%(names)s 等 %(count)s 项") % {"names": shown, "count": format_number(len(names))}


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "、".join(str(one) for one in value) or "–"
    return str(value) if value not in (None, "") else "–"


def _table(name: str) -> str:
    return {
        "subjects": _("主体"),
        "metrics": _("指标"),
        "sources": _("来源"),
        "observations": _("数"),
    }.get(name, name)


def _column(name: str) -> str:
    return {
        "name": _("名称"),
        "name_en": _("英文名"),
        "aliases": _("别名"),
        "uscc": _("统一社会信用代码"),
        "zone": _("所属园区"),
        "parent": _("上级"),
        "sensitivity": _("敏感级别"),
        "dimension": _("量纲"),
        "title": _("标题"),
        "title_en": _("英文标题"),
        "publisher": _("发布者"),
        "published": _("发布日期"),
        "document": _("文种"),
        "rights_note": _("使用说明"),
        "sha256": _("文件指纹"),
    }.get(name, name)
