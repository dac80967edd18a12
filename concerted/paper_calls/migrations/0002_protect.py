"""Calls and comments stand behind the wall; what came and what was said of it is never altered.

Who it was may be found to be one person with another record of theirs, so that is not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("paper_calls", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "paper_calls_call",
            "paper_calls_comment",
            "paper_calls_commentcall",
            "paper_calls_delivery",
        ),
        OnRecord(
            "paper_calls_delivery",
            ["key", "call_id", "number", "note", "received_at"],
        ),
        OnRecord(
            "paper_calls_comment",
            ["key", "call_id", "text", "whose", "source", "came_on", "entered_at"],
        ),
    ]
