"""The words of meetings and decisions, and where minutes can stand."""

from django.db import models


class MeetingState(models.TextChoices):
    """From planned to minutes that are agreed."""

    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"
    DRAFT = "draft", "Draft minutes"
    SUBJECT = "subject", "Subject to approval"
    RECEIVED = "received", "Minutes as received"
    CONFIRMED = "confirmed", "Agreed as a correct record"


NEXT: dict[str, frozenset[str]] = {
    MeetingState.PLANNED: frozenset(
        {
            MeetingState.CANCELLED,
            MeetingState.DRAFT,
            MeetingState.SUBJECT,
            MeetingState.RECEIVED,
        }
    ),
    MeetingState.CANCELLED: frozenset(),
    MeetingState.DRAFT: frozenset({MeetingState.SUBJECT, MeetingState.CONFIRMED}),
    MeetingState.SUBJECT: frozenset({MeetingState.CONFIRMED}),
    MeetingState.RECEIVED: frozenset({MeetingState.CONFIRMED}),
    MeetingState.CONFIRMED: frozenset(),
}


# Of these there are no minutes; what their items say is an agenda.
NOT_HELD = frozenset({MeetingState.PLANNED, MeetingState.CANCELLED})


class Outcome(models.TextChoices):
    """What a decision does: the closed list of outcome codes."""

    NOTED = "noted", "Noted"
    AGREED = "agreed", "Agreed"
    APPROVED = "approved", "Approved"
    ENDORSED = "endorsed", "Endorsed"
    RECOMMENDED_TO = "recommended_to", "Recommended to"
    REFERRED_TO = "referred_to", "Referred to"
    DELEGATED_TO = "delegated_to", "Delegated to"
    DEFERRED = "deferred", "Deferred"
    NOT_AGREED = "not_agreed", "Not agreed"
    CORRECT_RECORD = "agreed_as_correct_record", "Agreed as correct record"
    OTHER = "other", "Other"


class Attended(models.TextChoices):
    """The lists of people that minutes keep."""

    PRESENT = "present", "Present"
    OFFICERS = "officers", "Officers"
    IN_ATTENDANCE = "in_attendance", "In attendance"
    APOLOGIES = "apologies", "Apologies"
    LATE = "late", "Apologies for lateness"


class Business(models.TextChoices):
    """What an agenda puts an item down for."""

    DECLARATIONS = "declarations", "Declarations of interest"
    URGENT = "urgent", "Urgent business"
    MINUTES = "minutes", "Minutes of the last meeting"
    MATTERS_ARISING = "matters_arising", "Matters arising"
    CRIME_REPORT = "crime_report", "Crime and performance report"
    COMMUNICATIONS = "communications", "Communications"
    REPORTS_BACK = "reports_back", "Reports back"
    DECISION = "decision", "For decision"
    INFORMATION = "information", "For information"


class Rearranged(models.TextChoices):
    """What may become of a meeting that was planned."""

    MOVED = "moved", "Moved"
    CANCELLED = "cancelled", "Cancelled"


class Part(models.TextChoices):
    PUBLIC = "public", "Public part"
    CONFIDENTIAL = "confidential", "Confidential part"
