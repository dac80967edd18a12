"""Every table of this package stands behind the wall."""

from pathlib import Path

from django.db import migrations

from concerted.access.protection import Protect

STANDING = (Path(__file__).parent / "standing.sql").read_text()


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "people_area",
            "people_areapart",
            "people_areaversion",
            "people_body",
            "people_bodykind",
            "people_bodylink",
            "people_district",
            "people_organisation",
            "people_organisationstanding",
            "people_partnership",
            "people_person",
            "people_post",
            "people_seat",
        ),
        migrations.RunSQL(STANDING, "DROP FUNCTION people_standing(bigint, date)"),
    ]
