"""Attendance by organisation: what counts and what does not, and the page with its spreadsheet."""

import datetime
import re

import pytest
from django.urls import reverse

from concerted.attending.agencies import Entitled, Held, How, tallies
from concerted.attending.queries import held
from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting
from concerted.meetings.services import NewItem, NewMeeting, NewName
from concerted.meetings.states import MeetingState

DAYS = [datetime.date(2026, month, 10) for month in (3, 6, 9)]
MEETINGS = [Held(number, day) for number, day in enumerate(DAYS)]


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.mark.parametrize(
    ("seats", "names", "expected"),
    [
        ([Entitled(1, None, None)], [], {0: How.NOTHING, 1: How.NOTHING, 2: How.NOTHING}),
        ([Entitled(1, DAYS[1], DAYS[1])], [(1, 1, How.ATTENDED)], {1: How.ATTENDED}),
        # Two seats, one meeting: it counts once, and as the best that is said.
        (
            [Entitled(1, DAYS[2], None), Entitled(1, DAYS[2], None)],
            [(2, 1, How.APOLOGIES), (2, 1, How.SUBSTITUTE)],
            {2: How.SUBSTITUTE},
        ),
        # Who came without a seat was not entitled.
        ([Entitled(1, DAYS[2], None)], [(0, 1, How.ATTENDED)], {2: How.NOTHING}),
    ],
)
def test_what_counts_for_an_organisation(seats, names, expected):
    [tally] = tallies(MEETINGS, seats, names)

    assert tally.by_meeting == expected


def test_who_never_had_a_seat_in_that_time_is_not_listed():
    assert tallies(MEETINGS, [Entitled(1, None, datetime.date(2025, 1, 1))], []) == []


@pytest.fixture
def recorded(cast):
    """Minutes of the board on record, with these names."""

    def record(day, *names):
        with cast.acting("dilys") as dilys:
            made, _ = meetings.record(
                dilys,
                minutes=NewMeeting(
                    body=cast.bodies["board"],
                    held_on=day,
                    state=MeetingState.RECEIVED,
                    items=[NewItem(title="Welcome", ref="1", text="Nothing.")],
                    attendance=[
                        NewName(attended=how, name=name, **more) for how, name, more in names
                    ],
                ),
            )
            return made

    return record


def of(cast, who, organisation, **more):
    person = {"person": cast.people[who]} if who else {}
    return {"organisation": cast.organisations[organisation], **person, **more}


@pytest.fixture
def page(cast, signed_in):
    def get(who="tobias", **days):
        address = reverse("attending:attendance", args=[cast.bodies["board"].key])
        return signed_in(who).get(address, days)

    return get


def test_the_page_counts_organisations_and_names_nobody(cast, recorded, page, planned):
    recorded(
        DAYS[0],
        ("present", "Tobias Wren", of(cast, "tobias", "probation")),
        ("apologies", "Gareth Pellow", of(cast, "gareth", "police")),
        ("present", "Somebody", {}),
    )
    recorded(
        DAYS[1], ("present", "Bea Holm", of(cast, "", "probation", role="Substitute for T. Wren"))
    )
    recorded(DAYS[2])
    planned()

    shown = words(page())

    assert "2 meetings from" in shown
    assert "1 meeting of that time has no names" in shown
    assert "1 name in these minutes is matched to no organisation" in shown
    assert re.search(r"Probation Service 2 1 1 0 0", shown)
    assert re.search(r"Wyleshire Police 2 0 0 1 1", shown)
    assert not any(name in shown for name in ("Gareth", "Bea", "Somebody"))


@pytest.mark.slow
def test_the_spreadsheet_says_the_same_and_the_trail_that_it_was_taken(cast, recorded, signed_in):
    recorded(DAYS[0], ("present", "Tobias Wren", of(cast, "tobias", "probation")))

    address = reverse("attending:attendance_csv", args=[cast.bodies["board"].key])
    answer = signed_in("tobias").get(address)

    assert "Probation Service,1,1,0,0,0" in answer.text
    assert answer.text.startswith('"Taken by Tobias Wren') or "Taken by Tobias Wren" in answer.text
    assert Line.objects.filter(what="attendance.exported", verb="disclose").count() == 1


@pytest.mark.slow
def test_days_that_do_not_fit_are_said(page):
    assert "The last day cannot come before the first." in words(
        page(since="2 May 2026", until="1 May 2026")
    )


@pytest.mark.slow
def test_minutes_that_are_with_the_office_count_for_nobody_else(cast, recorded, page):
    made = recorded(DAYS[0], ("present", "Tobias Wren", of(cast, "tobias", "probation")))
    with cast.acting("dilys"):
        made.attendance.update(audience_id=cast.bodies["board"].office_audience_id)

    assert "has no names that you may see" in words(page())
    assert "Probation Service 1 1" in words(page("dilys"))


def test_who_may_not_see_the_body_finds_nothing(cast, signed_in):
    silver = cast.bodies["silver"].key
    for name in ("attendance", "attendance_csv", "quorum"):
        address = reverse(f"attending:{name}", args=[silver])
        assert signed_in("tobias").get(address).status_code == 404
    address = reverse("attending:attendance", args=[cast.bodies["board"].key])
    assert signed_in("tobias").post(address).status_code == 405


@pytest.mark.slow
@pytest.mark.parametrize("many", [1, 30])
def test_the_page_costs_the_same_however_many_meetings(
    cast, recorded, signed_in, many, django_assert_num_queries
):
    for number in range(many):
        recorded(
            today() - datetime.timedelta(days=5 * number + 5),
            ("present", "Tobias Wren", of(cast, "tobias", "probation")),
        )
    tobias = signed_in("tobias")
    address = reverse("attending:attendance", args=[cast.bodies["board"].key])
    tobias.get(address)

    with django_assert_num_queries(9):
        tobias.get(address)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["tobias", "gareth"], "Quorate"),
        (["tobias"], "Inquorate: 1 of 2 members"),
        (["tobias", "somebody"], "Cannot be said"),
    ],
)
def test_after_the_meeting_the_minutes_say_whether_it_was_quorate(
    cast, recorded, rule, signed_in, names, said
):
    rule(2, starts=DAYS[0])
    lists = {
        "tobias": ("present", "Tobias Wren", of(cast, "tobias", "probation")),
        "gareth": ("present", "Gareth Pellow", of(cast, "gareth", "police")),
        "somebody": ("present", "Somebody", {}),
    }
    made = recorded(DAYS[1], *(lists[name] for name in names))

    with cast.acting("tobias") as tobias:
        meeting = Meeting.objects.select_related("body").get(pk=made.pk)
        assert held(tobias, meeting).there.startswith(said)
    page = words(signed_in("tobias").get(reverse("attending:meeting", args=[made.key])))
    assert said in page
