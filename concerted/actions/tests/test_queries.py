import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concerted.actions import lines, public, queries, services
from concerted.actions.models import Action, Update
from concerted.actions.queries import Part, Whose
from concerted.actions.states import ActionState, Said
from concerted.kernel.clock import now, today
from concerted.people import seating


def texts(rows):
    return [row.text for row in rows]


def test_mine_is_what_was_given_to_me_or_my_post_or_is_asked_of_me(cast, agreed):
    agreed("To Tobias", people=["tobias"])
    agreed("To his organisation", organisations=["probation"])
    agreed("To all seats", all_seats=True)
    agreed("To the secretary’s post", posts=["secretary"])

    with cast.acting("tobias") as tobias:
        assert texts(queries.own(tobias, Whose.MINE).order_by("id")) == [
            "To Tobias",
            "To all seats",
        ]
        assert texts(queries.own(tobias, Whose.ORGANISATION).order_by("id")) == [
            "To his organisation",
            "To all seats",
        ]
        assert queries.own(tobias, Whose.BODIES).count() == 4
    with cast.acting("dilys") as dilys:
        assert texts(queries.own(dilys, Whose.MINE)) == ["To the secretary’s post"]
        assert texts(queries.own(dilys, Whose.ORGANISATION).order_by("id")) == [
            "To all seats",
            "To the secretary’s post",
        ]


def test_a_bodys_actions_are_of_those_who_sit_on_it_and_of_those_it_gave_them_to(cast, agreed):
    everyone = {}
    with cast.acting("dilys") as dilys:
        everyone["audience_id"] = dilys.everyone_audience_id
    agreed("Given to the area board", bodies=["area"], **everyone)
    agreed("Of the board alone", **everyone)

    with cast.acting("agnes") as agnes:
        assert texts(queries.own(agnes, Whose.BODIES)) == ["Given to the area board"]
        assert queries.visible_to(agnes).count() == 2


@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("name", ["tobias", "dilys", "gareth", "agnes"])
def test_the_prepared_lists_are_those_of_the_rules(cast, agreed, say, name, whose):
    agreed("Late", people=["tobias"], due_in=-1)
    agreed("Asked of all", all_seats=True)
    agreed("Of the area board", bodies=["area"], due_in=40)
    agreed("Of a post", posts=["secretary"], due_in=3)
    agreed("Secret", body="silver", organisations=["police"], due_in=-3)
    for body in ("board", "silver"):
        done = agreed("Done", body=body, people=["gareth"])
        say("gareth", done, Said.DONE)
        with cast.acting("dilys") as dilys:
            services.accept(dilys, action=done)

    with cast.acting(name) as actor:
        own = queries.own(actor, whose)
        listed = queries.in_parts(actor, own, answered_waits=whose != Whose.BODIES)
        unfinished = queries.unfinished(actor, whose)
        assert unfinished == [(one.pk, one.part) for one in listed]
        assert queries.rows(actor, [pk for pk, _ in unfinished]) == list(listed)
        done = own.filter(state=ActionState.DONE)
        assert queries.done_lately(actor, whose) == [one.pk for one in done.order_by("-id")]
        assert getattr(queries.counts(actor), whose) == len(unfinished)


def test_counts_count_only_what_the_reader_sees(cast, agreed):
    agreed("Late", people=["tobias"], due_in=-1)
    agreed("Later", people=["tobias"], due_in=40)
    agreed("Late, asked of all", all_seats=True, due_in=-3)
    agreed("Secret", body="silver", organisations=["police"], due_in=-3)

    def counted(name):
        with cast.acting(name) as actor:
            return queries.counts(actor)

    assert counted("tobias") == queries.Counts(mine=3, late=2, organisation=1, bodies=3, all=3)
    assert counted("gareth") == queries.Counts(mine=1, late=1, organisation=2, bodies=4, all=4)
    assert counted("agnes") == queries.Counts(0, 0, 0, 0, 0)
    assert counted("nell") == queries.Counts(0, 0, 0, 0, 0)
    assert counted("owen") == queries.Counts(0, 0, 0, 0, 0)


