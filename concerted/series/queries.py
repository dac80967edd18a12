"""A series before it is made: each day with what stands in its way."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.meetings.public import (
    MeetingState,
    Rearranged,
    rearrangements_visible_to,
    visible_to,
)
from concerted.people.public import Body
from concerted.series.recurring import Place


@dataclass(frozen=True, slots=True)
class Row:
    """A day of the preview; where something is said against it, it is not ticked."""

    place: Place
    held_on: datetime.date
    against: str = ""


def preview(actor: Actor, body: Body, places: Sequence[Place]) -> list[Row]:
    """Each day of a series with a meeting that is there already, or was until it was moved.

    As far as the actor sees them; two queries however many days.
    """
    wanted = {one.held_on or one.meant for one in places} | {one.meant for one in places}
    there = set(
        visible_to(actor)
        .filter(body=body, held_on__in=wanted)
        .exclude(state=MeetingState.CANCELLED)
        .values_list("held_on", flat=True)
    )
    gone = {
        one.was_on: one
        for one in rearrangements_visible_to(actor).filter(meeting__body=body, was_on__in=wanted)
    }
    found = []
    for place in places:
        day = place.held_on or place.meant
        against = "left out" if place.held_on is None else ""
        if day in there:
            against = "this body has a meeting on this day already"
        elif line := gone.get(day) or gone.get(place.meant):
            against = (
                "the meeting of this day was cancelled"
                if line.did == Rearranged.CANCELLED
                else f"the meeting of this day was moved to {_written(line.meeting.held_on)}"
            )
        found.append(Row(place, day, against))
    return found


def _written(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
