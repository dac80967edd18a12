"""Every table of this package stands behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "meetings_attendance",
            "meetings_decision",
            "meetings_item",
            "meetings_limb",
            "meetings_meeting",
            "meetings_passage",
        ),
    ]
