"""`gaoxin trace`: where a figure came from (追溯一个数字的来源)."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from gaoxin.cli.console import FINDINGS, SOUND, Console, verb

if TYPE_CHECKING:
    from gaoxin.facts.provenance import Trace
    from gaoxin.facts.records import Observation

# What somebody should look at: sources disagree, or the figure is no longer in use.
_OPEN = frozenset({"disputed", "superseded", "withdrawn"})


@verb()
@click.argument("figure", metavar="ID")
@click.option("--as-of", metavar="DAY", help="按当时所知 as it was known then: 2026-03-31")
def command(console: Console, figure: str, as_of: str | None) -> int:
    """追溯一个数字的来源。Tell where a figure came from.

    ID 是观测值编号，如 C007、chuxiong/C007 或库里的 1208，也可以是推算值的编号。没有数据库时，从内容包里查。
    """
    found = from_ledger(figure, as_of) if has_ledger() else from_packs(figure, as_of)
    console.show(as_document(found), _text(console, found))
    return FINDINGS if found.state in _OPEN else SOUND


def has_ledger() -> bool:
    """Is there a database? Then it alone knows what was corrected since, and the packs are not asked."""
    from gaoxin.web import environment

    file = environment.home() / "gaoxin.sqlite3"
    return bool(os.environ.get("DATABASE_URL")) or (file.is_file() and file.stat().st_size > 0)


def from_ledger(figure: str, as_of: str | None = None) -> Trace:
    """The tree behind a figure of the ledger; a derived one is worked out on what stands there.

    Raises: FactError for a figure the ledger does not hold or imply, or did not at that moment.
    """
    from gaoxin.core.errors import FactError
    from gaoxin.web import opening
    from gaoxin.workspace.workspace import moment

    opening.connect()
    from gaoxin.web.ledger.tracing import trace_derived, trace_recorded

    when = moment(as_of) if as_of else None
    if "(" in figure:
        return trace_derived(figure, as_of=when)
    found = trace_recorded(figure, as_of=when)
    if found is not None:
        return found
    raise FactError(
        f"库里没有编号为“{figure}”的数" + ("，或当时还没有登记。" if as_of else "。"),
        f"The ledger has no figure {figure!r}" + (" at that moment." if as_of else "."),
    )


def from_packs(figure: str, as_of: str | None = None) -> Trace:
    """The tree behind a figure of the packs.

    Raises: FactError naming near ids if the packs do not know it.
    """
    from gaoxin.workspace.workspace import open as open_workspace

    return open_workspace().trace(figure, as_of)


def as_document(found: Trace) -> dict[str, Any]:
    """The tree as JSON; numbers as printed and as integers at the storage scale."""
    from gaoxin.facts.provenance import taken_words

    source, obs = found.source, found.observation
    return {
        **_figure(obs),
        "state": found.state,
        "witnessed": found.witnessed,
        "taken": taken_words(found.taken, obs, "zh") if found.taken is not None else None,
        "formula_zh": found.formula[0] or None,
        "formula_en": found.formula[1] or None,
        "subject_name": found.subject,
        "metric_zh": found.metric_zh,
        "metric_en": found.metric_en,
        "source_title": source.title if source else None,
        "publisher": (source.publisher or None) if source else None,
        "published": source.published.isoformat() if source and source.published else None,
        "replaced_by": [later.observation.id for later in found.replaced_by],
        "others": [
            {**_figure(other.observation), "source_title": other.source.title if other.source else None}
            for other in found.others
        ],
        "rulings": [
            {
                "stands": event.ruling.stands,
                "reason": event.ruling.reason,
                "by": event.ruling.by,
                "at": event.ruling.at.isoformat(),
            }
            for event in found.events
            if event.ruling is not None
        ],
        "inputs": [as_document(part) for part in found.inputs],
        "versions": [as_document(part) for part in found.versions],
    }


def _figure(obs: Observation) -> dict[str, Any]:
    from gaoxin.facts.loading import UNDATED

    value = obs.value
    return {
        "id": obs.id,
        "subject": obs.subject,
        "metric": obs.metric,
        "figure": obs.figure,
        "period": obs.period.code,
        "period_confidence": obs.period_confidence,
        "of": obs.of or None,
        "group": obs.group or None,
        "shown": value.render(obs.unit, "zh"),
        "op": value.op,
        "number": value.number,
        "high": value.high,
        "step": value.step,
        "text": value.text,
        "dimension": value.dimension.value if value.dimension is not None else None,
        "unit": obs.unit or None,
        "status": obs.status,
        "source": obs.source,
        "locator": obs.locator or None,
        "written": obs.written or None,
        "formula": obs.formula or None,
        "recorded_by": obs.recorded_by,
        "recorded_at": obs.recorded_at.isoformat() if obs.recorded_at != UNDATED else None,
        "reason": obs.reason or None,
        "note": obs.note or None,
    }


def _text(console: Console, found: Trace) -> str:
    from gaoxin.facts.provenance import render

    return render(found, console.lang)
