"""A version of a file is what was received: other bytes are a new version."""

from django.db import migrations

from concerted.access.on_record import OnRecord


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_protect_kept_with")]
    operations = [
        OnRecord(
            "documents_version",
            ["key", "document_id", "number", "sha256", "size", "received_at"],
            deleted=False,
        ),
    ]
