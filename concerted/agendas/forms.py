"""What people type about agendas. Shape only: whether it may be done is the policy's."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from concerted.agendas.models import StandingItem
from concerted.meetings.public import Business, Item, Part
from concerted.people.public import Person, Post
from concerted.ui.fields import DateInTextField

LONGEST_DAY = 600  # minutes


def _minutes(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=LONGEST_DAY,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-4", "autocomplete": "off"}
        ),
        error_messages={
            "invalid": "Give the minutes as a whole number, for example 15.",
            "min_value": "Give at least 1 minute, or leave this empty.",
            "max_value": f"Give at most {LONGEST_DAY} minutes.",
        },
        **more,
    )


class EntryForm(forms.Form):
    """An item of an agenda."""

    token = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Title",
        max_length=400,
        error_messages={
            "required": "Give the item a title.",
            "max_length": "Write at most 400 characters.",
        },
    )
    kind = forms.ChoiceField(
        label="What is it on the agenda for?",
        choices=Business.choices,
        initial=Business.DECISION,
        error_messages={"invalid_choice": "Choose one from the list."},
    )
    minutes_allowed = _minutes("Minutes allowed")
    presenter_post: "forms.ModelChoiceField[Post]" = forms.ModelChoiceField(
        label="Presented by a post",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No post",
        error_messages={"invalid_choice": "Choose a post from the list."},
    )
    presenter_person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label="Or by a person",
        help_text="A post is better where there is one: people come and go.",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No person",
        error_messages={"invalid_choice": "Choose a person from the list."},
    )
    presenter = forms.CharField(
        label="Or, in words",
        help_text="For somebody who is not on record, such as a guest.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Write at most 200 characters."},
    )
    part = forms.ChoiceField(
        label="In which part of the meeting?",
        choices=Part.choices,
        initial=Part.PUBLIC,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the part.", "invalid_choice": "Choose the part."},
    )
    under = forms.BooleanField(
        label="Number it below the item before it, as in 2(a)", required=False
    )

    def __init__(
        self, *args: Any, posts: QuerySet[Post], people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["presenter_post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["presenter_person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        post, person = given.get("presenter_post"), given.get("presenter_person")
        if post and person:
            self.add_error("presenter_person", "Choose a post or a person, not both.")
        elif post:
            given["presenter"] = f"{post.title}, {post.organisation.name}"[:200]
        elif person:
            given["presenter"] = person.name
        return given


def initial_of(item: Item | StandingItem) -> dict[str, Any]:
    """An item as its form starts; words that follow from a post or person are not typed."""
    post, person = item.presenter_post, item.presenter_person
    return {
        "title": item.title,
        "kind": item.kind or Business.INFORMATION,
        "minutes_allowed": item.minutes_allowed,
        "presenter_post": post and post.key,
        "presenter_person": person and person.key,
        "presenter": "" if post or person else item.presenter,
        "part": item.part,
        "under": item.under,
    }


class StandingForm(EntryForm):
    """What comes on every agenda from a day on."""

    token = None  # type: ignore[assignment]
    starts = DateInTextField(
        label="From which day on?",
        help_text="Agendas of meetings from then on begin with it.",
        error_messages={"required": "Give the day from which it comes."},
    )


class PlaceForm(forms.Form):
    place = forms.IntegerField(min_value=1)


class LengthForm(forms.Form):
    token = forms.CharField(widget=forms.HiddenInput)
    length_minutes = _minutes("How long is the meeting, in minutes?")
    mark_optional = False


class StepForm(forms.Form):
    """A button of the builder: one step with the version of the agenda that it was pressed on."""

    token = forms.CharField()
    place = forms.IntegerField(
        required=False,
        min_value=1,
        error_messages={
            "invalid": "Give the place as a number, for example 3.",
            "min_value": "The first place is 1.",
        },
    )
    kept = forms.BooleanField(required=False)
