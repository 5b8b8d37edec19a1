"""What every test may rely on: a temporary home that is removed at the end, reproducible property tests."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("house")


@pytest.fixture(scope="session", autouse=True)
def home_removed_at_the_end() -> Iterator[None]:
    yield
    shutil.rmtree(os.environ["GAOXIN_HOME"], ignore_errors=True)
