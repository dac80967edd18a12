"""All that ends with somebody's access, in one transaction: nothing of it is left for later.

Packages above add what is theirs with `on_end`, in the `ready` of their app.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from concerted.access.actor import Actor
from concerted.access.ending import end_sessions
from concerted.access.models import Account, AudienceKind
from concerted.audit import trail
from concerted.jobs.public import end_all_of as end_jobs
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import end_all_of as end_notices
from concerted.people.models import AudienceMember, Person
from concerted.people.standing import audiences_now_open, open_to

WHY = "Access has ended."
LAST_MANAGER = (
    "Then nobody could manage the partnership or let anybody in. Appoint another partnership "
    "manager first, and see that they can sign in."
)

Ends = Callable[[Account], int]
_more: list[Ends] = []


def on_end(ends: Ends) -> Ends:
    """Have a function called when an account's access ends; it returns how many things it ended.

    It runs in the same transaction, with the wall open to the account's own audience as well.
    """
    _more.append(ends)
    return ends


@dataclass(frozen=True, slots=True)
class Held:
    """An account as `people_accounts` tells of it."""

    account_id: int
    person_id: int
    own_id: int | None
    appointed: bool
    manages: bool


def accounts_today() -> list[Held]:
    """Every account, and whether anything is open to it today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_accounts(%s) ORDER BY account_id", [today()])
        return [Held(*row) for row in cursor.fetchall()]


@transaction.atomic
def end_access(actor: Actor, account: Account, *, own_audience_id: int | None) -> int:
    """End an account's sessions, links, mail that waits, long work and finished exports, now.

    Returns how many things ended; a line stands on the trail where it was any.
    """
    before = audiences_now_open()
    if own_audience_id:
        _open_also(before, own_audience_id)
    ended = end_sessions(account) + end_notices(account, why=WHY) + end_jobs(account.pk, why=WHY)
    ended += sum(ends(account) for ends in _more)
    open_to(_ids(before))
    if ended:
        trail.note(actor, "access.ended", account)
    return ended


def own_audience_of(person: Person) -> int | None:
    """The id of the audience that is one person alone."""
    return (
        AudienceMember.objects.filter(person=person, audience__kind=AudienceKind.PERSONAL)
        .order_by("audience_id")
        .values_list("audience_id", flat=True)
        .first()
    )


@contextmanager
def changing_who_gets_in(actor: Actor) -> Iterator[None]:
    """Whoever loses the last post or seat by what is done inside loses all access with it, at once.

    Refused where nobody would be left who manages the partnership.
    """
    with keeping_a_manager():
        before = {one.account_id for one in accounts_today() if one.appointed}
        yield
    lost = {one.account_id: one for one in accounts_today() if not one.appointed}
    for account in Account.objects.filter(pk__in=before & set(lost)).order_by("pk"):
        end_access(actor, account, own_audience_id=lost[account.pk].own_id)


def end_what_nobody_holds(actor: Actor) -> int:
    """End the access of every account that holds no post and no seat today; returns how many had.

    What ended with a date, with a seat or with an organisation is found alike. Safe to run again.
    """
    gone = {one.account_id: one for one in accounts_today() if not one.appointed}
    accounts = Account.objects.filter(pk__in=gone).order_by("pk")
    return sum(
        end_access(actor, account, own_audience_id=gone[account.pk].own_id) > 0
        for account in accounts
    )


def one_at_a_time() -> None:
    """Wait until nobody else is changing who gets in: held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.who_gets_in'))")


@contextmanager
def keeping_a_manager() -> Iterator[None]:
    """Refuse what is done inside if from some day on nobody were left who manages the partnership.

    Others who change who gets in wait meanwhile, so that no two can end each other.
    """
    one_at_a_time()
    before = _unmanaged_days()
    yield
    if _unmanaged_days() - before:
        raise NotAllowed(LAST_MANAGER)


def _unmanaged_days() -> set[datetime.date]:
    """Of today, and of each later day before which an appointment ends, those without a manager."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day FROM (SELECT %s::date AS day UNION"
            "  SELECT ends + 1 - ended_at_once::int FROM people_appointment WHERE ends >= %s) AS d"
            " WHERE NOT EXISTS (SELECT FROM people_accounts(day) WHERE manages)",
            [today(), today()],
        )
        return {day for (day,) in cursor.fetchall()}


def _open_also(before: str, audience_id: int) -> None:
    open_to((*_ids(before), audience_id))


def _ids(audiences: str) -> tuple[int, ...]:
    return tuple(int(one) for one in audiences.strip("{}").split(",") if one)
