"""The addresses of the workbench; each app keeps its own, the pages come last."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("gaoxin.web.accounts.urls")),
    path("", include("gaoxin.web.operations.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("", include("gaoxin.web.objections.urls")),
    path("", include("gaoxin.web.drafts.urls")),
    path("", include("gaoxin.web.eligibility.board_urls")),
    path("", include("gaoxin.web.eligibility.urls")),
    path("", include("gaoxin.web.pages.urls")),
]

handler400 = "gaoxin.web.refusals.bad_request"
handler403 = "gaoxin.web.refusals.forbidden"
handler404 = "gaoxin.web.refusals.not_found"
handler500 = "gaoxin.web.refusals.our_fault"
