"""Briefs: every sentence can be read, and every figure it asks for exists."""

from __future__ import annotations

from gaoxin.core.errors import PackError
from gaoxin.packs.brief_text import Slot, parse_sentence, slots
from gaoxin.packs.gates.refer.complaints import Complaints
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import Origin


def refer_briefs(library: Library, complaints: Complaints) -> None:
    """Every title and every sentence of every brief."""
    for brief in library.briefs.values():
        origin = brief.origin
        for slot in _slots(brief.title, origin.at("title"), complaints):
            complaints.add(
                "figure_in_title",
                origin.at("title"),
                f"标题里不能有数字 {slot.metric}",
                f"the title holds the figure {slot.metric}; only names may stand in it",
            )
        for i, section in enumerate(brief.sections):
            for j, paragraph in enumerate(section.paragraphs):
                here = origin.at("sections", i).at("paragraphs", j)
                for k, sentence in enumerate(paragraph.sentences):
                    place = here.at("sentences", k)
                    for slot in _slots(sentence.text, place.at("text"), complaints):
                        complaints.known(place.at("text"), slot.metric, library.metrics, "指标", "metric")


def _slots(text: str, origin: Origin, complaints: Complaints) -> tuple[Slot, ...]:
    try:
        return tuple(slots(parse_sentence(text)))
    except PackError as error:
        complaints.error("bad_sentence", origin, error, "写法见 gaoxin.packs.brief_text", "see the reference")
        return ()
