"""The site as somebody reads it: what each page says, in which order, and that nothing runs."""

import datetime
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from concerted.public_door.pages import Page, safe_name
from concerted.public_door.pushing import pages_of
from concerted.public_door.tests.town import BOARD, EVERYTHING, GROUP, MEETING, NOON, PAPER, SITE
from concerted.public_door.things import (
    Attended,
    Body,
    Closed,
    Decision,
    File,
    Item,
    Limb,
    Meeting,
    Paper,
    Section,
    Site,
    Tombstone,
)

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "<script>alert(1)</script>\"'&]]>{{ 7*7 }}\x0b\r\nX-Evil: 1\ue000;,\\"


def site(*things, at=NOON, address="https://public.example.org") -> dict[str, Page]:
    return {page.path: page for page in pages_of(things, at=at, address=address)}


def text(page: Page) -> str:
    """The words of a page, in their order."""
    body = re.sub(r"(?s)<(head|footer|header)\b.*?</\1>", " ", page.body.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def in_order(words: list[str], inside: str) -> bool:
    places = [inside.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_the_home_page_has_search_first_then_decisions_meetings_and_bodies():
    page = site(*EVERYTHING)["/"]

    said = ["Search meetings", "Latest decisions", "Recorded crime", "Next meetings", "Who meets"]
    assert in_order(said, text(page))
    assert "Tuesday 7 July 2026, 2pm" in text(page)


def test_a_meeting_says_first_what_was_decided():
    said = text(site(*EVERYTHING)["/meetings/meeting222/"])

    assert in_order(
        [
            "Safer Marlbeck Board, 16 June 2026",
            "Tuesday 16 June 2026, 9:30am, Old Corn Exchange",
            "Two things were decided.",
            "Decisions in short",
            "1 Welcome and apologies",
            "6 Recorded crime and disorder",
            "Decision: Agreed, in 2 parts.",
            "(a) Agreed: by 4 August",
            "Shoplifting in Lowgate",
            "C1 Closed item",
            "Why: It was about the prevention of crime. Looked at again: 16 December 2026.",
            "Draft minutes.",
            "Councillor Rowena Thackley (chair)",
            "Next meeting Tuesday 4 August 2026",
            "Add to your calendar",
            "Published 18 June 2026 at 1pm.",
        ],
        said,
    )


def test_a_paper_of_an_item_that_is_not_released_leaves_nothing():
    pages = site(SITE, BOARD, MEETING)

    assert "paper22222" not in "".join(page.body.decode("latin-1") for page in pages.values())
    assert "Withdrawn" not in text(pages["/meetings/meeting222/"])


def test_a_planned_meeting_says_so():
    assert "This meeting is planned." in text(site(*EVERYTHING)["/meetings/meeting333/"])


def test_a_paper_shows_what_it_recommends_its_files_and_what_is_closed():
    said = text(site(*EVERYTHING)["/papers/paper22222/"])

    assert in_order(
        [
            "Shoplifting in Lowgate",
            "What it recommends",
            "That a plan comes back in August.",
            "Head of analysis, Wyleshire Police",
            "Safer Marlbeck Board, 16 June 2026",
            "Shoplifting in Lowgate.html",
            "(2 KB)",
            "Most of it in three shops.",
            "Background",
            "C1 Closed part",
        ],
        said,
    )


def test_lists_have_a_page_for_each_year():
    older = replace(MEETING, key="older", held_on=datetime.date(2024, 1, 9), items=())
    pages = site(*EVERYTHING, older)

    assert {"/meetings/2026/", "/meetings/2024/", "/bodies/board22222/2024/"} <= set(pages)
    assert "/decisions/2024/" not in pages
    assert "9 January 2024" not in text(pages["/meetings/"])
    assert 'href="/meetings/2024/"' in pages["/meetings/"].body.decode()


def test_bodies_stand_below_those_they_belong_to_even_in_a_ring():
    ring = [Body("one", "One", "Group", parent_key="two"), Body("two", "Two", "Group", "", "one")]
    page = site(*ring, BOARD, GROUP)["/bodies/"].body.decode()

    for name in ("One", "Two", "Safer Marlbeck Board", "Fire &amp; arson group"):
        assert page.count(f">{name}</a>") == 1
    assert page.index("Safer Marlbeck Board") < page.index("Fire &amp; arson group")


def test_what_belongs_to_a_body_that_was_not_released_still_has_a_page():
    page = site(MEETING)["/meetings/meeting222/"]

    assert "A body of the partnership, 16 June 2026" in text(page)


# Nothing that is said can run, or say more than it is


def hostile() -> list:
    return [
        Site(HOSTILE, "office@example.org"),
        Body("body", HOSTILE, HOSTILE, HOSTILE, "", HOSTILE),
        Meeting(
            "meeting", "body", datetime.date(2026, 6, 16), HOSTILE, None, HOSTILE,
            (Attended(HOSTILE, (HOSTILE,)),),
            (Item("item", HOSTILE, HOSTILE, (HOSTILE,),
                  (Decision("decision", HOSTILE, HOSTILE, (Limb(HOSTILE, HOSTILE, HOSTILE),)),),
                  ("paper",)),),
            (Closed(HOSTILE, HOSTILE, None, HOSTILE),),
        ),
        Paper(
            "paper", "body", HOSTILE, None, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,),
            (Section(HOSTILE, HOSTILE, HOSTILE),), (Closed(HOSTILE, HOSTILE),),
            (File(f"../../{HOSTILE}.html", "text/html", HOSTILE.encode()),),
        ),
        Tombstone("gone", "paper", datetime.date(2026, 6, 19)),
    ]  # fmt: skip


def test_what_is_said_stays_text_on_every_page():
    for page in site(*hostile()).values():
        if page.media_type.startswith("text/html") and page.kind != "file":
            body = page.body.decode()
            assert "<script" not in body, page.path
            assert "{{ 7*7 }}" in body or "49" not in text(page), page.path


def test_feeds_and_sitemap_are_xml_whatever_is_said():
    pages = site(*hostile())

    for path in ("/feed.atom", "/bodies/body/feed.atom", "/sitemap.xml", "/sitemap-site.xml"):
        ElementTree.fromstring(pages[path].body)


def test_a_calendar_has_no_line_that_somebody_wrote():
    lines = site(*hostile())["/calendar.ics"].body.decode().split("\r\n")
    whole = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")

    names = {re.split("[:;]", line)[0] for line in whole if line}
    assert names == {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "UID",
        "DTSTAMP", "DTSTART", "SUMMARY", "LOCATION", "DESCRIPTION", "URL",
    }  # fmt: skip
    assert all(len(line.encode()) <= 75 for line in lines)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Report on shops, 2026.html", "Report-on-shops-2026.html"),
        ("../../etc/passwd", "etc-passwd"),
        (".htaccess", "htaccess"),
        ("a/b\\c.pdf", "a-b-c.pdf"),
        ('x"\r\nSet-Cookie: a=b.txt', "x-Set-Cookie-a-b.txt"),
        ("....", "file"),
        ("Überblick.pdf", "berblick.pdf"),
        ("a..b...c", "a.b.c"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_file_name_is_no_path_and_no_header(name, safe):
    assert safe_name(name) == safe


# Feeds and calendars


def test_the_feed_has_the_newest_first_and_tells_what_to_drop():
    pages = site(*EVERYTHING, Tombstone("gone", "paper", datetime.date(2026, 6, 19)))
    feed = ElementTree.fromstring(pages["/feed.atom"].body)

    links = [one.find(f"{ATOM}link").get("href") for one in feed.findall(f"{ATOM}entry")]
    assert set(links) == {
        "https://public.example.org/papers/paper22222/",
        "https://public.example.org/meetings/meeting222/",
        "https://public.example.org/meetings/meeting333/",
    }
    [gone] = feed.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert gone.get("ref") == "https://public.example.org/papers/gone/"
    assert gone.get("when").startswith("2026-06-19")
    for name in ("title", "id", "updated"):
        assert feed.find(f"{ATOM}{name}").text


def test_the_feed_of_a_body_has_only_its_own():
    feed = ElementTree.fromstring(site(*EVERYTHING)["/bodies/group22222/feed.atom"].body)

    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Fire & arson group, 7 July 2026"


def test_a_meeting_stands_in_the_calendar_at_its_time_in_britain():
    lines = site(*EVERYTHING)["/meetings/meeting222/calendar.ics"].body.decode().split("\r\n")

    assert "DTSTART:20260616T083000Z" in lines  # 9:30am in summer
    assert "LOCATION:Old Corn Exchange\\, Marlbeck" in lines


def test_a_meeting_without_a_time_takes_the_day():
    untimed = replace(MEETING, starts_at=None)

    calendar = site(BOARD, untimed)["/calendar.ics"].body.decode()

    assert "DTSTART;VALUE=DATE:20260616\r\n" in calendar


def listed_in(pages, path="/sitemap.xml"):
    """The paths that a sitemap lists."""
    locs = ElementTree.fromstring(pages[path].body).findall(".//{*}loc")
    return [str(one.text).removeprefix("https://public.example.org") for one in locs]


def test_the_sitemaps_list_each_page_that_is_out_once_and_nothing_that_is_gone():
    pages = site(*EVERYTHING, Tombstone("gone", "meeting", datetime.date(2026, 6, 19)))

    sitemaps = listed_in(pages)
    listed = [path for one in sitemaps for path in listed_in(pages, one)]

    assert sitemaps == ["/sitemap-site.xml", "/sitemap-2026.xml"]
    assert len(listed) == len(set(listed))
    there = re.compile(r"/(meetings|papers|bodies)/[a-z0-9]{5,}/")
    things = [path for path in pages if there.fullmatch(path)]
    assert {one for one in things if pages[one].status == 200} <= set(listed) <= set(pages)
    assert not any("gone" in path for path in listed)
    assert (
        pages["/robots.txt"]
        .body.decode()
        .endswith("Sitemap: https://public.example.org/sitemap.xml\n")
    )


def test_a_year_with_more_than_one_sitemap_may_hold_has_several(monkeypatch):
    monkeypatch.setattr("concerted.public_door.pages.SITEMAP_MOST", 2)
    meetings = [replace(MEETING, key=f"meeting{number}") for number in range(5)]
    pages = site(BOARD, *meetings)

    of_year = [one for one in listed_in(pages) if "2026" in one]

    assert of_year == ["/sitemap-2026.xml", "/sitemap-2026-2.xml", "/sitemap-2026-3.xml"]
    listed = [path for one in of_year for path in listed_in(pages, one)]
    assert sorted(listed) == [f"/meetings/meeting{number}/" for number in range(5)]


def test_every_link_of_the_site_leads_to_a_page_of_it():
    pages = site(*EVERYTHING)

    for page in pages.values():
        if page.media_type.startswith("text/html") and page.kind != "file":
            for link in re.findall(r'(?:href|action|src)="(/[^"#?]*)', page.body.decode()):
                assert link in pages, (page.path, link)
            for anchor in re.findall(r'href="#([^"]+)"', page.body.decode()):
                assert f'id="{anchor}"' in page.body.decode(), (page.path, anchor)


def test_what_a_page_is_made_of_decides_its_bytes():
    assert site(*EVERYTHING) == site(*reversed(EVERYTHING))


def test_a_paper_without_words_or_files_has_a_page():
    assert "Bare" in text(site(BOARD, Paper("bare", BOARD.key, "Bare"))["/papers/bare/"])
    assert "/papers/undated/" in site(BOARD, replace(PAPER, dated_on=None))
