"""`gaoxin serve`: open the workbench (启动工作台).

1. Prepare: GAOXIN_HOME, the database, the packs; with --demo also the synthetic zone and its accounts.
2. Start two children: the web server and the background worker (`gaoxin work`).
3. Wait until the first page answers, print the address, keep both children alive.
4. On Ctrl-C or a stop from the system, let both finish what they are doing, then end.
"""

import contextlib
import ctypes
import importlib
import ipaddress
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO

import click

from gaoxin.cli.console import FAULT, SOUND, Console, verb

READY_WITHIN = 60.0  # seconds until the first answer; a cold disk is slow
STOP_WITHIN = 20.0  # seconds a child may take to finish its request or task
PORTS_TO_TRY = 50
fcntl = importlib.import_module("fcntl") if os.name == "posix" else None
PR_SET_PDEATHSIG = 1  # Linux: the signal a child gets when its parent is killed outright


@verb()
@click.option(
    "--demo", is_flag=True, help="演示数据和免密账号 demonstration data and accounts without passwords"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 address to listen on")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="端口 port")
@click.option("--open/--no-open", "browse", default=None, help="打开浏览器 open a browser")
@click.option(
    "--work/--no-work", default=True, show_default=True, help="同时启动后台任务 run the worker as well"
)
@click.option("--prepare-only", is_flag=True, help="只做准备，不启动 bring everything up to date, then end")
@click.option(
    "--processes",
    default=min(2, os.cpu_count() or 1),
    show_default=True,
    type=click.IntRange(1, 64),
    help="服务进程数 server processes",
)
def command(
    console: Console,
    demo: bool,
    host: str,
    port: int,
    browse: bool | None,
    work: bool,
    prepare_only: bool,
    processes: int,
) -> int:
    """启动工作台：准备数据库和内容包，然后提供网页。

    Run the workbench: prepare the database and the packs, then serve pages until Ctrl-C.
    """
    if demo:
        refuse_strangers(host)
        os.environ.update(GAOXIN_DEBUG="1", GAOXIN_DEMO="1")
    from gaoxin.web import opening

    opening.prepare(demo=demo, say=console.say)
    if prepare_only:
        console.show({"prepared": True}, console.text("已准备好。", "Everything is up to date."))
        return SOUND
    chosen, _guard = claim_port(host, port)  # held until we end
    if chosen != port:
        console.say(
            f"端口 {port} 已被占用，改用 {chosen}。要固定端口，请用 --port 指定一个空闲的。",
            f"Port {port} is taken, using {chosen}. For a fixed one, name a free port with --port.",
        )
    with stopping_as_interrupt():
        children = [start_server(host, chosen, processes)]
        try:
            if work:
                children.append(start_worker())
            if not answers(host, chosen, children[0]):
                console.complain(
                    "网页服务没有启动，原因见上面的输出。", "The web server did not start; see above."
                )
                return FAULT
            announce(console, host, chosen, demo)
            if browse or (browse is None and demo and sys.stdout.isatty() and has_screen()):
                webbrowser.open(address(host, chosen))
            return watch(console, children)
        except KeyboardInterrupt:
            console.say("\n正在停止 …", "\nStopping …")
            return SOUND
        finally:
            stop(children)


def refuse_strangers(host: str) -> None:
    """A demonstration opens every role without a password: it listens to this machine and to no other.

    Raises: UsageError.
    """
    try:
        alone = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        alone = False
    if not alone:
        raise click.UsageError(
            f"演示不用密码，只能在本机打开，不能监听 {host}。请去掉 --host。"
            f"A demonstration has no passwords and never listens on {host}; leave out --host."
        )


def claim_port(host: str, first: int) -> tuple[int, IO[str] | None]:
    """A free port that no other run has chosen either, and the lock that says so for as long as it is open.

    Between asking for a port and listening on it a second run could choose the same; two servers would then
    share it, each with half of the visitors. Windows has no such locks, and no such sharing.
    """
    port = free_port(host, first)
    if fcntl is None:
        return port, None
    while True:
        owner = os.getuid() if hasattr(os, "getuid") else 0
        place = Path(tempfile.gettempdir()) / f"gaoxin-{owner}-{port}.lock"
        guard = place.open("w", encoding="ascii")
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            guard.close()
            port = free_port(host, port + 1)
            continue
        return port, guard


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that nobody listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, min(first + PORTS_TO_TRY, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            # A port left a moment ago by an earlier run may be taken over; one that is listened on may not.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((host, port))
                return port
    raise click.UsageError(f"端口 {first}–{first + PORTS_TO_TRY - 1} 都不能用。No free port from {first} on.")


def start_server(host: str, port: int, processes: int) -> subprocess.Popen[bytes]:
    threads = min(4, 2 * (os.cpu_count() or 1) + 1)  # each holds a connection to the database
    options = ["--interface", "wsgi", "--no-ws", "--log-level", "warning", "--respawn-failed-workers"]
    options += ["--host", host, "--port", str(port)]
    options += ["--workers", str(processes), "--blocking-threads", str(threads)]
    return start("granian", *options, "gaoxin.web.wsgi:application")


def start_worker() -> subprocess.Popen[bytes]:
    return start("gaoxin", "work")


def start(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a child of our own: the terminal's Ctrl-C reaches us, and we alone tell the child, once."""
    link = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def end_with_parent() -> None:
        if link is not None:
            link(PR_SET_PDEATHSIG, signal.SIGTERM)

    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, process_group=0, preexec_fn=end_with_parent)


def answers(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    """True as soon as the workbench answers; False if it died or stayed silent too long."""
    question = urllib.request.Request(f"{address(host, port)}healthz", headers={"Host": "localhost"})
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(question, timeout=5).close()
        except urllib.error.HTTPError:
            return True  # it answers, if only to say what is wrong
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def address(host: str, port: int) -> str:
    place = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{place}:{port}/"


def announce(console: Console, host: str, port: int, demo: bool) -> None:
    place = address(host, port)
    if console.json:
        console.show({"address": place, "demo": demo}, "")
        return
    console.say(
        f"工作台已打开： {place}   按 Ctrl-C 停止", f"The workbench is open: {place}   Ctrl-C stops it"
    )
    if demo:
        console.say(
            "这是演示：企业是虚构的，登录页上点选岗位即可进入。",
            "This is a demonstration: its firms are invented; choose a role on the sign-in page.",
        )


def has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def watch(console: Console, children: list[subprocess.Popen[bytes]]) -> int:
    """Stay until the server ends; a worker that ended is started again."""
    pause = 1.0
    while children[0].poll() is None:
        time.sleep(0.5)
        if len(children) > 1 and children[1].poll() is not None:
            console.complain(
                f"后台任务意外结束，{pause:.0f} 秒后重新启动。",
                f"The background worker ended; starting it again in {pause:.0f} s.",
            )
            time.sleep(pause)
            pause = min(pause * 2, 60.0)
            children[1] = start_worker()
    console.complain("网页服务意外结束。", "The web server ended unexpectedly.")
    return FAULT


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask every child to end; whoever has not ended in time is killed."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + STOP_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextlib.contextmanager
def stopping_as_interrupt() -> Iterator[None]:
    """A stop from systemd or make (SIGTERM, SIGHUP) ends the workbench the way Ctrl-C does.

    SIGINT is set as well: a script that starts us in the background has it ignored.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    names = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    before = {name: signal.signal(name, interrupt) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
