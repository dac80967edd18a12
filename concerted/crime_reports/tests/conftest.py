"""A lake with three years of an invented district, and the steps of those who report on it."""

import datetime

import pytest

from concerted.crime.lake.asking import Asking
from concerted.crime.lake.months import year_to_date
from concerted.crime.lake.residents import Residents
from concerted.crime.lake.tests.invented import FELL, brought
from concerted.crime.summary import summary
from concerted.crime.tests.test_summary import PLACE, TO, three_years
from concerted.crime_reports import queries, services, tasks
from concerted.crime_reports.computing import computed
from concerted.crime_reports.models import Report, Section
from concerted.kernel.clock import today
from concerted.meetings import services as meetings

ASKED = {"area": FELL, "months": "year", "to": "2024-06", "against": "1"}
PEOPLE = Residents(2023, "people.csv", "0" * 64, {"E05000001": 900, "E05000002": 800})
RING = ((0.0, 0.0), (1.5, 0.0), (1.5, 1.25))
OUTLINES = {"E05000001": (RING,), "E05000002": (RING,)}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    there = tmp_path_factory.mktemp("reports")
    brought(there, three_years())
    return there


@pytest.fixture(scope="session")
def found(folder):
    """The report of Fell, April to June 2024 against the year before, with rates of its wards."""
    with Asking(folder / "lake" / "counts") as asking:
        return summary(asking, PLACE, year_to_date(TO), 1, residents=[PEOPLE])


@pytest.fixture
def lake(folder, settings):
    settings.LAKE = folder / "lake"


class Reporting:
    """A report of the board that Priti writes, Gareth's police clear and Dilys issues."""

    def __init__(self, cast, found):
        self.cast, self.found, self.report = cast, found, None

    def prepares(self, who="priti", **more):
        with self.cast.acting(who) as actor:
            given = {
                "body": self.cast.bodies["board"],
                "owner": self.cast.organisations["police"],
                "title": "Recorded crime in Fell",
                "new": computed(self.found),
            } | more
            self.report = services.prepare(actor, **given)
        return self.report

    def does(self, who, step, **more):
        with self.cast.acting(who) as actor:
            return step(actor, report=self.now(actor), **more)

    def now(self, actor):
        return queries.visible_to(actor).get(key=self.report.key)

    def writes(self, text, *, code="short", who="priti", rests_on="", saves=None):
        with self.cast.acting(who) as actor:
            one = queries.sections_visible_to(actor).get(report=self.report, code=code)
            return services.write(
                actor,
                section=one,
                text=text,
                rests_on=rests_on,
                saves=one.saves if saves is None else saves,
            )

    def asks(self):
        return self.does("priti", services.ask_to_clear)

    def clears(self):
        self.does("gareth", services.clear)
        tasks.make(self.report.key, self.cast.accounts["gareth"].pk)

    def issues(self, **more):
        return self.does("dilys", services.issue, **more)

    def goes_out(self):
        self.prepares()
        self.asks()
        self.clears()
        return self.issues()

    def meeting(self, *, body="board", days=14):
        with self.cast.acting("dilys") as dilys:
            return meetings.plan(
                dilys,
                body=self.cast.bodies[body],
                held_on=today() + datetime.timedelta(days=days),
            )

    def of(self, who):
        with self.cast.acting(who) as actor:
            return [one.state for one in queries.visible_to(actor)]

    def sections(self):
        return {one.code: one for one in Section.objects.filter(report=self.report)}


@pytest.fixture
def reporting(cast, lake, found):
    return Reporting(cast, found)


def stored(report):
    return Report.objects.get(pk=report.pk)
