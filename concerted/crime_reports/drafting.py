"""The words that figures give a report, for an analyst to edit: one section a subject.

They come from the ladder of `figures.words`. No word says why something changed, and none that a
place is the first or the last.
"""

from dataclasses import dataclass

from concerted.crime.exploring import limit, words_of_period
from concerted.crime.report import Line
from concerted.crime.summary import Series, Summary
from concerted.figures.words import Said, counted

TOLD = frozenset(
    {
        Said.CLEAR_INCREASE,
        Said.CLEAR_DECREASE,
        Said.POSSIBLE_INCREASE,
        Said.POSSIBLE_DECREASE,
        Said.NOT_COMPARABLE,
    }
)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A section; `code` stays the same when figures are computed anew."""

    code: str
    heading: str
    text: str


def drafted(found: Summary) -> list[Drafted]:
    """In short; each measure that changed clearly or possibly; disorder; months; wards."""
    series = {one.measure.code: one for one in found.series}
    told = [line for line in found.lines[1:] if line.word in TOLD]
    made = [
        Drafted("short", "In short", "\n\n".join(found.sentences)),
        *(_of_measure(line, series.get(line.measure.code)) for line in told),
    ]
    if found.disorder:
        words = [_said(line, series.get(line.measure.code)) for line in found.disorder]
        text = "\n\n".join([*words, "These are calls, not crimes."])
        made.append(Drafted("disorder", "Disorder", text))
    made.append(Drafted("months", "Month by month", found.series[0].says))
    if found.rates:
        made.append(Drafted("wards", "Wards", found.says_of_wards))
    return made


def _of_measure(line: Line, series: Series | None) -> Drafted:
    return Drafted(f"measure-{line.measure.code}"[:40], line.measure.label, _said(line, series))


def _said(line: Line, series: Series | None) -> str:
    parts = [f"{line.measure.label}: {line.word}."]
    if line.count is not None and line.before is not None:
        against = words_of_period(line.before_period)
        unit = "crimes" if line.is_crime else "calls"
        parts.append(f"{counted(line.count, line.before, unit)}, against {against}.")
        if line.ratio and (line.count or line.before):
            low, high = limit(line.ratio.low), limit(line.ratio.high)
            parts.append(f"Day for day the ratio lies between {low} and {high}.")
    if series:
        parts.append(series.says)
    return " ".join(parts)
