"""A clause simulated, as a page: costs, winners and losers, groups, steps of a number, flags (条款测算页).

The population of the zone is loaded once for each clause; a change of a number works out the clause alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from gaoxin.core.quantities import format_number, round_half_up
from gaoxin.rules.compiling import CompiledRule
from gaoxin.rules.linting import Flag, lint
from gaoxin.rules.simulating import LAW, Simulator
from gaoxin.rules.simulation import Simulation
from gaoxin.web.eligibility.residents import Residents
from gaoxin.web.eligibility.zone_rules import compiler
from gaoxin.web.ledger.models import Subject
from gaoxin.web.pages import names
from gaoxin.web.pages.scope import language

# Sections of GB/T 4754-2017
SECTIONS = {
    "A": "农、林、牧、渔业", "B": "采矿业", "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业", "E": "建筑业",
    "F": "批发和零售业", "G": "交通运输、仓储和邮政业", "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业", "K": "房地产业", "L": "租赁和商务服务业", "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业", "O": "居民服务、修理和其他服务业", "P": "教育", "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业", "S": "公共管理、社会保障和社会组织", "T": "国际组织",
}  # fmt: skip
FIRMS = 8
_WAN = 10_000


@dataclass(frozen=True, slots=True)
class SideView:
    """One set of numbers: the law or a draft. Money in 万元, in words; bar ends in percent of the widest."""

    name: str
    code: str
    passes: int
    open: int
    low: str
    base: str
    high: str
    unbounded: int
    winners: int | None
    losers: int | None
    possible: int | None
    gained: str
    lost: str
    median: str
    top_share: str
    bar_low: float
    bar_high: float
    bar_base: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One firm that a draft gives more or less."""

    name: str
    url: str
    before: str
    after: str
    difference: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Those whom one draft gives more, and those whom it gives less, the largest change first."""

    side: str
    winners: tuple[Change, ...]
    losers: tuple[Change, ...]
    more_winners: int
    more_losers: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    group: str
    cells: tuple[tuple[int, int, str, str], ...]


@dataclass(frozen=True, slots=True)
class MarginalLine:
    """One step of one number. `difference`: of base, else of low, in 万元."""

    label: str
    value: str
    step: str
    difference: str
    passes: int
    measure: str


@dataclass(frozen=True, slots=True)
class FlagView:
    flag: Flag
    what: str
    article: str
    rewrite: str


@lru_cache(maxsize=32)
def simulator(held: Residents, rule: str) -> Simulator:
    """A clause over the zone, loaded once. Raises: RuleError for a rule that pays nothing."""
    book = compiler(held.zone, held.on, practice=held.practice).book
    return Simulator.load(book, rule, held.frame.lazy(), held.on, snapshot=held.snapshot)


def simulate(held: Residents, rule: str, written: Mapping[str, Mapping[str, str]]) -> Simulation:
    """The law beside the drafts that change something. Raises: RuleError."""
    drafts = {side.upper(): dict(changed) for side, changed in written.items() if changed}
    return simulator(held, rule).run(drafts)


def clauses(held: Residents) -> list[CompiledRule]:
    """The clauses of the zone that pay money, those under consultation included: a price is asked before a
    text is enacted.
    """
    book = compiler(held.zone, held.on, practice=held.practice).book
    found = (held.compiled(rule.id) for rule in book.in_force(held.on) if rule.category == "clause")
    return [one for one in found if one.amount is not None]


def side_name(code: str) -> str:
    return _("现行") if code == LAW else _("草案 %s") % code


def sides(made: Simulation) -> list[SideView]:
    """Every side with its costs."""
    rows = made.costs().to_dicts()
    widest = max((Decimal(row["bounded"] or 0) for row in rows), default=Decimal(0)) or Decimal(1)
    return [_side(row, widest) for row in rows]


def _side(row: Mapping[str, Any], widest: Decimal) -> SideView:
    code = row["draft"]
    base = row["base"]
    share = row["top_share"]
    return SideView(
        name=side_name(code),
        code=code,
        passes=row["passes"],
        open=row["open"],
        low=wan(row["low"]),
        base=_("算不出") if base is None else wan(base),
        high=_("没有上限") if row["high"] is None else wan(row["high"]),
        unbounded=row["unbounded"],
        winners=row.get("winners"),
        losers=row.get("losers"),
        possible=row.get("possible"),
        gained=wan(row.get("gained")),
        lost=wan(row.get("lost")),
        median=wan(row["median"]),
        top_share="" if share is None else f"{share * 100:.1f}%",
        bar_low=_percent(row["low"], widest),
        bar_high=_percent(row["bounded"], widest),
        bar_base=None if base is None else _percent(base, widest),
    )


def changes(made: Simulation) -> list[Changes]:
    """Winners and losers of each draft, by name."""
    found = []
    for side in made.drafts:
        frame = made.df().filter(pl.col("draft") == side.name)
        won, lost = (frame.filter(pl.col("change") == kind) for kind in ("winner", "loser"))
        shown = [*won.head(FIRMS)["subject"], *lost.head(FIRMS)["subject"]]
        firms = {one.code: one for one in Subject.objects.filter(code__in=shown)}
        labels = {
            held.id: held.spec.en if language() == "en" else held.spec.zh for held in side.compiled.conditions
        }
        found.append(
            Changes(
                side=side_name(side.name),
                winners=tuple(_change(row, firms, labels) for row in won.head(FIRMS).to_dicts()),
                losers=tuple(_change(row, firms, labels) for row in lost.head(FIRMS).to_dicts()),
                more_winners=max(0, won.height - FIRMS),
                more_losers=max(0, lost.height - FIRMS),
            )
        )
    return found


def _change(row: Mapping[str, Any], firms: Mapping[str, Subject], labels: Mapping[str, str]) -> Change:
    subject = firms[row["subject"]]
    reasons = tuple(labels.get(text.split(":")[0], text) for text in row["reasons"])
    return Change(
        name=names.name_of(subject),
        url=names.subject_url(subject),
        before=wan(row["low_before"]),
        after=wan(row["low_after"]),
        difference=wan(row["difference"]),
        reasons=reasons,
    )


def groups(made: Simulation, dimension: str) -> list[GroupLine]:
    """One dimension, a row for each group with passes, open, low and base of every side."""
    frame = made.distribution()
    if "dimension" not in frame.columns:
        return []
    frame = frame.filter(pl.col("dimension") == dimension)
    by_group: dict[str | None, dict[str, Mapping[str, Any]]] = {}
    for row in frame.to_dicts():
        by_group.setdefault(row["group"], {})[row["draft"]] = row
    return [
        GroupLine(
            _group_word(made, dimension, group),
            tuple(
                (
                    told[side.name]["passes"],
                    told[side.name]["open"],
                    wan(told[side.name]["low"]),
                    wan(told[side.name]["base"]),
                )
                for side in made.sides
            ),
        )
        for group, told in by_group.items()
        if any(row["passes"] or row["open"] for row in told.values())
    ]


def _group_word(made: Simulation, dimension: str, group: str | None) -> str:
    if group is None:
        return _("不明")
    if dimension == "size" and made.simulator.crowd.size is not None and language() != "en":
        spec = made.simulator.crowd.size.rule.classes
        return spec.zh.get(group, group) if spec is not None else group
    if dimension == "industry" and language() != "en":
        return SECTIONS.get(group, group)
    return group


def marginals(made: Simulation) -> list[MarginalLine]:
    """What one step of each number changes, seen from the last side."""
    lines = []
    rule = made.law.compiled.rule
    for row in made.marginal().to_dicts():
        spec = rule.parameters[row["parameter"]]
        base = row["more_base"]
        symbol = "" if row["unit"] in (None, "1") else row["unit"]
        lines.append(
            MarginalLine(
                label=spec.en if language() == "en" else spec.zh,
                value=f"{row['value']}{symbol}",
                step=f"{'+' if not row['step'].startswith('-') else ''}{row['step']}{symbol}".replace(
                    "-", "−"
                ),
                difference=wan(base if base is not None else row["more_low"], sign=True),
                passes=row["more_passes"],
                measure=_("中") if base is not None else _("低"),
            )
        )
    return lines


def flags(compiled: CompiledRule) -> list[FlagView]:
    """What a fair-competition review must look at."""
    english = language() == "en"
    return [
        FlagView(
            flag=one,
            what=one.point.en if english else one.point.zh,
            article=one.point.article_en if english else one.point.article_zh,
            rewrite=one.point.rewrite_en if english else one.point.rewrite_zh,
        )
        for one in lint(compiled)
    ]


def wan(yuan: Decimal | Fraction | None, *, sign: bool = False) -> str:
    """元 as 万元, to the cent of a 万元; missing stays empty."""
    if yuan is None:
        return ""
    told = round_half_up(Fraction(yuan) / _WAN, 2)
    text = format_number(told if told % 1 else int(told), None, language())
    return f"+{text}" if sign and told > 0 else text


def _percent(yuan: Decimal | None, widest: Decimal) -> float:
    return 0.0 if yuan is None else round(float(Fraction(yuan) * 100 / Fraction(widest)), 2)


def draft_rows(written: Mapping[str, str], compiled: CompiledRule) -> Sequence[tuple[str, str]]:
    """The changed numbers of a version, by the names of the law."""
    english = language() == "en"
    told: Iterable[tuple[str, str]] = (
        ((spec.en if english else spec.zh), written[name])
        for name, spec in compiled.rule.parameters.items()
        if name in written
    )
    return list(told)
