"""Rules and answers stand behind the wall and are never altered; answers go when their time is past.

Who is meant may be found to be one person with another record of theirs, so that is not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("attending", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("attending_rule", "attending_agency", "attending_reply"),
        OnRecord(
            "attending_rule", ["key", "body_id", "starts", "members", "substitutes", "set_at"]
        ),
        OnRecord("attending_agency", ["rule_id", "number"]),
        OnRecord(
            "attending_reply",
            ["key", "meeting_id", "seat_id", "answer", "noted", "at"],
            deleted=False,
        ),
    ]
