import datetime

import pytest
from django.db import transaction

from concerted.actions import history, queries, services
from concerted.actions.models import Action, Update
from concerted.actions.states import NEXT, UNFINISHED, ActionState, How, Said
from concerted.audit.models import Line
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed


def last_line():
    return Line.objects.first()


@pytest.fixture
def act(cast):
    """Call a service as one of the cast."""

    def call(name, service, **kwargs):
        with cast.acting(name) as actor:
            return getattr(services, service)(actor, **kwargs)

    return call


@pytest.fixture
def refused(act):
    """Call a service that must refuse; hand back the sentence. Nothing stays changed."""

    def call(name, service, **kwargs):
        with pytest.raises(NotAllowed) as said, transaction.atomic():
            act(name, service, **kwargs)
        return str(said.value)

    return call


def test_every_state_is_in_the_table_and_leads_only_to_states():
    assert set(NEXT) == set(ActionState)
    assert {to for ends in NEXT.values() for to in ends} <= set(ActionState)
    assert {state for state, ends in NEXT.items() if ends} == UNFINISHED


# Agreeing


def test_the_secretary_adds_an_action_with_owners_of_every_sort(cast, agreed):
    action = agreed(
        organisations=["probation"],
        posts=["secretary"],
        people=["gareth"],
        bodies=["area"],
        due_in=20,
        source=services.Source("meetings.item", 7, "bcdfg", "Board, minute 6", "desk:home"),
        how=How.MARKED,
    )

    with cast.acting("tobias") as tobias:
        line = queries.line(tobias, action)
    assert line.owners == (
        "Probation Service, Partnership secretary (MBC), Gareth Pellow and Fenside area board"
    )
    assert line.with_whom == ("Partnership secretary (MBC), Gareth Pellow and Fenside area board")
    assert line.ours
    assert (last_line().what, last_line().verb) == ("action.agreed", "collect")
    assert last_line().reference == action.key


def test_an_action_is_seen_by_those_who_read_the_bodys_papers(cast, agreed):
    action = agreed()

    assert action.audience_id == cast.bodies["board"].papers_audience_id
    with cast.acting("agnes") as agnes:
        assert not queries.visible_to(agnes).exists()
        assert not Action.objects.exists()


def test_a_member_cannot_add_an_action(cast, refused):
    sentence = refused("rowena", "agree", body=cast.bodies["board"], text="Mine", agreed_on=today())

    assert sentence.startswith("Only the secretary of a body")


def test_nobody_puts_an_action_where_they_could_not_read_it(cast, refused):
    with cast.acting("gareth") as gareth:
        own = gareth.own_audience_id
    sentence = refused(
        "dilys",
        "agree",
        body=cast.bodies["board"],
        text="Hidden from me",
        agreed_on=today(),
        audience_id=own,
    )

    assert "where you could read it yourself" in sentence


# Saying, accepting


def test_an_owner_says_it_is_done_and_the_secretary_accepts_it(cast, agreed, say, act, fresh):
    action = agreed(organisations=["probation"], due_in=3)

    say("tobias", action, Said.DONE, "All shops visited.")
    assert last_line().what == "action.updated"
    assert last_line().fields == ["done_on", "state", "updates"]
    assert (fresh(action).state, fresh(action).done_on) == (ActionState.CLAIMED, today())

    act("dilys", "accept", action=action)
    assert last_line().what == "action.accepted"
    assert (fresh(action).state, fresh(action).done_on) == (ActionState.DONE, today())


def test_whoever_says_it_is_done_cannot_accept_it(agreed, say, act, refused):
    action = agreed(organisations=["council"])
    say("rowena", action, Said.DONE)

    assert "somebody else accepts it" in refused("rowena", "accept", action=action)
    act("dilys", "accept", action=action)


def test_not_accepted_opens_it_again_and_says_why(agreed, say, act, refused, fresh):
    action = agreed(organisations=["probation"])
    say("tobias", action, Said.DONE)

    assert "what is still to be done" in refused("dilys", "not_accept", action=action, note=" ")
    act("dilys", "not_accept", action=action, note="Two shops are left.")

    assert (fresh(action).state, fresh(action).done_on) == (ActionState.OPEN, None)
    say("tobias", action, Said.DONE)
    assert fresh(action).state == ActionState.CLAIMED


@pytest.mark.parametrize("said", [Said.ON_TRACK, Said.STILL, Said.LATE, Said.NOTE])
def test_what_is_said_of_progress_changes_no_state(agreed, say, fresh, said):
    action = agreed(organisations=["probation"])

    update = say("tobias", action, said, "As planned.")

    assert fresh(action).state == ActionState.OPEN
    assert (update.said, update.note) == (said, "As planned.")


def test_a_member_of_another_organisation_is_told_why_not(agreed, refused):
    action = agreed(organisations=["probation"])

    sentence = refused("gareth", "say", action=action, said=Said.ON_TRACK)

    assert sentence.startswith("Only those who own this action")


