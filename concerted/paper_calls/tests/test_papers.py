"""A paper from the call to its publication, its versions, and what becomes of it."""

import datetime
import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.agendas.tests.test_services import restricted
from concerted.audit.models import Line as TrailLine
from concerted.imports.models import File
from concerted.kernel.clock import as_of, now
from concerted.kernel.verdict import NotAllowed
from concerted.notices.models import Event
from concerted.paper_calls import queries, services
from concerted.paper_calls.models import Delivery
from concerted.paper_calls.tests.conftest import REPORT
from concerted.papers.models import Paper
from concerted.people import appointing, seating
from concerted.people.states import SeatRole

SECRET = "Protective marking: SECRET\n\n" + REPORT.format(year=2013)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def lines(what):
    return TrailLine.objects.filter(what=what).count()


def at(name, thing):
    return reverse(f"paper_calls:{name}", args=[thing.key])


# From the call to publication


@pytest.mark.slow
def test_a_paper_goes_from_the_call_to_its_readers_with_the_agenda(work, signed_in):
    work.agenda.begins("Knife crime")
    work.asks(item=work.item(), organisation=work.cast.organisations["probation"])
    assert work.line("tobias").standing == "due"

    work.delivers()
    assert work.line("tobias").standing == "received"
    paper = work.checks()
    assert paper.published_at is None
    assert signed_in("gareth").get(paper.get_absolute_url()).status_code == 404
    assert "Only those who work on this paper see it." in words(
        signed_in("rowena").get(paper.get_absolute_url())
    )
    work.approves("rowena")
    assert work.line().standing == "approved"
    work.agenda.published()

    line = work.line()
    assert line.standing == "published"
    assert not line.late
    assert not line.tabled
    gareth = signed_in("gareth")
    assert gareth.get(paper.get_absolute_url()).status_code == 200
    meeting = words(gareth.get(work.meeting.get_absolute_url()))
    assert "Item 1: KNIFE CRIME" in meeting
    assert "Tabled" not in meeting
    with work.cast.acting("gareth"):
        assert Paper.objects.get().presentations.count() == 2
        assert not Delivery.objects.exists()
    for what in ("paper_call.made", "delivery.received", "delivery.approved"):
        assert lines(what) == 1
    assert lines("paper.released") == lines("delivery.published") == 1


@pytest.mark.slow
def test_what_came_after_its_day_is_late_and_after_the_agenda_tabled(work, signed_in):
    work.agenda.begins("Knife crime").published()
    work.asks(due=-1)
    paper = work.all_the_way()

    assert work.line().late
    assert work.line().tabled
    page = words(signed_in("gareth").get(work.meeting.get_absolute_url()))
    assert "KNIFE CRIME , by PARTNERSHIP SECRETARY Late Tabled" in page
    assert "Late Asked for by" in words(signed_in("gareth").get(paper.get_absolute_url()))


@pytest.mark.slow
def test_who_wrote_or_delivered_it_does_not_approve_it(work):
    work.asks()
    work.delivers(who="dilys")
    work.checks()

    with pytest.raises(NotAllowed, match="somebody else approves it"):
        work.approves("dilys")
    work.approves("maud")


@pytest.mark.slow
def test_it_is_sent_back_with_a_reason_and_comes_again(work):
    work.asks()
    work.delivers()
    with work.cast.acting("rowena") as rowena:
        services.send_back(rowena, delivery=work.last_as(rowena), remark="Name the schools.")
    assert work.line("tobias").standing == "due"
    assert Event.objects.filter(kind="delivery.sent_back").count() == 1

    work.delivers(REPORT.format(year=2014))
    work.checks()
    work.approves()
    assert [one.delivery.number for one in work.line().came] == [1, 2]
    with work.cast.acting("tobias") as tobias:
        first = queries.deliveries_visible_to(tobias).get(number=1)
    assert first.remark == "Name the schools."


def test_nothing_is_approved_before_it_was_read_and_put_on_record(work):
    work.asks()
    work.delivers()

    with pytest.raises(NotAllowed, match="First check what was read"):
        work.approves()


def test_a_file_above_official_sensitive_is_not_kept(work):
    work.asks()
    work.delivers(SECRET)

    line = work.line("tobias")
    assert line.standing == "due"
    assert "Concerted holds nothing higher" in line.came[0].file.sentence
    assert line.came[0].file.version_id is None
    with work.cast.acting("tobias"):
        assert File.objects.get().reading is None


def test_an_archive_is_no_paper(work):
    work.asks()

    with pytest.raises(NotAllowed, match="Take the paper out of it"):
        work.delivers(data=b"PK\x05\x06" + b"\0" * 18, name="papers.zip")


