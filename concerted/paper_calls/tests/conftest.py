"""A meeting to come, a paper that is asked for it, and the steps of those who work on it."""

import datetime

import pytest
from procrastinate.contrib.django import app

from concerted.agendas.tests.conftest import agenda, planned  # noqa: F401
from concerted.imports import queries as imports
from concerted.imports import services as imported
from concerted.imports.forms import form_for
from concerted.imports.tests import nearby
from concerted.kernel.clock import today
from concerted.meetings.models import Item
from concerted.paper_calls import queries, services, views
from concerted.paper_calls.services import Wanted
from concerted.papers.models import Paper
from concerted.people.models import Seat
from concerted.people.states import SeatRole

REPORT = """Agenda Item 7

Marlbeck Borough Council

REPORT TO SAFER MARLBECK BOARD

11 MARCH 2014

REPORT OF PARTNERSHIP SECRETARY

KNIFE CRIME

RECOMMENDATIONS

1. That the Board approves the plan.

2. That the Board asks for a report in July.

3. That the Board thanks the schools.

BACKGROUND

4. Knife crime fell in {year}, as paragraph 2 above says.
"""


@pytest.fixture(autouse=True)
def _nearby(monkeypatch):
    """Files are read in this process, and work is done as soon as the request has ended."""
    monkeypatch.setattr(views, "enqueue", lambda job: app.tasks[job.task](**job.arguments))
    with nearby.here():
        yield


class Work:
    """One paper of the board, asked of the Probation Service, for which Tobias sits there."""

    def __init__(self, cast, agenda):  # noqa: F811
        self.cast, self.agenda = cast, agenda
        self.call = None

    @property
    def meeting(self):
        with self.cast.acting("dilys") as dilys:
            return self.agenda.at(dilys)

    def item(self, title="Knife crime"):
        with self.cast.acting("dilys"):
            return Item.objects.select_related("meeting__body").get(title=title)

    def asks(self, title="Knife crime report", *, due=7, who="dilys", of="probation", **more):
        more = more or {"organisation": self.cast.organisations[of]}
        with self.cast.acting(who) as actor:
            self.call = services.call(
                actor,
                meeting=self.agenda.at(actor),
                wanted=Wanted(title, today() + datetime.timedelta(days=due), **more),
            )
        return self.call

    def delivers(self, text=None, who="tobias", name="knife.txt", data=None):
        text = REPORT.format(year=2013) if text is None else text
        with self.cast.acting(who) as actor:
            delivery, job = services.deliver(
                actor, call=self.call, name=name, data=data or text.encode()
            )
        app.tasks[job.task](**job.arguments)
        return delivery

    def line(self, who="dilys"):
        with self.cast.acting(who) as actor:
            return queries.line_of(actor, queries.visible_to(actor).get(pk=self.call.pk))

    def checks(self, who="dilys", **changes):
        """Put what was read on record, each question answered in the first way offered."""
        file = self.line().came[-1].file
        with self.cast.acting(who) as actor:
            file = imports.files_visible_to(actor).get(pk=file.pk)
            review = imports.review_of(actor, file, 1)
            form = form_for(review)
            given = {}
            for name, field in form.fields.items():
                value = form.get_initial_for_field(field, name)
                if value in (None, "") and field.required and hasattr(field, "choices"):
                    value = next(key for key, _ in field.choices if key)
                if value not in (None, "", False):
                    given[name] = value
            given |= {"p_rest": "keep", "body": self.cast.bodies["board"].key} | changes
            form = form_for(review, data=given)
            assert form.is_valid(), form.errors
            return imported.accept(actor, file=file, number=1, answers=form.cleaned_data)

    def last(self):
        with self.cast.acting("dilys") as dilys:
            rows = queries.deliveries_visible_to(dilys).filter(call=self.call)
            return rows.latest("number")

    def last_as(self, actor):
        return queries.deliveries_visible_to(actor).filter(call=self.call).latest("number")

    def approves(self, who="dilys"):
        delivery = self.last()
        with self.cast.acting(who) as actor:
            return services.approve(actor, delivery=delivery)

    def publishes(self, who="dilys"):
        delivery = self.last()
        with self.cast.acting(who) as actor:
            return services.publish(actor, delivery=delivery)

    def all_the_way(self, text=None):
        """Delivered, checked, approved and published now."""
        self.delivers(text)
        self.checks()
        self.approves()
        self.publishes()
        return self.paper()

    def gareth_chairs(self):
        """From now on Gareth’s seat is that of the chair, and Rowena’s that of a member."""
        with self.cast.acting("maud"):
            seats = self.cast.seats
            Seat.objects.filter(pk=seats["rowena"].pk).update(role=SeatRole.MEMBER)
            Seat.objects.filter(pk=seats["gareth"].pk).update(role=SeatRole.CHAIR)

    def paper(self):
        with self.cast.acting("dilys"):
            return Paper.objects.select_related("body").latest("pk")


@pytest.fixture
def work(cast, agenda):  # noqa: F811
    return Work(cast, agenda)
