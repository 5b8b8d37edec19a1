"""The append-only base of facts, in memory (事实库).

It answers: what stands for this key, what was known on a given day, what happened to this figure, where do
sources disagree. Nothing is ever changed or removed; every query takes `as_of` and then sees only what had
been recorded by that moment. How disagreement is settled is decided in `gaoxin.facts.conflicts`, how facts
come out of packs in `gaoxin.facts.loading`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gaoxin.core.errors import FactError
from gaoxin.core.periods import Period
from gaoxin.facts.conflicts import Conflict, Settlement, settle
from gaoxin.facts.records import Key, Observation, Ruling, Source, Subject, Withdrawal
from gaoxin.facts.values import Value

if TYPE_CHECKING:
    from gaoxin.packs.library import Library

Happening = Literal["recorded", "corrected", "ruled", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the history of a key: exactly one of the records is set."""

    at: datetime
    what: Happening
    by: str
    observation: Observation | None = None
    ruling: Ruling | None = None
    withdrawal: Withdrawal | None = None


@dataclass(slots=True)
class _Store:
    """Everything ever recorded; shared by a base and its views."""

    subjects: dict[str, Subject] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    observations: dict[str, Observation] = field(default_factory=dict)
    by_key: dict[Key, list[Observation]] = field(default_factory=dict)
    by_kind: dict[tuple[str, str], list[list[Observation]]] = field(default_factory=dict)
    by_subject: dict[str, list[Observation]] = field(default_factory=dict)
    corrections: dict[str, list[Observation]] = field(default_factory=dict)
    rulings: dict[Key, list[Ruling]] = field(default_factory=dict)
    withdrawals: dict[str, Withdrawal] = field(default_factory=dict)


