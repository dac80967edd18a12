"""Marked actions: owner, task, due date and state."""

import datetime

import pytest

from concerted.reading.action_marks import told_before_mark
from concerted.reading.actions import When, read_actions, read_log, without_logged
from concerted.reading.layouts.log_tables import log_columns
from concerted.reading.lines import Line, split

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
        (
            "The gate is broken. Action by: CLERK (Cal Dunn)",
            "CLERK (Cal Dunn)",
            "The gate is broken.",
        ),
        (
            "The gate is broken (Action by: CLERK (Cal Dunn))",
            "CLERK (Cal Dunn)",
            "The gate is broken",
        ),
        ("Mend the gate.          RMacK", "RMacK", "Mend the gate."),
        ("Mend the gate.          SB2/MO’R", "SB2/MO’R", "Mend the gate."),
        ("The gate is broken.          AB to mend it", "AB", "mend it"),
        ("AP3: Ann Bell to mend the gate", "Ann Bell", "mend the gate"),
        ("Action Point 4 - Clerk to mend the gate", "Clerk", "mend the gate"),
        ("Agreed action: AB to mend the gate", "AB", "mend the gate"),
        ("ACTION 24/03: AB to mend the gate", "AB", "mend the gate"),
        ("Action AB to mend the gate", "AB", "mend the gate"),
        ("ACTION: Omar al-Badri to mend the gate", "Omar al-Badri", "mend the gate"),
        ("[ACTION: AB to mend the gate]", "AB", "mend the gate"),
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


@pytest.mark.parametrize(
    "text",
    [
        "The gate is broken. Cal Dunn would look at it.\n(Action: Cal Dunn)",
        "The gate is broken. Cal Dunn would look at it.\nACTION:\nCal Dunn",
    ],
)
def test_a_name_below_its_task_may_stand_in_brackets_or_under_the_word(text):
    (one,) = actions(text)
    assert (one.owner, one.text) == ("Cal Dunn", "Cal Dunn would look at it.")


@pytest.mark.parametrize("text", ["ACTION: None", "Action - no action required.", "ACTION: N/A"])
def test_an_action_that_says_there_is_none_is_none(text):
    assert actions(text) == []


def test_in_a_list_of_actions_the_name_may_come_last():
    found = actions("Actions:\n1. Mend the gate – AB\n2. Book the hall (Ann Bell)")
    assert [one.owner for one in found] == ["AB", "Ann Bell"]


@pytest.mark.parametrize(
    ("task", "due"),
    [
        ("bring the map to the July meeting", "July meeting"),
        ("mend the gate before Easter", "before Easter"),
        ("mend the gate before half term", "before half term"),
        ("mend the gate before the next meeting", "before the next meeting"),
        ("bring the map to the next private meeting", "next private meeting"),
        ("bring the map to the next report", "next report"),
        ("mend the gate, 12th July", "12th July"),
        ("mend the gate, January", "January"),
        ("mend the gate (end of May)", "end of May"),
        ("mend the gate in the autumn", "autumn"),
        ("write about May Street", None),
        ("move the meeting in the March hall", None),
    ],
)
def test_a_task_is_due_by_a_day_a_month_a_feast_or_a_meeting(task, due):
    (one,) = actions(f"ACTION: AB to {task}")
    assert one.due_text == due


def test_what_stands_before_the_initials_is_still_told():
    (line,) = split("It was agreed to mend the gate.          AB")
    left = told_before_mark(line)
    assert left is not None
    assert left.text == "It was agreed to mend the gate."


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


@pytest.mark.parametrize(
    "header",
    ["Action / By whom / Deadline", "No. / Task / Owner / Due date", "Who / What / When"],
)
def test_a_log_of_actions_is_known_by_its_columns_in_any_order(header):
    names = header.split(" / ")
    columns = log_columns(names)
    assert columns is not None
    cells = {"who": "AB", "what": "Mend the gate", "by": "4 May"}
    row = ["7"] * len(names)
    row[columns.who], row[columns.what] = cells["who"], cells["what"]
    assert columns.by is not None
    row[columns.by] = cells["by"]
    found = columns.row([Line(0, len(one), one) for one in row])
    assert found is not None
    (action,) = read_log([found], WHEN)
    assert (action.owner, action.text, action.due_text) == ("AB", "Mend the gate", "4 May")


