"""concerted directory: the directories through which organisations' people sign in."""

import sys
from typing import NoReturn

import click

from concerted.cli.serve import database_running


@click.group()
def directory() -> None:
    """Directories of councils and forces, for signing in through them."""


@directory.command()
@click.argument("name")
@click.option("--label", required=True, help="What the button on the sign-in page says.")
@click.option("--issuer", required=True, help="The directory's own address, as it publishes it.")
@click.option("--client-id", required=True, help="How the directory knows this site.")
@click.option("--organisation", required=True, help="The name of the organisation it belongs to.")
@click.option("--as", "email", required=True, help="The account of somebody who may change it.")
@click.option("--asks-second-factor", is_flag=True, help="Its word on a second factor counts.")
@click.option("--acr", default="", help="What it says in acr then, if it says no amr=mfa.")
def add(
    name: str,
    label: str,
    issuer: str,
    client_id: str,
    organisation: str,
    email: str,
    asks_second_factor: bool,
    acr: str,
) -> None:
    """Let the people of one organisation sign in through a directory. NAME is a short word.

    Its secret comes from CONCERTED_DIRECTORY_SECRETS, as a line NAME=secret.
    """
    with database_running():
        from concerted.access import directories  # noqa: PLC0415 - after Django is set up
        from concerted.access.models import Account  # noqa: PLC0415
        from concerted.access.roles import Permission  # noqa: PLC0415
        from concerted.kernel.verdict import NotAllowed  # noqa: PLC0415
        from concerted.people.public import (  # noqa: PLC0415
            acting_as,
            organisations_visible_to,
        )

        account = Account.objects.filter(email=email.lower()).first()
        if account is None:
            _stop(f"There is no account {email}.")
        with acting_as(account) as actor:
            if not actor.holds(Permission.ORGANISATION_CHANGE):
                _stop(f"{email} may not change organisations.")
            found = organisations_visible_to(actor).filter(name=organisation).first()
            if found is None:
                _stop(f"There is no organisation “{organisation}”.")
            try:
                directories.add_directory(
                    name=name,
                    label=label,
                    issuer=issuer,
                    client_id=client_id,
                    organisation_id=found.pk,
                    asks_second_factor=asks_second_factor,
                    second_factor_acr=acr,
                )
            except NotAllowed as refused:
                _stop(str(refused))
        click.echo(f"Added. Set {name}=… in CONCERTED_DIRECTORY_SECRETS, then start anew.")


def _stop(why: str) -> NoReturn:
    click.echo(why, err=True)
    sys.exit(2)
