"""A pack from its first file to its supplements; what becomes of it when things are closed."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.actions import services as actions
from concerted.actions.services import Owners
from concerted.agendas.tests.test_services import restricted
from concerted.audit.models import Line as TrailLine
from concerted.jobs.models import Job
from concerted.kernel.clock import now, today
from concerted.meetings import services as meetings
from concerted.meetings.models import Item
from concerted.meetings.policies import When
from concerted.meetings.restricting import keep_with_office
from concerted.packs import services, sources
from concerted.packs.laying_out import Section
from concerted.packs.models import Note, Print
from concerted.packs.tests.conftest import pdf_of, read
from concerted.papers import services as papers

HOSTILE = 'See #read("/etc/passwd") and $x$ and *b* <script>alert(1)</script> 日本 😀 \x07'


def trail_of(what):
    return TrailLine.objects.filter(what=what).count()


def last_job(cast):
    with cast.acting("dilys"):
        return Job.objects.latest("pk")


@pytest.mark.slow
def test_the_page_and_the_file_say_the_same_of_each_page(cast, packed, signed_in):
    packed.agenda.begins("Knife crime", "Lamps").published()
    long = [f"Paragraph {n} speaks of streets and lamps. " * 30 for n in range(30)]
    packed.paper(paragraphs=[HOSTILE, "Area | 2012 | 2013\nFenside | 1 | 2", *long])
    packed.paper("Lamps at the quay", "2")

    job = packed.asks()

    assert (job.state, job.note) == ("done", f"{packed.parts()[0].last} pages were made.")
    [part] = packed.parts("tobias")
    title, bookmarks, pages = read(pdf_of(cast, part, who="tobias"))
    assert title.startswith("Safer Marlbeck Board, ")
    assert bookmarks == ["Agenda", "Item 1: Knife crime", "Item 2: Lamps at the quay"]
    assert len(pages) == part.last - part.first + 1
    assert '#read("/etc/passwd") and $x$ and *b* <script>alert(1)</script>' in " ".join(
        pages[2].split()
    )
    client = signed_in("tobias")
    page = client.get(reverse("packs:detail", args=[part.meeting.key])).text
    for heading, number in (("Item 1: Knife crime", 3), ("Item 2: Lamps at the quay", part.last)):
        assert heading in pages[number - 1]
        assert f"Page {number}" in pages[number - 1].splitlines()[-1]
        assert f'{heading}</a> <span class="app-muted">page {number}</span>' in page
    [series] = packed.series("tobias")
    paper = series.sections[1]
    for mark, number in series.pages.items():
        if mark.startswith(f"{paper.mark}/"):
            block = paper.blocks[int(mark.rpartition("/")[2])]
            word = block.text or (block.lines or block.head)[0].split()[0]
            assert word.split()[0] in pages[number - 1]
    html = client.get(reverse("packs:section", args=[part.meeting.key, paper.mark])).text
    assert 'id="page-4"' in html
    assert "<script>alert" not in html
    to = client.get(reverse("packs:page", args=[part.meeting.key]), {"page": 4})
    assert to.url.endswith(f"/part/{paper.mark}/#page-4")


@pytest.mark.slow
def test_who_builds_and_when(cast, packed, signed_in):
    at = reverse("packs:build", args=[packed.meeting().key])
    dilys = signed_in("dilys")

    assert "No agenda is published yet" in dilys.post(at).text
    packed.agenda.begins("Knife crime").published()
    assert "Only this body’s secretary" in signed_in("tobias").post(at).text
    assert signed_in("agnes").post(at).status_code == 404
    assert dilys.get(at).status_code == 405
    page = reverse("packs:detail", args=[packed.meeting().key])
    assert "Build the pack" in dilys.get(page).text
    packed.asks()
    assert "Build the" not in dilys.get(page).text
    refused = dilys.post(at)
    assert refused.status_code == 403
    assert "Nothing was published since the pack was built" in refused.text
    assert trail_of("pack.built") == 1


@pytest.mark.slow
def test_a_supplement_goes_on_counting_and_comes_by_itself(
    cast, packed, signed_in, django_capture_on_commit_callbacks
):
    packed.agenda.begins("Knife crime").published()
    packed.paper()
    packed.asks()
    with cast.acting("tobias") as tobias:
        services.have_seen(tobias, meeting=packed.agenda.at(tobias))
    packed.agenda.begins("Lamps")
    packed.agenda.published()
    packed.paper("Lamps at the quay", "2")
    packed.works(last_job(cast))

    first, second = packed.parts("tobias")
    assert (first.number, first.first, second.number) == (1, 1, 2)
    assert second.first == first.last + 1
    _, bookmarks, pages = read(pdf_of(cast, second, who="tobias"))
    assert bookmarks == ["Agenda as supplemented", "Item 2: Lamps at the quay"]
    front = " ".join(pages[0].split())
    assert f"This supplements pages 1 to {first.last}." in front
    assert "“Agenda as supplemented” takes the place of page 2" in front
    page = signed_in("tobias").get(reverse("packs:detail", args=[first.meeting.key])).text
    new = page.split('id="new"')[1].split('id="contents"')[0]
    assert new.count("/part/") == 2
    assert "Item 2: Lamps at the quay" in new


def test_what_is_closed_has_a_part_of_its_own_and_a_line_in_the_other(cast, packed, signed_in):
    packed.agenda.begins("Knife crime", "A private matter")
    restricted(cast, packed.agenda, "A private matter")
    packed.agenda.published()
    packed.paper()
    packed.asks()

    [mine] = packed.parts("tobias")
    _, _, pages = read(pdf_of(cast, mine, who="tobias"))
    assert "private" not in " ".join(pages)
    assert "[Closed: " in " ".join(pages)
    assert "OFFICIAL-SENSITIVE" not in " ".join(pages)
    closed = next(one for one in packed.parts() if one.pk != mine.pk)
    _, _, pages = read(pdf_of(cast, closed))
    assert "A private matter" in " ".join(pages)
    assert all("OFFICIAL-SENSITIVE" in one and "Closed page" in one for one in pages)
    page = signed_in("tobias").get(reverse("packs:detail", args=[mine.meeting.key])).text
    assert "private" not in page
    assert "Closed part" not in page
    for name in ("take", "take_large"):
        at = reverse(f"packs:{name}", args=[closed.key])
        assert signed_in("tobias").get(at).status_code == 404
        assert signed_in("dilys").get(at)["Content-Type"] == "application/pdf"
    mark = next(one.sections[0].mark for one in packed.series() if one.closed)
    at = reverse("packs:section", args=[mine.meeting.key, mark])
    assert signed_in("tobias").get(at).status_code == 404
    assert "A private matter" in signed_in("dilys").get(at).text


def test_a_query_that_forgets_whom_it_is_for_brings_nothing_closed_into_the_open_part(
    cast, packed, monkeypatch
):
    packed.agenda.begins("Knife crime", "A private matter")
    restricted(cast, packed.agenda, "A private matter")
    packed.agenda.published()

    def forgets(reader, meeting):
        titles = Item.objects.filter(meeting=meeting).values_list("title", flat=True)
        return [Section("minutes:all", ", ".join(titles))]

    monkeypatch.setattr(sources, "_minutes", forgets)
    opened, closed = packed.series("dilys")

    assert "Knife crime" in str(opened.sections)
    assert "private" not in str(opened.sections)
    assert "A private matter" in str(closed.sections)


@pytest.mark.slow
def test_what_is_hidden_leaves_no_trace_in_the_open_part(cast, packed, signed_in):
    packed.agenda.begins("Knife crime", "A private matter")
    restricted(cast, packed.agenda, "A private matter", "hidden")
    packed.agenda.published()
    packed.asks()

    [mine] = packed.parts("tobias")
    title, bookmarks, pages = read(pdf_of(cast, mine, who="tobias"))
    said = " ".join([title, *bookmarks, *pages])
    assert "Closed" not in said
    assert "private" not in said
    assert pages[1].split("Time")[1].split() == [
        "1",
        "Knife",
        "crime",
        "–",
        "–",
        "OFFICIAL",
        "Page",
        "2",
    ]


@pytest.mark.slow
def test_a_file_is_given_to_nobody_once_something_in_it_was_closed(cast, packed, signed_in):
    packed.agenda.begins("Knife crime", "A matter").published()
    packed.paper()
    packed.asks()
    [part] = packed.parts("tobias")
    at = reverse("packs:take", args=[part.key])
    assert signed_in("tobias").get(at).status_code == 200
    assert trail_of("pack.taken") == 1

    restricted(cast, packed.agenda, "A matter")

    for who in ("tobias", "dilys"):
        refused = signed_in(who).get(at)
        assert refused.status_code == 403
        assert "This file is not up to date any more" in refused.text
    page = reverse("packs:detail", args=[part.meeting.key])
    assert "Being brought up to date" in signed_in("tobias").get(page).text
    assert "A matter" not in signed_in("tobias").get(page).text
    packed.asks()
    [again] = packed.parts("tobias")
    assert "A matter" not in " ".join(read(pdf_of(cast, again, who="tobias"))[2])
    assert signed_in("dilys").get(at).status_code == 404
    with cast.acting("dilys"):
        assert not Print.objects.filter(pack=part).exists()


@pytest.mark.slow
def test_a_meeting_moved_or_cancelled_a_paper_withdrawn(cast, packed, signed_in):
    packed.agenda.begins("Knife crime").published()
    paper = packed.paper()
    packed.asks()
    page = reverse("packs:detail", args=[packed.meeting().key])
    with cast.acting("dilys") as dilys:
        papers.withdraw(dilys, paper=paper, because="It has an error.")
        meeting = packed.agenda.at(dilys)
        new = When(meeting.held_on, datetime.time(16), "Town Hall")
        meetings.move(dilys, meeting=meeting, when=new, reason="Fire.", seen=meeting.standing)

    said = signed_in("dilys").get(page).text
    assert "This meeting was moved after its pack was built" in said
    assert "Build it again" in said
    at = reverse("packs:section", args=[packed.meeting().key, f"paper:{paper.key}"])
    read_now = signed_in("tobias").get(at).text
    assert "It has an error." in read_now
    assert "It fell." not in read_now
    packed.asks()
    [part] = packed.parts()
    assert "4pm" in " ".join(read(pdf_of(cast, part))[2])
    with cast.acting("dilys") as dilys:
        meeting = packed.agenda.at(dilys)
        meetings.cancel(dilys, meeting=meeting, reason="No quorum.", seen=meeting.standing)
    assert "This meeting was cancelled." in signed_in("tobias").get(page).text
    refused = signed_in("dilys").post(reverse("packs:build", args=[part.meeting.key]))
    assert "so no pack is built for it" in refused.text
    assert signed_in("tobias").get(reverse("packs:take", args=[part.key])).status_code == 200


@pytest.mark.slow
def test_a_note_is_for_oneself_and_goes_along_to_a_new_version(cast, packed, signed_in):
    packed.agenda.begins("Knife crime").published()
    paper = packed.paper()
    at = reverse("packs:note", args=[paper.key])
    tobias = signed_in("tobias")

    assert signed_in("agnes").get(at).status_code == 404
    tobias.post(at, {"text": "Ask about Quay Street."})
    assert "Ask about Quay Street." in tobias.get(at).text
    for who in ("dilys", "maud", "rowena"):
        assert "Quay" not in signed_in(who).get(at).text
        with cast.acting(who):
            assert not Note.objects.exists()
    with cast.acting("dilys") as dilys:
        office = paper.body.office_audience_id
    newer = packed.paper("Knife crime, again", working=office)
    with cast.acting("dilys") as dilys:
        papers.succeed(dilys, paper=newer, follows=paper)
        newer = papers.publish(dilys, paper=newer, at=now())

    new = reverse("packs:note", args=[newer.key])
    assert "You wrote this on version 1 of the paper" in tobias.get(new).text
    mark = reverse("packs:section", args=[packed.meeting().key, f"paper:{newer.key}"])
    assert "Ask about Quay Street." in tobias.get(mark).text
    assert tobias.post(new, {"text": "x" * 20_001}).status_code == 422
    tobias.post(new, {"text": "Answered."})
    assert "Ask about Quay Street." in tobias.get(at).text
    tobias.post(new, {"text": ""})
    assert "Answered." not in tobias.get(new).text
    assert (trail_of("note.kept"), trail_of("note.taken_out")) == (2, 1)


@pytest.mark.slow
def test_sheets_to_print(cast, packed, signed_in):
    packed.agenda.begins("Knife crime").published()
    with cast.acting("dilys") as dilys:
        actions.agree(
            dilys,
            body=cast.bodies["board"],
            text="Write to schools",
            agreed_on=today() - datetime.timedelta(days=20),
            owners=Owners(organisations=[cast.organisations["probation"]]),
        )
    client = signed_in("tobias")
    key = packed.meeting().key

    _, _, sheet = read(client.get(reverse("packs:attendance_sheet", args=[key])).content)
    for words in ("Probation Service", "Tobias Wren", "Signature"):
        assert words in " ".join(sheet)
    page = client.get(reverse("packs:actions", args=[key])).text
    assert "Write to schools" in page
    _, names, printed = read(client.get(reverse("packs:action_list", args=[key])).content)
    assert names == ["Probation Service"]
    assert "Write to schools" in " ".join(printed)
    for name in ("actions", "action_list", "attendance_sheet", "detail", "page"):
        at = reverse(f"packs:{name}", args=[key])
        assert signed_in("agnes").get(at).status_code == 404
        assert client.post(at).status_code == 405


@pytest.mark.slow
def test_as_many_queries_for_one_paper_as_for_many(cast, packed, signed_in):
    packed.agenda.begins(*(f"Item {n}" for n in range(1, 9))).published()
    packed.paper()
    client = signed_in("tobias")
    at = reverse("packs:detail", args=[packed.meeting().key])

    def asked():
        client.get(at)
        with CaptureQueriesContext(connection) as found:
            assert client.get(at).status_code == 200
        return len(found)

    one = asked()
    for n in range(2, 9):
        packed.paper(f"Paper {n}", str(n))
    assert asked() == one


@pytest.mark.slow
def test_what_somebody_kept_goes_with_their_access(cast, packed, signed_in):
    packed.agenda.begins("Knife crime").published()
    paper = packed.paper()
    with cast.acting("tobias") as tobias:
        services.note(tobias, paper=paper, text="Ask.")
        services.have_seen(tobias, meeting=packed.agenda.at(tobias))

        assert services.end_all_of(cast.accounts["tobias"]) == 2
        assert not Note.objects.exists()


@pytest.mark.slow
def test_the_file_stays_while_the_minutes_are_with_the_office(cast, packed, signed_in):
    packed.agenda.begins("Knife crime").published()
    packed.asks()
    [part] = packed.parts("tobias")
    with cast.acting("dilys") as dilys:
        meeting = packed.agenda.at(dilys)
        keep_with_office(list(meeting.items.all()), meeting)

    at = reverse("packs:take", args=[part.key])
    assert signed_in("tobias").get(at).status_code == 200
    with cast.acting("dilys") as dilys:
        held = packed.agenda.at(dilys)
        assert services.build(dilys, meeting=held, audience_id=held.audience_id) == []
