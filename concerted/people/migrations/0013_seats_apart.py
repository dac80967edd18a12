"""A seat that is kept back by itself says so, and so does a body that was hidden from its first
day: what is hidden later, and opened again, does not change either."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0012_invitation_directory")]
    operations = [
        migrations.AddField("seat", "apart", models.BooleanField(default=False)),
        migrations.AddField("body", "private", models.BooleanField(default=False)),
        migrations.RunSQL(
            [
                # The wall keeps the owner of a table out as well.
                "ALTER TABLE people_seat NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE people_body NO FORCE ROW LEVEL SECURITY",
                "UPDATE people_seat s SET apart = true FROM people_body b WHERE b.id = s.body_id"
                " AND s.audience_id = b.papers_audience_id AND b.audience_id <> s.audience_id",
                "UPDATE people_body SET private = true WHERE audience_id = papers_audience_id",
                "ALTER TABLE people_body FORCE ROW LEVEL SECURITY",
                "ALTER TABLE people_seat FORCE ROW LEVEL SECURITY",
            ],
            migrations.RunSQL.noop,
        ),
    ]
