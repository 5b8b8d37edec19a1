"""Errors that only the web floor knows, and the one table from errors to HTTP codes.

Below this floor an error says what a person should do; here it is decided how a browser is told.
"""

from __future__ import annotations

from gaoxin.core.errors import CalendarGap, GaoxinError, PackError


class MoveRefused(GaoxinError):
    """Somebody else was faster, or the thing is no longer in a state that allows the move (已被他人处理)."""

    code = "move_refused"


class NotFound(GaoxinError):
    """There is no such thing, or the reader may not know of it: both sound the same on purpose."""

    code = "not_found"

    def __init__(
        self,
        zh: str = "没有找到，或您无权查看。",
        en: str = "Not found, or not yours to see.",
        **context: object,
    ) -> None:
        super().__init__(zh, en, **context)


HTTP_STATUS: dict[type[GaoxinError], int] = {
    NotFound: 404,
    MoveRefused: 409,
    CalendarGap: 409,
    PackError: 500,
    GaoxinError: 422,
}


def http_status(error: GaoxinError) -> int:
    """The code of the nearest class in `HTTP_STATUS`."""
    return next(HTTP_STATUS[kind] for kind in type(error).__mro__ if kind in HTTP_STATUS)
