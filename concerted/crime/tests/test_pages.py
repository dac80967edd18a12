"""Explore as a member meets it: a question in the address, its answer in words and numbers."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerted.audit.models import Line, Verb
from concerted.crime.lake.months import Period, month_of, words_of
from concerted.crime.lake.tests.invented import brought, street

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/crime/",
    "/crime/snapshots/",
    "/crime/snapshots/1/",
    "/crime/report.csv",
    "/crime/explore/",
    "/crime/explore.csv",
]
ASKED = {
    "measure": "burglary",
    "area": "E06000101",
    "months": "12",
    "to": "2024-06",
    "against": "1",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A lake with 30 burglaries a month until June 2023, and 12 a month since."""
    there = tmp_path_factory.mktemp("pages")
    months = Period(month_of("2022-07"), month_of("2024-06")).months
    brought(
        there,
        {
            words_of(one): [street(words_of(one))] * (30 if one <= month_of("2023-06") else 12)
            for one in months
        },
    )
    return there


@pytest.fixture
def lake(folder, settings):
    settings.LAKE = folder / "lake"


def test_a_member_asks_and_reads_the_answer_its_chart_and_its_numbers(lake, signed_in):
    page = signed_in("tobias").get("/crime/explore/", ASKED)

    assert page.status_code == 200
    assert "Burglary in Fell: clear decrease" in page.text
    assert "144 crimes in the 12 months to June 2024, from 360 in the 12 months to" in page.text
    assert page.text.count('role="img"') == 2
    assert '<th scope="row">Jun 2024</th><td class="app-numeric">12</td>' in page.text
    assert "not all crime" in page.text
    assert "Half lie in 1 small area of " in page.text
    assert '<th scope="row">Under investigation</th><td class="app-numeric">144</td>' in page.text


def test_who_chose_nothing_reads_of_all_crime_up_to_the_newest_month(lake, signed_in):
    page = signed_in("tobias").get("/crime/explore/")

    assert "All recorded crime in Fell: clear decrease" in page.text
    assert "June 2024" in page.text


def test_a_question_that_cannot_be_asked_keeps_what_was_chosen(lake, signed_in):
    page = signed_in("tobias").get("/crime/explore/", ASKED | {"measure": "<gold>"})

    assert page.status_code == 200
    assert page.text.count("There is a problem") == 1
    assert "<gold>" not in page.text
    assert '<option value="2024-06" selected>' in page.text


def test_a_comparison_with_months_that_nobody_reported_says_so_and_no_number(lake, signed_in):
    page = signed_in("tobias").get("/crime/explore/", ASKED | {"against": "5"})

    assert "Burglary in Fell: not reported" in page.text
    assert "is not zero" in page.text


def test_an_empty_lake_is_said_to_be_empty(tmp_path, settings, signed_in):
    settings.LAKE = tmp_path

    page = signed_in("tobias").get("/crime/explore/")

    assert "There are no crime figures here yet." in page.text
    assert '<form action="/crime/explore/"' not in page.text


def test_the_numbers_are_taken_as_a_spreadsheet_and_the_trail_keeps_that(lake, signed_in):
    answer = signed_in("tobias").get("/crime/explore.csv", ASKED)

    rows = list(csv.reader(io.StringIO(answer.text)))
    assert answer["Content-Type"].startswith("text/csv")
    assert rows[0][0].startswith("Taken by ")
    assert rows[1][0] == "Burglary in Fell: clear decrease"
    months = rows[3:]
    assert len(months) == 12
    assert months[-1] == ["2024-06", "Burglary", "Fell", "E06000101", "12", "30", "1", "1"]
    line = Line.objects.latest("id")
    assert (line.what, line.verb) == ("figures.exported", Verb.DISCLOSE)


def test_a_spreadsheet_of_a_question_that_cannot_be_asked_is_the_page_that_says_why(
    lake, signed_in
):
    client = signed_in("tobias")

    answer = client.get("/crime/explore.csv", ASKED | {"months": "9"})

    assert answer.status_code == 302
    assert "There is a problem" in client.get(answer["Location"]).text


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_holds_no_seat_or_post_reads_none_and_others_are_asked_to_sign_in(
    lake, signed_in, client, address
):
    assert signed_in("nell").get(address)["Location"] == "/people/no-appointment/"
    assert client.get(address)["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_figures_are_only_read(lake, signed_in, address):
    assert signed_in("tobias").post(address).status_code == 405


def test_a_larger_area_costs_the_database_no_more(lake, signed_in):
    client = signed_in("tobias")
    client.get("/crime/explore/", ASKED)
    asked = []
    for area in ("E05000001", "E06000101"):
        with CaptureQueriesContext(connection) as queries:
            client.get("/crime/explore/", ASKED | {"area": area})
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_report_says_what_changed_before_it_shows_it(lake, signed_in):
    page = signed_in("tobias").get("/crime/", {"area": "E06000101"})

    assert "Recorded crime: clear decrease. 144 crimes, from 360." in page.text
    assert "Clear decrease: burglary (144, from 360)." in page.text
    assert "June 2024 lies within the limits" in page.text or "routine variation" in page.text
    assert ">Mill</th>" in page.text
    assert "snapshot 1</a>." in page.text


def test_the_numbers_of_a_report_are_taken_as_a_spreadsheet(lake, signed_in):
    answer = signed_in("tobias").get("/crime/report.csv", {"area": "E06000101", "months": "1"})

    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[3][:9] == [
        *("Fell", "E06000101", "All recorded crime", "2024-06", "2024-06", "12"),
        *("2023-06", "2023-06", "30"),
    ]
    assert {row[0] for row in rows[3:]} == {"Fell", "Mill", "Quay"}
    assert Line.objects.latest("id").what == "figures.exported"


def test_what_figures_rest_on_can_be_read(lake, signed_in):
    client = signed_in("tobias")

    listed = client.get("/crime/snapshots/")
    one = client.get("/crime/snapshots/1/")

    assert "July 2022 to June 2024" in listed.text
    assert "in use" in listed.text
    assert "504 rows, July 2022 to June 2024: in use." in one.text
    assert "Every row could be read." in one.text
    assert '<th scope="row">June 2024</th><td class="app-numeric">12</td>' in one.text


def test_a_snapshot_that_a_later_one_takes_the_place_of_says_so(tmp_path, settings, signed_in):
    months = {"2024-05": [street("2024-05")] * 2, "2024-06": [street("2024-06")]}
    brought(tmp_path, months)
    brought(tmp_path, {"2024-06": [street("2024-06")] * 3})
    settings.LAKE = tmp_path / "lake"
    client = signed_in("tobias")

    listed = client.get("/crime/snapshots/").text

    assert listed.index("Snapshot 2</a>") < listed.index("Snapshot 1</a>")
    assert "superseded in part" in client.get("/crime/snapshots/1/").text
    assert "in use" in client.get("/crime/snapshots/2/").text


def test_a_snapshot_that_is_not_there_is_not_found(lake, signed_in):
    assert signed_in("tobias").get("/crime/snapshots/7/").status_code == 404
