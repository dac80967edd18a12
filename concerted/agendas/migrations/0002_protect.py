"""Issues and their lines stand behind the wall; what was published is never altered.

Who approved and published may be found to be one person with another record of theirs, so those
two columns are not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("agendas", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("agendas_issue", "agendas_line"),
        OnRecord(
            "agendas_issue",
            [
                *("key", "meeting_id", "number", "state", "version", "begun_at"),
                *("approved_at", "published_at"),
            ],
            since="OLD.state = 'published'",
        ),
        OnRecord(
            "agendas_line",
            [
                *("issue_id", "position", "item_key", "change", "number", "title", "kind"),
                *("part", "presenter", "minutes_allowed"),
            ],
        ),
    ]
