"""`python -m bench [--write] [NAME…]`: measures, prints a table, and keeps it in docs/speed.md."""

import argparse
import importlib
import os
import sys
import time
import traceback
from pathlib import Path

from bench.table import AnswersDiffer, Row, as_markdown, notes

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "speed.md"
MEASURES = {
    "page": "the meeting page: processor time, queries, bytes of a first visit",
    "languages": "the same page in Django’s own templates",
    "rows": "lists from 200,000 restricted rows, with row-level security and without",
    "memory": "one web worker’s memory",
    "public": "the public door: pages a second, and search over 100,000 pages",
    "members": "live saving by twenty writers, and the list of 60 actions",
    "search": "members’ search over 200,000 minutes and actions, for few and many audiences",
    "packs": "building the pack of a meeting with 40 papers",
    "bulk": "500 files through the whole import, and what a fork saves",
    "reading": "the reader: characters a second, and growth with the text",
    "figures": "exact intervals of 100,000 ratios",
    "lake": "crime records: import, and a question beside bare DuckDB and pandas",
    "start": "the demonstration’s second start",
}


def main() -> int:
    """Run what was asked for. Exit code 1 only where two answers differ."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument("--write", action="store_true", help="write docs/speed.md anew")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in MEASURES]:
        parser.error(
            f"there is no measurement called {unknown[0]}; there are {', '.join(MEASURES)}"
        )
    if given.write and given.names:
        parser.error("docs/speed.md holds all measurements: --write takes no names")
    rows: list[Row] = []
    differ = False
    for name in given.names or MEASURES:
        print(f"Measuring {MEASURES[name]} …", file=sys.stderr)
        try:
            rows += _measured(name)
        except AnswersDiffer as fault:
            differ = True
            print(fault, file=sys.stderr)
        except Exception:
            # What broke is not slow: say so, and measure the rest.
            traceback.print_exc()
            rows.append(Row(what=f"Not measured: {MEASURES[name]}", ratio="it failed"))
    told = [*notes(rows), *_weather()]
    print(as_markdown(rows), *(f"- {note}" for note in told), sep="\n")
    if given.write and not differ and all(row.ratio != "it failed" for row in rows):
        DOCUMENT.write_text(_document(rows, told))
    return 1 if differ else 0


def _measured(name: str) -> list[Row]:
    began = time.monotonic()
    _load_django()
    rows = list(importlib.import_module(f"bench.{name}").measure())
    print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr)
    return rows


def _load_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"  # noqa: TID251 - read by Django alone
    importlib.import_module("django").setup()


def _weather() -> list[str]:
    """A sentence where others kept the machine busier than it has cores."""
    load, cores = os.getloadavg()[1], os.cpu_count() or 1
    if load < cores:
        return []
    return [
        f"Other work ran on the machine: {load:.0f} processes for {cores} cores. Absolute times, "
        "of the processor too, are longer for it; ratios stand."
    ]


def _document(rows: list[Row], told: list[str]) -> str:
    cores = os.cpu_count()
    return "\n".join(
        [
            "# Speed",
            "",
            "Written by `python -m bench --write`; `make bench` measures anew and prints the same "
            "table. Nothing is timed in the tests: a busy machine must not fail them.",
            "",
            "Each thing is measured beside another way of having it, in the same run, the two "
            "taken in turn, and their answers are compared first: where they differ, the run says "
            "so and ends with exit code 1. Ratios and growth carry over to other machines; "
            f"absolute figures are those of one machine with {cores} cores, and are the middle of "
            "many rounds. Processor time is this process’s own. The data are invented; the "
            "database is a clone on a PostgreSQL of its own that keeps its promises (fsync on), "
            "read as the role that serves pages, with row-level security forced.",
            "",
            as_markdown(rows),
            "",
            *(f"- {note}" for note in told),
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
