"""The filter of the decisions register; what is said of a meeting that is moved or cancelled."""

from typing import Any

from django import forms

from concerted.meetings.models import Meeting
from concerted.ui.forms import DateInTextField, TimeInTextField
from concerted.ui.words import weekday

CAME_OF_IT = [
    ("", "Anything"),
    ("open", "Open actions"),
    ("overdue", "Overdue actions"),
    ("nothing", "Nothing followed"),
]


class MeetingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the meetings of a body, by its day."""

    def label_from_instance(self, obj: Meeting) -> str:
        return weekday(obj.held_on)


class DecisionFilter(forms.Form):
    """Its choices come with counts of what this reader may see."""

    mark_optional = False  # a filter is all optional

    q = forms.CharField(label="Words in the decision", required=False)
    body = forms.MultipleChoiceField(
        label="Body", required=False, widget=forms.CheckboxSelectMultiple
    )
    code = forms.MultipleChoiceField(
        label="Outcome", required=False, widget=forms.CheckboxSelectMultiple
    )
    came = forms.ChoiceField(
        label="What came of it", required=False, widget=forms.RadioSelect, choices=CAME_OF_IT
    )
    since = DateInTextField(label="From", required=False, help_text="For example, 16 June 2009")
    until = DateInTextField(label="To", required=False)

    def __init__(
        self, *args: Any, bodies: list[tuple[str, str]], codes: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]
        self.fields["code"].choices = codes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "This day is before the first. Give a later one.")
        return cleaned


class CancelForm(forms.Form):
    """Why a meeting is cancelled; `seen` is how it stood when the page was opened."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why? Those who can see the meeting read this.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why, so that nobody has to ask.",
            "max_length": "Write at most 1,000 characters.",
        },
    )
    does = "Cancel this meeting"

    @classmethod
    def of(cls, meeting: Meeting) -> dict[str, Any]:
        """What the form starts with."""
        return {"seen": meeting.standing}


class MoveForm(CancelForm):
    """When and where a meeting is to be instead."""

    held_on = DateInTextField(label="New day")
    starts_at = TimeInTextField(label="Time", required=False)
    venue = forms.CharField(
        label="Place",
        max_length=300,
        required=False,
        error_messages={"max_length": "Write at most 300 characters."},
    )
    field_order = ["seen", "held_on", "starts_at", "venue", "reason"]
    does = "Move this meeting"

    @classmethod
    def of(cls, meeting: Meeting) -> dict[str, Any]:
        return super().of(meeting) | {
            "held_on": meeting.held_on,
            "starts_at": meeting.starts_at,
            "venue": meeting.venue,
        }
