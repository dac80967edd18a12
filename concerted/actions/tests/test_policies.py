"""No database: a policy is a table, so its test is one too."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.actions import policies
from concerted.actions.models import Action, Owner, Update
from concerted.actions.states import RETRACTABLE, ActionState, Said
from concerted.people.models import Body

BOARD, OTHER, POLICE, HOMES, POST, ME, SOMEBODY = 1, 2, 11, 12, 21, 31, 32
NOW = datetime.datetime(2026, 11, 16, 9, 0, tzinfo=datetime.UTC)


def sitting_as(role, *, body=BOARD, organisation=POLICE, posts=()):
    return Actor(
        person_id=ME,
        by_body={body: SEAT_ROLES[role].permissions},
        seated_body_ids=(body,),
        organisation_ids=(organisation,),
        post_ids=posts,
    )


def supporting_as(role):
    return Actor(
        person_id=ME, everywhere=SUPPORT_ROLES[role].permissions, organisation_ids=(POLICE,)
    )


def an_action(state=ActionState.OPEN, **kwargs):
    return Action(body_id=BOARD, state=state, **kwargs)


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (supporting_as("secretary"), True),
        (supporting_as("manager"), True),
        (supporting_as("analyst"), False),
        (sitting_as("chair"), False),
        (sitting_as("member"), False),
    ],
)
def test_only_the_secretary_and_the_manager_add_actions(actor, allowed):
    assert bool(policies.may_agree(actor, Body(pk=BOARD))) is allowed
    assert bool(policies.may_agree(actor, None)) is allowed


@pytest.mark.parametrize(
    ("actor", "owner", "allowed"),
    [
        (sitting_as("member"), Owner(organisation_id=POLICE), True),
        (sitting_as("member"), Owner(organisation_id=HOMES), False),
        (sitting_as("observer"), Owner(organisation_id=POLICE), False),
        (sitting_as("observer"), Owner(person_id=ME), True),
        (sitting_as("member"), Owner(person_id=SOMEBODY), False),
        (sitting_as("member", posts=(POST,)), Owner(post_id=POST), True),
        (sitting_as("member"), Owner(post_id=POST), False),
        (sitting_as("member"), Owner(body_id=BOARD), True),
        (sitting_as("member", body=OTHER), Owner(body_id=BOARD), False),
        (sitting_as("observer"), Owner(body_id=BOARD), False),
        (sitting_as("community"), Owner(person_id=ME), True),
        (sitting_as("chair"), Owner(organisation_id=HOMES), True),
        (sitting_as("chair", body=OTHER), Owner(organisation_id=HOMES), False),
        (supporting_as("secretary"), Owner(organisation_id=HOMES), True),
        (supporting_as("auditor"), Owner(organisation_id=POLICE), False),
        (supporting_as("administrator"), Owner(organisation_id=POLICE), False),
    ],
)
def test_owners_and_those_who_follow_it_say_how_an_action_stands(actor, owner, allowed):
    verdict = policies.may_update(actor, an_action(), [owner])

    assert bool(verdict) is allowed
    assert allowed or "Only those who own this action" in verdict.why_not


@pytest.mark.parametrize(
    ("state", "why_not"),
    [
        (ActionState.OPEN, ""),
        (ActionState.CLAIMED, ""),
        (ActionState.DONE, "accepted as done"),
        (ActionState.WITHDRAWN, "was withdrawn"),
    ],
)
def test_nothing_more_is_said_of_a_closed_action(state, why_not):
    verdict = policies.may_update(supporting_as("secretary"), an_action(state), [])

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


def test_the_date_of_what_is_said_to_be_done_stays():
    verdict = policies.may_redate(supporting_as("secretary"), an_action(ActionState.CLAIMED), [])

    assert "its date stays" in verdict.why_not


@pytest.mark.parametrize(
    ("actor", "organisation", "asked", "answered", "why_not"),
    [
        (sitting_as("member"), POLICE, {POLICE, HOMES}, set(), ""),
        (sitting_as("member"), None, {POLICE, HOMES}, set(), ""),
        (sitting_as("member"), POLICE, {POLICE, HOMES}, {POLICE}, "has answered already"),
        (sitting_as("member"), HOMES, {POLICE, HOMES}, set(), "only for your own"),
        (sitting_as("member"), POLICE, {HOMES}, set(), "has a seat on this body"),
        (sitting_as("observer"), POLICE, {POLICE}, set(), "has a seat on this body"),
        (sitting_as("member", body=OTHER), POLICE, {POLICE}, set(), "has a seat on this body"),
        (supporting_as("secretary"), POLICE, {POLICE}, set(), ""),
    ],
)
def test_a_member_answers_once_for_an_organisation_with_a_seat(
    actor, organisation, asked, answered, why_not
):
    action = an_action(all_seats=True)

    verdict = policies.may_answer(actor, action, organisation, asked=asked, answered=answered)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


def test_what_is_not_asked_of_all_takes_no_answers():
    verdict = policies.may_answer(
        sitting_as("member"), an_action(), POLICE, asked={POLICE}, answered=()
    )

    assert "not asked of every organisation" in verdict.why_not


@pytest.mark.parametrize(
    ("actor", "state", "claimed_by", "why_not"),
    [
        (supporting_as("secretary"), ActionState.CLAIMED, SOMEBODY, ""),
        (sitting_as("chair"), ActionState.CLAIMED, SOMEBODY, ""),
        (sitting_as("vice_chair"), ActionState.CLAIMED, SOMEBODY, ""),
        (sitting_as("member"), ActionState.CLAIMED, SOMEBODY, "Only the secretary or the chair"),
        (sitting_as("chair", body=OTHER), ActionState.CLAIMED, SOMEBODY, "Only the secretary"),
        (supporting_as("secretary"), ActionState.CLAIMED, ME, "somebody else accepts it"),
        (supporting_as("secretary"), ActionState.OPEN, None, "Nobody has said yet"),
        (supporting_as("secretary"), ActionState.DONE, SOMEBODY, "accepted as done"),
        (supporting_as("secretary"), ActionState.WITHDRAWN, SOMEBODY, "was withdrawn"),
    ],
)
def test_whoever_claims_an_action_does_not_close_it(actor, state, claimed_by, why_not):
    verdict = policies.may_accept(actor, an_action(state), claimed_by=claimed_by, complete=False)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


@pytest.mark.parametrize("complete", [True, False])
def test_what_all_were_asked_closes_only_when_all_have_answered(complete):
    verdict = policies.may_accept(
        supporting_as("secretary"), an_action(all_seats=True), claimed_by=None, complete=complete
    )

    assert bool(verdict) is complete
    assert complete or "Not every organisation has answered" in verdict.why_not


@pytest.mark.parametrize(
    ("actor", "allowed"),
    [
        (supporting_as("secretary"), True),
        (sitting_as("chair"), True),
        (sitting_as("member"), False),
        (supporting_as("analyst"), False),
    ],
)
def test_the_secretary_and_the_chair_withdraw_actions(actor, allowed):
    assert bool(policies.may_withdraw(actor, an_action())) is allowed


@pytest.mark.parametrize("said", list(Said))
def test_only_what_was_said_of_progress_is_taken_back(said):
    update = Update(by_id=ME, said=said, at=NOW)

    verdict = policies.may_take_back(sitting_as("member"), an_action(), update, now=NOW)

    assert bool(verdict) is (said in RETRACTABLE)


@pytest.mark.parametrize(
    ("by", "hours", "state", "taken_back", "why_not"),
    [
        (ME, 24, ActionState.OPEN, None, ""),
        (ME, 24, ActionState.CLAIMED, None, ""),
        (ME, 25, ActionState.OPEN, None, "more than a day ago"),
        (SOMEBODY, 1, ActionState.OPEN, None, "Only the person who said this"),
        (ME, 1, ActionState.OPEN, NOW, "taken back already"),
        (ME, 1, ActionState.DONE, None, "accepted as done"),
    ],
)
def test_one_takes_back_ones_own_words_for_a_day(by, hours, state, taken_back, why_not):
    update = Update(by_id=by, said=Said.DONE, at=NOW, taken_back_at=taken_back)
    later = NOW + datetime.timedelta(hours=hours)

    verdict = policies.may_take_back(sitting_as("member"), an_action(state), update, now=later)

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


AGREED, LATER = datetime.date(2026, 3, 12), datetime.date(2026, 5, 12)


@pytest.mark.parametrize(
    ("actor", "action", "complete", "said_on", "why_not"),
    [
        (supporting_as("secretary"), {}, False, LATER, ""),
        (sitting_as("chair"), {}, False, LATER, ""),
        (supporting_as("secretary"), {"state": ActionState.CLAIMED}, False, LATER, ""),
        (sitting_as("member"), {}, False, LATER, "Only the secretary or the chair"),
        (sitting_as("chair", body=OTHER), {}, False, LATER, "Only the secretary or the chair"),
        (sitting_as("chair"), {"state": ActionState.DONE}, False, LATER, "accepted as done"),
        (sitting_as("chair"), {"state": ActionState.WITHDRAWN}, False, LATER, "was withdrawn"),
        (sitting_as("chair"), {"all_seats": True}, False, LATER, "Not every organisation"),
        (sitting_as("chair"), {"all_seats": True}, True, LATER, ""),
        (sitting_as("chair"), {}, False, AGREED, "agreed on that day or later"),
    ],
)
def test_later_minutes_close_an_action(actor, action, complete, said_on, why_not):
    verdict = policies.may_close(
        actor, an_action(**{"agreed_on": AGREED} | action), complete=complete, said_on=said_on
    )

    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not
