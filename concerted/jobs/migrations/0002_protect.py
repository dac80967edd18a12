"""Every table of this package stands behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "jobs_job",
        ),
    ]
