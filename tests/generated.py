"""Writes the generated pages of docs/; with --check, says what differs instead (exit 1).

python -m tests.generated [--check]
"""

import difflib
import fcntl
import logging
import os
import sys
from pathlib import Path

import django

DOCS = Path(__file__).resolve().parents[1] / "docs"


def made() -> dict[str, str]:
    """Each page as it should be. The database must be open, with the cast in it."""
    from tests import access_table, cast, processing_page, states_page, world  # noqa: PLC0415 - needs settings

    with world.built(cast.build()) as there:
        access = access_table.as_markdown(access_table.walk(there))
    # The words live beside the page that shows them; here they can be read without it.
    words = (DOCS.parent / "concerted" / "ui" / "glossary.md").read_text("utf-8")
    return {
        "access.md": access,
        "glossary.md": words,
        "record-of-processing.md": processing_page.as_markdown(),
        "states.md": states_page.as_markdown(),
    }


def everything() -> dict[str, str]:
    """Start the tests' PostgreSQL if nobody has, and make the pages in a database of one's own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from tests import databases  # noqa: PLC0415

    logging.disable(logging.CRITICAL)
    settings.HOME.mkdir(parents=True, exist_ok=True)
    with open(settings.HOME / "in-use.lock", "w") as in_use:
        fcntl.flock(in_use, fcntl.LOCK_SH)
        settings.CLUSTER.start()
        try:
            with databases.cloned(databases.template(), f"generated_{os.getpid()}"):
                return made()
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
    texts = everything()
    if "--check" not in arguments:
        for name, text in texts.items():
            (DOCS / name).write_text(text, "utf-8")
        return 0
    differ = [line for name, text in texts.items() for line in differences(name, text)]
    if differ:
        print("\n".join(differ))
        print("\nThe generated pages are not up to date: run `make fix` and look at what changed.")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
