"""Hostile files are read in a process that has nothing to lose; the parent believes only JSON."""

import base64
import contextlib
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, cast, get_args

from concerted.reading import converter
from concerted.reading.files import NotReadable
from concerted.reading.files.bound import Bound
from concerted.reading.files.calendar_answer import CalendarAnswer
from concerted.reading.files.changes import NOTHING_MARKED, Changes, Markup
from concerted.reading.files.containers import (
    MAX_CONTAINER,
    MAX_MEMBERS,
    Member,
    plain_name,
)
from concerted.reading.files.formats import Format, is_old_word
from concerted.reading.files.letter import Letter
from concerted.reading.files.package import MAX_UNPACKED
from concerted.reading.files.refusals import MAX_BYTES, refuse_size
from concerted.reading.model import Reading
from concerted.reading.reports import Report
from concerted.reading.wire import (
    bound_from_wire,
    calendar_answer_from_wire,
    from_wire,
    letter_from_wire,
    markup_from_wire,
    report_from_wire,
)

Told = TypeVar("Told")

SECONDS = 90.0
MAX_ANSWER = 64 * 1024 * 1024  # bytes
MAX_MEMBERS_ANSWER = MAX_UNPACKED // 3 * 4 + MAX_MEMBERS * 4_000
_CHILD = (sys.executable, "-I", "-B", "-X", "utf8", "-m", "concerted.reading.child")
_CONVERTER = (*_CHILD[:-1], "concerted.reading.converter")
SLOW = (
    "Reading this file was stopped because it took too long. Copy its text into a new document "
    "and choose that."
)
FAILED = (
    "Reading this file was stopped because the reader failed on it. Copy its text into a new "
    "document and choose that."
)
_NOT_CONVERTED = (
    "This old Word file (.doc) could not be opened. Open it in Word, save it as .docx and choose "
    "that file."
)
_CONVERTED = (
    "This old Word file (.doc) was turned into a new one before it was read. Compare it with the "
    "original."
)
CANCELLED = "Reading this file was stopped because you cancelled it. Choose it again to read it."


@dataclass(frozen=True, slots=True)
class FileNotes:
    """What the file really was, notes to see beside what was read, what is marked in it, and the
    report where it held one instead of minutes; the protective marking that its pages print."""

    format: Format
    notes: tuple[str, ...] = ()
    markup: Markup = NOTHING_MARKED
    report: Report | None = None
    marking: str = ""


def read_file(
    data: bytes,
    name: str,
    *,
    changes: Changes = "accepted",
    cancelled: Callable[[], bool] | None = None,
    _command: Sequence[str] = _CHILD,
    _seconds: float = SECONDS,
) -> tuple[Reading, FileNotes]:
    """Read the minutes in a file, in a child process without files, network, secrets or time.

    `changes` says which text of a Word file with tracked changes is read; `cancelled` is asked
    five times a second. Raises NotReadable, with a sentence for the file's owner, whatever the
    file does to the child: refuses, fails, hangs, fills the memory, lies.
    """
    refuse_size(len(data))
    newer = converted(data, name, cancelled)
    data, name = newer or (data, name)
    said = _said([*_command, as_argument(name), changes], data, _seconds, cancelled, MAX_ANSWER)
    reading, notes = believed(said)
    return reading, notes_of_converted(notes) if newer else notes


def open_container(
    data: bytes,
    name: str,
    *,
    cancelled: Callable[[], bool] | None = None,
    _command: Sequence[str] = _CHILD,
    _seconds: float = SECONDS,
) -> list[Member]:
    """The files in a zip or an e-mail, opened in a child process as `read_file` opens one.

    Each member has the bytes of a file that can be read, or the sentence why it cannot; see
    `files.containers.members_of` for what is opened and how names are made. Raises NotReadable
    with a sentence when the container itself cannot be opened, whatever it does to the child.
    """
    refuse_size(len(data), MAX_CONTAINER)
    command = [*_command, as_argument(name), "members"]
    return _believed_members(_said(command, data, _seconds, cancelled, MAX_MEMBERS_ANSWER))


