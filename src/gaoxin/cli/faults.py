"""How a call that went wrong ends: words for the person, a number for the shell, a traceback for the log.

| what happened | exit | who can act |
|---|---|---|
| the call cannot be understood (a wrong option, date, unit, code) | 2 | the caller |
| a GaoxinError: content, facts or files are not as they must be | 1 | the caller; the message says how |
| the place of the ledger cannot be written: GAOXIN_HOME or the SQLite file in it | 1 | the caller |
| anything else | 3 | we: the traceback goes to the log under the printed number |
"""

import errno
import os
import secrets
import sqlite3
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from click.exceptions import NoSuchCommand

from gaoxin.cli.console import FAULT, FINDINGS, MISUSE, Console
from gaoxin.core.errors import GaoxinError
from gaoxin.web import environment

# Errors that mean "this call says something that cannot be understood".
MISREAD = frozenset({"deadline", "identifier", "number", "period", "setting", "unit"})
# What the system says of a place that may not be read or written, or has no room left.
CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT})
# … and what SQLite says of its file.
NO_LEDGER = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL")


def explain(error: GaoxinError, console: Console) -> int:
    """Say what a person can do about it."""
    console.complain(error.zh, error.en, code=error.code, **error.context)
    return MISUSE if error.code in MISREAD else FINDINGS


def explain_usage(error: click.UsageError, console: Console) -> int:
    """Say how the call should have been written."""
    zh, en = _in_both_languages(error)
    if error.ctx is not None:
        usage = error.ctx.command_path
        zh += f"\n查看用法：{usage} --help"
        en += f"\nSee how it is used: {usage} --help"
    console.complain(zh, en, code="misuse")
    return MISUSE


def _in_both_languages(error: click.UsageError) -> tuple[str, str]:
    english = error.format_message()
    match error:
        case click.MissingParameter():
            name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
            return f"缺少参数 {name}。", english
        case NoSuchCommand():
            return f"没有“{error.command_name}”这个命令。{_did_you_mean(error.possibilities)}", english
        case click.NoSuchOption():
            return f"没有 {error.option_name} 这个选项。{_did_you_mean(error.possibilities)}", english
        case click.BadParameter():
            name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
            return f"参数 {name} 的值不对：{error.message}", english
    return f"用法不对：{english}", english


def _did_you_mean(near: Sequence[str] | None) -> str:
    return f"是不是 {near[0]}？" if near else ""


def is_closed_home(error: BaseException) -> bool:
    """Did this fail because GAOXIN_HOME, or the SQLite file, cannot be read or written?"""
    match error:
        case OSError(filename=str() | Path() as name):
            home, place = environment.home(), Path(name).absolute()
            return home.is_relative_to(place) or (place.is_relative_to(home) and error.errno in CLOSED)
        case sqlite3.Error():
            return getattr(error, "sqlite_errorname", "").startswith(NO_LEDGER)
    return error.__cause__ is not None and is_closed_home(error.__cause__)


def explain_closed_home(error: BaseException, console: Console) -> int:
    """Name the place and what the system says of it."""
    home, reason = environment.home(), getattr(error, "strerror", None) or str(error)
    console.complain(
        f"存放数据的目录 {home} 用不了（{reason}）。请检查路径、权限和磁盘，"
        "或换一个能写的目录：GAOXIN_HOME=目录",
        f"The folder for the data, {home}, cannot be used ({reason}). Check path, rights and disk, or name "
        "another that can be written: GAOXIN_HOME=FOLDER",
        code="home",
    )
    return FINDINGS


def report_fault(error: BaseException, console: Console) -> int:
    """Our bug: a short apology with a number; the traceback goes to the log under that number."""
    number = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    try:
        log = str(_log(number, error))
    except OSError:
        log = ""
    zh = f"程序出错了，这不是您的问题。错误编号 {number}" + (f"，详情已记入 {log}" if log else "")
    en = f"This is our fault, not yours. Error {number}" + (f", details are in {log}" if log else "")
    console.complain(zh, en, code="fault", number=number, log=log)
    return FAULT


def _log(number: str, error: BaseException) -> Path:
    home = Path(os.environ.get("GAOXIN_HOME", "var"))
    folder = home / "log" if home.is_dir() else _state_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "gaoxin.log"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} fault {number}\n")
        log.writelines(traceback.format_exception(error))
    return path.resolve()


def _state_folder() -> Path:
    base = os.environ.get("XDG_STATE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".local" / "state") / "gaoxin"
    except RuntimeError:  # an account without a home directory
        return Path(tempfile.gettempdir()) / "gaoxin"
