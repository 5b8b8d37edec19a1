"""`gaoxin work`: the background worker (后台任务)."""

from __future__ import annotations

import signal
import threading

import click

from gaoxin.cli.console import SOUND, Console, verb


@verb()
@click.option("--once", is_flag=True, help="做完等待的就结束 end when nothing waits")
def command(console: Console, once: bool) -> int:
    """运行后台任务：读表、核对、入库；按 Ctrl-C 停止。

    Run the background worker until Ctrl-C. Several may run side by side.
    """
    from gaoxin.web import opening

    opening.connect()
    from gaoxin.web.operations.worker import work

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    done = work(stop, once=once)
    if once:
        console.show({"steps": done}, console.text(f"做了 {done} 步。", f"{done} steps done."))
    return SOUND
