"""What somebody types about reports back. Whether it may be so is the policy's business."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.meetings.public import Item, Meeting
from concerted.people.public import Body, Organisation, Post, Seat
from concerted.reports_back.models import Return, SharedMinutes
from concerted.reports_back.states import Frequency, ReturnKind
from concerted.ui.forms import DateInTextField
from concerted.ui.words import day, weekday

LONGEST = 4000


def _long(label: str, rows: int = 4, **more: Any) -> forms.CharField:
    said = {"max_length": f"Write at most {LONGEST:,} characters."}
    said["required"] = more.pop("needed", "Write something here.")
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=said,
        **more,
    )


class _One(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the things that the actor sees, by its key."""

    def __init__(self, label: str, none: str, *, needed: str = "", **more: Any) -> None:
        super().__init__(
            label=label,
            queryset=None,
            to_field_name="key",
            empty_label=none,
            required=bool(needed),
            error_messages={"required": needed, "invalid_choice": "Choose one from the list."},
            **more,
        )


class _MeetingOf(_One):
    def label_from_instance(self, obj: Meeting) -> str:
        return f"{obj.body}, {weekday(obj.held_on)}"


class _ItemOf(_One):
    def label_from_instance(self, obj: Item) -> str:
        return f"{day(obj.meeting.held_on)}: {obj.ref or 'item'} {obj.title}".strip()


class _MinutesOf(_One):
    def label_from_instance(self, obj: SharedMinutes) -> str:
        return f"{obj.of_body}, {day(obj.held_on)}"


class LinkForm(forms.Form):
    """That a body reports to the one whose page this is."""

    reporting = _One("Which body reports?", "Choose a body", needed="Choose the body that reports.")
    seat = forms.ChoiceField(label="Which seat here speaks for it?", required=False)
    post = _One("Or which post?", "No post")
    organisation = _One("Or which organisation?", "No organisation")
    frequency = forms.ChoiceField(
        label="How often is a report expected?",
        choices=Frequency.choices,
        widget=forms.RadioSelect,
        initial=Frequency.EVERY,
    )
    every_meetings = forms.IntegerField(
        label="If every so many meetings: every how many?",
        min_value=1,
        max_value=50,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-2", "autocomplete": "off"}
        ),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Give a whole number from 1 to 50."
        ),
    )
    starts = DateInTextField(label="From which day?")

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[Body],
        seats: Sequence[Seat],
        posts: QuerySet[Post],
        organisations: QuerySet[Organisation],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["reporting"].queryset = bodies
        fields["post"].queryset = posts
        fields["organisation"].queryset = organisations
        self.seats = {one.key: one for one in seats}
        fields["seat"].choices = [
            ("", "No seat"),
            *((one.key, f"{one.holder or one.holder_body}") for one in seats),
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        given["seat"] = self.seats.get(given.get("seat", ""))
        named = [given.get(one) for one in ("seat", "post", "organisation")]
        if sum(one is not None for one in named) != 1:
            self.add_error("seat", "Choose exactly one: a seat, a post or an organisation.")
        if given.get("frequency") != Frequency.MEETINGS:
            given["every_meetings"] = None
        elif not given.get("every_meetings") and "every_meetings" not in self.errors:
            self.add_error("every_meetings", "Say every how many meetings.")
        return given


class EndForm(forms.Form):
    on = DateInTextField(label="What is the last day?")


class ReturnForm(forms.Form):
    """What a body reports to a meeting; `token` is the return that stood there."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="What was reported?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was reported."},
    )
    summary = _long("In short", required=False)
    for_decision = _long("What is this body asked to decide?", 2, required=False)
    attached = _MinutesOf(
        "Which minutes are attached?",
        "None",
        help_text="Those that their office has shared with this body.",
    )

    def __init__(
        self, *args: Any, shared: QuerySet[SharedMinutes], secretary: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["attached"].queryset = shared
        left_out = set() if secretary else {ReturnKind.NOT_RECEIVED}
        if not fields["attached"].queryset.exists():
            left_out |= {ReturnKind.ATTACHED}
            del self.fields["attached"]
        fields["kind"].choices = [
            (value, label) for value, label in ReturnKind.choices if value not in left_out
        ]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        kind = given.get("kind")
        if kind == ReturnKind.ATTACHED and not given.get("attached"):
            self.add_error("attached", "Choose the minutes that are attached.")
        if kind in (ReturnKind.WRITTEN, ReturnKind.ORAL) and not given.get("summary", "").strip():
            self.add_error("summary", "Say in short what was reported, or choose “Nil return”.")
        if kind in (ReturnKind.NIL, ReturnKind.NOT_RECEIVED) and given.get("for_decision"):
            self.add_error("for_decision", "What is to be decided needs a report.")
        return given


def initial_of(given: Return | None) -> dict[str, Any]:
    if given is None:
        return {"token": ""}
    return {
        "token": given.key,
        "kind": given.kind,
        "summary": given.summary,
        "for_decision": given.for_decision,
        "attached": given.attached and given.attached.key,
    }


class ShareForm(forms.Form):
    body = _One("With which body?", "Choose a body", needed="Choose the body to share with.")

    def __init__(self, *args: Any, bodies: QuerySet[Body], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class ReferForm(forms.Form):
    """A question to another body, and by when it is to be answered."""

    body = _One("Which body is asked?", "Choose a body", needed="Choose the body that is asked.")
    question = _long(
        "What is the question?",
        needed="Write the question.",
        help_text="All who read that body’s papers read these words and the name of your body, "
        "and nothing else. Write nothing that they may not know.",
    )
    due_on = DateInTextField(label="Answer due on which day?", required=False)
    due_at = _MeetingOf("Or by which of its meetings?", "No meeting")

    def __init__(
        self, *args: Any, bodies: QuerySet[Body], meetings: QuerySet[Meeting], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["body"].queryset = bodies
        fields["due_at"].queryset = meetings

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "due_on" in self.errors:
            return given
        if bool(given.get("due_on")) == bool(given.get("due_at")):
            self.add_error("due_on", "Give a day, or choose a meeting: one of the two.")
        return given


class AnswerForm(forms.Form):
    """At which item it was answered, and how, for those who asked."""

    item = _ItemOf(
        "At which item was it answered?", "Choose an item", needed="Choose the item of a meeting."
    )
    words = _long(
        "What is the answer?",
        needed="Write the answer.",
        help_text="Those who read the decision behind the question read these words.",
    )

    def __init__(self, *args: Any, items: QuerySet[Item], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class PutForm(forms.Form):
    """A button of the builder: the draft as it was seen, and its meeting."""

    token = forms.CharField()
    meeting = forms.CharField()
