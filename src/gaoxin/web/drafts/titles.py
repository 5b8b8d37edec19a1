"""What a draft is called as a source of figures (文稿作为来源的名称): only who may see it learns its title.

A figure that was accepted is read by more people than the draft is. The document it names is 内部文稿 as long
as the draft is not shared; pages that know the reader say the title to whoever may see the draft.
"""

from __future__ import annotations

from collections.abc import Iterable

from gaoxin.core.visible import shown
from gaoxin.web.accounts.permissions import can
from gaoxin.web.drafts import selectors
from gaoxin.web.drafts.models import Draft
from gaoxin.web.ledger.models import Source

_HIDDEN = ("内部文稿", "Internal draft")
_PREFIX = "draft/"


def source_code(draft: Draft) -> str:
    return f"{_PREFIX}{draft.zone.code.partition('/')[2]}/{draft.pk}"


def title_told(draft: Draft) -> dict[str, str]:
    """The titles of the document that everybody reads."""
    zh, en = (draft.title, "") if draft.shared else _HIDDEN
    return {"title": zh, "title_en": en}


def retitle(draft: Draft) -> None:
    """After the draft was shared, or no longer is; nothing where no figure was taken from it."""
    Source.objects.filter(code=source_code(draft)).update(**title_told(draft))


def titles_seen(reader: object, sources: Iterable[Source]) -> dict[str, str]:
    """Code of a source → title of its draft, for the drafts the reader may see."""
    if not can(reader, "papers.view"):
        return {}
    numbers = {
        int(number): one.code
        for one in sources
        if one.code.startswith(_PREFIX) and (number := one.code.rpartition("/")[2]).isdecimal()
    }
    if not numbers:
        return {}
    return {numbers[pk]: shown(title) for pk, title in selectors.titles(reader, numbers).items()}
