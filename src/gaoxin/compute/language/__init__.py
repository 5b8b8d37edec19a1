"""The language of conditions: text, as people write it in a pack, to a typed tree (条件语言).

1. `tokens` and `parsing` turn text into `syntax`, each part with its line and column.
2. `scopes` says what names mean; `building` and the files beside it turn syntax into a typed tree.
3. `tables` and `parts` do the same for band tables and score parts, which packs write as mappings.
4. `usage` lists the names a text uses, without building it.

Whatever is wrong is an ExpressionError: line, column, what was expected, what was found, how to mend it.
"""

from __future__ import annotations

from gaoxin.compute.language.expressions import build
from gaoxin.compute.language.parsing import FUNCTIONS
from gaoxin.compute.language.parts import BuiltPart, build_part
from gaoxin.compute.language.places import Place
from gaoxin.compute.language.scopes import (
    Built,
    FieldSpec,
    MetricSpec,
    Parameter,
    Scope,
    Table,
    Value,
)  # fmt: skip
from gaoxin.compute.language.tables import read_table
from gaoxin.compute.language.usage import Used, names_used, names_used_in_part

__all__ = [
    "FUNCTIONS", "Built", "BuiltPart", "FieldSpec", "MetricSpec", "Parameter", "Place", "Scope",
    "Table", "Used", "Value", "build", "build_part", "names_used", "names_used_in_part", "read_table",
]  # fmt: skip
