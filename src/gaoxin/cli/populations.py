"""Whose facts `match` and `simulate` work on (数据来源): a case file, a snapshot, the ledger, or the packs.

1. `--facts FILE` is a case file (as for `gaoxin cases`, or rule cases of a pack); a folder is a snapshot, a
   Parquet file a population as rules read it.
2. With a database, its latest snapshot; `--zone` takes one zone of it.
3. Without, the observations of the packs; for a practice zone its invented enterprises, drawn anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gaoxin.cli.trace import has_ledger
from gaoxin.core.errors import FactError, RuleError
from gaoxin.core.spelling import did_you_mean

if TYPE_CHECKING:
    import polars as pl

    from gaoxin.facts.factbase import FactBase
    from gaoxin.facts.snapshots import Snapshot
    from gaoxin.packs.library import Library
    from gaoxin.packs.schemas.rule import Rule
    from gaoxin.rules.cases import Case

PRACTICE = 6_000


@dataclass(frozen=True)
class Given:
    """What to work on. `only`: the subjects of the zone; None for all. `cases`: a case file instead.

    `zone`: its code, None where none was named. `synthetic`: the enterprises are invented.
    """

    library: Library = field(repr=False)
    zh: str
    en: str
    facts: FactBase | Snapshot | pl.LazyFrame | None = None
    only: frozenset[str] | None = None
    cases: tuple[Case, ...] = ()
    zone: str | None = None
    synthetic: bool = False

    def is_example(self, rule: Rule) -> bool:
        """Whether a rule is the policy of another place than the zone that was named."""
        from gaoxin.rules.belonging import is_example

        return self.zone is not None and is_example(self.library, rule, self.zone)


def given(facts: Path | None, zone: str | None, on: date | None = None) -> Given:
    """Find the facts of a call. `on`: the day of application, today if left out.

    Raises: FactError where there is no snapshot yet or the zone is not known; RuleError for a file that is
    no case file.
    """
    if facts is not None and facts.is_file() and facts.suffix != ".parquet":
        return _case_file(facts)
    if facts is None and has_ledger():
        return _ledger(zone)
    from gaoxin.workspace.workspace import open as open_workspace

    workspace = open_workspace()
    library = _seen_from(workspace.library, zone)
    if facts is not None and facts.is_file():
        import polars as pl

        return Given(library, f"文件 {facts.name}", f"file {facts.name}", pl.scan_parquet(facts))
    if facts is not None:
        from gaoxin.facts.snapshots import open_snapshot

        snapshot = open_snapshot(facts)
        return Given(library, f"快照 {facts}", f"snapshot {facts}", snapshot)
    if workspace.settings.facts is not None:
        told = workspace.settings.facts
        return Given(library, f"快照 {told}", f"snapshot {told}", workspace.snapshot())
    if zone is not None and _zone_code(zone) in library.populations:
        return _practice(library, _zone_code(zone), on)
    held = workspace.facts()
    only = code = None
    if zone is not None:
        code = _known_zone(_zone_code(zone), [one for one in held.subjects if one.startswith("zone/")])
        only = frozenset(name for name, subject in held.subjects.items() if subject.parent == code)
    return Given(library, "内容包自带的数据", "the observations of the packs", held, only, zone=code)


def _practice(library: Library, zone: str, on: date | None) -> Given:
    """The invented enterprises of a practice zone, as many as a demonstration has."""
    from gaoxin.facts.sandbox.frames import frame_of_sandbox
    from gaoxin.facts.sandbox.population import generate
    from gaoxin.workspace.workspace import day_of

    drawn = generate(library.populations[zone], library, enterprises=PRACTICE)
    return Given(
        library,
        f"演练区虚构企业 {PRACTICE} 家（种子 1，合成数据）",
        f"{PRACTICE} invented enterprises of the practice zone (seed 1, synthetic)",
        frame_of_sandbox(drawn, library, on or day_of(None)).lazy(),
        zone=zone,
        synthetic=True,
    )


def _known_zone(code: str, zones: Sequence[str]) -> str:
    if code not in zones:
        hint_zh, hint_en = did_you_mean(code, zones)
        raise FactError(
            f"没有园区 {code}" + (f"，{hint_zh}" if hint_zh else ""),
            f"there is no zone {code}" + (f"; {hint_en}" if hint_en else ""),
        )
    return code


def _ledger(zone: str | None) -> Given:
    from gaoxin.web import opening

    opening.connect()
    from gaoxin.facts.snapshots import open_snapshot
    from gaoxin.web.ledger import catalogue, models
    from gaoxin.web.ledger.freezing import snapshots_home

    row = models.Snapshot.objects.order_by("-as_of", "-at").first()
    if row is None:
        raise FactError(
            "库里还没有快照，请先运行 gaoxin freeze",
            "the ledger has no snapshot yet; run `gaoxin freeze` first",
        )
    only, code, synthetic = None, None, False
    if zone is not None:
        zones = models.Subject.objects.filter(kind="zone")
        code = _known_zone(_zone_code(zone), list(zones.values_list("code", flat=True)))
        synthetic = zones.get(code=code).synthetic
        firms = models.Subject.objects.filter(kind="enterprise", zone__code=code)
        only = frozenset(firms.values_list("code", flat=True))
    return Given(
        _seen_from(catalogue.library(), zone),
        f"快照 {row.hash[:16]}（{row.as_of:%Y-%m-%d}）",
        f"snapshot {row.hash[:16]} ({row.as_of:%Y-%m-%d})",
        open_snapshot(snapshots_home() / row.path),
        only,
        zone=code,
        synthetic=synthetic,
    )


def _case_file(path: Path) -> Given:
    from gaoxin.packs.library import open_library
    from gaoxin.packs.reader import read_document

    document = read_document(path)
    if not document.sound:
        first = document.issues[0]
        raise RuleError(first.zh, first.en, file=first.file, line=first.line)
    return Given(
        open_library(),
        f"用例文件 {path.name}",
        f"case file {path.name}",
        cases=tuple(_cases(document.data, path)),
    )


def _cases(data: Any, path: Path) -> list[Case]:
    from gaoxin.rules.cases import Case

    shared: Mapping[str, Any] = {}
    if isinstance(data, dict) and data.get("kind") == "rule_cases":
        shared, data = {"rule": data.get("rule", "")}, data.get("cases")
    if not isinstance(data, list) or not all(isinstance(case, dict) for case in data):
        raise _no_cases(path)
    found = []
    for index, held in enumerate(data):
        case = {**shared, **held}
        if not isinstance(case.get("facts"), dict) or "on" not in case:
            raise _no_cases(path)
        try:
            on = date.fromisoformat(str(case["on"]))
        except ValueError as error:
            raise _no_cases(path) from error
        found.append(
            Case(
                rule=str(case.get("rule", "")),
                name=str(case.get("name") or f"#{index + 1}"),
                on=on,
                money_unit=str(case.get("money_unit", "元")),
                facts=case["facts"],
                expect=case.get("expect") or {},
                application=case.get("application") or "new",
            )
        )
    return found


def _no_cases(path: Path) -> RuleError:
    return RuleError(
        f"{path} 不是用例文件：应是一列用例，每条有 name、on、money_unit、facts；快照请给出目录",
        f"{path} is no case file: a list of cases with name, on, money_unit, facts; for a snapshot name its "
        "folder",
        file=str(path),
    )


def _zone_code(zone: str) -> str:
    return zone if "/" in zone else f"zone/{zone}"


def _seen_from(library: Library, zone: str | None) -> Library:
    """The packs as a zone sees them, where one is named."""
    if zone is None:
        return library
    code = _zone_code(zone)
    own = next((pack.id for pack in library.packs.values() if pack.zone == code), None)
    return library if own is None else library.seen_from(own)
