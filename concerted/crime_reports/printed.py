"""A report as it is printed: its words, and its figures as they were computed."""

from collections.abc import Mapping
from dataclasses import dataclass

from concerted.crime.lake.outlines import Ring
from concerted.crime.summary import Summary


@dataclass(frozen=True, slots=True)
class Printed:
    """`sections` are headings with their words; `standing` says in a sentence how it stands."""

    title: str
    body: str
    area: str
    marking: str
    standing: str
    sections: tuple[tuple[str, str], ...]
    summary: Summary
    outlines: Mapping[str, tuple[Ring, ...]]
