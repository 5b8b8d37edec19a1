"""What a run was made of, so that it can be run again and compared (运行卡).

A card names the packs, the snapshot, the parameters, the seed and the version of the code, and keeps one
digest per named result. `replay` runs again and says which results differ.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import polars as pl

from gaoxin.core.errors import FactError, ReplayMismatch
from gaoxin.facts.wide import table_hash

FORMAT = 1


@dataclass(frozen=True, slots=True)
class RunCard:
    """The recipe of one run and the digests of what came out.

    `packs`: version by pack id. `snapshot`: hash of its content, "" if none was read. `results`: digest by
    name of result.
    """

    packs: Mapping[str, str]
    snapshot: str
    parameters: Mapping[str, Any]
    seed: int | None
    code_version: str
    created: datetime
    results: Mapping[str, str]

    def save(self, path: Path) -> None:
        """Raises: FactError if a parameter cannot be written down exactly."""
        document = {"format": FORMAT, **asdict(self), "created": self.created.isoformat()}
        document["parameters"] = _plain(dict(self.parameters))
        path.write_text(
            json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )

    @classmethod
    def load(cls, path: Path) -> RunCard:
        """Raises: FactError if the file is no run card."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            if document.pop("format") != FORMAT:
                raise FactError(f"{path} 的运行卡格式不对。", f"{path} has another format of run card.")
            return cls(**{**document, "created": datetime.fromisoformat(document["created"])})
        except (OSError, KeyError, TypeError, ValueError) as problem:
            raise FactError(
                f"{path} 不是运行卡，或已损坏。", f"{path} is no run card or is damaged."
            ) from problem

    def of(self, results: Mapping[str, Any]) -> RunCard:
        """The same card with the digests of these results."""
        return replace(self, results=digests(results))


def digests(results: Mapping[str, Any]) -> dict[str, str]:
    """One SHA-256 per named result; equal results give equal digests on every machine."""
    return {name: digest(result) for name, result in sorted(results.items())}


def digest(result: Any) -> str:
    """SHA-256 of a result: a data frame by its cells, everything else by its canonical JSON.

    Raises: FactError for a float that is not finite and for what has no canonical form.
    """
    if isinstance(result, pl.DataFrame):
        return table_hash(result)
    text = json.dumps(
        _plain(result), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


def replay(card: RunCard, run: Callable[[RunCard], Mapping[str, Any]]) -> dict[str, Any]:
    """Run again and compare; the results when all are as they were.

    Raises: ReplayMismatch naming every result that differs, is missing or is new.
    """
    results = dict(run(card))
    again = digests(results)
    changed = sorted(name for name in card.results.keys() & again.keys() if card.results[name] != again[name])
    gone = sorted(card.results.keys() - again.keys())
    new = sorted(again.keys() - card.results.keys())
    found = (("不同", "differs", changed), ("缺少", "gone", gone), ("多出", "new", new))
    if changed or gone or new:
        zh = "；".join(f"{label}：{'、'.join(names)}" for label, _, names in found if names)
        en = "; ".join(f"{label}: {', '.join(names)}" for _, label, names in found if names)
        made_of = f"{card.code_version}, {card.snapshot[:12]}"
        raise ReplayMismatch(
            f"重算结果与运行卡不一致（{zh}）。请核对程序版本和快照（{made_of}）。",
            f"The run gave other results ({en}); check the version of the code and the snapshot ({made_of}).",
            changed=changed,
            gone=gone,
            new=new,
        )
    return results


def _plain(value: Any) -> Any:
    """The value as JSON that means the same everywhere."""
    match value:
        case None | bool() | int() | str():
            return value
        case float() if value == value and abs(value) != float("inf"):
            return value
        case Decimal() if value.is_finite():
            return {"decimal": str(value)}
        case Fraction():
            return {"fraction": f"{value.numerator}/{value.denominator}"}
        case datetime() | date():
            return {"time": value.isoformat()}
        case Enum():
            return _plain(value.value)
        case Mapping():
            return {str(key): _plain(held) for key, held in value.items()}
        case list() | tuple():
            return [_plain(held) for held in value]
        case set() | frozenset():
            return sorted((_plain(held) for held in value), key=lambda held: json.dumps(held, sort_keys=True))
        case pl.DataFrame():
            return {"table": table_hash(value)}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {type(value).__name__: _plain(asdict(value))}
        case _:
            raise FactError(
                f"{type(value).__name__} 不能写入运行卡。",
                f"{type(value).__name__} cannot be written on a run card.",
            )
