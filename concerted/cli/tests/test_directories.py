"""concerted directory add: what it makes, and the sentences where it makes nothing."""

import pytest
from click.testing import CliRunner, Result

from concerted.access.models import Directory
from concerted.cli import main as cli

GIVEN = {
    "--label": "Wyleshire Police",
    "--issuer": "https://login.example.org",
    "--client-id": "concerted",
    "--organisation": "Wyleshire Police",
    "--as": "maud@example.org",
}


def add(**changes: str) -> Result:
    given = GIVEN | {f"--{name.strip('_')}": value for name, value in changes.items()}
    options = [one for pair in given.items() for one in pair]
    return CliRunner().invoke(cli.concerted, ["directory", "add", "wyleshire", *options])


def test_a_directory_belongs_to_one_organisation(cast):
    done = add()

    assert done.exit_code == 0, done.output
    assert "wyleshire=" in done.output
    made = Directory.objects.get()
    assert made.organisation_id == cast.organisations["police"].pk
    assert not made.asks_second_factor


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"as_": "nobody@example.org"}, "There is no account nobody@example.org."),
        ({"as_": "tobias@example.org"}, "tobias@example.org may not change organisations."),
        ({"organisation": "Elsewhere"}, "There is no organisation “Elsewhere”."),
        ({"issuer": "http://login.example.org"}, "begins with https"),
    ],
)
def test_otherwise_nothing_is_made_and_a_sentence_says_why(cast, changes, why):
    done = add(**changes)

    assert done.exit_code == 2
    assert why in done.output
    assert not Directory.objects.exists()
