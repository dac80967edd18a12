"""Where offences gather, and what became of them: what stands beside the answer to a question.

Counts of small areas, never which: that a few places hold much is for a meeting to look at, and no
list of the worst. Plain Python.
"""

from dataclasses import dataclass

from concerted.crime.exploring import Question, words_of_period
from concerted.crime.lake.asking import Asking
from concerted.crime.lake.measures import Measure
from concerted.crime.lake.named import forces_of
from concerted.crime.lake.patterns import concentration, outcomes_by_type
from concerted.crime.lake.refusals import Refused
from concerted.crime.report import area_of
from concerted.figures.counts import FEWEST_FOR_A_PERCENTAGE

SHARES = ((0.25, "a quarter"), (0.5, "half"), (0.8, "four fifths"))
# On average; with fewer a handful of places holds half by chance alone.
FEWEST_EACH = 5
NO_OUTCOME = "None published"


@dataclass(frozen=True, slots=True)
class Gathered:
    """In how few of all small areas these shares of the offences lie; empty where they are too few
    to say."""

    shares: tuple[tuple[str, int], ...]
    places: int
    total: int

    @property
    def says(self) -> str:
        if not self.shares:
            return (
                f"{self.total:,} in {self.places:,} small areas are too few to say whether they "
                "gather: a handful of places would hold half by chance alone."
            )
        half = dict(self.shares)["half"]
        areas = "area" if half == 1 else "areas"
        return f"Half lie in {half:,} small {areas} of {self.places:,}."


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome with its count; `percent` of all, None where these are too few for one."""

    words: str
    count: int
    percent: float | None


def gathered(asking: Asking, asked: Question) -> Gathered | None:
    """None where small areas are not told, or a month was not reported."""
    where = area_of(asked.where.code)
    forces = forces_of(asking, where)
    found, places, total = [], 0, 0
    for share, words in SHARES:
        try:
            one = concentration(
                asking, asked.measure, where, asked.period, share=share, forces=forces
            )
        except Refused:
            return None
        if one.total is None or not one.places:
            return None
        places, total = one.places, one.total
        found.append((words, len(one.top)))
    enough = total >= FEWEST_EACH * places
    return Gathered(tuple(found) if enough else (), places, total)


def outcomes(asking: Asking, asked: Question) -> tuple[Outcome, ...]:
    """The commonest first. None where the source tells none for such an area or measure, or a
    month was not reported."""
    where = area_of(asked.where.code)
    try:
        answer = outcomes_by_type(asking, where, asked.period, forces=forces_of(asking, where))
    except Refused:
        return ()
    counted: dict[str, int] = {}
    for one in answer.cells:
        if _is_of(asked.measure, one.kind, one.code):
            words = one.outcome or NO_OUTCOME
            counted[words] = counted.get(words, 0) + one.count
    total = sum(counted.values())
    if answer.absent or not total or set(counted) == {NO_OUTCOME}:
        return ()
    few = total < FEWEST_FOR_A_PERCENTAGE
    return tuple(
        Outcome(words, count, None if few else 100 * count / total)
        for words, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )


def about_outcomes(asked: Question) -> str:
    """What is to be known of outcomes before one quotes them."""
    return (
        f"Of crimes of {words_of_period(asked.period)}, as it was known when they were published: "
        "newer crimes have had less time, so do not compare with older ones."
    )


def _is_of(measure: Measure, kind: str, code: str) -> bool:
    return any(one.kind == kind and one.code in (None, code) for one in measure.members)
