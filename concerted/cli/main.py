"""The command `concerted` and its parts."""

import os
import sys

import click
from django.db import OperationalError

from concerted.cli.audit import audit
from concerted.cli.crime import crime
from concerted.cli.database import database
from concerted.cli.directories import directory
from concerted.cli.edition import edition
from concerted.cli.erasures import erasures
from concerted.cli.minutes import minutes
from concerted.cli.papers import papers
from concerted.cli.search import search
from concerted.cli.serve import demo, public, serve, worker
from concerted.config.env import BadEnvironment
from concerted.postgres import PostgresError


@click.group()
def concerted() -> None:
    """Concerted runs a Community Safety Partnership."""


for command in (
    *(serve, demo, public, worker, database, edition, erasures, minutes, papers, audit, directory),
    crime,
    search,
):
    concerted.add_command(command)


def main() -> None:
    """Run a command; a fault that a person can mend is one sentence, and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")  # noqa: TID251
    try:
        concerted()
    except (BadEnvironment, PostgresError) as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    except OperationalError:
        click.echo(
            "The database does not answer. Is its server running, and is DATABASE_URL right?",
            err=True,
        )
        sys.exit(2)
