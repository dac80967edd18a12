"""Hostile files are read in a process that has nothing to lose; the parent believes only JSON."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from concerted.reading.files import NotReadable
from concerted.reading.files.containers import Member, members_of
from concerted.reading.files.formats import Format
from concerted.reading.files.refusals import refuse_size
from concerted.reading.model import Reading
from concerted.reading.wire import from_wire

SECONDS = 90.0
MAX_ANSWER = 64 * 1024 * 1024  # bytes
_CHILD = (sys.executable, "-I", "-B", "-X", "utf8", "-m", "concerted.reading.child")
SLOW = (
    "Reading this file was stopped because it took too long. Copy its text into a new document "
    "and choose that."
)
FAILED = (
    "Reading this file was stopped because the reader failed on it. Copy its text into a new "
    "document and choose that."
)
CANCELLED = "Reading this file was stopped because you cancelled it. Choose it again to read it."


@dataclass(frozen=True, slots=True)
class FileNotes:
    """What the file really was, and notes a person should see beside what was read."""

    format: Format
    notes: tuple[str, ...] = ()


def read_file(
    data: bytes,
    name: str,
    *,
    cancelled: Callable[[], bool] | None = None,
    _command: Sequence[str] = _CHILD,
    _seconds: float = SECONDS,
) -> tuple[Reading, FileNotes]:
    """Read the minutes in a file, in a child process without files, network, secrets or time.

    `cancelled` is asked five times a second. Raises NotReadable, with a sentence for the file's
    owner, whatever the file does to the child: refuses, fails, hangs, fills the memory, lies.
    """
    refuse_size(len(data))
    command = [*_command, as_argument(name)]
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
        said = _exchange(child, data, time.monotonic() + _seconds, cancelled)
    finally:
        _end(child)
    if child.returncode == -signal.SIGXCPU:
        raise NotReadable(SLOW)
    if child.returncode != 0:
        raise NotReadable(FAILED)
    return believed(said)


def open_container(data: bytes, name: str) -> list[Member]:
    """The files that an archive holds. Raises NotReadable, with a sentence, where it cannot be."""
    refuse_size(len(data))
    return members_of(data)


def as_argument(name: str) -> str:
    return name.replace("\0", "")[:255] or "file"


def _exchange(
    child: subprocess.Popen[bytes],
    data: bytes,
    deadline: float,
    cancelled: Callable[[], bool] | None,
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
                    if len(answer) > MAX_ANSWER:
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


def _end(child: subprocess.Popen[bytes]) -> None:
    """Leave nothing running: the child and all of its session."""
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
        if answer.keys() != {"format", "notes", "reading"}:
            raise ValueError("other keys were expected")
        if answer["format"] not in ("txt", "html", "docx") or not isinstance(answer["notes"], list):
            raise ValueError("a known format and notes were expected")
        notes = tuple(_sentence(note) for note in answer["notes"][:20])
        return from_wire(answer["reading"]), FileNotes(cast(Format, answer["format"]), notes)
    except (ValueError, RecursionError, OverflowError) as error:
        raise NotReadable(FAILED) from error


def _sentence(said: object) -> str:
    if not isinstance(said, str) or not said.isprintable() or len(said) > 1000:
        raise ValueError("a sentence was expected")
    return said
