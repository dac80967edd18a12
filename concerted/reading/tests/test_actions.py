"""Marked actions: owner, task, due date and state."""

import datetime

import pytest

from concerted.reading.actions import When, read_actions
from concerted.reading.lines import split

WHEN = When(datetime.date(2024, 3, 12), datetime.date(2024, 6, 11))


def actions(text: str):
    return read_actions(text, 0, split(text), [], WHEN)[0]


@pytest.mark.parametrize(
    ("text", "owner", "task"),
    [
        ("ACTION: AB to ring the school.", "AB", "ring the school."),
        ("ACTION:AB to ring the school.", "AB", "ring the school."),
        ("ACTION : Ann Bell and Cal Dunn to agree dates", "Ann Bell and Cal Dunn", "agree dates"),
        ("ACTION:  Ann Bell would find the rules.", "Ann Bell", "find the rules."),
        ("ACTION - Councillors to reply", "Councillors", "reply"),
        ("- ACTION: Youth Service to bring figures", "Youth Service", "bring figures"),
        ("Action AB, circulate the leaflet", "AB", "circulate the leaflet"),
        ("ACTION: Add the duty to priority two.", None, "Add the duty to priority two."),
        (
            "More volunteers are needed.                AB/CD",
            "AB/CD",
            "More volunteers are needed.",
        ),
        ("The gate is broken (Action: Cal Dunn)", "Cal Dunn", "The gate is broken"),
        ("The gate is broken. Action by: CLERK (Cal Dunn)", "Cal Dunn", "The gate is broken."),
    ],
)
def test_each_way_to_mark_an_action_is_read(text, owner, task):
    (one,) = actions(text)
    assert (one.owner, one.text) == (owner, task)


def test_a_name_alone_takes_its_task_from_the_sentence_before():
    (one,) = actions("The gate is broken. The lock must be mended.\nAction - Ann Bell / Cal Dunn")
    assert (one.owner, one.text, one.sure) == (
        "Ann Bell / Cal Dunn",
        "The lock must be mended.",
        False,
    )


def test_a_completed_action_says_so():
    (one,) = actions("ACTION: Ann Bell to ask Cal Dunn about the hall (COMPLETED).")
    assert (one.owner, one.status) == ("Ann Bell", "completed")


def test_due_dates_are_read_and_the_next_meeting_is_dated():
    (by_date,) = actions("ACTION: AB to reply by 24 April.")
    (by_meeting,) = actions("ACTION: AB to report to the next meeting.")
    assert (by_date.due_text, by_date.due) == ("24 April", datetime.date(2024, 4, 24))
    assert (by_meeting.due_text, by_meeting.due) == ("next meeting", datetime.date(2024, 6, 11))


@pytest.mark.parametrize(
    "text",
    [
        "Action 3 - complete.",
        "Log entries Action 2 and Actions 5, 7 and 9 were struck out.",
        "ACTION PLAN",
    ],
)
def test_what_only_speaks_of_actions_is_none(text):
    assert actions(text) == []


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("ACTION: AB to bring figures by 19 November 2026", "bring figures"),
        ("ACTION: AB to bring figures (by Thursday 19 November 2026).", "bring figures."),
        ("ACTION: AB to bring figures, no later than 5pm on 24 April", "bring figures"),
        ("ACTION: AB to bring figures by the end of April", "bring figures"),
        ("ACTION: AB to bring figures before the next meeting.", "bring figures."),
        ("ACTION: AB to bring figures by 24 April (COMPLETED)", "bring figures"),
        ("ACTION: AB to bring, by 24 April, the figures", "bring, by 24 April, the figures"),
        ("ACTION: AB to report to the next meeting.", "report to the next meeting."),
        ("ACTION: AB to hold a stall on 24 April", "hold a stall on 24 April"),
    ],
)
def test_a_deadline_at_the_end_leaves_the_text_of_the_action(text, task):
    (one,) = actions(text)
    assert one.text == task
    assert one.due_text
