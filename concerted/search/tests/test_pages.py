"""The page of the search, as three kinds of readers meet it."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.meetings.services import NewDecision, NewItem, NewLimb
from concerted.search import queries
from concerted.search.tests.conftest import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(signed_in):
    """The page that one of the cast gets for what they type."""

    def ask(who, text, **more):
        response = signed_in(who).get("/search/", {"q": text} | more)
        assert response.status_code == 200
        return response

    return ask


def main(response):
    """What stands in the page's own part, as words."""
    inside = re.search(r'aria-labelledby="results">(.*?)</section>', response.text, re.S)[1]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def test_the_chair_finds_the_minute_the_decision_and_the_paper(board, search):
    page = search("rowena", "burglary")

    assert results(page) == ["12/09. Burglary briefing"] * 2
    assert '12/09. <mark class="app-mark">Burglary</mark> briefing' in page.text
    assert f"/meetings/{board['meeting'].key}/#i-{board['item'].key}" in page.text
    assert "2 found" in page.text
    [paper] = results(search("rowena", "taxis"))
    assert paper == "Night-time economy"


def test_each_reader_finds_what_they_may_see(board, restrict, search):
    """The chair reads the board's papers, the police all of them, the lodger's call the office."""
    restrict(board["item"])

    for who, found in {
        "rowena": [],
        "agnes": [],
        "gareth": ["12/09. Burglary briefing"] * 2,
        "dilys": ["12/09. Burglary briefing"] * 3,
    }.items():
        assert results(search(who, "burglary")) == found, who


@pytest.mark.slow
def test_what_somebody_may_not_see_changes_no_byte_of_their_page(board, recorded, search):
    asked = ("nightjar", "nightjor", "starts", "kind:minutes", 'body:"Silver group"', "is:open")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|data-seconds="\d+"')

    def seen():
        return [
            re.sub(r"data-session=.*?</dialog>", "", token.sub("", page.text), flags=re.S)
            for page in (search("tobias", one) for one in asked)
        ]

    before = seen()
    recorded(NewItem("1", "Nightjar", "Nightjar starts at Millrace."), body="silver")

    assert seen() == before
    assert results(search("gareth", "nightjar")) == ["1. Nightjar"]


def test_titles_come_before_texts_and_newer_before_older(recorded, search):
    for day, title, text in (
        (datetime.date(2024, 1, 9), "Turnstiles", "They were looked at."),
        (datetime.date(2026, 1, 6), "Old gates", "The turnstiles were looked at."),
        (datetime.date(2026, 3, 3), "New gates", "The turnstiles were looked at."),
    ):
        recorded(NewItem("", title, text), held_on=day)

    assert results(search("tobias", "turnstile")) == ["Turnstiles", "New gates", "Old gates"]


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("kind:meetings", {"meeting"}),
        ("kind:meeting guildhall", {"meeting"}),
        ("lighting", {"decision"}),
        ("decision:agreed", {"decision"}),
        ("decision:approved", {"decision"}),
        ("decision:any", {"decision"}),
        ("decision:deferred", set()),
        ("is:open", {"action", "update"}),
        ("is:overdue", {"action", "update"}),
        ("is:done", set()),
        ("kind:papers economy", {"paper", "recommendation", "section", "appendix"}),
        ("burglary body:smb", {"item", "decision"}),
        ('burglary body:"safer marlbeck board"', {"item", "decision"}),
        ("burglary body:safer-marlbeck-board", {"item", "decision"}),
        ("burglary body:fab", set()),
        ("burglary before:2026-06-16", set()),
        ("burglary before:2026-06-17", {"item", "decision"}),
        ("burglary after:2026-06-16", {"item", "decision"}),
        ("burglary after:2026-06-17", set()),
        ('"quad bikes"', {"item"}),
        ('"bikes quad"', set()),
        ("burglary -commander", {"decision"}),
        ("footfall OR padlocks", {"section", "update"}),
        ("12/09", {"item", "decision"}),
        ("09/12", set()),
        ("2(a)", {"decision"}),
        ("2(b)", set()),
        ("O'Brien", {"decision"}),
        ("alcohol", {"decision"}),
        ("cafe", {"item"}),
        ("night-time", {"paper", "recommendation", "section", "appendix"}),
        ("night time", {"paper", "recommendation", "section", "appendix"}),
        ("budget", {"item"}),
    ],
)
def test_what_is_typed_finds_these(typed, kinds, board, finds):
    assert finds("tobias", typed) == kinds


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("colour:red", "There is no filter called “colour:”."),
        ("before:2026-02-30", "“2026-02-30” is no day that can be looked up."),
        ("body:nowhere burglary", "You see no body called “nowhere”. The filter was left out."),
        ("kind:rumour burglary", "kind: is followed by one of meetings, minutes, decisions,"),
        ("is:lost burglary", "is: is followed by one of open, overdue, done, withdrawn."),
        ("decision:maybe burglary", "decision: is followed by one of noted, agreed, approved,"),
        ("is:open decision:agreed", "Actions are open or done, decisions have outcomes: nothing"),
    ],
)
def test_a_filter_that_makes_no_sense_is_answered_with_a_sentence(typed, sentence, board, search):
    assert sentence in main(search("tobias", typed))


