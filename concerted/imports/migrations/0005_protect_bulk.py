"""The tables of the queue and of accepting together stand behind the wall too."""

from django.db import migrations

from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("imports", "0004_bulk"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "imports_readmeeting",
            "imports_batch",
            "imports_batchline",
        ),
    ]