def test_a_text_that_is_no_report_is_a_paper_all_the_same(work):
    work.asks()
    work.delivers("What we think\n\nKnife crime fell, and schools did that.\n")
    paper = work.checks(title="What we think")

    with work.cast.acting("dilys"):
        text = "\n".join(paper.paragraphs.values_list("text", flat=True))
    assert "schools did that" in text


# Who sees what


@pytest.mark.slow
def test_outsiders_find_no_call(work, signed_in):
    call = work.asks()
    work.delivers()
    delivery = work.last()

    for who in ("gareth", "agnes", "owen"):
        client = signed_in(who)
        for name in ("call", "deliver", "withdraw"):
            assert client.get(at(name, call)).status_code == 404
        for name in ("send_back", "approve"):
            assert client.get(at(name, delivery)).status_code == 404
        assert client.post(at("publish", delivery)).status_code == 404
        assert client.post(at("chase", call)).status_code == 404
    assert signed_in("agnes").get(at("of_meeting", work.meeting)).status_code == 404
    page = words(signed_in("gareth").get(at("of_meeting", work.meeting)))
    assert "No paper for this meeting is asked of you." in page


@pytest.mark.slow
def test_a_call_for_a_closed_item_is_for_those_who_see_the_item(work):
    work.agenda.begins("Knife crime", "Any other business")
    work.asks(item=work.item(), organisation=work.cast.organisations["probation"])
    work.delivers()

    restricted(work.cast, work.agenda, "Knife crime")

    with work.cast.acting("tobias") as tobias:
        assert not queries.visible_to(tobias).exists()
        assert not queries.deliveries_visible_to(tobias).exists()
    work.checks()
    work.approves()
    work.agenda.published()
    assert work.line().standing == "approved"
    with pytest.raises(NotAllowed, match="closed or hidden"):
        work.publishes()


# Versions


@pytest.mark.slow
def test_a_second_version_stands_before_the_first_which_stays(work, signed_in):
    work.asks()
    first = work.all_the_way()
    second = work.all_the_way(REPORT.format(year=2014))

    gareth = signed_in("gareth")
    page = words(gareth.get(first.get_absolute_url()))
    assert "There is a newer version: version 2, changed on" in page
    assert "Knife crime fell in 2013" in page
    page = words(gareth.get(second.get_absolute_url()))
    assert "Version 2, changed on" in page
    assert "Version 1, published on" in page
    meeting = gareth.get(work.meeting.get_absolute_url()).text
    assert second.get_absolute_url() in meeting
    assert first.get_absolute_url() not in meeting
    assert Event.objects.filter(kind="paper.changed").count() == 1
    assert Event.objects.filter(kind="paper.published").count() == 1


@pytest.mark.slow
def test_what_was_published_is_withdrawn_with_a_reason_and_stays(work, signed_in):
    work.asks()
    paper = work.all_the_way()
    dilys = signed_in("dilys")

    assert "Say why" in words(dilys.post(at("withdraw_paper", paper), {"because": ""}))
    dilys.post(at("withdraw_paper", paper), {"because": "The figures were wrong."})

    page = words(signed_in("gareth").get(work.meeting.get_absolute_url()))
    assert "Withdrawn: The figures were wrong." in page
    page = words(signed_in("gareth").get(paper.get_absolute_url()))
    assert "Withdrawn. The figures were wrong." in page
    assert "Knife crime fell" in page
    assert lines("paper.withdrawn") == 1
    again = dilys.post(at("withdraw_paper", paper), {"because": "Again."})
    assert again.status_code == 403
    assert "withdrawn already" in words(again)


def test_a_call_is_withdrawn_before_anything_was_published(work, signed_in):
    call = work.asks()
    dilys = signed_in("dilys")

    dilys.post(at("withdraw", call), {"because": "It comes in May."})

    assert work.line("tobias").standing == "withdrawn"
    assert "It comes in May." in words(dilys.get(at("of_meeting", work.meeting)))
    page = signed_in("tobias").get(at("deliver", call))
    assert page.status_code == 403
    assert "This call was withdrawn" in words(page)


