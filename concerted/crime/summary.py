"""The standing report of an area: what changed and how sure one can be, month by month, by ward.

Plain Python: the lake is asked, the figures are worked out, sentences are put together. No sentence
says why something changed, and none says that an area is best or worst.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from concerted.crime.lake.answers import Absent
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import STREET
from concerted.crime.lake.measure_sets import POLICE_UK_CRIME
from concerted.crime.lake.measures import ALL_CRIME, Measure, area
from concerted.crime.lake.months import Month, Period, month_of, rolling
from concerted.crime.lake.named import Named, forces_of, wards
from concerted.crime.lake.questions import compared, monthly
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.residents import Residents, in_wards
from concerted.crime.report import OF_POLICE_UK, Line, area_of, line_of, table_of
from concerted.figures.areas import expected
from concerted.figures.control import Routine, Signal, Stretch, stretches
from concerted.figures.counts import Rate, false_alarms, rate
from concerted.figures.ratios import expected_ratio
from concerted.figures.words import Beside, Said, beside, counted

SHOWN_MONTHS = 36
MOST_NAMED = 6  # wards in one sentence
_CLEAR = (Said.CLEAR_INCREASE, Said.CLEAR_DECREASE)
_POSSIBLE = (Said.POSSIBLE_INCREASE, Said.POSSIBLE_DECREASE)


@dataclass(frozen=True, slots=True)
class Series:
    """A measure month by month, with its limits; None for a month that was not reported."""

    measure: Measure
    months: tuple[Month, ...]
    counts: tuple[int | None, ...]
    stretches: tuple[Stretch, ...]

    @property
    def latest(self) -> int | None:
        return self.counts[-1]

    @property
    def routine(self) -> Routine | None:
        """The limits that the newest month is held against."""
        return self.stretches[-1].routine

    @property
    def says(self) -> str:
        """Whether the newest month is more than routine variation, in a sentence."""
        last, month = self.stretches[-1], f"{self.months[-1]:%B %Y}"
        if self.latest is None:
            return f"{month} was not reported, which is not zero."
        if last.routine is None:
            return f"There are too few months to say what is routine for {month}."
        told, low = last.signals[-1], self.latest < last.routine.mean
        if Signal.OUTSIDE in told:
            limit = "below the lower limit" if low else "above the upper limit"
            return f"{month} lies {limit}: more than routine variation."
        if Signal.SHIFT in told:
            return (
                f"The months up to {month} all lie {'below' if low else 'above'} the mean, seven "
                "or more in a row: more than routine variation."
            )
        if Signal.TREND in told:
            return (
                f"Seven months or more up to {month} each went the same way: more than routine "
                "variation."
            )
        if Signal.TWO_OF_THREE in told:
            return f"{month} and one of the two before lie near a limit: watch the next month."
        return f"{month} lies within the limits of routine variation."


@dataclass(frozen=True, slots=True)
class OfWard:
    """Crimes of a ward for each 1,000 who live there, beside all wards of its district together."""

    ward: Named
    count: int
    residents: int
    rate: Rate
    word: Beside


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page of a report shows; `lines` begin with all crime, `disorder` are calls.

    `rates` are empty where the residents of a ward are not known, or a count is not.
    """

    where: Named
    period: Period
    years: int
    lines: tuple[Line, ...]
    disorder: tuple[Line, ...]
    series: tuple[Series, ...]
    wards: tuple[tuple[Named, Line], ...]
    rates: tuple[OfWard, ...]
    residents: Residents | None
    snapshots: tuple[int, ...]
    absent: Absent
    provisional: tuple[Month, ...]

    @property
    def total(self) -> Line:
        return self.lines[0]

    @property
    def sentences(self) -> list[str]:
        """All crime, then the groups that changed clearly, then the others."""
        total = self.total
        if total.count is None or total.before is None:
            months = ", ".join(dict.fromkeys(f"{month:%B %Y}" for _, month in total.absent))
            return [f"These periods cannot be compared: not reported, {months}. That is not zero."]
        groups = self.lines[1:]
        first = f"Recorded crime: {total.word}. {counted(total.count, total.before, 'crimes')}."
        clear = [
            f"{words[0].upper()}{words[1:]}: {_listed([_with_counts(one) for one in found])}."
            for words in _CLEAR
            if (found := [one for one in groups if one.word == words])
        ]
        possible = [
            f"{words[0].upper()}{words[1:]}: {_listed([_named(one) for one in found])}."
            for words in _POSSIBLE
            if (found := [one for one in groups if one.word == words])
        ]
        same = sum(one.word == Said.SAME for one in groups)
        other = "other " if clear or possible else ""
        if same:
            possible.append(
                f"The {other}{same} groups show no clear change."
                if same > 1
                else f"One {other}group shows no clear change."
            )
        return [first, *(" ".join(part) for part in (clear, possible) if part)]

    @property
    def rate_of_all(self) -> float | None:
        """Crimes for each 1,000 residents of all wards together."""
        if not self.rates:
            return None
        people = sum(one.residents for one in self.rates)
        return 1000 * sum(one.count for one in self.rates) / people

    @property
    def says_of_wards(self) -> str:
        """Which wards lie clearly beside the others, by name; no ward is first or last."""
        above = [one.ward.name for one in self.rates if one.word == Beside.CLEARLY_ABOVE]
        below = [one.ward.name for one in self.rates if one.word == Beside.CLEARLY_BELOW]
        if not above and not below:
            return f"No ward differs clearly from {self.where.name} as a whole."
        if len(above) + len(below) > MOST_NAMED:
            return (
                f"{len(above)} wards are clearly above {self.where.name} as a whole, {len(below)} "
                "clearly below. The table says which."
            )
        parts = [
            f"{_listed(names)} {'is' if len(names) == 1 else 'are'} clearly {word}"
            for names, word in ((above, "above"), (below, "below"))
            if names
        ]
        return f"{'; '.join(parts)} {self.where.name} as a whole."

    @property
    def by_chance(self) -> float:
        """How many of the measures would be called possible by chance alone."""
        return false_alarms(len(self.lines) + len(self.disorder))


