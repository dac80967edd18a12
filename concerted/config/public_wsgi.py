"""The public door as a WSGI application, in a process of its own."""

import os

import django
from django.conf import settings
from django.db import connections
from django.template.loader import get_template

from concerted.config.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.config.public")  # noqa: TID251
django.setup()

from concerted.public_door.door import Door  # noqa: E402 - its templates need the settings
from concerted.public_door.shelf import Shelf, Wires  # noqa: E402

PATIENCE = 3  # seconds until a search that costs too much is given up


def _wires() -> Wires:
    """Connections that can only read, and give up what takes too long."""
    given = connections["edition"].get_connection_params()
    names = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")
    limits = f"-c default_transaction_read_only=on -c statement_timeout={PATIENCE}s"
    return Wires(
        **{name: given[name] for name in names if given.get(name)},
        options=limits,
        connect_timeout=5,
        application_name="concerted public",
    )


application = Door(Shelf(_wires()), hosts=settings.ALLOWED_HOSTS, production=settings.PRODUCTION)
get_template("public_door/search.html")  # loaded before the first visitor
settle()
