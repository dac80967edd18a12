"""Anchors are added to and never changed, like the trail that they stand for."""

from django.db import migrations

TABLE = "audit_anchor"


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_anchors")]
    operations = [
        migrations.RunSQL(
            [
                f"CREATE TRIGGER add_only BEFORE UPDATE OR DELETE ON {TABLE} "
                "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
                f"CREATE TRIGGER keep_all BEFORE TRUNCATE ON {TABLE} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
            ],
            [f"DROP TRIGGER add_only ON {TABLE}", f"DROP TRIGGER keep_all ON {TABLE}"],
        ),
    ]
