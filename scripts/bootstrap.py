"""Put everything the workbench needs into .venv, and say what is happening (准备运行环境).

    python3 scripts/bootstrap.py run     # what the workbench needs (requirements.lock)
    python3 scripts/bootstrap.py test    # … and what tests and checks need (requirements-dev.lock)

Plain Python, nothing to install first. A second call with unchanged lock files ends at once; one that comes
while another still prepares waits for it. Packages come from the index this machine's pip is set to use;
every file is checked against the hash in the lock file.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
INSTALLER_LOCK = "requirements-uv.lock"
OLDEST = (3, 11)


def main() -> None:
    purpose = sys.argv[1] if len(sys.argv) > 1 else "run"
    if purpose not in LOCKS:
        stop(
            f"用法：python3 scripts/bootstrap.py {'|'.join(LOCKS)}",
            "Say what to prepare: run or test.",
        )
    if is_prepared(purpose):
        return
    with alone():
        if not is_prepared(purpose):
            prepare(purpose)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Two calls at once would write into one .venv: the later one waits until the first has ended."""
    with Path(__file__).open("rb") as door:
        with contextlib.suppress(OSError):  # a file system that knows no locks
            try:
                fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("另一个窗口正在准备环境，等它做完 …", "Another call is preparing it; waiting …")
                fcntl.flock(door, fcntl.LOCK_EX)
        yield


def prepare(purpose: str) -> None:
    started = time.monotonic()
    say("第一次运行（或依赖有更新），正在准备环境 …", "First run (or changed locks): preparing …")
    step(1, "建立 Python 虚拟环境 .venv", "Creating the Python environment .venv")
    make_environment()
    index = index_settings()
    step(2, "安装快速安装器 uv", "Installing the fast installer uv")
    fast = install_uv(index)
    step(3, f"按 {LOCKS[purpose]} 安装依赖", f"Installing what {LOCKS[purpose]} lists")
    install(fast, ["--require-hashes", "-r", LOCKS[purpose]], index)
    step(4, "安装高新工作台本身", "Installing gaoxin itself")
    install(fast, ["--no-deps", "--no-build-isolation", "-e", "."], index)
    run([str(PYTHON), "-m", "compileall", "-q", "src"])  # so that the first start is as quick as the next
    stamp(purpose).write_text(fingerprint(purpose))
    took = time.monotonic() - started
    say(f"环境已就绪，用时 {took:.0f} 秒。", f"Ready after {took:.0f} s.")


def is_prepared(purpose: str) -> bool:
    return PYTHON.exists() and stamp(purpose).exists() and stamp(purpose).read_text() == fingerprint(purpose)


def stamp(purpose: str) -> Path:
    return VENV / f".gaoxin-{purpose}"


def fingerprint(purpose: str) -> str:
    """Changes whenever the environment must be prepared anew: other locks, another place, another Python."""
    digest = hashlib.sha256(str(ROOT).encode() + sys.version.encode())
    for name in (LOCKS[purpose], INSTALLER_LOCK, "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def make_environment() -> None:
    """Create .venv, or keep the one that works."""
    if works(PYTHON):
        return
    python = newest_python()
    ready = subprocess.run([python, "-c", "import venv, ensurepip"], capture_output=True, check=False)
    if ready.returncode:
        question = "import sys; print('%d.%d' % sys.version_info[:2])"
        version = subprocess.check_output([python, "-c", question], text=True).strip()
        line = f"    sudo apt-get install -y python{version}-venv"
        stop(
            f"缺少 Python 的 venv 组件，请先运行：\n{line}",
            f"Python's venv is missing, run this first:\n{line}",
        )
    if VENV.exists():
        shutil.rmtree(VENV)  # left by an interrupted run, or moved from another place
    run([python, "-m", "venv", str(VENV)])


def works(python: Path) -> bool:
    """True if it starts, is new enough and has pip."""
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def newest_python() -> str:
    """The Python this script runs on, or a newer one on the path."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        if path := shutil.which(name):
            return path
    have = ".".join(map(str, sys.version_info[:2]))
    return stop(
        f"需要 Python 3.11 或更新版本，这里只有 {have}。装好后运行：make run PYTHON=python3.11",
        f"Python 3.11 or newer is needed, this is {have}. With one installed: make run PYTHON=python3.11",
    )


def index_settings() -> dict[str, str]:
    """What pip is configured with (镜像源), in the words of uv, which does not read pip's configuration."""
    listing = subprocess.run(
        [PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    found: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listing.stdout.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.partition(".")
        if section in found:
            found[section][name] = value.strip().strip("'\"")
    pip = {**found["global"], **found["install"], **found[":env:"]}  # the order in which pip believes them
    words = {
        "UV_DEFAULT_INDEX": pip.get("index-url"),
        "UV_INDEX": pip.get("extra-index-url"),
        "UV_FIND_LINKS": ",".join(pip.get("find-links", "").split()),
        "UV_INSECURE_HOST": pip.get("trusted-host"),
        "UV_NO_INDEX": pip.get("no-index"),
        "SSL_CERT_FILE": pip.get("cert"),
        "HTTPS_PROXY": pip.get("proxy"),
        # Like pip, look in every index; the hashes make that safe.
        "UV_INDEX_STRATEGY": "unsafe-best-match" if pip.get("extra-index-url") else None,
    }
    return {name: value for name, value in words.items() if value and name not in os.environ}


def install_uv(index: dict[str, str]) -> bool:
    """Install the pinned uv with pip; without it pip does the whole work, more slowly."""
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--require-hashes", "-r", INSTALLER_LOCK], cwd=ROOT, check=False)
    if done.returncode:
        say("没有装上 uv，改用 pip（会慢一些）。", "uv could not be installed; pip goes on, more slowly.")
    return done.returncode == 0


def install(fast: bool, what: list[str], index: dict[str, str]) -> None:
    if fast:
        command = [
            str(PYTHON),
            "-m",
            "uv",
            "pip",
            "install",
            "--compile-bytecode",
            "--python",
            str(PYTHON),
            *what,
        ]
        if subprocess.run(command, cwd=ROOT, env={**os.environ, **index}, check=False).returncode == 0:
            return
        say("uv 没有完成安装，改用 pip 再试。", "uv did not finish; trying again with pip.")
    run([str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", *what])


def run(command: list[str]) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        stop(
            "安装没有完成，原因见上面的输出。网络不通时，先让 pip 使用可达的镜像源：\n"
            "    pip config set global.index-url 网址",
            "The installation did not finish; the reason is printed above. Without the open internet, first\n"
            "point pip to a mirror it can reach:  pip config set global.index-url URL",
        )


def step(number: int, zh: str, en: str) -> None:
    say(f"[{number}/4] {zh}", en)


def say(zh: str, en: str) -> None:
    print(f"{zh}  {en}" if "\n" not in zh + en else f"{zh}\n{en}", flush=True)


def stop(zh: str, en: str) -> NoReturn:
    print(f"{zh}\n{en}", file=sys.stderr, flush=True)
    sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("\n已停止。再运行一次就重新准备。", "Stopped. Run it again to prepare anew.")