def read_bound(
    data: bytes, name: str, *, _command: Sequence[str] = _CHILD, _seconds: float = SECONDS
) -> Bound:
    """A Word file that was made here, read in a child process as `read_file` reads one.

    Raises NotReadable with a sentence.
    """
    return _told(data, name, "bound", bound_from_wire, _command, _seconds)


def read_letter(
    data: bytes, name: str, *, _command: Sequence[str] = _CHILD, _seconds: float = SECONDS
) -> Letter:
    """An e-mail, read in a child process as `read_file` reads a file. Raises NotReadable."""
    return _told(data, name, "letter", letter_from_wire, _command, _seconds)


def read_calendar_answer(
    data: bytes, name: str, *, _command: Sequence[str] = _CHILD, _seconds: float = SECONDS
) -> CalendarAnswer:
    """What a calendar program answered in an e-mail, read in a child process as `read_file` reads
    a file. Raises NotReadable."""
    asked = "calendar_answer"
    return _told(data, name, asked, calendar_answer_from_wire, _command, _seconds)


def _told(
    data: bytes,
    name: str,
    asked: str,
    from_wire: Callable[[object], Told],
    command: Sequence[str],
    seconds: float,
) -> Told:
    refuse_size(len(data))
    said = _said([*command, as_argument(name), asked], data, seconds, None, MAX_ANSWER)
    try:
        answer = json.loads(said)
        if not isinstance(answer, dict):
            raise ValueError("an object was expected")
        if answer.keys() == {"refused"}:
            raise NotReadable(_sentence(answer["refused"]))
        if answer.keys() != {asked}:
            raise ValueError("other keys were expected")
        return from_wire(answer[asked])
    except (ValueError, RecursionError, OverflowError) as error:
        raise NotReadable(FAILED) from error


def as_argument(name: str) -> str:
    """A file’s name as a process can be told it; the names on old disks have half characters."""
    return name.replace("\0", "")[:255].encode("utf-8", "replace").decode() or "file"


