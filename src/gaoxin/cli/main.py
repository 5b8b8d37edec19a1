"""The door: finds the verb, runs it, and ends with 0 sound, 1 findings, 2 misuse or 3 our fault (命令行入口).

A verb's module is imported when the verb is called, so that `gaoxin due` starts neither Django nor a
data-frame library. To add a verb, write `cli/<verb>.py` with a `command` (see `console.py`) and add its line
to VERBS and to docs/reference/cli.md.
"""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

import click
from click.exceptions import NoSuchCommand

from gaoxin import __version__
from gaoxin.cli.console import FAULT, LANGUAGE_OPTION, SOUND, Console, console_of, language


@dataclass(frozen=True, slots=True)
class Verb:
    """Where a verb lives and what it does, in one line of each language."""

    module: str
    zh: str
    en: str


VERBS = {
    "serve": Verb("serve", "启动工作台", "run the workbench"),
    "work": Verb("work", "启动后台任务", "run the background worker"),
    "check": Verb("check", "检查内容包", "check packs through all gates"),
    "cases": Verb("cases", "运行用例文件", "run case files"),
    "sandbox": Verb("sandbox", "生成演示数据", "make a synthetic, watermarked population"),
    "import": Verb("import_", "导入 Excel 或 CSV", "bring an Excel or CSV file into the ledger"),
    "freeze": Verb("freeze", "生成数据快照", "freeze the facts into a snapshot"),
    "trace": Verb("trace", "追溯一个数字的来源", "tell where a figure came from"),
    "match": Verb("match", "按规则判定企业", "who qualifies under some rules, and why not"),
    "simulate": Verb("simulate", "测算政策条款", "what a clause would cost with other numbers"),
    "evaluate": Verb("evaluate", "按指标体系打分排名", "score and rank units by indicators"),
    "brief": Verb("brief", "用事实写简报", "write a brief from the facts"),
    "read": Verb("read", "读出文稿里的数字", "the figures of a Chinese text"),
    "verify": Verb("verify", "核对文稿里的数字", "check the figures of a Chinese text"),
    "due": Verb("due", "按工作日推算到期日", "work out a due date and explain it"),
    "account": Verb("account", "开户、停用、改密码", "open, close and list accounts"),
    "backup": Verb("backup", "备份全部数据", "back up everything, online, verified"),
    "restore": Verb("restore", "从备份恢复", "restore a backup"),
}


class Door(click.Group):
    """A group that knows its verbs by name and imports a verb only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        entry = VERBS[cmd_name]
        command: click.Command = import_module(f"gaoxin.cli.{entry.module}").command
        command.name = cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in VERBS and not args[0].startswith("-"):
            raise NoSuchCommand(args[0], possibilities=VERBS, ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        console = console_of(ctx)
        with formatter.section(console.text("命令", "Verbs")):
            formatter.write_dl([(name, console.text(verb.zh, verb.en)) for name, verb in VERBS.items()])


@click.command(cls=Door, params=[LANGUAGE_OPTION], context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gaoxin", message="%(prog)s %(version)s")
def door() -> None:
    """高新区工作台 · the workbench of a high-tech zone.

    每个命令都有 --json 和 --help。退出码：0 无问题，1 有发现，2 用法不对，3 程序出错。
    Every verb takes --json and --help. Exit codes: 0 sound, 1 findings, 2 misuse, 3 our fault.
    """


def run(arguments: Sequence[str]) -> int:
    """Run one call and return its exit code; never raises."""
    console = Console(language(arguments), json="--json" in arguments)
    try:
        outcome: Any = door.main(
            list(arguments) or ["--help"], prog_name="gaoxin", standalone_mode=False, obj=console
        )
        return outcome if isinstance(outcome, int) else SOUND
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        return 130
    except BrokenPipeError:
        _swallow_broken_pipe()
        return SOUND
    except click.exceptions.Exit as end:
        return end.exit_code
    except Exception as error:
        return _end_badly(error, console)


def _end_badly(error: Exception, console: Console) -> int:
    from gaoxin.cli import faults
    from gaoxin.core.errors import GaoxinError

    match error:
        case GaoxinError():
            return faults.explain(error, console)
        case click.UsageError():
            return faults.explain_usage(error, console)
        case click.ClickException():
            console.complain(error.format_message(), error.format_message(), code="misuse")
            return error.exit_code
    if faults.is_closed_home(error):
        return faults.explain_closed_home(error, console)
    return faults.report_fault(error, console)


def _swallow_broken_pipe() -> None:
    # `gaoxin … | head` closes our output; Python would complain once more while flushing at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a GBK terminal has no thin space
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:
        _swallow_broken_pipe()
        code = SOUND
    except Exception:
        code = FAULT
    sys.exit(code)


if __name__ == "__main__":
    main()
