"""Home: what needs this reader."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.actions.services import say
from concerted.imports import services as imports
from concerted.imports.tests.conftest import BOARD
from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.reading import read

HOME = reverse("desk:home")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def to_check(cast):
    """Files of Dilys's that were read and wait for her."""

    def add(number):
        for n in range(1, number + 1):
            text = BOARD.replace("11th March", f"{n}th March")
            with cast.acting("dilys") as dilys:
                handover = imports.hand_over(dilys, files=[(f"{n}.txt", text.encode())])
                imports.was_read(dilys, file=handover.files.get(), reading=read(text), notes=[])

    return add


@pytest.fixture
def planned(cast):
    def add(body="board", *, in_days=9):
        with cast.acting("dilys") as dilys:
            return meetings.plan(
                dilys,
                body=cast.bodies[body],
                held_on=today() + datetime.timedelta(days=in_days),
                starts_at=datetime.time(14),
                venue="Town Hall",
            )

    return add


def test_a_member_sees_what_is_late_what_is_next_and_what_changed(cast, signed_in, given, planned):
    action = given("Clear the yard")
    planned()
    planned("area", in_days=2)
    with cast.acting("tobias") as tobias:
        say(tobias, action=action, said="still", note="Waiting for the skip.")

    page = words(signed_in("tobias").get(HOME))

    places = [
        page.index(part)
        for part in (
            "What needs you",
            "Yours to do (2)",
            "Clear the yard",
            "3 days overdue",
            "Next Safer Marlbeck Board",
            "2pm. Town Hall.",
            "What changed",
            "Waiting for the skip.",
        )
    ]
    assert places == sorted(places)
    assert "Fenside" not in page
    assert "Hand over minutes" not in page


def test_the_secretary_sees_what_waits_to_be_checked(signed_in, to_check):
    to_check(2)

    page = words(signed_in("dilys").get(HOME))

    assert "Yours to do (2)" in page
    assert "Check what was read in 1.txt" in page
    assert "Hand over minutes" in page
    assert "files to check" not in page


@pytest.mark.slow
def test_more_than_seven_to_check_are_counted_and_led_to(signed_in, to_check):
    to_check(9)

    page = words(signed_in("dilys").get(HOME))

    assert "Yours to do (9)" in page
    assert page.count("Check what was read in") == 7
    assert "All 9 files to check" in page


@pytest.mark.parametrize("who", ["owen", "sid", "agnes", "maud"])
def test_nothing_needs_somebody_who_has_nothing(signed_in, given, planned, to_check, who):
    given("Clear the yard")
    given("Secret thing", to="gareth", body="silver")
    planned("silver")
    to_check(1)

    page = words(signed_in(who).get(HOME))

    assert "Yours to do (0)" in page
    assert "Nothing needs you." in page
    assert "No meeting is planned that you may see." in page
    for unseen in ("Clear the yard", "Secret", "Silver", "1.txt"):
        assert unseen not in page


@pytest.mark.slow
def test_what_is_hidden_counts_for_its_own_people_alone(signed_in, given, planned):
    given("Secret thing", to="gareth", body="silver")
    planned("silver")

    assert "Yours to do (2)" in words(signed_in("gareth").get(HOME))
    assert "Silver group" in words(signed_in("gareth").get(HOME))
    assert "Silver" not in words(signed_in("rowena").get(HOME))


@pytest.mark.slow
def test_the_page_costs_the_same_for_1_thing_and_for_30(cast, signed_in, given, to_check):
    client = signed_in("dilys")

    def cost():
        client.get(HOME)
        with CaptureQueriesContext(connection) as asked:
            client.get(HOME)
        return len(asked)

    def more(number):
        for n in range(number):
            action = given(f"Action {n}", to="dilys")
            with cast.acting("dilys") as dilys:
                say(dilys, action=action, said="still")

    more(1)
    to_check(1)
    few = cost()
    more(29)
    to_check(8)

    assert cost() == few


def test_home_is_for_those_who_signed_in(client, db):
    response = client.get(HOME)

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_another_method_is_not_allowed(signed_in):
    assert signed_in("maud").post(HOME).status_code == 405
