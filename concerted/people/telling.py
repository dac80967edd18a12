"""What mail from below `people` needs of it: whom it is told, and where answers go.

Whoever an account belongs to hears by mail when what it is signed in with was changed: `access`
lies below and sends no mail; it tells, and this listens.
"""

from typing import Any

from django.dispatch import receiver

from concerted.access.happenings import happened
from concerted.access.models import Account
from concerted.kernel.clock import now, today
from concerted.notices.public import answers_go_to, queue_mail
from concerted.people.letters import SIGN_IN_CHANGED
from concerted.people.queries import role_mailbox
from concerted.people.standing import as_everybody

TOLD = frozenset(
    {
        "app.added",
        "factor.removed",
        "factors.removed",
        "identity.recorded",
        "identity.removed",
        "passkey.added",
        "password.changed",
        "recovery_code.used",
        "recovery_codes.made",
    }
)


@receiver(happened)
def tell_by_mail(account: Account, what: str, first: bool = False, **_: Any) -> None:
    """One mail for each kind of change an hour; none for setting up the first second step."""
    if what not in TOLD or first:
        return
    letter = SIGN_IN_CHANGED
    queue_mail(
        kind=letter.kind,
        subject=letter.subject,
        text=letter.text,
        account=account,
        once=f"{what} {account.key} {now():%Y%m%d%H}",
    )


@answers_go_to
def office_mailbox() -> str:
    """That of the secretary of all bodies, as everybody here sees it; "" where there is none."""
    with as_everybody() as everybody:
        return role_mailbox(everybody, None, day=today())
