"""Who could have seen the rows of an audience, on each day of a time that is past.

The same rules as the database function `people_standing`, which answers for one account and one
day; a test compares the two day by day. For the machine's administrator alone: the wall must be
open to everything, so no page asks this.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from concerted.access.models import Audience, AudienceKind
from concerted.people.models import Appointment, AudienceMember, Person, Seat, SeatPost

Days: TypeAlias = tuple[datetime.date, datetime.date]  # both included
NOTHING = (datetime.date.max, datetime.date.min)


@dataclass(frozen=True, slots=True)
class Sight:
    """That an account could see an audience's rows from one day to another, both included."""

    pseudonym: str
    starts: datetime.date
    ends: datetime.date


def who_could_see(audience_id: int, *, since: datetime.date, until: datetime.date) -> list[Sight]:
    """Everybody with an account, by the appointments of those days, by pseudonym and day.

    The audience's own members count as they are today: they carry no dates.
    """
    everyone = Audience.objects.get(pk=audience_id).kind == AudienceKind.EVERYONE
    members = AudienceMember.objects.filter(audience_id=audience_id)
    bodies, organisations, posts, people = (
        {getattr(one, name) for one in members} - {None}
        for name in ("body_id", "organisation_id", "post_id", "person_id")
    )
    found: dict[int, list[Days]] = defaultdict(list)
    for person in people:
        found[person].append((since, until))
    filled = _seats_by_post()
    appointments = Appointment.objects.select_related("post", "seat").order_by("id")
    for one in appointments.filter(person__account__isnull=False):
        days = _within((since, until), one.starts, one.ends)
        if everyone:
            found[one.person_id].append(days)
        if one.post:
            held = _within(days, None, one.post.ends)
            if one.post_id in posts or one.post.organisation_id in organisations:
                found[one.person_id].append(held)
            seats = [(seat, held) for seat in filled[one.post.pk]]
        else:
            seats = [(one.seat, days)] if one.seat else []
        for seat, held in seats:
            if seat.body_id in bodies or seat.holder_id in organisations:
                found[one.person_id].append(_sat(seat, held))
    return list(_joined(found))


def _seats_by_post() -> dict[int, list[Seat]]:
    found: dict[int, list[Seat]] = defaultdict(list)
    for filling in SeatPost.objects.select_related("seat"):
        found[filling.post_id].append(filling.seat)
    return found


def _within(days: Days, starts: datetime.date | None, ends: datetime.date | None) -> Days:
    return max(days[0], starts or days[0]), min(days[1], ends or days[1])


def _sat(seat: Seat, days: Days) -> Days:
    return NOTHING if seat.proposed else _within(days, seat.starts, seat.ends)


def _joined(found: dict[int, list[Days]]) -> Iterator[Sight]:
    """Stretches of days that touch or overlap are one; none begins before the account was made."""
    people = Person.objects.filter(pk__in=found, account__isnull=False).select_related("account")
    for person in people.order_by("account__key"):
        assert person.account  # noqa: S101 - asked for above
        made = person.account.created_at.date()
        stretches: list[Days] = []
        for days in sorted(_within(one, made, None) for one in found[person.pk]):
            if days[0] > days[1]:
                continue
            if stretches and days[0] <= stretches[-1][1] + datetime.timedelta(days=1):
                stretches[-1] = stretches[-1][0], max(stretches[-1][1], days[1])
            else:
                stretches.append(days)
        for starts, ends in stretches:
            yield Sight(person.account.key, starts, ends)
