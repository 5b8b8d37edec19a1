"""A brief as one HTML file that needs nothing beside it (网页)."""

from __future__ import annotations

from html import escape

from gaoxin.reports.briefs import Brief, Piece
from gaoxin.reports.citations import HEADS, closing_lines, numbers, rows

_STYLE = """
@page { size: A4; margin: 2.5cm }
body { font: 12pt/1.8 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; max-width: 42em; margin: 2em auto; padding: 0 1em; color: #1d2939 }
h1 { font-size: 20pt; text-align: center; line-height: 1.4 } h2 { font-size: 14pt; margin-top: 1.6em }
p { text-indent: 2em; margin: .4em 0; text-align: justify } p.note { text-indent: 0; font-size: 10pt }
.lead { font-weight: bold } sup { font-size: 65% } sup a { color: #1f4e8c; text-decoration: none }
.gap { background: #fdf2d0; border-bottom: 1px dashed #8a6100 }
.synthetic { text-align: center; color: #54458f; font-weight: bold; border: 2px solid #54458f; padding: .3em; text-indent: 0 }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; line-height: 1.5 }
th, td { border: 1px solid #98a2b3; padding: .25em .4em; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { background: #f2f4f7 } thead { display: table-header-group } tr { break-inside: avoid }
"""  # noqa: E501


def render_html(brief: Brief) -> str:
    """The whole document; figures carry the number of their row in the list of sources."""
    out = [
        '<!doctype html>\n<html lang="zh-Hans"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(brief.title)}</title><style>{_STYLE}</style></head><body>",
    ]
    if brief.is_synthetic:
        out.append('<p class="synthetic">虚构的演示数据，不得对外引用</p>')
    out.append(f"<h1>{escape(brief.title)}</h1>")
    places = numbers(brief)
    for section in brief.sections:
        if section.heading:
            out.append(f"<h2>{escape(section.heading)}</h2>")
        for paragraph in section.paragraphs:
            lead = f'<span class="lead">{escape(paragraph.lead)}</span>' if paragraph.lead else ""
            body = "".join(_piece(piece, places) for one in paragraph.sentences for piece in one.pieces)
            out.append(f"<p>{lead}{body}</p>")
    out += [f'<p class="note">{escape(line)}</p>' for line in closing_lines(brief)]
    out.append("<h2>数据来源</h2><table><thead><tr>")
    out += [f"<th>{head}</th>" for head in HEADS]
    out.append("</tr></thead><tbody>")
    for row in rows(brief):
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in row.cells)
        out.append(f'<tr id="source-{row.number}">{cells}</tr>')
    out.append("</tbody></table></body></html>\n")
    return "\n".join(out)


def _piece(piece: Piece, places: dict[str, int]) -> str:
    text = escape(piece.text)
    if piece.gap:
        return f'<span class="gap">{text}</span>'
    marks = ",".join(f'<a href="#source-{places[one]}">{places[one]}</a>' for one in piece.observations)
    return f"{text}<sup>{marks}</sup>" if marks else text
