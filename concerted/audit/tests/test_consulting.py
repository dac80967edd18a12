"""A restricted thing that is read in many places at once leaves one line."""

import threading

import pytest
from django.db import connections, transaction

from concerted.access.actor import Actor
from concerted.audit import consulting
from concerted.audit.models import Line
from concerted.kernel.keys import new_key

TABS = 40


@pytest.mark.slow
def test_forty_tabs_at_once_leave_one_line(own_database):
    key = new_key()
    start, faults = threading.Barrier(TABS), []

    def read() -> None:
        try:
            start.wait()
            with transaction.atomic():
                consulting.consulted(Actor(pseudonym="somebody"), [("tests.probe", key)])
        except Exception as fault:
            faults.append(fault)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=read) for _ in range(TABS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert Line.objects.filter(reference=key).count() == 1
