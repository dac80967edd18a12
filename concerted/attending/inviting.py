"""Invitations: what is due is reckoned from what was sent, shown as it would go, and sent once."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.attending import letters, policies, queries
from concerted.attending.calendars import Entry, Party, method_of, request
from concerted.attending.models import Invitation, Invited
from concerted.attending.queries import Expected
from concerted.attending.states import Gets, Method
from concerted.attending.times import begins
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import (
    Meeting,
    MeetingState,
    held_in_turn,
    rearrangements_visible_to,
    visible_to,
)
from concerted.notices.public import (
    LINK,
    Attached,
    Composed,
    Mail,
    composes,
    make_link,
    outstanding,
    queue_mail,
    withdraw,
)
from concerted.people.public import (
    Person,
    acting_as,
    holding,
    posts_held_by,
    role_mailbox,
    the_partnership,
)
from concerted.reading.files.calendar_answer import CalendarAnswer
from concerted.ui.words import clock, weekday

PURPOSE = "attending:reply_link"
CHANGED = "What this says, or whom it goes to, has changed since you looked. Look at it again."
OF_ANOTHER = (
    "This e-mail answers the invitation to another meeting. Open the page of that meeting, or note "
    "the answer by hand."
)
FROM_NOBODY = (
    "Nobody who was invited to this meeting and is expected has the address that this e-mail is "
    "from. Note the answer by hand."
)
FROM_SEVERAL = (
    "Several seats are reached at the address that this e-mail is from. Note by hand for which of "
    "them it answers."
)
# Before that nobody asks why a meeting without an agenda was not announced.
SOON = datetime.timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Reader:
    """One of those expected, and how they are reached: by their account or a role mailbox."""

    person: Person
    gets: Gets
    mailbox: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """An invitation as it would go now; `looked_at` names exactly this to exactly these people."""

    meeting: Meeting
    method: Method
    sequence: int
    again: bool
    readers: Sequence[Reader]

    @property
    def reached(self) -> Sequence[Reader]:
        return [one for one in self.readers if one.gets in (Gets.ACCOUNT, Gets.MAILBOX)]

    @property
    def words(self) -> str:
        if self.method == Method.CANCEL:
            return "Cancelled: not told yet"
        if self.again:
            return "To those who were not invited yet"
        return "Moved or changed: not told yet" if self.sequence else "Not sent yet"

    @property
    def looked_at(self) -> str:
        parts = [self.meeting.key, self.method, str(self.sequence), standing_of(self.meeting)]
        parts += [f"{one.person.key} {one.gets} {one.mailbox}" for one in self.readers]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def standing_of(meeting: Meeting) -> str:
    """When, where and how long, so that what was sent can be told from what is."""
    return f"{meeting.standing} / {meeting.length_minutes or '-'}"[:400]


def due(actor: Actor, meeting: Meeting) -> Due | None:
    """What is to be sent about a meeting now; None where everybody expected knows it as it is."""
    if meeting.state not in (MeetingState.PLANNED, MeetingState.CANCELLED):
        return None
    if now() >= begins(meeting.held_on, meeting.starts_at):
        return None
    last = last_of(actor, meeting)
    cancelled = meeting.state == MeetingState.CANCELLED
    if cancelled and (last is None or last.method == Method.CANCEL):
        return None
    changed = last is None or cancelled or last.standing != standing_of(meeting)
    told = set() if changed or last is None else set(_told(actor, last))
    everybody = _told_before(actor, meeting) if cancelled else _expected(actor, meeting)
    readers = [_reader(actor, meeting, one) for one in everybody if one.pk not in told]
    readers = [one for one in readers if one.gets != Gets.UNSEEN]
    if not changed and not any(one.gets != Gets.NO_ADDRESS for one in readers):
        return None
    moves = rearrangements_visible_to(actor).filter(meeting=meeting).count()
    if last is None:
        sequence = moves
    else:
        sequence = max(moves, last.sequence + 1) if changed else last.sequence
    method = Method.CANCEL if cancelled else Method.REQUEST
    return Due(meeting, method, sequence, not changed, readers)


def last_of(actor: Actor, meeting: Meeting) -> Invitation | None:
    rows = Invitation.objects.filter(audience_id__in=actor.audience_ids, meeting=meeting)
    return rows.select_related("sent_by").order_by("-sequence").first()


def _told(actor: Actor, invitation: Invitation) -> list[int]:
    rows = Invited.objects.filter(audience_id__in=actor.audience_ids, invitation=invitation)
    return list(rows.values_list("person_id", flat=True))


def _expected(actor: Actor, meeting: Meeting) -> list[Person]:
    """Everybody who fills a seat, each once."""
    found = {one.pk: one for line in queries.expected(actor, meeting) for one in line.people}
    return list(found.values())


def _told_before(actor: Actor, meeting: Meeting) -> list[Person]:
    rows = Invited.objects.filter(
        audience_id__in=actor.audience_ids, invitation__meeting=meeting
    ).select_related("person__account")
    return list({one.person_id: one.person for one in rows.order_by("id")}.values())


def seat_of_answer(actor: Actor, meeting: Meeting, answer: CalendarAnswer) -> Expected:
    """The seat that an answer from a calendar is for, by where its invitation went.

    Raises NotAllowed, with what to do instead, where that is not one seat alone.
    """
    if answer.uid != uid_of(meeting, _partnership(actor)):
        raise NotAllowed(OF_ANOTHER)
    invited = {one.pk for one in _told_before(actor, meeting)}
    found = [
        line
        for line in queries.expected(actor, meeting)
        for one in line.people
        if one.pk in invited and _mailbox(_reader(actor, meeting, one)) == answer.address
    ]
    if len(found) != 1:
        raise NotAllowed(FROM_SEVERAL if found else FROM_NOBODY)
    return found[0]


def _mailbox(reader: Reader) -> str:
    account = reader.person.account
    own = account.email if account is not None and reader.gets == Gets.ACCOUNT else reader.mailbox
    return own.lower()


def _reader(actor: Actor, meeting: Meeting, person: Person) -> Reader:
    """How somebody is reached; who may not see the meeting is not expected as far as they know."""
    account = person.account
    if account is not None and account.is_active:
        with acting_as(account) as theirs:
            seen = visible_to(theirs).filter(pk=meeting.pk).exists()
        return Reader(person, Gets.ACCOUNT if seen else Gets.UNSEEN)
    if meeting.restricted:
        # Of something restricted it is not said who else might have heard of it.
        return Reader(person, Gets.UNSEEN)
    for post in posts_held_by(actor, [person.pk], day=today())[person.pk]:
        if post.role_mailbox:
            return Reader(person, Gets.MAILBOX, post.role_mailbox)
    return Reader(person, Gets.NO_ADDRESS)


def waiting(actor: Actor) -> list[Due]:
    """What waits for the actor to send it: changes of what was announced, and what comes soon."""
    ahead = (
        visible_to(actor)
        .filter(held_on__gte=today(), state__in=[MeetingState.PLANNED, MeetingState.CANCELLED])
        .order_by("held_on", "id")
    )
    announced = Invitation.objects.filter(audience_id__in=actor.audience_ids).values("meeting_id")
    known = set(announced.values_list("meeting_id", flat=True))
    found = []
    for one in ahead:
        near = one.agenda_issue > 0 or one.held_on <= today() + SOON
        if (near or one.pk in known) and policies.may_invite(actor, one.body):
            there = due(actor, one)
            if there and there.reached:
                found.append(there)
    return found


@transaction.atomic
def send(actor: Actor, *, meeting: Meeting, looked_at: str) -> Due:
    """Send an invitation exactly as it was looked at. Raises NotAllowed where it has changed."""
    actor, held = held_in_turn(actor, meeting)
    policies.may_invite(actor, held.body).enforce()
    as_it_is = due(actor, held)
    if as_it_is is None or as_it_is.looked_at != looked_at:
        raise NotAllowed(CHANGED)
    if not as_it_is.reached:
        raise NotAllowed("There is nobody whom this would reach.")
    invitation = last_of(actor, held) if as_it_is.again else None
    if invitation is None:
        invitation = Invitation.objects.create(
            meeting=held,
            method=as_it_is.method,
            sequence=as_it_is.sequence,
            standing=standing_of(held),
            sent_by_id=actor.person_id,
            audience_id=held.audience_id,
        )
    for reader in as_it_is.reached:
        _invite(invitation, held, reader)
    trail.note(actor, "invitation.sent", invitation, verb=Verb.DISCLOSE)
    return as_it_is


def _invite(invitation: Invitation, meeting: Meeting, reader: Reader) -> None:
    person = reader.person
    account = person.account if reader.gets == Gets.ACCOUNT else None
    before = Invited.objects.filter(invitation__meeting=meeting, person=person).values("link")
    for old in outstanding(purpose=PURPOSE, reference=meeting.key).filter(pk__in=before):
        withdraw(old, why="The meeting was changed since.")
    link = None
    if not meeting.restricted:
        until = begins(meeting.held_on, meeting.starts_at)
        link = make_link(
            purpose=PURPOSE,
            reference=meeting.key,
            lasts=until - now(),
            account=account,
            opens=meeting.audience_id,
        )
    invited = Invited.objects.create(
        invitation=invitation, person=person, link=link, audience_id=invitation.audience_id
    )
    queue_mail(
        kind=letters.KIND,
        about=invited.key,
        account=account,
        address="" if account else reader.mailbox,
        link=link,
        once=f"invited {invited.key}",
    )


@composes(letters.KIND)
def mail(of: Mail) -> Composed | None:
    """One invitation, as its reader; None where by now it says what is no longer so."""
    if of.account:
        with acting_as(of.account) as reader:
            return _composed(reader, of, of.account.email)
    if of.link:
        with holding(of.link) as reader:
            return _composed(reader, of, of.address)
    return None


def _composed(reader: Actor, of: Mail, to: str) -> Composed | None:
    invited = (
        Invited.objects.filter(audience_id__in=reader.audience_ids, key=of.about)
        .select_related("invitation", "person")
        .first()
    )
    if invited is None:
        return None
    invitation = invited.invitation
    meeting = visible_to(reader).filter(pk=invitation.meeting_id).first()
    if meeting is None or invitation.standing != standing_of(meeting):
        return None
    cancelled = invitation.method == Method.CANCEL
    if cancelled != (meeting.state == MeetingState.CANCELLED):
        return None
    restricted = meeting.restricted
    mailbox = role_mailbox(reader, None if restricted else meeting.body, day=today())
    organiser = Party(
        "Concerted" if restricted else meeting.body.name, mailbox or settings.DEFAULT_FROM_EMAIL
    )
    guest = Party(invited.person.name, to)
    # Now: the calendar is made when the link is known, and nothing is open then any more.
    partnership = _partnership(reader)

    def attached(address: str) -> Attached:
        entry = entry_of(
            meeting,
            partnership,
            sequence=invitation.sequence,
            stamp=invitation.sent_at,
            answer="" if cancelled else address,
        )
        return Attached(request(entry, organiser, guest), method_of(entry))

    subject, text = _words(meeting, cancelled=cancelled)
    return Composed(subject, text + letters.FOOT, reply_to=mailbox, calendar=attached)


def _words(meeting: Meeting, *, cancelled: bool) -> tuple[str, str]:
    home = settings.ADDRESS + reverse("desk:home")
    if meeting.restricted:
        text = letters.RESTRICTED_CANCELLED if cancelled else letters.RESTRICTED
        return letters.RESTRICTED_SUBJECT, text.format(home=home)
    said = {
        "body": meeting.body.name,
        "day": weekday(meeting.held_on),
        "when": when_of(meeting),
        "href": settings.ADDRESS + meeting.get_absolute_url(),
        "link": LINK,
    }
    if cancelled:
        return letters.CANCELLED_SUBJECT.format(**said), letters.CANCELLED.format(**said)
    return letters.SUBJECT.format(**said), letters.INVITED.format(**said)


def when_of(meeting: Meeting) -> str:
    """Tuesday 2 February 2027, 2pm, Town Hall."""
    parts = [weekday(meeting.held_on), clock(meeting.starts_at), meeting.venue]
    return ", ".join(one for one in parts if one)


def _partnership(reader: Actor) -> str:
    found = the_partnership(reader)
    return found.key if found else ""


def uid_of(meeting: Meeting, partnership: str) -> str:
    """What every calendar knows a meeting by, however often it is moved."""
    return f"{meeting.key}-{partnership}"


def entry_of(
    meeting: Meeting, partnership: str, *, sequence: int, stamp: datetime.datetime, answer: str = ""
) -> Entry:
    """A meeting for a calendar; a restricted one is “Meeting” with its time and nothing else."""
    told = not meeting.restricted
    href = settings.ADDRESS + meeting.get_absolute_url()
    words = f"Say whether you come: {answer}" if answer else ""
    return Entry(
        uid=uid_of(meeting, partnership),
        title=meeting.body.name if told else "Meeting",
        day=meeting.held_on,
        at=meeting.starts_at,
        minutes=meeting.length_minutes,
        sequence=sequence,
        stamp=stamp,
        place=meeting.venue if told else "",
        words=words if told else "",
        href=href if told else "",
        cancelled=meeting.state == MeetingState.CANCELLED,
    )
