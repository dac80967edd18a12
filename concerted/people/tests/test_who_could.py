"""Who could have seen an audience: the same answer, day by day, as the database gives today."""

import datetime

import pytest
from django.db import transaction

from concerted.access.models import Account, Audience
from concerted.people import seating, services
from concerted.people.models import Appointment, AudienceMember, Post, Seat, SeatPost
from concerted.people.public import open_to, standing, who_could_see

FIRST = datetime.date(2025, 1, 1)
DAYS = [FIRST + datetime.timedelta(days=n) for n in range(12)]


def at(number):
    return DAYS[number]


@pytest.fixture
def history(cast):
    """Twelve days in which people come, go, and pass posts and seats on."""
    with cast.acting("maud") as maud:
        kind = cast.bodies["board"].kind
        working = services.add_body(maud, name="Working group", kind=kind)
        post = services.add_post(maud, title="Inspector", organisation=cast.organisations["police"])
        seat = seating.add_seat(
            maud, body=working, holder=cast.organisations["homes"], starts=at(2)
        )
        proposed = seating.add_seat(
            maud, body=working, holder=cast.organisations["homes"], proposed=True
        )
    everything = tuple(Audience.objects.values_list("pk", flat=True))
    open_to(everything)
    Account.objects.update(created_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    Post.objects.filter(pk=post.pk).update(ends=at(9))
    Seat.objects.filter(pk=seat.pk).update(ends=at(7))
    SeatPost.objects.create(seat=seat, post=post)
    people = cast.people
    for given in (
        {"person": people["nell"], "post": post, "starts": at(1), "ends": at(3)},
        {"person": people["tobias"], "post": post, "starts": at(4), "ends": None},
        {"person": people["agnes"], "seat": seat, "starts": at(5), "ends": at(5)},
        {"person": people["sid"], "seat": proposed, "starts": at(0), "ends": None},
    ):
        Appointment.objects.create(**given)
    listed = Audience.objects.create(kind="listed")
    AudienceMember.objects.create(audience=listed, organisation=cast.organisations["police"])
    AudienceMember.objects.create(audience=listed, person=people["priti"])
    AudienceMember.objects.create(audience=listed, post=post)
    AudienceMember.objects.create(audience=listed, body=working)
    return cast


def by_day(cast, audience):
    """The pseudonyms that people_standing lets see the audience, each day."""
    found = {}
    for day in DAYS:
        found[day] = set()
        for account in cast.accounts.values():
            with transaction.atomic():
                if audience in standing(account, on=day).audience_ids:
                    found[day].add(account.key)
    return found


@pytest.mark.slow
def test_it_answers_as_the_database_does_for_every_audience_and_day(history):
    audiences = list(Audience.objects.values_list("pk", flat=True))
    several = set()
    for audience in audiences:
        expected = by_day(history, audience)
        open_to(tuple(audiences))
        sights = who_could_see(audience, since=DAYS[0], until=DAYS[-1])
        told = {
            day: {one.pseudonym for one in sights if one.starts <= day <= one.ends} for day in DAYS
        }
        assert told == expected
        several.add(len({frozenset(who) for who in expected.values()}))
    assert max(several) > 3, "The days differ too little to show anything."


def test_days_that_touch_are_told_as_one_stretch(history):
    audiences = tuple(Audience.objects.values_list("pk", flat=True))
    open_to(audiences)
    sights = who_could_see(audiences[-1], since=DAYS[0], until=DAYS[-1])

    [tobias] = [one for one in sights if one.pseudonym == history.accounts["tobias"].key]
    assert (tobias.starts, tobias.ends) == (at(4), at(9))


def test_nobody_could_before_their_account_was_made(history):
    audiences = tuple(Audience.objects.values_list("pk", flat=True))
    made = datetime.datetime(2025, 1, 6, 12, tzinfo=datetime.UTC)
    Account.objects.filter(pk=history.accounts["priti"].pk).update(created_at=made)
    open_to(audiences)

    sights = who_could_see(audiences[-1], since=DAYS[0], until=DAYS[-1])

    [priti] = [one for one in sights if one.pseudonym == history.accounts["priti"].key]
    assert priti.starts == made.date()
