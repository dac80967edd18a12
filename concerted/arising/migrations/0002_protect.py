"""All of it stands behind the wall; a table is never altered once it is fixed.

Who fixed it may be found to be one person with another record of theirs, so that is not fixed.
What is raised may be taken back while the office alone has it.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("arising", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "arising_raised", "arising_table", "arising_row", "arising_rowowner", "arising_named"
        ),
        OnRecord(
            "arising_raised", ["key", "meeting_id", "earlier_id", "note", "at"], deleted=False
        ),
        OnRecord(
            "arising_table", ["key", "meeting_id", "occasion", "issue", "since", "as_of", "at"]
        ),
        OnRecord(
            "arising_row",
            [
                *("table_id", "position", "kind", "reference", "action_id", "text", "due"),
                *("change", "said", "slips", "standing"),
            ],
        ),
        OnRecord("arising_rowowner", ["row_id", "name"]),
        OnRecord("arising_named", ["key", "action_id", "meeting_id", "item_key", "slips", "at"]),
    ]
