"""The wall, records that are never altered, and the reasons a partnership begins with."""

import datetime

from django.db import migrations

from concerted.access.protection import Protect
from concerted.kernel.keys import new_key

KEPT = """
CREATE FUNCTION restrictions_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.audience_id := NEW.audience_id;
        IF OLD IS NOT DISTINCT FROM NEW THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'What was said of who may see a thing stays as it was.';
END $$
"""
TRIGGERS = [
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON restrictions_restriction "
    "FOR EACH ROW EXECUTE FUNCTION restrictions_kept()",
    "CREATE TRIGGER kept_all BEFORE TRUNCATE ON restrictions_restriction "
    "FOR EACH STATEMENT EXECUTE FUNCTION restrictions_kept()",
]
SINCE = datetime.date(2006, 3, 1)  # The Local Government (Access to Information) Order 2006
ACT = "Local Government Act 1972, Schedule 12A, Part 1, paragraph {}"
OWN = "The partnership’s own list"
GROUNDS = (
    (ACT.format(1), "It is about a particular person", SINCE),
    (ACT.format(2), "It could show who a particular person is", SINCE),
    (ACT.format(3), "It is about somebody’s money or business", SINCE),
    (ACT.format(4), "It is about talks with staff or their unions", SINCE),
    (ACT.format(5), "It is advice between a lawyer and a client", SINCE),
    (ACT.format(6), "It is about an order or a notice that is still to be given", SINCE),
    (ACT.format(7), "It is about preventing, investigating or prosecuting crime", SINCE),
    (OWN, "It was shared in confidence under an information sharing agreement", None),
    (OWN, "Showing it could put a person or a place in danger", None),
)


def begin(apps, editor):
    ground = apps.get_model("restrictions", "Ground")
    ground.objects.bulk_create(
        ground(key=new_key(), source=source, words=words, starts=starts, position=place)
        for place, (source, words, starts) in enumerate(GROUNDS)
    )


class Migration(migrations.Migration):
    dependencies = [("restrictions", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("restrictions_closure", "restrictions_restriction"),
        migrations.RunSQL(KEPT, "DROP FUNCTION restrictions_kept()"),
        migrations.RunSQL(
            TRIGGERS,
            [
                "DROP TRIGGER kept ON restrictions_restriction",
                "DROP TRIGGER kept_all ON restrictions_restriction",
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
