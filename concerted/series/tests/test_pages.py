"""A series from its rule to the meetings; the page by the same list as every other."""

import datetime
import re

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.kernel.clock import as_of
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting
from concerted.meetings.policies import When
from concerted.series import policies, services
from concerted.series.queries import preview
from concerted.series.recurring import Place

NOW = datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)
DAYS = [datetime.date(2027, month, day) for month, day in ((1, 12), (2, 9), (3, 9))]
RULE = {
    "how": "months",
    "weekday": "1",
    "nth": "2",
    "every_months": "1",
    "first": "1 January 2027",
    "last": "31 March 2027",
    "starts_at": "2pm",
    "venue": "Town Hall",
    "length_minutes": "120",
    "on_closed": "move",
}


@pytest.fixture(autouse=True)
def clock():
    with as_of(NOW):
        yield


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def address(cast):
    return reverse("series:plan", args=[cast.bodies["board"].key])


def asked(address, **more):
    given = RULE | more
    return f"{address}?" + "&".join(f"{name}={value}" for name, value in given.items())


def ticked(days, leave=(), **changed):
    typed = {"day-TOTAL_FORMS": str(len(days)), "day-INITIAL_FORMS": str(len(days))}
    for number, day in enumerate(days):
        typed[f"day-{number}-held_on"] = changed.get(f"n{number}", day.isoformat())
        if number not in leave:
            typed[f"day-{number}-planned"] = "on"
    return typed


def planned(cast):
    with cast.acting("dilys"):
        return list(Meeting.objects.order_by("held_on").values_list("held_on", flat=True))


def test_the_days_are_looked_at_before_anything_is_planned(cast, signed_in, address):
    page = words(signed_in("dilys").get(asked(address)))

    places = [page.index(f"Tuesday {day.day} {day:%B %Y}") for day in DAYS]
    assert places == sorted(places)
    assert planned(cast) == []


def test_a_holiday_is_passed_over_and_the_page_says_why(signed_in, address):
    given = {"weekday": "0", "nth": "1", "first": "1 May 2027", "last": "31 May 2027"}

    page = words(signed_in("dilys").get(asked(address, **given)))

    assert "Tuesday 4 May 2027" in page
    assert "Moved from Monday 3 May 2027: the Early May bank holiday." in page


def test_what_is_ticked_is_planned_in_one_step_as_the_rule_says(cast, signed_in, address):
    dilys = signed_in("dilys")
    typed = ticked(DAYS, leave=[1], n2="11 March 2027")

    page = words(dilys.post(asked(address), typed, follow=True))

    assert "2 meetings are planned. Each can be moved on its own page." in page
    assert planned(cast) == [DAYS[0], datetime.date(2027, 3, 11)]
    with cast.acting("dilys"):
        one = Meeting.objects.earliest("held_on")
        assert (one.starts_at, one.venue, one.length_minutes) == (
            datetime.time(14),
            "Town Hall",
            120,
        )
    assert Line.objects.filter(what="meeting.planned").count() == 2


def test_planned_again_nothing_is_doubled(cast, signed_in, address):
    dilys = signed_in("dilys")
    dilys.post(asked(address), ticked(DAYS))

    page = dilys.get(asked(address))
    again = dilys.post(asked(address), ticked(DAYS))

    assert words(page).count("this body has a meeting on this day already") == 3
    assert "checked" not in page.text.partition("The rule")[0]
    assert "has a meeting of that day on record already" in words(again)
    assert planned(cast) == DAYS


def test_a_day_that_was_moved_or_cancelled_is_not_filled_again(cast, signed_in, address):
    signed_in("dilys").post(asked(address), ticked(DAYS))
    with cast.acting("dilys") as dilys:
        first, second, _ = Meeting.objects.select_related("body").order_by("held_on")
        when = When(datetime.date(2027, 1, 14))
        meetings.move(dilys, meeting=first, seen=first.standing, when=when, reason="Snow.")
        meetings.cancel(dilys, meeting=second, seen=second.standing, reason="No business.")

    page = words(signed_in("dilys").get(asked(address)))

    assert "the meeting of this day was moved to 14 January 2027" in page
    assert "the meeting of this day was cancelled" in page


