"""The ledger in the hands of somebody else for a while."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from gaoxin.web.imports.models import ImportRun
from gaoxin.web.imports.states import locked_run
from gaoxin.web.ledger.moments import stamp


@contextmanager
def ledger_held(run: ImportRun | None = None) -> Iterator[None]:
    """Another connection writes for a while, as a large import does; it holds the row of its run as well."""
    taken, enough = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                stamp()
                if run is not None:
                    locked_run(None, run.pk)
                taken.set()
                enough.wait(60)
        finally:
            connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    assert taken.wait(10)
    try:
        yield
    finally:
        enough.set()
        thread.join()
