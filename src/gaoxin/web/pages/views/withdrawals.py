"""Take a whole batch out of use (整批撤回), with a reason; its records stay readable."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gaoxin.core.errors import GaoxinError
from gaoxin.web.accounts.permissions import requires
from gaoxin.web.errors import NotFound
from gaoxin.web.ledger import scope, services
from gaoxin.web.ledger.models import Batch
from gaoxin.web.pages.desk import batch_line
from gaoxin.web.pages.forms import ReasonForm, said
from gaoxin.web.pages.selectors import built_upon
from gaoxin.web.pages.stage import enter_room


@requires("facts.correct")
def withdraw(request: HttpRequest, batch: int) -> HttpResponse:
    reader = enter_room(request, "data")
    found = (
        Batch.objects.filter(pk=batch, zone__in=scope.zone_ids(reader))
        .select_related("source", "withdrawal")
        .first()
    )
    if found is None:
        raise NotFound(batch=batch)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.withdraw_batch(by=reader, batch_id=found.pk, reason=form.cleaned_data["reason"])
        except GaoxinError as problem:
            form.add_error(None, said(problem))
        else:
            messages.success(request, _("已撤回这一批"))
            return redirect("data")
    context = {"form": form, "batch": batch_line(found), "upon": built_upon(reader, found)}
    return render(request, "pages/withdraw.html", context, status=422 if form.errors else 200)
