"""What the reader hands back: values, each with the place it was read from and how sure it is."""

import datetime
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ``Reading.text``: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a meeting; ``why`` says to a person what to look at when it is not sure."""

    value: str | datetime.date | datetime.time
    span: Span
    sure: bool = True
    why: str = ""
    candidates: tuple[str | datetime.date | datetime.time, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A person in an attendance list; section is present, officers, in_attendance, apologies or
    late."""

    name: str
    organisation: str | None
    role: str | None
    section: str
    span: Span
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Limb:
    """One thing decided within a decision."""

    letter: str
    code: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, in the words of the minutes, with 1..n limbs; ``code`` is the first's."""

    code: str
    text: str
    limbs: tuple[Limb, ...]
    span: Span
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A minute of an earlier meeting that is spoken of; ``date`` is that meeting's, if said."""

    ref: str
    date: datetime.date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered or headed piece of the meeting; part is public or confidential."""

    ref: str | None
    title: str | None
    part: str
    sub_items: tuple[tuple[str, str], ...]
    text: str
    span: Span
    title_span: Span
    decisions: tuple[Decision, ...]
    sure: bool = True
    why: str = ""
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """Something somebody is to do; ``item`` is an index into the meeting's items."""

    item: int | None
    owner: str | None
    text: str
    due_text: str | None
    due: datetime.date | None
    status: str | None
    span: Span
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Personal:
    """A person, phone, email or address that stands in the narrative."""

    kind: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line that found no place; kind is furniture (of the page) or text."""

    text: str
    span: Span
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as its minutes (or its agenda) tell it."""

    family: str
    body: Field | None
    date: Field | None
    start_time: Field | None
    venue: Field | None
    status: Field | None
    next_meeting: Field | None
    present: tuple[Name, ...]
    in_attendance: tuple[Name, ...]
    apologies: tuple[Name, ...]
    late: tuple[Name, ...]
    items: tuple[Item, ...]
    actions: tuple[Action, ...]
    implied_actions: tuple[Action, ...]
    personal: tuple[Personal, ...]
    unplaced: tuple[Unplaced, ...]
    truncated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole text: ``kind`` is minutes, agenda or unknown, ``why`` the evidence in a sentence."""

    text: str
    kind: str
    why: str
    meetings: tuple[Meeting, ...] = field(default=())
