"""Who may let whom in, and end it: rules without a database."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SUPPORT_ROLES, Permission
from concerted.people import policies
from concerted.people.models import (
    Appointment,
    Body,
    Organisation,
    Person,
    Post,
    Recovery,
    Seat,
)

TODAY = datetime.date(2026, 6, 16)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def somebody(role="", **facts):
    permissions = SUPPORT_ROLES[role].permissions if role else frozenset()
    return Actor(account_id=1, person_id=1, everywhere=permissions, **facts)


def secretary_of_the_body():
    return Actor(account_id=1, person_id=1, by_body={5: SUPPORT_ROLES["secretary"].permissions})


KEEPS = "Only the partnership manager or an administrator can keep accounts."
APPOINTS = "Only the partnership manager can appoint people to seats and posts."
OWN_ACCOUNT = "Nobody closes or opens an account of their own. Ask another who keeps accounts."


@pytest.mark.parametrize("role", ["", *SUPPORT_ROLES])
def test_the_manager_and_the_administrator_keep_accounts(role):
    allowed = role in ("manager", "administrator")
    for verdict in (
        policies.may_keep_accounts(somebody(role)),
        policies.may_invite(somebody(role), Person(pk=2, name="Ines Gale"), holds=False),
        policies.may_close_account(somebody(role), Person(pk=2)),
        policies.may_vouch(somebody(role), Recovery(account_id=2)),
    ):
        assert bool(verdict) is allowed
        assert verdict.why_not == ("" if allowed else KEEPS)


@pytest.mark.parametrize(
    ("role", "person", "holds", "why_not"),
    [
        ("manager", Person(pk=2, name="Ines Gale"), True, ""),
        ("administrator", Person(pk=2, name="Ines Gale"), False, ""),
        ("administrator", Person(pk=2, name="Ines Gale"), True, "Only the partnership manager"),
        ("manager", Person(pk=2, name="Ines Gale", account_id=3), True, "has an account already"),
        ("manager", Person(pk=1, name="Maud Trent"), False, "has an account already"),
    ],
)
def test_an_administrator_invites_nobody_who_holds_a_post_or_seat(role, person, holds, why_not):
    verdict = policies.may_invite(somebody(role), person, holds=holds)

    assert bool(verdict) is not bool(why_not)
    assert why_not in verdict.why_not


def test_nobody_closes_or_opens_their_own_account():
    assert policies.may_close_account(somebody("manager"), Person(pk=1)).why_not == OWN_ACCOUNT


@pytest.mark.parametrize(
    ("recovery", "why_not"),
    [
        (Recovery(account_id=2), ""),
        (Recovery(account_id=2, first_by_id=3), ""),
        (
            Recovery(account_id=1),
            "Nobody says this of themselves. Two others who keep accounts do.",
        ),
        (
            Recovery(account_id=2, first_by_id=1),
            "You have said so already. Now somebody else has to.",
        ),
        (
            Recovery(account_id=2, first_by_id=3, second_by_id=4),
            "This request is settled already.",
        ),
        (Recovery(account_id=2, refused_by_id=3), "This request is settled already."),
    ],
)
def test_two_others_say_who_it_is(recovery, why_not):
    assert policies.may_vouch(somebody("administrator"), recovery).why_not == why_not


def appointed(person=2, ends=None, at_once=False, seat=True):
    body = Body(pk=5, audience_id=1, papers_audience_id=2)
    where = (
        {"seat": Seat(body=body, holder_id=7)} if seat else {"post": Post(pk=4, organisation_id=7)}
    )
    return Appointment(person_id=person, ends=ends, ended_at_once=at_once, **where)


@pytest.mark.parametrize(
    ("actor", "appointment", "why_not"),
    [
        (somebody("manager"), appointed(), ""),
        (somebody("manager"), appointed(ends=TODAY), ""),
        (somebody("secretary"), appointed(), APPOINTS),
        (
            somebody("manager"),
            appointed(ends=YESTERDAY),
            "This appointment has ended already.",
        ),
        (
            somebody("manager"),
            appointed(ends=TODAY, at_once=True),
            "This appointment has ended already.",
        ),
        (
            somebody("manager"),
            appointed(person=1),
            "Nobody ends an appointment of their own. Ask somebody else who appoints people.",
        ),
    ],
)
def test_an_appointment_is_ended_by_somebody_else_who_appoints(actor, appointment, why_not):
    assert policies.may_end(actor, appointment, today=TODAY).why_not == why_not


@pytest.mark.parametrize(
    ("actor", "facts", "filled_by", "why_not"),
    [
        (somebody("manager"), {}, [2], ""),
        (somebody("secretary"), {}, [], ""),
        (
            somebody("secretary"),
            {},
            [2],
            "Somebody fills this seat. Only the partnership manager can end it.",
        ),
        (secretary_of_the_body(), {}, [], ""),
        (somebody("analyst"), {}, [], "Only this body’s secretary or the partnership manager"),
        (somebody("manager"), {"ends": YESTERDAY}, [], "This seat has ended already."),
        (somebody("manager"), {"ended_at_once": True}, [], "This seat has ended already."),
        (somebody("manager"), {}, [1], "Nobody ends a seat that they fill themselves."),
    ],
)
def test_a_seat_that_somebody_fills_is_ended_by_who_appoints(actor, facts, filled_by, why_not):
    seat = Seat(body=Body(pk=5, audience_id=1, papers_audience_id=2), **facts)

    verdict = policies.may_end_seat(actor, seat, today=TODAY, filled_by=filled_by)

    assert bool(verdict) is not bool(why_not)
    assert why_not in verdict.why_not


@pytest.mark.parametrize(
    ("actor", "stopped_on", "why_not"),
    [
        (somebody("manager"), None, ""),
        (somebody("administrator"), None, "Only the partnership manager can stop"),
        (somebody("secretary"), None, "Only the partnership manager can stop"),
        (somebody("manager"), YESTERDAY, "is stopped already"),
        (somebody("manager", organisation_ids=(7,)), None, "Your own access rests on"),
    ],
)
def test_the_manager_stops_an_organisation_that_is_not_their_own(actor, stopped_on, why_not):
    verdict = policies.may_stop(actor, Organisation(pk=7, stopped_on=stopped_on))

    assert bool(verdict) is not bool(why_not)
    assert why_not in verdict.why_not


@pytest.mark.parametrize(
    ("role", "stopped_on", "why_not"),
    [
        ("manager", YESTERDAY, ""),
        ("manager", None, "The access of this organisation is not stopped."),
        (
            "administrator",
            YESTERDAY,
            "Only the partnership manager can let an organisation in again.",
        ),
    ],
)
def test_the_manager_lets_an_organisation_in_again(role, stopped_on, why_not):
    organisation = Organisation(pk=7, stopped_on=stopped_on)

    assert policies.may_let_in(somebody(role), organisation).why_not == why_not


OTHERS = "Only the organisation’s own confirmer or the partnership manager can confirm this."


@pytest.mark.parametrize(
    ("actor", "appointment", "confirms", "why_not"),
    [
        (somebody(), appointed(), {7}, ""),
        (somebody(), appointed(seat=False), {7}, ""),
        (somebody(), appointed(), {8}, OTHERS),
        (somebody(), appointed(seat=False), set(), OTHERS),
        (somebody("manager"), appointed(), set(), ""),
        (somebody("administrator"), appointed(), set(), OTHERS),
        (
            somebody("manager"),
            appointed(person=1),
            {7},
            "Nobody confirms an appointment of their own.",
        ),
    ],
)
def test_the_organisation_or_who_appoints_confirms_others(actor, appointment, confirms, why_not):
    verdict = policies.may_confirm(actor, appointment, for_organisations=confirms)

    assert verdict.why_not == why_not


@pytest.mark.parametrize("role", ["", *SUPPORT_ROLES])
def test_the_manager_says_who_confirms(role):
    assert bool(policies.may_name_confirmer(somebody(role))) is (role == "manager")


def test_to_keep_accounts_is_no_way_to_papers():
    """What the administrator holds lets nobody in: only an appointment does."""
    assert SUPPORT_ROLES["administrator"].permissions == {
        Permission.ACCOUNT_KEEP,
        Permission.ORGANISATION_CHANGE,
    }
