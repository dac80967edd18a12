"""A meeting of the board with three items, and saying who may see one of them."""

import datetime

import pytest

from concerted.actions.public import Owners, Source, agree
from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting
from concerted.people.public import entries_to_pick
from concerted.restrictions import kinds, queries, services
from concerted.restrictions.models import Ground
from concerted.restrictions.policies import Wanted
from concerted.restrictions.states import Level, Tier
from tests.steady import steady

DAY = datetime.date(2026, 6, 16)


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return steady(response)


@pytest.fixture
def meeting(cast):
    """Minutes of the board: of the second item came a decision and an action of the police."""
    board = cast.bodies["board"]
    with cast.acting("dilys") as dilys:
        made, items = meetings.record(
            dilys,
            minutes=NewMeeting(
                body=board,
                held_on=DAY,
                state="received",
                items=[
                    NewItem("1", "Welcome", "All were welcomed."),
                    NewItem(
                        "2",
                        "Burglary briefing",
                        "The commander spoke. [withheld 1]",
                        decisions=[
                            NewDecision(
                                "agreed",
                                "that the cordon be kept",
                                [NewLimb("agreed", "that the cordon be kept")],
                            )
                        ],
                        withheld=["01632 960123"],
                    ),
                    NewItem("3", "Locks and gates", "Gates were looked at."),
                    NewItem("", "Reports back", "Six bodies reported."),
                ],
            ),
        )
        agree(
            dilys,
            body=board,
            text="Watch the depot",
            agreed_on=DAY,
            source=Source(
                "meetings.item", items[1].pk, made.key, "Board, minute 2", "meetings:detail"
            ),
            owners=Owners(organisations=[cast.organisations["police"]]),
        )
    return made


@pytest.fixture
def items(cast, meeting):
    """The items of the meeting by their titles."""
    with cast.acting("dilys"):
        return {one.title: one for one in meeting.items.all()}


@pytest.fixture
def item(items):
    return items["Burglary briefing"]


def entries(actor, *names):
    """Entries by the beginning of their names."""
    there = entries_to_pick(actor)
    return tuple(next(one for one in there if one.name.startswith(name)) for name in names)


@pytest.fixture
def wanted(cast):
    """What somebody asks for, with everything filled in."""

    def make(actor, *names, **more):
        given = {
            "level": Level.CLOSED,
            "tier": Tier.SENSITIVE,
            "owner": cast.organisations["police"],
            "ground": Ground.objects.get(words__contains="preventing"),
            "public_interest": "An operation is under way.",
            "review_on": today() + datetime.timedelta(days=180),
            "whom_to_ask": "Superintendent, operations",
            "entries": entries(actor, *names),
        } | more
        return Wanted(**given)

    return make


@pytest.fixture
def restrict(cast, wanted):
    """Say, as one of the cast, who may see a thing; by default the police and the secretary."""

    def do(thing, *names, who="dilys", kind="item", token=None, **more):
        names = names or ("Wyleshire Police", "Partnership secretary")
        with cast.acting(who) as actor:
            if token is None:
                there = kinds.kind_of(kind).find(actor, thing.key)
                newest = there and queries.newest_of(actor, there)
                token = newest.key if newest else ""
            return services.restrict(
                actor,
                kind=kinds.kind_of(kind),
                key=thing.key,
                wanted=wanted(actor, *names, **more),
                token=token,
            )

    return do
