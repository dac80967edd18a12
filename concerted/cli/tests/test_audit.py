"""concerted audit: what it says, and with which exit code."""

import datetime

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import connections

from concerted.access.actor import SYSTEM
from concerted.audit import sealing, trail
from concerted.audit.models import Line, Verb
from concerted.cli import main as cli
from concerted.kernel.clock import today
from concerted.kernel.keys import new_key
from tests.databases import superuser

pytestmark = pytest.mark.slow
LONG_AGO = today().year - 9


@pytest.fixture
def trail_of_two(own_database):
    """One sealed line of long ago, and one that is not sealed yet."""
    for at in (datetime.datetime(LONG_AGO, 5, 1, tzinfo=datetime.UTC), None):
        line = trail.line(SYSTEM, "probe.made", kind="probe", reference=new_key(), verb=Verb.ALTER)
        line.at = at or line.at
        line.save()
        if at:
            sealing.seal()
    yield own_database
    connections["owner"].close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.concerted, ["audit", *arguments])


def test_a_whole_trail_is_said_to_be_whole(trail_of_two):
    done = run("verify")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "1 lines are as they were sealed; 1 are not sealed yet.\n"


def test_a_broken_trail_ends_with_1_and_names_the_line(trail_of_two):
    first = Line.objects.earliest("pk").pk
    with superuser(trail_of_two) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE audit_line SET actor = 'other' WHERE id = %s", [first])

    done = run("verify")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"The trail is broken. Line {first} was changed.\n"


def test_a_year_is_dropped(trail_of_two):
    done = run("expire", str(LONG_AGO))

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"1 lines of {LONG_AGO} are dropped; their seals stay.\n"
    assert run("verify").exit_code == 0


def test_a_year_that_is_kept_ends_with_2_and_a_sentence(trail_of_two):
    done = run("expire", str(today().year))

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Lines are kept for 6 whole years" in done.stderr


def test_the_owner_is_needed(trail_of_two, monkeypatch):
    monkeypatch.delitem(settings.DATABASES, "owner")

    done = run("expire", str(LONG_AGO))

    assert done.exit_code == 2
    assert done.stderr == "Set DATABASE_OWNER_URL: only the owner drops lines.\n"