class FactBase:
    """Observations with corrections, rulings and withdrawals; a view of the past is read-only.

    Missing: `standing` gives None for a figure nobody stated and for one in conflict; `settlement` says which
    of the two.
    Raises: FactError for every entry that would change or contradict the record.
    """

    def __init__(self) -> None:
        self._store = _Store()
        self._cutoff: datetime | None = None

    @classmethod
    def from_library(cls, library: Library, *, recorded_at: datetime | None = None) -> FactBase:
        """The facts of the packs; without `recorded_at` each is dated with the publication of its source."""
        from gaoxin.facts.loading import load_library

        base = cls()
        load_library(base, library, recorded_at=recorded_at)
        return base

    # --- writing

    def add_subject(self, subject: Subject) -> None:
        self._writable()
        self._store.subjects[subject.code] = subject

    def add_source(self, source: Source) -> None:
        self._writable()
        self._store.sources[source.id] = source

    def record(self, obs: Observation) -> Observation:
        """Append one observation; with `supersedes` it is a correction of that one."""
        self._writable()
        store = self._store
        if obs.id in store.observations:
            raise FactError(
                f"编号“{obs.id}”已经登记过；更正请用“更正”，不能重复登记。",
                f"{obs.id!r} is already recorded; correct it instead.",
                id=obs.id,
            )
        if obs.batch in store.withdrawals:
            raise FactError(
                f"批次“{obs.batch}”已撤回，不能再登记。",
                f"Batch {obs.batch!r} was withdrawn.",
                batch=obs.batch,
            )
        if obs.supersedes is not None:
            self._check_correction(obs, obs.supersedes)
            store.corrections.setdefault(obs.supersedes, []).append(obs)
        store.observations[obs.id] = obs
        key = obs.key
        if key in store.by_key:
            store.by_key[key].append(obs)
        else:
            store.by_key[key] = held = [obs]
            store.by_kind.setdefault((key.metric, key.figure), []).append(held)
        store.by_subject.setdefault(obs.subject, []).append(obs)
        return obs

    def correct(
        self,
        old_id: str,
        new_value: Value,
        reason: str,
        by: str,
        at: datetime,
        *,
        new_id: str = "",
        source: str = "",
        locator: str = "",
        written: str = "",
        batch: str = "",
    ) -> Observation:
        """Record a new value that supersedes `old_id`; the old one stays readable.

        The place in the document is kept only with its words (`written`): a document does not witness a value
        it does not state. What was verified has to be checked anew.

        Raises: FactError if the old one is unknown or already corrected (correct the correction), or if the
        reason is empty.
        """
        old = self.observation(old_id)
        return self.record(
            replace(
                old,
                id=new_id or _next_id(old_id, self._store.observations),
                value=new_value,
                source=source or old.source,
                locator=locator or (old.locator if written and source in ("", old.source) else ""),
                written=written,
                status="reported" if old.status == "verified" else old.status,
                supersedes=old_id,
                reason=reason,
                recorded_by=by,
                recorded_at=at,
                checked_by="",
                checked_at=None,
                batch=batch,
            )
        )

    def rule(self, key: Key, stands: str, reason: str, by: str, at: datetime) -> Ruling:
        """Decide which observation of a key stands. A later ruling replaces an earlier one."""
        self._writable()
        ruling = Ruling(key, stands, reason, by, at)
        live = {obs.id for obs in self._live(key, at)}
        if stands not in live:
            raise FactError(
                f"“{stands}”当时不是该数字的有效观测值，不能裁定其成立。",
                f"{stands!r} is not a live observation of this figure at that time.",
                live=sorted(live),
            )
        if len(live) < 2:
            raise FactError(
                "只有一个来源，没有需要裁定的分歧。",
                "There is only one statement and nothing to rule on.",
                key=key,
            )
        self._store.rulings.setdefault(key, []).append(ruling)
        return ruling

    def withdraw(self, batch: str, reason: str, by: str, at: datetime) -> Withdrawal:
        """Take a whole batch out of use from `at` on; what it had corrected stands again."""
        self._writable()
        withdrawal = Withdrawal(batch, reason, by, at)
        members = [obs for obs in self._store.observations.values() if obs.batch == batch]
        if not batch or not members:
            raise FactError(f"没有批次“{batch}”。", f"There is no batch {batch!r}.", batch=batch)
        if batch in self._store.withdrawals:
            raise FactError(f"批次“{batch}”已经撤回。", f"Batch {batch!r} is already withdrawn.", batch=batch)
        if any(obs.recorded_at > at for obs in members):
            raise FactError(
                "撤回时间早于登记时间。", "A batch cannot be withdrawn before it was recorded.", batch=batch
            )
        self._store.withdrawals[batch] = withdrawal
        return withdrawal

    # --- reading

    def as_of(self, moment: datetime) -> FactBase:
        """A read-only view of what was known at `moment`; it keeps its answers while the base grows."""
        view = FactBase.__new__(FactBase)
        view._store = self._store
        view._cutoff = self._limit(moment)
        return view

    @property
    def subjects(self) -> Mapping[str, Subject]:
        return MappingProxyType(self._store.subjects)

    @property
    def sources(self) -> Mapping[str, Source]:
        return MappingProxyType(self._store.sources)

    def __len__(self) -> int:
        return sum(1 for _ in self.observations(live=False))

    def __contains__(self, obs_id: object) -> bool:
        obs = self._store.observations.get(obs_id) if isinstance(obs_id, str) else None
        return obs is not None and _known(obs.recorded_at, self._cutoff)

    def observation(self, obs_id: str, *, as_of: datetime | None = None) -> Observation:
        """The observation with this id, live or not. Raises: FactError naming near ids."""
        obs = self._store.observations.get(obs_id)
        if obs is None or not _known(obs.recorded_at, self._limit(as_of)):
            near = get_close_matches(obs_id, list(self._store.observations), n=3)
            hint = f" 是否为：{'、'.join(near)}?" if near else ""
            raise FactError(f"没有编号为“{obs_id}”的观测值。{hint}", f"No observation {obs_id!r}.", near=near)
        return obs

    def observations(
        self,
        *,
        subject: str | None = None,
        metric: str | None = None,
        figure: str | None = None,
        period: Period | str | None = None,
        live: bool = True,
        as_of: datetime | None = None,
    ) -> Iterator[Observation]:
        """Observations that fit, in the order recorded; `live=False` adds superseded and withdrawn ones."""
        limit = self._limit(as_of)
        code = period.code if isinstance(period, Period) else period
        pool: Iterable[Observation] = (
            self._store.observations.values() if subject is None else self._store.by_subject.get(subject, ())
        )
        for obs in pool:
            if (
                (metric is None or obs.metric == metric)
                and (figure is None or obs.figure == figure)
                and (code is None or obs.period.code == code)
                and _known(obs.recorded_at, limit)
                and (not live or self._is_live(obs, limit))
            ):
                yield obs

    def keys(self, *, as_of: datetime | None = None) -> tuple[Key, ...]:
        """Every key anything was recorded for, sorted."""
        limit = self._limit(as_of)
        return tuple(
            sorted(
                key
                for key, held in self._store.by_key.items()
                if any(_known(o.recorded_at, limit) for o in held)
            )
        )

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Metric and figure of everything that was ever recorded, sorted."""
        return tuple(sorted(self._store.by_kind))

    def statements_of(self, metric: str, figure: str) -> Sequence[Sequence[Observation]]:
        """All that was ever recorded of a metric and figure, key by key, in use or not."""
        return tuple(self._store.by_kind.get((metric, figure), ()))

    def periods_of(self, metric: str, figure: str) -> frozenset[str]:
        """The codes of the periods for which anything of a kind was ever recorded."""
        return frozenset({held[0].period.code for held in self.statements_of(metric, figure)})

    def is_stated(self, key: Key) -> bool:
        """Somebody once said something of it, in use or not."""
        return key in self._store.by_key

    def sole(self, key: Key) -> Observation | None:
        """What stands because nothing else was ever said of its key; None where there is more to settle."""
        held = self._store.by_key.get(key)
        return None if held is None else self.alone(held)

    def alone(self, held: Sequence[Observation]) -> Observation | None:
        """`sole`, of all that was said of a key.

        Asked millions of times where a rule goes over all enterprises, so it looks at no more than it must.
        """
        if len(held) > 1:
            return None
        store, obs = self._store, held[0]
        if self._cutoff is None and not store.withdrawals and obs.id not in store.corrections:
            return obs
        return obs if _known(obs.recorded_at, self._cutoff) and self._is_live(obs, self._cutoff) else None

    def settlement(self, key: Key, as_of: datetime | None = None) -> Settlement:
        """What stands for a key and why: candidates, the ruling that holds or has lapsed."""
        limit = self._limit(as_of)
        rulings = [r for r in self._store.rulings.get(key, ()) if _known(r.at, limit)]
        return settle(self._live(key, limit), rulings)

    def standing(self, key: Key, as_of: datetime | None = None) -> Observation | None:
        """The observation that stands, or None where nothing is known or sources disagree."""
        return self.settlement(key, as_of).standing

    def conflicts(self, *, as_of: datetime | None = None) -> dict[Key, Conflict]:
        """Every key whose sources disagree without a ruling that holds."""
        found = ((key, self.settlement(key, as_of)) for key in self.keys(as_of=as_of))
        return {key: Conflict(s.candidates, s.lapsed) for key, s in found if s.state == "conflict"}

    def history(self, key: Key, as_of: datetime | None = None) -> tuple[Event, ...]:
        """All that happened to a key, oldest first: records, corrections, rulings, withdrawals."""
        limit = self._limit(as_of)
        events: list[Event] = []
        for obs in self._store.by_key.get(key, ()):
            what: Happening = "recorded" if obs.supersedes is None else "corrected"
            events.append(Event(obs.recorded_at, what, obs.recorded_by, observation=obs))
            for later in self._store.corrections.get(obs.id, ()):
                if later.key != key:
                    events.append(Event(later.recorded_at, "corrected", later.recorded_by, observation=later))
            gone = self._store.withdrawals.get(obs.batch)
            if gone is not None:
                events.append(Event(gone.at, "withdrawn", gone.by, observation=obs, withdrawal=gone))
        events.extend(Event(r.at, "ruled", r.by, ruling=r) for r in self._store.rulings.get(key, ()))
        return tuple(sorted((e for e in events if _known(e.at, limit)), key=lambda event: event.at))

    def is_live(self, obs_id: str, *, as_of: datetime | None = None) -> bool:
        """Neither withdrawn nor superseded by a correction that is still in use."""
        return self._is_live(self.observation(obs_id, as_of=as_of), self._limit(as_of))

    def corrections(self, obs_id: str, *, as_of: datetime | None = None) -> tuple[Observation, ...]:
        """The observations that directly supersede this one; more than one only after a withdrawal."""
        limit = self._limit(as_of)
        return tuple(o for o in self._store.corrections.get(obs_id, ()) if _known(o.recorded_at, limit))

    def is_witnessed(self, obs: Observation) -> bool:
        """Its document states it. A correction with the document of the former value, but neither a place
        nor words of its own, rests on the reason of whoever corrected.
        """
        if obs.supersedes is None or obs.locator or obs.written:
            return True
        return obs.source != self.observation(obs.supersedes).source

    def withdrawal(self, batch: str, *, as_of: datetime | None = None) -> Withdrawal | None:
        gone = self._store.withdrawals.get(batch)
        return gone if gone is not None and _known(gone.at, self._limit(as_of)) else None

    # --- inside

    def _writable(self) -> None:
        if self._cutoff is not None:
            raise FactError("这是过去某一时点的视图，只能查阅。", "A view of the past is read-only.")

    def _limit(self, as_of: datetime | None) -> datetime | None:
        if as_of is not None and as_of.tzinfo is None:
            raise FactError("时点必须带时区。", "A moment needs a time zone.")
        if as_of is None or self._cutoff is None:
            return as_of or self._cutoff
        return min(as_of, self._cutoff)

    def _live(self, key: Key, limit: datetime | None) -> list[Observation]:
        held = self._store.by_key.get(key, ())
        return [obs for obs in held if _known(obs.recorded_at, limit) and self._is_live(obs, limit)]

    def _is_live(self, obs: Observation, limit: datetime | None) -> bool:
        return not self._withdrawn(obs, limit) and not self._replaced(obs, limit)

    def _withdrawn(self, obs: Observation, limit: datetime | None) -> bool:
        gone = self._store.withdrawals.get(obs.batch)
        return gone is not None and _known(gone.at, limit)

    def _replaced(self, obs: Observation, limit: datetime | None) -> bool:
        if obs.id not in self._store.corrections:
            return False
        waiting = list(self._store.corrections[obs.id])
        while waiting:
            later = waiting.pop()
            if not _known(later.recorded_at, limit):
                continue
            if not self._withdrawn(later, limit):
                return True
            waiting.extend(self._store.corrections.get(later.id, ()))
        return False

    def _check_correction(self, obs: Observation, old_id: str) -> None:
        old = self.observation(old_id)
        if obs.subject != old.subject:
            raise FactError(
                "更正不能把数字改到另一个主体名下。", "A correction cannot move a figure to another subject."
            )
        if obs.recorded_at < old.recorded_at:
            raise FactError(
                "更正时间早于原登记时间。", "A correction cannot be older than what it corrects.", id=obs.id
            )
        if self._withdrawn(old, None):
            raise FactError(
                f"“{old_id}”已随批次撤回，请重新登记。", f"{old_id!r} was withdrawn; record anew.", id=old_id
            )
        if self._replaced(old, None):
            later = self._store.corrections[old_id][-1].id
            raise FactError(
                f"“{old_id}”已被“{later}”更正，请更正后者。",
                f"{old_id!r} is already corrected by {later!r}; correct that one.",
                id=old_id,
            )


def _known(at: datetime, limit: datetime | None) -> bool:
    return limit is None or at <= limit


def _next_id(old_id: str, taken: Mapping[str, Observation]) -> str:
    stem, _, number = old_id.rpartition("#")
    stem, count = (stem, int(number)) if stem and number.isdigit() else (old_id, 1)
    while f"{stem}#{count + 1}" in taken:
        count += 1
    return f"{stem}#{count + 1}"
