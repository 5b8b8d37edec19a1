"""`gaoxin read`: the figures a Chinese text states, and of what they are figures (读数)."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gaoxin.cli.console import SOUND, Console, verb

if TYPE_CHECKING:
    from gaoxin.packs.library import Library
    from gaoxin.reading.claims import Claim
    from gaoxin.reading.papers import Paper
    from gaoxin.reading.reader import Reading

KINDS = {
    "level": ("水平", "level"),
    "change": ("变化", "change"),
    "growth": ("增速", "growth"),
    "share": ("占比", "share"),
    "rank": ("位次", "rank"),
    "multiple": ("倍数", "multiple"),
    "duration": ("时长", "duration"),
    "target": ("目标", "target"),
}
_SIGNS = {">": "＞", "<": "＜", ">=": "≥", "<=": "≤", "~": "约"}
_HEADS = (
    ("数字", "figure", 14),
    ("指标", "of", 34),
    ("主体", "subject", 18),
    ("时期", "period", 14),
    ("类别", "kind", 8),
    ("把握", "sure", 4),
)


@verb()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--published", metavar="DATE", help="发布日期，“今年”由它推算 day of publication: 2022-09-30")
def command(console: Console, file: str, published: str | None) -> int:
    """读出文稿里的数字：每个数是谁的、哪个指标、哪个时期。Read the figures of a Chinese text.

    FILE 是 .txt、.docx 或 .pdf 文稿，- 为标准输入。--json 每行输出一个数字。没有数据库也能用。
    """
    from gaoxin.workspace.reading import publication_day, reader_of
    from gaoxin.workspace.workspace import open as open_workspace

    day = publication_day(published)
    paper = paper_of(file)
    library = open_workspace().library
    reading = reader_of(library).read(paper.text, day)
    for remark in paper.remarks:
        click.echo(console.text(remark.zh, remark.en), err=True)
    if console.json:
        for claim in reading.claims:
            console.show(claim.record(), "")
        return SOUND
    console.show({}, table(console, reading, library))
    return SOUND


def paper_of(file: str) -> Paper:
    """The draft in a file, or on the standard input for `-`. Raises: PaperError for what is no draft."""
    from gaoxin.reading.papers import open_paper

    if file == "-":
        return open_paper(sys.stdin.buffer.read(), "stdin.txt")
    path = Path(file)
    return open_paper(path.read_bytes(), path.name)


def table(console: Console, reading: Reading, library: Library) -> Iterator[str]:
    """The figures one below the other, and how many there are."""
    if reading.claims:
        yield _row([console.text(zh, en) for zh, en, _ in _HEADS])
    linked = 0
    for claim in reading.claims:
        linked += claim.metric is not None
        name = claim.label and f"？{claim.label}"
        if claim.metric is not None:
            name = library.metrics[claim.metric].label(console.lang)
        if claim.of:
            name += console.text(f"（相对{claim.of}）", f" (of {claim.of})")
        yield _row(
            [
                _figure(claim),
                name or "—",
                claim.subject or "—",
                "—" if claim.period is None else claim.period.label(console.lang),
                console.text(*KINDS[claim.kind]),
                f"{claim.confidence:.2f}",
            ]
        )
    number = len(reading.claims)
    day = "" if reading.published is None else reading.published.isoformat()
    yield console.text(
        f"共 {number} 个数字，其中 {linked} 个认出了指标" + (f"；发布日期 {day}" if day else ""),
        f"{number} figures, {linked} of them with a metric" + (f"; published {day}" if day else ""),
    )


def _figure(claim: Claim) -> str:
    """The figure as written, with the sign of its bound where the hedge stands apart (不足潍坊市1%)."""
    if claim.op == "=" or (claim.amount.hedge and claim.amount.hedge in claim.quote):
        return claim.quote
    return _SIGNS[claim.op] + claim.quote if claim.amount.form == "number" else claim.quote


def _row(cells: list[str]) -> str:
    return "  ".join(
        _fitted(" ".join(cell.split()), width) for cell, (_, _, width) in zip(cells, _HEADS, strict=True)
    ).rstrip()


def _fitted(text: str, width: int) -> str:
    """The text in exactly so many columns of a terminal; a Chinese character takes two."""
    if _columns(text) > width:
        while _columns(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - _columns(text))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
