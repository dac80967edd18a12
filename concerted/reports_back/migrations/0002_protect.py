"""All of it stands behind the wall; links, returns, shared words and questions are never altered.

Who said so may be found to be one person with another record of theirs, so that is not fixed.
"""

from django.db import migrations

from concerted.access.on_record import OnRecord
from concerted.access.protection import Protect


class Migration(migrations.Migration):
    dependencies = [("reports_back", "0001_initial"), ("access", "0002_extensions")]
    operations = [
        Protect(
            "reports_back_link",
            "reports_back_return",
            "reports_back_sharing",
            "reports_back_sharedminutes",
            "reports_back_referral",
            "reports_back_asked",
        ),
        OnRecord(
            "reports_back_link",
            [
                *("key", "reporting_id", "receiving_id", "frequency", "every_meetings"),
                *("starts", "added_at"),
            ],
        ),
        OnRecord(
            "reports_back_return",
            [
                *("key", "meeting_id", "link_id", "kind", "summary", "for_decision"),
                *("attached_id", "replaces_id", "at"),
            ],
        ),
        OnRecord("reports_back_sharing", ["key", "meeting_id", "with_body_id", "at"]),
        OnRecord(
            "reports_back_sharedminutes",
            [
                *("key", "sharing_id", "receiving_id", "of_body_id", "held_on", "text"),
                "shared_at",
            ],
        ),
        OnRecord(
            "reports_back_referral",
            [
                *("key", "decision_id", "from_body_id", "to_body_id", "question", "due_on"),
                *("due_at_id", "made_at"),
            ],
        ),
        OnRecord(
            "reports_back_asked",
            [
                *("key", "referral_id", "from_body_id", "to_body_id", "question", "due_on"),
                *("due_at_id", "made_on"),
            ],
        ),
    ]
