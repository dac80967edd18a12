"""Minutes from the first word to the record."""

import datetime

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404

from concerted.actions.models import Action
from concerted.audit.models import Line as TrailLine
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.models import Attendance, Decision, Item, Meeting
from concerted.minuting import queries, services
from concerted.minuting.assembling import check
from concerted.minuting.models import Draft, Minutes, Step
from concerted.people.public import entries_to_pick
from concerted.restrictions import public as restrictions
from concerted.restrictions.models import Ground
from concerted.restrictions.services import restrict

TEXT = """The police told of patrols.
AGREED that patrols go on until June.
ACTION: Wyleshire Police to write to residents by 24 June 2031"""


def lines(what):
    return TrailLine.objects.filter(what=what).count()


def test_beginning_makes_a_draft_for_each_item_and_a_line_for_each_seat(cast, writing):
    writing.begun()

    with cast.acting("dilys") as dilys:
        minutes = writing.minutes(dilys)
        drafts = [one.item.title for one in queries.drafts_visible_to(dilys)]
        seats = [one.organisation_name for one in queries.attenders_of(dilys, minutes)]
    assert drafts == ["Welcome", "Patrols", "Shop theft"]
    assert sorted(seats) == ["Marlbeck Borough Council", "Probation Service", "Wyleshire Police"]
    assert lines("minutes.begun") == 1
    assert lines("draft.begun") == 3


def test_beginning_twice_takes_in_what_is_new_and_nothing_else(cast, writing):
    writing.begun()
    with cast.acting("dilys"):
        meeting = writing.meeting
        Item.objects.create(
            meeting=meeting, position=9, title="Late", audience_id=meeting.audience_id
        )

    writing.begun()

    with cast.acting("dilys"):
        assert Minutes.objects.count() == 1
        assert Draft.objects.count() == 4


def test_what_is_typed_is_seen_by_the_office_alone(cast, writing):
    writing.begun().types("Patrols", TEXT)

    for who in ("tobias", "rowena", "priti", "gareth", "agnes"):
        with cast.acting(who) as actor:
            assert not Draft.objects.exists()
            assert not Minutes.objects.exists()
            assert not queries.drafts_visible_to(actor).exists()


def test_the_chair_reads_along_through_the_one_way_that_asks_the_policy(cast, writing):
    writing.begun().types("Patrols", TEXT)

    with cast.acting("rowena") as rowena, queries.as_chair(rowena, writing.meeting.body) as chair:
        rows = queries.page_of(chair, writing.minutes(chair))
        assert [row.read.draft.text for row in rows] == ["", TEXT, ""]
    with (
        cast.acting("tobias") as tobias,
        pytest.raises(NotAllowed, match="secretary and chair only"),
        queries.as_chair(tobias, writing.meeting.body),
    ):
        pass


def test_saving_counts_the_version_and_leaves_a_line(cast, writing):
    draft = writing.begun().types("Patrols", TEXT)

    assert draft.version == 2
    assert draft.saved_by_id == cast.people["dilys"].pk
    assert lines("draft.saved") == 1


def test_the_same_words_again_change_nothing(writing):
    writing.begun().types("Patrols", TEXT)

    assert writing.types("Patrols", TEXT, token="1").version == 2
    assert lines("draft.saved") == 1


def test_of_two_who_type_in_one_item_the_second_is_told_and_nothing_is_lost(cast, writing):
    writing.begun().types("Patrols", "Mine.", token="1")

    with pytest.raises(services.Met) as met:
        writing.types("Patrols", "Theirs.", who="maud", token="1")

    assert met.value.draft.text == "Mine."
    with cast.acting("dilys"):
        assert writing.draft("Patrols").text == "Mine."


def test_a_page_that_got_no_answer_may_send_again_what_it_typed_on(writing):
    writing.begun().types("Patrols", "First", token="1", page="p1")

    assert writing.types("Patrols", "First and second", token="1", page="p1").version == 3
    with pytest.raises(services.Met):
        writing.types("Patrols", "Another", token="1", page="p2")


