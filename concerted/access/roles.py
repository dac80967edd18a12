"""Every permission and every role, in two tables a governance officer can read."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Named <thing>.<verb>. Keep alphabetical."""

    ACCOUNT_KEEP = "account.keep"
    ACTION_ACCEPT = "action.accept"
    ACTION_ADD = "action.add"
    ACTION_UPDATE = "action.update"
    AGENDA_APPROVE = "agenda.approve"
    APPOINTMENT_MAKE = "appointment.make"
    BODY_ADD = "body.add"
    BODY_CHANGE = "body.change"
    CRIME_FIGURES_IMPORT = "crime_figures.import"
    CRIME_REPORT_ISSUE = "crime_report.issue"
    CRIME_REPORT_PREPARE = "crime_report.prepare"
    EDITION_CHANGE = "edition.change"
    GROUND_KEEP = "ground.keep"
    HOLD_PUT = "hold.put"
    INTEREST_KEEP = "interest.keep"
    INTEREST_RULE_SET = "interest_rule.set"
    MEETING_VIEW = "meeting.view"
    MINUTES_CLEAR = "minutes.clear"
    MINUTES_IMPORT = "minutes.import"
    ORGANISATION_CHANGE = "organisation.change"
    RELEASE_APPROVE = "release.approve"
    RELEASE_ASK = "release.ask"
    REQUEST_HANDLE = "request.handle"
    RETENTION_DECIDE = "retention.decide"
    TRAIL_VIEW = "trail.view"


@dataclass(frozen=True, slots=True)
class Role:
    """A role as people know it: what it is called, what it is for, what it may do."""

    name: str
    description: str
    permissions: frozenset[Permission]


READS = frozenset({Permission.MEETING_VIEW})
ACTS = READS | {Permission.ACTION_UPDATE}
RUNS = ACTS | {
    Permission.ACTION_ACCEPT,
    Permission.ACTION_ADD,
    Permission.BODY_ADD,
    Permission.BODY_CHANGE,
    Permission.CRIME_FIGURES_IMPORT,
    Permission.CRIME_REPORT_ISSUE,
    Permission.CRIME_REPORT_PREPARE,
    Permission.HOLD_PUT,
    Permission.INTEREST_KEEP,
    Permission.MINUTES_IMPORT,
    Permission.ORGANISATION_CHANGE,
    Permission.RELEASE_APPROVE,
    Permission.RELEASE_ASK,
}

CHAIRS = ACTS | {
    Permission.ACTION_ACCEPT,
    Permission.AGENDA_APPROVE,
    Permission.MINUTES_CLEAR,
    Permission.RELEASE_APPROVE,
}

# Held through a seat: they count for the body of that seat.
SEAT_ROLES: dict[str, Role] = {
    "chair": Role(
        "Chair",
        "Leads the body; sees its papers, approves its agendas, clears its minutes, accepts what "
        "was done, approves what goes public.",
        CHAIRS,
    ),
    "vice_chair": Role(
        "Vice-chair",
        "Stands in for the chair, with the same rights.",
        CHAIRS,
    ),
    "member": Role(
        "Member",
        "Sees the papers of the body and says how the actions of their organisation stand.",
        ACTS,
    ),
    "community": Role(
        "Community representative",
        "Speaks for residents or victims; sees the body's open papers and their own actions.",
        ACTS,
    ),
    "observer": Role("Observer", "Sees the body's open papers, and changes nothing.", READS),
}

# Held through a support post: they count for the bodies that the post supports, or for all.
SUPPORT_ROLES: dict[str, Role] = {
    "secretary": Role(
        "Secretary",
        "Runs the meetings of the bodies supported: minutes, attendance, decisions, actions.",
        RUNS,
    ),
    "manager": Role(
        "Partnership manager",
        "Runs the partnership: all that a secretary may, and appoints people.",
        RUNS
        | {
            Permission.ACCOUNT_KEEP,
            Permission.APPOINTMENT_MAKE,
            Permission.EDITION_CHANGE,
            Permission.GROUND_KEEP,
            Permission.INTEREST_RULE_SET,
            Permission.REQUEST_HANDLE,
            Permission.RETENTION_DECIDE,
            Permission.TRAIL_VIEW,
        },
    ),
    "analyst": Role(
        "Analyst",
        "Brings figures in and writes the reports on them; sees the papers of the bodies "
        "supported.",
        ACTS | {Permission.CRIME_FIGURES_IMPORT, Permission.CRIME_REPORT_PREPARE},
    ),
    "auditor": Role(
        "Data protection officer",
        "Reads the trail, which holds no text, and handles requests of people for what is held "
        "of them, to tell or to erase it; changes no other record.",
        frozenset({Permission.REQUEST_HANDLE, Permission.TRAIL_VIEW}),
    ),
    "administrator": Role(
        "Administrator",
        "Keeps accounts and settings. Reads no papers by virtue of this role.",
        frozenset({Permission.ACCOUNT_KEEP, Permission.ORGANISATION_CHANGE}),
    ),
}
