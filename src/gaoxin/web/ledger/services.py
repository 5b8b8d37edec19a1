"""The door to writing the ledger by hand; each service is one transaction with its audit row inside.

1. `statements.py` enters and corrects, `judgements.py` rules, checks and withdraws, `footprints.py` notes who
   looked at what and took it out.
2. `ownership.py` says what a person may write about.
3. What is loaded in bulk is in `packs.py`, `synthetic.py` and the imports app, through `bulk.py`.

A second person who is too late gets `MoveRefused` (409), which says who was faster, and when.
"""

from __future__ import annotations

from gaoxin.web.ledger.footprints import note_export, note_view
from gaoxin.web.ledger.judgements import WITHDRAWABLE, check_observation, rule_conflict, withdraw_batch
from gaoxin.web.ledger.moments import when
from gaoxin.web.ledger.statements import correct, record_entry, supersede

__all__ = [
    "WITHDRAWABLE",
    "check_observation",
    "correct",
    "note_export",
    "note_view",
    "record_entry",
    "rule_conflict",
    "supersede",
    "when",
    "withdraw_batch",
]
