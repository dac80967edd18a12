"""What a thing reached: read, could have been read, carried; asked at the command line alone."""

import datetime
import json
from dataclasses import asdict

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

import conftest
from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Line, Verb
from concerted.desk import reach as reaching
from concerted.kernel.clock import as_of
from concerted.people.models import Appointment
from concerted.people.public import open_to
from tests import world as worlds

pytestmark = pytest.mark.slow

MONDAY = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=datetime.UTC)
WEEK = {"since": MONDAY.date(), "until": MONDAY.date() + datetime.timedelta(days=6)}


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), worlds.built(conftest._cast) as world:
        yield world


@pytest.fixture
def world(built, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        Account.objects.update(created_at=MONDAY - datetime.timedelta(days=100))
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def key_of(world):
    return {name: account.key for name, account in world.cast.accounts.items()}


def get(world, who, address):
    client = Client()
    client.force_login(world.cast.accounts[who])
    with as_of(MONDAY):
        response = client.get(address)
        return b"".join(response) if response.streaming else response


def test_who_read_a_hidden_meeting_and_who_could_have(world, key_of):
    place = world.places["silver"]
    get(world, "gareth", place.meeting.get_absolute_url())

    found = reaching.reach(place.meeting.key, **WEEK)

    assert [(one.pseudonym, one.what) for one in found.reads] == [
        (key_of["gareth"], "meeting.consulted")
    ]
    meeting = found.parts[0]
    assert meeting.reads_are_kept
    could = {key_of[name] for name in ("gareth", "dilys", "vera")}
    assert {one.pseudonym for one in meeting.could} == could


def test_an_appointment_that_ended_counts_until_its_last_day(world, key_of):
    place = world.places["silver"]
    wednesday = MONDAY.date() + datetime.timedelta(days=2)
    open_to(world.audiences)
    Appointment.objects.filter(person=world.cast.people["gareth"]).update(ends=wednesday)

    found = reaching.reach(place.meeting.key, **WEEK)

    [gareth] = [one for one in found.parts[0].could if one.pseudonym == key_of["gareth"]]
    assert (gareth.starts, gareth.ends) == (WEEK["since"], wednesday)


def test_the_file_has_its_own_readers_and_its_own_audience(world, key_of):
    place = world.places["silver"]
    open_to(world.audiences)
    file = place.paper.version
    get(world, "dilys", file.get_absolute_url())

    found = reaching.reach(place.paper.key, **WEEK)

    assert [part.words for part in found.parts] == ["Paper", "File"]
    assert [one.pseudonym for one in found.parts[1].could] == [key_of["dilys"]]
    assert [(one.what, one.reference) for one in found.reads] == [("document.consulted", file.key)]


def test_a_spreadsheet_of_somebody_who_could_see_it_may_have_held_it(world, key_of):
    sheet = reverse("meetings:decisions_csv")
    for who in ("gareth", "tobias"):
        get(world, who, sheet)

    found = reaching.reach(world.places["silver"].meeting.key, **WEEK)

    assert [(one.pseudonym, one.what, one.surely) for one in found.carried] == [
        (key_of["gareth"], "decisions.exported", False)
    ]


def test_an_open_things_reads_are_said_not_to_be_kept(world):
    found = reaching.reach(world.places["board"].action.key, **WEEK)

    assert not found.parts[0].reads_are_kept
    assert "Reads of the action are not kept: it is an open one." in found.as_text()


def test_names_are_told_only_where_they_are_asked_for(world, key_of):
    place = world.places["silver"]
    get(world, "gareth", place.meeting.get_absolute_url())

    without = reaching.reach(place.meeting.key, **WEEK)
    named = reaching.reach(place.meeting.key, **WEEK, names=True)

    assert "Gareth" not in without.as_text() + json.dumps(asdict(without), default=str)
    assert f"{key_of['gareth']} (Gareth Pellow)" in named.as_text()
    assert asdict(named)["names"][key_of["gareth"]] == "Gareth Pellow"


def test_that_it_was_asked_is_on_the_trail_and_counts_as_nobodys_read(world):
    place = world.places["silver"]
    reaching.reach(place.meeting.key, names=True)
    found = reaching.reach(place.meeting.key)

    [first, _] = Line.objects.filter(what="reach.asked").order_by("id")
    assert (first.actor, first.reference, first.fields) == ("system", place.meeting.key, ["names"])
    assert found.reads == []


def test_without_days_it_begins_with_the_first_line_about_it(world):
    place = world.places["silver"]

    found = reaching.reach(place.meeting.key)

    first = Line.objects.filter(reference=place.meeting.key).earliest("at")
    assert found.since == first.at.date()


def test_a_change_of_its_audience_is_told(world):
    place = world.places["silver"]
    open_to(world.audiences)
    found = reaching.reach(place.paper.version.key)

    assert [one.what for one in found.audience_changes] == ["document.accepted"]


def test_that_its_file_was_closed_is_told_of_both(world):
    place = world.places["board"]
    with as_of(MONDAY), world.cast.acting("dilys") as dilys:
        file = place.meeting.document
        trail.add(
            dilys,
            "document.closed",
            kind="documents.document",
            reference=file.key,
            verb=Verb.ALTER,
            fields=["audience"],
        )

    for key in (place.meeting.key, place.version.key):
        told = reaching.reach(key, **WEEK)
        assert "document.closed" in [one.what for one in told.audience_changes]


def test_the_wall_is_shut_again_afterwards(world):
    with transaction.atomic():
        reaching.reach(world.places["silver"].meeting.key)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM meetings_meeting")
            assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("key", "days", "why_not"),
    [
        ("no-such-key", {}, "No meeting, paper, file or action has the key no-such-key."),
        ("", {"since": WEEK["until"], "until": WEEK["since"]}, "The first day is after the last."),
    ],
)
def test_what_cannot_be_told_is_a_sentence(world, key, days, why_not):
    with pytest.raises(reaching.CannotTell, match=why_not):
        reaching.reach(key or world.places["silver"].meeting.key, **days)
