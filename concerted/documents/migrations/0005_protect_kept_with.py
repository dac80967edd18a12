"""Which record a hidden file is kept with stands behind the wall."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_kept_with"), ("access", "0002_extensions")]
    operations = [Protect("documents_keptwith")]
