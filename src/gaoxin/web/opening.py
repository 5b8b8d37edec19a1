"""Opens the workbench for a server or a command: settings, database, packs (启动准备).

`connect` is enough for a verb that reads or writes the ledger; `prepare` makes everything ready for pages.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable

from gaoxin.core.errors import GaoxinError
from gaoxin.web import environment

Say = Callable[[str, str], None]


class NotPrepared(GaoxinError):
    """The database has no tables yet, or older ones."""

    code = "not_prepared"


def connect(*, migrate: bool = False) -> None:
    """Make the ledger usable in this process, without a web server.

    `migrate`: also bring tables and packs up to date, for a verb that may be the first to write.
    A command signs no sessions, so it needs no GAOXIN_SECRET_KEY.
    Raises: NotPrepared if the database is not migrated and `migrate` is False.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaoxin.web.settings")
    os.environ.setdefault("GAOXIN_SECRET_KEY", secrets.token_urlsafe(48))
    _set_up()
    if migrate:
        if pending():
            _migrate()
        from gaoxin.web.ledger.catalogue import library
        from gaoxin.web.ledger.packs import load_packs

        load_packs(library())
    elif pending():
        raise NotPrepared(
            "数据库还没有准备好，请先运行一次 gaoxin serve --prepare-only。",
            "The database is not prepared; run `gaoxin serve --prepare-only` once.",
        )


def prepare(*, demo: bool, say: Say) -> None:
    """Everything a first page needs: tables, packs, static files; for a demonstration people and firms.

    Raises: SettingError for a demonstration on the ledger of a real zone; nothing has been written by then.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaoxin.web.settings")
    _set_up()
    from django.conf import settings

    if demo or settings.DEMO:
        refuse_real_ledger()
    if pending():
        say("正在准备数据库 …", "Preparing the database …")
        _migrate()
    _load_packs(say)
    if demo:
        _load_demo(say)
    if not settings.PLAIN_HTTP:
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)


def refuse_real_ledger() -> None:
    """A demonstration lets everybody in without a password: never where people of a zone have accounts.

    Closed accounts count: their ledger is as real as before.
    Raises: SettingError.
    """
    from django.db import connection

    from gaoxin.web.accounts.demo import real_accounts
    from gaoxin.web.accounts.models import User

    if User._meta.db_table not in connection.introspection.table_names():
        return
    real = real_accounts()
    if real:
        raise environment.SettingError(
            f"这里有 {real} 个正式账号，演示不用密码，不能在这份数据上打开。"
            "请换一个空目录：GAOXIN_HOME=./demo gaoxin serve --demo"
            "（设了 DATABASE_URL 的先去掉）；要正式运行请去掉 --demo 和 GAOXIN_DEMO。",
            f"This ledger has {real} real accounts, and a demonstration needs no password: it is not opened "
            "here. Choose an empty place: GAOXIN_HOME=./demo gaoxin serve --demo (with DATABASE_URL unset), "
            "or leave out --demo and GAOXIN_DEMO.",
        )


def pending() -> bool:
    """Are there migrations the database has not seen?"""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _set_up() -> None:
    import django

    environment.make_home()
    django.setup()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _load_packs(say: Say) -> None:
    from gaoxin.web.ledger.catalogue import library
    from gaoxin.web.ledger.packs import load_packs

    loaded = load_packs(library())
    if loaded.new or loaded.changed:
        say(
            f"内容包已装载：新增 {loaded.new} 个数，更新 {loaded.changed} 个。",
            f"Packs loaded: {loaded.new} new figures, {loaded.changed} changed.",
        )


def _load_demo(say: Say) -> None:
    from gaoxin.web.accounts.demo import create_demo_accounts
    from gaoxin.web.ledger.models import Subject
    from gaoxin.web.ledger.synthetic import DEMO_ENTERPRISES, load_sandbox

    # Whoever filled the practice zone themselves, with `gaoxin sandbox` or an import, keeps what they have.
    if not Subject.objects.filter(kind="enterprise", synthetic=True).exists():
        say("正在生成演练区，约半分钟 …", "Making the practice zone, about half a minute …")
        made = load_sandbox(enterprises=DEMO_ENTERPRISES)
        say(
            f"演练区已生成 {made.enterprises} 家虚构企业。",
            f"The practice zone has {made.enterprises} invented enterprises.",
        )
    create_demo_accounts()
    _judge_practice_zone(say)


def _judge_practice_zone(say: Say) -> None:
    """Freeze the practice zone once and judge it as of today; a second start has nothing to do."""
    from gaoxin.web.eligibility.services import evaluate
    from gaoxin.web.ledger.freezing import freeze_ledger
    from gaoxin.web.ledger.models import Snapshot, Subject
    from gaoxin.web.ledger.synthetic import DEMO_ZONE

    zone = Subject.objects.filter(code=DEMO_ZONE, inhabitants__kind="enterprise").distinct().first()
    if zone is None:
        return
    if not Snapshot.objects.exists():
        say("正在冻结数据并判定资格 …", "Freezing the facts and judging eligibility …")
        freeze_ledger()
    evaluate(zone)
