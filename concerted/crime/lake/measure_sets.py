"""Sets of measures with a name: the tables of a report, dated, with where they come from.

Which codes make a measure is a period's policy: it changed in 2008, 2010, 2011 and 2012, and forces
differ. So a set is data: `sets_of` reads one's own in place of these.
"""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concerted.crime.lake.feeds import (
    ATTENDANCE,
    CRIME,
    CRIME_TYPES,
    HOME_OFFICE,
    INCIDENT,
    RECORDED,
)
from concerted.crime.lake.measures import (
    ALL_CRIME,
    ANTI_SOCIAL_BEHAVIOUR,
    Measure,
    Member,
)
from concerted.crime.lake.months import Month, Period, month_of
from concerted.crime.lake.offences import GROUP_OF, OF_2009, OF_2011
from concerted.crime.lake.refusals import Refused

MAX_BYTES = 1024**2


@dataclass(frozen=True, slots=True)
class Break:
    """From this month on figures are no longer made as before: no trend goes over it."""

    month: Month
    why: str


@dataclass(frozen=True, slots=True)
class MeasureSet:
    """A table of a report: measures of one kind, the first of them the whole."""

    code: str
    label: str
    measures: tuple[Measure, ...]
    source: str = ""
    breaks: tuple[Break, ...] = ()

    @property
    def feed(self) -> str:
        return self.measures[0].feed

    def breaks_between(self, before: Period, now: Period) -> tuple[Break, ...]:
        """What keeps two periods from being compared."""
        return tuple(one for one in self.breaks if before.first < one.month <= now.last)


def _slug(words: str) -> str:
    return words.lower().replace(" ", "-")


def _members(kind: str, codes: Iterable[str]) -> tuple[Member, ...]:
    return tuple(Member(kind, code) for code in codes)


def _from(year: int, month: int) -> Month:
    return datetime.date(year, month, 1)


POLICE_UK_CRIME = MeasureSet(
    "police-uk-crime",
    "Recorded crime",
    (
        ALL_CRIME,
        *(Measure(_slug(one), one, _members(CRIME, [one])) for one in sorted(CRIME_TYPES)),
    ),
    "data.police.uk",
)
POLICE_UK_DISORDER = MeasureSet(
    "police-uk-asb", "Disorder: calls, not crimes", (ANTI_SOCIAL_BEHAVIOUR,), "data.police.uk"
)


def offences_of(kind: str, prefix: str, label: str, source: str) -> MeasureSet:
    """All recorded crime and each group of offences, for records of a force or of the tables."""
    groups = dict.fromkeys(GROUP_OF.values())
    return MeasureSet(
        f"{prefix}-crime",
        label,
        (
            Measure(f"{prefix}-crime", "All recorded crime", (Member(kind),)),
            *(
                Measure(
                    f"{prefix}-{_slug(group)}",
                    group,
                    _members(kind, (code for code, one in GROUP_OF.items() if one == group)),
                )
                for group in groups
            ),
        ),
        source,
    )


RECORDED_CRIME = offences_of(RECORDED, "recorded", "Recorded crime of the force", "force extract")
HOME_OFFICE_CRIME = offences_of(
    HOME_OFFICE, "tables", "Recorded crime of the Home Office tables", "Home Office open data"
)
# The categories of 2009 gave way to three in 2011: what an extract holds of either is counted.
DISORDER_CODES = MeasureSet(
    "disorder",
    "Disorder codes: calls, not crimes",
    (
        Measure("disorder", "All disorder codes", (Member(INCIDENT),)),
        *(
            Measure(f"disorder-{code}", label, _members(INCIDENT, [code]))
            for code, label in {**OF_2009, **OF_2011}.items()
        ),
    ),
    "National Standard for Incident Recording, National Incident Category List",
    (
        Break(
            _from(2011, 4),
            "incidents of anti-social behaviour were sorted anew (personal, nuisance, "
            "environmental)",
        ),
    ),
)
_CHILD = ("4.3", "4.7")
_2008, _2012 = _from(2008, 4), _from(2012, 4)
_END_OF = {_2008: _from(2008, 3), _2012: _from(2012, 3)}


def _wounding(kind: str) -> tuple[Member, ...]:
    return (
        Member(kind, "5", last=_END_OF[_2008]),
        *(Member(kind, one, _2008, _END_OF[_2012]) for one in ("5A", "5B", "5C")),
        *(Member(kind, one, _2012) for one in ("5D", "5E")),
    )


