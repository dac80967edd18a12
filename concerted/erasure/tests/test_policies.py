"""Who decides, who approves, and what each state allows, as tables."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.erasure import policies
from concerted.erasure.models import Erasure
from concerted.erasure.policies import Facts, Wanted
from concerted.erasure.states import Chosen, ErasureState, KeepGround, Way
from concerted.subject_access.models import AccessRequest
from concerted.subject_access.policies import Ready
from concerted.subject_access.states import Regime, RequestState, Right

HANDLER = Actor(person_id=1, everywhere=frozenset({Permission.REQUEST_HANDLE}))
SECOND = Actor(person_id=2, everywhere=frozenset({Permission.REQUEST_HANDLE}))
OTHER = Actor(person_id=3, everywhere=frozenset(Permission) - {Permission.REQUEST_HANDLE})
DAY = datetime.date(2026, 6, 16)
WHOLE = Ready(made=True, finished=True)
ERASE = Wanted(Chosen.ERASE)
KEEP = Wanted(Chosen.KEEP, KeepGround.PUBLIC_TASK, "It is the record of the board.")


def request(state=RequestState.DRAFTED, **more):
    given = {"right": Right.ERASURE, "name": "Tobias Wren", "spellings": ["T. Wren"]}
    return AccessRequest(state=state, asked_on=DAY, **given | more)


def put(state=ErasureState.PROPOSED, **more):
    return Erasure(state=state, proposed_by_id=1, request=request(**more))


@pytest.mark.parametrize(
    ("wanted", "facts", "more", "says"),
    [
        (ERASE, Facts(Way.REPLACE), {}, ""),
        (ERASE, Facts(Way.RECORD), {}, "never altered"),
        (ERASE, Facts(Way.REPLACE, held=True), {}, "on hold"),
        (ERASE, Facts(Way.REPLACE, appointed=True), {}, "hold a post or a seat today"),
        (ERASE, Facts(Way.LINK), {}, "Nothing is decided here"),
        (KEEP, Facts(Way.PERSON), {}, "Nothing is decided here"),
        (KEEP, Facts(Way.RECORD), {}, ""),
        (KEEP, Facts(Way.REPLACE, held=True), {}, ""),
        (Wanted(Chosen.KEEP), Facts(Way.RECORD), {}, "Choose the ground"),
        (Wanted(Chosen.KEEP, KeepGround.HOLD, " "), Facts(Way.REPLACE), {}, "Say why"),
        (Wanted(Chosen.KEEP, KeepGround.EVIDENCE, "A trial"), Facts(Way.RECORD), {}, "other law"),
        (KEEP, Facts(Way.RECORD), {"regime": Regime.LAW_ENFORCEMENT}, "other law"),
        (
            Wanted(Chosen.KEEP, KeepGround.EVIDENCE, "A trial"),
            Facts(Way.RECORD),
            {"regime": Regime.LAW_ENFORCEMENT},
            "",
        ),
        (
            Wanted(Chosen.KEEP, KeepGround.HOLD, "A trial"),
            Facts(Way.RECORD),
            {"regime": Regime.LAW_ENFORCEMENT},
            "",
        ),
        (Wanted(Chosen.ERASE, "", "T. Wren wants it"), Facts(Way.REPLACE), {}, "Leave the name"),
        (ERASE, Facts(Way.REPLACE), {"state": RequestState.ERASED}, "has ended"),
        (ERASE, Facts(Way.REPLACE), {"right": Right.ACCESS}, "ask for a copy"),
        (ERASE, Facts(Way.REPLACE), {"person_id": 1}, "about you"),
    ],
)
def test_what_may_be_decided_of_a_finding(wanted, facts, more, says):
    verdict = policies.may_choose(HANDLER, request(**more), None, wanted, facts)

    assert says in verdict.why_not
    assert bool(verdict) == (says == "")
    assert (
        "data protection officer"
        in policies.may_choose(OTHER, request(**more), None, wanted, facts).why_not
    )


@pytest.mark.parametrize("state", ErasureState)
def test_nothing_is_decided_while_it_waits_or_is_carried_out(state):
    verdict = policies.may_choose(HANDLER, request(), put(state), ERASE, Facts(Way.REPLACE))

    stands = state in (ErasureState.PROPOSED, ErasureState.APPROVED, ErasureState.DONE)
    assert bool(verdict) != (stands and state != ErasureState.DONE)


@pytest.mark.parametrize(
    ("ready", "undecided", "also_asks", "says"),
    [
        (WHOLE, 0, False, ""),
        (WHOLE, 1, False, "Not every finding is decided"),
        (WHOLE, 0, True, "Answer that first"),
        (Ready(made=True), 0, False, "no finished draft"),
        (Ready(made=False), 0, False, "no finished draft"),
        (Ready(made=True, finished=True, unseen=True), 0, False, "Make a new draft"),
    ],
)
def test_when_it_may_be_put_to_a_second_person(ready, undecided, also_asks, says):
    verdict = policies.may_propose(
        HANDLER, request(), None, ready, undecided=undecided, also_asks=also_asks
    )

    assert says in verdict.why_not
    assert bool(verdict) == (says == "")


@pytest.mark.parametrize(
    ("actor", "erasure", "says"),
    [
        (SECOND, put(), ""),
        (HANDLER, put(), "a second person has to approve"),
        (OTHER, put(), "data protection officer"),
        (SECOND, put(ErasureState.APPROVED), "does not wait for a decision"),
        (SECOND, put(ErasureState.RETURNED), "does not wait for a decision"),
        (SECOND, put(ErasureState.DONE), "does not wait for a decision"),
        (SECOND, Erasure(state="proposed", proposed_by_id=1, request=request("refused")), "ended"),
        (SECOND, put(person_id=2), "about you"),
    ],
)
def test_who_may_approve_it_or_send_it_back(actor, erasure, says):
    for verdict in (
        policies.may_settle(actor, erasure),
        policies.may_return(actor, erasure, why="The file is needed."),
    ):
        assert says in verdict.why_not
        assert bool(verdict) == (says == "")


@pytest.mark.parametrize(("why", "says"), [(" ", "Say what"), ("Ask T. Wren", "Leave the name")])
def test_what_is_sent_back_has_a_reason_without_the_name(why, says):
    assert says in policies.may_return(SECOND, put(), why=why).why_not
