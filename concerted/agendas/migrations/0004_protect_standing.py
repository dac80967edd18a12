"""Standing items stand behind the wall like all that is of a body."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("agendas", "0003_standing_item"), ("access", "0002_extensions")]
    operations = [Protect("agendas_standingitem")]
