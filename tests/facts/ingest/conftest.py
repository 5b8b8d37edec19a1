"""One small catalogue for all tests of the ingest."""

import pytest

from gaoxin.packs.library import Library
from tests.facts.ingest.builders import a_library


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return a_library(tmp_path_factory.mktemp("packs"))