def most_serious_violence(kind: str = RECORDED) -> MeasureSet:
    """Homicide, attempted murder, deaths by driving, wounding with intent (National Indicator 15).

    Wounding and acts endangering life are code 5 to March 2008, 5A to 5C to March 2012, 5D and 5E
    from then on; corporate manslaughter began in April 2008, deaths by careless driving in August
    2008. Sources: “most serious” as against “other” violence in the Home Office bulletins of
    2008/09; Home Office Counting Rules of April 2010. Grievous bodily harm without intent (8F, 8H)
    is not among it there. The exact list of the indicator was not found: have the Force Crime
    Registrar confirm it, or give one's own set.
    """
    homicide = (*_members(kind, ["1", "4.1", "4.2"]), Member(kind, "4.10", _2008))
    driving = (
        *_members(kind, ["4.4", "4.6", "37.1"]),
        *(Member(kind, one, _from(2008, 8)) for one in ("4.8", "4.9")),
    )
    parts = {
        "homicide": ("Homicide", homicide),
        "attempted-murder": ("Attempted murder", _members(kind, ["2"])),
        "wounding": ("Wounding, endangering life", _wounding(kind)),
        "death-by-driving": ("Causing death by driving", driving),
        "child-destruction": ("Death of a child or vulnerable person", _members(kind, _CHILD)),
    }
    whole = tuple(member for _, members in parts.values() for member in members)
    return MeasureSet(
        "msv",
        "Most serious violence",
        (
            Measure("msv", "Most serious violence", whole),
            *(Measure(f"msv-{code}", *named) for code, named in parts.items()),
        ),
        "Home Office Counting Rules; National Indicator 15",
        (
            Break(
                _2008,
                "the rule for grievous bodily harm with intent was made clear, and offences moved "
                "from other to most serious violence",
            ),
            Break(_2012, "wounding and endangering life were classified anew"),
        ),
    )


MOST_SERIOUS_VIOLENCE = most_serious_violence()
ASSAULT_ATTENDANCES = MeasureSet(
    "attendances",
    "Assaults at emergency departments: patients, not crimes",
    (Measure("attendances", "All assault attendances", (Member(ATTENDANCE),)),),
    "anonymised returns of hospitals (Cardiff model)",
)
# The tables that a report prints where the lake has their feed. Tables of the Home Office count
# quarters, and hospitals have no area of the police's: these are asked for by name.
TABLES = (
    POLICE_UK_CRIME,
    POLICE_UK_DISORDER,
    RECORDED_CRIME,
    DISORDER_CODES,
    MOST_SERIOUS_VIOLENCE,
)


def sets_of(path: Path) -> tuple[MeasureSet, ...]:
    """One's own sets from a JSON file: a list of sets as `as_json` writes them.

    Raises Refused for what is no such list, and as Measure does.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(f"{path.name} is larger than any list of measures. Choose another file.")
        given = json.loads(path.read_text("utf-8"))
        if not isinstance(given, list) or not given:
            raise ValueError
        return tuple(_set_of(one) for one in given)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(
            f"{path.name} is no list of sets of measures: each has a code, a label and measures, "
            "and each measure a code, a label and members (kind, code, first, last)."
        ) from error


def _set_of(given: dict[str, Any]) -> MeasureSet:
    measures = tuple(
        Measure(one["code"], one["label"], tuple(_member_of(member) for member in one["members"]))
        for one in given["measures"]
    )
    if len({one.feed for one in measures}) != 1:
        raise Refused(f"{given['label']} mixes sources that are never in one table. Part them.")
    breaks = tuple(Break(month_of(one["month"]), one["why"]) for one in given.get("breaks", ()))
    return MeasureSet(given["code"], given["label"], measures, given.get("source", ""), breaks)


def _member_of(given: dict[str, Any]) -> Member:
    dates = {end: month_of(given[end]) for end in ("first", "last") if given.get(end)}
    return Member(given["kind"], given.get("code"), **dates)


def as_json(sets: Sequence[MeasureSet]) -> list[dict[str, Any]]:
    """Sets as `sets_of` reads them."""
    return [
        {
            "code": one.code,
            "label": one.label,
            "source": one.source,
            "breaks": [{"month": f"{at.month:%Y-%m}", "why": at.why} for at in one.breaks],
            "measures": [
                {
                    "code": measure.code,
                    "label": measure.label,
                    "members": [
                        {
                            "kind": member.kind,
                            "code": member.code,
                            "first": f"{member.first:%Y-%m}",
                            "last": f"{member.last:%Y-%m}",
                        }
                        for member in measure.members
                    ],
                }
                for measure in one.measures
            ],
        }
        for one in sets
    ]
