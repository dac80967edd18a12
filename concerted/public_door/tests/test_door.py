"""The door: ready pages, conditional requests, what is gone, what is refused, and no cookies."""

import datetime
import gzip

import psycopg
import pytest

from concerted.public_door import pushing
from concerted.public_door.door import Door
from concerted.public_door.models import StoredPage
from concerted.public_door.shelf import Shelf
from concerted.public_door.tests.town import EVERYTHING, MEETING, NOON, PAPER
from concerted.public_door.tests.visitor import Visitor, the_tests_connection
from concerted.public_door.things import Site, Tombstone

pytestmark = pytest.mark.django_db(databases=["edition"])
PAGE = "/meetings/meeting222/"
FILE = "/papers/paper22222/1/Shoplifting-in-Lowgate.html"


@pytest.fixture
def visitor():
    pushing.push(EVERYTHING, at=NOON)
    return Visitor()


@pytest.mark.slow
def test_every_page_of_the_edition_is_sent_as_it_was_made(visitor):
    for path, status, body in StoredPage.objects.values_list("path", "status", "body"):
        if path != pushing.PROGRAM:
            answer = visitor.get(path)
            assert (answer.status, answer.body) == (status, bytes(body)), path


def statements(monkeypatch) -> list:
    """What is asked of the database from now on."""
    asked = []
    execute = psycopg.Cursor.execute

    def noted(self, query, *rest, **how):
        asked.append(query)
        return execute(self, query, *rest, **how)

    monkeypatch.setattr(psycopg.Cursor, "execute", noted)
    return asked


@pytest.mark.slow
def test_a_page_is_one_query(visitor, monkeypatch):
    asked = statements(monkeypatch)

    assert visitor.get(PAGE).status == 200
    assert len(asked) == 1


def test_no_answer_sets_a_cookie_or_lets_a_script_run(visitor):
    for address in (PAGE, FILE, "/search/?q=shoplifting", "/nothing-here", "/feed.atom"):
        headers = visitor.get(address).headers
        assert "Set-Cookie" not in headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_is_sent_packed_to_those_who_take_it(visitor):
    packed = visitor.get(PAGE, accept_encoding="br, gzip")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == visitor.get(PAGE).body
    assert int(packed.headers["Content-Length"]) == len(packed.body)


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "identity", "gzip; q=0.000"])
def test_who_does_not_take_gzip_gets_none(visitor, accepted):
    assert "Content-Encoding" not in visitor.get(PAGE, accept_encoding=accepted).headers


# Conditional requests


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_who_has_the_page_is_told_so_in_one_line(visitor, coding):
    etag = visitor.get(PAGE, accept_encoding="gzip").headers["ETag"]

    again = visitor.get(PAGE, accept_encoding=coding, if_none_match=f'"other", {etag}')

    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == etag
    assert "Content-Type" not in again.headers


def test_who_has_another_version_gets_the_page(visitor):
    assert visitor.get(PAGE, if_none_match='W/"another"').status == 200
    # The tag is what counts where both are sent.
    late = "Fri, 01 Jan 2100 00:00:00 GMT"
    assert visitor.get(PAGE, if_none_match='W/"x"', if_modified_since=late).status == 200


@pytest.mark.parametrize(
    ("since", "status"),
    [
        ("Thu, 18 Jun 2026 12:00:00 GMT", 304),
        ("Thu, 18 Jun 2026 11:59:59 GMT", 200),
        ("not a date", 200),
        ("", 200),
    ],
)
def test_a_page_may_be_asked_for_if_it_changed_since(visitor, since, status):
    assert visitor.get(PAGE).headers["Last-Modified"] == "Thu, 18 Jun 2026 12:00:00 GMT"
    assert visitor.get(PAGE, if_modified_since=since).status == status


def test_head_has_the_headers_of_get_and_nothing_else(visitor):
    got, head = visitor.get(PAGE), visitor.get(PAGE, "HEAD")

    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


def test_a_cache_keeps_a_page_a_minute_and_a_style_sheet_for_good(visitor):
    style = next(
        path for path in StoredPage.objects.values_list("path", flat=True) if ".css" in path
    )

    assert visitor.get(PAGE).headers["Cache-Control"] == "public, max-age=60"
    assert "immutable" in visitor.get(style).headers["Cache-Control"]
    assert visitor.get("/search/?q=x").headers["Cache-Control"] == "no-store"


# What is not there


def test_an_address_without_its_last_stroke_leads_to_the_page(visitor):
    answer = visitor.get("/meetings/meeting222")

    assert (answer.status, answer.headers["Location"]) == (301, PAGE)


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/meetings/zzzz/", "//evil.example.org/", "/meetings/%2e%2e/", "/%00", "/%ff",
     "/meetings/meeting222/x", "/program", "/" + "a" * 600, "/404.html", "/papers/p/1/2/3/"],
)  # fmt: skip
def test_what_is_not_there_is_a_page_with_a_search_box(visitor, path):
    answer = visitor.get(path)

    assert answer.status == 404
    assert 'role="search"' in answer.text
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_what_was_withdrawn_is_gone_with_its_files_and_says_only_that(visitor):
    assert visitor.get(FILE).status == 200
    pushing.push([Tombstone(PAPER.key, "paper", datetime.date(2026, 6, 19))], at=NOON)

    for path in ("/papers/paper22222/", FILE, "/papers/paper22222/any"):
        answer = visitor.get(path, if_none_match="*")
        assert answer.status == 410, path
        assert "19 June 2026" in answer.text
        assert "paper22222" in answer.text
        assert "Shoplifting" not in answer.text
    assert visitor.get("/papers/paper22222").status in (301, 410)
    assert "A paper of this meeting was withdrawn on 19 June 2026." in visitor.get(PAGE).text


