"""The lake as this process has it open."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from concerted.crime.lake.asking import Asking


def lake() -> "Asking":
    """The counts, open for questions. One for all requests of a process; rows are not in it."""
    return _opened(Path(settings.LAKE) / "counts")


@lru_cache(maxsize=1)
def _opened(counts: Path) -> "Asking":
    # DuckDB takes 40 MB of a process: only one that is asked for figures loads it.
    from concerted.crime.lake.asking import Asking  # noqa: PLC0415

    return Asking(counts)