def test_what_my_organisation_answered_is_late_for_me_no_more(cast, agreed):
    action = agreed(all_seats=True, due_in=-3)
    with cast.acting("tobias") as tobias:
        services.answer(
            tobias, action=action, organisation=cast.organisations["probation"], nil=True
        )
        assert queries.counts(tobias).late == 0
        listed = queries.in_parts(tobias, queries.own(tobias, Whose.MINE), answered_waits=True)
        assert [one.part for one in listed] == [Part.WAITING]
    with cast.acting("gareth") as gareth:
        assert queries.counts(gareth).late == 1


def test_all_open_stands_overdue_first_then_by_date_then_without_date(cast, agreed, say):
    agreed("No date")
    agreed("Soon", due_in=3)
    agreed("Overdue a little", due_in=-1)
    claimed = agreed("Said to be done", due_in=-20)
    agreed("Overdue long", due_in=-10)
    agreed("Later", due_in=30)
    say("dilys", claimed, Said.DONE)

    with cast.acting("rowena") as rowena:
        assert texts(queries.all_open(rowena)) == [
            "Overdue long",
            "Overdue a little",
            "Soon",
            "Later",
            "No date",
            "Said to be done",
        ]


def test_the_register_narrows_by_body_owner_and_state(cast, agreed, say):
    board = agreed("Of the board", organisations=["police"], due_in=-1)
    agreed("Of the secretary", posts=["secretary"])
    agreed("Of the area board", body="area", organisations=["homes"])
    with cast.acting("dilys") as dilys:
        assert texts(queries.register(dilys, body=cast.bodies["area"])) == ["Of the area board"]
        council = cast.organisations["council"]
        assert texts(queries.register(dilys, organisation=council)) == ["Of the secretary"]
        assert texts(queries.register(dilys, state="late")) == ["Of the board"]
        services.withdraw(dilys, action=board, reason="Not needed")
        assert texts(queries.register(dilys, state=ActionState.WITHDRAWN)) == ["Of the board"]
        assert queries.register(dilys).count() == 2


def test_an_observers_organisation_is_not_asked(cast, agreed):
    action = agreed(all_seats=True)
    with cast.acting("maud") as maud:
        seating.add_seat(
            maud, body=cast.bodies["board"], holder=cast.organisations["homes"], role="observer"
        )
        line = queries.line(maud, action)
    assert line.asked == 3


def test_an_owner_the_reader_may_not_know_of_is_not_named(cast, agreed):
    agreed("Open to the board", bodies=["silver"], organisations=["probation"])

    with cast.acting("tobias") as tobias:
        [line] = queries.lines(tobias, queries.visible_to(tobias))
    assert line.owners == "Probation Service"


def test_the_database_hides_what_a_query_forgets_to_hide(cast, agreed, monkeypatch):
    agreed("Secret", body="silver", organisations=["police"])
    monkeypatch.setattr(queries, "visible_to", lambda actor: Action.objects.select_related("body"))

    with cast.acting("tobias") as tobias:
        assert not queries.lines(tobias, queries.own(tobias, Whose.BODIES))
        assert not queries.register(tobias).exists()
        assert not queries.for_sources(tobias, "meetings.item", [1])


@pytest.mark.parametrize(
    ("state", "due_in", "text", "kind"),
    [
        (ActionState.OPEN, -10, "10 days overdue", "late"),
        (ActionState.OPEN, -1, "1 day overdue", "late"),
        (ActionState.OPEN, 0, "Due today", "soon"),
        (ActionState.OPEN, 1, "Tomorrow", "soon"),
        (ActionState.OPEN, 4, "In 4 days", "soon"),
        (ActionState.OPEN, 14, "In 14 days", "plain"),
        (ActionState.OPEN, 15, "", "plain"),
        (ActionState.OPEN, None, "", "plain"),
        (ActionState.CLAIMED, -10, "Said to be done", "done"),
        (ActionState.DONE, -10, "Done 16 November", "done"),
        (ActionState.WITHDRAWN, -10, "Withdrawn", "plain"),
    ],
)
def test_how_an_action_stands_is_said_in_words(state, due_in, text, kind):
    day = datetime.date(2026, 11, 20)
    due = None if due_in is None else day + datetime.timedelta(days=due_in)
    action = Action(state=state, due=due, done_on=datetime.date(2026, 11, 16))

    assert lines.standing(action, today=day) == lines.Badge(text, kind)


