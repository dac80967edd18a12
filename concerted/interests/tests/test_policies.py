"""Who may register, decide, ask and declare, as tables."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.interests import policies
from concerted.interests.models import Entry, Kind, Register, Rule, Sensitivity
from concerted.interests.policies import NewDeclaration, NewEntry
from concerted.meetings.models import Meeting
from concerted.people.models import Body

TODAY = datetime.date(2026, 6, 16)
DAY = datetime.timedelta(days=1)
BODY = 7
MANAGER = Actor(person_id=1, everywhere=SUPPORT_ROLES["manager"].permissions)
SECRETARY = Actor(person_id=2, by_body={BODY: SUPPORT_ROLES["secretary"].permissions})
MEMBER = Actor(
    person_id=3, by_body={BODY: SEAT_ROLES["member"].permissions}, seated_body_ids=(BODY,)
)
CHAIR = Actor(person_id=4, by_body={BODY: SEAT_ROLES["chair"].permissions}, seated_body_ids=(BODY,))
ADMINISTRATOR = Actor(person_id=5, everywhere=SUPPORT_ROLES["administrator"].permissions)
OUTSIDER = Actor(person_id=6, seated_body_ids=(8,))
RULE = Rule(starts=TODAY - DAY)
KIND = Kind(words="Land")


def said(verdict, why_not):
    assert bool(verdict) is (why_not == "")
    assert why_not in verdict.why_not


def entry(person_id=MEMBER.person_id, keepers=False, **more):
    register = Register(person_id=person_id, audience_id=1, keepers_id=2)
    return Entry(register=register, audience_id=2 if keepers else 1, starts=TODAY, **more)


@pytest.mark.parametrize(
    ("actor", "starts", "newest", "why_not"),
    [
        (MANAGER, TODAY, None, ""),
        (MANAGER, TODAY, RULE, ""),
        (MANAGER, TODAY - DAY, None, "no rule is set for days gone by"),
        (MANAGER, TODAY, Rule(starts=TODAY), "after the one from which the rule before holds"),
        (SECRETARY, TODAY, None, "Only the partnership manager"),
        (CHAIR, TODAY, None, "Only the partnership manager"),
    ],
)
def test_may_add_rule(actor, starts, newest, why_not):
    said(policies.may_add_rule(actor, starts=starts, today=TODAY, newest=newest), why_not)


@pytest.mark.parametrize(
    ("actor", "starts", "there", "why_not"),
    [
        (MANAGER, TODAY, False, ""),
        (MANAGER, TODAY, True, "on the list already"),
        (MANAGER, TODAY - DAY, False, "no kind is added for days gone by"),
        (SECRETARY, TODAY, False, "Only the partnership manager"),
    ],
)
def test_may_add_kind(actor, starts, there, why_not):
    said(policies.may_add_kind(actor, starts=starts, today=TODAY, there=there), why_not)


@pytest.mark.parametrize(
    ("actor", "kind", "from_day", "why_not"),
    [
        (MANAGER, Kind(), TODAY + DAY, ""),
        (MANAGER, Kind(), TODAY, "Choose a day still to come"),
        (MANAGER, Kind(starts=TODAY + DAY), TODAY + DAY, "after the one from which"),
        (MANAGER, Kind(ends=TODAY), TODAY + DAY, "is set already"),
        (SECRETARY, Kind(), TODAY + DAY, "Only the partnership manager"),
    ],
)
def test_may_stop_kind(actor, kind, from_day, why_not):
    said(policies.may_stop_kind(actor, kind, from_day=from_day, today=TODAY), why_not)


@pytest.mark.parametrize(
    ("seated", "rule", "kind", "starts", "why_not"),
    [
        (True, RULE, KIND, TODAY, ""),
        (False, RULE, KIND, TODAY, "You hold no seat"),
        (True, None, KIND, TODAY, "has no rule yet"),
        (True, RULE, Kind(ends=TODAY - DAY), TODAY, "is no longer registered"),
        (True, RULE, KIND, TODAY + DAY, "not before"),
    ],
)
def test_may_add(seated, rule, kind, starts, why_not):
    new = NewEntry(kind, "A house", "own", starts)

    said(policies.may_add(MEMBER, new, seated=seated, rule=rule, today=TODAY), why_not)


@pytest.mark.parametrize(
    ("current", "nothing", "confirm"),
    [
        ([], "", "There is nothing in your register"),
        ([entry(nothing=True)], "says already that you have nothing", ""),
        ([entry()], "There are entries in your register", ""),
    ],
)
def test_may_say_nothing_and_may_confirm(current, nothing, confirm):
    facts = {"seated": True, "rule": RULE, "current": current}

    said(policies.may_say_nothing(MEMBER, **facts), nothing)
    said(policies.may_confirm(MEMBER, **facts), confirm)


@pytest.mark.parametrize(
    ("actor", "one", "followed", "waits", "why_not"),
    [
        (MEMBER, entry(), False, False, ""),
        (SECRETARY, entry(), False, False, "Only the member whose interest it is"),
        (MEMBER, entry(), True, False, "a later record"),
        (MEMBER, entry(ends=TODAY), False, False, "has ended and stays as it is"),
        (MEMBER, entry(), False, True, "not decided yet"),
    ],
)
def test_may_change(actor, one, followed, waits, why_not):
    said(policies.may_change(actor, one, followed=followed, waits=waits), why_not)


@pytest.mark.parametrize(
    ("on", "why_not"),
    [(TODAY, ""), (TODAY + DAY, "not before"), (TODAY - DAY, "cannot end before it began")],
)
def test_may_end(on, why_not):
    facts = {"followed": False, "waits": False, "today": TODAY}

    said(policies.may_end(MEMBER, entry(), on=on, **facts), why_not)


@pytest.mark.parametrize(
    ("actor", "one", "followed", "asked", "why_not"),
    [
        (MEMBER, entry(), False, None, ""),
        (SECRETARY, entry(), False, None, "Only the member whose interest it is"),
        (MEMBER, entry(), True, None, "a later record"),
        (MEMBER, entry(nothing=True), False, None, "no details to withhold"),
        (MEMBER, entry(keepers=True), False, Sensitivity(), "withheld already"),
        (MEMBER, entry(), False, Sensitivity(agreed=False), "was decided already"),
    ],
)
def test_may_ask(actor, one, followed, asked, why_not):
    said(policies.may_ask(actor, one, followed=followed, asked=asked), why_not)


KEEPER_ONLY = "Only the secretary of a body that the member sits on"


@pytest.mark.parametrize(
    ("actor", "agreed", "why_not"),
    [
        (SECRETARY, None, ""),
        (MANAGER, None, ""),
        (MEMBER, None, "Nobody reviews their own entries"),
        (CHAIR, None, KEEPER_ONLY),
        (ADMINISTRATOR, None, KEEPER_ONLY),
        (SECRETARY, True, "was decided already"),
    ],
)
def test_may_decide(actor, agreed, why_not):
    said(policies.may_decide(actor, Sensitivity(entry=entry(), agreed=agreed), [BODY]), why_not)


def test_a_keeper_does_not_review_their_own_entries():
    own = Sensitivity(entry=entry(SECRETARY.person_id))

    said(policies.may_decide(SECRETARY, own, [BODY]), "Nobody reviews their own entries")
    for word in ("seen", "question"):
        verdict = policies.may_remark(SECRETARY, own.entry, word, [BODY], open_question=False)
        said(verdict, "Nobody reviews their own entries")


@pytest.mark.parametrize(
    ("actor", "word", "asked", "why_not"),
    [
        (SECRETARY, "seen", False, ""),
        (SECRETARY, "question", False, ""),
        (SECRETARY, "answer", True, "Only the member whose entry it is answers"),
        (MEMBER, "answer", True, ""),
        (MEMBER, "answer", False, "No question about this entry is open"),
        (CHAIR, "question", False, KEEPER_ONLY),
    ],
)
def test_may_remark(actor, word, asked, why_not):
    said(policies.may_remark(actor, entry(), word, [BODY], open_question=asked), why_not)


@pytest.mark.parametrize(
    ("actor", "why_not"),
    [
        (MEMBER, ""),
        (SECRETARY, ""),
        (MANAGER, ""),
        (OUTSIDER, "for its members and its secretary"),
        (ADMINISTRATOR, "for its members and its secretary"),
    ],
)
def test_may_read(actor, why_not):
    said(policies.may_read(actor, Body(pk=BODY)), why_not)


@pytest.mark.parametrize(
    ("actor", "state", "did", "dispensation", "why_not"),
    [
        (SECRETARY, "planned", "left", "", ""),
        (SECRETARY, "confirmed", "stayed", "", ""),
        (SECRETARY, "cancelled", "left", "", "was cancelled"),
        (SECRETARY, "received", "dispensation", " ", "Say who gave the dispensation"),
        (SECRETARY, "received", "dispensation", "The council, 3 May", ""),
        (MEMBER, "received", "left", "", "Only this body’s secretary"),
        (CHAIR, "received", "left", "", "Only this body’s secretary"),
    ],
)
def test_may_declare(actor, state, did, dispensation, why_not):
    new = NewDeclaration(KIND, "She owns the land", did, dispensation)

    said(policies.may_declare(actor, Meeting(body_id=BODY, state=state), new), why_not)
