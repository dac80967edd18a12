"""Who may change what the partnership is made of. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.models import Body, Seat


def may_add_body(actor: Actor) -> Verdict:
    """Secretaries meet new groups in the minutes before anybody else does."""
    if actor.holds(Permission.BODY_ADD):
        return YES
    return no("Only a secretary or the partnership manager can add a body.")


def may_change_body(actor: Actor, body: Body) -> Verdict:
    if actor.holds(Permission.BODY_CHANGE, body_id=body.pk):
        return YES
    return no("Only this body’s secretary or the partnership manager can change it or its seats.")


def may_change_kinds(actor: Actor) -> Verdict:
    if Permission.BODY_ADD in actor.everywhere:
        return YES
    return no("Only the partnership’s own secretary or manager can change the kinds of body.")


def may_add_organisation(actor: Actor) -> Verdict:
    if actor.holds(Permission.ORGANISATION_CHANGE):
        return YES
    return no("Only a secretary, the partnership manager or an administrator can add these.")


def may_appoint(actor: Actor) -> Verdict:
    """All access rests on appointments, so the few who make them are named."""
    if actor.holds(Permission.APPOINTMENT_MAKE):
        return YES
    return no("Only the partnership manager can appoint people to seats and posts.")


def may_confirm_contribution(actor: Actor, seat: Seat) -> Verdict:
    """What a seat contributes is said by the organisation that holds it."""
    if seat.holder_id in actor.organisation_ids:
        return YES
    return may_change_body(actor, seat.body)
