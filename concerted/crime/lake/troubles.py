"""What can go wrong with the machine during an import, as sentences; the lake is as it was."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from concerted.crime.lake.refusals import Refused
from concerted.crime.lake.snapshots import Lake

FULL = "There is no room left on the disk. Nothing was changed; make room and begin again."
_SPARE = 200 * 1024**2


@contextmanager
def said_plainly() -> Iterator[None]:
    """Raises Refused in place of what DuckDB and the system say of full disks and memory."""
    try:
        yield
    except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
        raise Refused(_why(error)) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            raise Refused(FULL) from error
        raise


def _why(error: duckdb.Error) -> str:
    """DuckDB tells a full disk from other troubles by its words alone."""
    if any(words in str(error) for words in ("No space left", "File too large", "Disk quota")):
        return FULL
    if isinstance(error, duckdb.OutOfMemoryException):
        return (
            "There is not enough memory for the largest year of this import. Nothing was changed; "
            "bring fewer forces at once."
        )
    return "The lake cannot be written to. Nothing was changed; have its folder looked at."


def refuse_no_room(lake: Lake, needed: int) -> None:
    """Raises Refused where the disk has not so many bytes left, and some to spare."""
    free = shutil.disk_usage(lake.root).free
    if free < needed + _SPARE:
        raise Refused(
            f"This import needs up to {(needed + _SPARE) / 1024**3:,.1f} GB and the disk has "
            f"{free / 1024**3:,.1f} GB left. Nothing was changed; make room, or bring fewer months."
        )
