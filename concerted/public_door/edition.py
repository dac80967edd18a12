"""The whole edition in memory, indexed: what stands beside what. Plain values, no database."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from concerted.public_door.freezing import key_of
from concerted.public_door.things import (
    Body,
    Decision,
    File,
    Item,
    Meeting,
    Paper,
    Site,
    Thing,
    Tombstone,
)

PLANNED = "Planned"
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Times:
    """When a thing was first published, and when it last changed; aware."""

    published_at: datetime.datetime
    changed_at: datetime.datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision where it was made."""

    decision: Decision
    item: Item
    meeting: Meeting


@dataclass(frozen=True, slots=True)
class Branch:
    """A body and those below it."""

    body: Body
    below: tuple["Branch", ...] = ()


@dataclass(slots=True)
class Edition:
    """Things by key, with the lists that pages need. `sizes` holds bytes of files by key, place."""

    site: Site = field(default_factory=lambda: Site(partnership=""))
    bodies: dict[str, Body] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    gone: dict[str, Tombstone] = field(default_factory=dict)
    times: dict[str, Times] = field(default_factory=dict)
    sizes: dict[tuple[str, int], int] = field(default_factory=dict)
    _presented: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(
        cls,
        things: Iterable[Thing],
        *,
        times: Mapping[str, Times] | None = None,
        sizes: Mapping[tuple[str, int], int] | None = None,
    ) -> "Edition":
        """The edition of these things; the later of two with one key counts."""
        made = cls(times=dict(times or {}), sizes=dict(sizes or {}))
        for thing in things:
            made.put(thing)
        return made

    def put(self, thing: Thing) -> None:
        """Take a thing in, in place of the one with its key."""
        self.take_out(key_of(thing))
        match thing:
            case Site():
                self.site = thing
            case Body():
                self.bodies[thing.key] = thing
            case Meeting():
                self.meetings[thing.key] = thing
                for paper_key in paper_keys(thing):
                    self._presented[paper_key].append(thing.key)
            case Paper():
                self.papers[thing.key] = thing
                for place, file in enumerate(thing.files, 1):
                    if file.data or (thing.key, place) not in self.sizes:
                        self.sizes[thing.key, place] = len(file.data)
            case Tombstone():
                self.gone[thing.key] = thing

    def take_out(self, key: str) -> None:
        """Forget the thing with a key, if there is one."""
        meeting = self.meetings.pop(key, None)
        for paper_key in paper_keys(meeting) if meeting else ():
            self._presented[paper_key].remove(key)
        self.papers.pop(key, None)
        self.bodies.pop(key, None)
        self.gone.pop(key, None)

    # Lists, in the order in which they are read

    def body_name(self, key: str) -> str:
        """The name of a body; words for one that is not in the edition."""
        return self.bodies[key].name if key in self.bodies else "A body of the partnership"

    def newest_meetings(self, *, body: str = "", year: int | None = None) -> list[Meeting]:
        """Meetings of a body, of a year, or all; the newest first."""
        found = [
            one
            for one in self.meetings.values()
            if (not body or one.body_key == body) and (year is None or one.held_on.year == year)
        ]
        return sorted(found, key=lambda one: (one.held_on, one.key), reverse=True)

    def to_come(self, today: datetime.date, *, body: str = "") -> list[Meeting]:
        """Planned meetings from today on, the nearest first."""
        found = [
            one
            for one in self.newest_meetings(body=body)
            if one.status == PLANNED and one.held_on >= today
        ]
        return found[::-1]

    def years(self, *, body: str = "") -> list[int]:
        """Years with a meeting, the newest first."""
        found = {
            one.held_on.year for one in self.meetings.values() if not body or one.body_key == body
        }
        return sorted(found, reverse=True)

    def decisions(self, *, year: int | None = None) -> list[Settled]:
        """Decisions of a year, or all: the newest meeting first, in the order of its items."""
        return [settled for one in self.newest_meetings(year=year) for settled in settled_at(one)]

    def decision_years(self) -> list[int]:
        """Years in which something was decided, the newest first."""
        found = {
            one.held_on.year
            for one in self.meetings.values()
            if any(item.decisions for item in one.items)
        }
        return sorted(found, reverse=True)

    def newest_papers(self, *, body: str = "", year: str = "") -> list[Paper]:
        """Papers of a body, of a year (or undated), or all; the newest first, undated last."""
        found = [
            one
            for one in self.papers.values()
            if (not body or one.body_key == body) and (not year or paper_year(one) == year)
        ]
        first = datetime.date.min
        return sorted(found, key=lambda one: (one.dated_on or first, one.key), reverse=True)

    def paper_years(self) -> list[str]:
        """Years of papers as they stand in addresses, the newest first, then undated."""
        found = {paper_year(one) for one in self.papers.values()}
        return sorted(found - {UNDATED}, reverse=True) + sorted(found & {UNDATED})

    def meetings_of_paper(self, key: str) -> list[Meeting]:
        """Meetings with an item that names a paper, the oldest first."""
        found = [self.meetings[one] for one in dict.fromkeys(self._presented.get(key, ()))]
        return sorted(found, key=lambda one: (one.held_on, one.key))

    def tree(self) -> tuple[Branch, ...]:
        """Bodies below one another, by name; one whose parent is not here stands at the top."""
        below: dict[str, list[Body]] = defaultdict(list)
        for body in sorted(self.bodies.values(), key=lambda one: (one.name.lower(), one.key)):
            below[body.parent_key if body.parent_key in self.bodies else ""].append(body)
        placed: set[str] = set()

        def branches(parent: str) -> tuple[Branch, ...]:
            found = []
            for body in below[parent]:
                if body.key not in placed:
                    placed.add(body.key)
                    found.append(Branch(body, branches(body.key)))
            return tuple(found)

        top = branches("")
        # Bodies that stand below each other in a ring have no top: they are listed all the same.
        ring = [one for one in self.bodies.values() if one.key not in placed]
        return top + tuple(Branch(one) for one in sorted(ring, key=lambda one: one.name.lower()))


def paper_keys(meeting: Meeting) -> list[str]:
    """The papers that the items of a meeting name, each once."""
    return list(dict.fromkeys(key for item in meeting.items for key in item.paper_keys))


def settled_at(meeting: Meeting) -> list[Settled]:
    """The decisions of a meeting in their order."""
    return [Settled(one, item, meeting) for item in meeting.items for one in item.decisions]


def paper_year(paper: Paper) -> str:
    """The year of a paper as it stands in an address."""
    return str(paper.dated_on.year) if paper.dated_on else UNDATED


def without_bytes(paper: Paper) -> Paper:
    """The paper with its files named but empty: what lists and pages need of it."""
    files = tuple(File(one.name, one.media_type, b"") for one in paper.files)
    return replace(paper, files=files)
