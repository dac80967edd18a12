"""Calendars that a device asks for again and again: made, taken back, and what they hold."""

import datetime
import secrets
from collections import Counter

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.attending import calendars
from concerted.attending.inviting import entry_of
from concerted.attending.models import Feed
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import (
    Meeting,
    MeetingState,
    rearrangements_visible_to,
    visible_to,
)
from concerted.notices.public import hash_of
from concerted.people.public import Body, acting_as, bodies_visible_to, the_partnership

BACK = datetime.timedelta(days=366)
MOST = 20


def of(actor: Actor) -> QuerySet[Feed]:
    """The calendars of one’s own account."""
    return Feed.objects.filter(account_id=actor.account_id)


@transaction.atomic
def make(actor: Actor, *, name: str, body: Body | None) -> tuple[Feed, str]:
    """A calendar for one device, and the token of its address, which is shown this once."""
    if body and not bodies_visible_to(actor).filter(pk=body.pk).exists():
        raise Http404
    if of(actor).count() >= MOST:
        raise NotAllowed("You have 20 calendars. Take back one that you no longer use first.")
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        account_id=actor.account_id, body=body, name=name.strip(), token_hash=hash_of(token)
    )
    trail.note(actor, "feed.made", feed, verb=Verb.DISCLOSE)
    return feed, token


@transaction.atomic
def take_back(actor: Actor, *, key: str) -> None:
    """End a calendar of one’s own: its address works no longer, at once."""
    feed = of(actor).filter(key=key).first()
    if feed is None:
        raise Http404
    trail.note(actor, "feed.revoked", feed)
    feed.delete()


def end_all_of(account: Account) -> int:
    """End all calendars of an account whose access ends."""
    return Feed.objects.filter(account=account).delete()[0]


@transaction.atomic
def read(token: str) -> bytes | None:
    """What a device gets, as its owner may see it now; None where the address leads nowhere."""
    feed = Feed.objects.select_related("account").filter(token_hash=hash_of(token)).first()
    if feed is None or not feed.account.is_active:
        return None
    with acting_as(feed.account) as actor:
        if not actor.appointed:
            return None
        body = bodies_visible_to(actor).filter(pk=feed.body_id).first() if feed.body_id else None
        if feed.body_id and body is None:
            return None
        if feed.last_used != today():
            Feed.objects.filter(pk=feed.pk).update(last_used=today())
        return _calendar(actor, body)


def _calendar(actor: Actor, body: Body | None) -> bytes:
    partnership = the_partnership(actor)
    key = partnership.key if partnership else ""
    moment = now()
    meetings = list(_meetings(actor, body))
    rows = rearrangements_visible_to(actor).filter(meeting__in=meetings)
    moves = Counter(rows.values_list("meeting_id", flat=True))
    entries = [entry_of(one, key, sequence=moves[one.pk], stamp=moment) for one in meetings]
    return calendars.feed(body.name if body else "Meetings", entries)


def _meetings(actor: Actor, body: Body | None) -> QuerySet[Meeting]:
    """Those of a body, or of all that somebody sits on; who sits on none has all they see."""
    meetings = (
        visible_to(actor)
        .filter(held_on__gte=today() - BACK)
        .exclude(state=MeetingState.CANCELLED, held_on__lt=today())
        .order_by("held_on", "id")
    )
    if body:
        return meetings.filter(body=body)
    if actor.seated_body_ids:
        return meetings.filter(body__in=actor.seated_body_ids)
    return meetings
