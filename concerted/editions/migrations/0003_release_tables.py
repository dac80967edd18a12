"""Figures go out as tables; once a release was asked for they are never changed either."""

from django.db import migrations, models

KEEP = """
CREATE OR REPLACE FUNCTION editions_keep_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.frozen <> '' AND (NEW.frozen, NEW.sha256{new})
       IS DISTINCT FROM (OLD.frozen, OLD.sha256{old}) THEN
        RAISE EXCEPTION 'What was asked to be released is never changed';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_protect")]
    operations = [
        migrations.AddField(
            model_name="release",
            name="tables",
            field=models.JSONField(default=list),
        ),
        migrations.RunSQL(
            KEEP.format(new=", NEW.tables", old=", OLD.tables"), KEEP.format(new="", old="")
        ),
    ]
