"""What somebody types who puts business forward or answers. Whether it may be is the policy's."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.meetings.public import Meeting, MeetingChoice
from concerted.people.public import Person
from concerted.raising.states import Asked, RequestState

LONGEST = 600  # minutes


def _words(label: str, required: str = "", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required, "max_length": "Write at most 2,000 characters."},
    )


class WantedForm(forms.Form):
    """An item that somebody puts forward; with `noting` it may be for somebody else."""

    title = forms.CharField(
        label="What should be talked about?",
        max_length=400,
        error_messages={
            "required": "Say what should be talked about.",
            "max_length": "Write at most 400 characters.",
        },
    )
    kind = forms.ChoiceField(
        label="What is asked of the body?", choices=Asked.choices, widget=forms.RadioSelect
    )
    why = _words("Why?", "Say why, so that the secretary and the chair can judge.")
    minutes_wanted = forms.IntegerField(
        label="How many minutes does it need?",
        min_value=1,
        max_value=LONGEST,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-4", "autocomplete": "off"}
        ),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            f"Give a whole number from 1 to {LONGEST}, or leave this empty.",
        ),
    )
    raised_by = forms.CharField(
        label="Who puts it forward, if not you?",
        help_text="Name and organisation, as the minutes would say it.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Write at most 200 characters."},
    )

    def __init__(self, *args: Any, noting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not noting:
            del self.fields["raised_by"]


class AskForm(WantedForm):
    """For an agenda to come."""

    meeting = MeetingChoice(
        label="For which meeting?",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="The next agenda",
        error_messages={"invalid_choice": "Choose a meeting from the list."},
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["meeting"].queryset = meetings


class UrgentForm(WantedForm):
    """Since the agenda was published."""

    why_urgent = _words(
        "Why can it not wait for the next meeting?",
        "Say why it cannot wait: the chair rules on this.",
        "These words stand in the record of the meeting if it is taken.",
    )
    field_order = ("title", "kind", "why", "why_urgent")


class RefuseForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    because = _words("Why is it not taken?", "Say why, so that whoever asked knows.")


class RuleForm(forms.Form):
    """The ruling; whose it was is asked of the secretary, who notes it."""

    token = forms.CharField(widget=forms.HiddenInput)
    ruling = forms.ChoiceField(
        label="What is the ruling?",
        choices=[
            (RequestState.TAKEN.value, "It is taken at this meeting"),
            (RequestState.NEXT.value, "It goes to the next agenda"),
            (RequestState.REFUSED.value, "It is refused"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three."},
    )
    because = _words("Why?", "", "Needed unless it is taken.")
    ruled_by: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="Who ruled?",
        queryset=None,
        to_field_name="key",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say who ruled.",
            "invalid_choice": "Choose somebody who chairs this body.",
        },
    )

    def __init__(
        self, *args: Any, chairs: Sequence[Person], own: bool, people: QuerySet[Person], **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        fields: dict[str, Any] = self.fields
        if own:
            del fields["ruled_by"]
        else:
            fields["ruled_by"].queryset = people.filter(pk__in=[one.pk for one in chairs])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        taken = given.get("ruling") in (None, RequestState.TAKEN)
        if not taken and not given.get("because") and "because" not in self.errors:
            self.add_error("because", "Say why it is not taken at this meeting.")
        return given


class TakeForm(forms.Form):
    """A button of the builder: the request and the draft as they were seen, and the meeting."""

    seen = forms.CharField()
    token = forms.CharField()
    meeting = forms.CharField()
