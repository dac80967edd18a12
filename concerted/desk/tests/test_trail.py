"""The trail's page: who reads it, what stands on it for whom, and its spreadsheet."""

import csv
import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.access.actor import SYSTEM
from concerted.audit import trail as writing
from concerted.audit.models import Line, Verb
from concerted.audit.queries import PAGE, Cursor
from concerted.desk import trail as trails
from concerted.kernel.clock import as_of, now
from concerted.kernel.keys import new_key

TRAIL, SHEET = reverse("desk:trail"), reverse("desk:trail_csv")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def table(page):
    text = words(page)
    return text[text.index("When Who What") :] if "When Who What" in text else ""


def references(page):
    """The references of a page's lines, in order."""
    return re.findall(r"reference=(\w+)", page.text)


@pytest.fixture
def probe(cast):
    """Lines of a kind of their own, in one moment or in several."""

    def add(count, *, what="probe.made", verb=Verb.COLLECT, at=None):
        at = at or now()
        lines = [
            writing.line(SYSTEM, what, kind="probe", reference=new_key(), verb=verb)
            for _ in range(count)
        ]
        for line in lines:
            line.at = at
        Line.objects.bulk_create(lines)
        return [line.reference for line in lines]

    return add


# Who reads it


@pytest.mark.parametrize("address", [TRAIL, SHEET])
@pytest.mark.parametrize("who", ["dilys", "rowena", "tobias", "priti", "sid"])
def test_others_are_refused_in_a_sentence_and_that_is_a_line(signed_in, who, address):
    response = signed_in(who).get(address)

    assert response.status_code == 403
    assert "Only the partnership manager and the data protection officer" in response.text
    [line] = Line.objects.filter(what="request.refused")
    assert line.kind in ("desk:trail", "desk:trail_csv")


@pytest.mark.parametrize("address", [TRAIL, SHEET])
def test_another_method_is_not_allowed(signed_in, address):
    assert signed_in("maud").post(address).status_code == 405


# What stands on it


def test_a_name_and_a_title_stand_where_the_reader_may_see_them(cast, signed_in, given):
    action = given("Clear the yard behind the shops")

    seen = table(signed_in("maud").get(TRAIL, {"reference": action.key}))

    assert "Dilys Ambrey" in seen
    assert cast.accounts["dilys"].key in seen
    assert "Action: Clear the yard behind the shops actions.action " + action.key in seen


def test_a_reader_who_may_not_see_the_record_reads_its_kind_and_reference_alone(
    cast, signed_in, given
):
    action = given("Clear the yard behind the shops")

    seen = table(signed_in("owen").get(TRAIL, {"reference": action.key}))

    assert f"actions.action {action.key}" in seen
    assert "action.agreed (collect)" in seen
    for unseen in ("Clear the yard", "Action:"):
        assert unseen not in seen


def test_a_hidden_groups_business_has_no_title_for_the_manager(cast, signed_in, given):
    action = given("Watch the canal", to="gareth", body="silver")

    page = signed_in("maud").get(TRAIL, {"reference": action.key})

    assert action.key in table(page)
    assert "Watch the canal" not in page.text
    assert "Silver" not in page.text


def test_a_title_is_a_link_to_its_record(signed_in, given):
    action = given("Clear the yard")

    page = signed_in("maud").get(TRAIL, {"reference": action.key})

    assert f'href="{action.get_absolute_url()}"' in page.text


# The filter


def test_the_filter_finds_by_verb_kind_person_and_reference(cast, signed_in, given):
    action = given("Clear the yard")
    other = given("Sweep the lane")
    client = signed_in("maud")

    assert set(references(client.get(TRAIL, {"reference": action.key}))) == {action.key}
    by_kind = references(client.get(TRAIL, {"kind": "actions.action", "verb": "collect"}))
    assert by_kind == [other.key, action.key]
    assert references(client.get(TRAIL, {"kind": "actions.action", "verb": "erase"})) == []
    for who in ("Dilys", "ambrey dilys", cast.accounts["dilys"].key):
        assert action.key in references(client.get(TRAIL, {"who": who}))
    assert references(client.get(TRAIL, {"who": "Tobias"})) == []
    assert references(client.get(TRAIL, {"who": "nobody of that name"})) == []


