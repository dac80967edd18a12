"""Answering for a seat, from the meeting’s page to the forecast; each page by the same list."""

import datetime
import re

import pytest
from django.urls import reverse

from concerted.attending.models import Reply
from concerted.attending.queries import ahead_of, expected, to_answer
from concerted.attending.services import Said, reply
from concerted.audit.models import Line
from concerted.kernel.clock import as_of, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting
from concerted.people import seating
from concerted.people.models import Seat


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def address(name, meeting):
    return reverse(f"attending:{name}", args=[meeting.key])


def forecast(cast, meeting, who="tobias"):
    with cast.acting(who) as actor:
        return ahead_of(actor, Meeting.objects.select_related("body").get(pk=meeting.pk)).look


@pytest.mark.slow
def test_a_member_answers_with_one_press_and_the_forecast_follows(cast, signed_in, meeting, rule):
    rule(2, "probation")
    tobias = signed_in("tobias")
    page = words(tobias.get(meeting.get_absolute_url()))
    assert "Not yet known No answer for 3 seats; so far 0 of 2 members, no Probation" in page
    given = {"seat": cast.seats["tobias"].key, "answer": "coming", "back": "meeting"}

    response = tobias.post(address("reply", meeting), given, follow=True)

    assert response.redirect_chain[-1][0] == meeting.get_absolute_url()
    assert "On record: coming." in words(response)
    assert Line.objects.filter(what="reply.given", verb="collect").count() == 1
    assert forecast(cast, meeting).why == "1 of 2 members"


def test_without_probation_it_will_be_inquorate(cast, meeting, rule, answers):
    rule(2, "probation")
    for who in ("rowena", "gareth"):
        answers(meeting, who, "coming")
    answers(meeting, "tobias", "apologies")

    assert forecast(cast, meeting).ahead == "Will be inquorate: no Probation Service"

    answers(meeting, "tobias", "substitute", name="Bea Holm")
    assert forecast(cast, meeting).ahead == "Will be quorate"


@pytest.mark.slow
def test_each_answer_is_a_row_and_the_last_one_holds(cast, meeting, answers):
    answers(meeting, "tobias", "coming")
    answers(meeting, "tobias", "substitute", name="Bea Holm", organisation="Probation")

    with cast.acting("dilys") as dilys:
        assert Reply.objects.count() == 2
        lines = expected(dilys, Meeting.objects.select_related("body").get(pk=meeting.pk))
        [mine] = [one for one in lines if one.seat == cast.seats["tobias"]]
        assert mine.reply.substitute_name == "Bea Holm"


def test_the_office_notes_an_answer_and_the_trail_says_so(cast, signed_in, meeting):
    given = {"seat": cast.seats["gareth"].key, "answer": "apologies"}

    page = signed_in("dilys").post(address("reply", meeting), given, follow=True)

    assert "Noted by Dilys Ambrey" in words(page)
    assert Line.objects.filter(what="reply.noted").count() == 1
    with cast.acting("dilys"):
        assert Reply.objects.get().person == cast.people["gareth"]


def test_only_office_and_chair_read_it_seat_by_seat(signed_in, meeting, answers):
    answers(meeting, "gareth", "apologies")

    assert "Gareth Pellow" in words(signed_in("rowena").get(address("meeting", meeting)))
    page = words(signed_in("tobias").get(address("meeting", meeting)))
    assert "Gareth Pellow" not in page
    assert "is for this body’s secretary and chair" in page


def test_somebody_else_cannot_answer_for_a_seat(cast, signed_in, meeting):
    given = {"seat": cast.seats["gareth"].key, "answer": "coming"}

    page = signed_in("tobias").post(address("reply", meeting), given)

    assert "Choose a seat from the list." in words(page)
    refused = signed_in("priti").get(address("reply", meeting))
    assert refused.status_code == 403
    assert "Only whoever fills a seat of this body" in words(refused)


def test_who_sees_no_meeting_answers_to_none(signed_in, planned, cast):
    hidden = planned("silver", who="dilys") if cast.bodies["silver"] else None
    for name in ("meeting", "reply"):
        assert signed_in("agnes").get(address(name, hidden)).status_code == 404


def test_other_methods_are_refused(signed_in, meeting):
    tobias = signed_in("tobias")
    assert tobias.post(address("meeting", meeting)).status_code == 405
    assert tobias.delete(address("reply", meeting)).status_code == 405


