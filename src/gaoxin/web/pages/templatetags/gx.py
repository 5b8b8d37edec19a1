"""The parts a page is put together from, as template tags: icons, source rings, chips, sparklines, small
words.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gaoxin.web.pages.figures import FigureView
from gaoxin.web.pages.roles import FACES
from gaoxin.web.pages.scope import language

register = template.Library()

_CIRCLE = mark_safe('<circle cx="6" cy="6" r="5"/>')
_RINGS: dict[str, SafeString] = {
    "verified": mark_safe('<circle cx="6" cy="6" r="5"/><circle class="dot" cx="6" cy="6" r="2.500"/>'),
    "cited": _CIRCLE,
    "derived": _CIRCLE,
    "synth": mark_safe('<path d="M6 .8 11.200 6 6 11.200 .8 6z"/>'),
}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """One icon of the sprite; decorative, the word stands beside it."""
    extra = f" gx-i-{size}" if size else ""
    return format_html(
        '<svg class="gx-i{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        extra,
        static("gx/icons.svg"),
        name,
    )


@register.simple_tag
def drawn_ring(kind: str) -> SafeString:
    """The ring of a legend: a drawing, not a button."""
    return format_html(
        '<svg class="gx-ring {}" viewBox="0 0 12 12" aria-hidden="true">{}</svg>', kind, _RINGS[kind]
    )


@register.simple_tag(name="ring", takes_context=True)
def ring(context: dict[str, Any], figure: Any) -> SafeString | str:
    return _ring(figure, context.get("gx"))


def _ring(figure: Any, frame: Any) -> SafeString | str:
    """The button that opens the source of a figure; its shape says how firm the figure is. Nothing where
    there is no source.
    """
    if figure is None or not figure.card:
        return ""
    name = _("%(label)s的来源") % {"label": figure.label}
    return format_html(
        '<button class="gx-src" type="button" data-card="{}" data-note="{}" aria-label="{}"'
        ' aria-haspopup="dialog" aria-expanded="false">{}</button>',
        figure.card,
        frame.note_of(figure) if frame is not None and isinstance(figure, FigureView) else "",
        f"{name}（{figure.ring_word}）" if figure.ring_word else name,
        drawn_ring(figure.ring),
    )


@register.inclusion_tag("parts/figure.html", takes_context=True)
def figure(context: dict[str, Any], fig: Any, size: str = "") -> dict[str, Any]:
    return {"fig": fig, "size": size, "gx": context.get("gx")}


@register.simple_tag
def dot() -> str:
    """The joint of a caption; a Chinese one needs no space around it."""
    return "·" if language() == "zh" else " · "


@register.simple_tag
def chip(kind: str, icon_name: str, text: str) -> SafeString:
    """A verdict or lamp: colour, icon and word, always all three."""
    return format_html('<span class="gx-chip is-{}">{}{}</span>', kind, icon(icon_name), text)


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """The way here: label, address, label, address … ending with the label of this page."""
    steps = [(pairs[i], pairs[i + 1] if i + 1 < len(pairs) else "") for i in range(0, len(pairs), 2)]
    cells = [
        format_html('<a href="{}">{}</a>', url, label) if url else format_html("<span>{}</span>", label)
        for label, url in steps
    ]
    gap = icon("right", "s")
    body = format_html_join("", "{}{}", ((gap if n else "", cell) for n, cell in enumerate(cells)))
    return format_html('<nav class="gx-crumb" aria-label="{}">{}</nav>', _("位置"), body)


@register.inclusion_tag("parts/role.html")
def role_card(person: Any, first: bool = False) -> dict[str, Any]:
    face = FACES[person.role]
    return {"person": person, "icon_name": face.icon, "task": face.task, "first": first}


@register.filter
def chunks(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """`items` in rows of `size`."""
    return [items[i : i + size] for i in range(0, len(items), size)]


@register.filter
def grouped(number: int | None) -> str:
    """A count as people read it: 19 190, with a thin space from five digits on."""
    if number is None:
        return ""
    text = f"{number:,}" if abs(number) >= 10_000 else str(number)
    return text.replace(",", "\u2009").replace("-", "−")


@register.simple_tag(takes_context=True)
def remark(context: dict[str, Any], part: Any, ring: bool = False) -> SafeString:
    """One piece of a caption: words, an arrow for a change, the strong part, and its ring where it is a
    figure of its own.
    """
    arrow = icon(part.arrow, "s") if part.arrow else ""
    strong = format_html('<b class="gx-nowrap">{}{}</b>', arrow, part.strong) if part.strong else ""
    button = _ring(part.view, context.get("gx")) if ring and part.view is not None else ""
    joint = " " if part.text and strong else ""
    return format_html("{}{}{}{}", part.text, joint, strong, button)


@register.simple_tag
def share_bar(row: Any) -> SafeString:
    """A share drawn against its whole: dark is certain, the lighter edge is what rounding leaves open."""
    inside = row.low >= 30
    return format_html(
        '<svg class="gx-share" aria-hidden="true"><rect class="whole" width="100%" height="100%" rx="3"/>'
        '<rect class="edge" width="{high}%" height="100%" rx="3"/>'
        '<rect class="part" width="{low}%" height="100%" rx="3"/>'
        '<text x="{x}" dx="8" y="18"{css}>{text}</text></svg>',
        high=row.high,
        low=row.low,
        x="0" if inside else f"{row.high}%",
        css=mark_safe("") if inside else mark_safe(' class="out"'),
        text=row.share.text,
    )


@register.simple_tag(takes_context=True)
def level_bar(context: dict[str, Any], bar: Any, place: int) -> SafeString:
    """A bar with its words inside; beside the bar where it is short."""
    inside = bar.width >= 40
    words = f"{bar.view.label} {bar.view.text}"
    return format_html(
        '<div class="gx-row"><svg class="gx-bar gx-lv" aria-hidden="true">'
        '<rect class="{css}" width="{width}%" height="26" rx="3"/>'
        '<text class="{tone}" x="{x}" dx="10" y="18">{words}</text></svg>'
        '{button}<span class="gx-vh">{words}</span></div>',
        css="known" if place else "fill",
        width=bar.width,
        tone=("w2" if place else "w") if inside else "out",
        x="0" if inside else f"{bar.width}%",
        words=words,
        button=_ring(bar.view, context.get("gx")),
    )


@register.simple_tag
def spark(corners: Sequence[tuple[float, float]]) -> SafeString:
    """A sparkline of at least three figures; decorative, the figures stand on the metric's page."""
    lines = format_html_join(
        "",
        '<line x1="{}%" y1="{}%" x2="{}%" y2="{}%"/>',
        ((a[0], a[1], b[0], b[1]) for a, b in pairwise(corners)),
    )
    last = corners[-1]
    return format_html(
        '<svg class="gx-spark" aria-hidden="true">{}<circle cx="{}%" cy="{}%" r="2.5"/></svg>',
        lines,
        last[0],
        last[1],
    )


@register.simple_tag
def history_chart(chart: Any) -> SafeString:
    """Columns from zero, drawn by the server; the table beneath has every figure."""
    parts = [
        format_html(
            '<rect class="col{soft}{now}" x="{x}%" width="{w}%" y="{y}" height="{h}"/>'
            '<text class="val" x="{m}%" y="{v}">{value}</text><text x="{m}%" y="{foot}">{label}</text>',
            soft="" if column.certain else " est",
            now=" now" if column.now else "",
            x=column.x,
            w=column.width,
            y=column.top,
            h=column.height,
            m=column.middle,
            v=column.top - 6,
            value=column.value,
            foot=chart.height - 6,
            label=column.label,
        )
        for column in chart.columns
    ]
    body = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="gx-hist" role="img" aria-label="{}">'
        '<line class="axis" x1="0" x2="100%" y1="{}" y2="{}"/>{}</svg>',
        chart.sentence,
        chart.base,
        chart.base,
        body,
    )


@register.filter
def bracketed(unit: str) -> str:
    """The unit in a column head: （亿元）, or ` (×10⁸ yuan)`; nothing for a pure number."""
    if not unit:
        return ""
    return f"（{unit}）" if language() == "zh" else f" ({unit})"
