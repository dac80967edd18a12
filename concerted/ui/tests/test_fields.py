import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from concerted.ui.forms import DateInTextField, TimeInTextField


@pytest.mark.parametrize(
    "text",
    [
        "16 June 2009",
        "16 june 2009",
        "16 Jun 2009",
        "16th June 2009",
        "Tuesday 16 June 2009",
        "Tue, 16 June 2009",
        "16/6/2009",
        "16/06/2009",
        "16.6.2009",
        "16 6 2009",
        "2009-06-16",
        "  16   June  2009 ",
    ],
)
def test_a_date_may_be_written_in_many_ways(text):
    assert DateInTextField().clean(text) == dt.date(2009, 6, 16)


def test_a_month_may_be_shortened():
    assert DateInTextField().clean("1 Sept 2026") == dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Give a date, for example 16 June 2009."),
        ("soon", "Write the date like this: 16 June 2009."),
        ("16/6/09", "Write the date like this: 16 June 2009."),
        ("16 Junk 2009", "Write the date like this: 16 June 2009."),
        ("Someday 16 June 2009", "Write the date like this: 16 June 2009."),
        ("31 June 2009", "There is no such day as “31 June 2009”. Look at the day and the month."),
        (
            "Monday 16 June 2009",
            "16 June 2009 is a Tuesday. Change the date, or leave the weekday out.",
        ),
    ],
)
def test_a_date_that_cannot_be_read_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ValidationError) as refusal:
        DateInTextField().clean(text)
    assert refusal.value.messages == [sentence]


def test_a_date_that_is_not_needed_may_be_left_out():
    assert DateInTextField(required=False).clean("") is None


def test_a_date_field_shows_a_date_as_words_and_keeps_what_was_typed():
    widget = DateInTextField().widget
    assert widget.format_value(dt.date(2009, 6, 16)) == "16 June 2009"
    assert widget.format_value("31 June") == "31 June"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:30am", dt.time(9, 30)),
        ("9.30 am", dt.time(9, 30)),
        ("2pm", dt.time(14)),
        ("12pm", dt.time(12)),
        ("12am", dt.time(0)),
        ("14:05", dt.time(14, 5)),
        ("noon", dt.time(12)),
        ("Midnight", dt.time(0)),
    ],
)
def test_a_time_may_be_written_in_many_ways(text, time):
    assert TimeInTextField().clean(text) == time


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("9", "Say whether it is am or pm, for example 9:30am."),
        ("25:00", "Write the time like this: 9:30am."),
        ("13pm", "Write the time like this: 9:30am."),
        ("late", "Write the time like this: 9:30am."),
    ],
)
def test_a_time_that_cannot_be_read_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ValidationError) as refusal:
        TimeInTextField().clean(text)
    assert refusal.value.messages == [sentence]
