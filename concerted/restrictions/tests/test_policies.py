"""Who may keep what back, as a table: no database."""

import datetime

import pytest

from concerted.access.actor import Actor
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES
from concerted.kernel.verdict import YES, no
from concerted.people.models import Body, Organisation
from concerted.people.public import Entry
from concerted.restrictions.kinds import Thing
from concerted.restrictions.models import Ground, Restriction
from concerted.restrictions.policies import Facts, Wanted, is_held, may_change, may_restrict
from concerted.restrictions.states import Level, Tier

TODAY = datetime.date(2026, 6, 16)
POLICE = Organisation(pk=1, name="Wyleshire Police")
COUNCIL = Organisation(pk=2, name="Marlbeck Borough Council")
BODY = Body(pk=7, name="Board", papers_audience_id=70, office_audience_id=71)
SECRETARY = Actor(
    person_id=1,
    by_body={7: SUPPORT_ROLES["secretary"].permissions},
    organisation_ids=(2,),
    post_ids=(5,),
)
OFFICER = Actor(person_id=2, by_body={7: SEAT_ROLES["member"].permissions}, organisation_ids=(1,))
OBSERVER = Actor(
    person_id=3, by_body={7: SEAT_ROLES["observer"].permissions}, organisation_ids=(1,)
)
ADMINISTRATOR = Actor(
    person_id=4, everywhere=SUPPORT_ROLES["administrator"].permissions, organisation_ids=(1,)
)
MEMBER = Actor(person_id=5, by_body={7: SEAT_ROLES["member"].permissions}, organisation_ids=(3,))
OTHER_SECRETARY = Actor(
    person_id=6, by_body={8: SUPPORT_ROLES["secretary"].permissions}, organisation_ids=(2,)
)
OF_POLICE = Entry("organisation:p", "Wyleshire Police", organisation_id=1)
OF_COUNCIL = Entry("organisation:c", "Marlbeck Borough Council", organisation_id=2)
OF_HOMES = Entry("organisation:h", "Marlbeck Homes", organisation_id=4)
POST = Entry("post:s:d", "Secretary", organisation_id=2, post_id=5, holder_id=1)
OFFICERS_POST = Entry("post:o:g", "Officer", organisation_id=1, post_id=9, holder_id=2)


@pytest.mark.parametrize(
    ("now", "home", "held"),
    [
        (70, 70, False),  # open to whoever reads the papers
        (71, 70, True),  # its marking keeps it with the office
        (71, 71, False),  # a file as received: the office is where it is open
        (72, 71, False),  # a file that is restricted
        (72, 70, False),  # an item that is restricted
    ],
)
def test_what_is_held_for_the_office_alone(now, home, held):
    assert is_held(thing(audience_id=now, home_id=home)) is held


def thing(**more):
    return Thing(
        **{
            "row": None,
            "kind": "meetings.item",
            "key": "k",
            "noun": "item",
            "title": "Burglary",
            "href": "/",
            "body": BODY,
            "audience_id": 70,
            "home_id": 70,
            "parent": ("meetings.meeting", "m"),
        }
        | more
    )


def record(level=Level.CLOSED, tier=Tier.SENSITIVE, owner=POLICE):
    return Restriction(level=level, tier=tier, owner=owner)


def wanted(**more):
    return Wanted(
        **{
            "level": Level.CLOSED,
            "tier": Tier.SENSITIVE,
            "owner": POLICE,
            "ground": Ground(words="Crime"),
            "public_interest": "An operation.",
            "review_on": TODAY + datetime.timedelta(days=1),
            "whom_to_ask": "",
            "entries": (OF_POLICE, POST),
        }
        | more
    )


def facts(**more):
    return Facts(
        **{
            "newest": None,
            "now": (OF_COUNCIL, POST),
            "table": (OF_POLICE, OF_COUNCIL, POST),
            "keeps_actor": True,
            "keeps_owner": True,
            "today": TODAY,
        }
        | more
    )


CLOSED = {"newest": record(), "now": (OF_POLICE, POST)}
HIDDEN = {"newest": record(Level.HIDDEN), "now": (OF_POLICE, POST)}
OFFICIAL = {"newest": record(tier=Tier.OFFICIAL), "now": (OF_POLICE, POST)}
OPENED = {"newest": record(Level.OPEN), "now": (OF_COUNCIL, POST)}


