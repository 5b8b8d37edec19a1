"""What stands around every page (页面框架): rail, zone and period switch, search, desk count, account.

A context processor; a view adds `zone`, `period` and `periods` where its page has them. Rail entries keep
one order; a part of
the platform that is not in this release is not shown rather than linked to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.facts.wording import witness
from gaoxin.web.accounts.demo import PEOPLE
from gaoxin.web.accounts.models import Role, User
from gaoxin.web.accounts.permissions import INTERNAL, can
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import selectors
from gaoxin.web.ledger.models import Snapshot, Subject
from gaoxin.web.ledger.moments import last_moment
from gaoxin.web.pages import as_of, desk, names
from gaoxin.web.pages.figures import FigureView
from gaoxin.web.pages.scope import PeriodChoice, language, slug_of, zone_of

SHEETS = ("base", "frame", "figure", "table", "form", "eligibility", "board", "paper", "phone", "print")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the rail; `key` is the letter after `g`."""

    url: str
    icon: str
    label: str
    key: str
    current: bool


class Frame:
    """Asked by the templates as `gx`; every part is worked out when it is first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.reader = getattr(request, "user", None)
        self._notes: dict[str, int] = {}

    def note_of(self, view: FigureView) -> int:
        """The number of the footnote that names the source of a figure on paper; figures of one place
        share it.
        """
        figure = view.figure
        if figure is None:
            text = _("推算，没有文件这样写")
        else:
            place = names.locator_of(figure.ref, figure.locator)
            text = f"{names.source_title(figure.source_id, figure.source_title)} {place}".strip()
            text = witness(text, witnessed=figure.witnessed, lang=language())
        return self._notes.setdefault(text, len(self._notes) + 1)

    @property
    def notes(self) -> list[str]:
        """The footnotes, once the page above them is drawn."""
        return list(self._notes)

    @property
    def user(self) -> dict[str, str] | None:
        if not isinstance(self.reader, User):
            return None
        name = self.reader.get_full_name()
        return {"name": name, "initial": name[:1], "role": str(Role(self.reader.role).label)}

    @property
    def has_password(self) -> bool:
        """Whether there is one to change; people of the demonstration have none."""
        return isinstance(self.reader, User) and self.reader.has_usable_password()

    @property
    def sheets(self) -> list[str]:
        return [staticfiles_storage.url(f"gx/{name}.css") for name in SHEETS]

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @cached_property
    def people(self) -> list[dict[str, Any]]:
        """The roles of the demonstration, for changing from the menu."""
        if not settings.DEMO or self.user is None:
            return []
        mine = self.reader.role if isinstance(self.reader, User) else ""
        return [{"role": role, "label": str(Role(role).label), "current": role == mine} for role in PEOPLE]

    @cached_property
    def visible_zones(self) -> list[Subject]:
        held = getattr(self.request, "gx_zones", None)
        if held is not None:
            return list(held)
        return selectors.zones(self.reader) if self.user is not None else []

    @cached_property
    def zone_row(self) -> Subject | None:
        held = getattr(self.request, "gx_zone", None)
        if held is None and self.visible_zones:
            try:
                held = zone_of(self.request, self.visible_zones)
            except NotFound:  # the page that says so needs a frame as well
                held = self.visible_zones[0]
        return held

    @property
    def zone(self) -> dict[str, str] | None:
        if self.zone_row is None or not self.may_see_zones:
            return None
        return {"name": names.name_of(self.zone_row), "slug": slug_of(self.zone_row.code)}

    @property
    def zones(self) -> list[dict[str, Any]]:
        """Where the switch leads: the same page of another zone, else its front page."""
        path = getattr(self.request, "gx_zone_path", None)
        current = self.zone_row.code if self.zone_row else ""
        return [
            {
                "name": names.name_of(zone),
                "url": f"{path}?zone={slug_of(zone.code)}"
                if path
                else reverse("zone", args=[slug_of(zone.code)]),
                "current": zone.code == current,
                "synthetic": zone.synthetic,
            }
            for zone in self.visible_zones
        ]

    @property
    def may_see_zones(self) -> bool:
        return can(self.reader, "zones.view")

    @property
    def known(self) -> str:
        """The day as of which this page speaks; empty for now."""
        return getattr(self.request, "gx_known", "")

    @property
    def known_offered(self) -> bool:
        return bool(getattr(self.request, "gx_known_offered", False))

    @property
    def known_others(self) -> list[tuple[str, str]]:
        return as_of.others(self.request)

    @property
    def known_present(self) -> str:
        return as_of.present(self.request)

    @property
    def periods(self) -> list[dict[str, Any]]:
        choices: list[PeriodChoice] = getattr(self.request, "gx_periods", [])
        now = getattr(self.request, "gx_period", None)
        shown = [choice for choice in choices if choice.period.form != "span"]
        return [
            {
                "label": names.period_name(choice.period),
                "url": f"?period={choice.period.code}" + (f"&known={self.known}" if self.known else ""),
                "count": choice.count,
                "current": choice.period == now,
            }
            for choice in shown
        ]

    @property
    def period_label(self) -> str:
        now = getattr(self.request, "gx_period", None)
        return names.period_name(now) if now is not None else ""

    @property
    def synthetic(self) -> bool:
        """Whether anything on this page is invented: the zone, or a page that mixes zones and says so."""
        said = getattr(self.request, "gx_synthetic", None)
        if said is not None:
            return bool(said)
        return self.zone_row is not None and self.zone_row.synthetic

    @property
    def can_search(self) -> bool:
        return isinstance(self.reader, User) and (self.may_see_zones or can(self.reader, "enterprises.view"))

    @cached_property
    def desk(self) -> desk.Count | None:
        """How much waits for this reader; None for roles that decide nothing here."""
        if not isinstance(self.reader, User) or self.zone_row is None or not desk.has_desk(self.reader):
            return None
        return desk.count(self.reader, self.zone_row)

    @property
    def snapshot(self) -> str:
        """The snapshot of the newest facts, by the beginning of its hash; one of an earlier day is not it."""
        newest = Snapshot.objects.order_by("-as_of", "-pk").values_list("hash", flat=True)
        found = newest.first() if self.user else None
        return found[:8] if found else ""

    @property
    def data_date(self) -> str:
        moment = last_moment()
        return timezone.localtime(moment).date().isoformat() if moment and self.user else ""

    @cached_property
    def nav(self) -> list[Entry]:
        if self.user is None:
            return []
        here = getattr(self.request, "gx_room", "")
        entries = []
        if self.may_see_zones and self.zone_row is not None:
            url = reverse("zone", args=[slug_of(self.zone_row.code)])
            entries.append(Entry(url, "home", _("总览"), "z", here == "home"))
        if can(self.reader, "enterprises.view"):
            entries.append(Entry(reverse("subjects"), "firm", _("企业"), "q", here == "firm"))
        if can(self.reader, "rules.view"):
            entries.append(Entry(reverse("rules"), "policy", _("政策"), "p", here == "policy"))
        if can(self.reader, "papers.view"):
            entries.append(Entry(reverse("papers"), "report", _("核稿报告"), "h", here == "report"))
        if isinstance(self.reader, User) and self.reader.role in INTERNAL:
            entries.append(Entry(reverse("data"), "data", _("数据"), "s", here == "data"))
        return entries

    @property
    def tabs(self) -> list[Entry]:
        """The bar of the phone: the first four of the rail."""
        return self.nav[:4]

    @property
    def more(self) -> list[Entry]:
        """What the phone finds under 更多."""
        entries = self.nav[4:]
        if self.desk is not None:
            entries = [*entries, Entry(reverse("desk"), "inbox", _("我的工作台"), "", False)]
        return entries


def frame(request: HttpRequest) -> dict[str, Any]:
    return {"gx": Frame(request)}
