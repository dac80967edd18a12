"""The edition as files in a folder, for any web server or CDN."""

import json
import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from concerted.public_door import pushing
from concerted.public_door.models import StoredPage
from concerted.public_door.router import ALIAS

# Names the files that are ours, so that a later export knows what it may take away.
LIST = ".concerted-edition.json"


class NotOurs(Exception):
    """The folder holds something that no export wrote; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files there are now, how many were written, and how many taken away."""

    files: int
    written: int
    removed: int


def export(folder: Path) -> Exported:
    """Write each page as a file: `/meetings/` becomes `meetings/index.html`.

    Only files that differ are written, and files of an earlier export that the edition has no
    more are removed. `withdrawn.txt` lists the addresses that a server should answer with 410.
    Raises NotOurs for a folder with other things in it, and NoEdition.
    """
    if not pushing.is_there():
        raise pushing.NoEdition("There is no public edition here: EDITION_URL is not set.")
    folder.mkdir(parents=True, exist_ok=True)
    before = _listed(folder)
    now: set[str] = set()
    gone: list[str] = []
    written = 0
    rows = StoredPage.objects.using(ALIAS).exclude(path=pushing.PROGRAM).order_by("path")
    for row in rows.only("path", "status", "body").iterator(200):
        name = file_of(row.path)
        now.add(name)
        written += _write(folder / name, bytes(row.body))
        if row.status == 410:
            gone.append(row.path)
    now.add("withdrawn.txt")
    written += _write(folder / "withdrawn.txt", "".join(f"{one}\n" for one in gone).encode())
    left = before - now
    for name in left:
        _remove(folder, name)
    _write(folder / LIST, json.dumps(sorted(now), indent=0).encode())
    return Exported(len(now), written, len(left))


def file_of(path: str) -> str:
    """The file that an address becomes, below the folder and never outside it."""
    name = f"{path}index.html" if path.endswith("/") else path
    parts = PurePosixPath(name).relative_to("/").parts
    if not parts or {"..", "."} & set(parts):
        raise ValueError("An address of the edition leads nowhere.")
    return "/".join(parts)


def _listed(folder: Path) -> set[str]:
    """What an earlier export wrote. A folder with anything else is somebody's own."""
    try:
        names = set(json.loads((folder / LIST).read_text()))
    except FileNotFoundError:
        if any(folder.iterdir()):
            raise NotOurs(
                f"{folder} is not empty and was not written by an export. Name another folder."
            ) from None
        return set()
    return {name for name in names if file_of(f"/{name}") == name}


def _write(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all; say whether it differed."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(data)
    os.replace(partial, path)
    return True


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.relative_to(folder).parents:
        if parent != Path() and not any((folder / parent).iterdir()):
            (folder / parent).rmdir()
