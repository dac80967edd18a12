"""Invitations stand behind the wall; what is ended at once, or stopped, opens nothing."""

from pathlib import Path

from django.db import migrations

from concerted.access.protection import Protect

HERE = Path(__file__).parent
ENDING = (HERE / "standing_ends.sql").read_text()
BEFORE = (HERE / "standing.sql").read_text().partition("CREATE POLICY")[0]
UNDO = "DROP FUNCTION people_whom_to_ask(); DROP FUNCTION people_accounts(date); " + BEFORE.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_accounts")]
    operations = [
        Protect("people_invitation"),
        migrations.RunSQL(ENDING, UNDO),
    ]
