"""What was agreed and what was said of it stay as they were; taking back only marks an update."""

from django.db import migrations

from concerted.access.on_record import OnRecord

TAKEN_BACK = """
CREATE TRIGGER on_record_taken_back BEFORE UPDATE ON actions_update
FOR EACH ROW WHEN (
    OLD.taken_back_at IS NOT NULL AND OLD.taken_back_at IS DISTINCT FROM NEW.taken_back_at
) EXECUTE FUNCTION on_record_refuse()
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0003_update_source")]
    operations = [
        OnRecord(
            "actions_action",
            [
                *(
                    "key",
                    "body_id",
                    "text",
                    "source_kind",
                    "source_id",
                    "source_label",
                    "source_route",
                ),
                *("source_key", "how", "agreed_on", "due_text", "owner_text", "all_seats"),
                "created_at",
            ],
        ),
        OnRecord(
            "actions_update",
            [
                *("key", "action_id", "said", "at", "note", "due_before", "due_after"),
                *("source_label", "source_route", "source_key"),
            ],
        ),
        migrations.RunSQL(TAKEN_BACK, "DROP TRIGGER on_record_taken_back ON actions_update"),
    ]
