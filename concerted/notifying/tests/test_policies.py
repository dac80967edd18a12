"""Who sends what waits in the outbox, as tables."""

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.notifying import policies
from concerted.notifying.models import Letter
from concerted.notifying.states import LetterState
from concerted.people.public import Body

OFFICE = 7
BODY = Body(pk=1, papers_audience_id=5, office_audience_id=OFFICE)


def acting(role, *, office=True):
    roles = SUPPORT_ROLES if role in SUPPORT_ROLES else SEAT_ROLES
    return Actor(
        audience_ids=(OFFICE,) if office else (),
        by_body={1: roles[role].permissions},
        post_ids=(1,),
    )


def letter(state=LetterState.WAITING, *, constant=False):
    return Letter(body=BODY, state=state, constant=constant)


@pytest.mark.parametrize("role", [*SEAT_ROLES, *SUPPORT_ROLES])
def test_who_opens_the_outbox(role):
    assert bool(policies.may_open_outbox(acting(role))) is (role in ("secretary", "manager"))


@pytest.mark.parametrize(
    ("role", "state", "told", "reached", "why_not"),
    [
        ("secretary", "waiting", 1, 1, ""),
        ("chair", "waiting", 1, 1, "Only this body’s secretary"),
        ("member", "waiting", 1, 1, "Only this body’s secretary"),
        ("secretary", "sent", 1, 1, "This was sent already."),
        ("secretary", "dropped", 1, 1, "decided already"),
        ("secretary", "waiting", 0, 1, "Nothing is left"),
        ("secretary", "waiting", 1, 0, "Nobody would get this mail."),
        # Seen first, then the state.
        ("member", "sent", 1, 1, "Only this body’s secretary"),
    ],
)
def test_who_sends_a_letter_and_when(role, state, told, reached, why_not):
    verdict = policies.may_send(acting(role), letter(state), told=told, reached=reached)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


def test_a_secretary_who_is_not_in_the_office_of_the_body_sends_nothing():
    verdict = policies.may_settle(acting("secretary", office=False), letter())

    assert verdict.why_not == "Only this body’s secretary can send its mail."


@pytest.mark.parametrize(
    ("constant", "state", "why_not"),
    [
        (False, "waiting", ""),
        (True, "waiting", "Nothing can be written into it."),
        (True, "sent", "This was sent already."),
    ],
)
def test_nothing_is_written_into_a_mail_about_something_restricted(constant, state, why_not):
    verdict = policies.may_word(acting("secretary"), letter(state, constant=constant))

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


@pytest.mark.parametrize(
    ("reason", "why_not"),
    [("Sent by post.", ""), ("", "Say why this is not sent."), ("  ", "Say why this is not sent.")],
)
def test_what_is_not_sent_needs_a_reason(reason, why_not):
    assert policies.may_drop(acting("secretary"), letter(), reason=reason).why_not == why_not


def test_without_a_post_or_seat_there_is_no_mail_to_choose():
    assert "You hold none today." in policies.may_choose(Actor()).why_not
    assert policies.may_choose(acting("member"))
