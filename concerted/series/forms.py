"""The rule of a series, and each of its days. Shape only: what may be is the policy's."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from concerted.series.recurring import Daily, EveryMonths, EveryWeeks, Named, Rule, Wanted
from concerted.series.states import Closed, How, Nth
from concerted.ui.forms import DateInTextField, TimeInTextField
from concerted.ui.words import WEEKDAYS

YEARS = 3
LONGEST_DAY = 600  # minutes


def _number(label: str, least: int, most: int, **more: Any) -> forms.IntegerField:
    span = f"Give a whole number from {least} to {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "govuk-input--width-2", "autocomplete": "off"}
        ),
        error_messages={"invalid": span, "min_value": span, "max_value": span},
        **more,
    )


class DaysField(forms.CharField):
    """Days, one a line; returns them in order, each once."""

    def __init__(self, **more: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=4000, widget=widget, **more)

    def clean(self, value: Any) -> tuple[datetime.date, ...]:
        one = DateInTextField()
        found: set[datetime.date] = set()
        for line in super().clean(value).splitlines():
            if line.strip():
                try:
                    found.add(one.clean(line))
                except ValidationError as wrong:
                    raise ValidationError(f"“{line.strip()}”: {wrong.messages[0]}") from None
        return tuple(sorted(found))


class RuleForm(forms.Form):
    """How often a body meets, from when to when. Sent by its address, so it can be kept."""

    mark_optional = False

    how = forms.ChoiceField(
        label="How often?", choices=How.choices, widget=forms.RadioSelect, initial=How.MONTHS
    )
    weekday = forms.TypedChoiceField(
        label="On which weekday?", choices=list(enumerate(WEEKDAYS)), coerce=int, required=False
    )
    every_weeks = _number("If every so many weeks: every how many?", 1, 52, initial=4)
    nth = forms.TypedChoiceField(
        label="If a weekday of the month: which one?",
        choices=Nth.choices,
        coerce=int,
        required=False,
    )
    every_months = _number("And every how many months?", 1, 12, initial=1)
    dates = DaysField(
        label="If days that you name: one a line", help_text="For example, 16 June 2009"
    )
    first = DateInTextField(label="From", required=False)
    last = DateInTextField(label="To", required=False)
    starts_at = TimeInTextField(label="Time (optional)", required=False)
    venue = forms.CharField(
        label="Place (optional)",
        max_length=300,
        required=False,
        error_messages={"max_length": "Write at most 300 characters."},
    )
    length_minutes = _number("Length in minutes (optional)", 1, LONGEST_DAY)
    on_closed = forms.ChoiceField(
        label="If a meeting falls on a bank holiday or in a closed week",
        choices=Closed.choices,
        widget=forms.RadioSelect,
        initial=Closed.MOVE,
    )
    closed = DaysField(
        label="Closed weeks (optional)",
        help_text="Any day of each week in which nobody meets, one a line. Bank holidays of "
        "England are known.",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "This day is before the first. Give a later one.")
        elif first and last and (last - first).days > YEARS * 366:
            self.add_error("last", f"Plan at most {YEARS} years at once.")
        needed = {
            How.WEEKS: ["weekday", "every_weeks", "first", "last"],
            How.MONTHS: ["weekday", "nth", "every_months", "first", "last"],
            How.DATES: ["dates"],
            How.DAILY: ["first", "last"],
        }
        for name in needed.get(given.get("how", ""), []):
            if given.get(name) in (None, "", ()) and name not in self.errors:
                self.add_error(name, "This is needed for what you chose above.")
        return given

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        named = given["how"] == How.DATES
        return Wanted(
            rule=_rule(given),
            first=given["dates"][0] if named else given["first"],
            last=given["dates"][-1] if named else given["last"],
            moves=given["on_closed"] == Closed.MOVE,
            closed=frozenset(given["closed"]),
        )


def _rule(given: Mapping[str, Any]) -> Rule:
    match given["how"]:
        case How.WEEKS:
            return EveryWeeks(given["weekday"], given["every_weeks"])
        case How.MONTHS:
            return EveryMonths(given["weekday"], given["nth"], given["every_months"])
        case How.DATES:
            return Named(given["dates"])
        case _:
            return Daily()


class DayForm(forms.Form):
    """A day of the preview: whether it is planned, and on which day after all."""

    mark_optional = False

    planned = forms.BooleanField(label="Plan this one", required=False)
    held_on = DateInTextField(label="Day", help_text="")


DaysFormSet = forms.formset_factory(DayForm, extra=0, max_num=1000, absolute_max=1000)
