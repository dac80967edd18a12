"""Putting meetings on record: whole or not at all, each row with its audience and its line."""

import pytest

from concerted.audit.models import Line
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services
from concerted.meetings.models import Attendance, Decision, Item, Limb, Meeting, Passage
from concerted.meetings.services import NewDecision, NewItem, NewLimb
from concerted.meetings.tests.conftest import DAY, decided, item


def lines(what):
    return Line.objects.filter(what=what).count()


def test_a_meeting_is_recorded_with_all_that_its_minutes_hold(cast, recorded):
    two = NewDecision(
        "noted", "noted and agreed", [NewLimb("noted", "one", "a"), NewLimb("agreed", "two", "b")]
    )
    meeting = recorded(item("Canal Walk", decided(), two), item("Shop theft"), venue="Town Hall")

    with cast.acting("tobias"):
        assert Meeting.objects.get().venue == "Town Hall"
        assert [one.title for one in Item.objects.order_by("position")] == [
            "Canal Walk",
            "Shop theft",
        ]
        assert Decision.objects.count() == 2
        assert Limb.objects.count() == 3
        assert {one.decided_on for one in Decision.objects.all()} == {DAY}
        assert [one.attended for one in Attendance.objects.order_by("position")] == [
            "present",
            "apologies",
        ]
    assert lines("meeting.recorded") == 1
    assert lines("attendance.recorded") == 2
    assert lines("item.recorded") == 2
    assert lines("decision.recorded") == 2
    assert Line.objects.filter(what="meeting.recorded").get().reference == meeting.key


def test_a_decision_without_limbs_gets_one(cast, recorded):
    recorded(item("Canal Walk", NewDecision("agreed", "that it be so", [])))

    with cast.acting("dilys"):
        assert [(one.code, one.text) for one in Limb.objects.all()] == [("agreed", "that it be so")]


@pytest.mark.parametrize("body", ["board", "silver"])
def test_every_row_is_for_those_who_read_the_bodys_papers(cast, recorded, body):
    recorded(item("Canal Walk", decided(), withheld=["a name"]), body=body)

    with cast.acting("dilys"):
        papers = cast.bodies[body].papers_audience_id
        for model in (Meeting, Item, Decision, Limb, Attendance):
            assert {row.audience_id for row in model.objects.all()} == {papers}
        assert Passage.objects.get().audience_id == cast.bodies[body].office_audience_id


@pytest.mark.parametrize("who", ["rowena", "tobias", "priti"])
def test_nobody_else_records_or_plans_or_confirms(cast, recorded, who):
    meeting = recorded()
    with cast.acting(who) as actor:
        with pytest.raises(NotAllowed, match="Only this body’s secretary"):
            services.confirm(actor, meeting=meeting)
        with pytest.raises(NotAllowed, match="Only this body’s secretary"):
            services.plan(actor, body=cast.bodies["board"], held_on=DAY)
    with pytest.raises(NotAllowed, match="Only this body’s secretary"):
        recorded(on=DAY.replace(day=17), who=who)


def test_minutes_of_that_day_are_not_replaced(cast, recorded):
    recorded(item("First"))

    with pytest.raises(NotAllowed, match="What is on record is not replaced"):
        recorded(item("Second"))

    with cast.acting("dilys"):
        assert [one.title for one in Item.objects.all()] == ["First"]


def test_another_body_may_meet_on_the_same_day(cast, recorded):
    recorded()
    recorded(body="area")

    with cast.acting("dilys"):
        assert Meeting.objects.filter(held_on=DAY).count() == 2


def test_a_planned_meeting_takes_the_minutes_of_its_day(cast, recorded):
    with cast.acting("dilys") as dilys:
        planned = services.plan(
            dilys, body=cast.bodies["board"], held_on=DAY, items=[NewItem("1", "Planned", "")]
        )
    assert lines("meeting.planned") == 1

    filled = recorded(item("Held"), state="draft")

    assert filled.pk == planned.pk
    with cast.acting("dilys"):
        assert [one.title for one in Item.objects.all()] == ["Held"]
        assert Meeting.objects.get().state == "draft"


def test_a_cancelled_meeting_stands_in_nobodys_way(cast, recorded):
    cancelled = recorded(state="cancelled")

    other = recorded()

    assert other.pk != cancelled.pk


def test_a_day_is_planned_once(cast):
    with cast.acting("dilys") as dilys:
        services.plan(dilys, body=cast.bodies["board"], held_on=DAY)
        with pytest.raises(NotAllowed, match="has a meeting of that day on record already"):
            services.plan(dilys, body=cast.bodies["board"], held_on=DAY)


def test_a_failure_in_the_middle_leaves_nothing(cast, recorded, monkeypatch):
    monkeypatch.setattr(services.Limb.objects, "bulk_create", lambda rows: 1 / 0)
    before = Line.objects.count()

    with pytest.raises(ZeroDivisionError):
        recorded()

    with cast.acting("dilys"):
        assert not Meeting.objects.exists()
        assert not Item.objects.exists()
    assert Line.objects.count() == before


@pytest.mark.parametrize("state", ["draft", "subject", "received"])
def test_minutes_are_agreed_once(cast, recorded, state):
    meeting = recorded(state=state)
    with cast.acting("dilys") as dilys:
        assert services.confirm(dilys, meeting=meeting).state == "confirmed"
        with pytest.raises(NotAllowed, match="as agreed already"):
            services.confirm(dilys, meeting=meeting)
    assert lines("meeting.confirmed") == 1
