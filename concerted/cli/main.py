"""The command `concerted` and its parts."""

import os

import click


@click.group()
def main() -> None:
    """Concerted runs a Community Safety Partnership."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.settings")  # noqa: TID251
