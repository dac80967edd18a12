"""The decisions register: each filter and all together, counted within what one may see."""

import csv
import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.kernel.keys import new_key
from concerted.meetings.tests.conftest import DAY, decided, item
from concerted.ui.words import as_text
from tests.steady import steady

REGISTER, SHEET = reverse("meetings:decisions"), reverse("meetings:decisions_csv")


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def titles(page):
    return re.findall(r'<a class="govuk-link" href="[^"]+#d-[^"]+">([^<]+)</a>', page.text)


@pytest.fixture
def year(cast, recorded, followed):
    """Three meetings of two bodies; of the first decision came an overdue action."""
    lamps = recorded(item("Lamps", decided("agreed", "the lamps be mended")), on=DAY)
    recorded(item("Figures", decided("noted", "the figures be noted")), on=DAY.replace(month=5))
    recorded(item("Fenside", decided("approved", "the bins be moved")), body="area")
    followed(lamps, due=today() - datetime.timedelta(days=2))
    return cast


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"Lamps", "Figures", "Fenside"}),
        ({"q": "LAMPS mended"}, {"Lamps"}),
        ({"q": "figures"}, {"Figures"}),
        ({"q": "%"}, set()),
        ({"body": ["area"]}, {"Fenside"}),
        ({"body": ["area", "board"]}, {"Lamps", "Figures", "Fenside"}),
        ({"code": ["noted"]}, {"Figures"}),
        ({"code": ["noted", "agreed"]}, {"Lamps", "Figures"}),
        ({"came": "open"}, {"Lamps"}),
        ({"came": "overdue"}, {"Lamps"}),
        ({"came": "nothing"}, {"Figures", "Fenside"}),
        ({"since": "1 June 2026"}, {"Lamps", "Fenside"}),
        ({"until": "1 June 2026"}, {"Figures"}),
        ({"since": "16 May 2026", "until": "16/5/2026"}, {"Figures"}),
        (
            {
                "q": "lamps",
                "body": ["board"],
                "code": ["agreed"],
                "came": "overdue",
                "since": "1 June 2026",
                "until": "30 June 2026",
            },
            {"Lamps"},
        ),
        ({"q": "lamps", "code": ["noted"]}, set()),
    ],
)
def test_each_filter_finds_what_fits_alone_and_together(year, signed_in, wanted, found):
    wanted = dict(wanted)
    if "body" in wanted:
        wanted["body"] = [year.bodies[name].key for name in wanted["body"]]

    page = signed_in("dilys").get(REGISTER, wanted)

    assert set(titles(page)) == found
    assert ("No decisions match." in page.text) is (not found)
    chips = sum(len(one) if isinstance(one, list) else 1 for one in wanted.values())
    assert page.text.count("Remove filter: ") == chips


def test_the_newest_stand_first_with_what_came_of_them(year, signed_in):
    page = signed_in("dilys").get(REGISTER)

    assert titles(page)[-1] == "Figures"
    assert "What came of it: 1 action 2 days overdue" in words(page)
    assert "What came of it: nothing followed" in words(page)


def test_each_part_of_the_filter_is_taken_away_alone(year, signed_in):
    client = signed_in("dilys")
    page = client.get(REGISTER, {"code": ["noted", "agreed"], "q": "the", "page": "1"})

    hrefs = re.findall(r'href="(\?[^"]*)"[^>]*>[^<]*<span[^>]*>Remove filter', page.text)
    assert len(hrefs) == 3
    left = client.get(REGISTER + hrefs[0].replace("&amp;", "&"))
    assert left.text.count("Remove filter: ") == 2
    assert not any("page=" in href for href in hrefs)


@pytest.mark.slow
def test_counts_are_of_what_this_reader_may_see(year, signed_in, recorded):
    recorded(item("Secret", decided("endorsed", "unheard-of words")), body="silver")

    member = words(signed_in("tobias").get(REGISTER))
    assert "Safer Marlbeck Board (2)" in member
    assert "2 decisions" in member
    for unseen in ("Fenside", "Silver", "Endorsed", "unheard-of"):
        assert unseen not in member
    assert "Silver group (1)" in words(signed_in("gareth").get(REGISTER))
    assert "0 decisions" in words(signed_in("sid").get(REGISTER))


