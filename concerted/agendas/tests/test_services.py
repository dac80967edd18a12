"""An agenda from its first item to its supplements; what minutes make of it."""

import datetime

import pytest
from django.db import ProgrammingError, transaction

from concerted.agendas import queries, services
from concerted.agendas.models import Issue, Line
from concerted.agendas.services import Entry, Overtaken
from concerted.agendas.tests.conftest import Agenda
from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.meetings.services import NewItem, NewMeeting
from concerted.people.public import entries_to_pick
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground
from concerted.restrictions.services import restrict


def lines(what):
    return TrailLine.objects.filter(what=what).count()


def refused(cast, change):
    """The database refuses to alter what is on record."""
    with (
        cast.acting("dilys"),
        pytest.raises(ProgrammingError, match="never altered"),
        transaction.atomic(),
    ):
        change()


def restricted(cast, agenda, title, level="closed"):
    """Keep an item of the draft to the secretary’s own post."""
    with cast.acting("dilys") as dilys:
        item = Item.objects.get(title=title)
        kind = restrictions.by_label("meetings.item")
        mine = [one for one in entries_to_pick(dilys) if one.post_id in dilys.post_ids]
        wanted = restrictions.Wanted(
            level=level,
            tier="sensitive",
            owner=cast.organisations["council"],
            ground=Ground.objects.first(),
            public_interest="A live matter.",
            review_on=today() + datetime.timedelta(days=90),
            whom_to_ask="The secretary",
            entries=mine,
        )
        restrict(dilys, kind=kind, key=item.key, wanted=wanted, token="")


def minutes_of(cast, agenda, *items):
    with cast.acting("dilys") as dilys:
        meeting = agenda.at(dilys)
        new = NewMeeting(meeting.body, meeting.held_on, "draft", items=items)
        return meetings.record(dilys, minutes=new)


def test_items_are_added_at_the_end_and_numbered(agenda):
    agenda.begins("Welcome", "Patrols")
    agenda.adds("Night patrols", under=True)
    agenda.adds("Shop theft")

    assert agenda.titles() == ["1 Welcome", "2 Patrols", "2(a) Night patrols", "3 Shop theft"]
    assert lines("agenda.begun") == 1
    assert lines("item.added") == 4


def test_a_draft_is_seen_by_the_office_alone(cast, agenda):
    agenda.begins("Welcome")

    for who in ("tobias", "rowena", "priti", "gareth"):
        assert agenda.titles(who) == []
        with cast.acting(who):
            assert not Issue.objects.exists()


def test_the_chair_reads_the_draft_through_the_one_way_that_asks_the_policy(cast, agenda):
    agenda.begins("Welcome")

    with cast.acting("rowena") as rowena, queries.as_chair(rowena, agenda.at(rowena).body) as chair:
        table = queries.timetable(chair, agenda.at(chair), drafts=True)
        assert [row.shown.item.title for row in table.rows] == ["Welcome"]
    with (
        cast.acting("tobias") as tobias,
        pytest.raises(NotAllowed, match="secretary and chair only"),
        queries.as_chair(tobias, agenda.at(tobias).body),
    ):
        pass


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (1, ["1 C", "2 A", "3 B"]),
        (2, ["1 A", "2 C", "3 B"]),
        (3, ["1 A", "2 B", "3 C"]),
        (99, ["1 A", "2 B", "3 C"]),
    ],
)
def test_an_item_goes_to_its_place_and_the_numbers_follow(agenda, place, order):
    agenda.begins("A", "B", "C")

    agenda.does(services.move, title="C", place=place)

    assert agenda.titles() == order
    assert lines("item.moved") == 1


def test_an_item_is_changed_and_the_trail_names_the_fields_only(agenda):
    agenda.begins("Patrols")

    agenda.does(services.change, title="Patrols", entry=Entry("Night patrols", minutes_allowed=20))

    assert agenda.titles() == ["1 Night patrols"]
    line = TrailLine.objects.get(what="item.changed")
    assert line.fields == ["minutes_allowed", "title"]


def test_a_drafted_item_is_taken_away(agenda):
    agenda.begins("A", "B")

    agenda.does(services.remove, title="A")

    assert agenda.titles() == ["1 B"]
    assert lines("item.removed") == 1


