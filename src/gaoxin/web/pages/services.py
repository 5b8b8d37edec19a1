"""Writes what only pages ask for: a document that figures are entered from (登记来源). One transaction,
audit row inside.
"""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from django.utils import timezone

from gaoxin.core.errors import FactError
from gaoxin.core.visible import visible_line
from gaoxin.web.accounts.models import User
from gaoxin.web.accounts.permissions import require
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.audit import record_event
from gaoxin.web.ledger.models import Source, Subject


@transaction.atomic
def register_source(
    *,
    by: User,
    zone: Subject,
    title: str,
    publisher: str = "",
    published: date | None = None,
    document: str = "other",
) -> Source:
    """A document of the zone; its code is made from the day and a number.

    Raises: FactError for an empty title or one that is registered already; InvisibleSign; NotFound for
    a zone that is not the reader's.
    """
    require(by, "facts.enter")
    if zone.pk not in scope.zone_ids(by):
        raise NotFound(code=zone.code)
    name = visible_line(title, "文件标题", "title")
    office = visible_line(publisher, "发布单位", "publisher")
    if not name:
        raise FactError("写出文件标题。", "Give the title of the document.")
    if Source.objects.filter(zone=zone, title=name, published=published).exists():
        raise FactError("这份文件已经登记过，直接选它。", "This document is registered already; choose it.")
    stem = f"{re.sub('[^a-z0-9]', '', zone.code.partition('/')[2])}_{timezone.localdate():%Y%m%d}"
    taken = set(Source.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = next(n for n in range(1, 10_000) if f"{stem}_{n}" not in taken)
    source = Source.objects.create(
        code=f"{stem}_{number}",
        title=name[:300],
        publisher=office[:200],
        published=published,
        document=document,
        zone=zone,
    )
    record_event(by=by, action="source.add", zone=zone, target=source.code, detail={"title": name[:200]})
    return source
