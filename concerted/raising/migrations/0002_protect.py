"""What was put forward stands behind the wall; an answer and a ruling are never altered.

Who asked, answered or ruled may be found to be one person with another record of theirs.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect

ANSWERED = "OLD.state IN ('next', 'refused', 'withdrawn') OR OLD.urgent AND OLD.state = 'taken'"


class Migration(migrations.Migration):
    dependencies = [("raising", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("raising_itemrequest"),
        Protect("raising_ruling"),
        OnRecord(
            "raising_itemrequest",
            [
                *("key", "body_id", "meeting_id", "urgent", "title", "kind", "minutes_wanted"),
                *("why", "why_urgent", "raised_by", "at", "state", "because", "answered_at"),
                *("item_key", "follows_id", "version"),
            ],
            since=ANSWERED,
        ),
        OnRecord(
            "raising_ruling",
            ["key", "item_id", "request_id", "raised_by", "why_urgent", "because", "at"],
        ),
    ]
