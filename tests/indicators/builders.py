"""Small frameworks, panels and recipes in the words of the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from gaoxin.indicators.evaluation import Evaluation
from gaoxin.indicators.frameworks.tree import Framework, Node
from gaoxin.indicators.panels import Array, panel_of
from gaoxin.indicators.pipeline import evaluate
from gaoxin.indicators.recipes import Recipe, recipe_of

NAN = float("nan")


def a_framework(leaves: str | Sequence[str] = "ab", **changes: Mapping[str, Any]) -> Framework:
    """A top T over indicators; `changes` by code: a_framework("ab", b={"direction": -1})."""
    codes = ["T", *leaves]
    return Framework(
        id="f",
        zh="体系",
        nodes=tuple(
            Node(
                **{
                    "code": code,
                    "zh": code,
                    "parent": None if code == "T" else "T",
                    **changes.get(code, {}),
                }
            )
            for code in codes
        ),
    )


def two_levels() -> Framework:
    """T over P (a, b) and Q (c, d); weights of P and Q 3 to 1."""
    rows = [("T", None, 1.0), ("P", "T", 3.0), ("Q", "T", 1.0)]
    rows += [("a", "P", 1.0), ("b", "P", 1.0), ("c", "Q", 1.0), ("d", "Q", 1.0)]
    return Framework(id="f", zh="体系", nodes=tuple(Node(c, c, parent=p, weight=w) for c, p, w in rows))


def a_recipe(*steps: Mapping[str, Any]) -> Recipe:
    return recipe_of({"recipe": [dict(step) for step in steps]})


def a_step(name: str, **settings: Any) -> dict[str, Any]:
    return {"step": name, **settings}


def scored(framework: Framework, x: Any, *steps: Mapping[str, Any], **held: Any) -> Evaluation:
    """The evaluation of units U1, U2 … with rows x, or years × rows."""
    values = np.array(x, dtype=float)
    count = values.shape[-2]
    panel = panel_of(framework, values, [f"U{i + 1}" for i in range(count)], **held)
    return evaluate(framework, a_recipe(*steps), panel)


def near(found: Array, expected: Any, digits: int = 9) -> None:
    """Equal to so many decimals; missing only where missing is expected."""
    np.testing.assert_allclose(found, np.array(expected, dtype=float), rtol=0, atol=0.6 * 10**-digits)
