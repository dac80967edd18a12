"""Which minutes and reports are handed over, what each becomes, what the secretary says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from concerted.demonstration.days import Calendar, plain
from concerted.imports.paper_review import PaperReview
from concerted.imports.review import NOWHERE, OUTCOME_OPTIONS, Choice, Review

FOLDER = Path(__file__).parent / "minutes"
TO_TRY = Path(__file__).parent / "minutes-to-try.txt"


class Ends(StrEnum):
    """What becomes of a file."""

    RECORDS = "records"
    WAITS = "waits"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Paper:
    """One file: which meeting it tells of, and how the secretary deals with it.

    `confirmed`: a later meeting agreed the minutes. `follow`: words of the offered actions that
    are ticked, and the task she makes of each. `agreed`: words of the parts of decisions that
    the reader could not tell: they were agreed.
    """

    file: str
    title: str
    series: str
    by: int
    ends: Ends = Ends.RECORDS
    confirmed: bool = False
    follow: dict[str, str] = field(default_factory=dict)
    agreed: tuple[str, ...] = ()

    def name(self, calendar: Calendar) -> str:
        return f"{self.title} {plain(calendar.meeting(self.series, self.by))}.txt"

    def text(self, calendar: Calendar) -> str:
        return calendar.filled((FOLDER / self.file).read_text(encoding="utf-8"))

    def answers(self) -> Callable[[Review | PaperReview], dict[str, Any]]:
        """The secretary's answers on the review page."""

        def answer(review: Review | PaperReview) -> dict[str, Any]:
            given: dict[str, Any] = {}
            for one in review.fields:
                if isinstance(one, Choice):
                    given |= self._chosen(one)
            if isinstance(review, PaperReview):
                return given
            actions = (
                *((f"a{n}", one) for n, one in enumerate(review.meeting.actions)),
                *((f"o{n}", one) for n, one in enumerate(review.meeting.implied_actions)),
            )
            for prefix, action in actions:
                given[f"{prefix}_text"] = _without_day(action.text, action.due_text)
                for words, task in self.follow.items():
                    if words in action.text:
                        given |= {f"{prefix}_follow": "on", f"{prefix}_text": task}
            return given

        return answer

    def _chosen(self, one: Choice) -> dict[str, str]:
        if one.name.startswith("d") and any(words in one.label for words in self.agreed):
            return {one.name: "agreed"}
        if one.required and not one.initial:
            # Lines without a place stay in the text; else the first answer is what was read.
            unplaced = one.name.startswith("u")
            return {one.name: NOWHERE if unplaced else one.options[0][0]}
        return {}


def _without_day(text: str, due: str | None) -> str:
    """What is to be done, as a task: its date has a field of its own."""
    words = text.removesuffix(".")
    if due:
        words = words.removesuffix(f" by {due}")
    return words[:1].upper() + words[1:]


PAPERS = (
    Paper(
        "board-6.txt",
        "Safer Marlbeck Board minutes",
        "board",
        -6,
        confirmed=True,
        agreed=("Edmund Sorrel writes",),
    ),
    Paper(
        "board-5.txt",
        "Safer Marlbeck Board minutes",
        "board",
        -5,
        confirmed=True,
    ),
    Paper(
        "board-4.txt",
        "Safer Marlbeck Board minutes",
        "board",
        -4,
        confirmed=True,
        agreed=("results come back",),
    ),
    Paper("board-3.txt", "Safer Marlbeck Board minutes", "board", -3, confirmed=True),
    Paper(
        "board-2.txt",
        "Safer Marlbeck Board minutes",
        "board",
        -2,
        confirmed=True,
        agreed=("leaflet be made",),
    ),
    Paper(
        "board-1.txt",
        "Safer Marlbeck Board minutes",
        "board",
        -1,
        follow={
            "Lorna Beck agreed": "Speak on recovery at the public meeting",
            "Any ideas for the evening": "Send ideas for the public meeting to the secretary",
        },
        agreed=("report on it every quarter", "public meeting be held"),
    ),
    Paper("together.txt", "Marlbeck Together Board minutes", "together", -1),
    Paper("violence.txt", "Violence Reduction Group", "violence", -1),
    Paper("fenside.txt", "Fenside Area Board", "fenside", -1),
    Paper(
        "town-jag.txt",
        "Town Centre JAG notes",
        "jag",
        -1,
    ),
    Paper(
        "reoffending.txt",
        "Reducing Reoffending draft minutes",
        "reoffending",
        -1,
        agreed=("hold two flats",),
    ),
    Paper("silver.txt", "Silver", "silver", -1, agreed=("offered a seat",)),
    Paper("board-agenda.txt", "Safer Marlbeck Board agenda", "board", 1),
    Paper("waiting-canal.txt", "Canal and Market minutes", "canal", -1, Ends.WAITS),
    Paper("shop-theft-plan.txt", "Shop theft plan report", "board", -1),
    Paper("fenside-wardens.txt", "Wardens on Fenside Parade report", "fenside", -1),
    Paper("late-licences.txt", "Late licences report", "board", 1),
    Paper("refused-letter.txt", "Letter of the Friends of the Canal", "canal", -1, Ends.REFUSED),
)

# The outcomes that the decisions of these files show.
OUTCOMES = frozenset(code for code, _ in OUTCOME_OPTIONS) - {"other"}
