"""Searched, sorted pages of subjects (主体名录). Keyset pagination: page 400 costs what page 1 costs.

Sort by `name` (pinyin initials), `code`, or by a metric: `revenue@2025`; a leading `-` turns the order
round. Whoever has no value of the metric comes last in both directions, in the order of names: missing is
not zero.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gaoxin.core.errors import FactError
from gaoxin.web.accounts.models import User
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import models, scope
from gaoxin.web.ledger.liveness import live
from gaoxin.web.ledger.remembered import remembered, rights
from gaoxin.web.ledger.search import matches

LARGEST = 200
_BLOCK = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """Some subjects in order. `next` goes into the next call as `after`; empty on the last page."""

    subjects: tuple[models.Subject, ...]
    total: int
    next: str


def subjects(
    reader: object,
    zone: models.Subject,
    kind: str = "enterprise",
    *,
    search: str = "",
    sort: str = "name",
    after: str = "",
    limit: int = 50,
    having: Iterable[tuple[str, str]] = (),
) -> Page:
    """One page of the subjects of a zone.

    `having`: metric and part of a text that the subject must have, such as the code of an industry or a
    title.
    Raises: NotFound for a zone that is not the reader's, FactError for a bad `sort` or `after`.
    """
    account = scope.enter(reader)
    if zone.pk not in scope.zone_ids(account):
        raise NotFound(code=zone.code)
    limit = max(1, min(limit, LARGEST))
    asked = (zone.pk, kind, search, sort, after, limit, tuple(having))
    return remembered(("subjects", rights(account), *asked), lambda: _page(account, zone, *asked[1:]))


def every(
    reader: object,
    zone: models.Subject,
    kind: str = "enterprise",
    *,
    search: str = "",
    sort: str = "name",
    having: Iterable[tuple[str, str]] = (),
    most: int,
) -> Iterator[Sequence[models.Subject]]:
    """All subjects of a list in the order of its pages, some thousand at a time, at most `most`.

    Raises: as `subjects`.
    """
    account = scope.enter(reader)
    if zone.pk not in scope.zone_ids(account):
        raise NotFound(code=zone.code)
    rows, mark = _wanted(account, zone, kind, search, tuple(having)), None
    while most > 0:
        limit = min(_BLOCK, most)
        found = _ordered(account, rows, kind, sort, mark, limit)
        if found:
            yield [subject for subject, _ in found]
        if len(found) < limit:
            return
        most, mark = most - limit, found[-1][1]


def _page(
    account: User,
    zone: models.Subject,
    kind: str,
    search: str,
    sort: str,
    after: str,
    limit: int,
    having: tuple[tuple[str, str], ...],
) -> Page:
    rows = _wanted(account, zone, kind, search, having)
    period = sort.partition("@")[2]
    mark = _read(after, {"v": int, "n": str} if period else None)
    found = _ordered(account, rows, kind, sort, mark, limit + 1)
    page, more = found[:limit], len(found) > limit
    # a search that finds little has been through the whole zone already
    total = len(page) if not after and not more else rows.count()
    return Page(tuple(subject for subject, _ in page), total, _write(page[-1][1]) if more else "")


Found = list[tuple[models.Subject, list[Any]]]


def _wanted(
    account: User, zone: models.Subject, kind: str, search: str, having: tuple[tuple[str, str], ...]
) -> QuerySet[models.Subject]:
    rows = scope.visible_subjects(account).filter(zone=zone, kind=kind).filter(matches(search))
    for code, words in having:
        stated = models.Observation.objects.filter(live(), metric__code=code, text__contains=words)
        readable = stated.filter(metric__in=scope.readable_metric_ids(account, kind))
        rows = rows.filter(Exists(readable.filter(subject=OuterRef("pk"))))
    return rows


def _ordered(
    account: User,
    rows: QuerySet[models.Subject],
    kind: str,
    sort: str,
    mark: list[Any] | None,
    limit: int,
) -> Found:
    """The next rows in order. Raises: FactError for a bad `sort`."""
    down, column = sort.startswith("-"), sort.removeprefix("-")
    metric, _, period = column.partition("@")
    if period:
        return _by_metric(account, rows, kind, metric, period, down, mark, limit)
    if column in ("name", "code"):
        return _by_column(rows, "initials" if column == "name" else "code", down, mark, limit)
    raise FactError(f"不能按“{sort}”排序。", f"Cannot sort by {sort!r}.", sort=sort)


def _by_column(
    rows: QuerySet[models.Subject], column: str, down: bool, mark: list[Any] | None, limit: int
) -> Found:
    if mark is not None:
        word = "lt" if down else "gt"
        rows = rows.filter(
            Q(**{f"{column}__{word}": mark[0]}) | Q(**{column: mark[0], f"pk__{word}": mark[1]}),
            **{f"{column}__{word}e": mark[0]},
        )
    sign = "-" if down else ""
    return [
        (row, [getattr(row, column), row.pk]) for row in rows.order_by(f"{sign}{column}", f"{sign}pk")[:limit]
    ]


def _by_metric(
    reader,
    rows: QuerySet[models.Subject],
    kind: str,
    metric: str,
    period: str,
    down: bool,
    mark: list[Any] | None,
    limit: int,
) -> Found:
    """First those with a value, along the ranking index, then those without, by name."""
    numbered = scope.readable_metric_ids(reader, kind).filter(code=metric).first()
    if numbered is None:
        raise NotFound(metric=metric)
    stated = models.Observation.objects.filter(
        metric=numbered, period=period, figure="level", number__isnull=False
    )
    found: Found = []
    if mark is None or mark[0] == "v":
        found = _with_value(rows, stated, down, mark[1:] if mark else None, limit)
    if len(found) < limit:
        bare = rows.filter(~Exists(stated.filter(live(), subject=OuterRef("pk"))))
        rest = mark[1:] if mark and mark[0] == "n" else None
        found += [
            (row, ["n", *place])
            for row, place in _by_column(bare, "initials", False, rest, limit - len(found))
        ]
    return found


def _with_value(
    rows: QuerySet[models.Subject],
    stated: QuerySet[models.Observation],
    down: bool,
    mark: list[Any] | None,
    limit: int,
) -> Found:
    word, sign = ("lt", "-") if down else ("gt", "")
    beyond = "gt" if down else "lt"
    same = stated.filter(live(), subject=OuterRef("subject"))
    earlier = same.filter(
        Q(**{f"number__{beyond}": OuterRef("number")})
        | Q(number=OuterRef("number"), **{f"pk__{beyond}": OuterRef("pk")})
    )
    ranked = stated.filter(live(), subject__in=rows).filter(
        ~Exists(earlier)
    )  # in a dispute, the first place counts
    if mark is not None:
        ranked = ranked.filter(
            Q(**{f"number__{word}": mark[0]}) | Q(number=mark[0], **{f"pk__{word}": mark[1]}),
            **{f"number__{word}e": mark[0]},
        )
    order = ranked.order_by(f"{sign}number", f"{sign}pk").values_list("subject_id", "number", "pk")[:limit]
    places = list(order)
    held = models.Subject.objects.in_bulk([subject for subject, _, _ in places])
    return [(held[subject], ["v", number, pk]) for subject, number, pk in places]


def _write(place: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def _read(after: str, sections: dict[str, type] | None) -> list[Any] | None:
    """The place that `_write` wrote: [value, id], in an order of several sections [section, value, id].

    Raises: FactError for a place in another order, or one that was never given out.
    """
    if not after:
        return None
    try:
        place = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        kind = str if sections is None else sections.get(place[0])
        value, pk = place[-2:]
        sound = len(place) == (2 if sections is None else 3) and type(value) is kind and type(pk) is int
        small = all(abs(number) < 2**63 for number in (value, pk) if type(number) is int)
        if sound and small and "\0" not in str(value):
            return list(place)
    except (ValueError, TypeError, LookupError, RecursionError):
        pass
    raise FactError(
        "翻页位置已失效，请从第一页开始。", "The place in the list is not understood; start again."
    )
