"""No database: a policy is a table, so its test is one too."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.people import policies
from concerted.people.models import Appointment, Body, Person, Post, Seat
from concerted.people.states import Support

BOARD, ELSEWHERE, POLICE, OPEN, PAPERS = 1, 2, 3, 4, 5
DAY = datetime.date(2026, 6, 16)


def acting(role: str) -> Actor:
    """Somebody with a seat or a support post for the board, or a support post for all bodies."""
    if role.startswith("partnership "):
        return Actor(everywhere=SUPPORT_ROLES[role.split()[1]].permissions, person_id=9)
    roles = SEAT_ROLES | SUPPORT_ROLES
    return Actor(by_body={BOARD: roles[role].permissions}, person_id=9)


def body(pk: int = BOARD, *, hidden: bool = False, later: bool = False) -> Body:
    """Open, hidden since it was added, or hidden later."""
    audience = PAPERS if hidden or later else OPEN
    return Body(pk=pk, audience_id=audience, papers_audience_id=PAPERS, private=hidden)


def answers(verdict, why_not: str) -> bool:
    return bool(verdict) is (why_not == "") and why_not in verdict.why_not


@pytest.mark.parametrize(
    ("role", "why_not"),
    [
        ("partnership manager", ""),
        ("partnership secretary", ""),
        ("secretary", ""),
        ("chair", "Only a secretary or the partnership manager"),
        ("member", "Only a secretary or the partnership manager"),
        ("partnership administrator", "Only a secretary or the partnership manager"),
    ],
)
def test_may_add_body(role, why_not):
    assert answers(policies.may_add_body(acting(role)), why_not)


@pytest.mark.parametrize(
    ("role", "where", "why_not"),
    [
        ("secretary", BOARD, ""),
        ("secretary", ELSEWHERE, "Only this body’s secretary"),
        ("partnership secretary", ELSEWHERE, ""),
        ("chair", BOARD, "Only this body’s secretary"),
        ("partnership administrator", BOARD, "Only this body’s secretary"),
    ],
)
def test_may_change_body(role, where, why_not):
    assert answers(policies.may_change_body(acting(role), body(where)), why_not)


@pytest.mark.parametrize(
    ("role", "why_not"),
    [
        ("partnership manager", ""),
        ("partnership secretary", ""),
        ("secretary", "Only the partnership’s own secretary or manager"),
        ("member", "Only the partnership’s own secretary or manager"),
    ],
)
def test_may_change_kinds(role, why_not):
    assert answers(policies.may_change_kinds(acting(role)), why_not)


@pytest.mark.parametrize(
    ("rule", "things"),
    [
        (policies.may_add_organisation, "organisations"),
        (policies.may_add_person, "people"),
        (policies.may_add_post, "posts"),
        (policies.may_define_area, "areas"),
    ],
)
@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("partnership manager", True),
        ("secretary", True),
        ("partnership administrator", True),
        ("chair", False),
        ("partnership analyst", False),
        ("partnership auditor", False),
    ],
)
def test_records_are_kept_by_a_few(rule, things, role, may):
    assert answers(rule(acting(role)), "" if may else f"can add or change {things}.")


@pytest.mark.parametrize(
    ("role", "support", "why_not"),
    [
        ("partnership manager", Support.SECRETARY, ""),
        ("secretary", Support.SECRETARY, "Only the partnership manager can add a post"),
        ("secretary", "", ""),
        ("partnership administrator", Support.AUDITOR, "Only the partnership manager can add"),
    ],
)
def test_may_add_post(role, support, why_not):
    assert answers(policies.may_add_post(acting(role), support=support), why_not)


@pytest.mark.parametrize(
    ("role", "seat", "why_not"),
    [
        ("partnership manager", None, ""),
        ("partnership manager", Seat(body=body()), ""),
        ("manager", Seat(body=body(ELSEWHERE)), "Only the partnership manager"),
        ("secretary", Seat(body=body()), "Only the partnership manager"),
        ("secretary", Seat(body=body(hidden=True)), ""),
        ("secretary", Seat(body=body(ELSEWHERE, hidden=True)), "Only the partnership manager"),
        ("secretary", Seat(body=body(later=True)), "Only the partnership manager"),
        ("chair", Seat(body=body(hidden=True)), "Only the partnership manager"),
        ("partnership administrator", None, "Only the partnership manager"),
    ],
)
def test_may_appoint(role, seat, why_not):
    assert answers(policies.may_appoint(acting(role), seat), why_not)


@pytest.mark.parametrize(
    ("person", "support", "why_not"),
    [
        (8, Support.SECRETARY, ""),
        (9, "", ""),
        (9, Support.SECRETARY, "Nobody appoints themselves"),
    ],
)
def test_may_take(person, support, why_not):
    verdict = policies.may_take(
        acting("partnership manager"), Person(pk=person), Post(support=support)
    )
    assert answers(verdict, why_not)


@pytest.mark.parametrize(
    ("role", "ends", "why_not"),
    [
        ("partnership manager", None, ""),
        ("partnership manager", DAY, ""),
        ("partnership manager", DAY - datetime.timedelta(days=1), "has ended already"),
        ("secretary", None, "Only the partnership manager"),
    ],
)
def test_may_end(role, ends, why_not):
    appointment = Appointment(seat=Seat(body=body()), ends=ends)

    assert answers(policies.may_end(acting(role), appointment, today=DAY), why_not)


@pytest.mark.parametrize(
    ("actor", "seat", "why_not"),
    [
        (Actor(organisation_ids=(POLICE,)), Seat(holder_id=POLICE), ""),
        (Actor(seated_body_ids=(ELSEWHERE,)), Seat(holder_body_id=ELSEWHERE), ""),
        (acting("secretary"), Seat(holder_id=POLICE), ""),
        (acting("member"), Seat(holder_id=POLICE), "Only the holder of this seat"),
        (Actor(), Seat(holder_body_id=ELSEWHERE), "Only the holder of this seat"),
        (acting("secretary"), Seat(holder_id=POLICE, proposed=True), "only proposed"),
        (
            acting("secretary"),
            Seat(holder_id=POLICE, ends=DAY - datetime.timedelta(days=1)),
            "has ended",
        ),
    ],
)
def test_may_confirm_contribution(actor, seat, why_not):
    seat.body = body()

    assert answers(policies.may_confirm_contribution(actor, seat, on=DAY), why_not)
