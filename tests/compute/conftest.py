"""One server of each kind for all tests of a session."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.compute import servers

# A worker of pytest-xdist has a main module without a file, which the Spark client takes for a run of its own
# doctests and then ends the process.
if not hasattr(sys.modules["__main__"], "__file__"):
    sys.modules["__main__"].__file__ = __file__


@pytest.fixture(scope="session")
def polars() -> servers.Answering:
    return servers.Polars()


@pytest.fixture(scope="session")
def sail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Answering]:
    reason = "pysail, the stand-in for Spark, is not installed here"
    pytest.importorskip("pysail", reason=reason)
    pytest.importorskip("pyspark.sql.connect", reason="the Spark client is not installed here")
    with servers.sail(tmp_path_factory.mktemp("sail")) as server:
        yield server


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Answering]:
    pytest.importorskip("pyspark.sql.connect", reason="the Spark client is not installed here")
    if reason := servers.why_no_spark():
        pytest.skip(reason)
    with servers.spark(tmp_path_factory.mktemp("spark")) as server:
        yield server


@pytest.fixture(
    params=["polars", "sail", pytest.param("spark", marks=pytest.mark.slow)],
)
def engine(request: pytest.FixtureRequest) -> servers.Answering:
    """Each engine in turn: Polars, Spark SQL on its stand-in, Spark SQL on Spark itself."""
    found: servers.Answering = request.getfixturevalue(request.param)
    return found