def test_two_write_different_items_without_meeting(writing):
    writing.begun().types("Patrols", "One.", token="1")

    assert writing.types("Shop theft", "Two.", who="maud", token="1").text == "Two."


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti"])
def test_nobody_but_the_secretary_begins(cast, writing, who):
    with cast.acting(who) as actor, pytest.raises(NotAllowed, match="Only this body’s secretary"):
        services.begin(actor, meeting=writing.meeting)


def test_whoever_is_outside_the_body_begins_nothing(cast, writing):
    with cast.acting("dilys"):
        meeting = writing.meeting
    with cast.acting("agnes") as agnes, pytest.raises(Http404):
        services.begin(agnes, meeting=meeting)


def test_putting_on_record_makes_items_decisions_actions_and_attendance(cast, writing):
    came = {
        "Marlbeck Borough Council": ["present"],
        "Probation Service": ["substitute", "Jo Marsh"],
        "Wyleshire Police": ["apologies"],
    }
    writing.begun().types("Patrols", TEXT)
    writing.ticks(came, others="Ada Quill (Marlbeck Homes)").recorded()

    with cast.acting("dilys"):
        meeting = writing.meeting
        assert meeting.state == "draft"
        assert meeting.with_office
        items = list(meeting.items.order_by("position"))
        assert [one.title for one in items] == ["Welcome", "Patrols", "Shop theft"]
        assert items[1].text == "The police told of patrols."
        [decision] = Decision.objects.filter(item=items[1])
        assert (decision.code, decision.limbs.get().text) == (
            "agreed",
            "patrols go on until June.",
        )
        [action] = Action.objects.filter(source_id=items[1].pk)
        assert action.text == "write to residents"
        assert action.owners.get().organisation == cast.organisations["police"]
        attended = [(one.attended, one.name) for one in Attendance.objects.filter(meeting=meeting)]
        assert ("present", "Rowena Thackley") in attended
        assert ("present", "Jo Marsh") in attended
        assert ("apologies", "Gareth Pellow") in attended
        assert ("apologies", "Tobias Wren") in attended
        assert ("in_attendance", "Ada Quill") in attended
        rowena = Attendance.objects.get(meeting=meeting, name="Rowena Thackley")
        assert rowena.person_id == cast.people["rowena"].pk
        assert rowena.organisation_id == cast.organisations["council"].pk
        assert not Draft.objects.exists()
    assert lines("minutes.recorded") == 1


def test_until_they_are_circulated_members_see_the_meeting_and_nothing_of_its_minutes(
    cast, writing
):
    writing.begun().types("Patrols", TEXT)
    writing.ticks({"Wyleshire Police": ["present"]}).recorded()

    with cast.acting("tobias"):
        assert Meeting.objects.get(pk=writing.pk).state == "draft"
        for model in (Item, Decision, Action, Attendance):
            assert not model.objects.exists(), model


@pytest.mark.slow
def test_an_owner_who_is_not_known_is_asked_for_and_never_guessed(cast, writing):
    writing.begun().types("Patrols", "ACTION: The wardens to count the lamps by 24 June 2031")

    with cast.acting("dilys") as dilys:
        review = check(dilys, writing.minutes(dilys)).review
        [question] = review.questions
        assert question.title == "Whose action is this?"
    writing.recorded(a0_owner="none")
    with cast.acting("dilys"):
        assert not Action.objects.get().owners.exists()


def test_what_somebody_typed_in_between_is_not_put_on_record_unseen(cast, writing):
    writing.begun()
    with cast.acting("dilys") as dilys:
        minutes = writing.minutes(dilys)
        mark = check(dilys, minutes).mark
    writing.types("Patrols", TEXT, who="maud")

    with cast.acting("dilys") as dilys, pytest.raises(services.Overtaken):
        services.put_on_record(dilys, minutes=minutes, token=mark, answers={})


def test_an_item_that_was_not_taken_in_keeps_the_minutes_off_the_record(cast, writing):
    writing.begun()
    with cast.acting("dilys") as dilys:
        meeting = writing.meeting
        Item.objects.create(
            meeting=meeting, position=9, title="Late", audience_id=meeting.audience_id
        )
        minutes = writing.minutes(dilys)
        token = check(dilys, minutes).mark
        with pytest.raises(NotAllowed, match="do not hold yet"):
            services.put_on_record(dilys, minutes=minutes, token=token, answers={})


