"""What the partnership is made of is changed by one at a time, and refused in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction

from concerted.access.actor import Actor
from concerted.kernel.verdict import NotAllowed
from concerted.people import queries
from concerted.people.models import Body

ORDER_OF_DAYS = "The last day cannot come before the first."

# What the database refuses, as a sentence; nobody is named, so nothing hidden is told.
CLASHES = {
    "people_appointment_ends_before_it_starts": ORDER_OF_DAYS,
    "people_appointment_seat_filled_twice": (
        "This seat is filled in that time. End the appointment before it first, "
        "or appoint a substitute."
    ),
    "people_areaversion_ends_before_it_starts": (
        "The new version must begin after the one that it follows."
    ),
    "people_areaversion_two_at_once": (
        "This area is defined already. Say from which day the new version holds."
    ),
    "people_body_ends_before_it_starts": ORDER_OF_DAYS,
    "people_organisation_ends_before_it_starts": ORDER_OF_DAYS,
    "people_organisationstanding_ends_before_it_starts": (
        "The new standing must begin after the one that it follows."
    ),
    "people_organisationstanding_two_at_once": (
        "The organisation has a standing in that time. Choose a later first day."
    ),
    "people_seat_ends_before_it_starts": ORDER_OF_DAYS,
    "people_seat_two_chairs": "This body has a chair in that time. A body has one chair at a time.",
}


@contextmanager
def explained() -> Iterator[None]:
    """Turn a refusal of the database into its sentence, with nothing half stored."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if broken not in CLASHES:
            raise
        raise NotAllowed(CLASHES[broken]) from None


def in_turn() -> None:
    """Wait until nobody else changes what the partnership is made of: names that are there once,
    lines that must not run in a ring, what may not overlap. Held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.made_of'))")


def held(actor: Actor, *bodies: Body | None) -> list[Body | None]:
    """These bodies as they stand, held so that nobody closes or opens one meanwhile."""
    wanted = [one.pk for one in bodies if one]
    # Not their keys: a release that is carried meanwhile adds rows that name a body.
    rows = queries.bodies_visible_to(actor).filter(pk__in=wanted).order_by("pk")
    there = {one.pk: one for one in rows.select_for_update(of=["self"], no_key=True)}
    if there.keys() != {*wanted}:
        raise NotAllowed("Who may see a body changed meanwhile. Look at it again.")
    return [there[one.pk] if one else None for one in bodies]


def seen_by_both(actor: Actor, *things: Body | None, hidden: int = 0) -> int:
    """The audience that sees all of these bodies, and no one else."""
    now = held(actor, *things)
    narrow = {thing.audience_id for thing in now if thing} | ({hidden} if hidden else set())
    narrow.discard(actor.everyone_audience_id)
    if len(narrow) > 1:
        raise NotAllowed(
            "These two are hidden from each other’s people: this would show one to the other."
        )
    return narrow.pop() if narrow else actor.everyone_audience_id
