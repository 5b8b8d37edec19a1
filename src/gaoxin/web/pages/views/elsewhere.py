"""Addresses that lead nowhere (没有的地址): told in words, in debug mode and in the demonstration too."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve

from gaoxin.web.errors import NotFound


@login_not_required
def elsewhere(request: HttpRequest) -> HttpResponse:
    """An address that only lacks its last slash is completed; any other is not found."""
    if (
        request.method == "GET"
        and not request.path.endswith("/")
        and resolve(f"{request.path}/").func is not elsewhere
    ):
        query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        return redirect(f"{request.path}/{query}")
    raise NotFound("没有这个页面。", "There is no such page.")