def test_what_was_done_in_another_year_says_so():
    action = Action(state=ActionState.DONE, done_on=datetime.date(2025, 3, 1))

    badge = lines.standing(action, today=datetime.date(2026, 11, 20))

    assert badge.text == "Done 1 March 2025"


@pytest.mark.parametrize(
    ("due", "printed", "expected"),
    [
        (datetime.date(2026, 11, 6), "by 6/11", "6 November 2026"),
        (None, "after the summer", "after the summer"),
        (None, "", "No date given"),
    ],
)
def test_a_due_date_is_shown_as_printed_when_it_is_only_text(due, printed, expected):
    assert lines.due_words(Action(due=due, due_text=printed)) == expected


def test_a_source_without_a_page_has_no_link():
    assert lines.source_href(Action()) == ""
    assert lines.source_href(Action(source_route="nowhere:at-all", source_key="b")) == ""


# For other packages


@pytest.mark.parametrize("rows", [1, 30])
def test_actions_of_sources_cost_the_same_however_many(cast, agreed, say, rows):
    for number in range(rows):
        action = agreed(
            organisations=["probation"],
            source=services.Source("meetings.item", number, "k", "Minute"),
            due_in=-1,
        )
        say("tobias", action, Said.STILL)
        agreed(all_seats=True, source=services.Source("meetings.item", number, "k", "Minute"))

    with cast.acting("rowena") as rowena, CaptureQueriesContext(connection) as asked:
        found = public.for_sources(rowena, "meetings.item", range(rows))

    assert len(asked) == 4
    assert {len(lines) for lines in found.values()} == {2}
    assert len(found) == rows


def test_sources_of_another_kind_are_another_matter(cast, agreed):
    agreed(source=services.Source("meetings.decision", 1, "k", "Decision"))

    with cast.acting("rowena") as rowena:
        assert public.for_sources(rowena, "meetings.item", [1]) == {}
        assert list(public.for_sources(rowena, "meetings.decision", [1])) == [1]


def test_to_do_leaves_out_what_waits_for_others(cast, agreed, say):
    agreed("Later", people=["tobias"], due_in=30)
    agreed("Late", people=["tobias"], due_in=-2)
    done = agreed("Said to be done", people=["tobias"], due_in=-5)
    say("tobias", done, Said.DONE)

    with cast.acting("tobias") as tobias:
        assert [one.action.text for one in public.to_do(tobias, limit=7)] == ["Late", "Later"]
        assert len(public.to_do(tobias, limit=1)) == 1


def test_what_changed_leaves_out_what_was_taken_back_and_what_is_hidden(cast, agreed, say, aged):
    action = agreed("Survey the lighting", organisations=["probation"])
    secret = agreed("Secret", body="silver", organisations=["police"])
    aged(say("tobias", action, Said.ON_TRACK), days=3)
    say("tobias", action, Said.DONE, "Finished.")
    back = say("tobias", action, Said.NOTE, "Wrong place")
    say("gareth", secret, Said.ON_TRACK)
    with cast.acting("tobias") as tobias:
        services.take_back(tobias, update=back)

    with cast.acting("rowena") as rowena:
        [change] = public.recent_updates(rowena, now() - datetime.timedelta(days=1))
    assert (change.title, change.text) == ("Action said to be done", "Survey the lighting")
    assert (change.by, change.note, change.own) == ("Tobias Wren", "Finished.", False)
    assert change.href == action.get_absolute_url()


def test_everything_that_can_be_said_has_words_for_the_home_page():
    for said in Said:
        assert lines.said_words(Update(said=said, due_after=today()))
