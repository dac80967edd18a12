"""What was put to a meeting and what was taken back stand behind the wall, and stay as they are.

Papers that are on record already were published when they came there.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("papers", "0006_versions_and_puts")]
    operations = [
        migrations.RunSQL(
            [
                # The wall keeps the owner of a table out as well.
                "ALTER TABLE papers_paper NO FORCE ROW LEVEL SECURITY",
                "UPDATE papers_paper SET published_at = accepted_at",
                "ALTER TABLE papers_paper FORCE ROW LEVEL SECURITY",
            ],
            migrations.RunSQL.noop,
        ),
        Protect("papers_put", "papers_withdrawal"),
        OnRecord("papers_put", ["key", "presentation_id", "position", "ref", "text", "of_id"]),
        OnRecord("papers_withdrawal", ["key", "paper_id", "because", "at"]),
    ]
