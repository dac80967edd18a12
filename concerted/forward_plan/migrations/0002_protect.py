"""Entries stand behind the wall; what became of one is never altered.

Who said so may be found to be one person with another record of theirs, so that is not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("forward_plan", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("forward_plan_entry"),
        OnRecord(
            "forward_plan_entry",
            [
                *("key", "body_id", "topic", "asked", "driver", "comes_from", "decision_id"),
                *("cycle", "every_meetings", "due_month", "meeting_id", "item_key", "state"),
                *("because", "ended_at", "follows_id", "version", "added_at"),
            ],
            since="OLD.state <> 'open'",
        ),
    ]
