"""Many secretaries’ windows at once: an entry is taken once, a meeting is moved once."""

import datetime
import os

import pytest

from concerted.agendas import services as agendas
from concerted.audit.models import Line
from concerted.forward_plan import services
from concerted.forward_plan.models import Entry
from concerted.forward_plan.services import Wanted
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.meetings.policies import When
from tests.at_once import a_town_of_its_own, at_once

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("at once")]
TRIES = 10
SOON = today() + datetime.timedelta(days=40)
TOLD = (NotAllowed, agendas.Overtaken, meetings.Overtaken)


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker, worker_id):
    with django_db_blocker.unblock(), a_town_of_its_own(f"ahead_{worker_id}_{os.getpid()}") as cast:
        yield cast


def lines(town, what):
    with town.acting("dilys"):
        return Line.objects.filter(what=what).count()


def test_an_entry_is_put_on_an_agenda_once(town):
    with town.acting("dilys") as dilys:
        board = town.bodies["board"]
        meeting = meetings.plan(dilys, body=board, held_on=SOON)
        agendas.begin(dilys, meeting=meeting, from_last=False)
        entry = services.add(dilys, body=board, wanted=Wanted("The annual review"))

    def take(number):
        with town.acting("dilys") as actor:
            return services.take(actor, entry=entry, token="1", meeting=meeting, agenda_token="1")

    came = at_once(take, TRIES, TOLD)

    assert (len(came.done), len(came.refused), came.faults) == (1, TRIES - 1, [])
    with town.acting("dilys"):
        assert Item.objects.get(title="The annual review").key == Entry.objects.get().item_key
    assert lines(town, "plan_entry.taken") == 1


def test_what_comes_again_comes_once(town):
    with town.acting("dilys") as dilys:
        wanted = Wanted("Figures", cycle="quarterly", due_month=today().replace(day=1))
        entry = services.add(dilys, body=town.bodies["board"], wanted=wanted)

    def deal(number):
        with town.acting("dilys") as actor:
            return services.deal_with(actor, entry=entry, token="1")

    came = at_once(deal, TRIES, TOLD)

    assert (len(came.done), len(came.refused), came.faults) == (1, TRIES - 1, [])
    with town.acting("dilys"):
        assert Entry.objects.filter(topic="Figures").count() == 2


def test_a_meeting_is_moved_once(town):
    with town.acting("dilys") as dilys:
        day = SOON + datetime.timedelta(days=30)
        meeting = meetings.plan(dilys, body=town.bodies["board"], held_on=day)
        seen = meeting.standing

    def move(number):
        with town.acting("dilys") as actor:
            when = When(day + datetime.timedelta(days=number + 1))
            return meetings.move(actor, meeting=meeting, seen=seen, when=when, reason="Snow.")

    came = at_once(move, TRIES, TOLD)

    assert (len(came.done), len(came.refused), came.faults) == (1, TRIES - 1, [])
    with town.acting("dilys"):
        assert Meeting.objects.get(pk=meeting.pk).rearrangements.count() == 1
    assert lines(town, "meeting.moved") == 1
