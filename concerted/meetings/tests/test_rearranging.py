"""A planned meeting is moved or cancelled, and says from when and why."""

import datetime
import re

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from concerted.agendas.tests.test_services import restricted
from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services
from concerted.meetings.models import Meeting, Rearrangement
from concerted.meetings.policies import When
from concerted.meetings.services import NewItem
from concerted.restrictions.models import Closure

SOON, LATER = (today() + datetime.timedelta(days=days) for days in (30, 37))
TWO = datetime.time(14)
REASON = "The hall is needed for the count."


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def planned(cast):
    with cast.acting("dilys") as dilys:
        return services.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=SOON,
            starts_at=TWO,
            venue="Town Hall",
            items=[NewItem("1", "Patrols", "")],
        )


def moves(cast, meeting, day=LATER, who="dilys", seen=None, **more):
    with cast.acting(who) as actor:
        when = When(day, **({"starts_at": TWO, "venue": "Town Hall"} | more))
        seen = seen or meeting.standing
        return services.move(actor, meeting=meeting, seen=seen, when=when, reason=REASON)


def cancels(cast, meeting, who="dilys"):
    with cast.acting(who) as actor:
        return services.cancel(actor, meeting=meeting, seen=meeting.standing, reason=REASON)


def address(meeting, name):
    return reverse(f"meetings:{name}", args=[meeting.key])


def typed(meeting, **more):
    return {
        "seen": meeting.standing,
        "held_on": LATER.isoformat(),
        "starts_at": "2pm",
        "venue": "Town Hall",
        "reason": REASON,
    } | more


def test_a_moved_meeting_keeps_its_agenda_and_says_from_when(cast, signed_in, planned):
    moves(cast, planned)

    page = words(signed_in("tobias").get(planned.get_absolute_url()))
    assert f"Moved from {SOON:%A} {SOON.day} {SOON:%B %Y}, 2pm, Town Hall. {REASON}" in page
    assert "1. Patrols" in page
    assert Line.objects.filter(what="meeting.moved").count() == 1


def test_a_cancelled_meeting_says_why_and_is_not_filled_any_more(cast, signed_in, planned):
    cancels(cast, planned)

    page = words(signed_in("tobias").get(planned.get_absolute_url()))
    assert f"Cancelled. {REASON}" in page
    assert "Move this meeting" not in page
    assert Line.objects.filter(what="meeting.cancelled").count() == 1
    with cast.acting("dilys") as dilys:
        again = services.plan(dilys, body=cast.bodies["board"], held_on=SOON)
        assert again.pk != planned.pk


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (today() - datetime.timedelta(days=1), "Choose today or a day still to come."),
        (SOON, "This is when and where the meeting is already."),
    ],
)
def test_a_meeting_is_moved_to_another_day_to_come(cast, planned, day, why):
    with pytest.raises(NotAllowed, match=why):
        moves(cast, planned, day)


def test_a_meeting_may_be_moved_within_its_day(cast, planned):
    moves(cast, planned, SOON, starts_at=datetime.time(16))

    with cast.acting("dilys"):
        assert Meeting.objects.get(pk=planned.pk).starts_at == datetime.time(16)


def test_two_meetings_of_a_body_do_not_fall_on_one_day(cast, planned):
    with cast.acting("dilys") as dilys:
        services.plan(dilys, body=cast.bodies["board"], held_on=LATER)

    with pytest.raises(NotAllowed, match="has a meeting of that day on record already"):
        moves(cast, planned)


def test_of_two_who_move_it_the_second_is_told(cast, planned):
    seen = planned.standing
    moves(cast, planned)

    with pytest.raises(services.Overtaken):
        moves(cast, planned, LATER + datetime.timedelta(days=1), seen=seen)


def test_what_is_said_of_a_closed_item_says_the_new_day(cast, planned):
    restricted(cast, None, "Patrols")
    moves(cast, planned)

    with cast.acting("tobias"):
        assert Closure.objects.get().day == LATER


def test_why_it_was_moved_is_never_altered(cast, planned):
    moves(cast, planned)

    for change in (
        lambda: Rearrangement.objects.update(reason="Another"),
        lambda: Rearrangement.objects.all().delete(),
    ):
        with (
            cast.acting("dilys"),
            pytest.raises(ProgrammingError, match="never altered"),
            transaction.atomic(),
        ):
            change()


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_on_the_page_it_is_done_with_a_reason(signed_in, planned, name):
    dilys = signed_in("dilys")
    assert dilys.get(address(planned, name)).status_code == 200

    without = words(dilys.post(address(planned, name), typed(planned, reason="")))
    page = words(dilys.post(address(planned, name), typed(planned), follow=True))

    assert "Say why, so that nobody has to ask." in without
    assert REASON in page


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_whoever_is_outside_the_body_finds_nothing(signed_in, planned, name):
    assert signed_in("agnes").post(address(planned, name), typed(planned)).status_code == 404


@pytest.mark.parametrize("name", ["move", "cancel"])
@pytest.mark.parametrize("who", ["tobias", "rowena"])
def test_nobody_but_the_secretary_moves_or_cancels(signed_in, planned, name, who):
    page = signed_in(who).post(address(planned, name), typed(planned))

    assert page.status_code == 403
    assert "Only this body’s secretary can move or cancel its meetings." in words(page)


def test_what_was_held_still_says_when_it_was_to_be(cast, signed_in, planned):
    moved = moves(cast, planned)
    with cast.acting("dilys"):
        Meeting.objects.filter(pk=moved.pk).update(state="received")

    page = words(signed_in("tobias").get(planned.get_absolute_url()))
    assert f"Moved from {SOON:%A} {SOON.day} {SOON:%B %Y}, 2pm, Town Hall. {REASON}" in page


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_what_was_held_stays_on_its_day(signed_in, recorded, name):
    meeting = recorded()

    page = signed_in("dilys").post(address(meeting, name), typed(meeting))

    assert page.status_code == 403
    assert "This meeting has been held, so its day stays as it is." in words(page)


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_a_page_of_a_meeting_takes_no_other_method(signed_in, planned, name):
    assert signed_in("dilys").put(address(planned, name)).status_code == 405


def test_whoever_is_second_sees_how_it_stands_now(cast, signed_in, planned):
    seen = typed(planned)
    moves(cast, planned)

    page = signed_in("dilys").post(address(planned, "cancel"), seen)

    assert page.status_code == 409
    assert "Somebody changed this meeting while you had this page open" in words(page)


def test_a_refused_day_is_said_over_the_form_and_what_was_typed_stays(cast, signed_in, planned):
    with cast.acting("dilys") as dilys:
        services.plan(dilys, body=cast.bodies["board"], held_on=LATER)

    page = signed_in("dilys").post(address(planned, "move"), typed(planned))

    assert "has a meeting of that day on record already" in words(page)
    assert REASON in page.text
