"""The wall round what was put aside, and that it stays as it was said."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("interests", "0003_dismissals")]
    operations = [
        Protect("interests_dismissal"),
        OnRecord(
            "interests_dismissal",
            ["key", "item_key", "entry_id", "reason", "at"],
            deleted=False,
        ),
    ]
