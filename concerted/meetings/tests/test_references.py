"""Minutes that speak of earlier minutes: which one is meant, and what the pages show of it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerted.audit.models import Line
from concerted.meetings import services
from concerted.meetings.models import Item, Reference
from concerted.meetings.references import NewReference, Numbered, the_one
from concerted.meetings.tests.conftest import item
from concerted.meetings.tests.test_pages import words
from concerted.people import services as people
from concerted.people.states import LinkKind

MARCH, MAY, JULY = (datetime.date(2026, month, 12) for month in (3, 5, 7))


def says(ref, held_on=None, **more):
    return item("Matters arising", ref="2", references=[NewReference(ref, held_on)], **more)


@pytest.fixture
def meant(cast):
    """What each reference of a meeting was found to mean: its title and day, or None."""

    def look(meeting):
        with cast.acting("dilys"):
            return [
                one.to and (one.to.title, one.to.meeting.held_on)
                for one in Reference.objects.filter(item__meeting=meeting).select_related(
                    "to__meeting"
                )
            ]

    return look


@pytest.mark.parametrize(
    ("ref", "held_on", "there", "found"),
    [
        ("94/08", None, [("94/08", MARCH)], 0),
        ("94/08", None, [("SMP 94/08", MARCH)], 0),
        ("4", None, [("4", MARCH), ("4", MAY)], 1),
        ("4", MARCH, [("4", MARCH), ("4", MAY)], 0),
        ("4", datetime.date(2026, 4, 1), [("4", MARCH)], None),
        ("4", None, [("5", MARCH)], None),
        ("4", None, [("4", JULY)], None),
        ("4", None, [("4", MARCH), ("4", MAY), ("4", MAY)], None),
        ("4", None, [], None),
    ],
)
def test_a_number_means_the_newest_earlier_minute_that_alone_has_it(ref, held_on, there, found):
    rows = [Numbered(place, *one) for place, one in enumerate(there)]

    assert the_one(Reference(ref=ref, held_on=held_on), rows, before=JULY) == found


def test_the_pages_lead_to_each_other(cast, signed_in, recorded):
    first = recorded(item("Welcome"), item("Lighting", ref="94/08"), on=MARCH)
    second = recorded(says("94/08"), on=MAY)
    tobias = signed_in("tobias")

    newer, older = (tobias.get(one.get_absolute_url()) for one in (second, first))
    with cast.acting("tobias"):
        lighting = first.items.get(title="Lighting").key
        arising = second.items.get().key

    assert "Refers to minute 94/08 (Lighting, 12 March 2026)" in words(newer)
    assert f'href="{first.get_absolute_url()}#i-{lighting}"' in newer.text
    assert "Taken up again: minute 2 of 12 May 2026: Matters arising" in words(older)
    assert f'href="{second.get_absolute_url()}#i-{arising}"' in older.text
    assert f'id="i-{lighting}"' in older.text


def test_minutes_that_come_later_are_found_by_those_that_waited(cast, recorded, meant):
    second = recorded(says("94/08"), on=MAY)
    assert meant(second) == [None]

    recorded(item("Lighting", ref="94/08"), on=MARCH)

    assert meant(second) == [("Lighting", MARCH)]
    with cast.acting("dilys"):
        line = Line.objects.get(what="item.found")
        assert line.reference == Item.objects.get(meeting=second).key


def test_a_number_without_a_day_moves_to_newer_minutes_when_they_come(recorded, meant):
    recorded(item("Lighting", ref="4"), on=MARCH)
    third = recorded(says("4"), on=JULY)
    assert meant(third) == [("Lighting", MARCH)]

    recorded(item("Fencing", ref="4"), on=MAY)

    assert meant(third) == [("Fencing", MAY)]


def test_a_number_with_its_day_stays(recorded, meant):
    recorded(item("Lighting", ref="4"), on=MARCH)
    third = recorded(says("4", MARCH), on=JULY)

    recorded(item("Fencing", ref="4"), on=MAY)

    assert meant(third) == [("Lighting", MARCH)]


def test_minutes_of_another_body_are_not_meant(recorded, meant):
    recorded(item("Lighting", ref="94/08"), on=MARCH, body="area")

    assert meant(recorded(says("94/08"), on=MAY)) == [None]


def test_an_agenda_holds_no_minutes(cast, recorded, meant):
    with cast.acting("dilys") as dilys:
        services.plan(
            dilys, body=cast.bodies["board"], held_on=MARCH, items=[item("Lighting", ref="94/08")]
        )

    assert meant(recorded(says("94/08"), on=MAY)) == [None]


@pytest.mark.parametrize("older_first", [True, False])
def test_minutes_of_the_body_before_are_found_in_either_order(cast, recorded, meant, older_first):
    with cast.acting("maud") as maud:
        people.link_bodies(
            maud,
            body=cast.bodies["board"],
            to=cast.bodies["area"],
            kind=LinkKind.SUCCEEDS,
            starts=MAY,
        )
    older = {"on": MARCH, "body": "area"}
    if older_first:
        recorded(item("Lighting", ref="94/08"), **older)
    second = recorded(says("94/08"), on=MAY)
    if not older_first:
        recorded(item("Lighting", ref="94/08"), **older)

    assert meant(second) == [("Lighting", MARCH)]


def test_a_reader_sees_no_link_to_what_they_may_not_see(cast, signed_in, recorded):
    """Hidden from the reader after the link was made, at either end."""
    first = recorded(item("Lighting", ref="94/08"), on=MARCH)
    second = recorded(says("94/08"), on=MAY)
    silver = cast.bodies["silver"].papers_audience_id
    tobias = signed_in("tobias")

    for hidden, shown in ((first, second), (second, first)):
        with cast.acting("dilys"):
            before = hidden.audience_id
            type(hidden).objects.filter(pk=hidden.pk).update(audience_id=silver)
        page = words(tobias.get(shown.get_absolute_url()))
        with cast.acting("dilys"):
            type(hidden).objects.filter(pk=hidden.pk).update(audience_id=before)
        assert "Refers to" not in page
        assert "Taken up again" not in page


def test_links_cost_the_page_no_query(signed_in, recorded):
    first = recorded(item("Lighting", ref="94/08"), on=MARCH)
    tobias = signed_in("tobias")

    def asked():
        tobias.get(first.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            tobias.get(first.get_absolute_url())
        return len(queries)

    before = asked()
    recorded(says("94/08"), on=MAY)
    recorded(says("94/08"), on=JULY)

    assert asked() == before
