"""What does the zone's year read like, told from the facts alone (简报)?

1. The pack's `brief` gives the sentences; braces ask for figures, square brackets are asides.
2. Each figure is looked up (`choosing`) and written with its hedge (`prose`).
3. A figure that is not known leaves a marked gap, never a guess; an aside without its figure is not said, and
   a sentence of which nothing is known is listed instead of written.

Every figure keeps the observations it came from, so that each sentence can be traced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts.factbase import FactBase
from gaoxin.facts.records import Observation, Source, Subject
from gaoxin.packs.brief_text import Aside, NameOf, Part, Slot, Words, parse_sentence, slots
from gaoxin.packs.schemas.brief import Brief as Spec
from gaoxin.packs.schemas.brief import BriefSentence
from gaoxin.packs.schemas.metric import Metric
from gaoxin.reports.choosing import Chooser
from gaoxin.reports.prose import growth, period_end_words, period_words, rank, written


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a sentence: words, a figure with its observations, or a gap."""

    text: str
    observations: tuple[str, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it reads, piece by piece."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def observations(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for piece in self.pieces for one in piece.observations))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences under one lead."""

    lead: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return self.lead + "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, "" for the opening, and its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """One observation behind the brief, numbered in the order of first use."""

    number: int
    observation: Observation
    metric: Metric
    subject: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Brief:
    """A report as it reads, with everything it rests on.

    `unsaid`: sentences left out because nothing of them is known. `cited`: the observations in order of use.
    """

    spec: str
    zone: str
    period: Period
    title: str
    sections: tuple[Section, ...]
    unsaid: tuple[str, ...]
    cited: tuple[Cited, ...]

    @property
    def text(self) -> str:
        """The brief as plain text: title, headings and paragraphs, one a line."""
        lines = [self.title]
        for section in self.sections:
            lines += [section.heading] if section.heading else []
            lines += [paragraph.text for paragraph in section.paragraphs]
        return "\n".join(lines) + "\n"

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing in sentences that stand."""
        return tuple(dict.fromkeys(p.gap for sentence in self.sentences() for p in sentence.pieces if p.gap))

    @property
    def is_synthetic(self) -> bool:
        return any(cited.observation.status == "synthetic" for cited in self.cited)

    def sentences(self) -> Iterator[Sentence]:
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield from paragraph.sentences


def compose(spec: Spec, zone: str, period: Period, facts: FactBase, metrics: Mapping[str, Metric]) -> Brief:
    """The brief of a zone for a period.

    Missing: what is not known is a gap or listed in `unsaid`; nothing is worked out here.
    Raises: FactError for a zone the facts do not know.
    """
    if zone not in facts.subjects:
        known = "、".join(s.name for s in facts.subjects.values() if s.kind == "zone")
        raise FactError(f"没有主体“{zone}”；可写：{known}", f"No subject {zone!r}; zones: {known}", zone=zone)
    writer = _Writer(facts, metrics, facts.subjects[zone], period)
    sections = []
    for section in spec.sections:
        paragraphs = []
        for paragraph in section.paragraphs:
            said = tuple(one for sentence in paragraph.sentences for one in writer.said(sentence))
            if said:
                paragraphs.append(Paragraph(paragraph.lead or "", said))
        if paragraphs:
            sections.append(Section(section.heading or "", tuple(paragraphs)))
    title = "".join(writer.name(part.what) if isinstance(part, NameOf) else part.text
                    for part in parse_sentence(spec.title) if isinstance(part, NameOf | Words))  # fmt: skip
    return Brief(spec.id, zone, period, title, tuple(sections), tuple(writer.unsaid), writer.cited())


class _Writer:
    """Writes sentences about one zone and period, and remembers what it used."""

    def __init__(self, facts: FactBase, metrics: Mapping[str, Metric], zone: Subject, period: Period) -> None:
        self.facts, self.metrics, self.zone, self.period = facts, metrics, zone, period
        self.places = _places(facts.subjects, zone)
        self.chooser = Chooser(facts, metrics, period)
        self.unsaid: list[str] = []
        self._used: dict[str, Observation] = {}

    def said(self, sentence: BriefSentence) -> Iterator[Sentence]:
        """The sentence, once for every part it is about; nothing if nothing of it is known."""
        parts = parse_sentence(sentence.text)
        about: Sequence[Subject] = [self.zone]
        if sentence.each is not None:
            inside = (s for s in self.facts.subjects.values() if s.kind == sentence.each)
            about = [s for s in inside if s.parent == self.zone.code]
        asked = list(slots(parts))
        for subject in about:
            shown = [self._shown(subject, slot) for slot in asked]
            if asked and not any(shown) and not sentence.required:
                if sentence.each is None:
                    self.unsaid.append(self._outline(parts))
                continue
            yield Sentence(tuple(self._pieces(parts, subject)))

    def name(self, what: str, subject: Subject | None = None) -> str:
        match what:
            case "period":
                return period_words(self.period)
            case "period_end":
                return period_end_words(self.period)
            case "last_period":
                return period_words(self.period.previous())
            case "subject":
                return (subject or self.zone).name
        return self.places[what].name if what in self.places else ""

    def cited(self) -> tuple[Cited, ...]:
        return tuple(
            Cited(
                number,
                obs,
                self.metrics[obs.metric],
                self.facts.subjects[obs.subject].name if obs.subject in self.facts.subjects else obs.subject,
                self.facts.sources.get(obs.source),
            )
            for number, obs in enumerate(self._used.values(), start=1)
        )

    def _pieces(self, parts: tuple[Part, ...], subject: Subject) -> Iterator[Piece]:
        for part in parts:
            if isinstance(part, Words):
                yield Piece(part.text)
            elif isinstance(part, NameOf):
                yield Piece(self.name(part.what, subject))
            elif isinstance(part, Aside):
                inside = [inner for inner in part.parts if isinstance(inner, Slot)]
                names = [inner.what for inner in part.parts if isinstance(inner, NameOf)]
                if all(self._shown(subject, slot) for slot in inside) and all(map(self.name, names)):
                    yield from self._pieces(part.parts, subject)
            else:
                yield self._figure(part, subject)

    def _figure(self, slot: Slot, subject: Subject) -> Piece:
        found = self._shown(subject, slot)
        if not found:
            metric = self.metrics[slot.metric].zh
            whom = "" if subject is self.zone else subject.name
            what = f"{period_words(self.period)}{whom}{metric}{_KIND.get(slot.figure, '')}"
            why = "待裁定" if self._disputed(subject, slot) else "缺"
            return Piece(f"〔{why}：{what}〕", gap=f"{why}：{what}")
        for obs in found:
            self._used.setdefault(obs.id, obs)
        if slot.figure == "growth":
            text = growth(found[0])
        elif slot.figure == "rank":
            text = "、".join(rank(obs, self._region(obs)) for obs in found)
        else:
            text = written(found[0])
        return Piece(text, tuple(obs.id for obs in found))

    def _region(self, obs: Observation) -> str:
        return self.facts.subjects[obs.of].name if obs.of in self.facts.subjects else ""

    def _shown(self, subject: Subject, slot: Slot) -> tuple[Observation, ...]:
        if slot.of and slot.of not in self.places:
            return ()
        of = self.places[slot.of].code if slot.of else ""
        return self.chooser.figure(subject.code, slot.metric, slot.figure, of).observations

    def _disputed(self, subject: Subject, slot: Slot) -> bool:
        of = self.places[slot.of].code if slot.of in self.places else ""
        return self.chooser.figure(subject.code, slot.metric, slot.figure, of).disputed

    def _outline(self, parts: tuple[Part, ...]) -> str:
        """A sentence nothing is known of, in one line: the names of its figures."""
        kind = {slot: _KIND.get(slot.figure, "") for slot in slots(parts)}
        return "、".join(dict.fromkeys(self.metrics[slot.metric].zh + kind[slot] for slot in kind))


_KIND = {"growth": "增速", "share": "占比", "rank": "位次", "change": "增减", "target": "目标"}


def _places(subjects: Mapping[str, Subject], zone: Subject) -> dict[str, Subject]:
    """The zone, its city, the prefecture above a county-level city, and the province, as far as known.

    A region's level is told by its code: two noughts end a prefecture, four a province.
    """
    places = {"zone": zone}
    above = subjects.get(zone.parent)
    while above is not None and above.kind == "region":
        number = above.code.partition("/")[2]
        if number.endswith("0000"):
            places.setdefault("province", above)
        elif number.endswith("00") and "city" in places:
            places.setdefault("prefecture", above)
        else:
            places.setdefault("city", above)
        above = subjects.get(above.parent)
    return places
