"""What erasure does with a record of each table. A table without a way is refused by a test."""

from collections.abc import Callable, Mapping
from typing import Any

from concerted.erasure.states import Way
from concerted.kernel.clock import now
from concerted.kernel.personal import NAME_REMOVED
from concerted.subject_access.public import Source

NOBODYS = "removed@removed.invalid"
PERSON = "people.Person"
FILE = "imports.File"
VERSION = "documents.Version"
DOCUMENT = "documents.Document"
JOB = "jobs.Job"

# The record of the partnership, what was said about it, and the trail: a red line.
NEVER_ALTERED = (
    *("agendas.", "meetings.", "minuting.", "papers.", "actions.", "audit.", "restrictions."),
    *("retention.", "public_door.", "editions.Release", "editions.PublicText"),
    *("editions.Published", "people.Appointment", "interests.", "forward_plan.", "raising."),
    *("arising.", "reports_back.", "packs.Pack", "packs.Print"),
    *("attending.Rule", "attending.Agency"),
    "paper_calls.",
    "notifying.Letter",
    "crime_reports.",
)

# Each field with what stands in it afterwards; a function gives it for one row.
Values = Mapping[str, Any | Callable[[Any], Any]]
REPLACED: dict[str, Values] = {
    PERSON: {"name": NAME_REMOVED, "other_names": []},
    "people.Seat": {"contributes": ""},
    "people.Invitation": {"address": NOBODYS, "subject": ""},
    DOCUMENT: {"title": NAME_REMOVED},
    VERSION: {"name": NAME_REMOVED},
    FILE: {"name": NAME_REMOVED, "reading": None, "notes": [], "answers": {}, "markup": None},
    "attending.Reply": {
        "substitute_name": lambda reply: NAME_REMOVED if reply.substitute_name else "",
        "substitute_organisation": "",
    },
    "editions.LeakHit": {"words": NAME_REMOVED, "around": "", "reason": ""},
    JOB: {"title": NAME_REMOVED, "note": ""},
    "notices.Mail": {
        "address": lambda mail: NOBODYS if mail.address else "",
        "subject": NAME_REMOVED,
        "text": "",
        "note": "",
        "state": lambda mail: mail.state if mail.ended_at else "cancelled",
        "ended_at": lambda mail: mail.ended_at or now(),
    },
}
TAKEN_OUT = frozenset(
    {
        "briefs.Prompt",
        "people.OtherName",
        "imports.NameAnswer",
    }
)
# What belongs to somebody's own record and account, and goes when that is erased.
WITH_PERSON = frozenset(
    {
        "access.Account",
        "access.Session",
        "access.RememberedDevice",
        "attending.Feed",
        "packs.Look",
        "packs.Note",
        "access.DirectoryIdentity",
        "mfa.Authenticator",
        "account.EmailAddress",
        "account.EmailConfirmation",
        "notices.Mail",
        "notices.OneTimeLink",
        "people.Invitation",
        "people.Recovery",
        "editions.NamedPublicly",
    }
)
# What holds nothing but numbers and hashes beside links: there is nothing in it to erase.
NOTHING_TO_ERASE = frozenset({"access.Tries", "editions.Outgoing"})


def way_of(source: Source) -> Way | None:
    """What can become of the records of a table; None where nobody has said."""
    label = source.label
    if label.startswith(NEVER_ALTERED):
        return Way.RECORD
    if label in WITH_PERSON:
        return Way.PERSON
    if label == FILE:
        return Way.READ
    if label == VERSION:
        return Way.BYTES
    if label in TAKEN_OUT:
        return Way.TAKE_OUT
    if label in REPLACED:
        return Way.REPLACE
    if label in NOTHING_TO_ERASE or set(source.fields) == set(source.links):
        return Way.LINK
    return None


def fields_of(label: str) -> list[str]:
    """Which fields of a record are replaced; none where the record is taken out."""
    return [] if label in TAKEN_OUT else sorted(REPLACED[label])
