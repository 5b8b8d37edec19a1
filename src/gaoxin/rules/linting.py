"""Does a clause treat firms fairly? What somebody must look at before it is published (公平竞争审查检查).

Looked at are the trees, so that nothing hides behind a definition, and the texts. A flag is a question, not
a verdict: a person answers it in a review record, and without one the clause is not published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from gaoxin.compute import tree
from gaoxin.core.errors import RuleError
from gaoxin.rules.competition import DECREE_EN, DECREE_ZH, POINTS, Point

if TYPE_CHECKING:
    from gaoxin.packs.schemas.rule import Rule
    from gaoxin.rules.compiling import CompiledRule

# How far around a hit a sparing word counts, in characters.
_AROUND = 8


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing to look at. `place`: C1.3, amount, describe.zh …; `quote`: what stands there.

    `id` changes with the quote, so that a review of one wording does not cover another.
    """

    rule: str
    point: Point
    place: str
    quote: str
    confidence: str = "to_confirm"

    @property
    def id(self) -> str:
        seal = sha256(f"{self.rule}\n{self.point.id}\n{self.place}\n{self.quote}".encode()).hexdigest()
        return f"{self.rule}:{self.point.id}:{seal[:12]}"

    @property
    def zh(self) -> str:
        return (
            f"{self.rule} {self.place}“{self.quote}”：{self.point.zh}。依据{DECREE_ZH}{self.point.article_zh}"
            f"（条款待核对）。建议：{self.point.rewrite_zh}"
        )

    @property
    def en(self) -> str:
        return (
            f"{self.rule} {self.place} “{self.quote}”: {self.point.en}. {DECREE_EN}, {self.point.article_en} "
            f"(to be confirmed). Suggested: {self.point.rewrite_en}"
        )


@dataclass(frozen=True, slots=True)
class Review:
    """What a person decided about a flag. `outcome`: kept with a reason (article 12 or none needed)."""

    flag: str
    by: str
    on: date
    reason: str


def lint(compiled: CompiledRule, *, firms: Iterable[str] = ()) -> tuple[Flag, ...]:
    """Every flag of a rule, in the order of its parts. `firms`: names that must not stand in a text."""
    rule = compiled.rule
    found = [*_of_trees(compiled), *_of_texts(rule.id, _texts(rule), tuple(firms))]
    return tuple(dict.fromkeys(found))


def lint_text(text: str, *, rule: str = "", place: str = "", firms: Iterable[str] = ()) -> tuple[Flag, ...]:
    """Every flag of a text that is not a rule yet: a draft as somebody wrote it."""
    return tuple(dict.fromkeys(_of_texts(rule, [(place, text)], tuple(firms))))


def open_flags(flags: Iterable[Flag], reviews: Iterable[Review]) -> tuple[Flag, ...]:
    """The flags nobody has decided about. A review without a name or a reason does not count."""
    decided = {review.flag for review in reviews if review.by.strip() and review.reason.strip()}
    return tuple(flag for flag in flags if flag.id not in decided)


def publishable(flags: Iterable[Flag], reviews: Iterable[Review] = ()) -> bool:
    """May the clause be published: is every flag reviewed?"""
    return not open_flags(flags, reviews)


def require_publishable(flags: Iterable[Flag], reviews: Iterable[Review] = ()) -> None:
    """Raises: RuleError naming every flag without a review record."""
    left = open_flags(flags, reviews)
    if left:
        raise RuleError(
            f"有 {len(left)} 处没有公平竞争审查记录，不能发布：" + "；".join(flag.zh for flag in left),
            f"{len(left)} points have no fair-competition record, the clause cannot be published: "
            + "; ".join(flag.en for flag in left),
            flags=[flag.id for flag in left],
        )


def _of_trees(compiled: CompiledRule) -> Iterator[Flag]:
    parts = [(held.id, held.effective, held.spec.test) for held in compiled.conditions]
    benefit = compiled.rule.benefit
    if benefit is not None and compiled.amount is not None:
        parts.append(("amount", compiled.amount.node, benefit.amount))
    for place, node, written in parts:
        read = {leaf.metric for leaf in tree.leaves(node)} | set(_fields(node))
        quote = " ".join(written.split())
        for point in POINTS:
            for name in sorted(read & (point.metrics | point.fields)):
                told = name.rpartition(".")[2]
                yield Flag(compiled.id, point, place, quote if told in quote else f"{quote} ← {told}")


def _fields(node: tree.Node) -> Iterator[str]:
    """The fields of lists that a tree reads: compute_contracts.domestic."""
    for part in tree.walk(node):
        if isinstance(part, tree.Exists | tree.Sum):
            assert isinstance(part.events, tree.Leaf)
            inner = (part.where, part.value) if isinstance(part, tree.Sum) else (part.where,)
            for held in tree.walk(*inner):
                if isinstance(held, tree.Field):
                    yield f"{part.events.metric}.{held.name}"


def _of_texts(rule: str, texts: Sequence[tuple[str, str]], firms: Sequence[str]) -> Iterator[Flag]:
    for place, text in texts:
        for point in POINTS:
            for hit in re.finditer(point.words, text) if point.words else ():
                around = text[max(hit.start() - _AROUND, 0) : hit.end() + _AROUND]
                if not (point.spared and re.search(point.spared, around)):
                    yield Flag(rule, point, place, hit[0])
        for firm in firms:
            if firm and firm in text:
                yield Flag(rule, _NAMED, place, firm)


def _texts(rule: Rule) -> list[tuple[str, str]]:
    """The texts of a rule that say what it asks and pays; not the names of documents and who issued them."""
    found = [("describe.zh", rule.describe.zh), ("describe.en", rule.describe.en or "")]
    for condition in rule.conditions:
        found.append((f"{condition.id}.zh", condition.zh))
        if condition.interpretation is not None:
            found.append((f"{condition.id}.interpretation", condition.interpretation.zh))
    found += [(f"{name}.zh", parameter.zh) for name, parameter in rule.parameters.items()]
    found += [(f"{name}.zh", definition.zh) for name, definition in rule.definitions.items()]
    return [(place, text) for place, text in found if text]


_NAMED = next(point for point in POINTS if point.id == "named_firm")
