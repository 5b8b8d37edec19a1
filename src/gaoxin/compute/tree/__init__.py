"""The closed set of operations a rule is made of (表达式树).

A node is immutable and exists once: equal nodes are the same object, so a tree is a graph whose shared parts
are rendered and worked out once. Every node has a `type`:

    number   an exact rational in base units (元, 人, …), with `dims`
    truth    three-valued: true, false, open (Kleene)
    date, text
    events   a list of elements (titles, awards …); an empty list is known to be empty, null is not known
    score    an interval [lo, hi]: what is certain, and what is possible

Missing: a number, date or text with a missing input is missing; a truth is open only if what is missing can
still decide it; a score reaches from the least to the most that the missing inputs allow.
Every node also has an *open set*: the metrics whose absence keeps it open, empty when it is settled.
"""

from __future__ import annotations

from gaoxin.compute.tree.base import Comparison, Node, Type, made, walk
from gaoxin.compute.tree.events import Exists, Sum
from gaoxin.compute.tree.inputs import Constant, Day, Field, Leaf, Settled, leaves
from gaoxin.compute.tree.numbers import (
    Arithmetic,
    Choose,
    DaysBetween,
    Extreme,
    Step,
    Whole,
    YearOf,
    has_quotient,
)
from gaoxin.compute.tree.scores import Best, Judged, Points, Range, Reaches, Total
from gaoxin.compute.tree.truths import Compare, Growth, Known, Logic, Member, Not

__all__ = [
    "Arithmetic", "Best", "Choose", "Compare", "Comparison", "Constant", "Day", "DaysBetween", "Exists",
    "Extreme", "Field", "Growth", "Judged", "Known", "Leaf", "Logic", "Member", "Node", "Not", "Points",
    "Range", "Reaches", "Settled", "Step", "Sum", "Total", "Type", "Whole", "YearOf", "has_quotient",
    "leaves", "made", "walk",
]  # fmt: skip
