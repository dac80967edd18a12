"""What is counted, and where: measures as sets of types with dates, areas as sets of codes."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from concerted.crime.lake.areas import LEVELS, Geography, OwnArea, rest_of
from concerted.crime.lake.feeds import (
    ANTI_SOCIAL,
    ATTENDANCE,
    CRIME,
    HOME_OFFICE,
    INCIDENT,
    OUTCOME,
    RECORDED,
    STOP,
    UNKNOWN,
)
from concerted.crime.lake.months import Month
from concerted.crime.lake.refusals import Refused, listed

_FEEDS = {
    CRIME: "street",
    ANTI_SOCIAL: "street",
    UNKNOWN: "street",
    OUTCOME: "outcomes",
    STOP: "stops",
    RECORDED: "recorded",
    INCIDENT: "incidents",
    HOME_OFFICE: "home_office",
    ATTENDANCE: "hospital",
}
_NEVER, _ALWAYS = Month(1900, 1, 1), Month(2999, 12, 1)


@dataclass(frozen=True, slots=True)
class Member:
    """A type that belongs to a measure, from one month to another; all types of the kind if None.

    `kind` is crime, asb, outcome, stop, or unknown for a type nobody has placed yet; recorded,
    incident, home_office or attendance in files whose columns are mapped.
    """

    kind: str
    code: str | None = None
    first: Month = _NEVER
    last: Month = _ALWAYS

    def meets(self, other: "Member") -> bool:
        """Whether a row could be of both."""
        return (
            self.kind == other.kind
            and (self.code is None or other.code is None or self.code == other.code)
            and self.first <= other.last
            and other.first <= self.last
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """A set of types under one name.

    Raises Refused where it mixes crime with anti-social behaviour or with another feed, and where
    a row would count twice.
    """

    code: str
    label: str
    members: tuple[Member, ...]

    def __post_init__(self) -> None:
        kinds = {one.kind for one in self.members}
        strange = sorted(kinds - set(_FEEDS))
        if strange or not kinds:
            raise Refused(
                f"{self.label} counts nothing that is known: {listed(strange) or 'none'}."
            )
        if len(kinds) > 1 and kinds != {CRIME, UNKNOWN}:
            raise Refused(
                f"{self.label} mixes what is never counted together: {listed(sorted(kinds))}. "
                "Make a measure of each."
            )
        for one, other in combinations(self.members, 2):
            if one.meets(other):
                raise Refused(
                    f"{self.label} would count {one.code or other.code or 'every row'} twice. "
                    "Change the dates, or leave one of the two out."
                )

    @property
    def feed(self) -> str:
        return _FEEDS[self.members[0].kind]


ALL_CRIME = Measure("all-crime", "All recorded crime", (Member(CRIME),))
ANTI_SOCIAL_BEHAVIOUR = Measure("asb", "Anti-social behaviour", (Member(ANTI_SOCIAL),))


@dataclass(frozen=True, slots=True)
class Area:
    """Where is counted: all codes of one level together. `key` is how answers name it.

    `level` is one of areas.LEVELS, or force for all that a force recorded, wherever it lies.
    """

    key: str
    level: str
    codes: frozenset[str]

    def __post_init__(self) -> None:
        if self.level not in (*LEVELS, "force") or not self.codes:
            raise Refused(f"{self.key} is no area that can be counted.")


def area(level: str, code: str) -> Area:
    """A ward, district, partnership, police area, force, stable area or small area."""
    return Area(code, level, frozenset({code}))


def own(own_area: OwnArea, geography: Geography) -> Area:
    """An own area over both censuses. Raises Refused as OwnArea.stable_areas does."""
    return Area(own_area.code, "stable_area", own_area.stable_areas(geography))


def rest(key: str, district: str, areas: Iterable[OwnArea], geography: Geography) -> Area:
    """What is left of a district beside its own areas."""
    return Area(key, "stable_area", rest_of(district, areas, geography))
