"""What was shown to the public is on record for good: nothing that was read can be called back."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("crime_reports", "0003_shown"), ("access", "0002_extensions")]
    operations = [
        Protect("crime_reports_shown"),
        OnRecord("crime_reports_shown", ["key", "report_id", "release_key", "cells", "at"]),
    ]
