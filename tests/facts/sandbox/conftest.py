"""One population for all tests of the practice zone."""

import pytest

from gaoxin.facts.sandbox.population import Sandbox, generate
from gaoxin.packs.library import Library, open_library
from gaoxin.packs.schemas import Population


@pytest.fixture(scope="session")
def library() -> Library:
    return open_library(["sandbox"])


@pytest.fixture(scope="session")
def spec(library: Library) -> Population:
    return library.populations["zone/sandbox"]


@pytest.fixture(scope="session")
def sandbox(library: Library, spec: Population) -> Sandbox:
    return generate(spec, library, enterprises=1_500, seed=7)
