"""Templates stand behind the wall, and none is altered."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("word_files", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("word_files_template"),
        OnRecord("word_files_template", ["key", "name", "docx", "kept_by_id", "kept_at"]),
    ]