def test_a_file_is_saved_under_a_plain_name_and_never_run(visitor):
    answer = visitor.get(FILE)

    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="Shoplifting-in-Lowgate.html"'
    )
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.body == PAPER.files[0].data


# What is refused


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_sent_here(visitor, method):
    answer = visitor.get(PAGE, method)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("host", ["evil.example.org", "", "public.example.org.evil", "a b", "[::1"])
def test_another_name_is_refused(visitor, host):
    visitor.host = host

    assert visitor.get("/").status == 400


def test_the_right_name_with_a_port_is_taken(visitor):
    visitor.host = "public.example.org:8001"

    assert visitor.get("/").status == 200


def test_in_production_everything_goes_by_https():
    pushing.push(EVERYTHING, at=NOON)
    shelf = Shelf(the_tests_connection)
    visitor = Visitor(Door(shelf, hosts=["public.example.org"], production=True))

    moved = visitor.get("/a b", x_forwarded_proto="http")
    assert moved.headers["Location"] == "https://public.example.org/a%20b"
    assert "max-age" in visitor.get("/").headers["Strict-Transport-Security"]


# Search


def test_search_finds_words_in_any_form_and_marks_them(visitor):
    answer = visitor.get("/search/?q=thefts")

    assert "1 result for “thefts”" in answer.text
    assert "<mark>thefts</mark>" in answer.text
    assert visitor.get("/search/?q=theft").text.count("<mark>thefts</mark>") == 1


def test_search_asks_once(visitor, monkeypatch):
    asked = statements(monkeypatch)

    assert "<mark>" in visitor.get("/search/?q=lowgate&page=1").text
    assert len(asked) == 1


def test_a_meeting_and_a_paper_are_found_and_lists_and_feeds_are_not(visitor):
    text = visitor.get("/search/?q=shoplifting").text

    assert 'href="/meetings/meeting222/"' in text
    assert 'href="/papers/paper22222/"' in text
    assert "2 results" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=zebra", "Nothing was found for “zebra”"),
        ("q=the", "“the” cannot be looked for"),
        ("q=lowgate&page=40", "There are only 1 page of results."),
        ("q=lowgate&page=0", "2 results for “lowgate”"),
        ("q=lowgate&page=x", "2 results for “lowgate”"),
        ("q=%00%ee%80%80lowgate", "2 results for “lowgate”"),
        ("q=%22recorded+crime%22", "1 result for “&#34;recorded crime&#34;”"),
        ("q=lowgate+-shops", "1 result for"),
        ("q=%27%29%3B+drop+table", "Nothing was found"),
    ],
)
def test_search_says_what_it_found(visitor, query, sentence):
    answer = visitor.get(f"/search/?{query}")

    assert answer.status == 200
    assert sentence in answer.text


def test_what_is_typed_is_shown_as_text(visitor):
    text = visitor.get("/search/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").text

    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("address", ["/search/", "/search/?", "/search/?q=", "/search/?q=+&page=2"])
def test_without_words_search_is_a_form(visitor, address):
    answer = visitor.get(address)

    assert answer.status == 200
    assert "result" not in answer.text


@pytest.mark.slow
def test_many_results_have_pages(visitor):
    more = [
        type(MEETING)(f"more{n}", "board22222", MEETING.held_on, "Planned", venue="Barn")
        for n in range(25)
    ]
    pushing.push(more, at=NOON)

    first, last = visitor.get("/search/?q=barn"), visitor.get("/search/?q=barn&page=3")

    assert "25 results" in first.text
    assert 'href="/search/?q=barn&amp;page=2"' in first.text
    assert 'rel="next"' not in last.text
    assert last.text.count("<mark>Barn</mark>") == 5


# When something is broken


class Broken:
    def __call__(self):
        raise psycopg.OperationalError("no words of this are shown: secret")


def test_a_database_that_does_not_answer_is_a_sentence(caplog):
    answer = Visitor(Door(Shelf(Broken()), hosts=["public.example.org"])).get("/")

    assert (answer.status, answer.headers["Retry-After"]) == (503, "120")
    assert "cannot be read just now" in answer.text
    assert "secret" not in answer.text


def test_a_search_that_took_too_long_says_what_to_do(monkeypatch):
    def too_long(*_, **__):
        raise psycopg.errors.QueryCanceled

    shelf = Shelf(lambda: None)
    monkeypatch.setattr(shelf, "search", too_long)

    answer = Visitor(Door(shelf, hosts=["public.example.org"])).get("/search/?q=a")

    assert answer.status == 503
    assert "Search for fewer or rarer words." in answer.text


def test_what_breaks_inside_is_a_sentence_too(monkeypatch, caplog):
    shelf = Shelf(lambda: None)
    monkeypatch.setattr(shelf, "page", lambda *_, **__: 1 / 0)

    answer = Visitor(Door(shelf, hosts=["public.example.org"])).get("/")

    assert answer.status == 500
    assert "division" not in answer.text


def test_before_anything_was_released_there_is_a_page():
    pushing.rebuild(at=NOON)

    text = Visitor().get("/").text

    assert "No decision has been published yet." in text


def test_the_site_has_the_name_of_its_partnership(visitor):
    pushing.push([Site("Safer Overmoor")], at=NOON)

    assert "Safer Overmoor</h1>" in visitor.get("/").text
    assert "– Safer Overmoor</title>" in visitor.get("/search/?q=lowgate").text
