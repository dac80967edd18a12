"""Rules as tables, without a database."""

import datetime
from dataclasses import replace

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.agendas import policies
from concerted.agendas.models import Issue
from concerted.agendas.states import IssueState
from concerted.meetings.models import Item, Meeting
from concerted.meetings.states import MeetingState
from concerted.people.models import Body

BOARD, OTHER = 1, 2
PAPERS, OFFICE, NARROW = 11, 12, 13


def sitting_as(role, body=BOARD):
    return Actor(person_id=1, by_body={body: SEAT_ROLES[role].permissions})


def supporting_as(role, body=None):
    permissions = SUPPORT_ROLES[role].permissions
    sees = {"audience_ids": (PAPERS, OFFICE)}
    if body:
        return Actor(person_id=1, by_body={body: permissions}, **sees)
    return Actor(person_id=1, everywhere=permissions, **sees)


def meeting(state="planned", issue=0):
    body = Body(pk=BOARD, papers_audience_id=PAPERS, office_audience_id=OFFICE)
    return Meeting(
        body=body,
        held_on=datetime.date(2026, 6, 16),
        state=state,
        agenda_issue=issue,
        audience_id=PAPERS,
    )


def item(of=None, audience=OFFICE, **more):
    return Item(meeting=of or meeting(), audience_id=audience, **({"issue": 1} | more))


SECRETARY, CHAIR = supporting_as("secretary"), sitting_as("chair")
WHO = [
    (SECRETARY, True, False),
    (supporting_as("manager"), True, False),
    (supporting_as("secretary", BOARD), True, False),
    (supporting_as("secretary", OTHER), False, False),
    (supporting_as("analyst"), False, False),
    (supporting_as("auditor"), False, False),
    (supporting_as("administrator"), False, False),
    (CHAIR, False, True),
    (sitting_as("vice_chair"), False, True),
    (sitting_as("chair", OTHER), False, False),
    (sitting_as("member"), False, False),
    (sitting_as("observer"), False, False),
    (Actor(), False, False),
]


@pytest.mark.parametrize(("actor", "runs", "chairs"), WHO)
def test_the_secretary_drafts_and_publishes_and_the_chair_approves(actor, runs, chairs):
    draft = Issue(meeting=meeting(), state=IssueState.DRAFT)
    approved = Issue(meeting=meeting(), state=IssueState.APPROVED)

    assert bool(policies.may_draft(actor, meeting())) is runs
    assert bool(policies.may_change(actor, item())) is runs
    assert bool(policies.may_publish(actor, approved)) is runs
    assert bool(policies.may_approve(actor, draft, changes=1)) is chairs
    assert bool(policies.may_see_drafts(actor, meeting().body)) is (runs or chairs)


def test_a_secretary_of_other_bodies_who_was_let_in_by_name_drafts_nothing():
    listed = replace(SECRETARY, audience_ids=(PAPERS,))

    assert policies.may_draft(listed, meeting()).why_not == (
        "Only this body’s secretary can change its agenda."
    )
    assert not policies.may_see_drafts(listed, meeting().body)


@pytest.mark.parametrize("state", MeetingState)
def test_agendas_are_drafted_and_approved_for_meetings_to_come(state):
    to_come = state == MeetingState.PLANNED
    draft = Issue(meeting=meeting(state), state=IssueState.DRAFT)

    assert bool(policies.may_draft(SECRETARY, meeting(state))) is to_come
    assert bool(policies.may_approve(CHAIR, draft, changes=1)) is to_come


@pytest.mark.parametrize("state", IssueState)
def test_an_issue_is_approved_from_draft_and_published_from_approved(state):
    issue = Issue(meeting=meeting(), state=state)

    assert bool(policies.may_approve(CHAIR, issue, changes=1)) is (state == IssueState.DRAFT)
    assert bool(policies.may_publish(SECRETARY, issue)) is (state == IssueState.APPROVED)


def test_nothing_is_not_approved():
    verdict = policies.may_approve(CHAIR, Issue(meeting=meeting()), changes=0)

    assert verdict.why_not == (
        "There is nothing to approve yet. The secretary adds the items first."
    )


@pytest.mark.parametrize(
    ("issue", "audience", "change", "move", "remove", "withdraw"),
    [
        (1, OFFICE, True, True, True, False),
        (1, NARROW, True, False, False, False),
        (0, PAPERS, False, False, False, True),
        (0, NARROW, False, False, False, True),
    ],
)
def test_what_may_be_done_with_an_item(issue, audience, change, move, remove, withdraw):
    one = item(audience=audience, issue=issue)

    assert bool(policies.may_change(SECRETARY, one)) is change
    assert bool(policies.may_move(SECRETARY, one)) is move
    assert bool(policies.may_remove(SECRETARY, one)) is remove
    assert bool(policies.may_withdraw(SECRETARY, one)) is withdraw


@pytest.mark.parametrize(("withdrawn_in", "again"), [(None, True), (2, True), (1, False)])
def test_what_was_withdrawn_and_published_is_withdrawn_for_good(withdrawn_in, again):
    one = item(meeting(issue=1), PAPERS, withdrawn_in=withdrawn_in)

    assert bool(policies.may_withdraw(SECRETARY, one)) is again
