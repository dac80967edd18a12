"""What the public edition may hold: values that were approved for the public, and nothing else.

The members' side makes these from approved text; the public door makes pages of them. There is no
field here for anything restricted: what is not approved cannot be said. Keys are the random keys
of the records. All text is plain text.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """Whose edition it is. `contact` is a role mailbox."""

    partnership: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    key: str
    name: str
    kind: str
    purpose: str = ""
    parent_key: str = ""
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Limb:
    """One part of a decision. `outcome` in words: Noted, Agreed."""

    letter: str
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    key: str
    outcome: str
    text: str
    limbs: tuple[Limb, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """What is said of a closed item or paper: never its title, its words or a count."""

    number: str  # C1, C2 ... in a series of its own
    reason: str  # the exempt category and the public-interest test, in approved words
    review_on: datetime.date | None = None
    whom_to_ask: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of business. `number` as printed; `paper_keys` lead to released papers only."""

    key: str
    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()
    paper_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attended:
    """A list of those who were there; each line by name, or by organisation and capacity."""

    title: str  # Present, Apologies, ...
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; `status` in words: Planned, Draft minutes, Agreed as a correct record."""

    key: str
    body_key: str
    held_on: datetime.date
    status: str
    starts_at: datetime.time | None = None
    venue: str = ""
    attendance: tuple[Attended, ...] = ()
    items: tuple[Item, ...] = ()
    closed: tuple[Closed, ...] = ()
    next_meeting_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file made afresh from approved text; its name and metadata say nothing more."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph of a paper with its number, and the heading that it opens, if any."""

    number: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Figures as text: what each row is about stands first in it. `note` says what is not shown."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was put to a body, by post and organisation, never by a person."""

    key: str
    body_key: str
    title: str
    dated_on: datetime.date | None = None
    author: str = ""
    purpose: str = ""
    summary: str = ""
    recommendations: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closed: tuple[Closed, ...] = ()
    files: tuple[File, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a thing that was withdrawn: what it was, and the day. Never why."""

    key: str
    kind: str  # "meeting", "paper" or "body"
    withdrawn_on: datetime.date


Thing = Site | Body | Meeting | Paper | Tombstone
