"""What the bytes of files say of somebody: each is read in a process of its own and forgotten.

Nothing here knows of the database. Of a file no more is kept than some passages around the names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from concerted.reading.files import NotReadable
from concerted.reading.files.changes import Markup
from concerted.reading.files.containers import MAX_CONTAINER, WORDS, is_container, is_zip
from concerted.reading.files.refusals import refuse_size
from concerted.reading.readers import Given, Outcome, read_each
from concerted.reading.sandbox import FileNotes, open_container
from concerted.subject_access.passages import MOST, passages
from concerted.subject_access.redacting import NOT_READ, Part

MOST_UNREAD = 10  # sentences of one file
GONE = "The bytes of this file are not where they should be. Tell whoever keeps the installation."
MORE_MARKED = "It holds more tracked changes or comments than the program lists."
# What the reader says of pages that it left out (`reading.files`), among other notes.
_IN_PART = re.compile(r"\bnot read\b|^Only the first\b|^The end of this PDF is missing")


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file to be looked into: its SHA-256, name and size; `fetch` reads its bytes.

    `fetch` returns None where they are gone.
    """

    sha256: str
    name: str
    size: int
    fetch: Callable[[], bytes | None]


@dataclass(slots=True)
class Looked:
    """What was found in the bytes of one file, and what of it could not be read.

    `places` are at most MOST, `more` counts the others. `names_others` says that somebody else on
    record is named anywhere in it. `unread` are sentences, at most MOST_UNREAD.
    """

    places: list[Part] = field(default_factory=list)
    more: int = 0
    names_others: bool = False
    unread: list[Part] = field(default_factory=list)

    def could_not(self, label: str, sentence: str) -> None:
        if len(self.unread) < MOST_UNREAD and (label, sentence) not in self.unread:
            self.unread.append((label, sentence))


@dataclass(frozen=True, slots=True)
class Names:
    """Who is looked for, and a pattern of everybody else on record; None where there is nobody."""

    wanted: Sequence[str]
    others: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file, or what lies in it under a name."""

    sha256: str
    within: str = ""


def look_into(
    files: Sequence[Bytes], names: Names, *, cancelled: Callable[[], bool]
) -> Iterator[tuple[str, Looked]]:
    """Look for the names in each file; hands back each with its SHA-256, as it is done.

    Files are fetched when there is room for one, and several are read at once. A container counts
    as done when all that lies in it is. Where `cancelled` says so, it ends before its time.
    """
    found = {one.sha256: Looked() for one in files}
    left = dict.fromkeys(found, 0)
    opened: list[str] = []  # whose pieces are all handed over

    def pieces() -> Iterator[Given[_Piece]]:
        for one in files:
            if cancelled():
                return
            for piece in _pieces(one, found[one.sha256], cancelled):
                left[one.sha256] += 1
                yield piece
            opened.append(one.sha256)

    def done() -> Iterator[tuple[str, Looked]]:
        for sha256 in [one for one in opened if not left[one]]:
            opened.remove(sha256)
            yield sha256, found.pop(sha256)

    for piece, outcome in read_each(pieces(), cancelled=cancelled):
        _note(found[piece.sha256], piece, outcome, names)
        left[piece.sha256] -= 1
        if cancelled():
            return
        yield from done()
    if not cancelled():
        yield from done()


def _pieces(one: Bytes, looked: Looked, cancelled: Callable[[], bool]) -> Iterable[Given[_Piece]]:
    """The file itself, or all files in it where it is a container."""
    try:
        refuse_size(one.size, MAX_CONTAINER)
        data = one.fetch()
        if data is None:
            looked.could_not(NOT_READ, GONE)
            return
        if not is_container(data):
            yield Given(_Piece(one.sha256), data, one.name)
            return
        members = open_container(data, one.name, cancelled=cancelled)
        if not is_zip(data) and [member.name for member in members] in ([], [WORDS]):
            yield Given(_Piece(one.sha256), data, one.name)
            return
    except NotReadable as refusal:
        looked.could_not(NOT_READ, refusal.sentence)
        return
    for member in members:
        if member.data is None:
            looked.could_not(f"{NOT_READ}: {member.name}", member.sentence)
        else:
            yield Given(_Piece(one.sha256, member.name), member.data, member.name)


def _note(looked: Looked, piece: _Piece, outcome: Outcome, names: Names) -> None:
    label = f"{NOT_READ}: {piece.within}" if piece.within else NOT_READ
    if isinstance(outcome, NotReadable):
        looked.could_not(label, outcome.sentence)
        return
    reading, notes = outcome
    for note in notes.notes:
        if _IN_PART.search(note):
            looked.could_not(label, note)
    if notes.markup.more_changes or notes.markup.more_comments:
        looked.could_not(label, MORE_MARKED)
    where = f"{piece.within}: " if piece.within else ""
    texts = list(_texts(reading.text, notes))
    for what, text in texts:
        found, more = passages(
            text, names.wanted, most=MOST - len(looked.places), uncut=names.others
        )
        looked.more += more
        for one in found:
            place = what or f"line {one.line:,}"
            looked.places.append((_capital(f"{where}{place}"), one.words))
    # Of a file that names nobody who is looked for nothing goes out; a container goes out whole.
    if names.others and (looked.places or piece.within):
        looked.names_others |= any(names.others.search(text) for _, text in texts)


def _texts(text: str, notes: FileNotes) -> Iterator[tuple[str, str]]:
    """All that a file says: its text, what was told of its margins, what is marked in it."""
    yield "", text
    yield from (("what the reader noted", note) for note in notes.notes)
    yield from _marked(notes.markup)


def _marked(markup: Markup) -> Iterator[tuple[str, str]]:
    for change in markup.changes:
        yield "tracked change", f"{change.author}: {change.words}"
    for comment in markup.comments:
        yield "comment", f"{comment.author}: {comment.words}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
