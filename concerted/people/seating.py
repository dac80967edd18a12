"""Who sits where: seats of bodies, who is appointed to them and to posts, and until when."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.people import policies, queries
from concerted.people.appointing import tell_of_chair
from concerted.people.ending import changing_who_gets_in, one_at_a_time
from concerted.people.made_of import explained, in_turn, seen_by_both
from concerted.people.models import Appointment, Body, Organisation, Person, Post, Seat, SeatPost
from concerted.people.states import Capacity, SeatRole


@transaction.atomic
def add_seat(
    actor: Actor,
    *,
    body: Body,
    holder: Organisation | None = None,
    holder_body: Body | None = None,
    role: str = SeatRole.MEMBER,
    capacity: str = Capacity.MEMBER,
    posts: Sequence[Post] = (),
    proposed: bool = False,
    contributes: str = "",
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
    hidden: bool = False,
) -> Seat:
    """Add a seat. A hidden seat is seen only by those who see the body's papers.

    A seat held by a hidden body is seen only by those who see that body.
    """
    policies.may_change_body(actor, body).enforce()
    in_turn()
    if (holder is None) == (holder_body is None):
        raise NotAllowed("A seat is held by one organisation or by one other body.")
    if holder_body and holder_body.pk == body.pk:
        raise NotAllowed("A body cannot hold a seat on itself.")
    audience = seen_by_both(
        actor, body, holder_body, hidden=body.papers_audience_id if hidden else 0
    )
    with explained():
        seat = Seat.objects.create(
            body=body,
            holder=holder,
            holder_body=holder_body,
            role=role,
            capacity=capacity,
            proposed=proposed,
            contributes=contributes,
            starts=starts,
            ends=ends,
            audience_id=audience,
            apart=hidden,
        )
    SeatPost.objects.bulk_create(SeatPost(seat=seat, post=post) for post in posts)
    trail.note(actor, "seat.added", seat, verb=Verb.COLLECT)
    return seat


@transaction.atomic
def confirm_contribution(actor: Actor, *, seat: Seat, contributes: str, on: datetime.date) -> Seat:
    """What the holder of a seat brings to the body, confirmed for the year."""
    policies.may_confirm_contribution(actor, seat, on=on).enforce()
    seat.contributes = contributes
    seat.contributes_confirmed_on = on
    seat.save(update_fields=["contributes", "contributes_confirmed_on"])
    trail.note(actor, "seat.confirmed", seat, fields=["contributes", "contributes_confirmed_on"])
    return seat


@transaction.atomic
def appoint(
    actor: Actor,
    *,
    person: Person,
    post: Post | None = None,
    seat: Seat | None = None,
    substitute: bool = False,
    starts: datetime.date | None = None,
    ends: datetime.date | None = None,
) -> Appointment:
    """Appoint a person to a post or a seat; a substitute stands in beside whoever fills it."""
    policies.may_appoint(actor, seat).enforce()
    policies.may_take(actor, person, post).enforce()
    in_turn()
    same = Appointment.objects.filter(person=person, post=post, seat=seat, substitute=substitute)
    if same.filter(queries.between(starts, ends)).exists():
        raise NotAllowed("This person is appointed here in that time already.")
    with explained():
        appointment = Appointment.objects.create(
            person=person,
            post=post,
            seat=seat,
            substitute=substitute,
            starts=starts,
            ends=ends,
            confirmed_on=today(),
        )
    trail.note(actor, "appointment.made", appointment, verb=Verb.COLLECT)
    if queries.fills_a_chair(appointment):
        tell_of_chair()
    return appointment


@transaction.atomic
def end_appointment(
    actor: Actor,
    *,
    appointment: Appointment,
    on: datetime.date | None = None,
    at_once: bool = False,
) -> Appointment:
    """Say which day is the last of an appointment; it stays, as what was.

    What it allows lasts until the end of that day; `at_once`, which needs no day, until now. With
    the last appointment of a person all their access ends.
    """
    one_at_a_time()
    appointment.refresh_from_db(fields=["ends", "ended_at_once"])
    policies.may_end(actor, appointment, today=today()).enforce()
    appointment.ends = today() if at_once else on
    appointment.ended_at_once = at_once
    with changing_who_gets_in(actor), explained():
        appointment.save(update_fields=["ends", "ended_at_once"])
    trail.note(actor, "appointment.ended", appointment, fields=["ends"])
    return appointment


@transaction.atomic
def end_seat(
    actor: Actor, *, seat: Seat, on: datetime.date | None = None, at_once: bool = False
) -> Seat:
    """Say which day is the last of a seat. Whoever was appointed to it is so no longer after it."""
    one_at_a_time()
    seat.refresh_from_db(fields=["ends", "ended_at_once"])
    filled_by = queries.people_in(seat, day=today())
    policies.may_end_seat(actor, seat, today=today(), filled_by=filled_by).enforce()
    seat.ends = today() if at_once else on
    seat.ended_at_once = at_once
    with changing_who_gets_in(actor), explained():
        seat.save(update_fields=["ends", "ended_at_once"])
        _end_appointments_to(actor, seat)
    trail.note(actor, "seat.ended", seat, fields=["ends"])
    return seat


def _end_appointments_to(actor: Actor, seat: Seat) -> None:
    """End what outlasts a seat; what would only have begun afterwards is taken back."""
    later = Appointment.objects.filter(seat=seat).filter(Q(ends=None) | Q(ends__gt=seat.ends))
    for one in later.order_by("pk"):
        if one.starts and seat.ends and one.starts > seat.ends:
            trail.note(actor, "appointment.taken_back", one, verb=Verb.ERASE)
            one.delete()
            continue
        one.ends, one.ended_at_once = seat.ends, seat.ended_at_once
        one.save(update_fields=["ends", "ended_at_once"])
        trail.note(actor, "appointment.ended", one, fields=["ends"])
