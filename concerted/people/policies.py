"""Who may change what the partnership is made of. Facts in, Verdict out."""

import datetime
from collections.abc import Collection, Sequence

from concerted.access.actor import Actor
from concerted.access.models import Directory
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.models import (
    Appointment,
    Body,
    Organisation,
    Person,
    Post,
    Recovery,
    Seat,
)


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

    The manager does not see a body that was hidden when it was added: its own secretary fills its
    seats. Of one that was hidden later the manager reads the papers, and appoints as before.
    """
    if actor.holds(Permission.APPOINTMENT_MAKE, body_id=seat.body_id if seat else None):
        return YES
    if seat and seat.body.hidden and seat.body.private and may_change_body(actor, seat.body):
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
    if not verdict:
        return verdict
    if appointment.ended_at_once or (appointment.ends and appointment.ends < today):
        return no("This appointment has ended already.")
    if appointment.person_id == actor.person_id:
        return no("Nobody ends an appointment of their own. Ask somebody else who appoints people.")
    return YES


def may_end_seat(
    actor: Actor, seat: Seat, *, today: datetime.date, filled_by: Sequence[int]
) -> Verdict:
    """`filled_by` are the ids of the persons in the seat, whose access through it ends too."""
    verdict = may_change_body(actor, seat.body)
    if not verdict:
        return verdict
    if seat.ended_at_once or (seat.ends and seat.ends < today):
        return no("This seat has ended already.")
    if actor.person_id in filled_by:
        return no("Nobody ends a seat that they fill themselves. Ask somebody else who keeps it.")
    if filled_by and not may_appoint(actor, seat):
        return no("Somebody fills this seat. Only the partnership manager can end it.")
    return YES


def may_stop(actor: Actor, organisation: Organisation) -> Verdict:
    """One switch for all posts and seats of an organisation, so it is the manager's."""
    if Permission.APPOINTMENT_MAKE not in actor.everywhere:
        return no("Only the partnership manager can stop the access of an organisation.")
    if organisation.stopped_on:
        return no("The access of this organisation is stopped already.")
    if organisation.pk in actor.organisation_ids:
        return no("Your own access rests on this organisation. Ask another partnership manager.")
    return YES


def may_let_in(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever may stop the access of an organisation may let it in again."""
    if Permission.APPOINTMENT_MAKE not in actor.everywhere:
        return no("Only the partnership manager can let an organisation in again.")
    if not organisation.stopped_on:
        return no("The access of this organisation is not stopped.")
    return YES


def may_name_confirmer(actor: Actor) -> Verdict:
    """Who speaks for an organisation when its appointments are confirmed."""
    if Permission.APPOINTMENT_MAKE in actor.everywhere:
        return YES
    return no("Only the partnership manager can say who confirms for an organisation.")


def may_confirm(
    actor: Actor, appointment: Appointment, *, for_organisations: Collection[int]
) -> Verdict:
    """That somebody still holds a post or seat is said by their organisation, or who appoints.

    `for_organisations` are those for which the actor confirms. Nobody confirms themselves.
    """
    if appointment.person_id == actor.person_id:
        return no("Nobody confirms an appointment of their own.")
    organisation = holder_of(appointment)
    if organisation in for_organisations or may_appoint(actor, appointment.seat):
        return YES
    return no("Only the organisation’s own confirmer or the partnership manager can confirm this.")


def holder_of(appointment: Appointment) -> int | None:
    """The id of the organisation that a post or seat belongs to; a body's seat has none."""
    if appointment.post:
        return appointment.post.organisation_id
    return appointment.seat.holder_id if appointment.seat else None


def may_keep_accounts(actor: Actor) -> Verdict:
    """An account opens nothing without an appointment; keeping them reads no papers."""
    if Permission.ACCOUNT_KEEP in actor.everywhere:
        return YES
    return no("Only the partnership manager or an administrator can keep accounts.")


def may_invite(actor: Actor, person: Person, *, holds: bool) -> Verdict:
    """`holds` says whether the person has a post or seat, today or later.

    An administrator, who reads no papers, could otherwise invite an address of their own in the
    name of somebody who does.
    """
    verdict = may_keep_accounts(actor)
    if not verdict:
        return verdict
    if person.pk == actor.person_id or person.account_id:
        return no(f"{person.name} has an account already.")
    if holds and not may_appoint(actor):
        return no(
            f"{person.name} holds a post or seat, and an account would open what it opens. "
            "Only the partnership manager can invite them."
        )
    return YES


def may_come_in_through(
    person: Person, directory: Directory, *, organisations: Collection[int]
) -> Verdict:
    """A directory speaks for one organisation, so for those who hold a post or seat of it.

    `organisations` are the ids of those, as far as whoever invites sees them.
    """
    if not directory.is_open:
        return no("Nobody signs in through this directory now. Choose another way.")
    if directory.organisation_id not in organisations:
        return no(
            f"{person.name} holds no post or seat of the organisation whose directory this is, as "
            "far as you see. Appoint them first, or invite them with a password."
        )
    return YES


def may_change_identity(actor: Actor, person: Person) -> Verdict:
    """Record or take away that somebody comes in through a directory; nobody's own."""
    verdict = may_keep_accounts(actor)
    if verdict and person.pk == actor.person_id:
        return no("Nobody changes their own way in. Ask another who keeps accounts.")
    return verdict


def may_close_account(actor: Actor, person: Person) -> Verdict:
    """Closing ends all access at once; opening again gives back what the appointments give."""
    verdict = may_keep_accounts(actor)
    if verdict and person.pk == actor.person_id:
        return no("Nobody closes or opens an account of their own. Ask another who keeps accounts.")
    return verdict


def may_vouch(actor: Actor, recovery: Recovery) -> Verdict:
    """Two persons, neither of them the one who asks, say that they know who it is."""
    verdict = may_keep_accounts(actor)
    if not verdict:
        return verdict
    if recovery.account_id == actor.account_id:
        return no("Nobody says this of themselves. Two others who keep accounts do.")
    if recovery.first_by_id == actor.account_id:
        return no("You have said so already. Now somebody else has to.")
    if recovery.second_by_id or recovery.refused_by_id:
        return no("This request is settled already.")
    return YES


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
