"""What PostgreSQL itself does for us: ranges in constraints, accents and near-misses in names."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        UnaccentExtension(),
        # unaccent() is only STABLE, since its dictionary may change; ours does not.
        migrations.RunSQL(
            "CREATE FUNCTION sort_name(words text) RETURNS text LANGUAGE sql IMMUTABLE "
            "PARALLEL SAFE RETURN lower(public.unaccent('public.unaccent'::regdictionary, words))",
            "DROP FUNCTION sort_name(text)",
        ),
        migrations.RunSQL(
            "INSERT INTO access_audience (kind) VALUES ('everyone')", migrations.RunSQL.noop
        ),
    ]
