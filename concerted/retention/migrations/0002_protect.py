"""The wall, and records that are never altered."""

from django.db import migrations

from concerted.access.protection import Protect

FUNCTION = """
CREATE FUNCTION retention_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.audience_id := NEW.audience_id;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'What was decided about keeping stays as it was.';
END $$
"""
TABLES = ("retention_period", "retention_hold", "retention_lift")


def triggers(table):
    return [
        f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION retention_kept()",
        f"CREATE TRIGGER kept_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION retention_kept()",
    ]


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "retention_hold",
            "retention_lift",
            "retention_period",
            "retention_run",
            "retention_runline",
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION retention_kept()"),
        *[
            migrations.RunSQL(
                triggers(table),
                [f"DROP TRIGGER kept ON {table}", f"DROP TRIGGER kept_all ON {table}"],
            )
            for table in TABLES
        ],
    ]