def test_a_hidden_bodys_key_answers_like_one_that_was_made_up(cast, year, signed_in, recorded):
    recorded(item("Secret", decided()), body="silver")
    client = signed_in("tobias")
    hidden, made_up = cast.bodies["silver"].key, new_key()

    one, other = (client.get(REGISTER, {"body": key}) for key in (hidden, made_up))

    told = [re.sub(f"{hidden}|{made_up}", "", steady(page)) for page in (one, other)]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"since": "sometime"}, "Write the date like this: 16 June 2009."),
        ({"until": "31 June 2026"}, "There is no such day"),
        (
            {"since": "2 June 2026", "until": "1 June 2026"},
            "This day is before the first. Give a later one.",
        ),
    ],
)
def test_a_bad_date_is_said_at_its_field_and_gives_nothing_away_as_a_sheet(
    year, signed_in, wanted, sentence
):
    client = signed_in("dilys")

    assert sentence in client.get(REGISTER, wanted).text
    sheet = client.get(SHEET, wanted, follow=True)
    assert sentence in sheet.text
    assert not Line.objects.filter(what="decisions.exported").exists()


def test_more_than_20_go_on_pages_and_keep_the_filter(signed_in, recorded):
    recorded(*[item(f"Item {n:02}", decided()) for n in range(23)])
    client = signed_in("tobias")

    first, second = (client.get(REGISTER, {"code": "noted", "page": n}) for n in (1, 2))

    assert (len(titles(first)), len(titles(second))) == (20, 3)
    assert "(21 to 23 shown)" in words(second)
    assert "code=noted" in re.search(r'href="([^"]*page=2[^"]*)"', first.text)[1]
    assert len(titles(client.get(REGISTER, {"page": "99"}))) == 3


@pytest.mark.slow
def test_the_register_costs_the_same_for_1_row_and_30(signed_in, recorded, followed):
    client = signed_in("dilys")

    def cost():
        client.get(REGISTER)
        with CaptureQueriesContext(connection) as asked:
            client.get(REGISTER)
        return len(asked)

    followed(recorded())
    few = cost()
    for number in range(1, 30):
        followed(recorded(on=DAY + datetime.timedelta(days=number)), f"Action {number}")

    assert cost() == few
    assert few <= 16


# As a spreadsheet


def test_the_spreadsheet_is_marked_and_on_the_trail(year, signed_in):
    response = signed_in("dilys").get(SHEET, {"code": "agreed"})

    rows = list(csv.reader(response.text.splitlines()))
    assert rows[0][0].startswith("Taken by Dilys Ambrey, ")
    assert rows[0][0].endswith("OFFICIAL")
    assert rows[1] == ["Date", "Body", "Minute", "Item", "Outcome", "Decision"]
    assert rows[2:] == [
        ["2026-06-16", "Safer Marlbeck Board", "1", "Lamps", "Agreed", "the lamps be mended"]
    ]
    assert response["Content-Disposition"] == 'attachment; filename="decisions.csv"'
    assert response["Cache-Control"] == "private, no-store"
    assert Line.objects.get(what="decisions.exported").verb == "disclose"


def test_the_spreadsheet_holds_what_this_reader_may_see_alone(year, signed_in, recorded):
    recorded(item("Secret", decided()), body="silver")

    sheet = signed_in("tobias").get(SHEET).text

    assert "Secret" not in sheet
    assert "Fenside" not in sheet
    assert "Lamps" in sheet


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 1632", "'+44 1632"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("\n@x", "'\n@x"),
        ("the report = noted", "the report = noted"),
        ("", ""),
    ],
)
def test_no_cell_is_taken_for_a_formula(value, cell):
    assert as_text(value) == cell


def test_a_decision_that_looks_like_a_formula_leaves_as_words(signed_in, recorded):
    recorded(item('=HYPERLINK("http://x")', decided("noted", "+cmd|calc")))

    rows = list(csv.reader(signed_in("dilys").get(SHEET).text.splitlines()))

    assert rows[2][3:] == ['\'=HYPERLINK("http://x")', "Noted", "'+cmd|calc"]
