"""Every page, as the secretary and as a member: no barrier, no sideways scroll, no complaint."""

import datetime
import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from concerted.people.services import define_area
from tests.browser import texts

pytestmark = pytest.mark.browser

# Answered with a file, not with a page.
FILES = {"documents:download", "meetings:decisions_csv"}
# A link sent by mail; without its one-time key it is the page that says so.
KEYS = {"account_reset_password_from_key": {"uidb36": "1", "key": "used-up"}}


def routes(resolver=None, namespace=""):
    """Every named route: its name, and the arguments it takes."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inside = ":".join(filter(None, (namespace, one.namespace)))
            yield from routes(one, inside)
        elif isinstance(one, URLPattern) and one.name:
            name = ":".join(filter(None, (namespace, one.name)))
            yield name, tuple(one.pattern.regex.groupindex)


ROUTES = [one for one in routes() if not one[0].startswith("ui:gallery") and one[0] not in FILES]


@pytest.fixture(scope="session")
def examples(town):
    """One example of each thing that has a page of its own, by the start of its route."""
    day = datetime.date(2013, 9, 10)
    town.imports(f"{day}.txt", texts.minutes(day), accept=True)
    town.does("maud", _defines_an_area)
    town.imports("to-check.txt", texts.minutes(datetime.date(2013, 11, 12)), accept=False)
    board, seat = town.cast.bodies["board"], town.cast.seats["tobias"]

    def newest(table, more=""):
        return town.value(f"SELECT key FROM {table} {more} ORDER BY id DESC LIMIT 1")

    file = newest("imports_file", "WHERE state = 'read' AND name = 'to-check.txt'")
    found = {
        "actions:": {
            "key": newest("actions_action", "WHERE text LIKE '%%town centre%%'"),
            "update_key": "bcdfgh",
        },
        "imports:": {"key": file, "number": 1},
        "imports:handover": {"key": newest("imports_handover")},
        "jobs:": {"key": newest("jobs_job")},
        "meetings:": {"key": newest("meetings_meeting", "WHERE held_on = '2013-09-10'")},
        "people:": {"key": board.key},
        "people:appoint": {"key": seat.key},
        "people:seat_confirm": {"key": seat.key},
        "people:appoint_to_post": {"key": newest("people_post")},
        "people:end_appointment": {"key": newest("people_appointment")},
        "people:organisation": {"key": town.cast.organisations["police"].key},
        "people:standing_change": {"key": town.cast.organisations["police"].key},
        "people:area": {"key": newest("people_area")},
    }
    return found | KEYS


def _defines_an_area(maud):
    define_area(maud, name="Fenside", parts=[("ward", "E05000001", "Fenside East", False)])


def path_of(name, wanted, examples):
    if not wanted:
        return reverse(name)
    start = max((key for key in examples if name.startswith(key)), key=len)
    return reverse(name, kwargs={one: examples[start][one] for one in wanted})


@pytest.mark.parametrize("who", ["dilys", "tobias"])
@pytest.mark.parametrize(("name", "wanted"), ROUTES, ids=[name for name, _ in ROUTES])
def test_a_page_has_no_barrier_wide_and_narrow(somebody, examples, name, wanted, who):
    reader = somebody(who)
    path = path_of(name, wanted, examples)
    if reader.page.request.head(path).status == 405:
        return  # a button's address, which has no page
    answer = reader.goes_to(path)
    assert answer.status in (200, 403, 404)
    if who == "dilys" and not name.startswith("desk:trail"):
        assert answer.status == 200
    if answer.status != 404:
        reader.finds_no_barrier()
    reader.page.set_viewport_size({"width": 320, "height": 800})
    reader.fits(320)
    if answer.status != 404:
        reader.finds_no_barrier()
    reader.has_nothing_against_it()


@pytest.mark.parametrize("who", ["dilys", "tobias"])
def test_every_page_fits_a_narrow_window_without_script(somebody, examples, who):
    """Without script nothing folds away: all that a page holds must fit."""
    reader = somebody(who, width=320, script=False)
    for name, wanted in ROUTES:
        path = path_of(name, wanted, examples)
        if re.search("sign-in/out|password", path) or reader.page.request.head(path).status == 405:
            continue
        assert reader.goes_to(path).status in (200, 403, 404)
        reader.fits(320)
    reader.has_nothing_against_it()


@pytest.mark.parametrize("name", sorted(FILES))
def test_files_are_given_to_those_who_may_have_them(somebody, examples, town, name):
    dilys = somebody("dilys")
    version = town.value("SELECT key FROM documents_version ORDER BY id DESC LIMIT 1")
    path = reverse(name, args=[version] if name.startswith("documents") else [])
    answer = dilys.page.request.get(path)
    assert answer.status == 200
    assert "attachment" in answer.headers["content-disposition"]
