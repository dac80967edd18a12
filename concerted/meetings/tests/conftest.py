"""Meetings on record, and what came of them, for the stories of this package."""

import datetime

import pytest

from concerted.actions.public import Owners, Source, agree
from concerted.meetings import services
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting, NewName

DAY = datetime.date(2026, 6, 16)


def decided(code="noted", text="the report be noted", **more):
    return NewDecision(code, text, [NewLimb(code, text)], **more)


def item(title="Canal Walk", *decisions, **more):
    return NewItem(
        **({"ref": "1", "title": title, "text": "Members spoke.", "decisions": decisions} | more)
    )


@pytest.fixture
def recorded(cast):
    """Put minutes of a body on record, as the secretary of all of them."""

    def record(*items, body="board", on=DAY, state="received", who="dilys", **more):
        names = [
            NewName("present", "Rowena Thackley", "Marlbeck Borough Council", "Chair"),
            NewName("apologies", "Tobias Wren", "Probation Service"),
        ]
        minutes = NewMeeting(
            **(
                {
                    "body": cast.bodies[body],
                    "held_on": on,
                    "state": state,
                    "items": items or [item("Canal Walk", decided())],
                    "attendance": names,
                }
                | more
            )
        )
        with cast.acting(who) as actor:
            meeting, _ = services.record(actor, minutes=minutes)
        return meeting

    return record


@pytest.fixture
def followed(cast):
    """An action that came of the first item of a meeting."""

    def add(meeting, text="Survey the lighting", *, owner="probation", **more):
        with cast.acting("dilys") as dilys:
            first = meeting.items.order_by("position").first()
            return agree(
                dilys,
                body=meeting.body,
                text=text,
                agreed_on=meeting.held_on,
                source=Source(
                    "meetings.item", first.pk, meeting.key, "minute 1", "meetings:detail"
                ),
                owners=Owners(organisations=[cast.organisations[owner]]),
                **more,
            )

    return add
