"""Which column of a file is what: made by whoever knows the file, kept with what was made of it.

A column is taken if it is mapped, and left out while reading if it is named under `dropped`; one
that is neither stops the import, for it is new since somebody looked. So do words that stand for no
known code or area until the mapping says what they mean.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from concerted.crime.lake.feeds import ATTENDANCE, BY_QUARTER, HOME_OFFICE, INCIDENT, RECORDED
from concerted.crime.lake.months import Period, month_of
from concerted.crime.lake.persons import by_heading
from concerted.crime.lake.refusals import Refused, listed

MAX_BYTES = 4 * 1024**2
LEVELS = ("small_area", "ward", "district", "partnership", "police_area")
LEFT_OUT, ALL_OTHERS = "-", "*"
_OTHER_KIND = "The mapping has a value of another kind than is needed there."
LONDON, UTC = "Europe/London", "UTC"


@dataclass(frozen=True, slots=True)
class MappedFeed:
    """What a kind of file says. `needed` and `more` name what columns can be mapped to.

    `rows` says whether rows are kept beside the counts.
    """

    name: str
    kind: str
    source: str
    needed: tuple[str, ...]
    more: tuple[str, ...]
    rows: bool = True

    @property
    def step(self) -> int:
        """How many months a count is of."""
        return 3 if self.name in BY_QUARTER else 1


MAPPED = {
    one.name: one
    for one in (
        MappedFeed("recorded", RECORDED, "force extract", ("date", "code"), ("area", "force")),
        MappedFeed("incidents", INCIDENT, "incident extract", ("date", "code"), ("area", "force")),
        MappedFeed(
            "home_office",
            HOME_OFFICE,
            "Home Office open data tables",
            ("financial_year", "quarter", "area", "code", "count"),
            ("force",),
            rows=False,
        ),
        MappedFeed(
            "hospital",
            ATTENDANCE,
            "hospital returns",
            ("date", "code"),
            ("hour", "location", "weapon", "alcohol", "age_band", "sex", "area"),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How a file is to be read. All texts; written as JSON under these names.

    `columns` says for each thing (see MappedFeed) the name of its column. `recorded_by` is the
    force or hospital whose records they are, as one word: `cleveland`. `date_format` is that of
    Python's strptime (`%d/%m/%Y %H:%M`, or `%b-%y` for months), not needed where a spreadsheet's
    cells are dates; times that do not say their zone are of `zone`, Europe/London or UTC.

    `level` is what the column of areas holds: small_area, ward, district, partnership or
    police_area. `areas` and `codes` translate words of the file. What becomes a stroke (-) is left
    out and counted; an area that becomes an empty text is none, and its rows count for the force
    alone. `*` among areas stands for all that are not named. `within` is the code of the area the
    file is cut to, where it is, or that is to be taken of tables of the whole country. `months` are
    the first and last that it covers, where rows beyond are to be refused. `sheets` names those to
    be read, `header` the line of the columns' names.
    """

    feed: str
    recorded_by: str
    columns: Mapping[str, str]
    dropped: tuple[str, ...] = ()
    date_format: str = ""
    zone: str = LONDON
    level: str = ""
    areas: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    within: str = ""
    months: tuple[str, str] | None = None
    sheets: tuple[str, ...] = ()
    header: int = 1

    def __post_init__(self) -> None:
        if self.feed not in MAPPED:
            raise Refused(
                f"“{self.feed[:40]}” is no kind of file. Say one of: {listed(list(MAPPED))}."
            )
        if not re.fullmatch(r"[a-z][a-z-]{1,60}", self.recorded_by):
            raise Refused(
                "The mapping does not say whose records these are. Name the force or hospital as "
                "one word in small letters, such as cleveland, under recorded_by."
            )
        self._refuse_columns()
        self._refuse_area()
        if self.zone not in (LONDON, UTC):
            raise Refused(f"Times are of {LONDON} or of {UTC}; “{self.zone[:40]}” is neither.")
        if self.header < 1:
            raise Refused("Lines are counted from 1: say in which the columns are named.")
        self.period  # noqa: B018 - raises where its months are none

    def _refuse_columns(self) -> None:
        of = self.of
        lacking = [one for one in of.needed if not self.columns.get(one)]
        if lacking:
            raise Refused(
                f"The mapping does not say which column is {listed(lacking)}. Nothing is read "
                "until it does."
            )
        if self.feed == "home_office" and not (self.columns.get("force") or self.within):
            raise Refused(
                "These tables are of the whole country. Map the column of forces, or say under "
                "within which police area or partnership is meant."
            )
        strange = sorted(set(self.columns) - {*of.needed, *of.more})
        if strange:
            raise Refused(
                f"A file of {of.source} has no {listed([one[:40] for one in strange])}. It can "
                f"have: {listed([*of.needed, *of.more])}."
            )
        taken = list(self.columns.values())
        if len(set(taken)) < len(taken) or set(taken) & set(self.dropped):
            raise Refused("The mapping uses a column twice. Each is one thing, or dropped.")
        if personal := by_heading(taken):
            raise Refused(
                "What tells who somebody is may not be mapped: "
                f"{listed([str(one) for one in personal])}. Name such columns under dropped, or "
                "better have the file made without them."
            )

    def _refuse_area(self) -> None:
        if bool(self.columns.get("area")) != bool(self.level):
            raise Refused(
                "A column of areas needs its level, and a level its column: say both or neither."
            )
        if self.level and self.level not in LEVELS:
            raise Refused(
                f"“{self.level[:40]}” is no level of areas. Say one of: {listed([*LEVELS])}."
            )

    @property
    def of(self) -> MappedFeed:
        return MAPPED[self.feed]

    @property
    def period(self) -> Period | None:
        return Period(*map(month_of, self.months)) if self.months else None

    def refuse_header(self, name: str, columns: Iterable[str]) -> None:
        """Refuse a file whose columns are not those of the mapping, and name what differs."""
        there = [one for one in columns if one]
        lacking = [one for one in self.columns.values() if one not in there]
        unknown = [one for one in there if one not in {*self.columns.values(), *self.dropped}]
        found = [
            *([f"lacks columns that are mapped: {_quoted(lacking)}"] if lacking else []),
            *([f"has columns that are not: {_quoted(unknown)}"] if unknown else []),
        ]
        if found:
            raise Refused(
                f"{name} {' and '.join(found)}. Map each, or name it under dropped: nothing is "
                "read until somebody has looked at what it is."
            )


