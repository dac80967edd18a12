"""One question to the lake and its answer: words, months, and the same asked in other ways.

A question is four choices and a month, and stands whole in an address. Plain Python: what a page
needs is worked out here, and nothing is drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concerted.crime.lake.answers import Absent, Answer
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.feeds import STREET
from concerted.crime.lake.measures import ALL_CRIME, Area, Measure, area
from concerted.crime.lake.months import Month, Period, month_of, rolling, year_to_date
from concerted.crime.lake.named import Named, district_of, districts, forces_of, wards
from concerted.crime.lake.questions import Compared, compared, monthly
from concerted.crime.lake.refusals import Refused
from concerted.crime.report import OF_POLICE_UK, Line, area_of, line_of, table_of
from concerted.figures.words import Said

SPANS = {
    "12": "12 months",
    "year": "Year to date, from 1 April",
    "3": "3 months",
    "1": "1 month",
}
AGAINST = {
    "1": "The same months a year before",
    "5": "The same months five years before",
    "10": "The same months ten years before",
}
FEWEST_TO_READ = 15  # a month of fewer says nothing by itself
_SURE = {
    Said.CLEAR_INCREASE: "Chance would give so large a difference less than twice in a thousand.",
    Said.CLEAR_DECREASE: "Chance would give so large a difference less than twice in a thousand.",
    Said.POSSIBLE_INCREASE: "Chance would give so large a difference less than once in twenty.",
    Said.POSSIBLE_DECREASE: "Chance would give so large a difference less than once in twenty.",
    Said.SAME: "Chance alone can explain a difference like this.",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be asked: (value, words) for each choice. Empty months: the lake holds nothing."""

    measures: Sequence[tuple[str, str]]
    areas: Sequence[tuple[str, str]]
    spans: Sequence[tuple[str, str]]
    months: Sequence[tuple[str, str]]
    against: Sequence[tuple[str, str]]

    @property
    def by_name(self) -> dict[str, Sequence[tuple[str, str]]]:
        """Each by its name in an address. What nobody chose is the first of it: all crime, a whole
        district, twelve months up to now."""
        return {
            "measure": self.measures,
            "area": self.areas,
            "months": self.spans,
            "to": self.months,
            "against": self.against,
        }


@dataclass(frozen=True, slots=True)
class Question:
    measure: Measure
    where: Named
    period: Period
    years: int


@dataclass(frozen=True, slots=True)
class OfMonth:
    """A month and the one it is compared with; None where it was not reported."""

    month: Month
    now: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Explored:
    """The answer; `others` are the same measure asked in other ways, each with its words."""

    question: Question
    line: Line
    months: tuple[OfMonth, ...]
    others: tuple[tuple[str, Line], ...]
    snapshots: tuple[int, ...]
    absent: Absent
    provisional: tuple[Month, ...]

    @property
    def heading(self) -> str:
        return f"{self.question.measure.label} in {self.question.where.name}: {self.line.word}"

    @property
    def sentences(self) -> list[str]:
        """Counts first, then what may be said of the change. Never a cause, never a rank."""
        line = self.line
        if line.count is None or line.before is None or line.ratio is None or line.change is None:
            return [self._not_comparable()]
        said = [
            f"{line.count:,} {unit(line)} in {words_of_period(line.now)}, from {line.before:,} in "
            f"{words_of_period(line.before_period)}."
        ]
        if not line.count and not line.before:
            said.append("There is nothing in either period to compare.")
        elif line.change.percent is not None:
            ratio = line.ratio
            said.append(
                f"Change {line.change.words}. Ratio {ratio.ratio:.2f} (95% interval "
                f"{limit(ratio.low)} to {limit(ratio.high)}). {_SURE[line.word]}"
            )
        else:
            said.append(
                "The count before is under 10, so no percentage is given: it would mislead. "
                f"{_SURE[line.word]}"
            )
        return said

    @property
    def few(self) -> bool:
        """Whether the single months are too small to be read one by one."""
        counts = [one.now for one in self.months if one.now is not None]
        return bool(counts) and max(counts) < FEWEST_TO_READ

    def _not_comparable(self) -> str:
        months = ", ".join(dict.fromkeys(f"{month:%B %Y}" for _, month in self.line.absent))
        if not months:
            return "There is no figure for these periods."
        return (
            f"These periods cannot be compared: not reported, {months}. A month that was not "
            "reported is not zero. Choose another month or another comparison."
        )


def choices(asking: Asking, where: str = "") -> Choices:
    """All that can be asked; wards are those of the district asked for, or of the first one."""
    known = districts(asking)
    chosen = _district(asking, where) or (known[0].code if known else "")
    areas = [(one.code, one.name) for one in known]
    for one in wards(asking, chosen) if chosen else ():
        name = next(name for code, name in areas if code == chosen)
        areas.append((one.code, f"{one.name} (ward of {name})"))
    months = {month for of_force in asking.months(STREET.name).values() for month in of_force}
    return Choices(
        [(one.code, one.label) for one in OF_POLICE_UK],
        areas,
        list(SPANS.items()),
        [(month, f"{month_of(month):%B %Y}") for month in sorted(months, reverse=True)],
        list(AGAINST.items()),
    )


