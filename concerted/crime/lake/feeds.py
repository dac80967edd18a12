"""The three feeds of data.police.uk: their columns, what is kept of them, and how a row is judged.

`street`: crimes and anti-social behaviour by month and place. `outcomes`: what became of crimes, by
the month of the outcome. `stops`: stop and search; what it says of the people stopped (gender, age,
ethnicity) is dropped while reading and never written anywhere.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from concerted.crime.lake.months import Month, words_of

SOURCE = "data.police.uk"
BRITAIN = ZoneInfo("Europe/London")
CRIME, ANTI_SOCIAL, OUTCOME, STOP, UNKNOWN = "crime", "asb", "outcome", "stop", "unknown"
# Of files whose columns are mapped (`mappings`). Each is a kind of its own, so that no measure can
# add a force's crimes to those that data.police.uk or the Home Office publish of them.
RECORDED, INCIDENT, HOME_OFFICE, ATTENDANCE = "recorded", "incident", "home_office", "attendance"
BY_QUARTER = frozenset({"home_office"})  # feeds that count three months at a time

# As published since 2013. A type that is not among them is kept, and counted as neither crime nor
# anti-social behaviour until somebody says what it is.
CRIME_TYPES = frozenset(
    {
        "Bicycle theft",
        "Burglary",
        "Criminal damage and arson",
        "Drugs",
        "Other crime",
        "Other theft",
        "Possession of weapons",
        "Public disorder and weapons",
        "Public order",
        "Robbery",
        "Shoplifting",
        "Theft from the person",
        "Vehicle crime",
        "Violence and sexual offences",
        "Violent crime",
    }
)
# Forces whose files are not called as the force calls itself.
NAMES = {
    "btp": "british-transport-police",
    "northern-ireland": "police-service-of-northern-ireland",
}
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d*)?")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)")
_OTHER_MONTH = "its month is not that of the file"

Row = Mapping[str, str]
Values = tuple[str, ...]


class NotReadable(Exception):
    """A row that cannot be read; the message is the reason, as part of a sentence."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A kind of file. `columns` are its header, exactly; `dropped` those that are never kept.

    `read` makes of a row the values that are laid down, or raises NotReadable; it is handed the
    month and the force of the file. Where `by_row` is set every row is read so, and only `kept` is
    laid down; elsewhere DuckDB reads, and `read` is asked of files in which it met something odd.
    """

    name: str
    columns: tuple[str, ...]
    kept: tuple[str, ...]
    read: Callable[[Row, Month, str], Values]
    by_row: bool = False

    @property
    def laid_down(self) -> tuple[str, ...]:
        """The columns of the temporary file that DuckDB reads."""
        return self.kept if self.by_row else self.columns

    @property
    def dropped(self) -> tuple[str, ...]:
        return tuple(column for column in self.columns if column not in self.kept)

    def kind(self, code: str) -> str:
        """What a type counts as. Anti-social behaviour is never counted as crime."""
        if self.name != "street":
            return OUTCOME if self.name == "outcomes" else STOP
        if re.sub(r"[^a-z]", "", code.lower()).startswith("antisocialbehavio"):
            return ANTI_SOCIAL
        return CRIME if code in CRIME_TYPES else UNKNOWN


def fell_within(force: str, name: str) -> bool:
    """Whether `Devon & Cornwall Police` is what files of `devon-and-cornwall` say."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower().replace("&", "and")).strip("-")
    return plain.startswith(NAMES.get(force, force))


def _point(row: Row) -> Values:
    point = row["Longitude"], row["Latitude"]
    if not any(point):
        return point
    if not all(_NUMBER.fullmatch(one) for one in point):
        raise NotReadable("its longitude and latitude cannot be read")
    if abs(float(point[0])) > 180 or abs(float(point[1])) > 90:
        raise NotReadable("its longitude and latitude lie outside the world")
    return point


def _placed(row: Row, month: Month, force: str) -> None:
    if row["Month"] != words_of(month):
        raise NotReadable(_OTHER_MONTH)
    if not fell_within(force, row["Falls within"]):
        raise NotReadable("it fell within another force than that of the file")
    _point(row)


def _street(row: Row, month: Month, force: str) -> Values:
    _placed(row, month, force)
    if not row["Crime type"]:
        raise NotReadable("it has no crime type")
    return tuple(row.values())


def _outcome(row: Row, month: Month, force: str) -> Values:
    _placed(row, month, force)
    if not row["Outcome type"]:
        raise NotReadable("it has no outcome")
    return tuple(row.values())


def _stop(row: Row, month: Month, _force: str) -> Values:
    """The date becomes that of a clock in Britain: midnight in summer is said as 23:00 UTC."""
    if not _MOMENT.fullmatch(row["Date"]):
        raise NotReadable("its date cannot be read")
    try:
        moment = datetime.datetime.fromisoformat(row["Date"]).astimezone(BRITAIN)
    except ValueError as error:
        raise NotReadable("its date cannot be read") from error
    if moment.date().replace(day=1) != month:
        raise NotReadable(_OTHER_MONTH)
    _point(row)
    local = {**row, "Date": f"{moment:%Y-%m-%d %H:%M:%S}"}
    return tuple(local[column] for column in STOPS.kept)


STREET = Feed(
    "street",
    (
        *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude"),
        *("Location", "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"),
    ),
    (
        *("Crime ID", "Month", "Falls within", "Longitude", "Latitude"),
        *("Location", "LSOA code", "Crime type", "Last outcome category"),
    ),
    _street,
)
OUTCOMES = Feed(
    "outcomes",
    (
        *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude"),
        *("Location", "LSOA code", "LSOA name", "Outcome type"),
    ),
    (
        *("Crime ID", "Month", "Falls within", "Longitude", "Latitude"),
        *("Location", "LSOA code", "Outcome type"),
    ),
    _outcome,
)
STOPS = Feed(
    "stops",
    (
        *("Type", "Date", "Part of a policing operation", "Policing operation", "Latitude"),
        *("Longitude", "Gender", "Age range", "Self-defined ethnicity"),
        *("Officer-defined ethnicity", "Legislation", "Object of search", "Outcome"),
        *("Outcome linked to object of search", "Removal of more than just outer clothing"),
    ),
    (
        *("Type", "Date", "Latitude", "Longitude", "Legislation", "Object of search"),
        *("Outcome", "Outcome linked to object of search"),
    ),
    _stop,
    by_row=True,
)
FEEDS = {
    "street": STREET,
    "outcomes": OUTCOMES,
    "stops": STOPS,
}
# How the names of files end, and which feed that is.
ENDINGS = {"street": "street", "outcomes": "outcomes", "stop-and-search": "stops"}
