"""What people type about actions. Shape only: whether it may be done is the policy's business."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.actions.states import PROGRESS, ActionState, Said
from concerted.kernel.clock import today
from concerted.people.public import Body, Organisation, Person, Post
from concerted.ui.forms import DateInTextField

LONGEST = 4000


def _text(label: str, **kwargs: Any) -> forms.CharField:
    rows = kwargs.pop("rows", 3)
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": kwargs.pop("missing", ""),
            "max_length": f"Write at most {LONGEST:,} characters.",
        },
        **kwargs,
    )


class SayForm(forms.Form):
    """One tap, and a note that goes with it."""

    said = forms.ChoiceField(
        choices=[(one, one.label) for one in Said if one in PROGRESS],
        widget=forms.HiddenInput,
        error_messages={
            "required": "Choose one of the buttons.",
            "invalid_choice": "Choose one of the buttons.",
        },
    )
    note = _text("Note, sent with the button you choose", required=False)
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("said") == Said.NOTE and not given.get("note"):
            self.add_error("note", "Write the note.")
        return given


class RedateForm(forms.Form):
    due = DateInTextField(label="New due date")
    reason = _text("Why does the date change?", missing="Say why the date changes.")

    def clean_due(self) -> datetime.date:
        due: datetime.date = self.cleaned_data["due"]
        if due < today():
            raise forms.ValidationError("That day has passed. Give a day that is still to come.")
        return due


class PostChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj.title}, {obj.role_mailbox}"


class SendLinkForm(forms.Form):
    """To which post of one's own organisation a link goes."""

    post = PostChoice(
        label="To which post?",
        queryset=None,
        to_field_name="key",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose to whom the link goes.",
            "invalid_choice": "Choose to whom the link goes.",
        },
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["post"].queryset = posts


class AnswerForm(forms.Form):
    """An answer for one organisation; `nil` is the button that says there is nothing to say."""

    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="For which organisation?",
        queryset=None,
        to_field_name="key",
        error_messages={"required": "Choose the organisation you answer for."},
    )
    note = _text("Your organisation’s answer", required=False, rows=6)
    nil = forms.BooleanField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(organisations)
        self.only = known[0] if len(known) == 1 else None
        if self.only:
            del self.fields["organisation"]
        else:
            self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.only:
            given["organisation"] = self.only
        if not given.get("nil") and not given.get("note") and not self.errors:
            self.add_error("note", "Write the answer, or choose “Nothing to say (nil return)”.")
        return given


class AcceptForm(forms.Form):
    accepted = forms.ChoiceField(
        label="Is it done?",
        widget=forms.RadioSelect,
        choices=[("yes", "Accept as done"), ("no", "Not accepted: it is open again")],
        error_messages={"required": "Say whether it is done."},
    )
    note = _text("Note; what is still to be done, if it is not accepted", required=False)
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("accepted") == "no" and not given.get("note"):
            self.add_error("note", "Say what is still to be done.")
        return given


class SettleForm(forms.Form):
    """Whether what an owner proposed by a link becomes a part of the action."""

    taken = forms.ChoiceField(
        label="Does it become a part of the record?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes, as said by the owner"), ("no", "No")],
        error_messages={"required": "Say whether it becomes a part of the record."},
    )
    reason = forms.CharField(
        label="Why not, if it does not",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Write at most 400 characters."},
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("taken") == "no" and not given.get("reason"):
            self.add_error("reason", "Say why this is not taken up.")
        return given


class WithdrawForm(forms.Form):
    reason = _text(
        "Why is it withdrawn?",
        missing="Say why the action is withdrawn.",
        help_text="It stays on record as withdrawn, and does not count as done.",
    )


class AddForm(forms.Form):
    """An action added by hand."""

    text = _text("What is to be done?", missing="Say what is to be done.")
    body: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        label="Which body agreed it?",
        queryset=None,
        to_field_name="key",
        empty_label="Choose a body",
        error_messages={"required": "Choose the body that agreed it."},
    )
    agreed_on = DateInTextField(label="Agreed on")
    due = DateInTextField(label="Due", required=False)
    all_seats = forms.BooleanField(
        label="Ask every organisation with a seat: one answer each", required=False
    )
    organisations: "forms.ModelMultipleChoiceField[Organisation]" = forms.ModelMultipleChoiceField(
        label="Organisations that own it",
        queryset=None,
        to_field_name="key",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    post: "forms.ModelChoiceField[Post]" = forms.ModelChoiceField(
        label="A post that owns it",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No post",
    )
    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="A person who owns it",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No person",
        help_text="Choose a post where you can: people move on, posts stay.",
    )
    owner_body: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        label="A body that owns it",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No body",
    )

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[Body],
        owner_bodies: QuerySet[Body],
        organisations: QuerySet[Organisation],
        posts: QuerySet[Post],
        people: QuerySet[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("body", bodies),
            ("owner_body", owner_bodies),
            ("organisations", organisations),
            ("post", posts),
            ("person", people),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        owners = [given.get(one) for one in ("organisations", "post", "person", "owner_body")]
        if given.get("all_seats") and any(owners):
            self.add_error(
                "all_seats", "Ask every organisation, or name who owns it; not both at once."
            )
        elif not given.get("all_seats") and not any(owners):
            self.add_error("organisations", "Name who owns it: at least one.")
        return given


class FilterForm(forms.Form):
    """Which actions the register shows."""

    body: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        label="Body", queryset=None, to_field_name="key", required=False, empty_label="All bodies"
    )
    organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="Owner",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="All organisations",
    )
    state = forms.ChoiceField(
        label="How it stands",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", "Not finished"),
            ("late", "Overdue"),
            *((one, one.label) for one in ActionState if one != ActionState.OPEN),
        ],
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        bodies: QuerySet[Body],
        organisations: QuerySet[Organisation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
