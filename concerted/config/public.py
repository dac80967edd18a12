"""Settings of the public door: the edition's database, as the role that reads, and nothing else.

No sessions, no accounts, no secret, no package of the members' side, no address of their database.
"""

from typing import Any

from concerted.config.env import database, load_door
from concerted.postgres import Cluster

ENV = load_door()
PRODUCTION = ENV.production
DEBUG = False
DEMONSTRATION = ENV.demonstration
ALLOWED_HOSTS = [host.strip() for host in ENV.public_hosts.split(",")]
PUBLIC_ADDRESS = (ENV.public_address or f"http://localhost:{ENV.public_port}").rstrip("/")

# Without an address, the PostgreSQL that `concerted serve` runs in the same folder.
CLUSTER = None if ENV.edition_door_url else Cluster(ENV.home.resolve() / "postgres")
EDITION_DATABASE, EDITION_DOOR_ROLE = "concerted_edition", "concerted_edition_door"


def _own() -> dict[str, Any]:
    assert CLUSTER  # noqa: S101
    dsn = CLUSTER.dsn(EDITION_DATABASE, EDITION_DOOR_ROLE)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": dsn["dbname"],
        "USER": dsn["user"],
        "HOST": str(dsn["host"]),
        "PORT": str(dsn["port"]),
    }


DATABASES: dict[str, dict[str, Any]] = {
    "default": {},
    "edition": database(ENV.edition_door_url) if ENV.edition_door_url else _own(),
}
DATABASE_ROUTERS = ["concerted.public_door.router.EditionRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = ["concerted.ui", "concerted.public_door"]
MIDDLEWARE: list[str] = []
WSGI_APPLICATION = "concerted.config.public_wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "concerted.ui.backend.Templates",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "concerted.ui.jinja.environment"},
    },
]
STATIC_URL = "/static/"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "concerted.config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