def question(asking: Asking, chosen: Mapping[str, str]) -> Question:
    """The question of an address: measure, area, months, to, against; all crime unless a measure
    is named. Raises Refused.
    """
    code = chosen.get("measure", ALL_CRIME.code)
    measure = next((one for one in OF_POLICE_UK if one.code == code), None)
    if measure is None or chosen["months"] not in SPANS or chosen["against"] not in AGAINST:
        raise Refused("This question is not one that can be asked. Choose again below.")
    level = area_of(chosen["area"]).level
    district = _district(asking, chosen["area"])
    named = [*districts(asking), *(wards(asking, district) if district else ())]
    where = next((one for one in named if one.code == chosen["area"]), None)
    if where is None:
        where = Named(level, chosen["area"], chosen["area"])
    to = month_of(chosen["to"])
    months = chosen["months"]
    period = year_to_date(to) if months == "year" else rolling(to, months=int(months))
    return Question(measure, where, period, int(chosen["against"]))


def explored(asking: Asking, asked: Question) -> Explored:
    """The answer to a question. Raises Refused as the lake's questions do."""
    where = area_of(asked.where.code)
    forces = forces_of(asking, where)
    answers: list[Answer[Compared]] = []

    def line(name: str, period: Period, years: int, of: Area = where) -> Line:
        found = compared(asking, [asked.measure], [of], period, years=years, forces=forces)
        answers.append(found)
        return line_of(name, asked.measure, found.cells[0], table_of(asked.measure))

    main = line("asked", asked.period, asked.years)
    others = []
    for words, period, years in _other_ways(asked):
        other = line(words, period, years)
        if other.before is not None:
            others.append((words, other))
    if asked.where.level == "ward" and (district := district_of(asking, asked.where.code)):
        whole = line("district", asked.period, asked.years, area("district", district))
        name = next(one.name for one in districts(asking) if one.code == district)
        others.append((f"The same months in the rest of {name}", _rest(whole, main)))
    year = rolling(asked.period.last)
    found = monthly(asking, [asked.measure], [where], year, forces=forces)
    then = monthly(asking, [asked.measure], [where], year.before(asked.years), forces=forces)
    of_months = tuple(
        OfMonth(now.month, now.count, before.count)
        for now, before in zip(found.cells, then.cells, strict=True)
    )
    return Explored(
        asked,
        main,
        of_months,
        tuple(others),
        tuple(sorted({one for answer in answers for one in answer.snapshots})),
        tuple(sorted({*answers[0].absent, *found.absent})),
        tuple(sorted({*answers[0].provisional, *found.provisional})),
    )


def _other_ways(asked: Question) -> list[tuple[str, Period, int]]:
    """Every span up to the same month against the year before, but the one that was asked.

    So nobody has to wonder whether a comparison was picked for what it shows.
    """
    to = asked.period.last
    ways = [
        *((rolling(to, months=int(span)), 1) for span in ("12", "3", "1")),
        (year_to_date(to), 1),
        (rolling(to), 5),
    ]
    seen = {(asked.period, asked.years)}
    found = []
    for period, years in ways:
        if (period, years) not in seen:
            seen.add((period, years))
            against = words_of_period(period.before(years))
            found.append((f"{words_of_period(period)}, against {against}", period, years))
    return found


def _rest(whole: Line, part: Line) -> Line:
    """What is left of a district beside one of its wards; nothing where either lacks a figure."""
    left = Compared(
        whole.measure.code,
        "rest",
        whole.now,
        _less(whole.count, part.count),
        whole.before_period,
        _less(whole.before, part.before),
        whole.absent,
    )
    return line_of("rest", whole.measure, left, table_of(whole.measure))


def _less(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def _district(asking: Asking, code: str) -> str | None:
    """The district that a code is, or that a ward lies in."""
    if any(one.code == code for one in districts(asking)):
        return code
    return district_of(asking, code) if code else None


def unit(line: Line) -> str:
    """What is counted, in the number that its count needs."""
    one, many = ("crime", "crimes") if line.is_crime else ("call", "calls")
    return one if line.count == 1 else many


def limit(value: float) -> str:
    """A limit of a ratio; three decimals where two would make it look like the same."""
    if value == float("inf"):
        return "no limit"
    return f"{value:.3f}" if f"{value:.2f}" == "1.00" and value != 1 else f"{value:.2f}"


def words_of_period(period: Period) -> str:
    """“May 2026”, “the 12 months to May 2026”, or “April to May 2026”."""
    first, last, count = period.first, period.last, len(period.months)
    if count == 1:
        return f"{last:%B %Y}"
    if count == 12:
        return f"the 12 months to {last:%B %Y}"
    if first.year == last.year:
        return f"{first:%B} to {last:%B %Y}"
    return f"{first:%B %Y} to {last:%B %Y}"
