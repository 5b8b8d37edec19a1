"""What a verb says and how: Chinese or English, for people or as JSON (命令行输出).

A verb is written in `cli/<verb>.py` as

    @verb()
    @click.argument("file")
    def command(console: Console, file: str) -> int:
        console.show({"file": file}, f"…")
        return 0

`verb` adds `--json` and `--lang`. The returned number is the exit code: 0 sound, 1 findings. Misuse (2) and
our faults (3) are raised, never returned; `cli/faults.py` turns them into words.
"""

import json as json_format
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import click

SOUND, FINDINGS, MISUSE, FAULT = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Console:
    """One caller: its language, and whether a person or a program reads the answer."""

    lang: str = "zh"
    json: bool = False

    def text(self, zh: str, en: str) -> str:
        return en if self.lang == "en" else zh

    def say(self, zh: str, en: str) -> None:
        """A line of progress: to the reader, or beside the answer when a program reads it."""
        click.echo(self.text(zh, en), err=self.json)

    def show(self, document: Any, lines: str | Iterable[str]) -> None:
        """The answer: `document` as one JSON object for a program, `lines` for a person."""
        if self.json:
            click.echo(json_format.dumps(document, ensure_ascii=False, default=str))
        else:
            click.echo(lines if isinstance(lines, str) else "\n".join(lines))

    def complain(self, zh: str, en: str, **details: Any) -> None:
        """Say on stderr what went wrong; `details` are for programs only."""
        if self.json:
            document = {"error": {"zh": zh, "en": en, **details}}
            click.echo(json_format.dumps(document, ensure_ascii=False, default=str), err=True)
        else:
            click.echo(self.text(zh, en), err=True)


def language(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language of a call: `--lang`, then GAOXIN_LANG, then the locale; Chinese unless it is English."""
    for position, argument in enumerate(arguments):
        if argument == "--lang" and position + 1 < len(arguments):
            return "en" if arguments[position + 1] == "en" else "zh"
        if argument.startswith("--lang="):
            return "en" if argument == "--lang=en" else "zh"
    for name in ("GAOXIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "en" if environment[name].startswith("en") else "zh"
    return "zh"


def console_of(context: click.Context) -> Console:
    if not isinstance(context.obj, Console):
        context.obj = Console(language(sys.argv[1:]))
    return context.obj


def _set_json(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    context.obj = replace(console_of(context), json=value)


def _set_language(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    if value:
        context.obj = replace(console_of(context), lang=value)


LANGUAGE_OPTION = click.Option(
    ["--lang"],
    type=click.Choice(["zh", "en"]),
    expose_value=False,
    is_eager=True,
    callback=_set_language,
    help="语言 language",
)
JSON_OPTION = click.Option(
    ["--json"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_set_json,
    help="输出 JSON，供程序读取 print JSON",
)


def verb(**attributes: Any) -> Callable[[Callable[..., int | None]], click.Command]:
    """Make a function the `command` of its verb; it receives the Console first."""

    def decorate(function: Callable[..., int | None]) -> click.Command:
        passing = click.make_pass_decorator(Console, ensure=True)(function)
        command: click.Command = click.command(**attributes)(passing)
        command.params += [JSON_OPTION, LANGUAGE_OPTION]
        return command

    return decorate
