"""The cheapest way for a firm on a board, in words: what to do, at what cost, by when (最省的办法).

Most ways take milliseconds, some take seconds: a page works out what it can in a moment and fetches the rest
row by row. What was worked out is kept, for frozen facts give the same way again.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from threading import Lock

from django.utils import timezone
from django.utils.translation import gettext as _

from gaoxin.core.errors import RuleError
from gaoxin.core.quantities import format_number
from gaoxin.core.units import unit
from gaoxin.rules.lead_times import told
from gaoxin.rules.routes import NoPath, Path, Step, cheapest
from gaoxin.web.eligibility.boards import Board, Firm, actions_for
from gaoxin.web.eligibility.lead import LatestStart, latest_start
from gaoxin.web.ledger import catalogue
from gaoxin.web.pages.scope import language

SOON = 0.4  # seconds a page spends on ways that were not worked out yet
_MOST_KEPT = 20_000
_WAN = Fraction(10_000)
_kept: OrderedDict[tuple[object, ...], Path | NoPath | RuleError] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Way:
    """`pending`: not worked out yet; `dead`: why there is none. `cost` in 元; `start`: None where nothing
    takes time. `lacking`: data that must turn out well besides.
    """

    steps: tuple[str, ...] = ()
    cost: Fraction | None = None
    takes: str = ""
    start: LatestStart | None = None
    lacking: tuple[str, ...] = ()
    ask: str = ""
    dead: str = ""
    pending: bool = False

    @property
    def fen(self) -> int:
        """The cost for adding up on the page."""
        return 0 if self.cost is None else round(self.cost * 100)

    @property
    def cost_words(self) -> str:
        """In 万元, as a column head says."""
        return "" if self.cost is None else format_number(self.cost / _WAN, None, language())


def ways(board: Board, firms: Iterable[Firm], by: date, *, within: float = SOON) -> Mapping[str, Way]:
    """The way of each firm; those that would take longer than `within` seconds in all are pending."""
    until, found = time.monotonic() + within, {}
    for firm in firms:
        if firm.group == "pass":
            continue
        if firm.group == "open":
            found[firm.subject] = _question(board, firm)
            continue
        held = _held(board, firm)
        if held is None and time.monotonic() < until:
            held = path_of(board, firm)
        found[firm.subject] = Way(pending=True) if held is None else _told(board, held, by)
    return found


def way(board: Board, firm: Firm, by: date) -> Way:
    """The way of one firm, however long it takes."""
    return ways(board, (firm,), by, within=float("inf"))[firm.subject]


def path_of(board: Board, firm: Firm) -> Path | NoPath | RuleError:
    """The exact cheapest path, why there is none, or why it could not be found exactly."""
    held = _held(board, firm)
    if held is not None:
        return held
    judgement = board.residents.judge(board.columns, firm.subject)
    made: Path | NoPath | RuleError
    try:
        made = cheapest(board.compiled, judgement.reading, actions_for(board.compiled))
    except RuleError as problem:
        made = problem
    with _lock:
        _kept[_key(board, firm)] = made
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return made


def known_path(board: Board, firm: Firm) -> Path | NoPath | RuleError | None:
    """The way of a firm if it was worked out already; None if not."""
    return _held(board, firm)


def _held(board: Board, firm: Firm) -> Path | NoPath | RuleError | None:
    with _lock:
        return _kept.get(_key(board, firm))


def _key(board: Board, firm: Firm) -> tuple[object, ...]:
    return (*board.residents.key, board.compiled.id, firm.subject)


def _question(board: Board, firm: Firm) -> Way:
    """Nothing fails: ask for the figure that settles most firms first."""
    asked = next((one for one in board.questions if one.metric in firm.missing), None)
    if asked is None:
        return Way()
    metric = catalogue.metric(asked.metric)
    name = metric.label(language())
    if asked.expert:
        return Way(ask=_("等专家评审：%s") % name)
    rest = len(firm.missing) - 1
    said = _("问企业：%s") % name
    if metric.form:
        said = _("问企业：%(name)s（%(form)s）") % {"name": name, "form": metric.form}
    if rest:
        said += _("，另缺 %d 项") % rest
    return Way(ask=said)


def _told(board: Board, held: Path | NoPath | RuleError, by: date) -> Way:
    lang = language()
    if isinstance(held, RuleError):
        return Way(dead=held.en if lang == "en" else held.zh)
    if isinstance(held, NoPath):
        names = {c.id: c.spec.en if lang == "en" else c.spec.zh for c in board.compiled.conditions}
        if held.blocked:
            joined = _("、").join(names[name] for name in held.blocked)
            return Way(dead=_("没有办法可做：%s") % joined)
        return Way(dead=_("各项办法合起来也不够"))
    lead = held.longest
    start = None
    if lead is not None:
        start = latest_start(lead, by, timezone.localdate(), catalogue.library().calendar())
    return Way(
        steps=tuple(step_words(step) for step in held.steps),
        cost=held.cost,
        takes=told(lead, lang) if lead is not None else "",
        start=start,
        lacking=tuple(catalogue.metric(name).label(lang) for name in held.after.missing),
    )


def step_words(step: Step) -> str:
    """登记 1 件软件著作权: what is done, how much of it."""
    action, lang = step.action, language()
    words = action.label(lang)
    if action.step is None:
        return words
    size = Fraction(action.step) * step.count
    joint = "：" if lang == "zh" else ": "
    return f"{words}{joint}{format_number(size, unit(action.unit) if action.unit else None, lang)}"
