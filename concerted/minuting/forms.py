"""What people type about minutes. Shape only: whether it may be done is the policy's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.imports.public import Review, ReviewForm
from concerted.meetings.public import Meeting
from concerted.minuting.models import Attender
from concerted.minuting.states import Came
from concerted.reading.typed import MOST_CHARACTERS
from concerted.ui.forms import TimeInTextField

LONGEST = 4_000
TOO_LONG = f"Write at most {MOST_CHARACTERS:,} characters for an item. Nothing was saved."


class DraftForm(forms.Form):
    """The text of one item, the version it was made from, and the open page that sends it."""

    version = forms.CharField()
    text = forms.CharField(required=False, strip=False)
    page = forms.CharField(required=False, max_length=16)

    def clean_text(self) -> str:
        # Browsers send lines with a carriage return; with one kept, no two texts would be the same.
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\0", "")
        if len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(TOO_LONG)
        return text


class AttendanceForm(forms.Form):
    """Who came, seat by seat, and who was in attendance."""

    mark_optional = False
    version = forms.CharField(widget=forms.HiddenInput)
    others = forms.CharField(
        label="In attendance",
        help_text="People without a seat, one a line: Jo Marsh (Marlbeck Homes).",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
    )

    def __init__(self, *args: Any, attenders: Sequence[Attender], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attenders = attenders
        for one in attenders:
            who = f"{one.name}, {one.organisation_name}" if one.name else one.organisation_name
            self.fields[f"came-{one.position}"] = forms.ChoiceField(
                label=who,
                choices=Came.choices if one.name else [Came.choices[0], Came.choices[-1]],
                initial=one.came,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"substitute-{one.position}"] = forms.CharField(
                label="Name of the substitute",
                initial=one.substitute,
                required=False,
                max_length=160,
                error_messages={"max_length": "Write at most 160 characters."},
            )
            for name, label, time in (
                ("arrived", "Arrived later, at", one.arrived_at),
                ("left", "Left before the end, at", one.left_at),
            ):
                self.fields[f"{name}-{one.position}"] = TimeInTextField(
                    label=label, initial=time, required=False, help_text=""
                )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for one in self.attenders:
            name = f"substitute-{one.position}"
            if given.get(f"came-{one.position}") == Came.SUBSTITUTE and not given.get(name):
                self.add_error(name, f"Give the name of the substitute for {one}.")
            arrived, left = given.get(f"arrived-{one.position}"), given.get(f"left-{one.position}")
            if arrived and left and left <= arrived:
                self.add_error(f"left-{one.position}", f"{one} left before arriving. Look at both.")
        return given


class RecordForm(ReviewForm):
    """What is still asked before typed minutes go on record; `known` is answered already."""

    def __init__(self, review: Review, *, known: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(review, **kwargs)
        self.known = known

    def clean(self) -> dict[str, Any]:
        self.cleaned_data |= self.known
        return super().clean()


def _words(label: str, missing: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": missing,
            "max_length": f"Write at most {LONGEST:,} characters.",
        },
        **more,
    )


class SendBackForm(forms.Form):
    words = _words("What is to be corrected?", "Say what is to be corrected.")


class UnlockForm(forms.Form):
    words = _words("Why is the clearance taken back?", "Say why the clearance is taken back.")


class AgreedForm(forms.Form):
    """At which meeting corrections were agreed; not asked before the members have the minutes."""

    agreed_at: "forms.ModelChoiceField[Meeting]" = forms.ModelChoiceField(
        label="Agreed at the meeting of",
        queryset=None,
        to_field_name="key",
        empty_label="Choose the meeting",
        error_messages={
            "required": "Say at which meeting this correction was agreed.",
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


class CorrectionForm(AgreedForm):
    """What should have been said; what was said stays."""

    before = _words(
        "The words as they are", "", required=False, help_text="Leave empty for a note."
    )
    after = _words("What it should have said", "Write what it should have said.")
    field_order = ("before", "after", "agreed_at")