@pytest.mark.parametrize("header", ["Item / Action", "Name / Organisation", "Item / Text / Action"])
def test_a_table_without_somebody_to_act_is_no_log(header):
    assert log_columns(header.split(" / ")) is None


def test_a_log_may_say_that_a_task_is_done():
    cells = [Line(0, len(one), one) for one in ("AB", "Mend the gate", "Done")]
    (action,) = read_log([(cells[0], cells[1], cells[2])], WHEN)
    assert (action.status, action.due_text) == ("completed", None)


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Ann Bell spoke.\nThe gate is broken at the school. AB", ["AB"]),
        ("Ann Bell and Cal Dunn-Eve spoke.\nThe gate is broken. AB/CD-E", ["AB/CD-E"]),
        ("Nobody is named.\nThe gate is broken at the school. AB", []),
        ("CC Bell spoke. Ann Carr Cole came.\nThe gate is broken. CC\nBell wrote of it.", []),
        ("3.2 ACTION: Ann Bell to ring (COMPLETED)", ["Ann Bell"]),
        ("ACTION: Ann Bell (Housing) to ring", ["Ann Bell"]),
        ("Action: Insp. Bell’s office to print cards", ["Insp. Bell’s office"]),
        ("Action 3 – gate at the school. Now mended.", []),
        ("Action 3 – ring the school", [""]),
        ("The gate is broken.\n\t\t\t\tAnn Bell to ring the school", ["Ann Bell"]),
        ("The gate is broken.\n\tAnn Bell to ring the school", []),
    ],
)
def test_the_place_of_the_words_tells_whose_task_it_is(text, owners):
    assert [one.owner or "" for one in actions(text)] == owners


def test_a_log_at_the_end_counts_each_task_once():
    text = "AB to send the final figures to Bell\nSend figures to Bell\nAB"
    beside = actions("ACTION: AB to send the final figures to Bell")
    what, who = split(text)[1:]
    logged = read_log([(who, what, None)], WHEN)
    assert without_logged([*logged, *beside]) == logged
    other = actions("ACTION: AB to ring Bell about figures")
    assert without_logged([*logged, *other]) == [*logged, *other]


@pytest.mark.parametrize("due", ["October", "October board"])
def test_a_month_or_its_meeting_is_a_deadline(due):
    lead = "in" if due == "October" else "at the"
    assert actions(f"ACTION: AB to report back {lead} {due}")[0].due_text == due


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (
            "It was wet. Action: Ann Bell – dry it Action: Cal Dunn – buy a mop",
            ["Ann Bell", "Cal Dunn"],
        ),
        ("The gate (Action: AB) and the wall (Action: CD)", ["AB", "CD"]),
        ("ACTION: The mill’s gate - Clerk to mend it", ["Clerk"]),
        ("ACTION: A Bell / I Dunn to mend the gate", ["A Bell / I Dunn"]),
        ("Action 4: overtaken by events.", []),
        ("Action 5: letter sent to the school", []),
        ("Action 6: gates need to be mended", [None]),
    ],
)
def test_owners_behind_a_matter_side_by_side_and_of_old_actions(text, owners):
    assert [one.owner for one in actions(text)] == owners


def test_the_task_may_stand_right_below_the_names():
    text = "The Board approved the plan.\n\nAction - Ann Bell / Cal Dunn\nA short version by 3 May."
    (one,) = actions(text)
    assert (one.owner, one.text, one.due_text) == (
        "Ann Bell / Cal Dunn",
        "A short version.",
        "3 May",
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("ACTION: AB to ring the school by 29/6", "29/6"),
        ("ACTION: AB to put it on the agenda for June", "June"),
        ("ACTION: AB to write of it in the spring newsletter.", None),
        ("ACTION: AB to report in the spring", "spring"),
    ],
)
def test_by_when_an_action_is_due(text, due):
    (one,) = actions(text)
    assert one.due_text == due
