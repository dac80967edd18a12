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
CUT = "…"  # at the end of what is too long (`reading.files.marks`)
GONE = "The disk does not give the bytes of this file. Tell whoever keeps the installation."
MORE_MARKED = "It holds more tracked changes or comments than the program lists, or longer ones."
# What the reader says, among other notes, of words that it did not hand over (`reading.files`).
_IN_PART = re.compile(
    r"\bnot read\b|\bleft out\b|\bdeletions are out\b|\bcould not be read\b|\bbreaks off\b"
    r"|^Only the first\b|^The end of this PDF is missing"
)
# What it leaves out that stands elsewhere in the file, or in the note itself.
_REPEATED = re.compile(r"table of contents was left out|^Headers and footers\b")


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
    record is named anywhere in what could be read of it. `unread` are sentences, at most
    MOST_UNREAD, `more_unread` counts the others.
    """

    places: list[Part] = field(default_factory=list)
    more: int = 0
    names_others: bool = False
    unread: list[Part] = field(default_factory=list)
    more_unread: int = 0

    def could_not(self, sentence: str, within: str = "") -> None:
        told = (f"{NOT_READ}: {within}" if within else NOT_READ, sentence)
        if told in self.unread:
            return
        if len(self.unread) < MOST_UNREAD:
            self.unread.append(told)
        else:
            self.more_unread += 1

    def add(self, other: "Looked") -> None:
        """Put what was found in a further part of the same file after this."""
        places, unread = MOST - len(self.places), MOST_UNREAD - len(self.unread)
        self.places += other.places[:places]
        self.more += other.more + len(other.places[places:])
        self.names_others |= other.names_others
        self.unread += other.unread[:unread]
        self.more_unread += other.more_unread + len(other.unread[unread:])


@dataclass(frozen=True, slots=True)
class Names:
    """Who is looked for, and a pattern of everybody else on record; None where there is nobody."""

    wanted: Sequence[str]
    others: re.Pattern[str] | None

    def names_others(self, texts: Iterable[str]) -> bool:
        return self.others is not None and any(self.others.search(text) for text in texts)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """A file, or what lies in it under a name; what is found is put into `looked`.

    Each has its own, as whichever is read first is handed back first.
    """

    sha256: str
    looked: Looked
    within: str = ""


def look_into(
    files: Sequence[Bytes], names: Names, *, cancelled: Callable[[], bool]
) -> Iterator[tuple[str, Looked]]:
    """Look for the names in each file; hands back each with its SHA-256, as it is done.

    Files are fetched when there is room for one, and several are read at once. A container counts
    as done when all that lies in it is. Where `cancelled` says so, it ends before its time.
    """
    found: dict[str, list[Looked]] = {one.sha256: [] for one in files}
    left = dict.fromkeys(found, 0)
    opened: list[str] = []  # whose pieces are all handed over

    def pieces() -> Iterator[Given[_Piece]]:
        for one in files:
            if cancelled():
                return
            for piece in _pieces(one, found[one.sha256], names, cancelled):
                left[one.sha256] += 1
                yield piece
            opened.append(one.sha256)

    def done() -> Iterator[tuple[str, Looked]]:
        for sha256 in [one for one in opened if not left[one]]:
            opened.remove(sha256)
            whole = Looked()
            for part in found.pop(sha256):
                whole.add(part)
            yield sha256, whole

    for piece, outcome in read_each(pieces(), cancelled=cancelled):
        _note(piece, outcome, names)
        left[piece.sha256] -= 1
        if cancelled():
            return
        yield from done()
    if not cancelled():
        yield from done()


def _pieces(
    one: Bytes, parts: list[Looked], names: Names, cancelled: Callable[[], bool]
) -> Iterable[Given[_Piece]]:
    """The file itself, or all files in it where it is a container; `parts` gets one for each."""
    whole = Looked()
    parts.append(whole)
    try:
        refuse_size(one.size, MAX_CONTAINER)
        data = one.fetch()
        if data is None:
            whole.could_not(GONE)
            return
        if not is_container(data):
            yield Given(_Piece(one.sha256, whole), data, one.name)
            return
        members = open_container(data, one.name, cancelled=cancelled)
        if not is_zip(data) and [member.name for member in members] in ([], [WORDS]):
            yield Given(_Piece(one.sha256, whole), data, one.name)
            return
    except NotReadable as refusal:
        whole.could_not(refusal.sentence)
        return
    for member in members:
        part = Looked(names_others=names.names_others([member.name]))
        parts.append(part)
        _find(part, names, "name of a file in it", member.name)
        if member.data is None:
            part.could_not(member.sentence, member.name)
        else:
            yield Given(_Piece(one.sha256, part, member.name), member.data, member.name)


def _note(piece: _Piece, outcome: Outcome, names: Names) -> None:
    looked = piece.looked
    if isinstance(outcome, NotReadable):
        looked.could_not(outcome.sentence, piece.within)
        return
    reading, notes = outcome
    for note in notes.notes:
        if _IN_PART.search(note) and not _REPEATED.search(note):
            looked.could_not(note, piece.within)
    if _is_cut(notes.markup):
        looked.could_not(MORE_MARKED, piece.within)
    texts = list(_texts(reading.text, notes))
    for what, text in texts:
        _find(looked, names, what, text, piece.within)
    # Of a file that is not listed nothing goes out; a packed one goes out with all in it.
    if looked.places or looked.unread or piece.within:
        looked.names_others |= names.names_others(text for _, text in texts)


def _find(looked: Looked, names: Names, what: str, text: str, within: str = "") -> None:
    """Add the places where the names stand; what lies `within` is named in the words, as these
    are searched for other people before they go out."""
    most = MOST - len(looked.places)
    found, more = passages(text, names.wanted, most=most, uncut=names.others)
    looked.more += more
    for one in found:
        words = f"{within}: {one.words}" if within else one.words
        looked.places.append((_capital(what or f"line {one.line:,}"), words))


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


def _is_cut(markup: Markup) -> bool:
    """Whether something is marked that is not handed over, or not all of it."""
    words = [one.words for one in markup.changes] + [one.words for one in markup.comments]
    more = markup.more_changes or markup.more_comments
    return bool(more) or any(each.endswith(CUT) for each in words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
