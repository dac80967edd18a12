"""What people type about public versions. Shape only: whether it may be done is the policy's."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.editions.content import LONGEST, Content, editable
from concerted.editions.naming import Found
from concerted.kernel.clock import today
from concerted.people.public import Person
from concerted.ui.forms import DateInTextField

OUT = "Leave this out of the public version altogether"


class Saves(forms.Form):
    """Which state of the text was on the page, so that nobody saves over somebody else."""

    saves = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PartForm(Saves):
    """The words of one part, as they would be public."""

    mark_optional = False

    def __init__(
        self, *args: Any, part: Content, found: Sequence[Found], kept: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for one in editable(part):
            rows = min(14, max(2, len(one.text) // 70 + 1))
            area = forms.Textarea(attrs={"rows": rows})
            self.fields[one.name] = forms.CharField(
                label=one.label,
                initial=one.text,
                required=False,
                strip=False,
                max_length=LONGEST,
                widget=area if one.long else forms.TextInput(),
                error_messages={"max_length": f"Write at most {LONGEST:,} characters."},
            )
        if found:
            words = [one.words for one in found]
            self.fields["kept"] = forms.MultipleChoiceField(
                label="These look like personal details. Which may stay?",
                help_text="Tick one only if it is no personal detail, or is public already.",
                choices=[(one.words, f"{one.words} ({one.what})") for one in found],
                initial=[one for one in words if one in kept],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        if part["fixed"].get("may_be_out"):
            self.fields["out"] = forms.BooleanField(label=OUT, initial=part["out"], required=False)

    @property
    def words(self) -> dict[str, str]:
        """The fields of the part by name."""
        return {name: text for name, text in self.cleaned_data.items() if name[:1] == "f"}


class ClosedForm(Saves):
    """What the public is told of a closed thing."""

    reason = forms.CharField(
        label="Why it is closed",
        help_text="Name the exempt category, and why the public interest is served by closing it. "
        "Say nothing of what it is about.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    review_on = DateInTextField(label="When this is looked at again", required=False)
    whom_to_ask = forms.CharField(
        label="Whom to ask", help_text="A role mailbox or a post.", required=False, max_length=200
    )
    out = forms.BooleanField(label="Say nothing of it at all", required=False)
    mark_optional = False

    def clean_review_on(self) -> datetime.date | None:
        on: datetime.date | None = self.cleaned_data["review_on"]
        if on and on < today():
            raise forms.ValidationError("That day has passed. Give a day that is still to come.")
        return on


class ReasonForm(forms.Form):
    """Why something is stopped or withdrawn; it stays inside."""

    reason = forms.CharField(
        label="Why?",
        help_text="Only members who see the source read this.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why.",
            "max_length": "Write at most 2,000 characters.",
        },
    )


class SettingsForm(forms.Form):
    """How the partnership publishes."""

    contact = forms.EmailField(
        label="Role mailbox that the public sees",
        help_text="It stands wherever a text gave a telephone number or an e-mail address.",
        required=False,
        error_messages={"invalid": "Give a whole e-mail address, like office@example.org."},
    )
    alone = forms.BooleanField(
        label="One person may release alone",
        help_text="Only where nothing in the source is restricted and the leak check finds "
        "nothing. Otherwise two people are needed whatever stands here.",
        required=False,
    )
    mark_optional = False


class LinkForm(forms.Form):
    """Who is sent a link to approve a release."""

    person_key = forms.ChoiceField(
        label="Who",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose who is sent the link.",
            "invalid_choice": "Choose somebody from the list.",
        },
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {one.key: one for one in people}
        self.fields["person_key"].choices = [  # type: ignore[attr-defined]
            (key, one.name) for key, one in self.people.items()
        ]
        if len(self.people) == 1:
            self.initial["person_key"] = next(iter(self.people))

    @property
    def person(self) -> Person:
        return self.people[self.cleaned_data["person_key"]]


class NameForm(forms.Form):
    """Somebody whom public texts may name."""

    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="Who",
        queryset=None,
        to_field_name="key",
        error_messages={
            "required": "Choose a person.",
            "invalid_choice": "Choose a person from the list.",
        },
    )
    office = forms.CharField(
        label="Which public office they hold",
        help_text="For example, councillor, or chair of the board.",
        max_length=160,
        error_messages={"required": "Say which public office they hold."},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