@pytest.mark.parametrize(
    ("actor", "newest", "organisation", "why_not"),
    [
        (SECRETARY, None, None, ""),
        (SECRETARY, record(), None, ""),
        (OTHER_SECRETARY, None, None, "Only the secretary of this body can"),
        (OFFICER, None, None, "Only the secretary of this body can"),
        (OFFICER, None, POLICE, ""),
        (OFFICER, record(), None, ""),
        (OFFICER, record(owner=COUNCIL), None, "the people of Marlbeck Borough Council"),
        (OBSERVER, record(), None, "the people of Wyleshire Police"),
        (ADMINISTRATOR, record(), None, "the people of Wyleshire Police"),
        (MEMBER, record(), None, "the people of Wyleshire Police"),
    ],
)
def test_who_opens_the_page_to_change_it(actor, newest, organisation, why_not):
    assert why_not in may_change(actor, thing(organisation=organisation), newest).why_not
    assert bool(may_change(actor, thing(organisation=organisation), newest)) == (not why_not)


@pytest.mark.parametrize(
    ("actor", "asked", "stands", "of", "why_not"),
    [
        # A first restriction
        (SECRETARY, {}, {}, {}, ""),
        (SECRETARY, {"level": Level.HIDDEN}, {}, {}, ""),
        (SECRETARY, {"level": Level.HIDDEN}, {}, {"may_hide": no("A gap.")}, "A gap."),
        (SECRETARY, {"level": Level.OPEN}, {}, {}, "open already"),
        (SECRETARY, {"ground": None}, {}, {}, "Choose the reason"),
        (SECRETARY, {"public_interest": " "}, {}, {}, "serves the public more"),
        (SECRETARY, {"review_on": None}, {}, {}, "still to come"),
        (SECRETARY, {"review_on": TODAY}, {}, {}, "still to come"),
        (SECRETARY, {"entries": (OF_POLICE, POST, OF_HOMES)}, {}, {}, "let more people see"),
        (SECRETARY, {"owner": COUNCIL}, {}, {"organisation": POLICE}, "This belongs to Wyle"),
        (OFFICER, {}, {}, {"organisation": POLICE}, ""),
        (OFFICER, {"entries": (OF_POLICE, OF_HOMES)}, {}, {"organisation": POLICE}, ""),
        # The owner and the actor stay on it
        (SECRETARY, {}, {"keeps_owner": False}, {}, "Nobody of Wyleshire Police"),
        (SECRETARY, {}, {"keeps_actor": False}, {}, "no longer see this yourself"),
        # A secretary narrows and raises
        (SECRETARY, {"entries": (POST,)}, CLOSED, {}, ""),
        (SECRETARY, {"level": Level.HIDDEN}, CLOSED, {}, ""),
        (SECRETARY, {"tier": Tier.SENSITIVE}, OFFICIAL, {}, ""),
        # … and does not widen, lower, open or hand on
        (SECRETARY, {"entries": (OF_POLICE, POST, OF_COUNCIL)}, CLOSED, {}, "let more people"),
        (SECRETARY, {"level": Level.OPEN}, CLOSED, {}, "can open this further"),
        (SECRETARY, {}, HIDDEN, {}, "can open this further"),
        (SECRETARY, {"tier": Tier.OFFICIAL}, CLOSED, {}, "lower its marking"),
        (SECRETARY, {"owner": COUNCIL}, CLOSED, {}, "Only its people can hand it"),
        # The owner’s people do all of it
        (OFFICER, {"entries": (OF_POLICE, POST, OF_HOMES)}, CLOSED, {}, ""),
        (OFFICER, {"level": Level.OPEN}, CLOSED, {}, ""),
        (OFFICER, {}, HIDDEN, {}, ""),
        (OFFICER, {"tier": Tier.OFFICIAL}, CLOSED, {}, ""),
        (OFFICER, {"owner": COUNCIL, "entries": (OF_POLICE, POST)}, CLOSED, {}, ""),
        # … but nobody adds themselves
        (OFFICER, {"entries": (OF_POLICE, POST, OFFICERS_POST)}, CLOSED, {}, "Nobody adds them"),
        # Others of it do nothing
        (OBSERVER, {}, CLOSED, {}, "Only the secretary of this body or the people"),
        (ADMINISTRATOR, {"level": Level.OPEN}, CLOSED, {}, "Only the secretary of this body"),
        # What was opened again is closed again, for its owner as before
        (SECRETARY, {}, OPENED, {}, ""),
        (SECRETARY, {"owner": COUNCIL}, OPENED, {}, "This belongs to Wyleshire Police"),
        # Held for the office until its owner was asked
        (SECRETARY, {"level": Level.OPEN}, {}, {"audience_id": 71}, "has been asked"),
        (SECRETARY, {"level": Level.OPEN, "owner": COUNCIL}, {}, {"audience_id": 71}, ""),
    ],
)
def test_what_may_be_said_of_who_sees_a_thing(actor, asked, stands, of, why_not):
    verdict = may_restrict(actor, thing(**of), wanted(**asked), facts(**stands))

    assert bool(verdict) == (not why_not), verdict.why_not
    assert why_not in verdict.why_not


def test_a_thing_may_be_hidden_unless_it_says_otherwise():
    assert thing().may_hide == YES
