"""Drafts with verdicts written by hand: what the pages do with a check does not depend on who reads well."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from gaoxin.core.periods import Period
from gaoxin.core.units import Dimension
from gaoxin.reading.amounts import Amount
from gaoxin.reading.blocks import Block
from gaoxin.reading.claims import Claim
from gaoxin.reading.reader import Reading
from gaoxin.reading.stretches import Stretch
from gaoxin.reading.verifying import Checked, Verdict
from gaoxin.web.accounts.models import User
from gaoxin.web.drafts.models import Checking, Draft
from gaoxin.web.drafts.recording import record_check
from gaoxin.web.imports import files
from tests.web.builders import zone

TEXT = (
    "潍坊高新区2021年情况汇报\n"
    "全年到位资金165.3亿元，同比增长22.5%，占全市的87.9%。\n"
    "新增企业6个，居全市第一位。\n"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One figure by its quote: how it was judged, and what it states."""

    quote: str
    verdict: str = "match"
    new: str = ""
    old: str = ""
    why: str = "与事实库一致"
    claim: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


FIGURES = (
    Found("165.3亿元"),
    Found(
        "22.5%", "mismatch", new="25.5%", why="应是25.5%", claim={"kind": "growth", "value": Fraction(9, 40)}
    ),
    Found("87.9%", "mismatch", new="全区", old="全市", why="应是全区，不是全市", claim={"kind": "share"}),
    Found("6个", "inconsistent", new="5个", why="2 + 1 + 1 + 1 = 5", more={"others": (0,)}),
    Found(
        "第一位",
        "unsupported",
        why="没有名次来源",
        claim={"kind": "rank", "value": Fraction(1), "unit": "位"},
    ),
)


def checked(text: str, figures: Sequence[Found], published: date = date(2022, 3, 1)) -> Checked:
    """The check as reading and verifying would give it; quotes are looked for in the order of the text."""
    claims, verdicts, at = [], [], 0
    for number, found in enumerate(figures):
        start = text.index(found.quote, at)
        at = start + len(found.quote)
        claims.append(_claim(text, start, found))
        place = (start, start + len(found.quote))
        if found.old:
            place = (text.rindex(found.old, 0, start), text.rindex(found.old, 0, start) + len(found.old))
        verdicts.append(
            Verdict(
                number,
                found.verdict,
                found.verdict,
                found.why,
                f"judged as {found.verdict}",
                expected=found.new or None,
                replacement=(*place, found.new) if found.new else None,
                workings=(("相差", "3.0 个百分点"),) if found.verdict == "mismatch" else (),
                **found.more,
            )
        )
    return Checked(Reading(text, tuple(_blocks(text)), tuple(claims), published), tuple(verdicts))


def _claim(text: str, start: int, found: Found) -> Claim:
    end = start + len(found.quote)
    written = next(
        (unit for unit in ("亿元", "%", "个", "万元", "家", "位") if found.quote.endswith(unit)), ""
    )
    dimension = {
        "亿元": Dimension.money,
        "%": Dimension.ratio,
        "个": Dimension.count,
        "位": Dimension.rank,
    }.get(written)
    amount = Amount(
        0, 1, 0, 1, "rank" if written == "位" else "number", Fraction(1), "=", dimension, written_unit=written
    )
    sentence = (text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1))
    known: dict[str, Any] = {
        "kind": "level",
        "value": Fraction(16_530_000_000),
        "op": "=",
        "unit": "元",
        "label": "到位资金",
        "subject": "潍坊高新区",
        "subject_code": "zone/weifang",
        "metric": None,
        "period": Period.parse("2021"),
        "period_stated": True,
    }
    return Claim(found.quote, start, end, 0, amount, sentence, **(known | found.claim))


def _blocks(text: str) -> list[Block]:
    found, at = [], 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        body = line.rstrip("\n")
        if body:
            held = Stretch(body, array("q", range(at, at + len(body))))
            found.append(
                Block("title" if number == 0 else "paragraph", held, 1 if number == 0 else 0, number, ())
            )
        at += len(line)
    return found


def a_draft(
    by: User,
    text: str = TEXT,
    figures: Sequence[Found] = FIGURES,
    *,
    slug: str = "weifang",
    shared: bool = False,
    title: str = "情况汇报",
    kind: str = "txt",
    data: bytes = b"",
) -> Draft:
    """A draft that was handed in and checked once."""
    stored = files.store([data or text.encode()])
    draft = Draft.objects.create(
        zone=zone(slug),
        title=title,
        kind=kind,
        file_name=f"{title}.{kind}" if data else "",
        sha256=stored.sha256,
        size=stored.size,
        text=text,
        published=date(2022, 3, 1),
        shared=shared,
        by=by,
        by_name=by.display_name,
        at=timezone.now(),
    )
    another_check(draft, figures)
    return draft


def another_check(draft: Draft, figures: Sequence[Found]) -> Checking:
    with transaction.atomic():
        return record_check(
            by=draft.by,
            draft=draft,
            checked=checked(draft.text, figures),
            published=date(2022, 3, 1),
            known=None,
        )
