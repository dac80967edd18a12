"""Files handed over and read, and the answers a person gives, for the stories of this package."""

from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from concerted.imports import queries, services, tasks, together, views
from concerted.imports.forms import form_for
from concerted.imports.models import Batch
from concerted.imports.tests import nearby
from concerted.jobs import services as jobs
from concerted.people.models import Appointment
from concerted.people.seating import appoint
from concerted.reading import read, readers, sandbox
from concerted.reading.files import NotReadable
from concerted.reading.reports import read_report
from concerted.reading.sandbox import CANCELLED, FileNotes

BOARD = (Path(__file__).parent / "texts" / "board-2014.txt").read_text()


@pytest.fixture
def lost_the_post(cast):
    """Dilys held the secretary's post when she handed over; now she sits on the board, no more."""

    def lose():
        Appointment.objects.filter(person=cast.people["dilys"]).delete()
        with cast.acting("maud") as maud:
            appoint(maud, person=cast.people["dilys"], seat=cast.seats["tobias"], substitute=True)

    return lose


@pytest.fixture(autouse=True)
def _nearby():
    with nearby.here():
        yield


@pytest.fixture
def children(_nearby, monkeypatch):
    """Files are read and opened in child processes after all, as the worker does it."""
    monkeypatch.setattr(tasks, "read_each", readers.read_each)
    monkeypatch.setattr(tasks, "open_container", sandbox.open_container)


@pytest.fixture
def at_once(monkeypatch):
    """Work is done as soon as the request has ended."""

    def now(job):
        app.tasks[job.task](**job.arguments)

    monkeypatch.setattr(views, "enqueue", now)
    monkeypatch.setattr(together, "enqueue", now)
    monkeypatch.setattr(jobs, "enqueue", now)
    monkeypatch.setattr(
        tasks, "look_again_soon", lambda account_id: tasks.look_again(account_id=account_id)
    )


@pytest.fixture
def dilys(signed_in, at_once):
    """The secretary's browser."""
    return signed_in("dilys")


@pytest.fixture
def received(cast):
    """A file handed over and read, without the child process: its reader has tests of its own."""

    def hand_over(text=BOARD, *, name="board.txt", who="dilys"):
        with cast.acting(who) as actor:
            handover = services.hand_over(actor, files=[(name, text.encode())])
            file = handover.files.get()
            if file.state == "waiting":
                found = read_report(text)
                services.was_read(
                    actor,
                    file=file,
                    reading=read(text),
                    notes=[],
                    report=found if found.kind == "report" else None,
                )
        return fresh(cast, file, who)

    return hand_over


def fresh(cast, file, who="dilys"):
    with cast.acting(who) as actor:
        return queries.files_visible_to(actor).get(pk=file.pk)


@pytest.fixture
def review_of(cast):
    def lay_out(file, number=1, who="dilys"):
        with cast.acting(who) as actor:
            return queries.review_of(actor, file, number)

    return lay_out


@pytest.fixture
def answers(review_of):
    """What the form holds when a person answers every question in the first way offered."""

    def give(file, number=1, who="dilys", **changes):
        form = form_for(review_of(file, number, who))
        given = {}
        for name, field in form.fields.items():
            value = form.get_initial_for_field(field, name)
            if value in (None, "") and field.required:
                value = next(key for key, _ in field.choices if key)
            if value not in (None, "", False):
                given[name] = value
        return given | {"p_rest": "keep", "do": "accept"} | changes

    return give


@pytest.fixture
def accepted(cast, answers, review_of):
    """Accept a meeting of a file, all questions answered; hands back the meeting."""

    def accept(file, number=1, who="dilys", **changes):
        given = answers(file, number, who, **changes)
        form = form_for(review_of(file, number, who), data=given)
        assert form.is_valid(), form.errors
        with cast.acting(who) as actor:
            return services.accept(actor, file=file, number=number, answers=form.cleaned_data)

    return accept


class Reader:
    """What stands in for the child processes; `before` happens before each file is read."""

    def __init__(self):
        self.seen = []
        self.before = lambda name: None

    def __eq__(self, names):
        return self.seen == names

    def read_each(self, files, *, cancelled):
        for given in files:
            self.before(given.name)
            if cancelled():
                yield given.of, NotReadable(CANCELLED)
                return
            self.seen.append(given.name)
            yield given.of, (read(given.data.decode()), FileNotes("txt", ()))


@pytest.fixture
def reads(monkeypatch):
    """Read in this process, one file after the other."""
    reader = Reader()
    monkeypatch.setattr(tasks, "read_each", reader.read_each)
    return reader


@pytest.fixture
def handed(cast):
    def hand_over(*files):
        with cast.acting("dilys") as dilys:
            return services.hand_over(dilys, files=list(files))

    return hand_over


@pytest.fixture
def work(cast):
    """Do what waits to be done for a handover or a batch; hands back its job."""

    def do(thing):
        account = cast.accounts["dilys"].pk
        if isinstance(thing, Batch):
            tasks.accept_batch(batch_key=thing.key, account_id=account)
        else:
            tasks.read_handover(handover_key=thing.key, account_id=account)
        with cast.acting("dilys"):
            thing.job.refresh_from_db()
        return thing.job

    return do