def summary(
    asking: Asking,
    where: Named,
    period: Period,
    years: int,
    *,
    residents: Sequence[Residents] = (),
) -> Summary:
    """The report of an area. Raises Refused where the lake does not know it, or holds nothing.

    `residents` by year, the newest first: the first that tells all wards is what rates rest on.
    """
    asking.refresh()
    place = area_of(where.code)
    forces = forces_of(asking, place)
    found = compared(asking, OF_POLICE_UK, [place], period, years=years, forces=forces)
    cells = {cell.measure: cell for cell in found.cells}
    lines = [line_of("report", one, cells[one.code], table_of(one)) for one in OF_POLICE_UK]
    kept = [one for one in lines if one.measure == ALL_CRIME or one.count or one.before]
    parts = wards(asking, where.code) if where.level == "district" else ()
    of_wards: list[tuple[Named, Line]] = []
    if parts:
        places = [area("ward", one.code) for one in parts]
        told = compared(asking, [ALL_CRIME], places, period, years=years, forces=forces)
        for one, cell in zip(parts, told.cells, strict=True):
            of_wards.append((one, line_of("ward", ALL_CRIME, cell, POLICE_UK_CRIME)))
    used, rates = _rates(asking, where, of_wards, residents)
    return Summary(
        where,
        period,
        years,
        tuple(one for one in kept if one.is_crime),
        tuple(one for one in kept if not one.is_crime),
        _series(asking, [one.measure for one in kept], where, period.last),
        tuple(of_wards),
        rates,
        used,
        found.snapshots,
        found.absent,
        found.provisional,
    )


def _rates(
    asking: Asking,
    where: Named,
    wards: Sequence[tuple[Named, Line]],
    residents: Sequence[Residents],
) -> tuple[Residents | None, tuple[OfWard, ...]]:
    counts = [line.count for _, line in wards]
    known = [count for count in counts if count is not None]
    if not wards or len(known) < len(counts) or not sum(known):
        return None, ()
    for one in residents:
        people = in_wards(asking, where.code, one, [ward.code for ward, _ in wards])
        if people:
            numbers = [people[ward.code] for ward, _ in wards]
            return one, tuple(
                OfWard(
                    ward,
                    count,
                    number,
                    rate(count, number),
                    beside(expected_ratio(count, let)),
                )
                for (ward, _), count, number, let in zip(
                    wards, known, numbers, expected(known, numbers).tolist(), strict=True
                )
            )
    return None, ()


def _series(
    asking: Asking, measures: Sequence[Measure], where: Named, to: Month
) -> tuple[Series, ...]:
    place = area_of(where.code)
    forces = forces_of(asking, place)
    there = asking.months(STREET.name)
    known = sorted(month for force in forces or there for month in there.get(force, []))
    if not known:
        raise Refused("The lake holds nothing of this area. Choose another.")
    shown = rolling(to, months=SHOWN_MONTHS)
    first = max(shown.first, min(month_of(known[0]), to))
    points = monthly(asking, measures, [place], Period(first, to), forces=forces).cells
    found = []
    for one in measures:
        own = [point for point in points if point.measure == one.code]
        counts = tuple(point.count for point in own)
        found.append(
            Series(
                one,
                tuple(point.month for point in own),
                counts,
                tuple(stretches(counts, gaps=True)),
            )
        )
    return tuple(found)


def _named(line: Line) -> str:
    label = line.measure.label
    return label[0].lower() + label[1:]


def _with_counts(line: Line) -> str:
    return f"{_named(line)} ({line.count:,}, from {line.before:,})"


def _listed(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} and {words[-1]}"
