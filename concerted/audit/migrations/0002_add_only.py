"""The trail is added to and never changed: the database itself refuses."""

from django.db import migrations

TABLES = ("audit_line", "audit_seal", "audit_sealedline")

FUNCTION = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The trail is added to and never changed.';
END $$
"""


def triggers(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER add_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
        f"CREATE TRIGGER keep_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    ]


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION audit_refuse()"),
        *[
            migrations.RunSQL(
                triggers(table),
                [f"DROP TRIGGER add_only ON {table}", f"DROP TRIGGER keep_all ON {table}"],
            )
            for table in TABLES
        ],
    ]
