"""Who asks, delivers, approves and publishes, without a database."""

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.imports.states import FileState
from concerted.kernel.clock import now
from concerted.meetings.models import Meeting
from concerted.paper_calls import policies
from concerted.paper_calls.models import Call, Delivery
from concerted.paper_calls.states import NEXT, DeliveryState
from concerted.papers.models import Paper
from concerted.people.models import Body

BODY = Body(pk=7, office_audience_id=70, papers_audience_id=71)
MEETING = Meeting(body=BODY, state="planned")
SECRETARY = Actor(
    person_id=1, audience_ids=(70,), by_body={7: frozenset({Permission.MINUTES_IMPORT})}
)
# Secretary of another body, by whose leave the office is open, and one who is not of the office.
OF_ANOTHER = Actor(
    person_id=2, audience_ids=(70,), by_body={8: frozenset({Permission.MINUTES_IMPORT})}
)
OUTSIDE = Actor(person_id=3, by_body={7: frozenset({Permission.MINUTES_IMPORT})})
CHAIR = Actor(person_id=4, by_body={7: frozenset({Permission.AGENDA_APPROVE})})
AUTHOR = Actor(person_id=5, post_ids=(50,))
ORGANISATION = Actor(person_id=6, organisation_ids=(60,))
MEMBER = Actor(person_id=9)


def call(**more):
    return Call(body=BODY, meeting=MEETING, post_id=50, **more)


def delivery(state="received", by=5, **more):
    return Delivery(call=call(**more), state=state, received_by_id=by)


def holds(verdict, why_not):
    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


@pytest.mark.parametrize(
    ("actor", "state", "why_not"),
    [
        (SECRETARY, "planned", ""),
        (SECRETARY, "cancelled", "no longer to come"),
        (SECRETARY, "draft", "no longer to come"),
        (OF_ANOTHER, "planned", "Only this body’s secretary"),
        (OUTSIDE, "planned", "Only this body’s secretary"),
        (CHAIR, "planned", "Only this body’s secretary"),
        (AUTHOR, "planned", "Only this body’s secretary"),
    ],
)
def test_may_call(actor, state, why_not):
    holds(policies.may_call(actor, Meeting(body=BODY, state=state)), why_not)


@pytest.mark.parametrize(
    ("actor", "more", "why_not"),
    [
        (AUTHOR, {}, ""),
        (SECRETARY, {}, ""),
        (CHAIR, {}, "Only whoever is asked"),
        (ORGANISATION, {}, "Only whoever is asked"),
        (MEMBER, {}, "Only whoever is asked"),
        (AUTHOR, {"withdrawn_at": now()}, "was withdrawn"),
    ],
)
def test_may_deliver(actor, more, why_not):
    holds(policies.may_deliver(actor, call(**more)), why_not)


def test_whose_organisation_is_asked_works_for_it():
    assert policies.works_for(ORGANISATION, Call(body=BODY, organisation_id=60))
    assert not policies.works_for(MEMBER, Call(body=BODY, organisation_id=60))


@pytest.mark.parametrize(
    ("actor", "given", "paper", "file_state", "why_not"),
    [
        (SECRETARY, {}, Paper(body=BODY), FileState.ACCEPTED, ""),
        (CHAIR, {}, Paper(body=BODY), FileState.ACCEPTED, ""),
        (AUTHOR, {}, Paper(body=BODY), FileState.ACCEPTED, "Only the secretary or the chair"),
        (SECRETARY, {"by": 1}, Paper(body=BODY), FileState.ACCEPTED, "somebody else approves"),
        (CHAIR, {"by": 4}, Paper(body=BODY), FileState.ACCEPTED, "somebody else approves"),
        (CHAIR, {"person_id": 4}, Paper(body=BODY), FileState.ACCEPTED, "somebody else"),
        (SECRETARY, {}, None, FileState.WAITING, "has not been read yet"),
        (SECRETARY, {}, None, FileState.REFUSED, "could not be read"),
        (SECRETARY, {}, None, FileState.READ, "First check what was read"),
        (SECRETARY, {}, Paper(body=Body(pk=8)), FileState.ACCEPTED, "of another body"),
        (SECRETARY, {"state": "sent_back"}, None, "", "was sent back"),
        (SECRETARY, {"state": "approved"}, None, "", "is approved already"),
        (SECRETARY, {"state": "published"}, None, "", "is published, so it stays"),
        (SECRETARY, {"withdrawn_at": now()}, None, "", "goes no further"),
    ],
)
def test_may_approve(actor, given, paper, file_state, why_not):
    holds(policies.may_approve(actor, delivery(**given), paper, file_state=file_state), why_not)


@pytest.mark.parametrize(
    ("actor", "state", "shut", "why_not"),
    [
        (SECRETARY, "approved", False, ""),
        (SECRETARY, "approved", True, "is closed or hidden"),
        (SECRETARY, "received", False, "not approved yet"),
        (SECRETARY, "published", False, "is published"),
        (CHAIR, "approved", False, "Only this body’s secretary"),
    ],
)
def test_may_publish(actor, state, shut, why_not):
    holds(policies.may_publish(actor, delivery(state), item_shut=shut), why_not)


@pytest.mark.parametrize(
    ("actor", "state", "why_not"),
    [
        (SECRETARY, "received", ""),
        (CHAIR, "approved", ""),
        (CHAIR, "published", "stays"),
        (AUTHOR, "received", "Only the secretary or the chair"),
    ],
)
def test_may_send_back(actor, state, why_not):
    holds(policies.may_send_back(actor, delivery(state)), why_not)


def test_every_state_of_a_delivery_says_what_may_follow():
    assert NEXT.keys() == set(DeliveryState)
