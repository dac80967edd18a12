"""A question as it was chosen, its answer, and the lines of a spreadsheet.

Views load this when they are asked: with it come scipy and DuckDB, 80 MB of a process.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from concerted.crime.exploring import Explored, Question, choices, explored, question
from concerted.crime.forms import QuestionForm
from concerted.crime.gathering import Gathered, Outcome, gathered, outcomes
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.residents import Residents
from concerted.crime.other_sources import choices as choices_of_others
from concerted.crime.other_sources import told
from concerted.crime.report import Line, Report
from concerted.crime.summary import Summary, summary
from concerted.ui.words import as_text


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was chosen, and its answer, or why there is none.

    Without a form the lake holds nothing yet. `report` where the report of an area was asked for.
    """

    form: QuestionForm | None = None
    answer: Explored | None = None
    report: Summary | None = None
    refused: str = ""
    gathered: Gathered | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def query(self) -> str:
        """The question as the end of an address."""
        chosen = QueryDict(mutable=True)
        chosen.update(self.form.cleaned_data if self.form else {})
        return chosen.urlencode()


def asked(asking: Asking, given: QueryDict) -> Asked:
    """One measure; of what was not chosen, what most people ask first."""
    form, found, refused = _chosen(asking, given, without=())
    if found is None:
        return Asked(form, refused=refused)
    try:
        answer = explored(asking, found)
        return Asked(
            form,
            answer=answer,
            gathered=gathered(asking, found),
            outcomes=outcomes(asking, found),
        )
    except Refused as refusal:
        return Asked(form, refused=str(refusal))


def reported(asking: Asking, given: QueryDict, residents: Sequence[Residents] = ()) -> Asked:
    """All measures of an area."""
    form, found, refused = _chosen(asking, given, without=("measure",))
    if found is None:
        return Asked(form, refused=refused)
    try:
        report = summary(asking, found.where, found.period, found.years, residents=residents)
        return Asked(form, report=report)
    except Refused as refusal:
        return Asked(form, refused=str(refusal))


@dataclass(frozen=True, slots=True)
class AskedOfOthers:
    """The same of other sources; without a form there is nothing of them."""

    form: QuestionForm | None = None
    found: Report | None = None
    refused: str = ""


def of_other_sources(asking: Asking, given: QueryDict) -> AskedOfOthers:
    """The tables of an area and month; of what was not chosen, the first."""
    offered = choices_of_others(asking)
    if not offered:
        return AskedOfOthers()
    chosen = {name: given.get(name, found[0][0]) for name, found in offered.items()}
    form = QuestionForm(chosen, choices=offered)
    if not form.is_valid():
        return AskedOfOthers(form)
    try:
        return AskedOfOthers(form, found=told(asking, **form.cleaned_data))
    except Refused as refusal:
        return AskedOfOthers(form, refused=str(refusal))


def _chosen(
    asking: Asking, given: QueryDict, *, without: tuple[str, ...]
) -> tuple[QuestionForm | None, Question | None, str]:
    possible = choices(asking, given.get("area", ""))
    if not possible.months:
        return None, None, ""
    offered = {name: found for name, found in possible.by_name.items() if name not in without}
    chosen = {name: given.get(name, found[0][0]) for name, found in offered.items()}
    form = QuestionForm(chosen, choices=offered)
    if not form.is_valid():
        return form, None, ""
    try:
        return form, question(asking, form.cleaned_data), ""
    except Refused as refusal:
        return form, None, str(refusal)


def as_lines(answer: Explored) -> Iterator[list[object]]:
    """The lines of a spreadsheet: what was found in words, then the months."""
    asked = answer.question
    snapshots = ", ".join(map(str, answer.snapshots))
    yield [as_text(one) for one in (answer.heading, *answer.sentences)]
    yield ["Month", "Measure", "Area", "Code", "Now", "Before", "Years before", "Snapshots"]
    for one in answer.months:
        counts = ["" if count is None else count for count in (one.now, one.before)]
        place = [as_text(asked.where.name), asked.where.code]
        yield [f"{one.month:%Y-%m}", asked.measure.label, *place, *counts, asked.years, snapshots]


def report_lines(found: Summary) -> Iterator[list[object]]:
    """The same of a report: a line a measure, and one a ward."""
    snapshots = ", ".join(map(str, found.snapshots))
    yield [as_text(one) for one in found.sentences]
    yield [
        *("Area", "Code", "Measure", "From", "To", "Count", "Before from", "Before to", "Before"),
        *("Change %", "Ratio", "Low", "High", "In words", "Snapshots"),
    ]
    own = [(found.where, line) for line in (*found.lines, *found.disorder)]
    for place, line in (*own, *found.wards):
        yield [as_text(place.name), place.code, *_cells(line), snapshots]
    yield from rate_lines(found)


def rate_lines(found: Summary) -> Iterator[list[object]]:
    """A line a ward with its rate, where the residents are known."""
    if found.residents is None:
        return
    year = found.residents.year
    yield ["Ward", "Code", "Crimes", f"Residents {year}", "Per 1,000", "Low", "High", "In words"]
    for one in found.rates:
        figures = (round(value, 2) for value in (one.rate.rate, one.rate.low, one.rate.high))
        place = [as_text(one.ward.name), one.ward.code]
        yield [*place, one.count, one.residents, *figures, str(one.word)]


def _cells(line: Line) -> list[object]:
    ratio = line.ratio if line.count or line.before else None
    percent = line.change.percent if line.change else None
    return [
        line.measure.label,
        *(f"{one:%Y-%m}" for one in (line.now.first, line.now.last)),
        "" if line.count is None else line.count,
        *(f"{one:%Y-%m}" for one in (line.before_period.first, line.before_period.last)),
        "" if line.before is None else line.before,
        "" if percent is None else round(percent, 1),
        *(["", "", ""] if ratio is None else map(_number, (ratio.ratio, ratio.low, ratio.high))),
        str(line.word),
    ]


def _number(value: float) -> float | str:
    return "no limit" if value == float("inf") else round(value, 3)
