"""Reads the environment variables that configure the workbench (运行设置); knows nothing of Django.

`settings.py` turns the answers into Django's settings. A missing or contradictory variable is a
`SettingError` that names the variable and says what to put there.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gaoxin.core.errors import GaoxinError

SQLITE_OPTIONS: dict[str, Any] = {
    "timeout": 30,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000; "
        "PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; "
        "PRAGMA journal_size_limit = 67108864; "
        # otherwise INSERT OR REPLACE would remove a row without asking the guards of the ledger
        "PRAGMA recursive_triggers = ON;"
    ),
}
_TRUE = frozenset({"1", "true", "yes", "on"})


class SettingError(GaoxinError):
    """An environment variable is missing or contradicts another one."""

    code = "setting"


def home(environ: Mapping[str, str] = os.environ) -> Path:
    """The directory that holds database, snapshots and uploads (`GAOXIN_HOME`, default ./var)."""
    return Path(environ.get("GAOXIN_HOME") or "var").expanduser().resolve()


def write_privately() -> None:
    """From now on, what this process writes can be read by its own account only."""
    os.umask(0o077)


def make_home(environ: Mapping[str, str] = os.environ) -> Path:
    """Make the home folder and an SQLite database, for this account alone; what is there stays as it is.

    SQLite gives the files beside a database the rights of the database.
    """
    write_privately()
    place = home(environ)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = database(environ.get("DATABASE_URL"), place)
    if held["ENGINE"].endswith("sqlite3"):
        file = Path(held["NAME"])
        if file.parent.is_dir() and not file.exists():
            file.touch(mode=0o600)
    return place


def flag(name: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Is the variable switched on? `1 true yes on` are yes; everything else, and absence, is no."""
    return environ.get(name, "").strip().lower() in _TRUE


def words(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """A list written with commas or spaces."""
    return environ.get(name, "").replace(",", " ").split()


def networks(
    name: str, *, default: str = "", environ: Mapping[str, str] = os.environ
) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks such as `10.0.0.5 192.168.1.0/24`.

    Raises: SettingError for what is neither.
    """
    try:
        return [ip_network(word) for word in words(name, environ) or default.split()]
    except ValueError as problem:
        raise SettingError(
            f"{name} 要写 IP 地址或网段，例如 10.0.0.5 192.168.1.0/24。",
            f"{name} takes addresses or networks such as 10.0.0.5 192.168.1.0/24.",
        ) from problem


def demo(debug: bool, environ: Mapping[str, str] = os.environ) -> bool:
    """Is this a demonstration, where a role is chosen without a password?

    Raises: SettingError outside debug mode: passwordless doors must never stand open on a real ledger.
    """
    wanted = flag("GAOXIN_DEMO", environ)
    if wanted and not debug:
        raise SettingError(
            "演示模式不用密码，只能与 GAOXIN_DEBUG=1 同时使用。正式运行请去掉 GAOXIN_DEMO;"
            "要试用请运行 gaoxin serve --demo。",
            "GAOXIN_DEMO needs no passwords and is refused without GAOXIN_DEBUG=1. Remove GAOXIN_DEMO, "
            "or run `gaoxin serve --demo`.",
        )
    return wanted


def secret_key(debug: bool, environ: Mapping[str, str] = os.environ) -> str:
    """The key that signs sessions (`GAOXIN_SECRET_KEY`).

    Missing: in debug mode one is made once and kept in GAOXIN_HOME/secret-key, readable by its owner only.
    Raises: SettingError outside debug mode, and for a key shorter than 32 characters.
    """
    given = environ.get("GAOXIN_SECRET_KEY", "")
    if given:
        if len(given) < 32 and not debug:
            raise SettingError(
                "GAOXIN_SECRET_KEY 太短：至少 32 个字符。",
                "GAOXIN_SECRET_KEY is too short: at least 32 characters.",
            )
        return given
    if not debug:
        raise SettingError(
            "没有设置 GAOXIN_SECRET_KEY。正式运行必须设置：至少 32 个随机字符，每次启动相同，不要写进代码。",
            "GAOXIN_SECRET_KEY is not set. Outside GAOXIN_DEBUG=1 it is required: at least 32 random "
            "characters, "
            "the same at every start.",
        )
    kept = home(environ) / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        draft = kept.with_name(f".secret-key-{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(draft, kept)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return kept.read_text(encoding="ascii").strip()


def database(url: str | None, directory: Path) -> dict[str, Any]:
    """Django's description of the database named by `DATABASE_URL`; without one, SQLite in `directory`.

    `sqlite:////absolute/path` · `sqlite:///relative/path` ·
    `postgres://user:password@host:port/name?sslmode=require`; user, password and name are percent-encoded;
    `postgres:///name` uses the local socket.
    """
    if not url:
        return _sqlite(directory / "gaoxin.sqlite3")
    try:
        parts = urlsplit(url)
        name, port = unquote(parts.path[1:]), parts.port
    except ValueError:
        raise _not_understood() from None
    if parts.scheme == "sqlite" and name:
        return _sqlite(Path(name))
    if parts.scheme in ("postgres", "postgresql") and name:
        query = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": name,
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.pop("host", unquote(parts.hostname or "")),
            "PORT": str(port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": query,
        }
    raise _not_understood()


def _not_understood() -> SettingError:
    """Says how to write it, and does not repeat what was written: there is a password in it."""
    return SettingError(
        "看不懂 DATABASE_URL。应写作 postgres://用户：密码@主机：端口/库名 或 sqlite:////绝对路径。",
        "DATABASE_URL is not understood: write postgres://user:password@host:port/name or sqlite:////absolute/path.",
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path.expanduser().resolve()),
        "OPTIONS": dict(SQLITE_OPTIONS),
    }
