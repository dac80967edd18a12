"""After a restore nothing comes back, and nothing is served before that is so."""

import os

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connections

from concerted.access.models import Account
from concerted.cli import main as cli
from concerted.cli import serve
from concerted.erasure import ledger as ledgers
from concerted.erasure import queries, services, tasks
from concerted.erasure.models import Entry
from concerted.erasure.policies import Wanted
from concerted.erasure.replaying import NOT_PREPARED, REPLAY_FIRST
from concerted.erasure.states import Chosen, Way
from concerted.erasure.tests.conftest import EVERYTHING, RECORD
from concerted.imports import commands
from concerted.imports.models import File
from concerted.kernel.clock import today
from concerted.people.models import Appointment, Person
from concerted.people.seating import end_appointment
from concerted.subject_access import services as requests
from concerted.subject_access import tasks as drafting
from concerted.subject_access.models import AccessRequest, Draft
from concerted.subject_access.policies import Wanted as Step
from concerted.subject_access.states import Shown, StepKind
from tests import cast as casts
from tests import databases
from tests.world import MINUTES

pytestmark = pytest.mark.slow


@pytest.fixture
def town(django_db_setup, django_db_blocker, worker_id):
    """The cast in a database of its own, of which copies can be made and put back."""
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"erasure_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            made = casts.build()
            made.database = name
            yield made
        with databases.superuser() as connection:
            databases.drop(connection, f"{name}_dump")
        databases.point_at(before)


def dump(town):
    """A copy of the database as it stands."""
    connections.close_all()
    databases.clone(town.database, f"{town.database}_dump")


def restore(town):
    """The copy in the place of the database."""
    connections.close_all()
    databases.clone(f"{town.database}_dump", town.database)


def carry_out(town):
    """Tobias's record, and a file that names him, are erased as their two handlers decide."""
    with town.acting("maud") as maud:
        request = requests.register(
            maud,
            person=town.people["tobias"],
            name="",
            spellings=[],
            asked_on=today(),
            erase=EVERYTHING,
        )
        known = Step(StepKind.IDENTITY, today(), shown=Shown.KNOWN)
        requests.note(maud, request=request, wanted=known)
        draft = requests.begin_draft(maud, request=request)
    drafting.draft(draft_key=draft.key, account_id=town.accounts["maud"].pk)
    with town.acting("maud") as maud:
        services.keep_record(maud, request=request, wanted=RECORD)
        for one in queries.found_of(maud, Draft.objects.get(pk=draft.pk)):
            if one.way not in (Way.RECORD, Way.LINK, Way.PERSON):
                services.choose(maud, finding=one.finding, wanted=Wanted(Chosen.ERASE))
        services.propose(maud, request=request)
    with town.acting("owen") as owen:
        erasure = services.approve(owen, request=request)
    tasks.carry_out(**erasure.job.arguments)


def facts(town):
    with town.acting("maud"):
        return (
            Person.objects.get(pk=town.people["tobias"].pk).name,
            Account.objects.get(pk=town.accounts["tobias"].pk).email.endswith("@removed.invalid"),
            File.objects.count(),
        )


BEFORE = ("Tobias Wren", False, 1)
AFTER = ("Name removed", True, 0)


@pytest.fixture
def erased(town):
    """Dumped, erased, and restored: what was erased is back."""
    commands.import_files("maud@example.org", [("a.txt", MINUTES.format(body="FAB").encode())])
    with town.acting("maud") as maud:
        for one in Appointment.objects.filter(person=town.people["tobias"]):
            end_appointment(maud, appointment=one, at_once=True)
    dump(town)
    carry_out(town)
    assert facts(town) == AFTER
    restore(town)
    assert facts(town) == BEFORE
    return town


def run(*arguments):
    return CliRunner().invoke(cli.concerted, ["erasures", *arguments])


def test_what_was_erased_is_erased_again_and_only_then_is_anything_served(erased):
    assert serve.erased_here() == REPLAY_FIRST
    refused = CliRunner().invoke(serve.worker)
    assert (refused.exit_code, refused.stderr.strip()) == (2, REPLAY_FIRST)
    assert run("check").exit_code == 1

    done = run("replay")

    assert (done.exit_code, done.stderr) == (0, "")
    steps = len(ledgers.read(settings.ERASURE_LEDGER))
    assert done.stdout == f"Steps of erasures carried out again: {steps}.\n"
    assert facts(erased) == AFTER
    assert serve.erased_here() == ""
    assert Entry.objects.count() == steps
    with erased.acting("maud"):
        assert AccessRequest.objects.count() == 0  # it was registered after the dump
    assert run("replay").stdout == "Steps of erasures carried out again: 0.\n"
    assert run("check").stdout == "The ledger of erasures and this database say the same.\n"


def test_serving_is_refused_with_a_sentence(erased, capsys):
    with pytest.raises(SystemExit) as ended:
        serve.run(0, 1)

    assert ended.value.code == 2
    assert REPLAY_FIRST in capsys.readouterr().err


def test_a_row_that_has_the_number_by_now_is_another_and_stays(erased):
    """The key differs: something new was made after the restore, by a command."""
    with erased.acting("maud"):
        Person.objects.filter(pk=erased.people["tobias"].pk).update(key="bcdfghjkmnpqrs")

    run("replay")

    assert facts(erased)[0] == "Tobias Wren"


def test_a_changed_ledger_is_not_believed(erased):
    path = settings.ERASURE_LEDGER
    path.write_text(path.read_text().replace('"number": 1', '"number": 7', 1))

    for done in (run("replay"), run("check")):
        assert done.exit_code in (1, 2)
        assert "Line 1 of the ledger of erasures is not as it was written" in done.stderr
    assert facts(erased) == BEFORE


def test_a_lost_ledger_is_said(town):
    with town.acting("maud") as maud:
        for one in Appointment.objects.filter(person=town.people["tobias"]):
            end_appointment(maud, appointment=one, at_once=True)
    carry_out(town)
    settings.ERASURE_LEDGER.unlink()

    done = run("check")

    assert done.exit_code == 1
    assert "lacks 2 steps that this database has carried out" in done.stderr
    assert serve.erased_here() == ""


def test_a_database_without_the_table_is_to_be_prepared_first(town):
    ledgers.append(settings.ERASURE_LEDGER, at="2026-06-16", what={"erasure": "bcd"})
    with databases.superuser(town.database) as connection:
        connection.execute("DROP TABLE erasure_entry")

    done = run("replay")

    assert (done.exit_code, done.stderr.strip()) == (2, NOT_PREPARED)