def test_what_came_is_never_altered(work):
    work.asks()
    delivery = work.delivers()

    with (
        work.cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        Delivery.objects.filter(pk=delivery.pk).update(received_at=now())


# Pages


@pytest.mark.slow
def test_a_member_delivers_and_the_secretary_sees_it_on_the_home_page(work, signed_in, tmp_path):
    call = work.asks()
    tobias = signed_in("tobias")
    assert "Deliver a paper: Knife crime report" in words(tobias.get("/"))
    file = tmp_path / "knife.txt"
    file.write_text(REPORT.format(year=2013))

    assert "Choose the file" in words(tobias.post(at("deliver", call), {}))
    with file.open("rb") as given:
        page = tobias.post(at("deliver", call), {"file": given, "note": "As agreed."}, follow=True)

    assert "Delivered. It is being read" in words(page)
    assert "Look at a paper: Knife crime report" in words(signed_in("rowena").get("/"))
    page = words(signed_in("dilys").get(call.get_absolute_url()))
    assert "As agreed." in page
    assert "Deliver a paper" not in words(tobias.get("/"))


def test_the_secretary_asks_and_chases(work, signed_in):
    dilys = signed_in("dilys")
    organisation = work.cast.organisations["probation"].key
    given = {"title": "Knife crime report", "due_on": "1 March 2030"}

    page = words(dilys.post(at("ask", work.meeting), given))
    assert "Say who is asked" in page
    dilys.post(at("ask", work.meeting), given | {"organisation": organisation})
    page = words(dilys.get(at("of_meeting", work.meeting)))
    assert "Knife crime report Asked of: Probation Service By: 1 March 2030" in page
    page = words(dilys.post(at("chase_all", work.meeting), follow=True))

    assert "Chased for 1 paper." in page
    assert Event.objects.filter(kind="paper_call.chased_organisation").count() == 1
    assert lines("paper_call.chased") == 1


@pytest.mark.parametrize("name", ["ask", "chase_all"])
def test_nobody_but_the_secretary_asks(work, signed_in, name):
    page = signed_in("tobias").post(at(name, work.meeting), {})

    assert page.status_code == 403
    assert "Only this body’s secretary can ask for papers." in words(page)


@pytest.mark.slow
def test_whoever_is_asked_neither_sends_back_nor_publishes(work, signed_in):
    call = work.asks()
    work.delivers()
    delivery, tobias = work.last(), signed_in("tobias")

    # It is checked from this page by the office, and is nobody’s own handover.
    assert "Check what was read in" not in words(tobias.get("/"))
    for name in ("send_back", "approve"):
        page = tobias.get(at(name, delivery))
        assert page.status_code == 403
        assert "secretary or the chair" in words(page)
    for name, thing in (("publish", delivery), ("chase", call), ("withdraw", call)):
        page = tobias.post(at(name, thing))
        assert page.status_code == 403
        assert "Only this body’s secretary" in words(page)


def test_pages_take_no_other_method(work, signed_in):
    call = work.asks()
    work.delivers()
    delivery, dilys = work.last(), signed_in("dilys")

    assert dilys.post(at("call", call)).status_code == 405
    assert dilys.post(at("of_meeting", work.meeting)).status_code == 405
    for name, thing in (("publish", delivery), ("chase", call), ("chase_all", work.meeting)):
        assert dilys.get(at(name, thing)).status_code == 405
    for name, thing in (("deliver", call), ("ask", work.meeting), ("approve", delivery)):
        assert dilys.put(at(name, thing)).status_code == 405


@pytest.mark.slow
def test_the_list_asks_the_same_for_1_paper_and_12(work, signed_in):
    client, counts = signed_in("dilys"), []
    for number in (1, 11):
        for each in range(number):
            work.asks(f"Paper {number} {each}")
            work.delivers(f"{REPORT.format(year=2000 + each)}\n{number}")
        client.get(at("of_meeting", work.meeting))
        with CaptureQueriesContext(connection) as asked:
            client.get(at("of_meeting", work.meeting))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_who_chairs_from_today_on_sees_the_calls_from_tonight_on(work):
    work.asks()
    with work.cast.acting("gareth") as gareth:
        assert not queries.visible_to(gareth).exists()
    work.gareth_chairs()

    services.bring_up_to_date()

    with work.cast.acting("gareth") as gareth:
        assert queries.visible_to(gareth).exists()
    with work.cast.acting("rowena") as rowena:
        assert not queries.visible_to(rowena).exists()


def test_a_new_chair_has_the_calls_brought_up_to_date_and_a_new_member_has_not(work, monkeypatch):
    told = []
    assert services.bring_up_soon in appointing._TOLD
    monkeypatch.setattr(appointing, "_TOLD", [lambda: told.append("soon")])
    cast = work.cast
    for role, times in ((SeatRole.MEMBER, 0), (SeatRole.VICE_CHAIR, 1)):
        with cast.acting("maud") as maud:
            homes = cast.organisations["homes"]
            seat = seating.add_seat(maud, body=cast.bodies["board"], holder=homes, role=role)
            seating.appoint(maud, person=cast.people["agnes"], seat=seat)
        assert len(told) == times


def test_who_sees_calls_is_brought_up_to_date_once_however_often_it_is_asked_for(work):
    for _ in range(2):
        services.bring_up_soon()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'",
            [services.KEEP],
        )
        assert cursor.fetchone()[0] == 1


def test_overdue_once_its_day_is_over(work):
    work.asks(due=1)
    with as_of(now() + datetime.timedelta(days=3)):
        assert work.line("tobias").standing == "overdue"
