"""What somebody types about an entry. Whether it may be so is the policy's business."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from concerted.forward_plan.models import Entry
from concerted.forward_plan.states import Asked, Cycle
from concerted.meetings.public import Meeting, MeetingChoice
from concerted.people.public import Organisation, Post
from concerted.ui.words import MONTHS, month

_IN_WORDS = re.compile(r"([a-z]{3,9})\.? (\d{4})")
_IN_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{4})")


class MonthField(forms.CharField):
    """Takes June 2027, Jun 2027 or 6/2027; returns the first day of the month, or None."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **more)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime.date):
            return month(value)
        return value

    def clean(self, value: Any) -> datetime.date | None:
        text = " ".join(super().clean(value).lower().split())
        if not text:
            return None
        number, year = 0, 0
        if found := _IN_NUMBERS.fullmatch(text):
            number, year = int(found[1]), int(found[2])
        elif found := _IN_WORDS.fullmatch(text):
            named = [n for n, name in enumerate(MONTHS, 1) if name.lower().startswith(found[1])]
            number, year = (named[0] if named else 0), int(found[2])
        if not 1 <= number <= 12 or not 2000 <= year <= 2100:
            raise ValidationError("Write the month like this: June 2027.")
        return datetime.date(year, number, 1)


class EntryForm(forms.Form):
    """An entry of a forward plan; `token` is the version that its page was opened with."""

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    topic = forms.CharField(
        label="What is to come?",
        max_length=400,
        error_messages={
            "required": "Say what is to come.",
            "max_length": "Write at most 400 characters.",
        },
    )
    asked = forms.ChoiceField(
        label="What is asked of the body?", choices=Asked.choices, widget=forms.RadioSelect
    )
    owner_post: "forms.ModelChoiceField[Post]" = forms.ModelChoiceField(
        label="Which post brings it?",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No post",
    )
    owner_organisation: "forms.ModelChoiceField[Organisation]" = forms.ModelChoiceField(
        label="Or which organisation?",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No organisation",
    )
    driver_known = forms.ChoiceField(label="Which duty asks for it?", required=False)
    driver = forms.CharField(
        label="Or another reason, in words",
        help_text="It is offered the next time.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Write at most 200 characters."},
    )
    comes_from = forms.CharField(
        label="Where does it come from?",
        max_length=200,
        required=False,
        error_messages={"max_length": "Write at most 200 characters."},
    )
    cycle = forms.ChoiceField(label="How often does it come?", choices=Cycle.choices)
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
    meeting = MeetingChoice(
        label="At which meeting?",
        queryset=None,
        to_field_name="key",
        required=False,
        empty_label="No meeting yet",
        error_messages={"invalid_choice": "Choose a meeting from the list."},
    )
    due_month = MonthField(label="Or in which month?", help_text="For example, June 2027")

    def __init__(
        self,
        *args: Any,
        meetings: QuerySet[Meeting],
        organisations: QuerySet[Organisation],
        posts: QuerySet[Post],
        drivers: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["meeting"].queryset = meetings
        fields["owner_organisation"].queryset = organisations
        fields["owner_post"].queryset = posts
        fields["driver_known"].choices = [("", "None of these"), *((one, one) for one in drivers)]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("owner_post") and given.get("owner_organisation"):
            self.add_error("owner_organisation", "Choose a post or an organisation, not both.")
        if given.get("driver_known") and given.get("driver"):
            self.add_error("driver", "Choose a duty or write another reason, not both.")
        if (
            given.get("cycle") == Cycle.MEETINGS
            and not given.get("every_meetings")
            and "every_meetings" not in self.errors
        ):
            self.add_error("every_meetings", "Say after how many meetings it comes again.")
        given["driver"] = given.get("driver_known") or given.get("driver", "")
        if given.get("cycle") != Cycle.MEETINGS:
            given["every_meetings"] = None
        return given

    def said(self) -> dict[str, Any]:
        """What was typed, by the names of an entry's fields."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("token", "driver_known")
        }


def initial_of(entry: Entry, drivers: Sequence[str]) -> dict[str, Any]:
    """An entry as its form starts."""
    known = entry.driver in drivers
    return {
        "token": entry.version,
        "topic": entry.topic,
        "asked": entry.asked,
        "owner_post": entry.owner_post and entry.owner_post.key,
        "owner_organisation": entry.owner_organisation and entry.owner_organisation.key,
        "driver_known": entry.driver if known else "",
        "driver": "" if known else entry.driver,
        "comes_from": entry.comes_from,
        "cycle": entry.cycle,
        "every_meetings": entry.every_meetings,
        "due_month": entry.due_month,
    }


class EndForm(forms.Form):
    """What became of an entry, in words."""

    token = forms.CharField(widget=forms.HiddenInput)
    because = forms.CharField(
        label="What became of it?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Write at most 1,000 characters."},
    )


class DropForm(EndForm):
    because = forms.CharField(
        label="Why is it taken off?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why, so that nobody looks for it.",
            "max_length": "Write at most 1,000 characters.",
        },
    )


class TakeForm(forms.Form):
    """A button of the builder: the entry and the draft as they were seen, and the meeting."""

    seen = forms.CharField()
    token = forms.CharField()
    meeting = forms.CharField()
