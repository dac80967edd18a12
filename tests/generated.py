"""Writes the generated pages of docs/; with --check, says what differs instead (exit 1).

python -m tests.generated [--check]

docs/access.md is made by a walk through all pages, so it is written here and compared by that
walk in the tests (tests/test_access_matrix.py).
"""

import difflib
import fcntl
import logging
import os
import sys
from pathlib import Path

import django

DOCS = Path(__file__).resolve().parents[1] / "docs"


def read_off() -> dict[str, str]:
    """The pages that are made of the code alone. Django must be set up."""
    from tests import processing_page, states_page  # noqa: PLC0415 - needs settings

    # The words live beside the page that shows them; here they can be read without it.
    words = (DOCS.parent / "concerted" / "ui" / "glossary.md").read_text("utf-8")
    return {
        "glossary.md": words,
        "record-of-processing.md": processing_page.as_markdown(),
        "states.md": states_page.as_markdown(),
    }


def walked() -> dict[str, str]:
    """Start the tests' PostgreSQL if nobody has, and walk in a database of one's own."""
    from django.conf import settings  # noqa: PLC0415

    from tests import access_table, cast, databases, world  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    settings.HOME.mkdir(parents=True, exist_ok=True)
    with open(settings.HOME / "in-use.lock", "w") as in_use:
        fcntl.flock(in_use, fcntl.LOCK_SH)
        settings.CLUSTER.start()
        try:
            own = databases.cloned(databases.template(), f"generated_{os.getpid()}")
            with own, world.built(cast.build()) as there:
                return {"access.md": access_table.as_markdown(access_table.walk(there))}
        finally:
            try:
                fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
                settings.CLUSTER.stop()
            except BlockingIOError:
                pass  # the tests run on the same server, and stop it later


def differences(name: str, text: str) -> list[str]:
    path = DOCS / name
    there = path.read_text("utf-8") if path.exists() else ""
    lines = there.splitlines(), text.splitlines()
    files = f"docs/{name}", "as it should be"
    return list(difflib.unified_diff(*lines, *files, lineterm="", n=0))


def main(arguments: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    texts = read_off()
    if "--check" not in arguments:
        for name, text in (texts | walked()).items():
            (DOCS / name).write_text(text, "utf-8")
        return 0
    differ = [line for name, text in texts.items() for line in differences(name, text)]
    if differ:
        print("\n".join(differ))
        print("\nThe generated pages are not up to date: run `make fix` and look at what changed.")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
