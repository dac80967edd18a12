"""The lake as this process has it open, and what is kept beside it."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from concerted.crime.lake.asking import Asking
    from concerted.crime.lake.outlines import Ring
    from concerted.crime.lake.residents import Residents

Stamp = tuple[tuple[str, int, int], ...]


def lake() -> "Asking":
    """The counts, open for questions. One for all requests of a process; rows are not in it."""
    return _opened(Path(settings.LAKE) / "counts")


def residents() -> "tuple[Residents, ...]":
    """How many live where, the newest year first."""
    root = Path(settings.LAKE)
    return _residents(root, _stamp(root / "residents"))


def outlines() -> "dict[str, tuple[Ring, ...]]":
    """Outlines of areas by code."""
    root = Path(settings.LAKE)
    return _outlines(root, _stamp(root / "outlines"))


def _stamp(folder: Path) -> Stamp:
    """What tells that files came or were replaced."""
    if not folder.is_dir():
        return ()
    found = ((one.name, one.stat()) for one in sorted(folder.iterdir()))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


@lru_cache(maxsize=1)
def _opened(counts: Path) -> "Asking":
    # DuckDB takes 40 MB of a process: only one that is asked for figures loads it.
    from concerted.crime.lake.asking import Asking  # noqa: PLC0415

    return Asking(counts)


@lru_cache(maxsize=1)
def _residents(root: Path, _stamp: Stamp) -> "tuple[Residents, ...]":
    from concerted.crime.lake.residents import residents_in  # noqa: PLC0415 - as above

    return residents_in(root)


@lru_cache(maxsize=1)
def _outlines(root: Path, _stamp: Stamp) -> "dict[str, tuple[Ring, ...]]":
    from concerted.crime.lake.outlines import outlines_in  # noqa: PLC0415 - as above

    return outlines_in(root)
