"""The text of an item in paragraphs, one of which can be taken out and put back to the byte.

What is taken out leaves no mark in the text. `Pieces` say of the text that is left from which
places it comes: (place, length) pairs in order, which together cover it. A text from which nothing
was ever taken needs none.
"""

import hashlib
import re
from collections.abc import Sequence

Pieces = Sequence[Sequence[int]]
REPEATED = 12  # words in a row that two texts share only when one repeats the other
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_NUMBERED = re.compile(
    r"[(\[]?(?:\d+(?:\.\d+)*[.)\]]|\d+(?:\.\d+)+|[a-z][.)\]]|[ivx]+[.)\]])\s", re.I
)


def parted(text: str) -> list[str]:
    """The text in paragraphs with the blanks around them; joined, they are the text.

    Paragraphs are what blank lines part, or single lines where there are none.
    """
    between = "\n\n" if "\n\n" in text.strip() else "\n"
    found: list[str] = []
    for one in re.split(f"(?<={between})", text):
        if found and (not one.strip() or not found[-1].strip()):
            found[-1] += one
        elif one:
            found.append(one)
    return found


def placed(text: str, pieces: Pieces) -> list[tuple[int, str]]:
    """What is left of a text, as (place, paragraph) pairs; joined, the paragraphs are the text."""
    if not pieces:
        return list(enumerate(parted(text)))
    found, at = [], 0
    for place, length in pieces:
        found.append((place, text[at : at + length]))
        at += length
    return found


def taken_out(text: str, pieces: Pieces, place: int) -> tuple[str, str, Pieces]:
    """The paragraph at a place, and the text that is left with its pieces."""
    there = dict(placed(text, pieces))
    words = there.pop(place)
    return words, *_joined(there)


def put_back(text: str, pieces: Pieces, place: int, words: str) -> tuple[str, Pieces]:
    """The text with a paragraph again at the place that it was taken from."""
    return _joined(dict(placed(text, pieces)) | {place: words})


def _joined(there: dict[int, str]) -> tuple[str, Pieces]:
    order = sorted(there)
    return "".join(there[one] for one in order), [[one, len(there[one])] for one in order]


def leaves_no_trace(text: str, pieces: Pieces, place: int) -> bool:
    """Whether the text that is left reads as one that never had the paragraph."""
    left = [words for at, words in placed(text, pieces) if at != place]
    return [one.strip() for one in left] == [one.strip() for one in parted("".join(left))]


def is_numbered(words: str) -> bool:
    """Whether a paragraph begins with a number or letter that would be missed."""
    return bool(_NUMBERED.match(words.lstrip()))


def mark_of(words: str) -> str:
    """A short name for words, by which it is told whether they are still the same."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def repeats(words: str, said: str) -> bool:
    """Whether something said elsewhere repeats 12 or more words of a paragraph in a row."""
    return not _stretches(words).isdisjoint(_stretches(said))


def _stretches(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + REPEATED]) for at in range(len(words) - REPEATED + 1)}
