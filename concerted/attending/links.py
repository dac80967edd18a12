"""Answering by the link in an invitation, without an account, as often as one likes.

Never for what is restricted. The link is asked anew each time: it dies when the meeting begins,
moves or is cancelled or restricted, and when whom it was sent to fills no seat on that day.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from concerted.access.actor import SYSTEM, Actor
from concerted.attending import policies, queries
from concerted.attending.inviting import PURPOSE, standing_of
from concerted.attending.models import Invited, Reply
from concerted.attending.queries import Expected
from concerted.attending.services import Said, answered
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, visible_to
from concerted.notices.public import GONE, OneTimeLink, working
from concerted.people.public import Person, holding


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of a link shows: whom it asks, of which meeting, for which seats."""

    meeting: Meeting
    person: Person
    seats: Sequence[Expected]


@transaction.atomic
def looked_at(token: str) -> Asked | None:
    """What a link asks, as long as it works; looking changes nothing."""
    with _holding(token) as held:
        return held[1] if held else None


@transaction.atomic
def reply(token: str, *, seat_key: str, said: Said) -> Reply:
    """Answer by a link. Raises NotAllowed."""
    with _holding(token) as held:
        if held is None:
            raise NotAllowed(GONE)
        asked = held[1]
        line = next((one for one in asked.seats if one.seat.key == seat_key), None)
        if line is None:
            raise NotAllowed("Choose the seat that you answer for.")
        return answered(
            SYSTEM, asked.meeting, line, said, by_id=asked.person.pk, what="reply.by_link"
        )


@contextmanager
def _holding(token: str) -> Iterator[tuple[Actor, Asked] | None]:
    link = working(token, purpose=PURPOSE)
    if link is None:
        yield None
        return
    with holding(link) as reader:
        asked = _alive(reader, link)
        yield (reader, asked) if asked else None


def _alive(reader: Actor, link: OneTimeLink) -> Asked | None:
    """What a link is for, if the meeting is still as it was announced, and open to its readers."""
    opens = link.opens_id or 0
    invited = (
        Invited.objects.filter(link=link, audience_id=opens)
        .select_related("invitation", "person")
        .first()
    )
    Meeting.objects.select_for_update(of=["self"]).filter(key=link.reference).first()
    meeting = (
        visible_to(reader)
        .filter(
            key=link.reference,
            audience_id=opens,
            body__papers_audience_id=opens,
            body__audience_id=reader.everyone_audience_id,
        )
        .first()
    )
    if invited is None or meeting is None:
        return None
    if invited.invitation.standing != standing_of(meeting):
        return None
    if not policies.may_reply(reader, meeting, own=True, at=now()):
        return None
    mine = [one for one in queries.expected(reader, meeting) if one.filled_by(invited.person_id)]
    return Asked(meeting, invited.person, mine) if mine else None
