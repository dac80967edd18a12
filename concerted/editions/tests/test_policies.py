"""Who may release: the rules as tables, without a database."""

from types import SimpleNamespace

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.editions import policies
from concerted.editions.states import NEXT, ReleaseState

COUNCIL, POLICE, FIRE = 1, 2, 3
BOARD = 9
OPEN = SimpleNamespace(hidden=False)


def actor(person=1, organisations=(COUNCIL,), permissions=(Permission.RELEASE_APPROVE,), sees=(5,)):
    return Actor(
        person_id=person,
        organisation_ids=organisations,
        by_body={BOARD: frozenset(permissions)},
        audience_ids=sees,
    )


def release(**changes):
    given = {
        "body_id": BOARD,
        "body": OPEN,
        "state": ReleaseState.ASKED,
        "asked_by_id": 2,
        "asked_for": [COUNCIL],
        "restricted": False,
        "originator_id": None,
        "checked_at": "then",
        "hits": 0,
        "hits_open": 0,
        "sha256": "f" * 64,
        "audience_id": 5,
    } | changes
    return SimpleNamespace(**given)


def says(verdict):
    return verdict.why_not or "yes"


APPROVING = [
    ("another person approves", actor(), {}, {}, "yes"),
    ("not one's own", actor(person=2), {}, {}, "Nobody approves what they asked for."),
    ("alone where that is allowed", actor(person=2), {}, {"alone": True}, "yes"),
    ("alone, but with a hit", actor(person=2), {"hits": 1}, {"alone": True}, "a second person"),
    (
        "alone, but something is restricted",
        actor(person=2),
        {"restricted": True},
        {"alone": True},
        "Nobody approves what they asked for.",
    ),
    (
        "restricted: the same organisation",
        actor(),
        {"restricted": True},
        {},
        "another organisation",
    ),
    ("restricted: another", actor(organisations=(POLICE,)), {"restricted": True}, {}, "yes"),
    (
        "restricted: neither is the originator's",
        actor(organisations=(POLICE,)),
        {"restricted": True, "originator_id": FIRE},
        {},
        "the organisation that it came from",
    ),
    (
        "restricted: the second is the originator's",
        actor(organisations=(POLICE,)),
        {"restricted": True, "originator_id": POLICE},
        {},
        "yes",
    ),
    (
        "restricted: a plain member of the originator",
        actor(organisations=(POLICE,), permissions=(Permission.ACTION_UPDATE,)),
        {"restricted": True, "originator_id": POLICE},
        {},
        "yes",
    ),
    (
        "restricted: the first was the originator's",
        actor(organisations=(POLICE,)),
        {"restricted": True, "originator_id": COUNCIL},
        {},
        "yes",
    ),
    (
        "restricted: in both organisations oneself",
        actor(organisations=(COUNCIL, POLICE)),
        {"restricted": True, "originator_id": COUNCIL},
        {},
        "yes",
    ),
    ("no role", actor(permissions=()), {}, {}, "Only this body’s chair"),
    (
        "a member of the originator where nothing is restricted",
        actor(permissions=(Permission.ACTION_UPDATE,)),
        {"originator_id": COUNCIL},
        {},
        "Only this body’s chair",
    ),
    ("unchecked", actor(), {"checked_at": None}, {}, "leak check has not finished"),
    ("hits", actor(), {"hits": 2, "hits_open": 1}, {}, "found words of restricted things"),
    ("hits, all coincidences", actor(), {"hits": 2, "hits_open": 0}, {}, "yes"),
    ("changed", actor(), {}, {"changed": True}, "changed or restricted since"),
    ("another text was shown", actor(), {}, {"looked_at": "0"}, "not what you were shown"),
    ("the text that was shown", actor(), {}, {"looked_at": "f" * 64}, "yes"),
]


@pytest.mark.parametrize(
    ("what", "who", "of", "facts", "said"), APPROVING, ids=lambda v: str(v)[:30]
)
def test_approving(what, who, of, facts, said):
    verdict = policies.may_approve(who, release(**of), **{"changed": False, "alone": False} | facts)

    assert said in says(verdict), what


@pytest.mark.parametrize("state", [one for one in ReleaseState if one != ReleaseState.ASKED])
def test_approving_is_for_what_was_asked_for(state):
    assert not policies.may_approve(actor(), release(state=state), changed=False, alone=False)


@pytest.mark.parametrize("state", ReleaseState)
def test_stopping_and_withdrawing_follow_the_table_of_states(state):
    stops = policies.may_stop(actor(), release(state=state))
    withdraws = policies.may_withdraw(actor(), release(state=state))

    assert bool(stops) == (ReleaseState.STOPPED in NEXT[state])
    assert bool(withdraws) == (ReleaseState.WITHDRAWN in NEXT[state])
    assert not policies.may_stop(actor(permissions=()), release(state=state))
    assert not policies.may_withdraw(actor(permissions=()), release(state=state))


CARRYING = [
    ("as approved", actor(), {}, False, "yes"),
    ("changed", actor(), {}, True, "changed or restricted since"),
    ("hidden by now", actor(), {"body": SimpleNamespace(hidden=True)}, False, "changed or restr"),
    ("sees it no more", actor(sees=()), {}, False, "no longer may"),
    ("lost the role", actor(permissions=()), {}, False, "no longer may"),
    ("stopped", actor(), {"state": ReleaseState.STOPPED}, False, "This was stopped."),
]


@pytest.mark.parametrize(
    ("what", "who", "of", "changed", "said"), CARRYING, ids=lambda v: str(v)[:20]
)
def test_carrying(what, who, of, changed, said):
    given = release(**{"state": ReleaseState.APPROVED} | of)

    assert said in says(policies.may_carry(who, given, changed=changed)), what


def test_a_body_that_is_hidden_has_no_public_versions():
    who = actor(permissions=(Permission.RELEASE_ASK,))
    hidden = SimpleNamespace(body=SimpleNamespace(pk=BOARD, hidden=True))
    seen = SimpleNamespace(body=SimpleNamespace(pk=BOARD, hidden=False))

    assert "hidden" in says(policies.may_start(who, hidden, under_way=False))
    assert "being made already" in says(policies.may_start(who, seen, under_way=True))
    assert says(policies.may_start(who, seen, under_way=False)) == "yes"
    assert "secretary" in says(policies.may_start(actor(), seen, under_way=False))


def test_settings_are_the_managers():
    assert policies.may_change_settings(actor(permissions=(Permission.EDITION_CHANGE,)))
    assert not policies.may_change_settings(actor())
