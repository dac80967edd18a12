"""What somebody types about a crime report. Whether it may be so is the policy's business."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.meetings.public import Meeting
from concerted.people.public import Body, Organisation
from concerted.ui.words import weekday

LONGEST = 8000
CLEAR, BACK = "clear", "back"


class _Owner(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Organisation) -> str:
        return obj.name


class PrepareForm(forms.Form):
    """For whom, who clears it, and what it is called."""

    body = forms.ChoiceField(
        label="For which body?", error_messages={"required": "Choose the body that it is for."}
    )
    owner = _Owner(
        label="Which organisation clears these figures before anybody else reads them?",
        queryset=None,
        to_field_name="key",
        empty_label="Choose an organisation",
        help_text="The police, for what they recorded.",
        error_messages={
            "required": "Choose the organisation that owns these figures.",
            "invalid_choice": "Choose one from the list.",
        },
    )
    title = forms.CharField(
        label="Title",
        max_length=200,
        error_messages={
            "required": "Give the report a title.",
            "max_length": "Write at most 200 characters.",
        },
    )

    def __init__(
        self,
        *args: Any,
        bodies: Sequence[Body],
        owners: QuerySet[Organisation],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        self.bodies = {one.key: one for one in bodies}
        fields["body"].choices = [(one.key, one.name) for one in bodies]
        fields["owner"].queryset = owners

    def clean_body(self) -> Body:
        return self.bodies[self.cleaned_data["body"]]


class SectionForm(forms.Form):
    """The words under one heading; `saves` says which state of them was on the page."""

    text = forms.CharField(
        label="What the report says here",
        help_text="Leave it empty, and the heading is left out too.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
    )
    rests_on = forms.CharField(
        label="What shows it",
        help_text=(
            "Only where the words say why something changed, or that something is the most or the "
            "least: the evaluation or the paper, with its peers, period and interval."
        ),
        required=False,
        max_length=400,
        error_messages={"max_length": "Write at most 400 characters."},
    )
    saves = forms.IntegerField(widget=forms.HiddenInput)


class ClearForm(forms.Form):
    """Whether the owner of the figures lets it go."""

    decision = forms.ChoiceField(
        label="What becomes of this report?",
        choices=[
            (CLEAR, "Clear it: it may go to the body as it is"),
            (BACK, "Send it back, to be changed"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is cleared or goes back."},
    )
    words = forms.CharField(
        label="What is to be changed, or what else you have to say",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "Write at most 2,000 characters."},
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("decision") == BACK and not given.get("words", "").strip():
            self.add_error("words", "Say what is to be changed.")
        return given


class _MeetingToCome(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Meeting) -> str:
        return weekday(obj.held_on)


class IssueForm(forms.Form):
    """To which meeting it is put, if to any."""

    meeting = _MeetingToCome(
        label="Put it to a meeting?",
        queryset=None,
        to_field_name="key",
        empty_label="No meeting",
        required=False,
        error_messages={"invalid_choice": "Choose one from the list."},
    )

    def __init__(self, *args: Any, meetings: QuerySet[Meeting], **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["meeting"].queryset = meetings