def test_what_is_said_to_be_done_takes_only_notes(agreed, say, refused):
    action = agreed(organisations=["probation"])
    say("tobias", action, Said.DONE)

    for said in (Said.DONE, Said.ON_TRACK, Said.LATE):
        assert "said to be done already" in refused("tobias", "say", action=action, said=said)
    say("tobias", action, Said.NOTE, "Photographs follow.")


def test_nobody_accepts_what_nobody_claims(agreed, refused):
    action = agreed(organisations=["probation"])

    assert "Nobody has said yet" in refused("dilys", "accept", action=action)


def test_what_settles_an_action_is_not_said_in_passing(cast, agreed):
    action = agreed(organisations=["probation"])

    with cast.acting("dilys") as dilys, pytest.raises(ValueError, match="accepted"):
        services.say(dilys, action=action, said=Said.ACCEPTED)


def test_a_withdrawn_action_is_not_done_and_takes_nothing_more(agreed, act, refused, fresh):
    action = agreed(organisations=["probation"])

    assert "why the action is withdrawn" in refused("dilys", "withdraw", action=action, reason="")
    assert "Only the secretary or the chair" in refused(
        "tobias", "withdraw", action=action, reason="Too hard"
    )
    act("rowena", "withdraw", action=action, reason="The yard was sold.")

    assert (fresh(action).state, fresh(action).done_on) == (ActionState.WITHDRAWN, None)
    assert last_line().what == "action.withdrawn"
    for service, more in (
        ("say", {"said": Said.NOTE}),
        ("redate", {"due": today(), "reason": "x"}),
        ("accept", {}),
        ("withdraw", {"reason": "again"}),
    ):
        assert "was withdrawn" in refused("dilys", service, action=action, **more)


# Dates


def test_a_new_date_keeps_the_old_one_and_the_reason(cast, agreed, act, refused):
    action = agreed(organisations=["probation"], due_in=5)
    later = today() + datetime.timedelta(days=30)

    assert "why the date changes" in refused(
        "tobias", "redate", action=action, due=later, reason=" "
    )
    act("tobias", "redate", action=action, due=later, reason="Parts on order")

    assert (last_line().what, last_line().fields) == ("action.redated", ["due", "updates"])
    assert "already" in refused("tobias", "redate", action=action, due=later, reason="Again")
    with cast.acting("dilys") as dilys:
        line = queries.line(dilys, action)
    assert line.action.due == later
    assert [one.due for one in line.dues] == [today() + datetime.timedelta(days=5), later]
    assert line.slips == 1
    assert line.slip_words == "Slipped once."


def test_dates_taken_back_leave_the_date_before(cast, agreed, act, fresh):
    action = agreed(organisations=["probation"], due_in=5)
    first, second = (today() + datetime.timedelta(days=days) for days in (10, 20))
    one = act("tobias", "redate", action=action, due=first, reason="Ill")
    two = act("tobias", "redate", action=action, due=second, reason="Still ill")

    act("tobias", "take_back", update=one)
    assert fresh(action).due == second
    act("tobias", "take_back", update=two)
    assert fresh(action).due == today() + datetime.timedelta(days=5)
    with cast.acting("tobias") as tobias:
        assert queries.line(tobias, action).slips == 0


# Taking back


def test_done_is_taken_back_within_a_day_and_stays_on_record(agreed, say, act, fresh):
    action = agreed(organisations=["probation"])
    update = say("tobias", action, Said.DONE)

    act("tobias", "take_back", update=update)

    assert (fresh(action).state, fresh(action).done_on) == (ActionState.OPEN, None)
    assert last_line().what == "action.taken_back"


def test_what_is_taken_back_stays_as_it_was_said(cast, agreed, say, act):
    action = agreed(organisations=["probation"])
    update = say("tobias", action, Said.LATE, "The van broke down.")
    act("tobias", "take_back", update=update)

    with cast.acting("tobias"):
        kept = Update.objects.get(pk=update.pk)
    assert (kept.said, kept.note, kept.at) == (Said.LATE, "The van broke down.", update.at)
    assert kept.taken_back_at


def test_only_the_one_who_said_it_takes_it_back_once_and_only_for_a_day(
    agreed, say, act, refused, aged
):
    action = agreed(organisations=["probation"])
    update = say("tobias", action, Said.ON_TRACK)

    assert "Only the person who said this" in refused("dilys", "take_back", update=update)
    act("tobias", "take_back", update=update)
    assert "taken back already" in refused("tobias", "take_back", update=update)
    old = aged(say("tobias", action, Said.ON_TRACK), hours=25)
    assert "more than a day ago" in refused("tobias", "take_back", update=old)


