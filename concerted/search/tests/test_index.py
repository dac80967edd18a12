"""The index follows what it is made from, in the same step: no row outlives or outruns it."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from concerted.access.models import Audience
from concerted.actions import services as actions
from concerted.actions.models import Action, Update
from concerted.agendas.tests.conftest import agenda, planned  # noqa: F401 - fixtures
from concerted.audit.models import Line
from concerted.meetings import services as meetings
from concerted.meetings.models import Decision, Item, Limb, Meeting, Paragraph, Passage
from concerted.meetings.paragraphs import mark_of
from concerted.meetings.services import NewItem
from concerted.papers.models import Appendix, Paper, Recommendation
from concerted.papers.models import Paragraph as Section
from concerted.people.public import also_open_to, everything_open
from concerted.restrictions.states import Level, Tier
from concerted.search import services
from concerted.search.models import Circle, Row
from concerted.search.states import GROUP_OF, Kind
from concerted.search.tests.conftest import index, made_from

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# Of each kind: words of it alone, and the model of its source.
EACH = {
    Kind.MEETING: ("Guildhall", Meeting),
    Kind.ITEM: ("quad bikes", Item),
    Kind.PASSAGE: ("lodger", Passage),
    Kind.DECISION: ("lighting", Decision),
    Kind.ACTION: ("depot kind:actions", Action),
    Kind.UPDATE: ("padlocks", Update),
    Kind.PAPER: ("taxis", Paper),
    Kind.RECOMMENDATION: ("marshals", Recommendation),
    Kind.SECTION: ("footfall", Section),
    Kind.APPENDIX: ("venues", Appendix),
    Kind.PARAGRAPH: ("cordon", Paragraph),
}


@pytest.fixture
def kept(cast, board, restrict):
    """A paragraph of the minutes, closed to most; the police and the secretary read it."""
    with cast.acting("dilys") as dilys:
        item = Item.objects.select_related("meeting__body").get(pk=board["item"].pk)
        words = "A cordon stands at Millrace. [withheld 1]"
        row = meetings.choose_paragraph(dilys, item=item, number="1", mark=mark_of(words))
    restrict(row, kind="paragraph")
    return row


def elsewhere():
    """An audience that nobody is on."""
    return Audience.objects.create(kind="listed")


def test_every_kind_is_in_the_index_and_in_a_group(board, kept):
    with everything_open():
        kinds = set(Row.objects.values_list("kind", flat=True))

    assert kinds == set(Kind) == set(EACH) == set(GROUP_OF)


def test_each_row_says_what_it_would_say_if_it_were_made_now(board, kept):
    assert index() == made_from() != []


@pytest.mark.parametrize("kind", EACH)
def test_a_row_has_the_audience_of_its_source_whenever_that_moves(kind, board, kept, cast):
    model = EACH[kind][1]
    away = elsewhere()
    with everything_open():
        before = Row.objects.filter(kind=kind)[0]
        source = model.objects.filter(pk=before.source_id)
        source.update(audience=away)
        with also_open_to(away.pk):
            after = Row.objects.get(kind=kind, source_id=before.source_id)

    assert (before.audience_id == away.pk, after.audience_id) == (False, away.pk)
    assert index() == made_from()


@pytest.mark.parametrize("kind", EACH)
def test_nobody_finds_what_moved_away_and_its_own_find_it_before(kind, board, kept, cast, finds):
    words, model = EACH[kind]
    assert kind in finds("dilys", words)
    away = elsewhere()
    with everything_open():
        model.objects.update(audience=away)

    for name in ("dilys", "gareth", "tobias"):
        assert kind not in finds(name, words)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (Meeting, {Kind.MEETING, Kind.ITEM, Kind.PASSAGE, Kind.DECISION, Kind.PARAGRAPH}),
        (Item, {Kind.ITEM, Kind.PASSAGE, Kind.DECISION, Kind.PARAGRAPH}),
        (Action, {Kind.ACTION, Kind.UPDATE}),
        (Paper, {Kind.PAPER, Kind.RECOMMENDATION, Kind.SECTION, Kind.APPENDIX}),
    ],
)
def test_what_stands_in_something_is_found_by_nobody_who_may_not_see_that(
    above, below, board, kept, finds
):
    """Only the thing itself moves: what is below keeps its audience, and still is not found."""
    away = elsewhere()
    with everything_open():
        above.objects.update(audience=away)

    for kind in below:
        assert kind not in finds("dilys", EACH[kind][0])
    for kind in set(EACH) - below:
        assert kind in finds("dilys", EACH[kind][0])
    assert index() == made_from()


def test_a_body_that_is_hidden_hides_all_that_it_has(cast, board, kept, finds):
    away = elsewhere()
    with everything_open():
        type(cast.bodies["board"]).objects.filter(pk=cast.bodies["board"].pk).update(audience=away)

    for kind, (words, _) in EACH.items():
        assert kind not in finds("dilys", words)
    assert index() == made_from()


def test_a_limb_that_moves_away_takes_its_words_out_of_its_decision(board, finds):
    assert "decision" in finds("tobias", "O'Brien")
    away = elsewhere()
    with everything_open():
        Limb.objects.filter(text__contains="Brien").update(audience=away)

    assert "decision" not in finds("dilys", "O'Brien")
    assert "decision" in finds("tobias", "lighting")
    assert index() == made_from()


def test_a_changed_limb_and_one_that_is_taken_out_are_followed(board, finds):
    with everything_open(), connection.cursor() as cursor:
        limb = Limb.objects.get(letter="b")
        Limb.objects.create(
            decision=limb.decision,
            position=9,
            letter="c",
            code="deferred",
            text="that turnstiles wait",
            audience_id=limb.audience_id,
        )
        cursor.execute("SELECT 1")

    assert finds("tobias", "turnstiles") == {"decision"}
    assert finds("tobias", "decision:deferred") == {"decision"}


def test_closing_an_item_moves_its_rows_in_the_same_step(board, restrict, finds):
    assert finds("tobias", "burglary") == {"item", "decision"}
    restrict(board["item"])

    assert finds("tobias", "burglary") == finds("tobias", "lighting") == set()
    assert finds("tobias", "depot kind:actions") == set()
    assert finds("gareth", "burglary") == {"item", "decision"}
    assert index() == made_from()


def test_a_restricted_paragraph_is_found_by_its_audience_alone_and_later_by_all(
    cast,
    board,
    kept,
    restrict,
    finds,
):
    assert finds("tobias", "cordon") == set()
    assert finds("gareth", "cordon") == {"paragraph"}
    restrict(kept, kind="paragraph", level=Level.OPEN, tier=Tier.OFFICIAL, who="gareth")

    assert finds("tobias", "cordon") == {"item"}
    assert index() == made_from()


def test_words_withheld_inside_a_restricted_paragraph_need_both_audiences(board, kept, finds):
    assert "passage" in finds("dilys", "lodger")
    away = elsewhere()
    with everything_open():
        Paragraph.objects.update(audience=away)

    assert finds("dilys", "lodger") == set()
    assert index() == made_from()


def test_of_an_agenda_nothing_is_found_until_it_is_published(agenda, finds):  # noqa: F811
    agenda.begins("Turnstiles")
    assert finds("dilys", "turnstiles") == finds("tobias", "turnstiles") == set()
    agenda.published()
    assert finds("tobias", "turnstiles") == {"item"}

    agenda.begins("Barriers")
    assert finds("dilys", "barriers") == set()
    assert index() == made_from()


def test_things_that_stand_in_the_same_audiences_share_a_circle(board, recorded):
    circles = Circle.objects.count()
    recorded(NewItem("1", "Bollards", "They stand."), held_on=datetime.date(2026, 2, 3))

    assert Circle.objects.count() == circles
    with everything_open():
        assert Row.objects.values("circle").distinct().count() == circles


def test_what_is_rolled_back_was_never_in_the_index(board):
    before, away = index(), elsewhere()
    with transaction.atomic():
        with everything_open():
            Item.objects.filter(pk=board["item"].pk).update(audience=away)
        inside = index()
        transaction.set_rollback(True)

    assert inside != before == index()


def test_an_action_that_is_done_is_open_no_more(cast, board, finds):
    assert finds("tobias", "is:open") == {"action", "update"}
    with cast.acting("tobias") as tobias:
        actions.say(tobias, action=board["action"], said="done", note="Cameras hang.")
    assert "update" in finds("tobias", "cameras is:open")
    with cast.acting("dilys") as dilys:
        actions.accept(dilys, action=board["action"])

    assert finds("tobias", "is:open") == finds("tobias", "is:overdue") == set()
    assert finds("tobias", "is:done") == {"action", "update"}
    assert index() == made_from()


def test_a_body_with_another_name_has_meetings_of_that_name(cast, board, titles):
    board_ = cast.bodies["board"]
    with everything_open():
        type(board_).objects.filter(pk=board_.pk).update(name="Marlbeck Partnership Board")

    assert ("meeting", "Marlbeck Partnership Board, 16 June 2026") in titles(
        "tobias", "marlbeck partnership kind:meetings"
    )
    assert index() == made_from()


def test_rows_go_with_what_they_were_made_from(cast, finds, recorded):
    with cast.acting("dilys") as dilys:
        planned = meetings.plan(
            dilys, body=cast.bodies["board"], held_on=datetime.date(2027, 1, 5), venue="Windmill"
        )
        assert finds("dilys", "windmill") == {"meeting"}
        Meeting.objects.filter(pk=planned.pk).delete()

    assert finds("dilys", "windmill") == set()
    assert index() == made_from()


def test_the_wall_stands_as_it_stood_after_each_step(cast, board):
    with cast.acting("tobias") as tobias:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.audiences')")
            before = cursor.fetchone()
            Action.objects.filter(pk=board["action"].pk).update(done_on="2026-06-20")
            cursor.execute("SELECT current_setting('app.audiences')")
            assert cursor.fetchone() == before
        assert set(Row.objects.values_list("audience_id", flat=True)) <= set(tobias.audience_ids)


def test_a_forgotten_filter_shows_nothing_of_the_index(board):
    assert Row.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.audiences', '', true)")
        cursor.execute(
            "SELECT count(*) FROM search_found("
            "NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-06-20', 10, 10, 10)"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM search_alike('burglery', 10, 10, 10)")
        assert cursor.fetchone() == (0,)


def test_very_long_minutes_are_recorded_and_found_by_how_they_begin(recorded, finds):
    recorded(NewItem("1", "Long", "Opening words. " + "palaver " * 200_000 + " nevermore"))

    assert finds("tobias", "opening palaver") == {"item"}


def test_a_rebuild_of_a_whole_index_changes_nothing(board, kept):
    before = index()

    assert services.rebuild() == 0
    assert index() == before


def test_a_rebuild_gives_the_rows_that_were_lost_altered_or_left_behind(board, kept):
    before = index()
    with everything_open():
        Row.objects.filter(kind=Kind.DECISION).delete()
        Row.objects.filter(kind=Kind.PAPER).update(title="Something else")
        old = Row.objects.get(kind=Kind.UPDATE)
        Row.objects.filter(kind=Kind.ACTION).update(source_id=old.source_id + 999, root_id=999_999)
    told = []

    assert services.rebuild(lambda done, of: told.append((done, of))) == 4
    assert index() == before
    assert told[-1][0] == told[-1][1] > 0
    assert Line.objects.filter(what="search.rebuilt").count() == 1


def test_no_thing_is_in_the_index_twice(board):
    with everything_open():
        row = Row.objects.defer("found_by").filter(kind=Kind.ITEM)[0]
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            Row.objects.bulk_create([row])


def test_a_hidden_group_is_found_by_its_own(cast, recorded, finds, titles):
    recorded(NewItem("1", "Nightjar", "Nightjar begins on Monday."), body="silver")

    assert finds("gareth", "nightjar") == {"item"}
    for name in ("tobias", "maud", "priti", "owen", "sid", "agnes", "nell"):
        assert finds(name, "nightjar") == set()
