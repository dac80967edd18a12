"""Figures as pictures: rows of comparisons with their shapes, months with their limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from concerted.charts.areas import Look, Shape, area_map
from concerted.charts.intervals import interval
from concerted.charts.lines import Pair, PairChart, pair_chart
from concerted.charts.marks import Mark, mark
from concerted.charts.runs import Chart, Limits, Run, run_chart, small_run
from concerted.charts.runs import Month as OfRun
from concerted.charts.runs import Stretch as OfChart
from concerted.crime.cautions import cautions
from concerted.crime.exploring import Explored, Question, limit, words_of_period
from concerted.crime.gathering import Gathered, Outcome, about_outcomes
from concerted.crime.lake.feeds import CRIME
from concerted.crime.lake.outlines import Ring
from concerted.crime.other_sources import by_table
from concerted.crime.report import Line, Report
from concerted.crime.summary import Series, Summary
from concerted.figures.control import Signal
from concerted.figures.words import Beside, Said

MARKS = {
    Said.CLEAR_INCREASE: Mark.CLEAR_UP,
    Said.POSSIBLE_INCREASE: Mark.POSSIBLE_UP,
    Said.SAME: Mark.SAME,
    Said.POSSIBLE_DECREASE: Mark.POSSIBLE_DOWN,
    Said.CLEAR_DECREASE: Mark.CLEAR_DOWN,
    Said.NOT_REPORTED: Mark.NO_FIGURE,
    Said.NOT_COMPARABLE: Mark.NO_FIGURE,
}


LOOKS = {
    Beside.CLEARLY_ABOVE: Look.CLEARLY_ABOVE,
    Beside.POSSIBLY_ABOVE: Look.POSSIBLY_ABOVE,
    Beside.SAME: Look.SAME,
    Beside.POSSIBLY_BELOW: Look.POSSIBLY_BELOW,
    Beside.CLEARLY_BELOW: Look.CLEARLY_BELOW,
    Beside.NOT_REPORTED: Look.NO_FIGURE,
}
FIRST = ("clear", "possible", "no", "not")  # the kinds of words


@dataclass(frozen=True, slots=True)
class Row:
    """A comparison as a row of the table."""

    words: str
    line: Line
    mark: Markup
    kind: str
    change: str
    limits: str
    drawn: Markup | str


def row(words: str, line: Line) -> Row:
    """A comparison as a row of a table, called by these words."""
    # Nothing in both periods has no ratio.
    ratio = line.ratio if line.count or line.before else None
    return Row(
        words=words,
        line=line,
        mark=mark(MARKS[line.word]),
        kind=line.word.split()[0],
        change=line.change.words if line.change else "not reported",
        limits=f"{limit(ratio.low)} to {limit(ratio.high)}" if ratio else "",
        drawn=interval(ratio.ratio, ratio.low, ratio.high) if ratio else "",
    )


def rows(answer: Explored) -> list[Row]:
    """What was asked first, then the same asked in other ways."""
    line = answer.line
    against = words_of_period(line.before_period)
    words = f"{words_of_period(line.now)}, against {against} (asked)"
    return [row(one, found) for one, found in ((words, line), *answer.others)]


def cautions_of(answer: Explored) -> list[str]:
    """What to read before one quotes an answer."""
    return cautions(
        calls=not answer.line.is_crime,
        absent=answer.absent,
        provisional=answer.provisional,
        comparisons=1 + len(answer.others),
    )


def chart(answer: Explored) -> PairChart | None:
    """Both years month by month; nothing where no month of either has a figure."""
    months, asked = answer.months, answer.question
    if all(one.now is None and one.before is None for one in months):
        return None
    pair = Pair(
        title=f"{asked.measure.label} in {asked.where.name} by month, to {months[-1].month:%B %Y}",
        months=[one.month for one in months],
        now=[one.now for one in months],
        before=[one.before for one in months],
        now_label="these 12 months",
        before_label="12 months before" if asked.years == 1 else f"{asked.years} years before",
    )
    return pair_chart(pair, name="months")


def run(series: Series) -> Run | None:
    """Months between their limits, ready to be drawn; nothing where no month has a figure."""
    if all(count is None for count in series.counts):
        return None
    parts = []
    for part in series.stretches:
        limits = None
        if part.routine:
            routine = part.routine
            limits = Limits(routine.mean, routine.low, routine.high, routine.trial)
        months = [
            OfRun(
                month,
                count,
                outside=Signal.OUTSIDE in told,
                run=bool(told & {Signal.SHIFT, Signal.TREND}),
            )
            for month, count, told in zip(
                series.months[part.begin : part.end],
                series.counts[part.begin : part.end],
                part.signals,
                strict=True,
            )
        ]
        parts.append(OfChart(months, limits))
    unit = "calls" if series.measure.members[0].kind != CRIME else "crimes"
    return Run(series.measure.label, unit, parts)


def large(series: Series) -> Chart | None:
    """The chart of all crime, for a wide page and for a phone."""
    found = run(series)
    return run_chart(found, name="run") if found else None


def small(series: Series, name: str) -> Markup | None:
    """One of many; each has a scale of its own, from zero."""
    found = run(series)
    return small_run(found, name=name) if found else None


def ward_map(found: Summary, outlines: Mapping[str, tuple[Ring, ...]]) -> Markup | None:
    """The wards as they lie, where their rates and all their outlines are known."""
    if not found.rates or any(one.ward.code not in outlines for one in found.rates):
        return None
    shapes = [
        Shape(
            one.ward.name,
            outlines[one.ward.code],
            f"{one.rate.rate:.1f} for each 1,000 residents",
            str(one.word),
            LOOKS[one.word],
        )
        for one in found.rates
    ]
    title = f"Crimes for each 1,000 residents by ward, {words_of_period(found.total.now)}"
    return area_map(shapes, name="wards-map", title=title, says=found.says_of_wards)


def report_context(
    found: Summary, outlines: Mapping[str, tuple[Ring, ...]] = MappingProxyType({})
) -> dict[str, Any]:
    """What the template of a report draws."""
    crimes = [row(line.measure.label, line) for line in found.lines]
    disorder = [row(line.measure.label, line) for line in found.disorder]
    total, *others = found.series
    by_label = {one.words: one for one in (*crimes, *disorder)}
    # What changed clearly comes first; otherwise as in the table.
    others.sort(key=lambda one: FIRST.index(by_label[one.measure.label].kind))
    return {
        "crimes": crimes,
        "disorder": disorder,
        # By name: their order says nothing of what happened there.
        "wards": [row(ward.name, line) for ward, line in found.wards],
        "total": total,
        "run": large(total),
        "months": list(zip(total.months, total.counts, strict=True))[::-1],
        "others": [
            (one, small(one, f"small-{place}"), by_label[one.measure.label])
            for place, one in enumerate(others)
        ],
        "map": ward_map(found, outlines),
        "rates": [(one, f"{one.rate.low:.1f} to {one.rate.high:.1f}") for one in found.rates],
        "cautions": cautions(
            calls=bool(disorder),
            absent=found.absent,
            provisional=found.provisional,
            comparisons=len(crimes) + len(disorder) + len(found.wards),
        ),
        "now_words": words_of_period(found.total.now),
        "before_words": words_of_period(found.total.before_period),
    }


def beside(asked: Question, found: Gathered | None, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The rows of where offences gather and of what became of them, as texts."""
    return {
        "gathered_rows": [
            [f"{words[0].upper()}{words[1:]}", f"{n:,}", f"{100 * n / found.places:.0f}%"]
            for words, n in found.shares
        ]
        if found
        else [],
        "outcome_rows": [
            [one.words, f"{one.count:,}", "" if one.percent is None else f"{one.percent:.0f}%"]
            for one in outcomes
        ],
        "about_outcomes": about_outcomes(asked),
    }


def other_sources(found: Report) -> dict[str, Any]:
    """What the page of other sources draws."""
    tables = by_table(found)
    return {
        "found": found,
        "tables": [
            (table, [row(line.measure.label, line) for line in table.lines]) for table in tables
        ],
        "cautions": [
            *cautions(
                calls=any(not line.is_crime for line in found.lines),
                absent=found.absent,
                provisional=found.provisional,
                comparisons=len(found.lines),
                points=False,
            ),
            *(f"A table lacks: {remark}" for remark in found.remarks),
        ],
    }
