"""Names learned from papers stand behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("people", "0007_other_names")]
    operations = [Protect("people_othername")]