@pytest.mark.parametrize(
    ("service", "more"),
    [
        (services.add, {"entry": Entry("B")}),
        (services.change, {"title": "A", "entry": Entry("B")}),
        (services.move, {"title": "A", "place": 1}),
        (services.remove, {"title": "A"}),
        (services.set_length, {"length_minutes": 90}),
        (services.publish, {}),
    ],
)
def test_of_two_who_change_it_at_once_the_second_is_told(agenda, service, more):
    agenda.begins("A")
    with agenda.cast.acting("dilys") as dilys:
        seen = str(agenda.draft(dilys).version)
    agenda.adds("Added meanwhile")

    with pytest.raises(Overtaken):
        agenda.does(service, token=seen, **more)

    assert agenda.titles() == ["1 A", "2 Added meanwhile"]


def test_the_chair_approves_the_draft_that_they_looked_at(agenda):
    agenda.begins("A")
    with agenda.cast.acting("rowena") as rowena, pytest.raises(Overtaken):
        services.approve(rowena, meeting=agenda.at(rowena), token="1")

    agenda.approved()

    with agenda.cast.acting("dilys") as dilys:
        assert agenda.draft(dilys).state == "approved"
        assert agenda.draft(dilys).approved_by == agenda.cast.people["rowena"]
    assert lines("agenda.approved") == 1


def test_a_change_after_the_approval_needs_the_chair_again(agenda):
    agenda.begins("A").approved()

    agenda.adds("B")

    with pytest.raises(NotAllowed, match="has not approved this agenda yet"):
        agenda.does(services.publish)
    assert lines("agenda.reopened") == 1


def test_published_the_members_read_it_and_it_is_fixed(cast, agenda):
    agenda.begins("A", "B").published()

    assert agenda.titles("tobias") == ["1 A", "2 B"]
    assert lines("agenda.published") == 1
    assert lines("item.published") == 2
    with cast.acting("tobias"):
        assert [str(one) for one in Line.objects.all()] == ["1 A", "2 B"]
    for change in (
        lambda: Line.objects.update(title="X"),
        lambda: Line.objects.all().delete(),
        lambda: Issue.objects.update(published_at=None),
    ):
        refused(cast, change)


@pytest.mark.slow
def test_a_supplement_adds_and_withdraws_and_leaves_the_rest_as_it_was(agenda):
    agenda.begins("A", "B").published()
    agenda.begins("C")
    agenda.does(services.withdraw, title="A")

    assert agenda.titles("tobias") == ["1 A", "2 B"]
    with pytest.raises(NotAllowed, match="stays as it is"):
        agenda.does(services.change, title="B", entry=Entry("X"))
    with pytest.raises(NotAllowed, match="stays as it is"):
        agenda.does(services.move, title="B", place=1)
    agenda.published()

    assert agenda.titles("tobias") == ["1 A", "2 B", "3 C"]
    with agenda.cast.acting("tobias") as tobias:
        _, second = queries.published_of(tobias, agenda.at(tobias))
        assert [(one.title, one.change) for one in second.lines.all()] == [
            ("A", "withdrawn"),
            ("C", "added"),
        ]
        table = queries.timetable(tobias, agenda.at(tobias), drafts=False)
        assert [row.withdrawn for row in table.rows] == [True, False, False]
    assert lines("item.withdrawn") == 1


def test_what_was_to_be_withdrawn_can_be_left_on(agenda):
    agenda.begins("A").published()
    agenda.begins()
    agenda.does(services.withdraw, title="A")
    agenda.does(services.withdraw, title="A", kept=True)

    with agenda.cast.acting("rowena") as rowena, pytest.raises(NotAllowed, match="nothing to app"):
        services.approve(rowena, meeting=agenda.at(rowena), token="3")


def test_start_times_and_the_total_follow_from_the_minutes(agenda):
    agenda.begins()
    agenda.adds("A", minutes_allowed=20)
    agenda.adds("B")
    agenda.adds("C", minutes_allowed=75)
    agenda.does(services.set_length, length_minutes=90)

    with agenda.cast.acting("dilys") as dilys:
        table = queries.timetable(dilys, agenda.at(dilys), drafts=True)
    assert [row.starts for row in table.rows] == [
        datetime.time(14),
        datetime.time(14, 20),
        datetime.time(14, 20),
    ]
    assert (table.minutes, table.over) == (95, 5)


