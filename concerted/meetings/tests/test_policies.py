"""Rules as tables, without a database; the states as a table that no state is missing from."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.meetings import policies
from concerted.meetings.models import Meeting
from concerted.meetings.services import state_of
from concerted.meetings.states import NEXT, MeetingState
from concerted.people.models import Body

BOARD, OTHER = 1, 2
RUNS = "Only this body’s secretary can put its meetings on record."


def sitting_as(role, body=BOARD):
    return Actor(person_id=1, by_body={body: SEAT_ROLES[role].permissions})


def supporting_as(role, body=None):
    permissions = SUPPORT_ROLES[role].permissions
    if body:
        return Actor(person_id=1, by_body={body: permissions})
    return Actor(person_id=1, everywhere=permissions)


def meeting(state):
    return Meeting(body=Body(pk=BOARD), held_on=datetime.date(2026, 6, 16), state=state)


WHO = [
    (supporting_as("secretary"), True),
    (supporting_as("manager"), True),
    (supporting_as("secretary", BOARD), True),
    (supporting_as("secretary", OTHER), False),
    (supporting_as("analyst"), False),
    (supporting_as("auditor"), False),
    (supporting_as("administrator"), False),
    (sitting_as("chair"), False),
    (sitting_as("member"), False),
    (sitting_as("observer"), False),
    (Actor(), False),
]


@pytest.mark.parametrize(("actor", "allowed"), WHO)
def test_only_the_bodys_secretary_puts_its_meetings_on_record(actor, allowed):
    for verdict in (
        policies.may_record(actor, Body(pk=BOARD)),
        policies.may_plan(actor, Body(pk=BOARD), that_day=[]),
        policies.may_fill(actor, meeting(MeetingState.PLANNED)),
    ):
        assert verdict.why_not == ("" if allowed else RUNS)


@pytest.mark.parametrize(("actor", "allowed"), WHO)
def test_only_the_bodys_secretary_records_that_minutes_were_agreed(actor, allowed):
    verdict = policies.may_confirm(actor, meeting(MeetingState.RECEIVED))

    assert verdict.why_not == (
        "" if allowed else "Only this body’s secretary can record that minutes were agreed."
    )


@pytest.mark.parametrize("state", MeetingState)
def test_minutes_go_onto_a_planned_meeting_alone(state):
    verdict = policies.may_fill(supporting_as("secretary"), meeting(state))

    assert bool(verdict) is (state == MeetingState.PLANNED)
    assert verdict or "record a correction at a later meeting" in verdict.why_not


@pytest.mark.parametrize("state", MeetingState)
def test_a_second_meeting_is_not_planned_for_one_day(state):
    verdict = policies.may_plan(
        supporting_as("secretary"), Body(pk=BOARD), that_day=[meeting(state)]
    )

    assert "has a meeting of that day on record already" in verdict.why_not


@pytest.mark.parametrize(
    ("state", "why_not"),
    [
        (MeetingState.PLANNED, "There are no minutes of this meeting yet"),
        (MeetingState.CANCELLED, "There are no minutes of this meeting yet"),
        (MeetingState.DRAFT, ""),
        (MeetingState.SUBJECT, ""),
        (MeetingState.RECEIVED, ""),
        (MeetingState.CONFIRMED, "These minutes are on record as agreed already."),
    ],
)
def test_minutes_are_agreed_once_there_are_some(state, why_not):
    verdict = policies.may_confirm(supporting_as("secretary"), meeting(state))

    assert bool(verdict) is (not why_not)
    assert verdict.why_not.startswith(why_not)


def test_every_state_says_what_may_follow_it():
    assert set(NEXT) == set(MeetingState)
    assert all(following <= set(MeetingState) for following in NEXT.values())
    reached = {state for following in NEXT.values() for state in following}
    assert reached | {MeetingState.PLANNED} == set(MeetingState)


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ("", "received"),
        ("Minutes", "received"),
        ("DRAFT", "draft"),
        ("Provisional minutes", "draft"),
        ("Draft minutes subject to approval", "subject"),
        ("Unconfirmed", "subject"),
        ("To be confirmed at the next meeting", "subject"),
    ],
)
def test_where_minutes_stand_is_what_they_print_of_themselves(printed, state):
    assert state_of(printed) == state
    assert state in NEXT[MeetingState.PLANNED]
