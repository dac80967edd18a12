"""What each recogniser adds: the labelled texts read again with one recogniser that sees nothing.

`python -m concerted.reading.tests.ablation [--write]` prints the table; `--write` puts it into
docs/reading.md between its two marks.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from concerted.reading.meetings import Stretch
from concerted.reading.tests.score import BLIND, TEXTS, scored
from concerted.reading.tests.scoring import Score

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "reading.md"
BEGIN, END = "<!-- ablation -->", "<!-- end of ablation -->"
SHOWN = 4


def nothing(*_: Any, **__: Any) -> None:
    return None


def no_people(*_: Any, **__: Any) -> dict[str, list[Any]]:
    return {key: [] for key in ("present", "officers", "in_attendance", "apologies", "late")}


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A recogniser by what it recognises, where the reader calls it, and what seeing nothing is."""

    name: str
    place: str
    blind: Callable[..., Any]


READER = "concerted.reading.reader"
CHOOSE = "concerted.reading.layouts.choose"
HEADING = "concerted.reading.heading"
RECOGNISERS = (
    Recogniser(
        "layout: pages of the committee system", f"{CHOOSE}.moderngov.evidence", lambda _: 0
    ),
    Recogniser("layout: forms with a decision column", f"{CHOOSE}.egenda.evidence", lambda _: 0),
    Recogniser(
        "layout: such forms whose labels were lost", f"{CHOOSE}.stripped.evidence", lambda _: False
    ),
    Recogniser("layout: rows of a table, by pipes", f"{CHOOSE}.rows.pipe_evidence", lambda _: 0),
    Recogniser("layout: rows of a table, by strokes", f"{CHOOSE}.slashes.slash_header", nothing),
    Recogniser(
        "layout: one item over several meetings", f"{CHOOSE}.issue.evidence", lambda _: False
    ),
    Recogniser(
        "several meetings, or one printed twice", f"{READER}.apart", lambda lines: [Stretch(lines)]
    ),
    Recogniser("lines that were run together", f"{READER}.unroll", lambda lines: lines),
    Recogniser("lists of people", f"{READER}.read_rolls", no_people),
    Recogniser("lists of people inside items", f"{READER}.rolls_in_items", lambda _: []),
    Recogniser("apologies told in sentences", f"{READER}.apologies_in", lambda *_, **__: ([], [])),
    Recogniser("decisions", f"{READER}.read_decisions", lambda *_, **__: []),
    Recogniser("actions, where they are marked", f"{READER}.read_actions", lambda *_: ([], set())),
    Recogniser("logs of actions", f"{READER}.read_log", lambda *_: []),
    Recogniser("promises in the narrative", f"{READER}.read_commitments", lambda *_: []),
    Recogniser("the next meeting", f"{READER}.next_meeting", nothing),
    Recogniser("head: Date, Time and Place with their values", f"{HEADING}._form", nothing),
    Recogniser("head: how final the minutes are", f"{HEADING}._status", nothing),
    Recogniser("head: body and moment in one line", f"{HEADING}._moderngov_line", nothing),
    Recogniser("head: a meeting of the X was held on", f"{HEADING}._sentence", nothing),
    Recogniser("head: the line that names the body", f"{HEADING}._body", nothing),
    Recogniser("head: the place", f"{HEADING}.read_venue", nothing),
)


def lost(whole: Score, without: Score) -> dict[str, float]:
    """F1 lost by kind of field, the greatest first; what changes by less than 0.005 is left out."""
    drops = {kind: tally.f1 - without.kinds[kind].f1 for kind, tally in whole.kinds.items()}
    return dict(
        sorted(
            ((kind, drop) for kind, drop in drops.items() if abs(drop) >= 0.005),
            key=lambda one: -one[1],
        )
    )


def rows() -> list[str]:
    folders = [folder for folder in (TEXTS, BLIND) if folder.is_dir()]
    whole = scored(folders)["all"]
    made = ["| Without | F1 lost, by kind of field |", "| --- | --- |"]
    for one in RECOGNISERS:
        with patch(one.place, one.blind):
            drops = lost(whole, scored(folders)["all"])
        told = ", ".join(f"{kind} {drop:.2f}" for kind, drop in list(drops.items())[:SHOWN])
        more = f" and {len(drops) - SHOWN} more" if len(drops) > SHOWN else ""
        made.append(f"| {one.name} | {told + more or 'nothing on these texts'} |")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/reading.md")
    given = parser.parse_args()
    table = "\n".join(rows())
    print(table)
    if given.write:
        text = DOCUMENT.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        _, _, after = rest.partition(END)
        DOCUMENT.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
