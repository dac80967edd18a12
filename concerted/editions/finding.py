"""Finding words of restricted things in pages: linear in the pages, whatever is looked for.

Words are compared as letters and digits alone, without case, accents, spaces and marks. So a
title is found however its words are parted: by a tag, an entity, a line, a soft hyphen. Keys are
compared exactly.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from urllib.parse import unquote

from concerted.kernel.keys import ALPHABET, LENGTH

SHORTEST = 12  # characters of a title or a sentence that are looked for at all
ANCHORS = (12, 6)  # letters by which words are found; the shorter for words of few letters
AROUND = 60
GAP = "\x01"  # stands where a tag was: no letter, and no word goes on across it
_TAG = re.compile(r"<[^<>]*>")
_PAGE = re.compile(r"<(?:!doctype|html|\?xml)\b", re.IGNORECASE)
_BACKSLASH = re.compile(r"\\(?:u(?P<code>[0-9a-fA-F]{4})|(?P<sign>.))", re.DOTALL)
_MARKS = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\n+")
_KEYS = re.compile(f"[{ALPHABET}]{{{LENGTH},}}")


@dataclass(frozen=True, slots=True)
class Watched:
    """A restricted thing: its kind, its key, its audience, and the words that tell of it."""

    kind: str
    reference: str
    audience_id: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page as it would be sent: where it would stand, and all the text in it."""

    path: str
    text: str


@dataclass(slots=True)
class Hit:
    """A watched thing that was found, on which pages, and the words about it on the first."""

    watched: Watched
    paths: list[str] = field(default_factory=list)
    around: str = ""

    @property
    def digest(self) -> str:
        """The fingerprint of the words as they are compared; of a key, of the key."""
        return sha256((bare(self.watched.words) or self.watched.reference).encode()).hexdigest()


def bare(text: str) -> str:
    """The letters and digits of a text, without case and accents."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def watchable(text: str) -> str:
    """The text with single spaces if it is long enough to be looked for, else nothing."""
    words = " ".join(text.split())
    return words if len(words) >= SHORTEST and len(bare(words)) >= ANCHORS[-1] else ""


def sentences(text: str) -> list[str]:
    """The sentences of a passage that are long enough to be looked for."""
    return [words for one in _SENTENCE.split(text) if (words := watchable(one))]


def views(text: str) -> list[str]:
    """A page as its readers and their programs may take it.

    The words between its tags, as if no tag parted them; what the tags themselves hold
    (attributes, metadata); entities and percent signs undone, and the same once more for what is
    escaped twice, as in feeds. A text that is no page is taken as it is as well.
    """
    made: list[str] = [] if _PAGE.search(text, 0, 2000) else [text, plain_of(text)]
    level = [text]
    for _ in range(3):
        parts = [
            one for each in level for one in (_TAG.sub(GAP, each), " ".join(_TAG.findall(each)))
        ]
        plain = [plain_of(one) for one in parts]
        level = [one for one in plain if ("<" in one or "&" in one) and one not in made]
        made += [one for one in parts if "%" in one] + plain
        if not level:
            break
    return list(dict.fromkeys(made))


def plain_of(text: str) -> str:
    """A text with its entities and percent signs undone, and the backslashes of calendars."""
    plain = unescape(unquote(text)) if "%" in text else unescape(text)
    return _BACKSLASH.sub(_unslashed, plain) if "\\" in plain else plain


def _unslashed(found: re.Match[str]) -> str:
    if found["code"]:
        return chr(int(found["code"], 16))
    return " " if found["sign"] in "nNrt" else found["sign"]


class Watch:
    """What to look for, laid out once: keys in a set, words by their first letters."""

    def __init__(self, watched: Iterable[Watched]) -> None:
        self.keys: dict[str, list[Watched]] = defaultdict(list)
        self.words: dict[str, list[Watched]] = defaultdict(list)
        for one in watched:
            if not one.words:
                self.keys[one.reference].append(one)
            elif watchable(one.words):
                self.words[bare(one.words)].append(one)
        self._anchored: dict[int, dict[str, set[int]]] = {size: {} for size in ANCHORS}
        for word in self.words:
            size = next(size for size in ANCHORS if len(word) >= size)
            self._anchored[size].setdefault(word[:size], set()).add(len(word))

    def over(self, pages: Iterable[Scanned]) -> list[Hit]:
        """Every watched thing that stands in the pages, with where."""
        found: dict[int, Hit] = {}
        for page in pages:
            for watched, around in self._in(page):
                hit = found.setdefault(id(watched), Hit(watched))
                if page.path not in hit.paths:
                    hit.paths.append(page.path)
                hit.around = hit.around or around
        return list(found.values())

    def _in(self, page: Scanned) -> Iterator[tuple[Watched, str]]:
        seen = [*views(page.path), *views(page.text)]
        for view in seen:
            for key in self._keys_in(view):
                for one in self.keys[key]:
                    yield one, ""
        done: set[str] = set()
        compared: set[str] = set()
        for view in seen:
            squeezed = bare(view)
            if squeezed in compared:
                continue
            compared.add(squeezed)
            for word in self._words_in(squeezed) - done:
                around = _around(view, word)
                if around is not None:
                    done.add(word)
                    for one in self.words[word]:
                        yield one, around

    def _keys_in(self, text: str) -> Iterator[str]:
        for run in _KEYS.finditer(text):
            letters = run.group()
            for at in range(len(letters) - LENGTH + 1):
                if (key := letters[at : at + LENGTH]) in self.keys:
                    yield key

    def _words_in(self, squeezed: str) -> set[str]:
        found: set[str] = set()
        for size, anchored in self._anchored.items():
            if not anchored:
                continue
            for at in range(len(squeezed) - size + 1):
                lengths = anchored.get(squeezed[at : at + size])
                for length in lengths or ():
                    word = squeezed[at : at + length]
                    if word in self.words:
                        found.add(word)
        return found


def _around(view: str, word: str) -> str | None:
    """The words about the first place where `word` stands whole; None where it never does.

    It stands whole where no letter or digit goes on directly before or behind it.
    """
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(view):
        for each in bare(sign):
            letters.append(each)
            places.append(place)
    squeezed = "".join(letters)
    at = squeezed.find(word)
    while at >= 0:
        start, end = places[at], places[at + len(word) - 1] + 1
        if not (start and view[start - 1].isalnum()) and not view[end : end + 1].isalnum():
            shown = view[max(0, start - AROUND) : end + AROUND].replace(GAP, " ")
            return " ".join(shown.split())[:300]
        at = squeezed.find(word, at + 1)
    return None


def as_text(data: bytes) -> str:
    """The bytes of a page or file as text; whatever is no text stays out of the way."""
    return data.decode("utf-8", "replace")


def scanned(path: str, data: bytes, *more: Sequence[str] | str) -> Scanned:
    """A page by its bytes, with its title, file name and the words that search reads."""
    extra = [one if isinstance(one, str) else "\n".join(one) for one in more]
    return Scanned(path, "\n".join([as_text(data), *extra]))
