"""Crime reports as people meet them: from Crime figures to the paper of a meeting."""

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.crime_reports import queries, services, tasks
from concerted.crime_reports.models import Section
from concerted.crime_reports.tests.conftest import ASKED

pytestmark = pytest.mark.django_db

STEPS = ["compute", "ask", "take_back", "stop", "correct"]
PAGES = ["report", "clear", "issue"]


def at(name, one):
    return reverse(f"crime_reports:{name}", args=[one.key])


def prepare(client, cast, **more):
    given = {
        "body": cast.bodies["board"].key,
        "owner": cast.organisations["police"].key,
        "title": "Crime in Fell",
    } | more
    query = "&".join(f"{name}={value}" for name, value in ASKED.items())
    return client.post(f"/crime/reports/prepare/?{query}", given)


def test_from_the_figures_on_a_page_to_the_report_that_members_read(
    lake, signed_in, cast, reporting, found
):
    priti, gareth, dilys, tobias = map(signed_in, ("priti", "gareth", "dilys", "tobias"))
    figures = priti.get("/crime/", ASKED)
    assert "/crime/reports/prepare/?" in figures.text

    made = prepare(priti, cast)
    page = priti.get(made.url)
    assert "Being written" in page.text
    assert "Hand it over to be cleared" in page.text
    with cast.acting("priti") as actor:
        reporting.report = queries.visible_to(actor).get()
        short = queries.sections_visible_to(actor).get(code="short")
    saved = priti.post(
        short.get_absolute_url(), {"text": "Drugs rose.", "rests_on": "", "saves": short.saves}
    )
    assert saved.status_code == 302
    priti.post(at("ask", reporting.report))
    assert "It waits until Wyleshire Police clears it." in priti.get(made.url).text

    cleared = gareth.post(at("clear", reporting.report), {"decision": "clear", "words": ""})
    assert cleared.status_code == 302
    assert "still being made" in dilys.get(made.url).text
    tasks.make(reporting.report.key, cast.accounts["gareth"].pk)
    dilys.post(at("issue", reporting.report), {"meeting": ""})

    read = tobias.get(made.url)
    assert "Issued" in read.text
    assert "Drugs rose." in read.text
    assert f"{found.total.count:,}" in read.text
    assert tobias.get(at("pdf", reporting.report)).content.startswith(b"%PDF-")
    assert tobias.get(at("xlsx", reporting.report)).content.startswith(b"PK")
    assert list(Line.objects.filter(what="crime_report.taken").values_list("verb", flat=True)) == [
        "disclose",
        "disclose",
    ]


def test_a_member_prepares_none_and_reads_the_sentence(lake, signed_in):
    page = signed_in("tobias").get("/crime/reports/prepare/", ASKED)

    assert page.status_code == 403
    assert "Only an analyst or the secretary" in page.text
    assert "/crime/reports/prepare/" not in signed_in("tobias").get("/crime/", ASKED).text


def test_figures_that_cannot_be_asked_lead_back_to_the_page_that_says_so(lake, signed_in):
    page = signed_in("priti").get("/crime/reports/prepare/", ASKED | {"to": "1999-01"})

    assert page.status_code == 302
    assert page.url.startswith("/crime/?")


def test_without_an_owner_nothing_is_stored(lake, signed_in, cast, reporting):
    page = prepare(signed_in("priti"), cast, owner="")

    assert "Choose the organisation that owns these figures." in page.text
    assert reporting.of("priti") == []


@pytest.mark.parametrize("name", [*PAGES, *STEPS, "pdf", "xlsx"])
def test_whoever_is_not_on_it_finds_nothing(reporting, signed_in, name):
    one = reporting.prepares()
    tobias = signed_in("tobias")
    ask = tobias.post if name in STEPS else tobias.get

    assert ask(at(name, one)).status_code == 404
    assert tobias.get(Section(key="nothere").get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("who", "name", "words"),
    [
        ("gareth", "ask", "Only an analyst or the secretary of this body"),
        ("gareth", "compute", "Only an analyst or the secretary of this body"),
        ("gareth", "stop", "Only an analyst or the secretary of this body"),
        ("priti", "take_back", "not with anybody to be cleared"),
        ("priti", "correct", "Only a report that is issued"),
    ],
)
def test_what_may_not_be_done_is_refused_in_a_sentence(reporting, signed_in, who, name, words):
    page = signed_in(who).post(at(name, reporting.prepares()))

    assert page.status_code == 403
    assert words in page.text


