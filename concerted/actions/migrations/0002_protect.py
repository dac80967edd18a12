"""Every table of this package stands behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("actions", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "actions_action",
            "actions_owner",
            "actions_update",
        ),
    ]
