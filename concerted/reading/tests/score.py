"""`make reading-score`: how well the labelled texts are read, F1 for each layout and kind of field.

`python -m concerted.reading.tests.score [--faults] [FOLDER ...]`: each FOLDER holds NAME.txt beside
NAME.json. Without a folder: our own invented texts, those written
without knowing the reader, and the shared fixtures where they are.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from concerted.reading import as_labels, read
from concerted.reading.tests.scoring import Score

TEXTS = Path(__file__).parent / "texts"
# Written and labelled by hand by people who did not know the reader.
BLIND = Path(__file__).parent / "blind"
FIXTURES = Path(__file__).resolve().parents[4] / "shared" / "minutes" / "fixtures"
WANTED = 0.97
EMPTY: dict[str, Any] = {
    **dict.fromkeys(("body", "date", "start_time", "venue", "status", "next_meeting")),
    **{
        key: []
        for key in (
            "present",
            "in_attendance",
            "apologies",
            "late",
            "items",
            "actions",
            "implied_actions",
        )
    },
}


def labelled(folder: Path) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """(name, text, labels of each meeting) of every labelled text in a folder."""
    for path in sorted(folder.glob("*.txt")):
        labels = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        yield path.stem, text, labels.get("meetings", [labels])


def scored(folders: Sequence[Path]) -> dict[str, Score]:
    """The score of every layout, and of all together under `all`."""
    scores: dict[str, Score] = {"all": Score()}
    for folder in folders:
        for name, text, meetings in labelled(folder):
            found = [as_labels(meeting) for meeting in read(text).meetings]
            # A meeting that was not found is missing in every field; one too many is extra.
            found += [EMPTY] * (len(meetings) - len(found))
            for labels, got in zip(meetings, found, strict=False):
                for family in (labels["family"], "all"):
                    scores.setdefault(family, Score()).add(name, labels, got)
    return scores


def table(scores: dict[str, Score]) -> str:
    """Rows of fields, columns of layouts; a dot where a layout has nothing of the kind."""
    families = sorted(scores, key=lambda one: (one != "all", one))
    kinds = sorted(scores["all"].kinds)
    lines = ["field".ljust(24) + "".join(f"{family[:11]:>12}" for family in families)]
    for kind in kinds:
        cells = []
        for family in families:
            tally = scores[family].kinds.get(kind)
            counted = tally and tally.hit + tally.extra + tally.missing
            cells.append(f"{tally.f1:12.3f}" if tally and counted else f"{'·':>12}")
        lines.append(kind.ljust(24) + "".join(cells))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--faults", action="store_true", help="list what is missing and extra")
    given = parser.parse_args()
    groups = (
        [(str(folder), folder) for folder in given.folders]
        if given.folders
        else [
            ("Our own texts", TEXTS),
            ("Texts written without knowing the reader", BLIND),
            ("The shared fixtures", FIXTURES),
        ]
    )
    low = []
    for title, folder in groups:
        if not folder.is_dir():
            print(f"{title}: not here.")
            continue
        scores = scored([folder])
        print(f"{title}: {len(list(folder.glob('*.txt')))} texts\n\n{table(scores)}\n")
        tallies = scores["all"].kinds
        if given.faults:
            for kind, tally in sorted(tallies.items()):
                print("\n".join(f"{kind}: {fault}" for fault in tally.faults))
        low += [f"{title}: {kind} {one.f1:.3f}" for kind, one in tallies.items() if one.f1 < WANTED]
    print("\n".join(["Below 0.97:", *low]) if low else "Every kind of field is at 0.97 or above.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
