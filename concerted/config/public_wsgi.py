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


def _wires() -> Wires:
    """Connections to the edition, as the settings name it."""
    given = connections["edition"].get_connection_params()
    names = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert")
    return Wires(**{name: given[name] for name in names if given.get(name)}, connect_timeout=5)


application = Door(Shelf(_wires()), hosts=settings.ALLOWED_HOSTS, production=settings.PRODUCTION)
get_template("public_door/search.html")  # loaded before the first visitor
settle()
