"""The wall, and what is on record: what was sent to a body, or not and why, is not altered."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("notifying", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("notifying_letter", "notifying_news"),
        # With its time they go.
        OnRecord(
            "notifying_letter",
            [
                "key",
                "body_id",
                "organisation_id",
                "constant",
                "opening",
                "state",
                "made_at",
                "ended_at",
                "reason",
            ],
            since="OLD.state <> 'waiting'",
            deleted=False,
        ),
    ]
