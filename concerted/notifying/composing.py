"""The words of each mail, made when it goes and as its reader: what they may not see is not there.

Where anything in it is restricted, the whole mail is constant: no title, body, date or count.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.urls import reverse

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.kernel.clock import today
from concerted.notices.public import Composed, Mail, composes
from concerted.notifying import letters
from concerted.notifying.kinds import Told, tells
from concerted.notifying.models import Letter, Notice
from concerted.notifying.queries import brought_by, pieces_of, untold, wanted_by
from concerted.notifying.states import LetterState, Wanted
from concerted.people.public import acting_as, role_mailbox

DIGEST, NOTICE, LETTER = "notifying.digest", "notifying.notice", "notifying.letter"
STOPPING = "notifying.stop"


def token_of(account: Account) -> str:
    """By which mail to an account can be stopped, by whoever has one of its mails."""
    return signing.Signer(salt=STOPPING).sign(account.key)


def key_in(token: str) -> str | None:
    """The key of the account whose mail a token stops; None where it is not one of ours."""
    try:
        return signing.Signer(salt=STOPPING).unsign(token)
    except signing.BadSignature:
        return None


@composes(DIGEST)
@composes(NOTICE)
def news(mail: Mail) -> Composed | None:
    """What somebody is to hear of now. What is over, or no longer for them, is forgotten."""
    account = mail.account
    if account is None:
        return None
    with acting_as(account) as actor:
        # Another try brings the same again: a second copy must not hold more than the first.
        waiting = brought_by(mail) if mail.tries or mail.kind == NOTICE else untold(account)
        if wanted_by(account.pk) == Wanted.NONE:
            waiting.delete()
            return None
        told: list[Told] = []
        brought: list[int] = []
        for notice in waiting.select_for_update(of=["self"]):
            if found := tells(actor, notice.kind, notice.reference, notice.about):
                told.append(found)
                brought.append(notice.pk)
            else:
                notice.delete()
        if not told:
            return None
        Notice.objects.filter(pk__in=brought).update(mail=mail)
        return written(actor, account, told)


@composes(LETTER)
def letter(mail: Mail) -> Composed | None:
    """A letter as one of its readers gets it."""
    account = mail.account
    if account is None:
        return None
    with acting_as(account) as actor:
        # Once sent it has the audience of those whom it is for.
        sent = Letter.objects.filter(key=mail.about, state=LetterState.SENT).first()
        if sent is None:
            return None
        told = [one.told for one in pieces_of(actor, sent)]
        return written(actor, account, told, sent.opening) if told else None


def written(actor: Actor, account: Account, told: Sequence[Told], opening: str = "") -> Composed:
    """A whole mail to one account."""
    stop = settings.ADDRESS + reverse("notifying:stop", args=[token_of(account)])
    text = words(told, opening) + letters.FOOT.format(
        choose=settings.ADDRESS + reverse("notifying:preferences"), stop=stop
    )
    return Composed(letters.SUBJECT, text, reply_to=mailbox(actor, told), stop=stop)


def words(told: Sequence[Told], opening: str = "") -> str:
    """What a mail says, without its foot: the same for everybody who sees what it tells of."""
    if any(one.restricted for one in told):
        return letters.CONSTANT.format(home=settings.ADDRESS + reverse("desk:home"))
    # What happened twice, such as two moves of one meeting, reads the same now: it is said once.
    said = dict.fromkeys((one.words, settings.ADDRESS + one.href) for one in told)
    body = letters.lines(list(said))
    return f"{opening.strip()}\n\n{body}" if opening.strip() else body


def mailbox(actor: Actor, told: Sequence[Told]) -> str:
    """Where answers go: to the secretary of the one body that it is about, else of all."""
    bodies = {one.body.pk: one.body for one in told}
    open_words = not any(one.restricted for one in told)
    body = next(iter(bodies.values())) if len(bodies) == 1 and open_words else None
    return role_mailbox(actor, body, day=today())
