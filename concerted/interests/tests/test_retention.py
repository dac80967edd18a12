"""Registers of those who left go when their time is past; declarations stay with the minutes."""

import datetime

import pytest

from concerted.access.models import Audience
from concerted.interests import declaring, services
from concerted.interests.models import Declaration, Entry, Register, Sensitivity
from concerted.interests.policies import NewDeclaration
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.retention import kind_named, older_than
from concerted.meetings import services as meetings
from concerted.meetings.services import NewItem
from concerted.people.models import Appointment
from concerted.people.public import open_to

KIND = kind_named("registers-of-interests")


@pytest.fixture
def opened(cast, withheld):
    """The wall open to everything, as it is while a run is proposed."""
    with cast.acting("maud"):
        open_to(tuple(Audience.objects.values_list("pk", flat=True)))
        yield


def expired(months):
    return [one.key for one in KIND.expired(older_than(today(), months), None)]


def test_who_still_holds_a_seat_is_no_candidate(opened):
    with as_of(now() + datetime.timedelta(days=365 * 20)):
        assert expired(12) == []
    assert KIND.find(Register.objects.get().key) is None


def test_the_time_counts_from_the_last_day_of_the_last_seat(cast, opened):
    Appointment.objects.filter(person=cast.people["tobias"]).update(ends=today())
    key = Register.objects.get().key

    with as_of(now() + datetime.timedelta(days=365 * 5)):
        assert expired(72) == []
        assert KIND.find(key).since.date() <= today()
    with as_of(now() + datetime.timedelta(days=365 * 6 + 3)):
        assert expired(72) == [key]


def test_a_register_goes_whole_and_what_was_declared_stays(cast, kinds, withheld):
    with cast.acting("dilys") as dilys:
        meeting = meetings.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=today(),
            items=[NewItem("1", "Homes", "")],
        )
        new = NewDeclaration(kinds["Land"], "He owns a house there.", "left")
        tobias = cast.people["tobias"]
        declaring.declare(dilys, item=meeting.items.get(), person=tobias, new=new)
    with cast.acting("tobias") as actor:
        services.confirm(actor)
        register = Register.objects.get()

    # Whoever carries it out need not read what is withheld.
    with cast.acting("rowena"):
        gone = KIND.let_go([register.key])

    assert ("interests.register", register.key) in gone.records
    assert ("interests.entry", withheld.key) in gone.records
    with cast.acting("maud"):
        open_to(tuple(Audience.objects.values_list("pk", flat=True)))
        assert not Register.objects.exists()
        assert not Entry.objects.exists()
        assert not Sensitivity.objects.exists()
        assert Declaration.objects.count() == 1
