"""Turns errors into answers: a page in plain words, a fragment for htmx, or JSON for a script.

Templates (all optional, a plain page stands in): `errors/refused.html` with `error` (GaoxinError),
`status`, `request_id`;
`errors/forbidden.html`, `errors/not_found.html`, `errors/our_fault.html` with `request_id`. A fragment
request (htmx) gets
`errors/refused_fragment.html`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.template import TemplateDoesNotExist
from django.template.loader import select_template
from django.utils.html import escape
from django.utils.translation import get_language

from gaoxin.core.errors import GaoxinError
from gaoxin.web.errors import NotFound, http_status
from gaoxin.web.logs import request_id

_FORBIDDEN = (
    "您的岗位没有这项权限。需要时请联系系统管理员。",
    "Your role does not allow this. Ask your administrator.",
)
_BAD = ("请求有误，请返回上一页重试。", "The request was not understood. Go back and try again.")
_UPLOAD = (
    "文件没有收到：文件名太长，或者上传中断了。请把文件名改到 200 个字以内再传。",
    "The file did not arrive: the name is too long or the upload broke off. Use 200 characters at most.",
)
_STALE = (
    "页面开得太久或已重新登录，这次提交没有生效。请刷新页面再提交。",
    "The page was open for too long, or you signed in anew; nothing was done. Reload it and submit again.",
)
_BUSY = (
    "正在入库大批数据，这一步没有做成。请过半分钟再试，填写的内容不会丢。",
    "A large import is being recorded; this step was not done. Try again in half a minute.",
)
_OURS = (
    "系统出错了，不是您的操作问题。请把编号告诉管理员。",
    "This is our fault, not yours. Quote the number to your administrator.",
)


def refuse(request: HttpRequest, error: GaoxinError) -> HttpResponse:
    """The answer to an error a person can act on."""
    status = http_status(error)
    name = "errors/not_found.html" if isinstance(error, NotFound) else "errors/refused.html"
    return _answer(request, status, name, error.zh, error.en, error.code, error)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    said = _UPLOAD if isinstance(exception, MultiPartParserError) else _BAD
    return _answer(request, 400, "errors/refused.html", *said, "bad_request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403, "errors/forbidden.html", *_FORBIDDEN, "forbidden")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token of the form is missing or of an earlier session (CSRF)."""
    return _answer(request, 403, "errors/refused.html", *_STALE, "stale_form")


def busy(request: HttpRequest) -> HttpResponse:
    """SQLite is being written by a long import; nothing was done."""
    answer = _answer(request, 503, "errors/refused.html", *_BUSY, "busy")
    answer["Retry-After"] = "30"
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    error = NotFound()
    return _answer(request, 404, "errors/not_found.html", error.zh, error.en, error.code, error)


def our_fault(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500, "errors/our_fault.html", *_OURS, "our_fault")


def _answer(
    request: HttpRequest,
    status: int,
    template: str,
    zh: str,
    en: str,
    code: str,
    error: GaoxinError | None = None,
) -> HttpResponse:
    number = request_id.get()
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"code": code, "zh": zh, "en": en, "request_id": number}, status=status)
    message = en if (get_language() or "").startswith("en") else zh
    context = {"error": error, "message": message, "status": status, "code": code, "request_id": number}
    names = ["errors/refused_fragment.html"] if getattr(request, "htmx", False) else []
    try:
        body = select_template([*names, template]).render(context, request)
    except TemplateDoesNotExist:
        body = _plain(message, number)
    except Exception:  # an error page must never fail: it may be what failed
        if status != 500:
            raise
        body = _plain(message, number)
    return HttpResponse(body, status=status)


def _plain(message: str, number: str) -> str:
    return (
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>高新</title>'
        f"<main><h1>{escape(message)}</h1><p>编号 {escape(number)}</p></main></html>"
    )
