"""Every engine says what the reference says: values, what stays open, both ends of scores."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gaoxin.compute.reference import Reading
from gaoxin.compute.tree import Node
from gaoxin.core.errors import ExpressionError, Unsupported
from tests.compute.servers import Answering, outcome_of
from tests.compute.trees import ANY, BITS, FRAME, ROWS

METRICS = {bit: metric for metric, bit in BITS.items()}
SIX = st.lists(ANY, min_size=1, max_size=6)


def differences(engine: Answering, outputs: Mapping[str, Node]) -> list[str]:
    """Where an engine and the reference differ, over all rows."""
    shapes, told = engine.answers(outputs, BITS, FRAME)
    assert len(told) == len(ROWS)
    found = []
    for answer in told:
        read = Reading(ROWS[answer["subject"]])
        for name, node in outputs.items():
            wanted, got = read[node], outcome_of(shapes[name], answer, METRICS)
            if wanted != got:
                found.append(f"{name} of {answer['subject']}: {got}, by reference {wanted}")
    return found


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(nodes=SIX)
def test_any_tree_comes_out_as_the_reference_says(engine: Answering, nodes: list[Node]) -> None:
    outputs = {f"o{number}": node for number, node in enumerate(nodes)}
    try:
        found = differences(engine, outputs)
    except (ExpressionError, Unsupported):
        assume(False)
    assert found == []
