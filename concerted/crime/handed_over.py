"""Files handed over on a page, until a worker has brought them in: a folder each, then they go.

An archive of the police holds more than is kept of it, an extract more than anybody should read:
nothing of these folders is shown, copied or kept.
"""

import datetime
import errno
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from concerted.crime.lake.refusals import Refused
from concerted.kernel.clock import now

HANDED_OVER = "handed-over"
WANTED, MAPPING = ".wanted.json", ".mapping.json"  # no file that is handed over is called so
STRAY = datetime.timedelta(days=3)
_LONGEST = 150
FULL = "There is no room left on the disk for these files. Nothing was kept; tell who runs it."


class What(StrEnum):
    """What files hold."""

    POLICE = "police"
    MAPPED = "mapped"
    AREAS = "areas"
    RESIDENTS = "residents"
    OUTLINES = "outlines"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done with files. `forces` are called as in the files (`cleveland`), all where
    none is; `provisional_from` is a month such as `2025-10`, or empty; `mapping` as JSON."""

    what: str
    forces: tuple[str, ...] = ()
    gaps_are_known: bool = False
    provisional_from: str = ""
    mapping: dict[str, Any] | None = None


def name_of(given: str) -> str:
    """The name of a file as it is kept: what it is called matters, where it lay does not."""
    last = given.replace("\\", "/").rpartition("/")[2]
    return re.sub(r"[^\w .(),-]", "_", last).lstrip(" .")[-_LONGEST:]


def keep(root: Path, key: str, wanted: Wanted, files: Sequence[tuple[str, IO[bytes]]]) -> None:
    """Put files down where a worker finds them. Raises Refused, with nothing kept, for names that
    are none or come twice, and for a full disk."""
    names = [name_of(name) for name, _ in files]
    if not all(names):
        raise Refused("A file has no name that can be read. Rename it.")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise Refused(
            f"Two of these files are called {twice[0]}. Hand over one of them, or rename it."
        )
    folder = _folder(root, key)
    try:
        folder.mkdir(parents=True, mode=0o700)
        for name, (_, file) in zip(names, files, strict=True):
            file.seek(0)
            with open(folder / name, "wb") as kept:
                shutil.copyfileobj(file, kept, 1024**2)
        (folder / WANTED).write_text(json.dumps(asdict(wanted)), "utf-8")
    except OSError as error:
        let_go(root, key)
        if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
            raise Refused(FULL) from error
        raise


def handed_over(root: Path, key: str) -> tuple[Wanted, list[Path]]:
    """What was handed over. Raises Refused where it is not there any more."""
    folder = _folder(root, key)
    try:
        given = json.loads((folder / WANTED).read_text("utf-8"))
    except FileNotFoundError as error:
        raise Refused("The files are not there any more. Hand them over again.") from error
    files = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    return Wanted(**{**given, "forces": tuple(given["forces"])}), files


def let_go(root: Path, key: str) -> None:
    """Take the files away, for good."""
    shutil.rmtree(_folder(root, key), ignore_errors=True)


def let_strays_go(root: Path) -> int:
    """Take away what no worker came for in three days; returns how many folders those were."""
    before = (now() - STRAY).timestamp()
    there = (root / HANDED_OVER).iterdir() if (root / HANDED_OVER).is_dir() else ()
    stray = [one.name for one in there if one.stat().st_mtime < before]
    for key in stray:
        let_go(root, key)
    return len(stray)


def _folder(root: Path, key: str) -> Path:
    return root / HANDED_OVER / key
