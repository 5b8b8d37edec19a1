"""Structured logs: one JSON object a line, each with the number of the request that caused it (请求编号).

The number is the one shown on an error page, so that a clerk can quote it and we can find it.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar

from pythonjsonlogger.json import JsonFormatter

request_id: ContextVar[str] = ContextVar("request_id", default="")
reader_id: ContextVar[int | None] = ContextVar("reader_id", default=None)


class RequestFilter(logging.Filter):
    """Adds request number and account number to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        asked = getattr(
            record, "request", None
        )  # Django tells of refusals after the request has left the house
        record.request_id = request_id.get() or getattr(asked, "gx_number", "")
        record.account = reader_id.get()
        return True


class Lines(JsonFormatter):
    """Time, level, logger, message, request, account, then whatever the caller added."""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s %(account)s",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )
