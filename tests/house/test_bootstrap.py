"""The first run on a bare machine: pip's settings are passed on, and the second call has nothing to do."""

import fcntl
import importlib.util
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.repository import ROOT


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script, with an environment folder of its own and no settings of this machine."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "scripts" / "bootstrap.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path)
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    for name in ("INDEX_URL", "EXTRA_INDEX_URL", "FIND_LINKS", "CERT", "TRUSTED_HOST", "PROXY", "NO_INDEX"):
        monkeypatch.delenv(f"PIP_{name}", raising=False)
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "UV_INDEX_STRATEGY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
    return module


def test_mirror_of_pip_is_passed_on_to_uv(bootstrap: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple\n")
    assert bootstrap.index_settings()["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"


def test_environment_comes_before_the_configuration(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple\n")
    monkeypatch.setenv("PIP_INDEX_URL", "https://nearer.example/simple")
    assert bootstrap.index_settings()["UV_DEFAULT_INDEX"] == "https://nearer.example/simple"


def test_what_uv_was_told_already_is_left_alone(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pip.conf").write_text("[global]\nindex-url = https://mirror.example/simple\n")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    assert "UV_DEFAULT_INDEX" not in bootstrap.index_settings()


def test_second_call_has_nothing_to_do(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_prepared("run")
    bootstrap.stamp("run").write_text(bootstrap.fingerprint("run"))
    assert bootstrap.is_prepared("run")
    assert not bootstrap.is_prepared("test")


def test_call_that_comes_while_another_prepares_waits_for_it(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(bootstrap, "prepare", prepared.append)
    with Path(bootstrap.__file__).open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        later = threading.Thread(target=bootstrap.main)
        monkeypatch.setattr(sys, "argv", ["bootstrap.py", "run"])
        later.start()
        later.join(0.2)
        assert (later.is_alive(), prepared) == (True, [])
    later.join(10)
    assert prepared == ["run"]
    assert "另一个窗口正在准备环境" in capsys.readouterr().out


def test_missing_venv_prints_the_one_line_to_run(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    python = tmp_path / "python-without-venv"
    python.write_text('#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; *) echo 3.11;; esac\n')
    python.chmod(0o755)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "nothing")
    monkeypatch.setattr(bootstrap, "newest_python", lambda: str(python))
    with pytest.raises(SystemExit) as ending:
        bootstrap.make_environment()
    assert ending.value.code == 1
    assert "sudo apt-get install -y python3.11-venv" in capsys.readouterr().err


def test_script_needs_nothing_installed() -> None:
    script = str(ROOT / "scripts" / "bootstrap.py")
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, "?"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "Say what to prepare: run or test.")
