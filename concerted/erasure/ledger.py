"""The ledger of erasures: a file beside the database, so that a restore brings nothing back.

One line of JSON for each step of an erasure, in order, each with the SHA-256 of the line before it
and its own. It holds numbers, keys, names of fields and fingerprints of bytes, and no names of
people. A line counts once it is on the disk with its line feed; half a line is what a crash left,
and is written over. Plain Python.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

START = "0" * 64


class Broken(Exception):
    """The ledger cannot be believed; the message says where, and what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it stands in the ledger."""

    number: int
    at: str
    what: Mapping[str, Any]
    digest: str


def read(path: Path) -> list[Written]:
    """All lines in order; none where there is no file. Raises Broken."""
    try:
        return _lines(path.read_bytes())
    except FileNotFoundError:
        return []


def append(path: Path, *, at: str, what: Mapping[str, Any]) -> Written:
    """Put one line at the end; on the disk when this returns. Raises Broken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = not path.exists()
    with _alone(path) as file:
        data = file.read()
        before = _lines(data)
        body = {
            "number": len(before) + 1,
            "at": at,
            "what": what,
            "previous": before[-1].digest if before else START,
        }
        digest = _digest(body)
        file.seek(data.rfind(b"\n") + 1)
        file.truncate()
        file.write(json.dumps(body | {"digest": digest}, sort_keys=True).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    if new:
        _sync_folder(path.parent)
    return Written(len(before) + 1, at, what, digest)


@contextmanager
def _alone(path: Path) -> Iterator[BinaryIO]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lines(data: bytes) -> list[Written]:
    found: list[Written] = []
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), 1):
        found.append(_line(number, line, found[-1].digest if found else START))
    return found


def _line(number: int, line: bytes, previous: str) -> Written:
    try:
        body = json.loads(line)
        digest = body.pop("digest")
        fits = (body["number"], body["previous"], _digest(body)) == (number, previous, digest)
        made = Written(number, str(body["at"]), body["what"], digest)
    except (ValueError, KeyError, TypeError, AttributeError):
        fits = False
    if not fits:
        raise Broken(
            f"Line {number} of the ledger of erasures is not as it was written. Put the copy of "
            "the ledger in its place that you keep elsewhere."
        )
    return made


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