def test_days_are_those_of_britain(signed_in, probe):
    late_evening = datetime.datetime(2025, 6, 30, 23, 30, tzinfo=datetime.UTC)  # 1 July here
    [reference] = probe(1, at=late_evening)
    client = signed_in("owen")

    assert references(client.get(TRAIL, {"since": "1 July 2025", "until": "1/7/2025"})) == [
        reference
    ]
    assert references(client.get(TRAIL, {"until": "30 June 2025"})) == []


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "1 July 2025", "until": "1 June 2025"}, "This day is before the first."),
        ({"since": "yesterday"}, "Write the date like this"),
        ({"verb": "destroy"}, "Select a valid choice"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_shows_and_gives_nothing(signed_in, asked, said):
    client = signed_in("owen")

    page = client.get(TRAIL, asked)

    assert said in page.text
    assert table(page) == ""
    assert client.get(SHEET, asked).status_code == 302
    assert not Line.objects.filter(what="trail.exported").exists()


# Page by page


def all_pages(client, **asked):
    found, page = [], client.get(TRAIL, asked)
    while True:
        found += references(page)
        older = re.search(r'href="(\?[^"]*before=[^"]+)" rel="next"', page.text)
        if not older:
            return found
        page = client.get(TRAIL + older[1].replace("&amp;", "&"))


@pytest.mark.parametrize("apart", [0, 1])
def test_every_line_comes_once_however_many_share_a_moment(signed_in, probe, apart):
    made = []
    for number in range(3):
        at = now() + datetime.timedelta(minutes=5 + number * apart)
        made += probe(PAGE - 7, at=at)

    found = [one for one in all_pages(signed_in("owen"), since="1 January 2020") if one in made]

    assert found == made[::-1]


def test_lines_that_come_meanwhile_neither_repeat_nor_hide_one(signed_in, probe):
    made = probe(PAGE + 10, at=now() + datetime.timedelta(minutes=1))
    client = signed_in("owen")
    first = client.get(TRAIL)
    probe(20, at=now() + datetime.timedelta(minutes=2))
    older = re.search(r'href="(\?before=[^"]+)" rel="next"', first.text)[1]

    second = client.get(TRAIL + older)

    assert (references(first) + references(second))[: len(made)] == made[::-1]
    assert "Back to the newest" in second.text


def test_a_cursor_tells_no_serial_number_and_reads_back(db):
    cursor = Cursor(datetime.datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=datetime.UTC), 3)

    assert str(cursor) == "1772357400123456-3"
    assert Cursor.read(str(cursor)) == cursor


@pytest.mark.parametrize("text", ["", "x", "-", "1-", "-1", "1-x", "9" * 40 + "-1", "٣-١", "1--1"])
def test_a_cursor_of_somebody_elses_making_is_the_first_page(signed_in, probe, text):
    probe(1)

    page = signed_in("owen").get(TRAIL, {"before": text})

    assert Cursor.read(text) is None
    assert page.status_code == 200
    assert references(page)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["owen", "maud"])
def test_the_page_costs_the_same_for_1_line_and_for_a_full_page(signed_in, given, who):
    client = signed_in(who)

    def cost():
        client.get(TRAIL)
        with CaptureQueriesContext(connection) as asked:
            client.get(TRAIL, {"kind": "actions.action"})
        return [one["sql"] for one in asked]

    given("Clear the yard")
    few = cost()
    for number in range(PAGE + 5):
        given(f"Action {number}", body=("board", "silver")[number % 2], to="gareth")

    assert len(cost()) == len(few)
    assert sum("audit_line" in sql for sql in few) == 1


# The spreadsheet


def test_the_spreadsheet_says_who_took_it_and_is_on_the_trail_itself(cast, signed_in, given):
    action = given("Clear the yard")
    with as_of(datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)):
        response = signed_in("maud").get(SHEET, {"reference": action.key})

    marked, head, *rows = csv.reader(response.text.splitlines())
    [line] = Line.objects.filter(what="trail.exported")
    assert marked == [
        f"Taken by Maud Trent, 01 March 2026 09:30 UTC, reference {line.reference}. "
        "OFFICIAL-SENSITIVE"
    ]
    assert (line.actor, line.verb) == (cast.accounts["maud"].key, "disclose")
    assert head[0] == "When (UTC)"
    assert {row[5] for row in rows} == {action.key}
    assert "Clear the yard" not in response.text
    assert "Dilys" not in response.text


def test_who_took_a_spreadsheet_can_be_looked_up(signed_in):
    signed_in("owen").get(SHEET)

    seen = table(signed_in("maud").get(TRAIL, {"verb": "disclose"}))

    assert "Owen Stainmore" in seen
    assert "trail.exported" in seen


def test_too_many_lines_are_refused_with_what_to_do(signed_in, probe, monkeypatch):
    monkeypatch.setattr(trails, "MOST_AT_ONCE", 10)
    probe(11)

    page = signed_in("owen").get(SHEET, follow=True)

    assert "These are more than 10 lines" in words(page)
    assert not Line.objects.filter(what="trail.exported").exists()
