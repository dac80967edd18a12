"""Who somebody is today, and acting as them: the one place where an Actor is made."""

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from concerted.access.actor import Actor
from concerted.access.models import Account, Audience, AudienceKind
from concerted.access.roles import SEAT_ROLES, SUPPORT_ROLES, Permission
from concerted.kernel.clock import today
from concerted.notices.public import OneTimeLink
from concerted.people.models import Body
from concerted.people.states import Support


def standing(account: Account, *, on: datetime.date | None = None) -> Actor:
    """The Actor of an account on a day (today when not said).

    Inside a transaction this also opens the wall to that actor's audiences until its end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_standing(%s, %s)", [account.pk, on or today()])
        [found] = cursor.fetchone()
    facts = json.loads(found) if isinstance(found, str) else found
    return _actor(account, facts)


def _actor(account: Account, facts: dict[str, Any]) -> Actor:
    by_body: dict[int, frozenset[Permission]] = defaultdict(frozenset)
    everywhere: frozenset[Permission] = frozenset()
    for seat in facts["seats"]:
        by_body[seat["body_id"]] |= SEAT_ROLES[seat["role"]].permissions
    for post in facts["posts"]:
        if not post["support"]:
            continue
        permissions = SUPPORT_ROLES[post["support"]].permissions
        if not post["bodies"]:
            everywhere |= permissions
        for body in post["bodies"]:
            by_body[body] |= permissions
    return Actor(
        account_id=account.pk,
        person_id=facts["person"] or 0,
        pseudonym=account.key,
        name=facts["name"] or account.email,
        capacity=_capacity(facts),
        partnership=facts["partnership"] or "",
        audience_ids=tuple(facts["audiences"]),
        own_audience_id=facts["own"] or 0,
        everyone_audience_id=facts["everyone"] or 0,
        by_body=dict(by_body),
        everywhere=everywhere,
        seated_body_ids=tuple(sorted({seat["body_id"] for seat in facts["seats"]})),
        organisation_ids=tuple(facts["organisations"]),
        post_ids=tuple(post["id"] for post in facts["posts"]),
        supports=frozenset(post["support"] for post in facts["posts"] if post["support"]),
    )


def _capacity(facts: dict[str, Any]) -> str:
    """As what somebody is here, in the words of a page's head: `secretary`, or an organisation."""
    for post in facts["posts"]:
        if post["support"]:
            return str(Support(post["support"]).label).lower()
    for seat in facts["seats"]:
        if seat["role"] in ("chair", "vice_chair"):
            return f"{SEAT_ROLES[seat['role']].name.lower()} of {seat['body']}"
    for source in (*facts["seats"], *facts["posts"]):
        if source["organisation"]:
            return str(source["organisation"])
    return ""


def open_to(audience_ids: tuple[int, ...]) -> None:
    """Let the database show these audiences' rows until the end of the transaction."""
    wanted = "{" + ",".join(map(str, audience_ids)) + "}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.audiences', %s, true)", [wanted])


def audiences_now_open() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.audiences', true), '')")
        return str(cursor.fetchone()[0])


@contextmanager
def also_open_to(*audience_ids: int) -> Iterator[None]:
    """Let the database show these audiences' rows as well; afterwards the wall is as it was.

    Must run inside a transaction.
    """
    with _open_for_now(lambda now: now | {*audience_ids}):
        yield


@contextmanager
def only_open_to(*audience_ids: int) -> Iterator[None]:
    """Let the database show no other rows than these audiences', of those that it shows now;
    afterwards the wall is as it was.

    For what is written down on behalf of readers who see less than the actor. Must run inside a
    transaction.
    """
    with _open_for_now(lambda now: now & {*audience_ids}):
        yield


@contextmanager
def _open_for_now(wanted: Callable[[set[int]], set[int]]) -> Iterator[None]:
    before = audiences_now_open()
    now = {int(one) for one in before.strip("{}").split(",") if one}
    open_to(tuple(wanted(now)))
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _open_as_before(before)


@contextmanager
def as_office(actor: Actor, body: Body) -> Iterator[Actor]:
    """The actor as a reader of what is the office's of a body, for one read or step.

    For whoever chairs it: the caller asks its policy first. Must run inside a transaction.
    """
    office = body.office_audience_id
    with also_open_to(office):
        yield replace(actor, audience_ids=(*actor.audience_ids, office))


@contextmanager
def everything_open() -> Iterator[None]:
    """Show all rows to what runs inside; afterwards the wall is as it was.

    For the program's own work, which must see what whoever asks for it may not. It hands nothing of
    what it finds to anybody who may not see it, and whoever opens it leaves a line on the trail.
    Each place that does so is named in docs/threat-model.md. Must run inside a transaction.
    """
    with also_open_to(*Audience.objects.values_list("pk", flat=True)):
        yield


def _open_as_before(before: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.audiences', %s, true)", [before])


@contextmanager
def acting_as(account: Account) -> Iterator[Actor]:
    """Do a piece of work as a person: what a request is to a page, this is to a task or command.

    Opens a transaction, asks afresh who they are today, and closes the wall again at the end.
    """
    with transaction.atomic():
        before = audiences_now_open()
        yield standing(account)
        _open_as_before(before)


@contextmanager
def as_everybody(*more: int) -> Iterator[Actor]:
    """Act as somebody who sees what everybody here sees, and these audiences; with no role.

    Before there is a partnership nobody sees anything.
    """
    audiences = Audience.objects.filter(kind=AudienceKind.EVERYONE).values_list("pk", flat=True)
    everyone = audiences.first() or 0
    seen = (everyone, *more)
    with transaction.atomic(), also_open_to(*seen):
        yield Actor(name="everybody", audience_ids=seen, everyone_audience_id=everyone)


@contextmanager
def holding(link: OneTimeLink) -> Iterator[Actor]:
    """Act as whoever holds a link: its one audience and what everybody sees, and no role at all."""
    with as_everybody(link.opens_id or 0) as actor:
        yield replace(actor, name="whoever holds a link")


def partnership_words(account: Account) -> list[str]:
    """What everybody in an account's partnership knows, and so no password may hold."""
    with acting_as(account) as actor:
        return [actor.partnership]
