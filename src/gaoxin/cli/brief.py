"""`gaoxin brief`: the year of a zone, written from the facts (生成简报)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb

if TYPE_CHECKING:
    from gaoxin.reports.briefs import Brief


@verb()
@click.argument("zone", metavar="ZONE")
@click.argument("period", metavar="PERIOD")
@click.option(
    "--to",
    "form",
    type=click.Choice(["docx", "html", "pdf", "txt"]),
    default=None,
    help="文件格式，默认随文件名，否则 docx format; by the file name, else docx",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="写到哪个文件，- 为屏幕 file to write, - for the screen",
)
@click.option(
    "--brief", "spec", metavar="ID", default="annual", show_default=True, help="哪种简报 which brief"
)
@click.option("--as-of", metavar="DAY", help="按当时所知 as it was known then: 2026-03-31")
def command(
    console: Console,
    zone: str,
    period: str,
    form: str | None,
    out: Path | None,
    spec: str,
    as_of: str | None,
) -> int:
    """用事实写一份简报。Write a brief from the facts.

    ZONE 是园区，如 chuxiong 或 楚雄高新区；PERIOD 是报告期，如 2021。每个数字注明来源；
    缺的数字留出标记，不作推测。没有数据库时用内容包自带的数据。
    """
    made = _compose(zone, period, spec, as_of)
    kind = form or (out.suffix.lstrip(".").lower() if out is not None and out.suffix else "docx")
    if kind not in ("docx", "html", "pdf", "txt"):
        raise click.UsageError(
            console.text(f"不会写 .{kind} 文件，请用 --to", f"cannot write .{kind}; use --to")
        )
    if out is not None and str(out) == "-":
        if kind in ("docx", "pdf") and form is not None:
            raise click.UsageError(console.text(f"{kind} 不能写到屏幕", f"{kind} cannot go to the screen"))
        written = "html" if kind == "html" else "txt"
        console.show(as_document(made, None), str(render(made, written), "utf-8"))
        return FINDINGS if made.gaps else SOUND
    file = out or Path(f"{made.title}.{kind}")
    data = render(made, kind)
    try:
        file.write_bytes(data)
    except OSError as error:
        raise click.UsageError(
            console.text(
                f"写不了 {file}：{error.strerror}，请换个位置", f"cannot write {file}: {error.strerror}"
            )
        ) from error
    console.show(as_document(made, file), _lines(console, made, file))
    return FINDINGS if made.gaps else SOUND


def render(brief: Brief, form: str) -> bytes:
    """The brief in one of the formats docx, html, pdf, txt."""
    if form == "docx":
        from gaoxin.reports.word import render_word

        return render_word(brief)
    if form == "pdf":
        from gaoxin.reports.pdf import render_pdf

        return render_pdf(brief)
    if form == "html":
        from gaoxin.reports.html import render_html

        return render_html(brief).encode()
    return brief.text.encode()


def as_document(brief: Brief, file: Path | None) -> dict[str, Any]:
    """The brief for a program: every sentence with the observations it rests on."""
    return {
        "zone": brief.zone,
        "period": brief.period.code,
        "title": brief.title,
        "file": None if file is None else str(file),
        "sections": [
            {
                "heading": section.heading,
                "sentences": [
                    {"text": one.text, "observations": list(one.observations)}
                    for paragraph in section.paragraphs
                    for one in paragraph.sentences
                ],
            }
            for section in brief.sections
        ],
        "gaps": list(brief.gaps),
        "unsaid": list(brief.unsaid),
        "synthetic": brief.is_synthetic,
    }


def _compose(zone: str, period: str, spec: str, as_of: str | None) -> Brief:
    from gaoxin.cli.trace import has_ledger
    from gaoxin.workspace.reporting import compose_brief
    from gaoxin.workspace.workspace import moment
    from gaoxin.workspace.workspace import open as open_workspace

    if has_ledger():
        from gaoxin.web import opening

        opening.connect()
        from gaoxin.web.ledger import catalogue
        from gaoxin.web.ledger.zone_facts import zone_facts

        facts = zone_facts(as_of=moment(as_of) if as_of else None)
        return compose_brief(catalogue.library(), facts, zone, period, spec)
    workspace = open_workspace()
    return compose_brief(workspace.library, workspace.facts(as_of), zone, period, spec)


def _lines(console: Console, brief: Brief, file: Path) -> list[str]:
    used = len(brief.cited)
    zh = f"已写好 {file}：{used} 个数字，都注明了来源。"
    en = f"Wrote {file}: {used} figures, all with sources."
    lines = [console.text(zh, en)]
    if brief.gaps:
        lines.append(
            console.text(f"文中有 {len(brief.gaps)} 处空缺：", f"{len(brief.gaps)} gaps in the text:")
        )
        lines += [f"  {gap}" for gap in brief.gaps]
    if brief.unsaid:
        lines.append(
            console.text(
                f"另有 {len(brief.unsaid)} 句因没有数字未写。",
                f"{len(brief.unsaid)} more sentences were left out, having no figures.",
            )
        )
    return lines
