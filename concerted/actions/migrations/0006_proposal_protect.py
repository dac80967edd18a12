"""The wall around proposals; what an owner said by a link, and what was decided, is on record."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("actions", "0005_proposal")]
    operations = [
        Protect("actions_proposal"),
        OnRecord(
            "actions_proposal",
            ["key", "action_id", "post_id", "link_id", "said", "note", "at"],
            since="OLD.at IS NOT NULL",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER on_record_decided BEFORE UPDATE ON actions_proposal "
            "FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL AND ("
            "OLD.decided_at IS DISTINCT FROM NEW.decided_at "
            "OR OLD.update_id IS DISTINCT FROM NEW.update_id "
            "OR OLD.reason IS DISTINCT FROM NEW.reason)) EXECUTE FUNCTION on_record_refuse()",
            "DROP TRIGGER on_record_decided ON actions_proposal",
        ),
    ]