def test_a_meeting_that_the_secretary_may_not_see_is_not_told_of(cast, address):
    with cast.acting("dilys") as dilys:
        places = [Place(day, day) for day in DAYS]
        before = preview(dilys, cast.bodies["board"], places)
        hidden = meetings.plan(dilys, body=cast.bodies["board"], held_on=DAYS[0])
        Meeting.objects.filter(pk=hidden.pk).update(
            audience_id=cast.bodies["silver"].papers_audience_id
        )
    with cast.acting("tobias") as tobias:
        assert [one.against for one in preview(tobias, cast.bodies["board"], places)] == [
            one.against for one in before
        ]


@pytest.mark.parametrize(
    ("days", "why_not"),
    [
        ([], "Tick at least one day."),
        ([DAYS[0], DAYS[0]], "Two of these days are the same."),
        ([datetime.date(2026, 11, 30)], "One of these days is over."),
        ([DAYS[0] + datetime.timedelta(days=n) for n in range(121)], "at most 120 meetings"),
    ],
)
def test_which_days_are_refused(cast, days, why_not):
    with cast.acting("dilys") as dilys:
        verdict = policies.may_plan_all(
            dilys, cast.bodies["board"], days, today=datetime.date(2026, 12, 1)
        )

    assert why_not in verdict.why_not


def test_all_are_planned_or_none(cast):
    with cast.acting("dilys") as dilys:
        meetings.plan(dilys, body=cast.bodies["board"], held_on=DAYS[1])
        with pytest.raises(NotAllowed, match="of that day on record already"):
            services.plan_all(dilys, body=cast.bodies["board"], days=DAYS)

    assert planned(cast) == [DAYS[1]]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"last": "1 January 2026"}, "This day is before the first. Give a later one."),
        ({"last": "1 January 2037"}, "Plan at most 3 years at once."),
        ({"how": "weeks", "every_weeks": ""}, "This is needed for what you chose above."),
        ({"how": "dates", "dates": ""}, "This is needed for what you chose above."),
        ({"how": "dates", "dates": "31 June 2027"}, "There is no such day as “31 June 2027”."),
        ({"every_months": "soon"}, "Give a whole number from 1 to 12."),
    ],
)
def test_a_rule_that_is_not_whole_is_said_beside_its_field(signed_in, address, more, said):
    assert said in words(signed_in("dilys").get(asked(address, **more)))


def test_a_day_that_is_none_is_said_and_what_was_typed_stays(cast, signed_in, address):
    page = signed_in("dilys").post(asked(address), ticked(DAYS, n0="soon"))

    assert "Write the date like this: 16 June 2009." in words(page)
    assert 'value="soon"' in page.text
    assert planned(cast) == []


def test_no_day_may_fit_a_rule(signed_in, address):
    given = {"how": "daily", "first": "2 January 2027", "last": "3 January 2027"}

    page = words(signed_in("dilys").get(asked(address, **given)))

    assert "No day fits this rule. Change the rule below." in page


def test_whoever_is_outside_the_body_finds_nothing(cast, signed_in):
    address = reverse("series:plan", args=[cast.bodies["silver"].key])

    assert signed_in("tobias").get(address).status_code == 404
    assert signed_in("tobias").post(asked(address), ticked(DAYS)).status_code == 404


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti"])
def test_nobody_but_the_secretary_plans(cast, signed_in, address, who):
    page = signed_in(who).post(asked(address), ticked(DAYS))

    assert page.status_code == 403
    assert "Only this body’s secretary can plan its meetings." in words(page)
    assert planned(cast) == []


def test_the_page_takes_no_other_method(signed_in, address):
    assert signed_in("dilys").put(address).status_code == 405


@pytest.mark.parametrize("months", [1, 12])
def test_the_preview_asks_the_same_however_long_it_is(cast, months, django_assert_num_queries):
    with cast.acting("dilys") as dilys:
        places = [
            Place(day, day) for day in (datetime.date(2027, n, 1) for n in range(1, months + 1))
        ]
        with django_assert_num_queries(2):
            preview(dilys, cast.bodies["board"], places)
