"""concerted audit: what it says, and with which exit code."""

import datetime
import json

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
from concerted.meetings import services as meetings
from tests import cast
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


# Anchors


def test_an_anchor_is_printed_and_checked_as_text_file_and_standard_input(trail_of_two, tmp_path):
    printed = run("anchor")
    assert printed.exit_code == 0
    file = tmp_path / "anchor.txt"
    file.write_text(f"Keep this mail.\n\n{printed.stdout}")

    piped = CliRunner().invoke(
        cli.concerted, ["audit", "verify", "--anchor", "-"], input=printed.stdout
    )
    for done in (
        run("verify", "--anchor", printed.stdout),
        run("verify", "--anchor", str(file)),
        piped,
    ):
        assert (done.exit_code, done.stderr) == (0, "")
        assert "Everything that the anchor of" in done.stdout


def test_a_cut_tail_ends_with_1_and_says_what_is_missing(trail_of_two):
    printed = run("anchor").stdout
    with superuser(trail_of_two) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in ("line", "sealedline", "seal", "anchor"):
            connection.execute(f"DELETE FROM audit_{table}")

    assert run("verify").exit_code == 0
    done = run("verify", "--anchor", printed)

    assert (done.exit_code, done.stdout) == (1, "")
    assert "The newest 2 of those seals are missing, with 2 lines." in done.stderr


def test_an_anchor_kept_here_is_checked_without_asking(trail_of_two):
    run("anchor")
    with superuser(trail_of_two) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in ("line", "sealedline", "seal"):
            connection.execute(f"DELETE FROM audit_{table}")

    assert "The tail is cut" in run("verify").stderr


def test_a_text_that_is_no_anchor_ends_with_2_and_a_sentence(trail_of_two):
    done = run("verify", "--anchor", "seals: 3")

    assert done.exit_code == 2
    assert "This holds no whole anchor" in done.stderr


# Reach


def test_a_thing_that_is_not_there_ends_with_2_and_a_sentence(trail_of_two):
    done = run("reach", "nosuchkey")

    assert done.exit_code == 2
    assert "No meeting, paper, file or action has the key nosuchkey." in done.stderr


@pytest.fixture
def planned(trail_of_two):
    """A meeting that is planned in a database of its own."""
    people = cast.build()
    with people.acting("dilys") as dilys:
        return meetings.plan(dilys, body=people.bodies["silver"], held_on=today())


def test_the_reach_of_a_meeting_as_text_and_as_json(planned):
    text = run("reach", planned.key)
    told = json.loads(run("reach", planned.key, "--json", "--names").stdout)

    assert text.exit_code == 0
    assert text.stdout.startswith(f"Meeting {planned.key}, ")
    assert "Who could have: meeting" in text.stdout
    assert "Gareth" not in text.stdout
    assert "Gareth Pellow" in told["names"].values()
    assert Line.objects.filter(what="reach.asked", reference=planned.key).count() == 2