def _quoted(words: list[str]) -> str:
    return listed([f"“{word[:60]}”" for word in words])


def read_mapping(path: Path) -> ColumnMapping:
    """A mapping from its JSON file. Raises Refused for what is none, with what is wrong."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(f"{path.name} is larger than any mapping. Choose another file.")
        given = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"{path.name} is no mapping: it cannot be read as JSON ({error}).") from error
    return mapping_of(given)


def mapping_of(given: Any) -> ColumnMapping:
    """A mapping from JSON that was read, such as a page's form. Raises Refused."""
    known = {one.name for one in fields(ColumnMapping)}
    if not isinstance(given, dict) or not {"feed", "recorded_by", "columns"} <= set(given):
        raise Refused("A mapping says at least feed, recorded_by and columns.")
    strange = sorted(set(given) - known)
    if strange:
        raise Refused(f"A mapping has no {listed([str(one)[:40] for one in strange])}.")
    for name in ("columns", "areas", "codes"):
        there = given.get(name, {})
        if not isinstance(there, dict):
            raise Refused(f"The mapping's {name} pair words with words.")
        open_ = sorted(str(key) for key, value in there.items() if value is None)
        if open_:
            raise Refused(
                f"The mapping leaves open what these are ({name}): {_quoted(open_)}. Say it; a "
                "stroke (-) leaves them out."
            )
        if not all(isinstance(value, str) for value in there.values()):
            raise Refused(f"The mapping's {name} pair words with words.")
    try:
        made = ColumnMapping(**{**given, **_tuples(given)})
    except (TypeError, AttributeError) as error:
        raise Refused(_OTHER_KIND) from error
    words = [*made.dropped, *made.sheets, made.date_format, made.zone, made.level, made.within]
    if not all(isinstance(one, str) for one in words) or type(made.header) is not int:
        raise Refused(_OTHER_KIND)
    return made


def _tuples(given: Mapping[str, Any]) -> dict[str, Any]:
    there = {name: tuple(given[name]) for name in ("dropped", "sheets") if name in given}
    months = given.get("months")
    if months and len(months) != 2:
        raise Refused("The months of a mapping are two: the first and the last that are covered.")
    return {**there, "months": tuple(months) if months else None}


def as_json(mapping: ColumnMapping) -> dict[str, Any]:
    """A mapping as `mapping_of` reads it."""
    return asdict(mapping)
