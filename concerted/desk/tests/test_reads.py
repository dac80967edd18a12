"""Reads of restricted things: on the trail, and told to those the thing came from."""

import datetime
import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import conftest
from concerted.audit.consulting import consulted
from concerted.audit.models import Line
from concerted.kernel.clock import as_of
from concerted.papers.models import Paper
from concerted.people import services as people
from concerted.people.public import entries_to_pick, open_to
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground
from tests import world as worlds

pytestmark = pytest.mark.slow

MORNING = datetime.datetime(2026, 3, 2, 9, 10, tzinfo=datetime.UTC)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def read_by(thing):
    return reverse(f"desk:read_by_{thing._meta.model_name}", args=[thing.key])


def lines_of(thing):
    return Line.objects.filter(reference=thing.key, verb="consult").order_by("id")


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), worlds.built(conftest._cast) as world:
        yield world


@pytest.fixture
def world(built, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def reader(world):
    def sign_in(name):
        client = Client()
        client.force_login(world.cast.accounts[name])
        return client

    return sign_in


THINGS = ["meeting", "paper", "action"]


@pytest.fixture(params=THINGS)
def hidden(request, world):
    """A thing of the hidden Silver group."""
    return getattr(world.places["silver"], request.param)


@pytest.fixture(params=THINGS)
def open_thing(request, world):
    """A thing of the board that holds nothing restricted."""
    return getattr(world.places["board"], request.param)


# On the trail


def test_a_read_of_a_restricted_thing_is_one_line_an_hour(reader, hidden):
    gareth = reader("gareth")
    for minutes in (0, 20, 49):
        with as_of(MORNING + datetime.timedelta(minutes=minutes)):
            assert gareth.get(hidden.get_absolute_url()).status_code == 200
    [line] = lines_of(hidden)
    assert line.what == f"{hidden._meta.model_name}.consulted"

    with as_of(MORNING + datetime.timedelta(minutes=50)):
        gareth.get(hidden.get_absolute_url())
        reader("dilys").get(hidden.get_absolute_url())

    assert lines_of(hidden).count() == 3


def test_a_read_of_an_open_thing_is_not_kept(reader, open_thing):
    assert reader("tobias").get(open_thing.get_absolute_url()).status_code == 200

    assert not lines_of(open_thing).exists()


def test_somebody_who_is_not_let_in_leaves_no_read(reader, hidden):
    assert reader("tobias").get(hidden.get_absolute_url()).status_code == 404

    assert not lines_of(hidden).exists()


def test_passages_withheld_from_an_open_meeting_are_kept_for_those_who_saw_them(world, reader):
    meeting = world.places["board"].meeting
    reader("tobias").get(meeting.get_absolute_url())
    reader("dilys").get(meeting.get_absolute_url())

    [line] = lines_of(meeting)
    assert line.actor == world.cast.accounts["dilys"].key


@pytest.fixture
def closed_item(world):
    """An item of the board that is closed to all but the police and the secretary."""
    with world.cast.acting("dilys") as dilys:
        item = world.places["board"].item
        restrictions.restrict(
            dilys,
            kind=restrictions.kind_of("item"),
            key=item.key,
            wanted=restrictions.Wanted(
                level=restrictions.Level.CLOSED,
                tier=restrictions.Tier.SENSITIVE,
                owner=world.cast.organisations["police"],
                ground=Ground.objects.first(),
                public_interest="It is about one person.",
                review_on=MORNING.date() + datetime.timedelta(days=400),
                whom_to_ask="Superintendent",
                entries=tuple(
                    one
                    for one in entries_to_pick(dilys)
                    if one.name.startswith(("Wyleshire Police", "Partnership secretary"))
                ),
            ),
            token="",
        )
        return item


def test_whoever_reads_a_closed_item_in_an_open_meeting_is_told_to_its_owner(
    world, reader, closed_item
):
    for name in ("dilys", "gareth", "tobias"):
        reader(name).get(closed_item.meeting.get_absolute_url())

    assert {line.actor for line in lines_of(closed_item)} == {
        world.cast.accounts[name].key for name in ("dilys", "gareth")
    }
    owners = reader("gareth")  # of the police, who are no secretary
    assert "Dilys Ambrey" in words(owners.get(read_by(closed_item)))
    seen = owners.get(reverse("restrictions:see_item", args=[closed_item.key]))
    assert read_by(closed_item) in seen.text
    assert reader("tobias").get(read_by(closed_item)).status_code == 404


def test_thirty_restricted_things_of_one_page_are_noted_in_as_many_queries_as_one(world, reader):
    with world.cast.acting("dilys") as dilys:
        one = [("meetings.item", "a" * 14)]
        many = [("meetings.item", f"{number:014}") for number in range(30)]
        costs = []
        for things in (one, many):
            with CaptureQueriesContext(connection) as asked:
                consulted(dilys, things)
            costs.append(len(asked))
            with CaptureQueriesContext(connection) as asked:
                consulted(dilys, things)
            assert len(asked) == 1

    assert costs[0] == costs[1]


# The page


def test_the_secretary_sees_who_read_it_with_their_organisation(world, reader, hidden):
    with as_of(MORNING):
        reader("gareth").get(hidden.get_absolute_url())

    page = reader("dilys").get(read_by(hidden))

    assert (
        "Gareth Pellow Organisation: Wyleshire Police First read: 2 March 2026 at 9:10am"
        in words(page)
    )


def test_the_page_of_the_thing_leads_there_for_those_who_may_see_it(reader, hidden):
    assert read_by(hidden) in reader("dilys").get(hidden.get_absolute_url()).text
    assert read_by(hidden) not in reader("gareth").get(hidden.get_absolute_url()).text


def test_an_open_thing_leads_to_no_such_page(reader, world):
    for name in THINGS:
        thing = getattr(world.places["area"], name)
        assert read_by(thing) not in reader("agnes").get(thing.get_absolute_url()).text


def test_the_organisation_that_a_paper_came_from_sees_who_read_it(world, reader):
    paper = world.places["silver"].paper
    open_to(world.audiences)
    Paper.objects.filter(pk=paper.pk).update(organisation=world.cast.organisations["police"])
    reader("dilys").get(paper.get_absolute_url())

    page = reader("gareth").get(read_by(paper))

    assert "Dilys Ambrey" in words(page)
    assert "Marlbeck Borough Council" in words(page)


def test_whoever_took_the_file_is_counted(world, reader):
    place = world.places["silver"]
    dilys = reader("dilys")
    open_to(world.audiences)
    received = place.paper.version
    for _ in range(2):
        assert b"".join(dilys.get(received.get_absolute_url()))

    rows = words(dilys.get(read_by(place.paper)))

    assert "Dilys Ambrey Organisation: Marlbeck Borough Council" in rows
    assert "Took the file: 2" in rows


def test_others_who_see_the_thing_are_refused_with_the_sentence(reader, hidden):
    response = reader("gareth").get(read_by(hidden))

    assert response.status_code == 403
    assert "Only the organisation that this came from and the body’s secretary" in response.text


@pytest.mark.parametrize("who", ["tobias", "maud", "owen", "sid"])
def test_outsiders_cannot_tell_it_from_a_thing_that_is_not_there(reader, hidden, who):
    client = reader(who)
    absent = client.get(read_by(hidden).replace(hidden.key, "x" * 14))

    response = client.get(read_by(hidden))

    assert (response.status_code, response.content) == (404, absent.content)


def test_another_method_is_not_allowed(reader, hidden):
    assert reader("dilys").post(read_by(hidden)).status_code == 405


def test_the_page_costs_the_same_for_1_reader_and_for_12(world, reader, hidden):
    dilys = reader("dilys")

    def cost():
        dilys.get(read_by(hidden))
        with CaptureQueriesContext(connection) as asked:
            dilys.get(read_by(hidden))
        return len(asked)

    reader("gareth").get(hidden.get_absolute_url())
    few = cost()
    with world.cast.acting("dilys") as actor:
        for number in range(11):
            person = people.add_person(actor, name=f"Reader {number}")
            with world.cast.acting("maud") as maud:
                account = people.give_account(
                    maud, person=person, email=f"r{number}@example.org", password="x" * 12
                )
            with as_of(MORNING):
                trail_line(account.key, hidden)

    assert cost() == few


def trail_line(pseudonym, thing):
    Line.objects.create(
        actor=pseudonym,
        verb="consult",
        what=f"{thing._meta.model_name}.consulted",
        kind=thing._meta.label_lower,
        reference=thing.key,
    )
