"""A hold and a run at the same moment: whoever is first, nothing under a hold goes."""

import os
import threading

import pytest
from django.db import connections, transaction

from concerted.kernel.clock import now, today
from concerted.kernel.retention import kind_named
from concerted.notices.models import Mail
from concerted.people.public import everything_open
from concerted.retention import services, tasks
from concerted.retention.models import RunLine
from concerted.retention.tests.conftest import LATER, LONG_AGO
from tests import cast as casts
from tests import databases

pytestmark = pytest.mark.slow
PATIENCE = 30


@pytest.fixture
def town(django_db_setup, django_db_blocker, worker_id):
    """The cast in a database of its own, where what is done stays done for every thread."""
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"retention_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            yield casts.build()
        databases.point_at(before)


@pytest.fixture
def run(town):
    """An approved run with one mail on it."""
    Mail.objects.create(
        kind="letter",
        address="somebody@example.org",
        subject="It waits",
        text="It waits.",
        state="sent",
        ended_at=now() - LONG_AGO,
    )
    proposed = services.propose()
    with town.acting("maud") as maud:
        return services.approve(maud, run=proposed)


def puts_hold(town):
    with town.acting("maud") as maud:
        services.hold(
            maud,
            reach="kind",
            kind=kind_named("mail"),
            ground="litigation",
            reason="The claim of the shop",
            review_on=today() + LATER,
        )
        yield


def beside(work):
    """A thread that does this with a connection of its own."""

    def do():
        try:
            work()
        finally:
            connections["default"].close()

    thread = threading.Thread(target=do)
    thread.start()
    return thread


def states():
    with transaction.atomic(), everything_open():
        return list(RunLine.objects.values_list("state", flat=True))


def test_a_hold_that_is_committed_while_the_run_waits_for_it_wins(town, run):
    waits = threading.Event()
    putting = puts_hold(town)
    next(putting)  # put, and not committed yet

    def carry_out():
        waits.set()
        tasks.carry_out(**run.job.arguments)

    thread = beside(carry_out)
    assert waits.wait(PATIENCE)
    thread.join(1)
    assert thread.is_alive()  # it waits until the hold is there or is not
    assert next(putting, "committed") == "committed"
    thread.join(PATIENCE)

    assert Mail.objects.count() == 1
    assert states() == ["stayed"]


def test_a_hold_that_comes_while_a_batch_goes_waits_for_its_end(town, run, monkeypatch):
    going, may_end = threading.Event(), threading.Event()
    note_each = services.trail.note_each

    def slowly(*args, **kwargs):
        note_each(*args, **kwargs)
        going.set()
        assert may_end.wait(PATIENCE)

    monkeypatch.setattr(services.trail, "note_each", slowly)
    carrying = beside(lambda: tasks.carry_out(**run.job.arguments))
    assert going.wait(PATIENCE)
    holding = beside(lambda: list(puts_hold(town)))
    holding.join(1)
    assert holding.is_alive()
    may_end.set()
    carrying.join(PATIENCE)
    holding.join(PATIENCE)

    assert Mail.objects.count() == 0
    assert states() == ["gone"]
