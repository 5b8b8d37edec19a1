"""The engines that answer the same trees: Polars, and Spark SQL on a stand-in and on the real thing."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from gaoxin.compute import polars_frames, spark_sql
from gaoxin.compute.plans import Shape
from gaoxin.compute.reference import Outcome
from gaoxin.compute.tree import Node
from tests.house.repository import ROOT

Answers = tuple[Mapping[str, Shape], list[dict[str, Any]]]


class Answering(Protocol):
    """What all engines can be asked: the outputs of every subject of a frame."""

    name: str

    def answers(
        self, outputs: Mapping[str, Node], bits: Mapping[str, int], frame: pl.DataFrame
    ) -> Answers: ...


class Polars:
    """The embedded engine."""

    name = "polars"

    def answers(self, outputs: Mapping[str, Node], bits: Mapping[str, int], frame: pl.DataFrame) -> Answers:
        plan = polars_frames.plan(outputs, bits)
        return plan.shapes, polars_frames.apply(plan, frame.lazy()).collect().to_dicts()


class SparkSql:
    """A server that speaks Spark Connect; a frame reaches it as a Parquet file and is sent once."""

    def __init__(self, name: str, address: str, folder: Path) -> None:
        from pyspark.sql import SparkSession

        self.name = name
        self.session = SparkSession.builder.remote(address).create()
        for setting, value in spark_sql.SETTINGS.items():
            self.session.conf.set(setting, value)
        self.folder = folder
        self.tables: dict[int, tuple[pl.DataFrame, str]] = {}

    def answers(self, outputs: Mapping[str, Node], bits: Mapping[str, int], frame: pl.DataFrame) -> Answers:
        plan = spark_sql.plan(outputs, bits)
        asked = spark_sql.sql(plan, self.table(frame), columns=frame.columns)
        told = pl.from_arrow(self.session.sql(asked).toArrow())
        assert isinstance(told, pl.DataFrame)
        return plan.shapes, told.to_dicts()

    def table(self, frame: pl.DataFrame) -> str:
        if id(frame) not in self.tables:
            name = f"population_{len(self.tables)}"
            path = self.folder / f"{name}.parquet"
            frame.write_parquet(path)
            self.session.read.parquet(str(path)).createOrReplaceTempView(name)
            self.tables[id(frame)] = (frame, name)
        return self.tables[id(frame)][1]


@contextmanager
def sail(folder: Path) -> Iterator[SparkSql]:
    """The stand-in."""
    port = _free_port()
    command = [str(Path(sys.executable).with_name("sail")), "spark", "server", "--port", str(port)]
    with _served("sail", command, port, folder, os.environ) as server:
        yield server


def spark_home() -> Path | None:
    """Where Spark itself is installed: GAOXIN_TEST_SPARK_HOME, or the folder `make spark` fills."""
    if named := os.environ.get("GAOXIN_TEST_SPARK_HOME"):
        return Path(named)
    return next(iter(ROOT.glob(".venv/spark/lib/python3*/site-packages/pyspark")), None)


def why_no_spark() -> str | None:
    """The reason why Spark itself cannot be asked here; None if it can."""
    if shutil.which("java") is None:
        return "Spark needs Java 17"
    return None if spark_home() else "Spark is not installed: make spark"


@contextmanager
def spark(folder: Path) -> Iterator[SparkSql]:
    """Spark on two cores, a process of its own."""
    home = spark_home()
    assert home is not None
    port = _free_port()
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    command = [str(home / "bin" / "spark-submit"), "--master", "local[2]", "--driver-memory", "2g"]
    for key, value in settings.items():
        command += ["--conf", f"{key}={value}"]
    command += ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal"]
    environment = {**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
    with _served("spark", command, port, folder, environment) as server:
        yield server


@contextmanager
def _served(
    name: str, command: list[str], port: int, folder: Path, environment: Mapping[str, str]
) -> Iterator[SparkSql]:
    """A server as a process of its own, which ends with the tests."""
    journal = folder / f"{name}.log"
    with journal.open("wb") as log:
        process = subprocess.Popen(
            command, env=dict(environment), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        _wait(port, process, journal)
        server = SparkSql(name, f"sc://127.0.0.1:{port}", folder)
        yield server
        server.session.stop()
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert process.poll() is None, log.read_text("utf-8", errors="replace")[-2000:]
        time.sleep(0.2)
    raise AssertionError(f"Spark did not start: {log.read_text('utf-8', errors='replace')[-2000:]}")


def outcome_of(shape: Shape, answer: Mapping[str, Any], metrics: Mapping[int, str]) -> Outcome:
    """What the columns of an output say, in the words of the reference."""
    mask = answer[f"{shape.name}.open"]
    opened = frozenset(metric for bit, metric in metrics.items() if mask >> bit & 1)
    if shape.type == "truth":
        return Outcome(answer[shape.name], opened)
    if shape.type == "number":
        return Outcome(_fraction(answer, shape.name, shape.den), opened)
    low = _fraction(answer, f"{shape.name}.lo", shape.den)
    return Outcome(low, opened, _fraction(answer, f"{shape.name}.hi", shape.high_den))


def _fraction(answer: Mapping[str, Any], name: str, den: int | None) -> Fraction | None:
    num = answer[f"{name}.num"]
    return None if num is None else Fraction(int(num), den or int(answer[f"{name}.den"]))
