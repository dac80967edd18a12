"""Form fields that take dates and times as people write them."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from concerted.ui import words

_MONTHS = {name.lower()[:3]: number for number, name in enumerate(words.MONTHS, 1)}
_WEEKDAYS = {name.lower()[:3]: number for number, name in enumerate(words.WEEKDAYS)}
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_IN_WORDS = re.compile(
    r"(?:(?P<weekday>[a-z]{3,9})[, ]+)?(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9})"
    r",? (?P<year>\d{4})"
)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?")


class DateInText(forms.DateInput):
    """A text box for a date; shows a date as 16 June 2009."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-10", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """Write a date in words; leave what somebody typed as it was typed."""
        return words.day(value) if isinstance(value, dt.date) else value or None


class DateInTextField(forms.DateField):
    """Takes 16 June 2009, 16/6/2009 or 2009-06-16, and says in a sentence what is wrong."""

    widget = DateInText
    default_error_messages = {
        "required": "Give a date, for example 16 June 2009.",
        "invalid": "Write the date like this: 16 June 2009.",
        "no_such_day": "There is no such day as “%(value)s”. Look at the day and the month.",
        "wrong_weekday": "%(date)s is a %(weekday)s. Change the date, or leave the weekday out.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example, 16 June 2009")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        """Read the text; days come before months, as they do in Britain."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = " ".join(str(value).lower().split())
        parts = _parts(text)
        if parts is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year, month, day, weekday = parts
        try:
            date = dt.date(year, month, day)
        except ValueError:
            raise ValidationError(
                self.error_messages["no_such_day"], "no_such_day", {"value": str(value).strip()}
            ) from None
        if weekday is not None and weekday != date.weekday():
            said = {"date": words.day(date), "weekday": words.WEEKDAYS[date.weekday()]}
            raise ValidationError(self.error_messages["wrong_weekday"], "wrong_weekday", said)
        return date


def _parts(text: str) -> tuple[int, int, int, int | None] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3]), None
    if match := _DAY_FIRST.fullmatch(text):
        return int(match[3]), int(match[2]), int(match[1]), None
    match = _IN_WORDS.fullmatch(text)
    month = _named(match["month"], _MONTHS, words.MONTHS) if match else None
    if match is None or month is None:
        return None
    weekday = None
    if match["weekday"]:
        weekday = _named(match["weekday"], _WEEKDAYS, words.WEEKDAYS)
        if weekday is None:
            return None
    return int(match["year"]), month, int(match["day"]), weekday


def _named(text: str, numbers: dict[str, int], names: list[str]) -> int | None:
    """Return the number of a name given whole or shortened: sep, sept, september."""
    fits = any(name.lower().startswith(text) for name in names)
    return numbers[text[:3]] if fits else None


class TimeInText(forms.TimeInput):
    """A text box for a time; shows a time as 9:30am."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "govuk-input--width-5", "autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        """Write a time in words; leave what somebody typed as it was typed."""
        return words.clock(value) if isinstance(value, dt.time) else value or None


class TimeInTextField(forms.TimeField):
    """Takes 9:30am, 9.30 am, 14:00 or noon, and says in a sentence what is wrong."""

    widget = TimeInText
    default_error_messages = {
        "required": "Give a time, for example 9:30am.",
        "invalid": "Write the time like this: 9:30am.",
        "morning_or_afternoon": "Say whether it is am or pm, for example 9:30am.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "For example, 9:30am")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        """Read the text; a bare hour needs am or pm, hours with minutes are of 24 hours."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        text = " ".join(str(value).lower().split())
        if text in ("noon", "midday", "midnight"):
            return dt.time(0 if text == "midnight" else 12)
        match = _TIME.fullmatch(text)
        if match is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if match[3] is None and match[2] is None:
            raise ValidationError(
                self.error_messages["morning_or_afternoon"], code="morning_or_afternoon"
            )
        return self._time(int(match[1]), int(match[2] or 0), match[3])

    def _time(self, hour: int, minute: int, half: str | None) -> dt.time:
        if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        return dt.time(hour, minute)
