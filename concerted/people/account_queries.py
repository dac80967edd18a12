"""Reads of accounts, invitations, requests for help, and appointments that wait for a word."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from concerted.access import directories
from concerted.access.actor import Actor
from concerted.access.models import Account, Directory
from concerted.kernel.clock import now, today
from concerted.people import policies
from concerted.people.models import Appointment, Invitation, Organisation, Person, Recovery, Seat
from concerted.people.quarters import asked_from, last_day, notice_on
from concerted.people.queries import (
    appointments_visible_to,
    on,
    organisations_visible_to,
    people_visible_to,
    seats_visible_to,
)
from concerted.people.states import SeatRole

RECOVERY_LASTS = datetime.timedelta(days=3)
SPEAK_FOR_IT = (SeatRole.MEMBER, SeatRole.CHAIR, SeatRole.VICE_CHAIR)


def people_with_account(actor: Actor) -> QuerySet[Person]:
    """Everybody whom the actor may see and who has an account, with it."""
    return people_visible_to(actor).filter(account__isnull=False).select_related("account")


def people_to_invite(actor: Actor) -> QuerySet[Person]:
    """Everybody whom the actor may see and who has no account."""
    return people_visible_to(actor).filter(account=None)


def held_by(actor: Actor, people: list[int], *, day: datetime.date) -> dict[int, list[Appointment]]:
    """What each of these persons holds on a day, as far as the actor may see it."""
    found: dict[int, list[Appointment]] = defaultdict(list)
    rows = appointments_visible_to(actor).filter(on(day), person_id__in=people)
    for one in rows.order_by("substitute", "id"):
        found[one.person_id].append(one)
    return found


def organisations_held_through(actor: Actor, person: Person) -> set[int]:
    """The ids of the organisations by whose posts and seats somebody holds anything, now or later.

    As far as the actor sees, and without those whose access is stopped.
    """
    rows = appointments_visible_to(actor).filter(
        Q(ends=None) | Q(ends__gte=today()), person=person, ended_at_once=False
    )
    held = {holder for one in rows if (holder := policies.holder_of(one))}
    let_in = organisations_visible_to(actor).filter(pk__in=held, stopped_on=None)
    return set(let_in.values_list("pk", flat=True))


def directories_seen(actor: Actor) -> QuerySet[Directory]:
    """The open directories of organisations that the actor sees and whose access is not stopped."""
    let_in = organisations_visible_to(actor).filter(stopped_on=None)
    return directories.open_ones().filter(organisation_id__in=let_in.values("pk"))


def directories_of(actor: Actor, person: Person) -> list[Directory]:
    """The open directories of a person's organisations, by name."""
    seen = directories_seen(actor)
    return list(seen.filter(organisation_id__in=organisations_held_through(actor, person)))


def directories_through(people: Sequence[Person]) -> dict[int, list[str]]:
    """The names of the directories through which each account of these persons comes in."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in directories.identities_of([one.account_id for one in people if one.account_id]):
        found[one.account_id].append(one.directory.label)
    return found


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        audience_id__in=actor.audience_ids, person__audience_id__in=actor.audience_ids
    ).select_related("person", "link", "directory")


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation and how it stands, in a word."""

    invitation: Invitation
    state: str
    may_withdraw: bool
    may_send_anew: bool


def invitation_lines(actor: Actor) -> list[InvitationLine]:
    """The invitations that led to no account yet, and those of the last 30 days that did."""
    recent = now() - datetime.timedelta(days=30)
    rows = invitations_visible_to(actor).filter(Q(link__used_at=None) | Q(link__used_at__gt=recent))
    return [_line(one) for one in rows]


def _line(invitation: Invitation) -> InvitationLine:
    state = state_of(invitation)
    without = invitation.person.account_id is None
    return InvitationLine(
        invitation,
        state,
        may_withdraw=state == "Sent",
        may_send_anew=without and state in ("Sent", "Expired", "Withdrawn"),
    )


def state_of(invitation: Invitation) -> str:
    link = invitation.link
    if link.used_at:
        return "Used"
    if link.withdrawn_at:
        return "Withdrawn"
    return "Sent" if link.works(at=now()) else "Expired"


def recoveries_visible_to(actor: Actor) -> QuerySet[Recovery]:
    """Requests of the last days that nobody settled, of persons whom the actor may see."""
    return (
        Recovery.objects.filter(
            account__person__audience_id__in=actor.audience_ids,
            second_by=None,
            refused_by=None,
            asked_at__gt=now() - RECOVERY_LASTS,
        )
        .exclude(account_id=actor.account_id)
        .select_related("account__person")
    )


