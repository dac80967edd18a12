"""What is read in a report: values, each with the place it was read from and how sure it is."""

import datetime
from dataclasses import dataclass

from concerted.reading.model import Field, Personal, Span, Unplaced


@dataclass(frozen=True, slots=True)
class Presentation:
    """A meeting that the report says it goes to: the body, the day, the item as printed."""

    body: str | None
    date: datetime.date | None
    item: str | None
    span: Span
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What the body is asked to do; ``parts`` are its own (letter, text), as printed."""

    ref: str | None
    text: str
    parts: tuple[tuple[str, str], ...]
    span: Span
    sure: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch under one heading; ``kind`` is what the heading says it is, else ``text``."""

    ref: str | None
    title: str | None
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, numbered or not; ``section`` is an index into the report's sections."""

    ref: str | None
    text: str
    section: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Implication:
    """Kind: financial, legal, equality, crime_and_disorder, risk, environment, policy, other."""

    kind: str
    title: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Appendix:
    """``here`` says whether its text stands in this file; its marking is its own, as printed."""

    ref: str
    title: str | None
    here: bool
    marking: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """A whole text: ``kind`` is report or unknown, ``why`` the evidence in a sentence.

    ``author`` and ``contact_post`` are posts; the people behind them are in ``contact``, which
    is for no reader but the office, and ``personal`` holds what stands in the narrative.
    """

    text: str
    kind: str
    why: str
    body: Field | None = None
    date: Field | None = None
    title: Field | None = None
    author: Field | None = None
    lead: Field | None = None
    organisation: Field | None = None
    marking: Field | None = None
    exempt_reason: Field | None = None
    asked_for: Field | None = None
    purpose: Field | None = None
    summary: Field | None = None
    consultation: Field | None = None
    contact_post: Field | None = None
    presented: tuple[Presentation, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    implications: tuple[Implication, ...] = ()
    background_papers: tuple[Field, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    contact: tuple[Personal, ...] = ()
    personal: tuple[Personal, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    truncated: bool = False
