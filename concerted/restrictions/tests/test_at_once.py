"""Forty tries at the same moment: one is first, and all others are told so."""

import datetime
import os
import threading
from collections import Counter

import pytest
from django.db import connections
from django.http import Http404

from concerted.actions.models import Action, Update
from concerted.actions.public import Owners, Source, agree, say
from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.meetings.models import Item
from concerted.meetings.services import NewItem, NewMeeting
from concerted.people.public import entries_to_pick
from concerted.restrictions import kinds, services
from concerted.restrictions.models import Closure, Ground, Restriction
from concerted.restrictions.policies import Wanted
from concerted.restrictions.states import Level, Tier
from tests import cast as casts
from tests import databases

pytestmark = pytest.mark.slow
TRIES = 40


@pytest.fixture
def town(django_db_setup, django_db_blocker, worker_id):
    """The cast in a database of its own, where what is done stays done for every thread."""
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"at_once_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            yield casts.build()
        databases.point_at(before)


@pytest.fixture
def item(town):
    """A minute of the board, and an action that came of it."""
    board = town.bodies["board"]
    with town.acting("dilys") as dilys:
        meeting, [made] = meetings.record(
            dilys,
            minutes=NewMeeting(
                body=board,
                held_on=datetime.date(2026, 6, 16),
                state="received",
                items=[NewItem("1", "Burglary briefing", "The commander spoke.")],
            ),
        )
        agree(
            dilys,
            body=board,
            text="Watch the depot",
            agreed_on=meeting.held_on,
            source=Source("meetings.item", made.pk, meeting.key, "minute 1", "meetings:detail"),
            owners=Owners(organisations=[town.organisations["police"]]),
        )
    return made


def wanted(actor, town, *names, **more):
    there = entries_to_pick(actor)
    return Wanted(
        **{
            "level": Level.CLOSED,
            "tier": Tier.SENSITIVE,
            "owner": town.organisations["police"],
            "ground": Ground.objects.first(),
            "public_interest": "An operation is under way.",
            "review_on": today() + datetime.timedelta(days=90),
            "whom_to_ask": "",
            "entries": tuple(
                next(one for one in there if one.name.startswith(name))
                for name in ("Wyleshire Police", "Partnership secretary", *names)
            ),
        }
        | more
    )


def at_once(*works):
    """Do all of these at the same moment; returns how each ended, by the name of its fault."""
    start, ended = threading.Barrier(len(works)), []

    def run(work):
        try:
            start.wait()
            work()
            ended.append("done")
        except Exception as fault:
            ended.append(type(fault).__name__)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ended)


def close(town, item, who="dilys", token="", **more):
    with town.acting(who) as actor:
        return services.restrict(
            actor,
            kind=kinds.kind_of("item"),
            key=item.key,
            wanted=wanted(actor, town, **more),
            token=token,
        )


def test_of_forty_who_close_an_item_one_is_first(town, item):
    ended = at_once(*[lambda: close(town, item)] * TRIES)

    assert ended == {"done": 1, "Overtaken": TRIES - 1}
    with town.acting("dilys"):
        assert Restriction.objects.filter(thing_key=item.key).count() == 1
        assert Closure.objects.filter(thing_key=item.key).count() == 1


def test_of_those_who_open_and_those_who_change_it_at_once_one_is_first(town, item):
    first = close(town, item)
    opens = {"who": "gareth", "level": Level.OPEN, "tier": Tier.OFFICIAL}
    works = [lambda: close(town, item, token=first.key, **opens)] * (TRIES // 2)
    works += [lambda: close(town, item, token=first.key, whom_to_ask="Ask me")] * (TRIES // 2)

    ended = at_once(*works)

    assert ended["done"] == 1
    assert ended["done"] + ended["Overtaken"] == TRIES
    with town.acting("gareth"):
        newest = Restriction.objects.filter(thing_key=item.key).latest("number")
        row = Item.objects.get(pk=item.pk)
        assert (newest.number, row.audience_id) == (2, newest.seen_by_id)


def test_what_is_said_while_an_item_is_closed_is_closed_too(town, item):
    """Updates that began before, and end after, stay with the audience of their action."""

    def says():
        with town.acting("gareth") as gareth:
            action = Action.objects.get(source_id=item.pk)
            say(gareth, action=action, said="note", note="Seen at the depot")

    ended = at_once(lambda: close(town, item), *[says] * (TRIES - 1))

    assert ended["done"] + ended["DoesNotExist"] + ended[Http404.__name__] == TRIES
    with town.acting("gareth"):
        audience = Item.objects.get(pk=item.pk).audience_id
        said = Update.objects.filter(action__source_id=item.pk)
        assert said.count() > 0
        assert {one.audience_id for one in said} == {audience}
    with town.acting("tobias"):
        assert not Update.objects.filter(note="Seen at the depot").exists()
