"""Many files read, several at once: a process of their own for each, forked from a loaded one."""

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from concerted.reading.files import NotReadable
from concerted.reading.files.changes import Changes
from concerted.reading.files.refusals import refuse_size
from concerted.reading.model import Reading
from concerted.reading.sandbox import (
    CANCELLED,
    FAILED,
    MAX_ANSWER,
    SECONDS,
    SLOW,
    FileNotes,
    as_argument,
    believed,
    converted,
    notes_of_converted,
    write_some,
)

AT_ONCE = 2
_ZYGOTE = (sys.executable, "-I", "-B", "-X", "utf8", "-m", "concerted.reading.zygote")
_MESSAGE = 64  # bytes; the longest is `began` and a process number

T = TypeVar("T")
Outcome = tuple[Reading, FileNotes] | NotReadable


@dataclass(frozen=True, slots=True)
class Given(Generic[T]):
    """A file to be read; `of` is whatever the caller knows it by.

    `changes` says which text of a Word file with tracked changes is read.
    """

    of: T
    data: bytes
    name: str
    changes: Changes = "accepted"
    converted: bool = False


def read_each(
    files: Iterable[Given[T]],
    *,
    cancelled: Callable[[], bool] = lambda: False,
    at_once: int = AT_ONCE,
    _command: Sequence[str] = _ZYGOTE,
    _seconds: float = SECONDS,
) -> Iterator[tuple[T, Outcome]]:
    """Read files as `read_file` would, each apart from all others; hands back whoever is ready.

    The next file is taken only when there is room for it, so that one batch is never in memory
    whole. Where `cancelled` says so, what is being read is stopped with a sentence, and nothing
    more is taken. Whatever a file does to the process that reads it, the others go on.
    """
    with selectors.DefaultSelector() as ready, contextlib.ExitStack() as ends:
        cells: list[_Cell[T]] = [_Cell(ready, _command, _seconds) for _ in range(at_once)]
        for cell in cells:
            ends.callback(cell.end)
        waiting = iter(files)
        while True:
            for cell in cells:
                while not cell.file:
                    since = time.monotonic()
                    given = next(waiting, None)
                    if given is not None:
                        try:
                            cell.begin(_prepared(given, cancelled))
                        except NotReadable as refusal:
                            yield given.of, refusal
                    # While a file is fetched or converted nobody listens to the other children,
                    # nor while it turns out that there is none.
                    for other in cells:
                        if other is not cell:
                            other.deadline += time.monotonic() - since
                    if given is None:
                        break
            busy = [cell for cell in cells if cell.file]
            if not busy:
                return
            if cancelled():
                for cell in busy:
                    yield cell.stop(CANCELLED)
                return
            for key, _ in ready.select(timeout=0.2):
                key.data(key.fileobj)
            for cell in busy:
                if outcome := cell.outcome():
                    since = time.monotonic()
                    yield outcome
                    # Nor while somebody works on what was read.
                    for other in cells:
                        other.deadline += time.monotonic() - since


def _prepared(given: Given[T], cancelled: Callable[[], bool]) -> Given[T]:
    """The file as a child can read it: an old Word file is converted. Raises NotReadable."""
    refuse_size(len(given.data))
    newer = converted(given.data, given.name, cancelled)
    if newer is None:
        return given
    return replace(given, data=newer[0], name=newer[1], converted=True)


@dataclass(slots=True, eq=False)
class _Cell(Generic[T]):
    """One zygote and the one file that a child of it reads.

    Where the child is not done in time, says too much or takes its zygote with it, both are
    killed; the next file gets a new zygote. So nothing that a file does outlives its reading.
    """

    ready: selectors.BaseSelector
    command: Sequence[str]
    seconds: float
    zygote: subprocess.Popen[bytes] | None = None
    orders: socket.socket | None = None
    file: Given[T] | None = None
    child: int = 0
    status: int | None = None
    broken: bool = False
    deadline: float = 0.0
    rest: memoryview = field(default_factory=lambda: memoryview(b""))
    said: bytearray = field(default_factory=bytearray)
    pipes: set[int] = field(default_factory=set)

    def begin(self, file: Given[T]) -> None:
        """Hand a file to a new child."""
        self.file, self.child, self.status, self.broken = file, 0, None, False
        self.rest, self.said = memoryview(file.data), bytearray()
        self.deadline = time.monotonic() + self.seconds
        orders = self._orders()
        theirs, data = os.pipe()
        answer, their_answer = os.pipe()
        self.pipes = {data, answer}
        try:
            order = f"{file.changes}\0{as_argument(file.name)}".encode()
            socket.send_fds(orders, [order], [theirs, their_answer])
        except OSError:
            self.broken = True
        finally:
            os.close(theirs)
            os.close(their_answer)
        os.set_blocking(data, False)
        self.ready.register(data, selectors.EVENT_WRITE, self._give)
        self.ready.register(answer, selectors.EVENT_READ, self._take)

    def _orders(self) -> socket.socket:
        if self.orders is None:
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with theirs:
                self.zygote = subprocess.Popen(
                    self.command,
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    env={},
                    start_new_session=True,
                )
            self.orders = ours
            self.ready.register(ours, selectors.EVENT_READ, self._hear)
        return self.orders

    def _give(self, pipe: int) -> None:
        self.rest = write_some(pipe, self.rest)
        if not self.rest:
            self._close(pipe)

    def _take(self, pipe: int) -> None:
        piece = os.read(pipe, 1 << 20)
        self.said += piece
        if len(self.said) > MAX_ANSWER:
            self.broken = True
        if not piece:
            self._close(pipe)

    def _hear(self, orders: socket.socket) -> None:
        try:
            word, _, number = orders.recv(_MESSAGE).decode().partition(" ")
            if word == "began":
                self.child = int(number)
            elif word == "ended":
                self.status = int(number)
            else:
                self.broken = True
        except (OSError, ValueError):
            self.broken = True

    def outcome(self) -> tuple[T, Outcome] | None:
        """What became of the file, once that is known; the cell is free then."""
        if self.broken:
            return self.stop(FAILED)
        if self.status is None or self.pipes:
            return self.stop(SLOW) if time.monotonic() > self.deadline else None
        file = self._done()
        if self.status == -signal.SIGXCPU:
            return file.of, NotReadable(SLOW)
        if self.status != 0:
            return file.of, NotReadable(FAILED)
        try:
            reading, notes = believed(bytes(self.said))
            return file.of, (reading, notes_of_converted(notes) if file.converted else notes)
        except NotReadable as refusal:
            return file.of, refusal

    def stop(self, sentence: str) -> tuple[T, Outcome]:
        """Kill the child and its zygote; the sentence is the outcome."""
        self.end()
        return self._done().of, NotReadable(sentence)

    def _done(self) -> Given[T]:
        assert self.file  # noqa: S101 - for the type checker
        file, self.file = self.file, None
        for pipe in list(self.pipes):
            self._close(pipe)
        return file

    def end(self) -> None:
        """Leave nothing running: the child, which leads a session of its own, and the zygote."""
        for pipe in list(self.pipes):
            self._close(pipe)
        if self.orders is None or self.zygote is None:
            return
        self.ready.unregister(self.orders)
        self.orders.close()
        # The child first: while its zygote lives, its number stands for nobody else.
        for pid in filter(None, (self.child if self.status is None else 0, self.zygote.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        self.zygote.wait()
        self.orders = self.zygote = None

    def _close(self, pipe: int) -> None:
        self.pipes.discard(pipe)
        with contextlib.suppress(KeyError):
            self.ready.unregister(pipe)
        os.close(pipe)
