"""The wall, and choices that are never altered."""

from django.db import migrations

from concerted.access.protection import Protect

KEPT = """
CREATE FUNCTION erasure_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'erasure_choice' THEN
        OLD.audience_id := NEW.audience_id;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'What was decided of an erasure, and carried out, stays as it was.';
END $$
"""
TABLES = ("erasure_choice", "erasure_entry")
TRIGGERS = [
    statement
    for table in TABLES
    for statement in (
        f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION erasure_kept()",
        f"CREATE TRIGGER kept_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION erasure_kept()",
    )
]


class Migration(migrations.Migration):
    dependencies = [("erasure", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("erasure_choice", "erasure_erasure", "erasure_line"),
        migrations.RunSQL(KEPT, "DROP FUNCTION erasure_kept()"),
        migrations.RunSQL(
            TRIGGERS,
            [
                f"DROP TRIGGER {name} ON {table}"
                for table in TABLES
                for name in ("kept", "kept_all")
            ],
        ),
    ]
