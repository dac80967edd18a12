"""The list of papers, one paper, and the papers on the page of a meeting."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.documents import services as documents
from concerted.meetings import services as meetings
from concerted.papers import services
from concerted.papers.models import Paper
from concerted.papers.states import Tier

LIST = reverse("papers:list")
DAY = datetime.date(2020, 3, 10)


@pytest.fixture
def paper(cast):
    """Put a paper of a body on record."""

    def make(title="Graffiti", *, body="board", who="dilys", recommended=2, **changes):
        with cast.acting(who) as actor:
            version = documents.receive(actor, data=title.encode(), name=f"{title}.txt")
            office = cast.bodies[body].office_audience_id
            documents.hand_to(actor, version=version, audience_id=office)
            given = {
                "dated_on": DAY,
                "author_text": "Head of Street Care",
                "contact_post": "Street care manager",
                "summary": "It stays for months.",
                "recommendations": [
                    services.NewRecommendation(str(n), f"Point {n}", [("(a)", "below it")])
                    for n in range(1, recommended + 1)
                ],
                "paragraphs": [
                    services.NewParagraph("3", "Background", "Ten days.\nNot more."),
                    services.NewParagraph("4", "Background", "See Appendix A."),
                ],
                "appendices": [services.NewAppendix("A", "Count by street", "exempt")],
            }
            return services.accept(
                actor,
                new=services.NewPaper(
                    body=cast.bodies[body], title=title, version=version, **given | changes
                ),
            )

    return make


@pytest.fixture
def met(cast):
    """A meeting on record, and a presentation to it."""

    def put(body="board", who="dilys", on=DAY):
        with cast.acting(who) as actor:
            meeting = meetings.plan(actor, body=cast.bodies[body], held_on=on)
        return meeting, services.NewPresentation(
            cast.bodies[body].name, cast.bodies[body], on, "7", meeting.key
        )

    return put


def count_queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([one for one in asked if not re.match("BEGIN|SAVEPOINT|RELEASE", one["sql"])])


# One paper


def test_a_paper_tells_who_reports_what_is_recommended_and_where_it_goes(signed_in, paper, met):
    meeting, put = met()
    made = paper(presentations=[put])

    page = signed_in("tobias").get(made.get_absolute_url())

    assert page.status_code == 200
    for words in (
        "Head of Street Care",
        "Street care manager",
        "It stays for months.",
        "Point 1",
        "(a) below it",
        "Not more.",
        "Count by street",
        "exempt",
        "item 7",
        "The file as received is kept with the secretaries of this body.",
    ):
        assert words in page.text
    assert meeting.get_absolute_url() in page.text
    assert page.text.count(">Background<") == 1


def test_tables_and_lists_are_shown_as_such(signed_in, paper):
    text = "Figures:\nWard | 2013\nFen | 12\nWe ask for:\n• lamps\n• a count"
    made = paper(paragraphs=[services.NewParagraph("3", "Background", text)])

    page = signed_in("tobias").get(made.get_absolute_url()).text

    assert re.search(r"<th[^>]*columnheader[^>]*>2013</th>", page)
    assert re.search(r"<td[^>]*><span[^>]*>2013: </span>12</td>", page)
    assert "<li>lamps</li><li>a count</li>" in page
    assert "Table in paragraph 3" in page


def test_the_secretary_gets_to_the_file(signed_in, paper):
    page = signed_in("dilys").get(paper().get_absolute_url()).text

    assert "Graffiti.txt" in page
    assert "SHA-256" in page


def test_an_outsider_cannot_tell_that_a_paper_exists(signed_in, paper):
    made = paper(body="silver")

    for who in ("tobias", "rowena", "priti", "owen"):
        client = signed_in(who)
        assert client.get(made.get_absolute_url()).status_code == 404
        assert "Graffiti" not in client.get(LIST).text
    assert signed_in("gareth").get(made.get_absolute_url()).status_code == 200


def test_a_sensitive_paper_is_for_the_office_alone(signed_in, paper, met):
    meeting, put = met()
    made = paper(tier=Tier.SENSITIVE, review_on=DAY, marked=True, presentations=[put])

    member, secretary = signed_in("tobias"), signed_in("dilys")

    assert member.get(made.get_absolute_url()).status_code == 404
    assert "Graffiti" not in member.get(meeting.get_absolute_url()).text
    page = secretary.get(made.get_absolute_url()).text
    assert "Only the secretaries of this body see this paper." in page
    assert "Marking looked at again" in page
    assert "OFFICIAL-SENSITIVE" in secretary.get(meeting.get_absolute_url()).text


def test_a_sensitive_paper_needs_a_day_to_look_at_it_again(cast, paper):
    made = paper()
    with cast.acting("dilys"), pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=made.pk).update(tier=Tier.SENSITIVE)


def test_a_meeting_that_the_reader_does_not_see_has_no_link(signed_in, paper, met):
    meeting, put = met("silver")
    made = paper(presentations=[put])

    page = signed_in("tobias").get(made.get_absolute_url()).text

    assert meeting.key not in page
    assert "You see no record of this meeting." in page
    assert meeting.key in signed_in("gareth").get(made.get_absolute_url()).text


def test_words_of_a_paper_are_never_markup(signed_in, paper):
    bad = "<script>alert(1)</script>"
    made = paper(bad, summary=bad, purpose=bad, author_text=bad, marking=bad)

    client = signed_in("tobias")

    for page in (client.get(made.get_absolute_url()).text, client.get(LIST).text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


# The list


def test_the_list_shows_the_newest_first_with_what_each_recommends(signed_in, paper):
    paper("Older", dated_on=DAY - datetime.timedelta(days=30), recommended=1)
    paper("Undated", dated_on=None)
    paper("Newer", recommended=3)

    page = signed_in("tobias").get(LIST).text

    assert page.index("Newer") < page.index("Older") < page.index("Undated")
    assert "No date" in page


def test_an_empty_list_says_so(signed_in):
    page = signed_in("tobias").get(LIST)

    assert page.status_code == 200
    assert "No paper is on record yet that you may see." in page.text
    assert "Hand over a report" not in page.text
    assert "Hand over a report" in signed_in("dilys").get(LIST).text


def test_the_list_costs_the_same_for_2_papers_and_12(signed_in, paper):
    client = signed_in("tobias")
    for n in range(2):
        paper(f"Paper {n}")
    few = count_queries(client, LIST)
    for n in range(2, 12):
        paper(f"Paper {n}")

    assert count_queries(client, LIST) == few


def test_a_paper_costs_the_same_for_1_point_and_30(signed_in, paper):
    client = signed_in("tobias")
    few = count_queries(client, paper("Few", recommended=1).get_absolute_url())

    assert count_queries(client, paper("Many", recommended=30).get_absolute_url()) == few


@pytest.mark.parametrize("address", ["list", "detail"])
def test_papers_are_only_read_here(signed_in, paper, address):
    made = paper()
    client = signed_in("dilys")

    response = client.post(LIST if address == "list" else made.get_absolute_url())

    assert response.status_code == 405


# On the page of a meeting


def test_a_meeting_shows_the_papers_put_to_it(signed_in, paper, met):
    meeting, put = met()
    made = paper(presentations=[put])
    paper("Not here")

    page = signed_in("tobias").get(meeting.get_absolute_url()).text

    assert made.get_absolute_url() in page
    assert "Item 7:" in page
    assert "by Head of Street Care" in page
    assert "Not here" not in page


def test_papers_cost_a_meeting_s_page_one_query_whatever_their_number(signed_in, paper, met):
    meeting, put = met()
    client = signed_in("tobias")
    none = count_queries(client, meeting.get_absolute_url())
    for n in range(5):
        paper(f"Paper {n}", presentations=[put])

    assert count_queries(client, meeting.get_absolute_url()) == none
