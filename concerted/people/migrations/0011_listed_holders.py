"""A post on an audience can be bound to who holds it, and some roles read nothing by their post.

The function that says who somebody is today is changed in two places only, whatever else it says
by now; the migration stops if it does not find them.
"""

import django.db.models.deletion
from django.db import migrations, models

CHANGES = (
    (
        "m.post_id IN (SELECT id FROM posts)",
        "(m.post_id IN (SELECT id FROM posts) AND coalesce(m.holder_id, who.id) = who.id)",
    ),
    # A data protection officer or an administrator reads nothing because their organisation may.
    (
        "m.organisation_id IN (SELECT id FROM organisations)",
        "m.organisation_id IN (SELECT organisation_id FROM posts"
        " WHERE support NOT IN ('auditor', 'administrator')"
        " UNION SELECT holder_id FROM seats WHERE holder_id IS NOT NULL)",
    ),
)


def change(apps, editor, *, back=False):
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('people_standing(bigint, date)'::regprocedure)")
        [text] = cursor.fetchone()
        for pair in CHANGES:
            old, new = reversed(pair) if back else pair
            if text.count(old) != 1:
                raise RuntimeError(f"people_standing does not say once: {old}")
            text = text.replace(old, new)
        cursor.execute(text.replace("%", "%%"), [])


def change_back(apps, editor):
    change(apps, editor, back=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0010_ending")]

    operations = [
        migrations.AddField(
            model_name="audiencemember",
            name="holder",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddConstraint(
            model_name="audiencemember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("holder__isnull", True), ("post__isnull", False), _connector="OR"
                ),
                name="people_audiencemember_holder_of_no_post",
            ),
        ),
        migrations.RunPython(change, change_back),
    ]