@pytest.mark.parametrize(
    ("who", "name", "words"),
    [
        ("priti", "clear", "Only the organisation that owns these figures"),
        ("gareth", "clear", "not waiting to be cleared"),
        ("priti", "issue", "Only the secretary of this body can issue"),
        ("dilys", "issue", "issued once it is cleared"),
    ],
)
def test_pages_of_a_step_that_cannot_be_taken_say_why(reporting, signed_in, who, name, words):
    page = signed_in(who).get(at(name, reporting.prepares()))

    assert page.status_code == 403
    assert words in page.text


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_taken_by_a_button_alone(reporting, signed_in, name):
    assert signed_in("priti").get(at(name, reporting.prepares())).status_code == 405


def test_a_claim_is_pointed_out_where_it_stands(reporting, signed_in):
    one = reporting.prepares()
    reporting.writes("Drugs fell thanks to the patrols.")
    page = signed_in("priti").get(one.get_absolute_url())

    assert "Counts alone do not show: “thanks to”" in page.text
    assert "“In short” says “thanks to”" in page.text
    assert "Hand it over to be cleared" not in page.text


def test_sent_back_with_words_that_the_analyst_reads(reporting, signed_in):
    one = reporting.prepares()
    reporting.asks()
    gareth = signed_in("gareth")
    silent = gareth.post(at("clear", one), {"decision": "back", "words": " "})
    assert "Say what is to be changed." in silent.text
    gareth.post(at("clear", one), {"decision": "back", "words": "Name the months."})

    page = signed_in("priti").get(one.get_absolute_url())
    assert "Name the months." in page.text
    assert "Hand it over to be cleared" in page.text


def test_who_saves_second_sees_the_words_of_the_first_above_their_own(reporting, signed_in):
    reporting.prepares()
    one = reporting.writes("Mine.")
    page = signed_in("dilys").post(
        one.get_absolute_url(), {"text": "Yours.", "rests_on": "", "saves": one.saves - 1}
    )

    assert "Somebody else saved this section" in page.text
    assert "Mine." in page.text
    assert "Yours." in page.text


def test_a_correction_begins_from_the_issued_one(reporting, signed_in):
    one = reporting.goes_out()
    made = signed_in("priti").post(at("correct", one))
    page = signed_in("priti").get(made.url)

    assert "Version 2, after" in page.text
    assert "Being written" in signed_in("priti").get("/crime/reports/").text
    assert "Being written" not in signed_in("tobias").get("/crime/reports/").text


def test_the_list_costs_the_same_for_one_report_and_for_many(
    reporting, signed_in, django_assert_max_num_queries
):
    priti = signed_in("priti")
    reporting.prepares()
    priti.get("/crime/reports/")
    with django_assert_max_num_queries(60) as few:
        priti.get("/crime/reports/")
    for _ in range(6):
        reporting.prepares()
    with django_assert_max_num_queries(len(few)):
        priti.get("/crime/reports/")


def test_the_first_page_says_whom_a_report_waits_for(signed_in, cast, reporting):
    def waits():
        return {
            who: words
            for who in ("priti", "gareth", "dilys", "tobias")
            for words in ("Clear a crime report", "Issue a crime report", "Change a crime report")
            if words in signed_in(who).get("/").text
        }

    reporting.prepares()
    assert waits() == {}
    reporting.asks()
    assert waits() == {"gareth": "Clear a crime report"}
    reporting.does("gareth", services.send_back, words="Say of which months.")
    assert waits() == {"priti": "Change a crime report"}
    reporting.asks()
    reporting.does("gareth", services.clear)
    assert waits() == {}, "its files are not made yet"
    tasks.make(reporting.report.key, cast.accounts["gareth"].pk)
    assert waits() == {"dilys": "Issue a crime report"}
    reporting.issues()
    assert waits() == {}


def test_whoever_wrote_in_a_report_is_not_asked_to_clear_it(cast, reporting):
    reporting.prepares("dilys", owner=cast.organisations["council"])
    reporting.does("dilys", services.ask_to_clear)

    with cast.acting("dilys") as dilys:
        assert queries.waiting_for(dilys) == []
