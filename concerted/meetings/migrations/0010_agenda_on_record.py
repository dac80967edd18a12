"""What an agenda said of an item is fixed with the minutes; whom a presenter was matched to is not."""

from django.db import migrations

COLUMNS = {
    "meetings_meeting": ("OLD.state <> 'planned'", ("length_minutes", "agenda_issue")),
    "meetings_item": (
        "meetings_held(OLD.meeting_id)",
        ("kind", "under", "minutes_allowed", "presenter", "issue", "withdrawn_in"),
    ),
}


def _fix(table: str) -> str:
    since, columns = COLUMNS[table]
    changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)
    return (
        f"CREATE TRIGGER on_record_agenda BEFORE UPDATE ON {table} FOR EACH ROW "
        f"WHEN (({since}) AND ({changed})) EXECUTE FUNCTION on_record_refuse()"
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_agenda")]
    operations = [
        migrations.RunSQL(_fix(table), f"DROP TRIGGER on_record_agenda ON {table}")
        for table in COLUMNS
    ]
