"""Who decides what goes, and what a hold keeps."""

import datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.kernel.retention import Candidate, kind_named
from concerted.retention import policies
from concerted.retention.models import Hold, Run
from concerted.retention.states import RunState

NOW = datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
BOARD, AREA = 1, 2


def of_role(name):
    return Actor(person_id=7, everywhere=SUPPORT_ROLES[name].permissions)


SECRETARY_OF_BOARD = Actor(person_id=8, by_body={BOARD: SUPPORT_ROLES["secretary"].permissions})
CHAIR = Actor(person_id=9, by_body={BOARD: SEAT_ROLES["chair"].permissions})


@pytest.mark.parametrize(
    ("actor", "looks", "decides", "holds"),
    [
        (of_role("manager"), True, True, True),
        (of_role("secretary"), True, False, True),
        (SECRETARY_OF_BOARD, True, False, True),
        (of_role("auditor"), True, False, False),
        (of_role("administrator"), False, False, False),
        (of_role("analyst"), False, False, False),
        (CHAIR, False, False, False),
        (Actor(), False, False, False),
    ],
)
def test_who_looks_decides_and_holds(actor, looks, decides, holds):
    assert bool(policies.may_look(actor)) is looks
    assert bool(policies.may_decide(actor)) is decides
    assert bool(policies.may_put_holds(actor)) is holds


@pytest.mark.parametrize(
    ("actor", "reach", "body_id", "allowed"),
    [
        (SECRETARY_OF_BOARD, "body", BOARD, True),
        (SECRETARY_OF_BOARD, "body", AREA, False),
        (SECRETARY_OF_BOARD, "kind", None, False),
        (SECRETARY_OF_BOARD, "thing", None, True),
        (of_role("secretary"), "kind", None, True),
        (of_role("secretary"), "body", AREA, True),
        (CHAIR, "thing", None, False),
    ],
)
def test_what_may_be_held_by_whom(actor, reach, body_id, allowed):
    assert bool(policies.may_hold(actor, reach, body_id=body_id)) is allowed


@pytest.mark.parametrize(
    ("months", "allowed"), [(0, False), (2, False), (3, True), (36, True), (37, False)]
)
def test_a_period_stays_within_the_bounds_of_its_kind(months, allowed):
    verdict = policies.may_set(of_role("manager"), kind_named("received-files"), months=months)

    assert verdict.why_not == ("" if allowed else "Give a number of months from 3 to 36.")


@pytest.mark.parametrize("state", RunState.values)
def test_only_what_waits_for_a_decision_is_decided(state):
    verdict = policies.may_settle(of_role("manager"), Run(state=state))

    assert bool(verdict) is (state == RunState.PROPOSED)
    assert verdict.why_not.endswith(".") or verdict


@pytest.mark.parametrize(
    ("actor", "lifted", "allowed"),
    [
        (of_role("manager"), False, True),
        (of_role("manager"), True, False),
        (SECRETARY_OF_BOARD, False, True),
        (of_role("secretary"), False, False),
        (of_role("auditor"), False, False),
    ],
)
def test_who_put_a_hold_lifts_it_or_the_manager_once(actor, lifted, allowed):
    hold = Hold(put_by_id=SECRETARY_OF_BOARD.person_id)

    assert bool(policies.may_lift(actor, hold, lifted=lifted)) is allowed


@pytest.mark.parametrize(
    ("held", "bodies", "kept"),
    [
        ({"reach": "kind", "kind": "mail"}, None, True),
        ({"reach": "kind", "kind": "sessions"}, None, False),
        ({"reach": "thing", "kind": "mail", "reference": "here"}, None, True),
        ({"reach": "thing", "kind": "mail", "reference": "there"}, None, False),
        ({"reach": "thing", "kind": "sessions", "reference": "here"}, None, False),
        ({"reach": "body", "body_id": BOARD}, {BOARD, AREA}, True),
        ({"reach": "body", "body_id": BOARD}, {AREA}, False),
        ({"reach": "body", "body_id": BOARD}, set(), True),  # nobody knows which body
        ({"reach": "body", "body_id": BOARD}, None, False),  # about no body at all
    ],
)
def test_what_a_hold_keeps(held, bodies, kept):
    one = Candidate("here", NOW, "", None, None if bodies is None else frozenset(bodies))

    assert policies.covers(SimpleNamespace(**held), "mail", one) is kept


holds = st.builds(
    SimpleNamespace,
    reach=st.sampled_from(["kind", "thing", "body"]),
    kind=st.sampled_from(["mail", "sessions"]),
    reference=st.sampled_from(["a", "b"]),
    body_id=st.sampled_from([BOARD, AREA]),
)
candidates = st.builds(
    Candidate,
    key=st.sampled_from(["a", "b"]),
    since=st.datetimes(
        datetime.datetime(2026, 1, 1),
        datetime.datetime(2026, 12, 31),
        timezones=st.just(NOW.tzinfo),
    ),
    mark=st.just(""),
    bodies=st.none() | st.frozensets(st.sampled_from([BOARD, AREA])),
)


@given(one=candidates, standing=st.lists(holds, max_size=4))
def test_nothing_under_a_hold_and_nothing_young_ever_goes(one, standing):
    goes = policies.may_go("mail", one, before=NOW, holds=standing)

    named = any(
        (hold.reach == "kind" and hold.kind == "mail")
        or (hold.reach == "thing" and hold.kind == "mail" and hold.reference == one.key)
        or (hold.reach == "body" and one.bodies is not None and hold.body_id in one.bodies)
        for hold in standing
    )
    assert not (goes and (named or one.since >= NOW))
    assert goes or standing or one.since >= NOW
