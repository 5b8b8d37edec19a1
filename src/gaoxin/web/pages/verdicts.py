"""Cross-checks of a zone as people read them (互校结论): verdict, computed values, inputs, and what it means.

The arithmetic is in `gaoxin.facts.checks` and `gaoxin.facts.logic`; this module picks the checks of one zone and finds words, chips
and links for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gaoxin.facts.checks import evaluate
from gaoxin.facts.findings import VERDICTS, Finding
from gaoxin.facts.logic import apply_rules
from gaoxin.facts.standing import StandingFacts
from gaoxin.packs.library import Library
from gaoxin.packs.schemas import CrossCheck, FigureKey
from gaoxin.web.ledger import catalogue
from gaoxin.web.ledger.figures import Figure
from gaoxin.web.pages.evidence import fact_base, name_of
from gaoxin.web.pages.figures import FigureView, figure_view
from gaoxin.web.pages.scope import language

# verdict → chip and icon; the word comes from the fact floor
CHIPS: dict[str, tuple[str, str]] = {
    "ok": ("yes", "yes"),
    "flag": ("torch", "alert"),
    "inconsistent": ("no", "no"),
    "note": ("soon", "comment"),
    "undetermined": ("unknown", "unk"),
    "gap": ("unknown", "help"),
    "coarse": ("na", "equal"),
    "not_comparable": ("na", "na"),
    "not_additive": ("na", "na"),
    "info": ("expert", "info"),
    "bound": ("expert", "up"),
}
ORDER = tuple(CHIPS)
LOUD = frozenset({"flag", "inconsistent", "note"})
