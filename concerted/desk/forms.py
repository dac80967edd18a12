"""The filter of the trail."""

from typing import Any

from django import forms

from concerted.audit.models import Verb
from concerted.desk.records import KINDS
from concerted.ui.forms import DateInTextField


class TrailFilter(forms.Form):
    """What to look for on the trail."""

    mark_optional = False  # a filter is all optional

    since = DateInTextField(label="From", required=False)
    until = DateInTextField(label="To", required=False, help_text="")
    who = forms.CharField(
        label="Who", required=False, max_length=160, help_text="A name, or a pseudonym as printed"
    )
    verb = forms.ChoiceField(
        label="What was done", required=False, choices=[("", "Anything"), *Verb.choices]
    )
    kind = forms.ChoiceField(
        label="Kind of record",
        required=False,
        choices=[("", "Any kind"), *((name, kind.words) for name, kind in KINDS.items())],
    )
    reference = forms.CharField(
        label="Reference", required=False, max_length=40, help_text="As printed on a line"
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This day is before the first. Give a later one.")
        return cleaned
