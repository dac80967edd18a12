"""What is made of a row of a mapped file: a month, a code, an area; or why it cannot be read.

Dates become those of a clock in Britain: local midnight written in UTC is 23:00 of the day before
in summer, and would put the first of April into March.
"""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from concerted.crime.lake.areas import Geography
from concerted.crime.lake.feeds import BRITAIN, NotReadable, fell_within
from concerted.crime.lake.locating import NOWHERE, Located, Locating, Outside, Unmapped
from concerted.crime.lake.mappings import LEFT_OUT, UTC, ColumnMapping
from concerted.crime.lake.months import Month
from concerted.crime.lake.offences import incident_code, offence_code
from concerted.crime.lake.refusals import Refused, listed
from concerted.crime.lake.sheets import Row, Value
from concerted.kernel import clock

EARLIEST = datetime.date(1990, 1, 1)
_FINANCIAL_YEAR = re.compile(r"(\d{4})\s*[-/_ ]\s*(\d{4}|\d{2})")
_QUARTER = re.compile(r"(?:q|quarter|qtr)?\s*([1-4])", re.IGNORECASE)
_BAND = re.compile(
    r"(\d{1,3}\s*(-|to|–)\s*\d{1,3}|\d{1,3}\s*\+|(under|over)\s*\d{1,3})", re.IGNORECASE
)
_WORD = re.compile(r"[a-z][a-z ,/-]{1,60}", re.IGNORECASE)
_HOUR = re.compile(r"([01]?\d|2[0-3])([:.]?\d\d)?([:.]\d\d)?")
_NONE = frozenset({"", "unknown", "not known", "not stated", "n/a", "na", "none", "-", "nk"})
_YES, _NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
_LONGEST = 200


class LeftOut(Exception):
    """A row that the mapping leaves out; the message is the reason."""


class Judged(NamedTuple):
    """A row as it is laid down. `moment` and what follows `n` are for rows, and never counted."""

    force: str
    month: Month
    code: str
    place: Located
    n: int = 1
    moment: datetime.datetime | None = None
    timed: bool = False
    location: str | None = None
    weapon: str | None = None
    alcohol: bool | None = None
    age_band: str | None = None
    sex: str | None = None


