"""Each appendix can be named in an address; those on record get a random key from the database.

The wall hides their rows from a migration, but not from a column's default.
"""

from django.db import migrations

import concerted.access.models


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_protect")]

    operations = [
        migrations.RunSQL(
            [
                "ALTER TABLE papers_appendix ADD COLUMN key varchar(16) NOT NULL "
                "DEFAULT substr(replace(gen_random_uuid()::text, '-', ''), 1, 14)",
                "ALTER TABLE papers_appendix ALTER COLUMN key DROP DEFAULT",
                "ALTER TABLE papers_appendix ADD CONSTRAINT papers_appendix_key_uniq UNIQUE (key)",
                "CREATE INDEX papers_appendix_key_like ON papers_appendix "
                "(key varchar_pattern_ops)",
            ],
            ["ALTER TABLE papers_appendix DROP COLUMN key"],
            state_operations=[
                migrations.AddField(
                    model_name="appendix",
                    name="key",
                    field=concerted.access.models.KeyField(),
                )
            ],
        )
    ]
