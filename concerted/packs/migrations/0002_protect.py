"""All of it stands behind the wall; a part is never altered once it is built.

It may be built again: then the part before says when, and its files go. Who built it may be found
to be one person with another record of theirs, so that is not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("packs", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect("packs_pack", "packs_print", "packs_look", "packs_note"),
        OnRecord(
            "packs_pack",
            [
                *("key", "meeting_id", "number", "first", "last", "marks", "pages", "stands"),
                *("standing", "at"),
            ],
        ),
    ]
