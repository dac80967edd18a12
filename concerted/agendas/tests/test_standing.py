"""What comes on every agenda of a body, and how a new agenda begins with it."""

import datetime
import re

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.agendas import queries, services, standing_list
from concerted.agendas.models import StandingItem
from concerted.agendas.services import Entry
from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import as_of
from concerted.meetings import services as meetings
from concerted.meetings.models import Item

NOW = datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC)
TODAY, MARCH = datetime.date(2027, 1, 20), datetime.date(2027, 3, 9)
ONLY_SECRETARY = "Only this body’s secretary can change what comes on every agenda."


@pytest.fixture(autouse=True)
def clock():
    with as_of(NOW):
        yield


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def address(name, thing):
    return reverse(f"agendas:standing{name}", args=[thing.key])


class Kept:
    """The list of the board."""

    def __init__(self, cast):
        self.cast, self.body = cast, cast.bodies["board"]

    def adds(self, title, starts=TODAY, **more):
        with self.cast.acting("dilys") as dilys:
            return standing_list.add(
                dilys, body=self.body, entry=Entry(title, **more), starts=starts
            )

    def titles(self, day=TODAY):
        with self.cast.acting("dilys") as dilys:
            return [one.title for one in queries.standing_list(dilys, self.body, day=day)]

    def agenda_of(self, day):
        with self.cast.acting("dilys") as dilys:
            meeting = meetings.plan(dilys, body=self.body, held_on=day)
            services.begin(dilys, meeting=meeting, from_last=True)
            return [
                (one.ref, one.title, one.minutes_allowed)
                for one in Item.objects.filter(meeting=meeting).order_by("position")
            ]


@pytest.fixture
def kept(cast):
    return Kept(cast)


def test_a_new_agenda_begins_with_the_list_of_its_day(kept):
    kept.adds("Welcome", minutes_allowed=5)
    kept.adds("Apologies", under=True)
    kept.adds("Performance", starts=MARCH, kind="crime_report")

    assert kept.agenda_of(datetime.date(2027, 2, 9)) == [
        ("1", "Welcome", 5),
        ("1(a)", "Apologies", None),
    ]
    assert [title for _, title, _ in kept.agenda_of(MARCH)][-1] == "Performance"


def test_without_a_list_it_begins_as_before(kept):
    assert next(title for _, title, _ in kept.agenda_of(MARCH)) == "Declarations of interest"


def test_what_has_stopped_comes_no_more_and_stays_to_be_read(kept, signed_in):
    item = kept.adds("Welcome")
    kept.adds("Minutes")
    signed_in("dilys").post(address("_stop", item))

    assert kept.titles() == ["Minutes"]
    with kept.cast.acting("dilys"):
        assert StandingItem.objects.get(pk=item.pk).ends == TODAY
    assert TrailLine.objects.filter(what="standing_item.stopped").count() == 1
    again = signed_in("dilys").post(address("_stop", item))
    assert again.status_code == 403
    assert "This no longer comes on the agendas." in words(again)


def test_items_change_places(kept, signed_in):
    for title in ("First", "Second", "Third"):
        last = kept.adds(title)
    dilys = signed_in("dilys")
    page = dilys.post(address("_move", last), {"place": "1"}, follow=True)
    assert "Moved: “Third”." in words(page)
    assert kept.titles() == ["Third", "First", "Second"]

    page = dilys.post(address("_move", last), {"place": "first"}, follow=True)
    assert "Give the place as a number, for example 3." in words(page)
    assert kept.titles() == ["Third", "First", "Second"]


def test_a_story_of_the_list(kept, signed_in):
    dilys = signed_in("dilys")
    page = dilys.post(address("_add", kept.body), {"title": "", "kind": "information"})
    assert "Give the item a title." in words(page)
    form = {
        "title": "Welcome",
        "kind": "information",
        "part": "public",
        "starts": "9 March 2027",
        "minutes_allowed": "5",
    }
    page = dilys.post(address("_add", kept.body), form, follow=True)
    assert "Saved: “Welcome”." in words(page)
    assert "From 9 March 2027" in words(page)

    with kept.cast.acting("dilys"):
        item = StandingItem.objects.get()
    assert "9 March 2027" in dilys.get(address("_change", item)).text
    dilys.post(address("_change", item), form | {"title": "Welcome and apologies"})
    shown = words(signed_in("tobias").get(address("", kept.body)))
    assert " 5 " in shown
    assert "numeric" not in shown
    assert "Welcome and apologies" in shown
    assert ONLY_SECRETARY in shown


@pytest.mark.parametrize("name", ["_add", "_change"])
def test_a_member_reads_it_and_changes_nothing(kept, signed_in, name):
    thing = kept.body if name == "_add" else kept.adds("Welcome")
    page = signed_in("tobias").get(address(name, thing))
    assert page.status_code == 403
    assert ONLY_SECRETARY in words(page)


@pytest.mark.parametrize("name", ["_move", "_stop"])
def test_steps_are_taken_by_the_secretary_alone(kept, signed_in, name):
    item = kept.adds("Welcome")
    assert signed_in("tobias").post(address(name, item), {"place": "1"}).status_code == 403
    assert signed_in("dilys").get(address(name, item)).status_code == 405


@pytest.mark.slow
def test_the_list_asks_as_much_for_one_as_for_thirty(kept, signed_in):
    dilys = signed_in("dilys")
    asked = []
    for rows in (1, 29):
        for number in range(rows):
            kept.adds(f"Item {number}")
        dilys.get(address("", kept.body))
        with CaptureQueriesContext(transaction.get_connection()) as captured:
            dilys.get(address("", kept.body))
        asked.append(len(captured))
    assert asked[0] == asked[1]
