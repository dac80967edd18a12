"""Which file somebody chooses, and which meeting agreed corrections."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.meetings.public import Meeting


class WordFileForm(forms.Form):
    file = forms.FileField(
        label="The Word file",
        help_text="The .docx that was taken from here, with your text in it.",
        error_messages={"required": "Choose the Word file.", "empty": "This file is empty."},
    )


class TemplateForm(forms.Form):
    file = forms.FileField(
        label="The partnership’s template",
        help_text="A Word document (.docx) with your styles, logo, head and foot, at most 5 MB. "
        "Words in its body are not used.",
        error_messages={"required": "Choose the Word file.", "empty": "This file is empty."},
    )


class AgreedForm(forms.Form):
    """At which meeting corrections were agreed; not asked before the members have the minutes."""

    agreed_at: "forms.ModelChoiceField[Meeting]" = forms.ModelChoiceField(
        label="Agreed at the meeting of",
        queryset=None,
        to_field_name="key",
        empty_label="Choose the meeting",
        error_messages={
            "required": "Say at which meeting these corrections were agreed.",
            "invalid_choice": "Choose a meeting from the list.",
        },
    )

    def __init__(
        self, *args: Any, meetings: QuerySet[Meeting], circulated: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not circulated:
            del self.fields["agreed_at"]
            return
        self.fields["agreed_at"].queryset = meetings  # type: ignore[attr-defined]