@pytest.mark.slow
def test_an_action_is_recorded_at_once_and_not_again(cast, writing):
    writing.begun().types("Patrols", TEXT)
    answers = {"a0_text": "write to residents", "a0_due": None}
    answers["a0_owner"] = f"organisation:{cast.organisations['police'].key}"
    with cast.acting("dilys") as dilys:
        key = writing.draft("Patrols").key
        action = services.record_action(dilys, key=key, token="2", place=0, answers=answers)
        with pytest.raises(NotAllowed, match="on record already"):
            services.record_action(dilys, key=key, token="2", place=0, answers=answers)
    with cast.acting("tobias"):
        assert Action.objects.get().pk == action.pk

    writing.recorded()

    with cast.acting("dilys"):
        assert Action.objects.get().pk == action.pk
        item = Item.objects.get(title="Patrols", meeting=writing.pk)
        assert action.source_id == item.pk
        assert item.text == "The police told of patrols."
    assert lines("draft.recorded") == 1


def closed(cast, item, level="closed"):
    """Keep an item to the secretary’s own post."""
    with cast.acting("dilys") as dilys:
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
        kind = restrictions.by_label("meetings.item")
        restrict(dilys, kind=kind, key=item, wanted=wanted, token="")


@pytest.mark.slow
@pytest.mark.parametrize("title", ["Patrols", "Shop theft"])
def test_a_restricted_item_keeps_its_audience_from_the_draft_to_the_circulated_minutes(
    cast, writing, title
):
    writing.begun().types(title, TEXT)
    with cast.acting("dilys"):
        key = writing.draft(title).item.key

    closed(cast, key)
    with cast.acting("maud"):
        assert not Draft.objects.filter(item__key=key).exists()
        assert Draft.objects.count() == 2
    with cast.acting("rowena") as rowena, queries.as_chair(rowena, writing.meeting.body) as chair:
        texts = [
            row.read.draft.text
            for row in queries.page_of(chair, writing.minutes(chair))
            if row.read
        ]
        assert TEXT not in texts
    writing.recorded()
    writing.circulated()

    with cast.acting("tobias"):
        assert Item.objects.filter(meeting=writing.pk).count() == 2
        for model in (Decision, Action):
            assert not model.objects.exists(), model
    with cast.acting("dilys"):
        assert Item.objects.get(key=key).text == "The police told of patrols."
        assert Decision.objects.filter(item__key=key).count() == 1


@pytest.mark.slow
def test_an_item_that_is_closed_while_the_minutes_wait_is_never_shown_to_the_members(cast, writing):
    writing.begun().types("Patrols", TEXT)
    writing.recorded()
    with cast.acting("dilys"):
        key = Item.objects.get(title="Patrols", meeting=writing.pk).key

    closed(cast, key)
    writing.circulated()

    with cast.acting("tobias"):
        shown = Item.objects.filter(meeting=writing.pk).values_list("title", flat=True)
        assert sorted(shown) == ["Shop theft", "Welcome"]
        assert not Decision.objects.exists()
        assert not Action.objects.exists()


@pytest.mark.slow
def test_circulating_shows_the_members_all_of_it(cast, writing):
    writing.begun().types("Patrols", TEXT)
    writing.ticks({"Wyleshire Police": ["present"]}).recorded().circulated()

    with cast.acting("tobias"):
        assert writing.meeting.state == "subject"
        assert Item.objects.filter(meeting=writing.pk).count() == 3
        assert Decision.objects.count() == Action.objects.count() == 1
        assert Attendance.objects.get(meeting=writing.pk).name == "Gareth Pellow"


def test_steps_and_corrections_are_never_altered(cast, writing):
    writing.begun().types("Patrols", TEXT)
    writing.recorded()
    with cast.acting("dilys") as dilys:
        item = Item.objects.get(title="Patrols", meeting=writing.pk)
        one = services.correct(dilys, item=item, before="", after="It rained.", agreed_at=None)
        for row, field in ((one, "after"), (Step.objects.first(), "words")):
            with pytest.raises(ProgrammingError, match="never altered"), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**{field: "Something else"})
