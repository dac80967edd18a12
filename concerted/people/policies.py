"""Who may change what the partnership is made of. Facts in, Verdict out."""

import datetime
from collections.abc import Sequence

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.models import Appointment, Body, Person, Post, Seat


def may_add_body(actor: Actor) -> Verdict:
    """Secretaries meet new groups in the minutes before anybody else does."""
    if actor.holds(Permission.BODY_ADD):
        return YES
    return no("Only a secretary or the partnership manager can add a body.")


def may_change_body(actor: Actor, body: Body) -> Verdict:
    """A body, its seats and the lines that lead from it are kept by those who run it."""
    if actor.holds(Permission.BODY_CHANGE, body_id=body.pk):
        return YES
    return no("Only this body’s secretary or the partnership manager can change it or its seats.")


def may_change_kinds(actor: Actor) -> Verdict:
    """The kinds of body are one list for all bodies."""
    if Permission.BODY_ADD in actor.everywhere:
        return YES
    return no("Only the partnership’s own secretary or manager can change the kinds of body.")


def may_add_organisation(actor: Actor) -> Verdict:
    """Organisations are added and changed by those who keep the records."""
    return _keeps_records(actor, "organisations")


def may_add_person(actor: Actor) -> Verdict:
    """Knowing a person opens nothing to them: access comes with an appointment."""
    return _keeps_records(actor, "people")


def may_join(actor: Actor) -> Verdict:
    """Saying that two records are of one person moves what people will read of them."""
    if actor.holds(Permission.BODY_ADD):
        return YES
    return no("Only a secretary or the partnership manager can say that two people are one.")


def may_join_these(
    actor: Actor, stays: Person, other: Person, *, appointments: Sequence[Appointment]
) -> Verdict:
    """`appointments` are those of the other record that would move: access rests on them."""
    if stays.pk == other.pk:
        return no("These are one record already. Choose two.")
    if stays.account_id and other.account_id:
        return no("Both have accounts, so they stay apart: an administrator closes one first.")
    if other.account_id:
        return no(f"{other.name} has an account. Choose that record as the one that stays.")
    if actor.person_id in (stays.pk, other.pk):
        return no("Nobody says this of themselves. Ask another secretary or the manager.")
    for one in appointments:
        if stays.account_id and not may_appoint(actor, one.seat):
            return no(
                "The other record holds posts or seats, and this would open them to the account. "
                "Only the partnership manager can do that."
            )
    return YES


def may_add_district(actor: Actor) -> Verdict:
    return _keeps_records(actor, "districts")


def may_define_area(actor: Actor) -> Verdict:
    """Areas are the partnership's own, and defined once for all."""
    return _keeps_records(actor, "areas")


def may_add_post(actor: Actor, *, support: str = "") -> Verdict:
    """A support post opens papers to whoever holds it, so it takes more than another post."""
    if support and not actor.holds(Permission.APPOINTMENT_MAKE):
        return no("Only the partnership manager can add a post that supports bodies.")
    return _keeps_records(actor, "posts")


def _keeps_records(actor: Actor, things: str) -> Verdict:
    if actor.holds(Permission.ORGANISATION_CHANGE):
        return YES
    return no(
        f"Only a secretary, the partnership manager or an administrator can add or change {things}."
    )


def may_appoint(actor: Actor, seat: Seat | None = None) -> Verdict:
    """All access rests on appointments, so the few who make them are named.

    The manager may not see a hidden body at all: its own secretary fills its seats.
    """
    if actor.holds(Permission.APPOINTMENT_MAKE, body_id=seat.body_id if seat else None):
        return YES
    if seat and seat.body.hidden and may_change_body(actor, seat.body):
        return YES
    return no("Only the partnership manager can appoint people to seats and posts.")


def may_take(actor: Actor, person: Person, post: Post | None) -> Verdict:
    """Nobody opens more papers to themselves: a support post reads those of its bodies."""
    if post and post.support and person.pk == actor.person_id:
        return no("Nobody appoints themselves to a post that supports bodies.")
    return YES


def may_end(actor: Actor, appointment: Appointment, *, today: datetime.date) -> Verdict:
    """An appointment that is over stays as it was: the past is not changed."""
    verdict = may_appoint(actor, appointment.seat)
    if verdict and appointment.ends and appointment.ends < today:
        return no("This appointment has ended already.")
    return verdict


def may_confirm_contribution(actor: Actor, seat: Seat, *, on: datetime.date) -> Verdict:
    """What a seat contributes is said by the organisation or the body that holds it."""
    holds_it = (
        seat.holder_id in actor.organisation_ids or seat.holder_body_id in actor.seated_body_ids
    )
    if not holds_it and not may_change_body(actor, seat.body):
        return no("Only the holder of this seat or the body’s secretary can say what it brings.")
    if seat.proposed:
        return no("This seat is only proposed. What it brings is confirmed once it is taken up.")
    if seat.ends and seat.ends < on:
        return no("This seat has ended.")
    return YES


def may_see_readers(actor: Actor, body: Body, *, owner_id: int | None = None) -> Verdict:
    """Who read a restricted thing is for those it came from: `owner_id` is their organisation."""
    if owner_id in actor.organisation_ids:
        return YES
    if actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk):
        return YES
    return no(
        "Only the organisation that this came from and the body’s secretary can see who read it."
    )
