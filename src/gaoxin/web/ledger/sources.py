"""The forms of a zone as documents (报表来源): a monthly return is one source, not one a file."""

from __future__ import annotations

from django.db.models import Q

from gaoxin.core.errors import FactError
from gaoxin.web.accounts.models import User
from gaoxin.web.ledger import scope
from gaoxin.web.ledger.models import Source, Subject

FORMS: dict[str, tuple[str, str]] = {
    "enterprise": ("企业报表", "enterprise returns"),
    "zone": ("园区报表", "zone returns"),
    "region": ("地区报表", "regional returns"),
    "project": ("项目报表", "project returns"),
}


def form_source(zone: Subject, kind: str) -> Source:
    """The zone's own form for this kind of subject, registered when first used.

    A later file of the same form supersedes what it says differently; another source would disagree with it.
    """
    zh, en = FORMS[kind]
    defaults = {
        "title": f"{zone.name}{zh}",
        "title_en": f"{zone.name_en or zone.name}: {en}",
        "publisher": zone.name,
        "document": "form",
        "zone": zone,
    }
    return Source.objects.get_or_create(code=f"form/{zone.code.partition('/')[2]}/{kind}", defaults=defaults)[
        0
    ]


def source_named(by: User | None, code: str) -> Source:
    """A document that everybody may cite, or one of the clerk's own zones; `by` None is the command line.

    Raises: FactError if there is none, which sounds the same for a document of another zone.
    """
    mine = Q(zone=None) | Q(zone__in=scope.zone_ids(by)) if by is not None else Q()
    found = Source.objects.filter(mine, code=code).first()
    if found is None:
        raise FactError(
            f"没有编号为“{code}”的来源，请先登记来源文件。", f"There is no source {code!r}.", source=code
        )
    return found
