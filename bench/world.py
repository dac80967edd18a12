"""The database of a measurement: the cast of the tests, and meetings as services record them."""

import datetime
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client

from concerted.actions import services as actions
from concerted.actions.public import Owners, Source, agree
from concerted.cli.serve import alone
from concerted.documents.public import hand_to, receive
from concerted.kernel.clock import today
from concerted.meetings.public import (
    Item,
    Meeting,
    NewDecision,
    NewItem,
    NewLimb,
    NewMeeting,
    NewName,
    record,
)
from concerted.meetings.states import Attended, MeetingState, Outcome
from tests import cast as casts
from tests import databases

READER = "tobias"
WHO = ("The Chair", "Officers", "The Police", "The Probation Service", "Members", "Marlbeck Homes")
DID = ("reported on", "asked about", "drew attention to", "welcomed", "questioned", "set out")
WHAT = (
    "the fall in burglary since the spring",
    "the lighting of the footpaths by the canal",
    "complaints of quad bikes on the common",
    "the cost of the late bus to Fenside",
    "the number of victims who had been called back",
    "the review of the public spaces protection order",
    "thefts from vans parked near the station",
    "the young people’s centre and its opening hours",
    "the returns that three agencies had still to send",
    "how repeat callers were found and visited",
)
WHERE = (
    "in Fenside",
    "in Northgate",
    "around the Market Place",
    "across the borough",
    "at Overmoor",
)
REST = (
    "and said that figures for the quarter would follow",
    "and undertook to come back to the matter in the new year",
    "noting that the grant ended in March",
    "which residents had raised at two meetings of the area board",
    "though the sample was small and should be read with care",
)
CODES = (Outcome.NOTED, Outcome.AGREED, Outcome.APPROVED, Outcome.ENDORSED, Outcome.REFERRED_TO)
OTHER_LISTS = {20: Attended.OFFICERS, 24: Attended.IN_ATTENDANCE, 27: Attended.APOLOGIES}


@dataclass(frozen=True, slots=True)
class World:
    """A cloned database in which the whole cast has its accounts."""

    cast: casts.Cast

    def client(self, name: str = READER) -> Client:
        """A browser in which one of the cast is signed in."""
        client = Client(SERVER_NAME="localhost")
        client.force_login(self.cast.accounts[name])
        return client


@contextmanager
def world() -> Iterator[World]:
    """A world of one's own on a server that keeps its promises (fsync on); gone afterwards."""
    cluster = settings.CLUSTER
    assert cluster
    with alone(settings.HOME):
        cluster.start()
        try:
            source = databases.template()
            with databases.cloned(source, settings.DATABASE):
                yield World(casts.build())
        finally:
            connection.close()
            cluster.stop()


def sentences(chance: random.Random, count: int) -> str:
    return " ".join(
        f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHAT)} {chance.choice(WHERE)}, "
        f"{chance.choice(REST)}."
        for _ in range(count)
    )


def meeting_of(here: World, items: int, *, held_on: datetime.date) -> Meeting:
    """A meeting recorded by the secretary: a decision an item, an action every second item.

    Every fifth decision has two limbs. Thirty names, whatever the number of items; the file as
    received, one passage withheld and one action asked of all seats, so that every query of the
    page is made.
    """
    chance = random.Random(items)
    board = here.cast.bodies["board"]
    with here.cast.acting("dilys") as dilys:
        received = receive(dilys, data=f"Minutes of {items} items".encode(), name="minutes.txt")
        meeting, made = record(
            dilys,
            minutes=NewMeeting(
                document=received.document,
                body=board,
                held_on=held_on,
                state=MeetingState.RECEIVED,
                starts_at=datetime.time(9, 30),
                venue="Council Chamber, Marlbeck Town Hall",
                next_meeting_on=held_on + datetime.timedelta(days=91),
                attendance=_attendance(here),
                items=[_item(chance, number) for number in range(items)],
            ),
        )
        hand_to(dilys, version=received, audience_id=board.office_audience_id)
        for number, item in enumerate(made):
            if number % 2 == 0:
                _action(here, chance, number, item, held_on)
    return meeting


def _attendance(here: World) -> list[NewName]:
    names = []
    attended: str = Attended.PRESENT
    known = list(here.cast.organisations.values())
    for number in range(30):
        attended = OTHER_LISTS.get(number, attended)
        organisation = known[number % len(known)]
        names.append(
            NewName(
                attended=attended,
                name=f"{'ABCDEFGHJK'[number % 10]}. Invented-{number + 1}",
                organisation_name=organisation.name,
                role="Chair" if number == 0 else "",
                organisation=organisation,
            )
        )
    return names


def _item(chance: random.Random, number: int) -> NewItem:
    code = CODES[number % len(CODES)]
    text = "\n\n".join(sentences(chance, 2) for _ in range(2))
    limbs = []
    if number % 5 == 0:
        limbs = [
            NewLimb(Outcome.NOTED, f"that {sentences(chance, 1)}", "a"),
            NewLimb(code, f"that {sentences(chance, 1)}", "b"),
        ]
    return NewItem(
        ref=str(number + 1),
        title=f"{chance.choice(WHAT).capitalize()} {chance.choice(WHERE)}",
        text=f"{text} [withheld 1]" if number == 0 else text,
        withheld=["The name and address of one resident."] if number == 0 else [],
        decisions=[NewDecision(code, f"That {sentences(chance, 1)}", limbs)],
    )


def _action(
    here: World, chance: random.Random, number: int, item: Item, held_on: datetime.date
) -> None:
    cast = here.cast
    owners = [
        Owners(organisations=[cast.organisations["probation"]]),
        Owners(posts=[cast.posts["secretary"]], people=[cast.people["rowena"]]),
        Owners(organisations=[cast.organisations["police"], cast.organisations["council"]]),
        Owners(people=[cast.people["priti"]]),
    ]
    with cast.acting("dilys") as dilys:
        action = agree(
            dilys,
            body=cast.bodies["board"],
            text=f"To report back on {chance.choice(WHAT)} {chance.choice(WHERE)}",
            agreed_on=held_on,
            due=held_on + datetime.timedelta(days=30 + 7 * number),
            owners=owners[number // 2 % len(owners)] if number else Owners(),
            all_seats=number == 0,
            source=Source(
                kind="meetings.item",
                id=item.pk,
                key=item.meeting.key,
                label=f"Minute {item.ref}",
                route="meetings:detail",
            ),
        )
        if number % 6 == 2:
            actions.redate(
                dilys,
                action=action,
                due=today() + datetime.timedelta(days=number),
                reason="The figures were late.",
            )
