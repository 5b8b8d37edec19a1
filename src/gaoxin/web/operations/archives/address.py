"""Where a ledger lives (所在): GAOXIN_HOME and the database; looking makes neither."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaoxin.web import environment

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Address:
    """The home folder and Django's description of the database."""

    home: Path
    database: dict[str, Any]
    url: str | None = None

    @classmethod
    def of(cls, home: Path | None = None, url: str | None = None) -> Address:
        """Without arguments what GAOXIN_HOME and DATABASE_URL say.

        Raises: SettingError for an address that is not understood.
        """
        place = home.expanduser().resolve() if home is not None else environment.home()
        url = url or os.environ.get("DATABASE_URL")
        return cls(place, environment.database(url, place), url)

    @property
    def vendor(self) -> str:
        return str(self.database["ENGINE"]).rpartition(".")[2].removesuffix("3")

    @property
    def sqlite(self) -> Path | None:
        """The database file, if it is one."""
        return Path(self.database["NAME"]) if self.vendor == "sqlite" else None

    def connection(self) -> BaseDatabaseWrapper:
        """Django's connection to this database, made ready in this process; it opens when it is used.

        Django reads its settings once: one process has one ledger.
        """
        import django
        from django.db import DEFAULT_DB_ALIAS, connections

        os.environ["GAOXIN_HOME"] = str(self.home)
        os.environ["DATABASE_URL"] = self.url or ""
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaoxin.web.settings")
        os.environ.setdefault("GAOXIN_SECRET_KEY", secrets.token_urlsafe(48))  # a command signs nothing
        environment.write_privately()
        django.setup()
        return connections[DEFAULT_DB_ALIAS]
