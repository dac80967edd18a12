"""The words that were looked for, marked in what is shown: pieces of text, never HTML."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from concerted.search.asking import Term, plain

SHOWN = 300  # letters of an excerpt
BEFORE = 60  # of them, those before the first word that is marked
_WORD = re.compile(r"\S+")
ENDINGS = """
SELECT word, tsvector_to_array(to_tsvector('search_words', word)) FROM unnest(%s::text[]) word
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a text, and whether they were looked for."""

    text: str
    marked: bool = False


def endings_of(terms: Iterable[Term], texts: Iterable[str]) -> dict[str, list[str]]:
    """What the database makes of each word: of the terms, and of the texts where one may fit.

    One query. An ending never changes how a word begins, so only words that begin as one of the
    terms does are asked about.
    """
    asked = {word for term in terms for word in term.words}
    firsts = {_first(word) for word in asked}
    words = {
        word
        for text in texts
        for word in _WORD.findall(plain(text))
        if _first(word) in firsts or not word[0].isascii()
    }
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(ENDINGS, [sorted(asked | words)])
        return dict(cursor.fetchall())


def _first(word: str) -> str:
    return unicodedata.normalize("NFKD", word)[0].lower()


def places(
    text: str, terms: Sequence[Term], endings: Mapping[str, list[str]]
) -> list[tuple[int, int]]:
    """From where to where the terms stand in a text, in order, none inside another."""
    words = [
        (match.start(), match.end(), endings.get(match[0]) or [])
        for match in _WORD.finditer(plain(text))
    ]
    found: set[tuple[int, int]] = set()
    for term in terms:
        row = [endings.get(word) or [] for word in term.words]
        for at in range(len(words) - len(row) + 1):
            here = words[at : at + len(row)]
            if all(one and one == said for one, (_, _, said) in zip(row, here, strict=True)):
                found.add((here[0][0], here[-1][1]))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def marked(text: str, terms: Sequence[Term], endings: Mapping[str, list[str]]) -> list[Piece]:
    """The whole text in pieces."""
    return _pieces(text, places(text, terms, endings), 0, len(text))


def excerpt(text: str, terms: Sequence[Term], endings: Mapping[str, list[str]]) -> list[Piece]:
    """The part of a text in which most of the terms stand, in pieces; else its beginning."""
    found = places(text, terms, endings)
    best = max(
        found,
        key=lambda one: (sum(one[0] <= at < one[0] + SHOWN - BEFORE for at, _ in found), -one[0]),
        default=(0, 0),
    )
    start = max(0, best[0] - BEFORE)
    end = min(len(text), start + SHOWN)
    start = max(0, min(start, end - SHOWN))
    if start:
        start = text.find(" ", start, best[0]) + 1 or best[0]
    if end < len(text):
        last = max((stop for at, stop in found if at < end), default=best[1])
        end = max(text.rfind(" ", start, end), last if last <= end else best[1], start + 1)
    inside = [one for one in found if one[0] >= start and one[1] <= end]
    pieces = _pieces(text, inside, start, end)
    return [
        *([Piece("… ")] if start else []),
        *pieces,
        *([Piece(" …")] if end < len(text) else []),
    ]


def _pieces(text: str, found: Iterable[tuple[int, int]], start: int, end: int) -> list[Piece]:
    pieces, at = [], start
    for first, last in found:
        pieces += [Piece(text[at:first]), Piece(text[first:last], marked=True)]
        at = last
    pieces.append(Piece(text[at:end]))
    return [one for one in pieces if one.text]