@pytest.mark.slow
def test_an_item_closed_in_the_draft_is_never_open_to_the_members(cast, agenda):
    agenda.begins("A", "B", "C")
    restricted(cast, agenda, "B")
    agenda.published()

    assert agenda.titles("tobias") == ["1 A", "3 C"]
    with cast.acting("tobias") as tobias:
        table = queries.timetable(tobias, agenda.at(tobias), drafts=False)
        assert [getattr(row.shown, "number", "") for row in table.rows] == ["1", "2", "3"]
        assert not Line.objects.filter(title="B").exists()
    assert agenda.titles() == ["1 A", "2 B", "3 C"]


@pytest.mark.slow
def test_an_item_hidden_in_the_draft_has_no_number_and_leaves_no_gap(cast, agenda):
    agenda.begins("A", "B")
    restricted(cast, agenda, "B", "hidden")
    agenda.adds("C")
    agenda.published()

    assert agenda.titles("tobias") == ["1 A", "2 C"]
    with cast.acting("dilys") as dilys:
        table = queries.timetable(dilys, agenda.at(dilys), drafts=False)
        assert [row.shown.number for row in table.rows] == ["1", "2", "C1"]


@pytest.mark.slow
def test_a_closed_item_keeps_its_place_and_its_number(cast, agenda):
    agenda.begins("A", "B", "C")
    restricted(cast, agenda, "B")

    with pytest.raises(NotAllowed, match="keeps its place"):
        agenda.does(services.move, title="B", place=1)
    with pytest.raises(NotAllowed, match="Open it first"):
        agenda.does(services.remove, title="B")
    agenda.does(services.move, title="C", place=1)

    assert agenda.titles() == ["1 C", "2 B", "3 A"]


@pytest.mark.slow
def test_what_was_published_of_an_item_goes_with_it_when_it_is_closed(cast, agenda):
    agenda.begins("A", "B").published()
    restricted(cast, agenda, "B")

    with cast.acting("tobias"):
        assert [one.title for one in Line.objects.all()] == ["A"]
    with cast.acting("dilys"):
        assert [one.title for one in Line.objects.all()] == ["A", "B"]


@pytest.mark.slow
def test_the_next_agenda_starts_from_the_standing_items_of_the_last(cast, agenda, planned):
    agenda.begins()
    agenda.adds("Minutes", kind="minutes", minutes_allowed=5, presenter="The chair")
    agenda.adds("A lease", kind="decision")
    agenda.adds("Figures", kind="crime_report", minutes_allowed=30)
    agenda.adds("Letters", kind="communications")
    agenda.published()
    agenda.begins()
    agenda.does(services.withdraw, title="Letters")
    agenda.published()

    after = Agenda(cast, planned(ahead=72)).begins(from_last=True)

    assert after.titles() == ["1 Minutes", "2 Figures"]
    with cast.acting("dilys") as dilys:
        first = after.at(dilys).items.earliest("position")
        assert (first.minutes_allowed, first.presenter) == (5, "The chair")


def test_a_first_agenda_starts_with_the_usual_items(agenda):
    agenda.begins(from_last=True)

    assert len(agenda.titles()) == len(queries.STANDING)
    assert agenda.titles()[0] == "1 Declarations of interest"


def test_minutes_fill_the_items_of_the_agenda_by_title_then_by_number(cast, agenda):
    agenda.begins("Patrols", "Shop theft", "Lighting").published()
    with cast.acting("dilys") as dilys:
        keys = {one.title: one.key for one in agenda.at(dilys).items.all()}
    agenda.begins("Not published")

    _, items = minutes_of(
        cast,
        agenda,
        NewItem("1", "shop  theft", "Members spoke."),
        NewItem("2", "Something urgent", "Members spoke."),
        NewItem("3", "Street lighting", "Members spoke."),
    )

    assert items[0].key == keys["Shop theft"]
    assert items[1].key not in keys.values()
    assert items[2].key == keys["Lighting"]
    assert agenda.titles("tobias") == ["1 shop  theft", "2 Something urgent", "3 Street lighting"]
    with cast.acting("tobias") as tobias:
        [issue] = queries.published_of(tobias, agenda.at(tobias))
        assert [one.title for one in issue.lines.all()] == ["Patrols", "Shop theft", "Lighting"]


