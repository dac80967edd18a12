"""Who sends what waits in the outbox, and who chooses what mail. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.notifying.models import Letter
from concerted.notifying.states import NEXT, LetterState
from concerted.people.public import Body


def may_choose(actor: Actor) -> Verdict:
    """What mail they get, everybody with a post or seat chooses for themselves."""
    if not actor.appointed:
        return no("Mail goes to people with a post or a seat. You hold none today.")
    return YES


def keeps_outbox(actor: Actor, body: Body) -> bool:
    """Letters are kept in the office of the body, so its own secretary is one who is in it."""
    in_office = body.office_audience_id in actor.audience_ids
    return in_office and actor.holds(Permission.MINUTES_IMPORT, body_id=body.pk)


def may_open_outbox(actor: Actor) -> Verdict:
    if actor.holds(Permission.MINUTES_IMPORT):
        return YES
    return no("Only secretaries and the partnership manager send mail to a whole body.")


def may_settle(actor: Actor, letter: Letter) -> Verdict:
    """Send it, or say why not: once."""
    if not keeps_outbox(actor, letter.body):
        return no("Only this body’s secretary can send its mail.")
    match letter.state:
        case LetterState.SENT:
            return no("This was sent already.")
        case LetterState.DROPPED:
            return no("Somebody decided already that this is not sent.")
        case _:
            return YES


def may_word(actor: Actor, letter: Letter) -> Verdict:
    """Write the lines that it opens with."""
    verdict = may_settle(actor, letter)
    if verdict and letter.constant:
        return no(
            "This is about something restricted, so its mail says only that there is news. "
            "Nothing can be written into it."
        )
    return verdict


def may_send(actor: Actor, letter: Letter, *, told: int, reached: int) -> Verdict:
    """`told` counts what it tells of, `reached` those who get it."""
    verdict = may_settle(actor, letter)
    if not verdict:
        return verdict
    if LetterState.SENT not in NEXT[letter.state] or not told:
        return no("Nothing is left that this could tell of. Say why it is not sent.")
    if not reached:
        return no("Nobody would get this mail. Say why it is not sent.")
    return YES


def may_drop(actor: Actor, letter: Letter, *, reason: str) -> Verdict:
    verdict = may_settle(actor, letter)
    if verdict and not reason.strip():
        return no("Say why this is not sent.")
    return verdict
