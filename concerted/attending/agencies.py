"""How organisations attended over time, as counts. Plain Python; no person is named or counted."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """How the seats of an organisation were filled at one meeting."""

    ATTENDED = "Attended"
    SUBSTITUTE = "Substitute"
    APOLOGIES = "Apologies"
    NOTHING = "Nothing said"


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held, and of which names are on record."""

    id: int
    held_on: datetime.date


@dataclass(frozen=True, slots=True)
class Entitled:
    """That an organisation had a seat, from a day to a day, both included; empty means open."""

    organisation_id: int
    starts: datetime.date | None
    ends: datetime.date | None

    def on(self, day: datetime.date) -> bool:
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or self.ends >= day
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """One organisation: how its seats were filled at each meeting that it was entitled to."""

    organisation_id: int
    by_meeting: Mapping[int, How]

    @property
    def entitled(self) -> int:
        return len(self.by_meeting)

    def count(self, how: How) -> int:
        return sum(one == how for one in self.by_meeting.values())


def how_of(found: Collection[How]) -> How:
    """Of several names of one organisation the best counts; without any nothing was said."""
    return next((one for one in How if one in found), How.NOTHING)


def tallies(
    meetings: Sequence[Held],
    seats: Iterable[Entitled],
    names: Iterable[tuple[int, int, How]],
) -> list[Tally]:
    """`names` are (meeting, organisation, how). Each meeting counts once for an organisation,
    however many seats it holds; one without a seat on the day was not entitled and counts nothing.
    """
    said: dict[tuple[int, int], set[How]] = defaultdict(set)
    for meeting, organisation, how in names:
        said[meeting, organisation].add(how)
    entitled: dict[int, list[Entitled]] = defaultdict(list)
    for seat in seats:
        entitled[seat.organisation_id].append(seat)
    found = []
    for organisation, theirs in entitled.items():
        by_meeting = {
            one.id: how_of(said[one.id, organisation])
            for one in meetings
            if any(seat.on(one.held_on) for seat in theirs)
        }
        if by_meeting:
            found.append(Tally(organisation, by_meeting))
    return found