def test_what_the_agenda_said_of_an_item_stays_with_its_minutes_and_is_fixed(cast, agenda):
    agenda.begins()
    agenda.adds("Patrols", kind="decision", minutes_allowed=15, presenter="Insp. Low")
    agenda.published()
    minutes_of(cast, agenda, NewItem("1", "Patrols", "Members spoke."))

    with cast.acting("dilys"):
        item = Item.objects.get(text="Members spoke.")
        assert (item.kind, item.minutes_allowed, item.presenter) == ("decision", 15, "Insp. Low")
    refused(cast, lambda: Item.objects.update(minutes_allowed=1))
    refused(cast, lambda: Meeting.objects.update(agenda_issue=9))


def test_minutes_of_an_item_that_was_closed_in_the_draft_are_read_by_its_audience(cast, agenda):
    agenda.begins("A", "B")
    restricted(cast, agenda, "B")
    minutes_of(cast, agenda, NewItem("1", "A", "Spoken."), NewItem("2", "B", "Secret."))

    for who, read in (("dilys", ["Spoken.", "Secret."]), ("tobias", ["Spoken.", None])):
        with cast.acting(who) as actor:
            rows = queries.timetable(actor, agenda.at(actor), drafts=False).rows
            said = [row.shown.item.text if hasattr(row.shown, "item") else None for row in rows]
            assert said == read


def test_what_was_withdrawn_takes_no_minutes(cast, agenda):
    agenda.begins("A").published()
    agenda.begins()
    agenda.does(services.withdraw, title="A")
    agenda.published()
    with cast.acting("dilys"):
        withdrawn = Item.objects.get().key

    _, [item] = minutes_of(cast, agenda, NewItem("1", "A", "Members spoke."))

    assert (item.key != withdrawn, item.withdrawn_in) == (True, None)


def test_of_a_meeting_that_was_held_nothing_is_drafted(cast, agenda):
    agenda.begins("A")
    minutes_of(cast, agenda, NewItem("1", "A", "Members spoke."))

    with pytest.raises(NotAllowed, match="has been held"):
        agenda.adds("B")


@pytest.mark.slow
def test_closing_the_meeting_takes_its_draft_along_and_opening_it_brings_it_back(cast, agenda):
    agenda.begins("A", "B").published()
    agenda.begins("C")
    with cast.acting("dilys") as dilys:
        meeting = agenda.at(dilys)
        kind = restrictions.by_label("meetings.meeting")
        mine = [one for one in entries_to_pick(dilys) if one.post_id in dilys.post_ids]
        given = {
            "tier": "sensitive",
            "owner": cast.organisations["council"],
            "ground": Ground.objects.first(),
            "public_interest": "A live matter.",
            "review_on": today() + datetime.timedelta(days=90),
            "whom_to_ask": "The secretary",
        }
        closed = restrictions.Wanted(level="closed", entries=mine, **given)
        first = restrict(dilys, kind=kind, key=meeting.key, wanted=closed, token="")
    with cast.acting("tobias"):
        assert not Issue.objects.exists()
        assert not Line.objects.exists()
    with cast.acting("dilys") as dilys:
        narrow = agenda.at(dilys).audience_id
        assert set(Issue.objects.values_list("audience", flat=True)) == {narrow}
        assert set(Item.objects.values_list("audience", flat=True)) == {narrow}
        opened = restrictions.Wanted(level="open", entries=[], **given)
        restrict(dilys, kind=kind, key=agenda.at(dilys).key, wanted=opened, token=first.key)

    assert agenda.titles("tobias") == ["1 A", "2 B"]
    assert agenda.titles() == ["1 A", "2 B", "3 C"]
    with cast.acting("tobias"):
        assert [one.number for one in Issue.objects.all()] == [1]