class Judge:
    """Judges the rows of one mapping, and remembers what it did not know: `codes` and `areas`
    count words that nobody said anything about, `midnights` helps to find times in another zone."""

    def __init__(self, mapping: ColumnMapping, geography: Geography) -> None:
        self.mapping = mapping
        self.locating = Locating(mapping, geography)
        self.codes: Counter[str] = Counter()
        self.areas: Counter[str] = Counter()
        self.unplaced: Counter[str] = Counter()  # rows by codes of areas that no lookup knows
        self.without_area = 0
        self._at_eleven = self._summer = 0
        self._date = lru_cache(100_000)(self._read_date)
        self._code_of = lru_cache(10_000)(self._find_code)
        self._today = clock.today()

    def places_of(self, columns: Sequence[str]) -> dict[str, int]:
        """Where each thing that is mapped stands in a file."""
        return {what: columns.index(name) for what, name in self.mapping.columns.items()}

    def judge(self, row: Row, at: dict[str, int], width: int, *, whole: bool) -> Judged:
        """Raises NotReadable, and LeftOut where the mapping says so or does not say enough.

        `width` is the number of columns; `whole` says that every row writes out all of them, as
        those of a CSV do.
        """
        if any(value != "" for value in row.values[width:]):
            raise NotReadable("it has more values than there are columns")
        if whole and len(row.values) < width:
            raise NotReadable("it has fewer values than there are columns")
        if worked_out := row.formulas & set(at.values()):
            name = list(at)[list(at.values()).index(min(worked_out))]
            raise Refused(
                f"The {name.replace('_', ' ')} in line {row.line} is a formula: what it last "
                "showed may be old. Put values in place of formulas, and save the file anew."
            )
        given = {what: _at(row, place) for what, place in at.items()}
        self._refuse_force(given)
        if self.mapping.feed == "home_office":
            return self._tabled(given)
        return self._single(given)

    def _refuse_force(self, given: dict[str, Value]) -> None:
        if "force" in given and not fell_within(self.mapping.recorded_by, str(given["force"])):
            raise LeftOut("it is of another force than the mapping's")

    def _tabled(self, given: dict[str, Value]) -> Judged:
        year = _FINANCIAL_YEAR.fullmatch(str(given["financial_year"]))
        quarter = _QUARTER.fullmatch(str(given["quarter"]))
        if not year or int(year[2]) % 100 != (int(year[1]) + 1) % 100:
            raise NotReadable("its financial year cannot be read")
        if not quarter:
            raise NotReadable("its quarter cannot be read")
        first = 3 * int(quarter[1]) + 1
        month = datetime.date(int(year[1]) + (first > 12), (first - 1) % 12 + 1, 1)
        self._refuse_month(month)
        # Below zero where more was cancelled or moved elsewhere in a quarter than was recorded.
        number = str(given["count"]).replace(",", "")
        if not re.fullmatch(r"-?\d{1,8}", number):
            raise NotReadable("its number of offences cannot be read")
        code, place = self._code(given["code"]), self._place(given)
        return Judged(self.mapping.recorded_by, month, code, place, int(number))

    def _single(self, given: dict[str, Value]) -> Judged:
        moment, timed = self._moment(given["date"])
        month = moment.date().replace(day=1)
        self._refuse_month(month)
        code, place = self._code(given["code"]), self._place(given)
        judged = Judged(self.mapping.recorded_by, month, code, place, 1, moment, timed)
        return self._attended(judged, given) if self.mapping.feed == "hospital" else judged

    def _refuse_month(self, month: Month) -> None:
        if month > self._today:
            raise NotReadable("its month has not begun")
        if month < EARLIEST:
            raise NotReadable("its date is too long ago to be right")
        period = self.mapping.period
        if period and not period.first <= month <= period.last:
            raise NotReadable("its month is not one that the file covers")

    def _moment(self, value: Value) -> tuple[datetime.datetime, bool]:
        if isinstance(value, datetime.datetime):
            return self._in_britain(value)
        if not value:
            raise NotReadable("it has no date")
        found = self._date(value)
        if not found:
            raise NotReadable("its date cannot be read")
        return self._in_britain(found)

    def _read_date(self, words: str) -> datetime.datetime | None:
        try:
            found = datetime.datetime.strptime(words, self.mapping.date_format)
        except (ValueError, re.error):
            return None
        # A Z that is written out in the format means UTC, though Python takes it for a letter.
        if found.tzinfo is None and self.mapping.date_format.endswith("Z"):
            return found.replace(tzinfo=datetime.UTC)
        return found

    def _in_britain(self, found: datetime.datetime) -> tuple[datetime.datetime, bool]:
        timed = bool(found.hour or found.minute or found.second)
        if found.tzinfo is None and self.mapping.zone == UTC:
            found = found.replace(tzinfo=datetime.UTC)
        if found.tzinfo is not None:
            found = found.astimezone(BRITAIN).replace(tzinfo=None)
            timed = bool(found.hour or found.minute or found.second)
        elif found.replace(tzinfo=BRITAIN).dst():
            self._summer += 1
            self._at_eleven += (found.hour, found.minute, found.second) == (23, 0, 0)
        return found, timed

    @property
    def is_utc(self) -> bool:
        """Whether the times seem to be midnights in Britain, written in UTC without saying so."""
        return self._summer > 2 and self._at_eleven > 0.9 * self._summer

    def _code(self, value: Value) -> str:
        if isinstance(value, datetime.datetime):
            raise NotReadable("a spreadsheet made a date of its code")
        if not value:
            raise NotReadable("it has no code")
        code = self._code_of(value)
        if code is None:
            self.codes[value] += 1
            raise LeftOut("its code is not mapped")
        if code == LEFT_OUT:
            raise LeftOut("the mapping leaves its code out")
        return code

    def _find_code(self, words: str) -> str | None:
        mapped = self.mapping.codes.get(words)
        if mapped == LEFT_OUT:
            return LEFT_OUT
        if self.mapping.feed == "hospital":
            return mapped.lower() if mapped and _WORD.fullmatch(mapped) else None
        read = incident_code if self.mapping.feed == "incidents" else offence_code
        return read(words if mapped is None else mapped)

    def _place(self, given: dict[str, Value]) -> Located:
        words = str(given.get("area", ""))
        try:
            found = self.locating.place(words)
        except Outside:
            if self.mapping.feed == "home_office":  # all of the country, of which one area is meant
                raise LeftOut("it is of another area than the mapping's") from None
            raise NotReadable("it lies outside the area that the file is of") from None
        except Unmapped:
            self.areas[words] += 1
            raise LeftOut("its area is not mapped") from None
        if found is None:
            raise LeftOut("the mapping leaves its area out")
        if self.locating.is_unknown(words):
            self.unplaced[words] += 1
        elif found == NOWHERE or (self.mapping.level and not words):
            self.without_area += 1
        return found

    def _attended(self, judged: Judged, given: dict[str, Value]) -> Judged:
        moment, timed = judged.moment, judged.timed
        if moment and (hour := _HOUR.fullmatch(str(given.get("hour", "")))):
            moment, timed = moment.replace(hour=int(hour[1])), True
        words = {what: str(value).strip() for what, value in given.items()}
        alcohol = words.get("alcohol", "").lower()
        band, sex = words.get("age_band", ""), words.get("sex", "").lower()[:1]
        location = words.get("location", "")
        return judged._replace(
            moment=moment,
            timed=timed,
            location=None if location.lower() in _NONE else location[:_LONGEST],
            weapon=self._weapon(words.get("weapon", "")),
            alcohol=True if alcohol in _YES else False if alcohol in _NO else None,
            age_band=band if _BAND.fullmatch(band) else None,
            sex={"f": "female", "m": "male"}.get(sex),
        )

    def _weapon(self, words: str) -> str | None:
        if words.lower() in _NONE:
            return None
        mapped = self.mapping.codes.get(words)
        if mapped is None or not (mapped == LEFT_OUT or _WORD.fullmatch(mapped)):
            self.codes[words] += 1
            raise LeftOut("its weapon is not mapped")
        return None if mapped == LEFT_OUT else mapped.lower()

    def refuse_unmapped(self, name: str) -> None:
        """Refuse a file with words that nobody said anything about, and name them."""
        for what, found in (("codes", self.codes), ("areas", self.areas)):
            if found:
                words = [f"“{word[:40]}” ({rows:,} rows)" for word, rows in found.most_common()]
                raise Refused(
                    f"{name} has {what} that stand for none that is known: {listed(words)}. Say in "
                    f"the mapping ({what}) what each is; a stroke (-) leaves it out."
                )
        if self.is_utc:
            raise Refused(
                f"The times of {name} in summer are all 23:00: midnights in Britain that were "
                "written in UTC, so that a month would begin in the one before. Say zone UTC in "
                "the mapping."
            )


def _at(row: Row, place: int) -> Value:
    return row.values[place] if place < len(row.values) else ""