@pytest.mark.slow
def test_who_sends_a_substitute_says_whom(cast, signed_in, meeting):
    given = {"seat": cast.seats["tobias"].key, "answer": "substitute"}

    page = signed_in("tobias").post(address("reply", meeting), given)

    assert "Say who comes instead." in words(page)


def test_once_it_has_begun_nothing_is_answered(cast, meeting):
    begun = datetime.datetime.combine(meeting.held_on, datetime.time(14), datetime.UTC)
    with as_of(begun), cast.acting("tobias") as tobias:
        there = Meeting.objects.select_related("body").get(pk=meeting.pk)
        seat = cast.seats["tobias"].key
        with pytest.raises(NotAllowed, match="has begun"):
            reply(tobias, meeting=there, seat_key=seat, said=Said("coming"))


def test_a_cancelled_meeting_needs_no_answer(cast, signed_in, meeting):
    with cast.acting("dilys") as dilys:
        there = Meeting.objects.select_related("body").get(pk=meeting.pk)
        meetings.cancel(dilys, meeting=there, seen=there.standing, reason="Snow.")

    page = signed_in("tobias").get(address("reply", meeting))

    assert page.status_code == 403
    assert "cancelled, so no answer is needed" in words(page)
    assert "nobody is expected" in words(signed_in("tobias").get(address("meeting", meeting)))


@pytest.mark.slow
def test_two_meetings_at_once_are_pointed_out_to_whom_they_concern(
    cast, signed_in, meeting, planned, answers
):
    planned("silver", at=datetime.time(15))

    page = words(signed_in("gareth").get(meeting.get_absolute_url()))

    assert "At the same time Silver group meets at 3pm." in page
    assert "At the same time" not in words(signed_in("tobias").get(meeting.get_absolute_url()))
    answers(meeting, "gareth", "coming")


@pytest.mark.slow
def test_who_holds_two_seats_answers_for_each(cast, signed_in, meeting, answers):
    with cast.acting("maud") as maud:
        second = seating.add_seat(
            maud, body=cast.bodies["board"], holder=cast.organisations["homes"]
        )
        seating.appoint(maud, person=cast.people["tobias"], seat=second)

    page = words(signed_in("tobias").get(meeting.get_absolute_url()))

    assert "Your answer for Probation Service: No answer yet." in page
    assert "Your answer for Marlbeck Homes: No answer yet." in page
    until = meeting.held_on
    answers(meeting, "tobias", "coming")
    with cast.acting("tobias") as tobias:
        assert [one.pk for one in to_answer(tobias, until=until)] == [meeting.pk]
    with cast.acting("tobias") as tobias:
        there = Meeting.objects.select_related("body").get(pk=meeting.pk)
        said = Said("apologies")
        reply(tobias, meeting=there, seat_key=second.key, said=said)
        assert to_answer(tobias, until=until) == []


@pytest.mark.slow
def test_home_asks_for_the_answer_and_takes_it(cast, signed_in, planned):
    meeting = planned(ahead=5)
    tobias = signed_in("tobias")
    home = reverse("desk:home")
    assert "Say whether you come: Safer Marlbeck Board" in words(tobias.get(home))
    given = {"seat": cast.seats["tobias"].key, "answer": "apologies", "back": "home"}

    page = words(tobias.post(address("reply", meeting), given, follow=True))

    assert "Say whether you come" not in page
    assert "Your answer: Apologies." in page
    with cast.acting("tobias") as actor:
        assert to_answer(actor, until=today() + datetime.timedelta(days=30)) == []


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 30])
def test_the_page_costs_the_same_however_many_seats(
    cast, signed_in, meeting, rule, many, django_assert_num_queries
):
    rule(2, "probation")
    with cast.acting("maud") as maud:
        for _ in range(many):
            seating.add_seat(maud, body=cast.bodies["board"], holder=cast.organisations["homes"])
    with cast.acting("dilys") as dilys:
        there = Meeting.objects.select_related("body").get(pk=meeting.pk)
        for seat in Seat.objects.filter(body=cast.bodies["board"]):
            reply(dilys, meeting=there, seat_key=seat.key, said=Said("coming"))
    dilys = signed_in("dilys")
    dilys.get(address("meeting", meeting))

    with django_assert_num_queries(QUERIES):
        dilys.get(address("meeting", meeting))


QUERIES = 14
