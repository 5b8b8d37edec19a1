"""An action of the cheapest way in words (办法)."""

from __future__ import annotations

from fractions import Fraction

from gaoxin.core.quantities import format_number
from gaoxin.core.units import unit
from gaoxin.rules.routes import Step


def action_words(step: Step, lang: str) -> str:
    """What is done and how much of it: 把已满 183 天的科技人员登记齐全：2 人，7 → 9 人."""
    action = step.action
    if action.step is None or action.unit is None:
        return action.label(lang)
    moved = Fraction(action.step) * step.count
    amount = format_number(moved, unit(action.unit), lang)
    colon = ": " if lang == "en" else "："
    if not isinstance(step.before, Fraction) or not isinstance(step.after, Fraction):
        return f"{action.label(lang)}{colon}{amount}"
    ends = [format_number(end / unit(action.unit).factor, None, lang) for end in (step.before, step.after)]
    symbol = format_number(Fraction(0), unit(action.unit), lang)[1:]
    return f"{action.label(lang)}{colon}{ends[0]} → {ends[1]}{symbol}"
