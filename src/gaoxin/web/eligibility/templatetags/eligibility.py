"""The parts of the matrix as template tags: verdict chips, cells, bars drawn by the server."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gaoxin.web.eligibility.bars import Bar
from gaoxin.web.eligibility.words import CONDITIONS, NOT_APPLICABLE, Face
from gaoxin.web.pages.templatetags.gx import chip, icon

register = template.Library()


@register.filter
def listed(words: Iterable[object]) -> str:
    """Words one after the other, as the language of the page does it: 甲、乙; A, B."""
    return _("、").join(str(word) for word in words)


@register.filter
def in_turn(sayings: Iterable[object]) -> str:
    """Sayings one after the other: 甲；乙; A; B."""
    return _("；").join(str(said) for said in sayings)


@register.simple_tag
def verdict_chip(face: Face) -> SafeString:
    """A verdict with its icon and word."""
    return chip(face.kind, face.icon, str(face.word))


@register.simple_tag
def verdict_cell(face: Face | None, about: str) -> SafeString:
    """The icon alone, with the word as its accessible name; 不适用 where the rule has no such condition."""
    held = face or NOT_APPLICABLE
    return format_html(
        '<span class="gx-v is-{}" role="img" aria-label="{} {}">{}</span>',
        held.kind,
        about,
        held.word,
        icon(held.icon),
    )


@register.simple_tag
def condition_icon(verdict: str) -> SafeString:
    """The verdict of one line of a rule."""
    held = CONDITIONS[verdict]
    return format_html(
        '<span class="gx-v gx-v-s is-{}" role="img" aria-label="{}">{}</span>',
        held.kind,
        held.word,
        icon(held.icon),
    )


@register.simple_tag
def bar_svg(bar: Bar | None, css: str = "") -> SafeString:
    """Track, what is certain, what is open, and the threshold as a line."""
    if bar is None:
        return mark_safe("")
    opened = (
        format_html('<rect class="open" x="{}%" y="7" width="{}%" height="6"/>', bar.known, bar.open)
        if bar.open > 0
        else mark_safe("")
    )
    mark = (
        format_html('<line class="th" x1="{}%" x2="{}%" y1="3" y2="17"/>', bar.mark, bar.mark)
        if bar.mark is not None
        else mark_safe("")
    )
    return format_html(
        '<svg class="gx-bar{}" role="img" aria-label="{}">'
        '<rect class="track" x="0" y="7" width="100%" height="6" rx="3"/>'
        '<rect class="{}" x="0" y="7" width="{}%" height="6" rx="3"/>{}{}</svg>',
        f" {css}" if css else "",
        bar.said or _("距离"),
        bar.shade,
        bar.known,
        opened,
        mark,
    )
