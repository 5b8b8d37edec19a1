"""What happens around every request: its number, its language, and refusals told in words."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from gaoxin.core.errors import GaoxinError
from gaoxin.facts.ingest.inspection.limits import Limits
from gaoxin.facts.ingest.workbook import refuse_size
from gaoxin.web import refusals
from gaoxin.web.ledger.journal import is_busy
from gaoxin.web.logs import reader_id, request_id

Answer = Callable[[HttpRequest], HttpResponse]
_FORM_AROUND_A_FILE = 1024 * 1024
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestId:
    """Gives each request a number, taken from a proxy in front if it sends a well-formed one."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        number = given if settings.BEHIND_PROXY and _GIVEN.fullmatch(given) else secrets.token_hex(8)
        request.gx_number = number  # type: ignore[attr-defined]
        mark = request_id.set(number)
        who = reader_id.set(None)
        try:
            response = self.answer(request)
        finally:
            request_id.reset(mark)
            reader_id.reset(who)
        response["X-Request-Id"] = number
        return response


class ChosenLanguage:
    """Chinese, unless the reader chose English; what the browser asks for is not a choice."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.answer(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class BodyLimit:
    """Refuses a body over the upload limit by its announced length, before a byte is kept on the disk."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        size = int(announced) if announced.isdigit() else 0
        limits = Limits(file=settings.UPLOAD_LIMIT)
        if size > limits.file + _FORM_AROUND_A_FILE:
            try:
                refuse_size(size, limits)
            except GaoxinError as error:
                return refusals.refuse(request, error)
        return self.answer(request)


class RefusalsInWords:
    """Answers an error that a person can act on with its words and its code; all others are our fault.

    Pages of a signed-in reader are never kept by caches in between or by the back button of a shared
    computer.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            reader_id.set(request.user.pk)
        # no database holds a null byte in a text, so nothing by that name can be asked for
        null = "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
        response = refusals.bad_request(request) if null else self.answer(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """The same null bytes in a form; its token was looked at already, so it is read."""
        given = (text for texts in request.POST.lists() for text in (texts[0], *texts[1]))
        return refusals.bad_request(request) if any("\0" in text for text in given) else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if is_busy(exception):
            return refusals.busy(request)
        return refusals.refuse(request, exception) if isinstance(exception, GaoxinError) else None
