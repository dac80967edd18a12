"""The tables of the public edition stand in its database and nowhere else; all others never."""

from typing import Any

from django.db.models import Model

ALIAS, OWNER = "edition", "edition_owner"
APP = "public_door"


class EditionRouter:
    """Sends the models of this package to the edition's database."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """The alias to read from; None where this router has no say."""
        return ALIAS if model._meta.app_label == APP else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """The alias to write to."""
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Whether tables of an app may be made in a database."""
        return (db in (ALIAS, OWNER)) == (app_label == APP)
