"""Answering for a seat, and a rule of quorum. Shape only: what may be done is the policy's."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.attending.queries import Expected
from concerted.attending.states import Answer, Substitutes
from concerted.people.public import Body, Organisation, Person
from concerted.ui.forms import DateInTextField

LONG = {"max_length": "Write at most 160 characters."}


class ReplyForm(forms.Form):
    """Whether somebody comes; who comes instead is asked only where somebody does."""

    mark_optional = False
    seat = forms.ChoiceField(
        label="For which seat?",
        error_messages={
            "required": "Choose the seat.",
            "invalid_choice": "Choose a seat from the list.",
        },
    )
    answer = forms.ChoiceField(
        label="What is the answer?",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose coming, a substitute or apologies.",
            "invalid_choice": "Choose coming, a substitute or apologies.",
        },
    )
    substitute: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="If a substitute: who comes?",
        help_text="People of the organisation that holds the seat.",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="Somebody else",
        error_messages={"invalid_choice": "Choose somebody from the list, or write the name."},
    )
    name = forms.CharField(
        label="Or somebody else: their name", required=False, max_length=160, error_messages=LONG
    )
    organisation = forms.CharField(
        label="And their organisation",
        help_text="Leave empty for the organisation that holds the seat.",
        required=False,
        max_length=160,
        error_messages=LONG,
    )

    def __init__(
        self, *args: Any, seats: Sequence[Expected], people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.seat.key, f"{one.organisation}: {one.who}" if one.who else one.organisation)
            for one in seats
        ]
        self.fields["seat"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["seat"].widget = forms.HiddenInput()
            self.fields["seat"].initial = choices[0][0]
        self.fields["substitute"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        named = given.get("substitute") or given.get("name", "").strip()
        if given.get("answer") == Answer.SUBSTITUTE and not named and "substitute" in given:
            self.add_error("name", "Say who comes instead.")
        return given


class LinkForm(forms.Form):
    """An answer by a link: one press, and a name where somebody else comes."""

    seat = forms.CharField(max_length=16)
    answer = forms.ChoiceField(choices=Answer.choices)
    name = forms.CharField(
        required=False,
        max_length=160,
        error_messages={"max_length": "Write at most 160 characters for the name."},
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("answer") == Answer.SUBSTITUTE and not given.get("name", "x").strip():
            self.add_error("name", "Write who comes instead, then press the button again.")
        return given


class FeedForm(forms.Form):
    """A calendar for one device."""

    mark_optional = False
    name = forms.CharField(
        label="What is it for?",
        help_text="So that you can tell your devices apart: phone, work computer.",
        max_length=60,
        error_messages={
            "required": "Give it a name, such as phone.",
            "max_length": "Write at most 60 characters.",
        },
    )
    body: "forms.ModelChoiceField[Body]" = forms.ModelChoiceField(
        label="Which meetings?",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="Those of all bodies that I sit on",
        error_messages={"invalid_choice": "Choose a body from the list."},
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    """From which day to which; empty means the last two years."""

    mark_optional = False
    since = DateInTextField(
        label="From",
        required=False,
        help_text="For example, 16 June 2009. Empty: two years before.",
    )
    until = DateInTextField(label="To", required=False, help_text="")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day cannot come before the first.")
        return given


class QuorumForm(forms.Form):
    """How many members, and which organisations must be among those present."""

    mark_optional = False
    starts = DateInTextField(label="From which day does it hold?")
    members = forms.IntegerField(
        label="How many members must be present?",
        help_text="0 where the rule asks for no number.",
        min_value=0,
        max_value=99,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-2", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Give a number, 0 where the rule asks for none.",
            "invalid": "Give a whole number from 0 to 99.",
            "min_value": "Give a whole number from 0 to 99.",
            "max_value": "Give a whole number from 0 to 99.",
        },
    )
    substitutes = forms.ChoiceField(
        label="What do substitutes count?", choices=Substitutes.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("each", "Each of these must be there"),
            ("one_of", "One of these must be there"),
            ("and_one_of", "And one of these must be there"),
        ):
            self.fields[name] = forms.ModelMultipleChoiceField(
                queryset=organisations,
                to_field_name="key",
                label=label,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                error_messages={"invalid_choice": "Choose organisations from the list."},
            )

    @property
    def agencies(self) -> list[list[Organisation]]:
        """As the rule takes them: one of each group is enough."""
        given = self.cleaned_data
        groups = [[one] for one in given["each"]]
        groups += [list(given[name]) for name in ("one_of", "and_one_of")]
        return [one for one in groups if one]
