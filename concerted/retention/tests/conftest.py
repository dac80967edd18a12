"""Records whose time is past, and work that is done at once."""

import datetime

import pytest
from django.core.files.storage import default_storage
from procrastinate.contrib.django import app

from concerted.documents.services import place
from concerted.imports import services as imports
from concerted.kernel.clock import as_of, now, today
from concerted.notices.models import Mail
from concerted.people.public import everything_open, open_to
from concerted.reading import read
from concerted.retention import services, views
from concerted.retention.models import RunLine
from tests.world import MINUTES

LONG_AGO = datetime.timedelta(days=500)
LATER = datetime.timedelta(days=30)


@pytest.fixture(autouse=True)
def _files_of_its_own(tmp_path, settings):
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path}}
    }


@pytest.fixture
def received(cast):
    """A file handed over long ago, read, and accepted by nobody."""

    def hand_over(body="Safer Marlbeck Board", who="dilys", ago=LONG_AGO):
        text = MINUTES.format(body=body)
        with as_of(now() - ago), cast.acting(who) as actor:
            handover = imports.hand_over(actor, files=[("old.txt", text.encode())])
            file = handover.files.get()
            if file.state == "waiting":
                imports.was_read(actor, file=file, reading=read(text), notes=[])
            return handover.files.select_related("version", "handover__job").get()

    return hand_over


@pytest.fixture
def mailed(db):
    """A mail that went a while ago."""

    def send(ago=LONG_AGO):
        return Mail.objects.create(
            kind="letter",
            address="somebody@example.org",
            subject="It waits",
            text="It waits.",
            state="sent",
            ended_at=now() - ago,
        )

    return send


@pytest.fixture
def held(cast):
    """Something put on hold by one of the cast."""

    def put(who="maud", **what):
        with cast.acting(who) as actor:
            return services.hold(
                actor,
                **{
                    "ground": "litigation",
                    "reason": "The claim of the shop",
                    "review_on": today() + LATER,
                }
                | what,
            )

    return put


@pytest.fixture
def approved(cast):
    """What is listed is approved by the manager; returns the run and its job, not yet done."""

    def approve(run=None):
        run = run or services.propose()
        with cast.acting("maud") as maud:
            run = services.approve(maud, run=run)
            assert run.job
            return run

    return approve


@pytest.fixture
def carried_out(cast, approved):
    def carry_out(run=None):
        run = approved(run)
        app.tasks["retention.carry_out"](**run.job.arguments)
        with cast.acting("maud"):
            run.refresh_from_db()
        return run

    return carry_out


@pytest.fixture
def at_once(monkeypatch):
    monkeypatch.setattr(views, "enqueue", lambda job: app.tasks[job.task](**job.arguments))


@pytest.fixture
def behind_the_wall(db):
    """Rows as they are, whoever may see them."""

    class Rows:
        def there(self, model, **what):
            with everything_open():
                return model.objects.filter(**what).exists()

        def states(self, run):
            with everything_open():
                lines = RunLine.objects.filter(run=run)
                return {line.reference: line.state for line in lines}

    yield Rows()
    open_to(())


def has_bytes(file):
    return default_storage.exists(place(file.version.sha256))
