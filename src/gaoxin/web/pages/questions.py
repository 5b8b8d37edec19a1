"""What a source leaves open and a person has to settle (等你裁定)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.packs.schemas.observation import Question
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages import names
from gaoxin.web.pages.answers import question_key
from gaoxin.web.pages.figures import figure_view
from gaoxin.web.pages.scope import language

ICONS = frozenset(
    {"scale", "help", "cal", "sigma", "alert", "equal", "clock", "city", "coin", "users", "file"}
)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One line of the list: what is asked, what depends on it, where it is settled."""

    title: str
    detail: str
    icon: str
    url: str
    is_conflict: bool


def open_questions(
    figures: Iterable[Figure],
    order: Sequence[str] = (),
    *,
    may_rule: bool = True,
    answered: Collection[str] = (),
) -> list[OpenQuestion]:
    """Questions of the figures in use, those the layout names first; conflicts without words of their own
    after them.

    A ruling settles a conflict; a question that hangs on the chosen figure is then settled too. `answered`:
    keys of the questions that somebody has found out about.
    """
    asked: list[tuple[int, int, OpenQuestion]] = []
    place = {ref: number for number, ref in enumerate(order)}
    for number, figure in enumerate(figures):
        spec = _question_of(figure)
        if figure.ruling is not None or (spec is None and not figure.is_conflict):
            continue
        if not figure.is_conflict and question_key(figure) in answered:
            continue
        desk = "conflict" if figure.is_conflict and may_rule else "figure"
        url = reverse(desk, args=[figure.observation_id])
        if spec is not None:
            ref, question = spec
            title, detail = question.zh, question.detail_zh or ""
            if language() == "en":
                title, detail = question.en, question.detail_en or ""
            icon = question.icon if question.icon in ICONS else "help"
            one = OpenQuestion(title, detail, icon or "help", url, figure.is_conflict)
            asked.append((place.get(ref, len(place)), number, one))
        else:
            view = figure_view(figure)
            title = _("%(name)s有两种说法") % {"name": view.label}
            asked.append(
                (len(place), number, OpenQuestion(title, f"{view.period} · {view.text}", "scale", url, True))
            )
    return [one for _place, _number, one in sorted(asked, key=lambda row: row[:2])]


def _question_of(figure: Figure) -> tuple[str, Question] | None:
    """The pack id and the words of the question that hangs on a figure, or on what disagrees with it."""
    for ref in (figure.ref, *(other.ref for other in figure.others)):
        spec = names.spec_of(ref)
        if spec is not None and spec.question is not None:
            return spec.id, spec.question
    return None


def spoken(figure: Figure) -> tuple[str, str]:
    """The question of a figure and what depends on it, in the language of the page; empty where nothing
    is open.
    """
    found = _question_of(figure)
    if found is None:
        return "", ""
    question = found[1]
    if language() == "en":
        return question.en, question.detail_en or ""
    return question.zh, question.detail_zh or ""
