"""`gaoxin verify`: every figure of a draft against the facts and against the rest of the draft (核稿)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb

if TYPE_CHECKING:
    from gaoxin.facts.factbase import FactBase
    from gaoxin.packs.library import Library
    from gaoxin.reading.verifying import Checked, Verdict

_SIGNS = {"mismatch": "✗", "inconsistent": "≠", "unsupported": "?", "match": "✓"}


@verb()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--published", metavar="DATE", help="发布日期，“今年”由它推算 day of publication: 2022-09-30")
@click.option("--as-of", metavar="DAY", help="按当时所知 as it was known then: 2026-03-31")
@click.option("--all", "every", is_flag=True, help="一致的和查无依据的也列出 list every figure")
def command(console: Console, file: str, published: str | None, as_of: str | None, every: bool) -> int:
    """核对文稿里的每个数字。Check every figure of a draft.

    FILE 是 .txt、.docx 或 .pdf 文稿，- 为标准输入。
    对照事实库，也对照上下文：一致、不一致、前后矛盾、查无依据。有要改的数字时退出码为 1。
    --json 每行输出一个数字。没有数据库时用内容包自带的数据。
    """
    from gaoxin.cli.read import paper_of
    from gaoxin.workspace.reading import publication_day
    from gaoxin.workspace.verifying import Checker

    day = publication_day(published)
    paper = paper_of(file)
    library, facts = known(as_of)
    checked = Checker.of(library, facts).check_text(paper.text, day)
    for remark in paper.remarks:
        click.echo(console.text(remark.zh, remark.en), err=True)
    if console.json:
        for record in checked.records():
            click.echo(json.dumps(record, ensure_ascii=False, default=str))
    else:
        console.show({}, _lines(console, checked, facts, every=every))
    return FINDINGS if checked.problems else SOUND


def known(as_of: str | None) -> tuple[Library, FactBase]:
    """The catalogue and the facts: those of the ledger where there is one, else of the packs."""
    from gaoxin.cli.trace import has_ledger
    from gaoxin.workspace.workspace import moment
    from gaoxin.workspace.workspace import open as open_workspace

    if has_ledger():
        from gaoxin.web import opening

        opening.connect()
        from gaoxin.web.ledger import catalogue
        from gaoxin.web.ledger.zone_facts import zone_facts

        return catalogue.library(), zone_facts(as_of=moment(as_of) if as_of else None)
    workspace = open_workspace()
    return workspace.library, workspace.facts(as_of)


def _lines(console: Console, checked: Checked, facts: FactBase, *, every: bool) -> Iterator[str]:
    """The problems one by one, then how many figures there are and how many to change."""
    number = 0
    for verdict in checked.verdicts:
        if every or verdict.needs_change:
            number += 1
            yield from _problem(console, number, checked, verdict, facts)
    yield checked.summary(console.lang)


def _problem(
    console: Console, number: int, checked: Checked, verdict: Verdict, facts: FactBase
) -> Iterator[str]:
    """第 4 处  22.5% → 25.5%: the figure, what should stand there, why, where it says so."""
    from gaoxin.reading.verifying import VERDICT_WORDS

    claim = checked.reading.claims[verdict.claim]
    start, end = claim.sentence
    word = console.text(*VERDICT_WORDS[verdict.verdict])
    expected = f" → {verdict.expected}" if verdict.expected else ""
    yield f"{number:>3}  {_SIGNS[verdict.verdict]} {word}  {claim.quote}{expected}"
    yield f"       {verdict.zh if console.lang == 'zh' else verdict.en}"
    sentence = "".join(checked.reading.text[start:end].split())
    yield console.text(f"       原句：{_short(sentence)}", f"       in: {_short(sentence)}")
    for label, working in verdict.workings:
        yield f"       {label}：{working}"
    sources = [title for name in verdict.facts if (title := _source(facts, name))]
    for title in dict.fromkeys(sources):
        yield console.text(f"       来源：{title}", f"       source: {title}")


def _source(facts: FactBase, name: str) -> str:
    """《标题》，publisher, of an observation; "" for a derived one, whose inputs are named beside it."""
    if name not in facts:
        return ""
    observation = facts.observation(name)
    source = facts.sources.get(observation.source)
    title = source.title if source is not None else observation.source
    place = f"，{observation.locator}" if observation.locator else ""
    return f"《{title.strip('《》')}》{place}（{name}）"


def _short(sentence: str, most: int = 60) -> str:
    return sentence if len(sentence) <= most else sentence[: most - 1] + "…"
