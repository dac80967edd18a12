"""Minutes stand behind the wall from their first word; steps and corrections are never altered.

Who took a step may be found to be one person with another record of theirs, so that is not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("minuting", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            *("minuting_minutes", "minuting_attender", "minuting_draft", "minuting_recorded"),
            *("minuting_step", "minuting_correction"),
        ),
        OnRecord("minuting_step", ["minutes_id", "taken", "at", "words"]),
        OnRecord(
            "minuting_correction", ["key", "item_id", "before", "after", "agreed_at_id", "at"]
        ),
    ]