def test_a_hidden_body_is_answered_as_one_that_is_not_there(board, search):
    hidden = main(search("tobias", 'burglary body:"silver group"'))

    assert hidden == main(search("tobias", 'burglary body:"copper group"')).replace(
        "copper", "silver"
    )
    assert "You see no body" not in main(search("gareth", 'burglary body:"silver group"'))


def test_counts_are_links_that_narrow_and_none_hides_the_others(board, recorded, search):
    recorded(NewItem("1", "Burglary in Fenside", "Sheds."), body="area", who="dilys")
    page = search("dilys", "burglary kind:decisions")

    assert "Kinds: Minutes (3), Decisions (1)" in main(page)
    assert "Bodies: Fenside area board (1), Safer Marlbeck Board (3)" in main(page)
    assert '<a class="govuk-link" href="?q=burglary+kind%3Aminutes">Minutes</a>' in page.text
    assert results(page) == ["12/09. Burglary briefing"]


def test_the_form_writes_the_text_of_the_box_and_the_box_fills_in_the_form(board, signed_in):
    client = signed_in("tobias")
    sent = client.get(
        "/search/",
        {
            "words": "burglary",
            "body": "Safer Marlbeck Board",
            "kind": "minutes",
            "before": "16 June 2027",
        },
    )
    assert sent.status_code == 302
    page = client.get(sent.url)

    typed = "burglary body:&#34;Safer Marlbeck Board&#34; kind:minutes before:2027-06-16"
    assert f'type="search" maxlength="400" value="{typed}"' in page.text
    assert results(page) == ["12/09. Burglary briefing"]
    checked = re.findall(r'value="([^"]+)"[^>]* checked', page.text)
    assert checked == ["minutes", "Safer Marlbeck Board"]
    assert 'value="16 June 2027"' in page.text


def test_a_day_that_is_none_stays_in_the_form_with_a_sentence(board, signed_in):
    page = signed_in("tobias").get("/search/", {"words": "burglary", "before": "31 June 2026"})

    assert page.status_code == 200
    assert "There is no such day as “31 June 2026”." in page.text


def test_a_word_that_is_not_found_is_mended_with_words_that_the_reader_sees(board, search):
    page = search("tobias", "burglery briefing")

    assert "Nothing that you may see fits." in main(page)
    assert 'Did you mean <a class="govuk-link" href="?q=burglary+briefing">' in page.text


@pytest.mark.slow
def test_a_word_is_never_mended_with_one_that_is_hidden(board, recorded, restrict, search):
    recorded(NewItem("1", "Nightjar", "Nightjar starts."), body="silver")
    restrict(board["item"])

    assert "?q=nightjar" in search("gareth", "nightjor").text
    assert "?q=burglary" in search("gareth", "burglery").text
    for who in ("tobias", "agnes"):
        assert "nightjar" not in main(search(who, "nightjor"))
        assert "burglary" not in main(search(who, "burglery"))


