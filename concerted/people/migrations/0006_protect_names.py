"""Names within the papers of a body stand behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("people", "0005_names_within")]
    operations = [Protect("people_namewithin")]