def organisations_confirmed_by(actor: Actor, *, day: datetime.date) -> QuerySet[Organisation]:
    """The organisations for which the actor confirms: named for it, or in one of its seats."""
    direct = Appointment.objects.filter(on(day), person_id=actor.person_id, seat__isnull=False)
    seats = Seat.objects.filter(on(day), role__in=SPEAK_FOR_IT, proposed=False).filter(
        Q(pk__in=direct.filter(substitute=False).values("seat_id"))
        | Q(filled_by__post_id__in=actor.post_ids)
    )
    seats = seats.filter(pk__in=seats_visible_to(actor).values("pk"))
    return organisations_visible_to(actor).filter(
        Q(confirmer_id=actor.person_id)
        | Q(confirmer=None, pk__in=seats.filter(holder__isnull=False).values("holder_id"))
    )


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """An appointment, until when it holds unconfirmed, and whether it waits for a word now."""

    appointment: Appointment
    organisation: str
    ends: datetime.date
    waits: bool
    lapsed: bool


def to_confirm(actor: Actor, *, day: datetime.date) -> list[ToConfirm]:
    """The appointments that the actor may confirm, those that lapse soonest first.

    Those that lapsed in the last 30 days stand among them, so that whoever is right is appointed
    again.
    """
    confirms = set(organisations_confirmed_by(actor, day=day).values_list("pk", flat=True))
    recent = day - datetime.timedelta(days=30)
    rows = appointments_visible_to(actor).filter(Q(ends=None) | Q(ends__gt=recent))
    found = []
    rows = rows.exclude(starts__gt=day).select_related("person__account")
    for one in rows.order_by("person__name", "id"):
        if not policies.may_confirm(actor, one, for_organisations=confirms):
            continue
        ends = last_day(one.confirmed_on, one.noticed_on or notice_on(one.confirmed_on))
        over = one.ends is not None and one.ends < day
        lapsed = over and one.noticed_on is not None and one.ends == ends
        if over and not lapsed:
            continue
        found.append(
            ToConfirm(
                one,
                _organisation_of(one),
                ends,
                waits=not over and asked_from(one.confirmed_on) <= day,
                lapsed=lapsed,
            )
        )
    return sorted(found, key=lambda line: (line.lapsed, not line.waits, line.ends))


def _organisation_of(appointment: Appointment) -> str:
    if appointment.post:
        return appointment.post.organisation.name
    seat = appointment.seat
    return str(seat.holder or seat.holder_body) if seat else ""


def held_through(
    actor: Actor, organisation: Organisation, *, day: datetime.date
) -> list[Appointment]:
    """What people hold on a day by the posts and seats of an organisation."""
    through = (
        Q(post__organisation=organisation)
        | Q(seat__holder=organisation)
        | Q(post__seats__seat__in=seats_visible_to(actor).filter(holder=organisation).values("pk"))
    )
    return list(appointments_visible_to(actor).filter(on(day), through).distinct())


ALL_OF_IT = (
    "Whoever then holds no post and no seat is signed out everywhere: their links stop working, "
    "mail that waits for them is not sent, work under way stops, and finished exports go."
)


def what_ends(actor: Actor, ending: Sequence[Appointment], *, day: datetime.date) -> list[str]:
    """What ends with these appointments, as far as the actor sees what else the persons hold."""
    people = list(dict.fromkeys(one.person_id for one in ending))
    also = held_by(actor, people, day=day)
    gone = {one.pk for one in ending}
    lines = []
    for pk in people:
        name = next(one.person.name for one in ending if one.person_id == pk)
        kept = [_in_words(one) for one in also[pk] if one.pk not in gone]
        if kept:
            lines.append(f"{name} keeps, as far as you see: {'; '.join(kept)}.")
        else:
            lines.append(f"You see nothing else that {name} holds.")
    return [*lines, ALL_OF_IT]


def _in_words(appointment: Appointment) -> str:
    if appointment.post:
        return f"{appointment.post.title}, {appointment.post.organisation}"
    return f"the seat of {appointment.seat}"


def whom_to_ask() -> list[str]:
    """The mailboxes of the partnership's manager, for somebody to whom nothing is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_whom_to_ask()")
        return list(cursor.fetchone()[0])


def account_of(email: str) -> Account | None:
    """The open account that signs in with an address."""
    return Account.objects.filter(email=email.strip().lower(), is_active=True).first()
