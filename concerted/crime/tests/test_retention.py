"""Rows of a hospital's return go after their time, when a person has said so; counts stay."""

import datetime

import pytest

from concerted.audit.models import Line
from concerted.crime.lake.snapshots import Lake
from concerted.crime.lake.tests.invented import brought, street
from concerted.crime.lake.tests.test_hospital import attended, returned
from concerted.kernel.clock import as_of, now
from concerted.kernel.retention import kind_named
from concerted.people.public import everything_open
from concerted.retention import services, tasks
from concerted.retention.models import RunLine

pytestmark = pytest.mark.django_db

LONG_AGO = datetime.timedelta(days=24 * 31)


@pytest.fixture
def lake(tmp_path, settings):
    """Two returns and the crimes of a month, of which the first return and the crimes are old."""
    with as_of(now() - LONG_AGO):
        returned(tmp_path, [attended()])
        brought(tmp_path, {"2024-06": [street("2024-06")]})
    returned(tmp_path, [attended()])
    settings.LAKE = tmp_path / "lake"
    return Lake(settings.LAKE)


@pytest.fixture
def carried_out(cast):
    """The list of this month, approved by the manager and carried out."""

    def carry_out(run=None):
        run = run or services.propose()
        with cast.acting("maud") as maud:
            services.approve(maud, run=run)
        tasks.carry_out(run_key=run.key, account_id=cast.accounts["maud"].pk)

    return carry_out


def lines():
    with everything_open():
        found = RunLine.objects.filter(kind="rows-of-hospitals")
        return sorted(found.values_list("reference", "state"))


def test_only_old_rows_of_hospitals_are_listed_and_go_when_somebody_approved_it(lake, carried_out):
    run = services.propose()

    assert lines() == [("1", "listed")]
    assert not lake.snapshot(1).expired
    carried_out(run)

    assert lines() == [("1", "gone")]
    assert [one.expired for one in lake.snapshots()] == [True, False, False]
    assert not (lake.rows / "000001").exists()
    assert (lake.counts / "000001" / "hospital").is_dir()
    [line] = Line.objects.filter(what="record.expired", kind="crime.snapshot")
    assert (line.reference, line.verb) == ("1", "erase")
    assert services.propose()
    assert ("1", "listed") not in lines()


def test_a_hold_keeps_them(cast, lake, carried_out):
    with cast.acting("maud") as maud:
        services.hold(
            maud,
            reach="thing",
            ground="litigation",
            reason="A claim of 2025.",
            review_on=now().date() + datetime.timedelta(days=60),
            kind=kind_named("rows-of-hospitals"),
            reference="1",
        )
    carried_out()

    assert not lake.snapshot(1).expired


def test_a_lake_that_holds_nothing_lists_nothing(tmp_path, settings, db):
    settings.LAKE = tmp_path / "none"
    services.propose()

    assert lines() == []
    assert kind_named("rows-of-hospitals").find("1") is None
