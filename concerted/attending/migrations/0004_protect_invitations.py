"""Invitations stand behind the wall and are never altered; they go when their time is past."""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("attending", "0003_invitations"), ("access", "0002_extensions")]
    operations = [
        Protect("attending_invitation", "attending_invited"),
        OnRecord(
            "attending_invitation",
            ["key", "meeting_id", "method", "sequence", "standing", "sent_at"],
            deleted=False,
        ),
        OnRecord("attending_invited", ["key", "invitation_id"], deleted=False),
    ]
