"""What happens before the first page: Django starts, database and content are brought up to date (开门准备).

Every step may be repeated; a step that finds nothing to do costs a few milliseconds and says nothing.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Protocol

import django


class Say(Protocol):
    def __call__(self, zh: str, en: str) -> None: ...


def start_django() -> None:
    """Make models and settings usable in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaoxin.web.settings")
    django.setup()


def prepare(*, demo: bool, say: Say) -> None:
    """Make the workbench ready to serve; with `demo`, with a synthetic zone and an account for each role.

    Raises: GaoxinError if a setting is missing or a pack cannot be loaded.
    """
    start_django()
    from django.conf import settings

    Path(settings.HOME).mkdir(mode=0o700, parents=True, exist_ok=True)
    bring_database_up_to_date(say)
    if not settings.DEBUG:
        collect_static_files(say)
    load_content(say)
    if demo:
        load_demonstration(say)


def bring_database_up_to_date(say: Say) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("更新数据库结构 …", "Bringing the database up to date …")
        call_command("migrate", interactive=False, verbosity=0)


def collect_static_files(say: Say) -> None:
    """Copy and fingerprint style sheets and scripts; again only when one of them has changed."""
    from django.conf import settings
    from django.core.management import call_command

    target = Path(settings.STATIC_ROOT)
    stamp = target / ".collected"
    digest = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    if not stamp.exists() or stamp.read_text() != digest.hexdigest():
        say("整理样式和脚本 …", "Collecting style sheets and scripts …")
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(digest.hexdigest())


def load_content(say: Say) -> None:
    """Bring the packs into the ledger; a pack that is already there in this version is left alone."""
    from gaoxin.packs.library import open_library
    from gaoxin.web.ledger import services

    services.load_packs(open_library())


def load_demonstration(say: Say) -> None:
    from gaoxin.web.accounts.demo import create_demo_accounts
    from gaoxin.web.ledger import services

    services.load_sandbox()
    create_demo_accounts()