def converted(
    data: bytes, name: str, cancelled: Callable[[], bool] | None
) -> tuple[bytes, str] | None:
    """The .docx that LibreOffice makes of an old Word file, and its name.

    None for any other file, and where there is no LibreOffice. Raises NotReadable.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None or not is_old_word(data):
        return None
    with tempfile.TemporaryDirectory(prefix="concerted-", ignore_cleanup_errors=True) as folder:
        command = [*_CONVERTER, program, folder]
        seconds = converter.SECONDS + 10
        try:
            made = _said(command, data, seconds, cancelled, MAX_BYTES, grace=5.0)
        except _Failed as failure:
            slow = failure.status == converter.SLOW
            raise NotReadable(SLOW if slow else _NOT_CONVERTED) from None
    if not made.startswith(b"PK\x03\x04"):
        raise NotReadable(_NOT_CONVERTED)
    return made, f"{name}x" if name.lower().endswith((".doc", ".dot")) else name


def notes_of_converted(notes: FileNotes) -> FileNotes:
    """What is told of an old Word file, from what was told of the new one made of it."""
    return replace(notes, format="doc", notes=(_CONVERTED, *notes.notes))


class _Failed(NotReadable):
    """A child ended with this status instead of an answer."""

    def __init__(self, status: int) -> None:
        super().__init__(SLOW if status == -signal.SIGXCPU else FAILED)
        self.status = status


def _said(
    command: Sequence[str],
    data: bytes,
    seconds: float,
    cancelled: Callable[[], bool] | None,
    most: int,
    grace: float = 0.0,
) -> bytes:
    """All that a child says about the bytes; raises NotReadable when it ends in any other way."""
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )
    try:
        said = _exchange(child, data, time.monotonic() + seconds, cancelled, most)
    finally:
        _end(child, grace)
    if child.returncode != 0:
        raise _Failed(child.returncode)
    return said


def _exchange(
    child: subprocess.Popen[bytes],
    data: bytes,
    deadline: float,
    cancelled: Callable[[], bool] | None,
    most: int,
) -> bytes:
    """Give the child its bytes and take its answer, neither waiting for the other."""
    assert child.stdin is not None  # noqa: S101 - for the type checker
    assert child.stdout is not None  # noqa: S101
    answer, rest = bytearray(), memoryview(data)
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(child.stdin, selectors.EVENT_WRITE)
        ready.register(child.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() > deadline:
                raise NotReadable(SLOW)
            if cancelled is not None and cancelled():
                raise NotReadable(CANCELLED)
            for key, _ in ready.select(timeout=0.2):
                if key.fileobj is child.stdin:
                    rest = write_some(child.stdin.fileno(), rest)
                    if not rest:
                        ready.unregister(child.stdin)
                        with contextlib.suppress(BrokenPipeError):
                            child.stdin.close()
                elif piece := os.read(child.stdout.fileno(), 1 << 20):
                    answer += piece
                    if len(answer) > most:
                        raise NotReadable(FAILED)
                else:
                    _await_end(child, deadline)
                    return bytes(answer)


def write_some(pipe: int, rest: memoryview) -> memoryview:
    """Write what the pipe takes at once; returns what is left to write."""
    try:
        return rest[os.write(pipe, rest[:65_536]) :]
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[:0]  # the child is gone; its status says how


def _await_end(child: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        child.wait(timeout=max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise NotReadable(SLOW) from None


def _end(child: subprocess.Popen[bytes], grace: float) -> None:
    """Leave nothing running: the child and all of its session.

    A child that has to put its own house in order first gets so many seconds of grace.
    """
    if child.poll() is None and grace:
        child.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=grace)
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def believed(said: bytes) -> tuple[Reading, FileNotes]:
    """What a child said, if it has the shape of an answer. Raises NotReadable."""
    try:
        answer = json.loads(said)
        if not isinstance(answer, dict):
            raise ValueError("an object was expected")
        if answer.keys() == {"refused"}:
            raise NotReadable(_sentence(answer["refused"]))
        if answer.keys() != {"format", "marking", "markup", "notes", "reading", "report"}:
            raise ValueError("other keys were expected")
        if answer["format"] not in get_args(Format) or not isinstance(answer["notes"], list):
            raise ValueError("a known format and notes were expected")
        notes = tuple(_sentence(note) for note in answer["notes"][:20])
        markup = markup_from_wire(answer["markup"])
        report = None if answer["report"] is None else report_from_wire(answer["report"])
        marking = _sentence(answer["marking"])[:120]
        found = FileNotes(cast(Format, answer["format"]), notes, markup, report, marking)
        return from_wire(answer["reading"]), found
    except (ValueError, RecursionError, OverflowError) as error:
        raise NotReadable(FAILED) from error


def _believed_members(said: bytes) -> list[Member]:
    try:
        *lines, last = said.splitlines() or [b""]
        end = json.loads(last)
        if isinstance(end, dict) and end.keys() == {"refused"}:
            raise NotReadable(_sentence(end["refused"]))
        if end != {"count": len(lines)} or len(lines) > MAX_MEMBERS:
            raise ValueError("the number of the members was expected")
        members = [_member(json.loads(line)) for line in lines]
        if len({member.name for member in members}) != len(members):
            raise ValueError("names that differ were expected")
        if sum(len(member.data or b"") for member in members) > MAX_UNPACKED:
            raise ValueError("fewer bytes were expected")
        return members
    except (ValueError, RecursionError) as error:
        raise NotReadable(FAILED) from error


def _member(said: object) -> Member:
    if not isinstance(said, dict) or not isinstance(name := said.get("name"), str):
        raise ValueError("a member with a name was expected")
    if name != plain_name(name):
        raise ValueError("a plain name was expected")
    if said.keys() == {"name", "sentence"}:
        return Member(name, None, _sentence(said["sentence"]))
    if said.keys() != {"name", "data"} or not isinstance(said["data"], str):
        raise ValueError("data or a sentence was expected")
    data = base64.b64decode(said["data"], validate=True)
    if len(data) > MAX_BYTES:
        raise ValueError("fewer bytes were expected")
    return Member(name, data)


def _sentence(said: object) -> str:
    if not isinstance(said, str) or not said.isprintable() or len(said) > 1000:
        raise ValueError("a sentence was expected")
    return said