def test_an_older_claim_taken_back_leaves_the_newer_one(agreed, say, act, fresh):
    action = agreed(organisations=["probation"])
    first = say("tobias", action, Said.DONE)
    act("dilys", "not_accept", action=action, note="Not all of it.")
    say("tobias", action, Said.DONE)

    act("tobias", "take_back", update=first)

    assert fresh(action).state == ActionState.CLAIMED


def test_what_was_accepted_is_not_taken_back(agreed, say, act, refused):
    action = agreed(organisations=["probation"])
    update = say("tobias", action, Said.DONE)
    act("dilys", "accept", action=action)

    assert "accepted as done" in refused("tobias", "take_back", update=update)


# Asked of all seats


def test_every_organisation_answers_once_and_then_the_secretary_closes_it(
    cast, agreed, act, refused, fresh
):
    action = agreed(all_seats=True, due_in=5)
    organisations = cast.organisations

    def answer(name, organisation, **kwargs):
        return act(
            name, "answer", action=action, organisation=organisations[organisation], **kwargs
        )

    answer("tobias", "probation", note="No objections.")
    assert last_line().what == "action.answered"
    with cast.acting("tobias") as tobias:
        line = queries.line(tobias, action)
    assert line.answer_words == "1 of 3 have answered"
    assert (line.to_answer, line.waits) == ((), True)
    assert "answered already" in refused(
        "tobias", "answer", action=action, organisation=organisations["probation"], nil=True
    )

    answer("rowena", "council", nil=True)
    assert fresh(action).state == ActionState.OPEN
    assert "Not every organisation" in refused("dilys", "accept", action=action)

    answer("gareth", "police", note="Two concerns.")
    assert fresh(action).state == ActionState.CLAIMED
    with cast.acting("dilys") as dilys:
        table = queries.answer_table(dilys, queries.line(dilys, action))
    assert [(one.organisation.name, one.given.said) for one in table] == [
        ("Marlbeck Borough Council", Said.NIL),
        ("Probation Service", Said.ANSWER),
        ("Wyleshire Police", Said.ANSWER),
    ]
    act("dilys", "accept", action=action)
    assert fresh(action).state == ActionState.DONE


def test_an_answer_taken_back_leaves_it_unanswered_again(cast, agreed, act, fresh):
    action = agreed(all_seats=True)
    for name, organisation in (
        ("tobias", "probation"),
        ("rowena", "council"),
        ("gareth", "police"),
    ):
        update = act(
            name, "answer", action=action, organisation=cast.organisations[organisation], nil=True
        )
    assert fresh(action).state == ActionState.CLAIMED

    act("gareth", "take_back", update=update)

    assert fresh(action).state == ActionState.OPEN
    with cast.acting("gareth") as gareth:
        assert queries.line(gareth, action).answer_words == "2 of 3 have answered"


def test_nobody_answers_for_another_organisation_or_with_nothing(cast, agreed, refused):
    action = agreed(all_seats=True)

    assert "only for your own" in refused(
        "tobias", "answer", action=action, organisation=cast.organisations["police"], nil=True
    )
    assert "Write the answer" in refused(
        "tobias", "answer", action=action, organisation=cast.organisations["probation"]
    )


def test_what_all_are_asked_is_not_said_to_be_done_by_one(agreed, refused):
    action = agreed(all_seats=True)

    assert "asked of every organisation" in refused("dilys", "say", action=action, said=Said.DONE)
    assert "Answer for yours" in refused("tobias", "say", action=action, said=Said.ON_TRACK)


def test_none_asked_is_not_everybody_answered():
    assert not history.complete(frozenset(), [])


# Closed by later minutes


SAID_SO = services.Source("meetings.item", 1, "abc", "Board, 12 May 2026", "meetings:detail")


def closed_by_minutes(cast, action, who="dilys", *, days_ago=1):
    said_on = today() - datetime.timedelta(days=days_ago)
    with cast.acting(who) as actor:
        return services.close(actor, action=action, said_on=said_on, source=SAID_SO, note="Done")


def test_later_minutes_close_an_action_on_their_word(cast, agreed, fresh):
    action = agreed()

    update = closed_by_minutes(cast, action)

    assert fresh(action).state == "done"
    assert fresh(action).done_on == today() - datetime.timedelta(days=1)
    assert (update.source_label, update.source_key) == ("Board, 12 May 2026", "abc")
    with cast.acting("dilys"):
        line = Line.objects.get(what="action.closed")
        assert line.fields == ["done_on", "state", "updates"]


def test_what_was_said_to_be_done_before_was_done_on_that_day(cast, agreed, say, fresh):
    action = agreed(organisations=["probation"])
    say("tobias", action, "done")

    closed_by_minutes(cast, action, days_ago=-7)

    assert fresh(action).done_on == today()


def test_a_member_closes_nothing(cast, agreed, fresh):
    action = agreed()

    with pytest.raises(NotAllowed, match="Only the secretary or the chair"):
        closed_by_minutes(cast, action, "tobias")

    assert fresh(action).state == "open"
