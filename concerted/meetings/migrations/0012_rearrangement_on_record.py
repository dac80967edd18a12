"""That a meeting was moved or cancelled stands behind the wall, and is never altered."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("meetings", "0011_rearrangement")]
    operations = [
        Protect("meetings_rearrangement"),
        OnRecord(
            "meetings_rearrangement",
            ["key", "meeting_id", "did", "was_on", "was_at", "was_venue", "reason", "at"],
        ),
    ]