def test_nothing_found_says_what_to_try(board, search):
    words = main(search("tobias", "zeppelin kind:minutes"))

    assert "0 found" in words
    assert "Take a word away: all of them must be there." in words
    assert "look everywhere" in words


def test_an_empty_box_asks_what_is_looked_for(signed_in):
    page = signed_in("tobias").get("/search/")

    assert "What are you looking for?" in page.text
    assert "found</h2>" not in page.text


def test_nothing_that_is_found_or_typed_becomes_html(recorded, search):
    recorded(NewItem("1", "<b>Vans</b>", "<script>alert('vans')</script> vans & more"))
    page = search("tobias", 'vans "><script>x')

    assert "<script>x" not in page.text
    page = search("tobias", "vans alert")
    assert "<script>alert" not in page.text
    assert '&lt;b&gt;<mark class="app-mark">Vans</mark>&lt;/b&gt;' in page.text


def many(recorded, count):
    """Minutes with so many items that hold the same word, each with a decision."""
    recorded(
        *(
            NewItem(
                str(number),
                f"Vans {number}",
                "Vans were seen.",
                decisions=[NewDecision("noted", "Vans", [NewLimb("noted", "Vans")])],
            )
            for number in range(count)
        ),
        held_on=datetime.date(2026, 1, 6) + datetime.timedelta(days=count),
    )


def test_pages_of_results_end_and_each_thing_stands_on_one(recorded, search):
    many(recorded, 15)
    pages = [results(search("tobias", "vans", page=number)) for number in (1, 2)]

    assert [len(one) for one in pages] == [20, 10]
    assert "30 found (1 to 20 shown)" in main(search("tobias", "vans"))


def test_one_result_costs_as_many_queries_as_thirty(recorded, signed_in):
    client = signed_in("tobias")
    asked = {}
    for count in (1, 30):
        many(recorded, count)
        client.get("/search/", {"q": "vans"})
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/search/", {"q": "vans"}).status_code == 200
        asked[count] = len(caught)

    assert asked[1] == asked[30] <= 9


def test_of_very_many_the_newest_are_counted_and_it_says_so(recorded, search, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 4)
    many(recorded, 3)
    page = search("tobias", "vans")

    assert "More than 4 found" in main(page)
    assert "These are the best of the newest 4, and the counts are theirs." in main(page)
    assert len(results(page)) == 4


@pytest.mark.slow
def test_whoever_reads_restricted_words_here_leaves_a_line_in_the_trail(board, restrict, search):
    lines = Line.objects.filter(what__endswith=".consulted")
    search("gareth", "depot burglary OR depot")
    assert not lines.exists()
    restrict(board["item"])

    search("tobias", "burglary")
    assert not lines.exists()
    search("gareth", "burglary")
    search("gareth", "burglary")
    assert set(lines.values_list("kind", "reference")) == {
        ("meetings.item", board["item"].key),
        ("meetings.meeting", board["meeting"].key),
    }
    assert lines.count() == 2


def test_who_is_not_signed_in_is_led_to_signing_in(client):
    response = client.get("/search/")

    assert response.status_code == 302
    assert response.url.startswith("/sign-in/")


def test_it_is_only_read(signed_in):
    assert signed_in("tobias").post("/search/", {"q": "vans"}).status_code == 405


def test_the_box_stands_on_every_page_of_whoever_is_signed_in(signed_in, client):
    assert f'action="{reverse("search:index")}"' in signed_in("tobias").get("/meetings/").text
    assert 'role="search"' not in client.get("/sign-in/").text


def test_days_to_come_are_found_too(cast, recorded, finds):
    recorded(NewItem("1", "Tomorrow", "Vans."), held_on=today())

    assert finds("tobias", "tomorrow") == {"item"}
