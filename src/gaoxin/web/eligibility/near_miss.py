"""The near-miss board of one rule: head, filters, pages and sums (差一点清单).

| group | who |
|---|---|
| one, two, more | so many conditions not met, and something can be done about each |
| open | nothing is certainly not met; data or experts are missing |
| stuck | a condition is not met that no action moves |
| pass | qualifies |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaoxin.web.eligibility.board_rows import field_word
from gaoxin.web.eligibility.boards import Board, Firm
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger.models import Subject
from gaoxin.web.ledger.search import matches
from gaoxin.web.pages.scope import language

PAGE = 15
SHORT = {
    "near": gettext_lazy("1 项、资料不足"),
    "one": gettext_lazy("1 项"),
    "open": gettext_lazy("资料不足"),
    "two": gettext_lazy("2 项"),
    "more": gettext_lazy("3 项以上"),
    "stuck": gettext_lazy("没有办法可做"),
    "pass": gettext_lazy("已经符合"),
}
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_SHOWN = {"near": ("one", "open")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. `first`: the place of the first row; `by`: when everything must be done."""

    q: str
    short: str
    field: str
    first: int
    by: date
    by_rule: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """The firms under the filter, and the page of them."""

    firms: tuple[Firm, ...]
    page: tuple[Firm, ...]
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.page)

    @property
    def before(self) -> int | None:
        return max(0, self.first - PAGE) if self.first else None

    @property
    def next(self) -> int | None:
        return self.last if self.last < len(self.firms) else None


def asked(values: Mapping[str, str], board: Board) -> Asked:
    """Reads the address; what makes no sense counts as not asked for. Raises: NotFound for a day that is
    none.
    """
    short = values.get("short", "")
    first = values.get("from", "")
    told = board.compiled.rule.benefit
    deadline = told.deadline if told is not None else None
    day = deadline or date(board.residents.on.year, 12, 31)
    if values.get("by"):
        try:
            day, deadline = date.fromisoformat(values["by"]), None
        except ValueError:
            day = date.min
        if not _FIRST_DAY <= day <= _LAST_DAY:
            text = values["by"][:20]
            raise NotFound(
                f"“{text}”不是日期，应写作 2026-12-31，在 2000 年至 2099 年之间。",
                f"{text!r} is no day to plan for; write 2026-12-31, between 2000 and 2099.",
            )
    return Asked(
        q=values.get("q", "").strip()[:80],
        short=short if short in SHORT else "near",
        field=values.get("field", ""),
        first=int(first) if first.isascii() and first.isdigit() and len(first) < 8 else 0,
        by=day,
        by_rule=deadline is not None,
    )


def selection(board: Board, zone: Subject, wanted: Asked) -> Selection:
    """The firms under the filter, in the order of the board."""
    groups = _SHOWN.get(wanted.short, (wanted.short,))
    firms: Sequence[Firm] = [firm for firm in board.firms if firm.group in groups]
    if wanted.field:
        held = board.residents.fields
        firms = [firm for firm in firms if held.get(firm.subject) == wanted.field]
    if wanted.q:
        rows = Subject.objects.filter(zone=zone, kind="enterprise").filter(matches(wanted.q))
        named = set(rows.values_list("code", flat=True))
        firms = [firm for firm in firms if firm.subject in named]
    first = min(wanted.first, max(0, len(firms) - 1))
    return Selection(tuple(firms), tuple(firms[first : first + PAGE]), first)


def chosen(board: Board, codes: Sequence[str], most: int) -> list[Firm]:
    """The firms picked on a page, in the order of the board. Raises: NotFound for one that is not there."""
    wanted = {f"enterprise/{code}" for code in codes}
    missing = wanted - board.by_code.keys()
    if missing:
        raise NotFound(code=min(missing))
    return [firm for firm in board.firms if firm.subject in wanted][:most]


def field_choices(board: Board) -> list[tuple[str, str]]:
    """The fields that enterprises of the zone state, by their words."""
    return sorted(
        ((code, field_word(code)) for code in set(board.residents.fields.values())), key=lambda c: c[1]
    )


@dataclass(frozen=True, slots=True)
class Bin:
    """One column of the histogram: `x`, `width` in percent, `top`, `height` in pixels."""

    x: float
    width: float
    top: float
    height: float
    label: str
    count: int
    css: str

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Histogram:
    """How far everybody with a certain score is from the mark; the last tenth below it is lit."""

    bins: tuple[Bin, ...]
    ticks: tuple[tuple[float, int], ...]
    known: int
    near: str
    sentence: str


TOP, BASE = 24, 152


def histogram(board: Board) -> Histogram | None:
    """The columns of the score; None for a rule without one, or where nobody has a certain score."""
    known = sum(count for _low, _high, count in board.bins)
    if board.score is None or not known:
        return None
    mark, most = float(board.score.mark), max(count for _low, _high, count in board.bins)
    step = _round_step(most)
    ceiling = -(-most // step) * step
    width, gap = 100 / len(board.bins), 14 / len(board.bins)
    near = max((low for low, _high, _count in board.bins if low < mark), default=-1)
    bins = []
    for at, (low, high, count) in enumerate(board.bins):
        tall = (BASE - TOP) * count / ceiling
        css = "hot" if low == near else "over" if low >= mark else "under"
        label = f"{low}–{high if at == len(board.bins) - 1 else high - 1}"
        bins.append(
            Bin(round(at * width + gap / 2, 3), round(width - gap, 3), BASE - tall, tall, label, count, css)
        )
    lit = next((one for one in bins if one.css == "hot"), bins[0])
    ticks = tuple((BASE - (BASE - TOP) * level / ceiling, level) for level in range(0, ceiling + 1, step))
    sentence = _("综合得分分布：%(label)s 分有 %(count)s 家") % {"label": lit.label, "count": lit.count}
    return Histogram(tuple(bins), ticks, known, lit.label, sentence)


def _round_step(most: int) -> int:
    """A step of three or so that reads well: 1, 2, 5, 10, 20, 50 …"""
    step = 1
    for factor in (2, 5, 10) * 8:
        if most <= step * 3:
            break
        step = {2: step * 2, 5: step * 5 // 2, 10: step * 2}[factor]
    return step


@dataclass(frozen=True, slots=True)
class Blocking:
    """How many firms fail one condition and nothing else. `width` in percent of the most."""

    name: str
    count: int
    width: float
    movable: bool


def blocking(board: Board) -> list[Blocking]:
    """For a rule without a score: which single condition stands in the way, most frequent first."""
    counted: dict[str, int] = {}
    for firm in board.firms:
        if len(firm.not_met) == 1:
            counted[firm.not_met[0]] = counted.get(firm.not_met[0], 0) + 1
    labels = condition_names(board)
    most = max(counted.values(), default=1)
    rows = [
        Blocking(labels.get(name, name), count, round(100 * count / most, 2), name in board.movable)
        for name, count in counted.items()
    ]
    return sorted(rows, key=lambda row: (-row.count, row.name))


def condition_names(board: Board) -> dict[str, str]:
    """The conditions of the rule by id, in the language of the page."""
    lang = language()
    return {held.id: held.spec.en if lang == "en" else held.spec.zh for held in board.compiled.conditions}
