"""Is the workbench well? (健康检查): database, tables, background worker, room on the disk.

Asked by the proxy, by systemd and by `gaoxin serve` while it starts. The public answer is one word and a
status code; the parts, with their figures, are for whoever may see backups and health.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.web.operations.models import Heartbeat

SILENT_AFTER = timedelta(minutes=2)
LITTLE_ROOM = 1 << 30


@dataclass(frozen=True, slots=True)
class Part:
    """One thing looked at. `grave`: pages cannot be trusted or served without it."""

    name: str
    well: bool
    grave: bool
    detail: str


def examine() -> list[Part]:
    """Look at every part; a broken database hides what lies behind it."""
    database = _database()
    parts = [database]
    if database.well:
        parts += [_tables(), _worker()]
    return [*parts, _disk()]


def broken(parts: list[Part]) -> bool:
    """Pages cannot be served."""
    return any(part.grave and not part.well for part in parts)


def _database() -> Part:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError as error:
        return Part("database", False, True, type(error).__name__)
    return Part("database", True, True, connection.vendor)


def _tables() -> Part:
    from gaoxin.web.opening import pending

    behind = pending()
    return Part("tables", not behind, True, _("数据表需要更新") if behind else _("数据表是最新的"))


def _worker() -> Part:
    newest = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        return Part("worker", False, False, _("后台任务还没有启动过"))
    well = timezone.now() - newest < SILENT_AFTER
    return Part("worker", well, False, timezone.localtime(newest).strftime("%Y-%m-%d %H:%M:%S"))


def _disk() -> Part:
    free = shutil.disk_usage(settings.HOME).free
    return Part("disk", free >= LITTLE_ROOM, False, f"{free / (1 << 30):.1f} GiB")
