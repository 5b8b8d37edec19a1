"""What is typed to object to a figure and to answer (异议表单)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from gaoxin.web.ledger.models import Source
from gaoxin.web.pages import names


class ObjectionForm(forms.Form):
    """Why a figure is wrong, and what says better."""

    reason = forms.CharField(max_length=400)
    source = forms.ChoiceField(choices=(), required=False)
    evidence = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, sources: list[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [
            ("", _("不在下面的文件里")),
            *((one.code, names.title_of(one)) for one in sources),
        ]


class AnswerForm(forms.Form):
    """The reason of an answer."""

    reason = forms.CharField(max_length=400)
