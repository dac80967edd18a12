"""References stand behind the wall, as all that hangs on an item."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_reference")]
    operations = [Protect("meetings_reference")]
