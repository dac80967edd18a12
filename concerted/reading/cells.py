"""Rows of cells in an attendance list: which column names the people, and what the others say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from concerted.reading.entries import (
    DASH,
    EDGE,
    Entry,
    is_short_name,
    role_and_organisation,
    stands_for,
)
from concerted.reading.lines import squeeze
from concerted.reading.model import Span
from concerted.reading.plurals import plural_title
from concerted.reading.vocabulary import (
    is_acronym,
    is_initials,
    is_organisation,
    is_person,
    is_role,
    listed,
)

# What parts two cells: a tab, a wide gap, a pipe, or a slash with blanks around it.
_GAP = re.compile(r"[ ]?\t[ \t]{0,40}|[ ]{2,40}|[ ]{0,40}\|[ |]{0,40}|[ ]/(?=[ ]|$)|^/(?=[ ])")
_PIPE = re.compile(r"[ ]{0,40}\|[ |]{0,40}")
_PARENS = re.compile(r"\([^()]{0,200}\)")
_LAST_PAREN = re.compile(r"^(?P<outer>[^()]{2,120}?)[ ]{0,3}\((?P<inner>[^()]{1,120})\)$")
_VOID = listed(
    """- – — x y n yes no n/a none tbc vacant present apologies attended absent ✓ ✔ item items"""
)
_AWAY = listed("apologies apology absent")
_MARKS = ("\t", "  ", "|", "/ ", " /")
_LONGEST = 300
_BULLETS = listed("- – — • · * § o Ø ▪ ● ◦ ‣ → ?")


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row that name people, and those that say something of them."""

    people: tuple[Span, ...]
    told: tuple[Span, ...]


def rows_of_cells(run: str) -> Iterator[tuple[int, int, Row | None]]:
    """The run in stretches: each row of cells alone, the lines between them together (None)."""
    if not any(mark in run for mark in _MARKS):
        yield 0, len(run), None
        return
    lines = _lines(run)
    if not any(len(cells) > 1 for _, cells in lines):
        yield 0, len(run), None
        return
    people = _people_columns(run, [cells for _, cells in lines if len(cells) > 1])
    rows = [(span, _row(run, cells, people)) for span, cells in lines]
    for is_flow, group in groupby(rows, key=lambda one: one[1] is None):
        stretch = list(group)
        if is_flow:
            yield stretch[0][0].start, stretch[-1][0].end, None
        else:
            yield from ((span.start, span.end, row) for span, row in stretch)


def _lines(run: str) -> list[tuple[Span, list[Span]]]:
    made: list[tuple[Span, list[Span]]] = []
    at = 0
    for line in run.split("\n"):
        made.append((Span(at, at + len(line)), _cells(line, at)))
        at += len(line) + 1
    return made


def _cells(line: str, offset: int) -> list[Span]:
    """The cells of one line; a gap inside a parenthesis or behind a comma parts nothing."""
    if len(line) > _LONGEST:
        return []
    made: list[Span] = []
    at = 0
    # Between pipes a slash stands within a cell ("Police / Heddlu").
    parts = _PIPE if "|" in line else _GAP
    for match in parts.finditer(line):
        before = line[at : match.start()]
        closed = before.count("(") <= before.count(")")
        if before.rstrip().endswith((",", ";", ":")) or not closed:
            continue
        if before.strip() and before.strip() not in _BULLETS:
            made.append(Span(offset + at, offset + match.start()))
        at = match.end()
    if line[at:].strip(" |/"):
        made.append(Span(offset + at, offset + len(line)))
    return made


def _people_columns(run: str, rows: Sequence[Sequence[Span]]) -> frozenset[int]:
    """The columns of names, in which no cell plainly is a post or a body; else the likeliest."""
    columns = range(max((len(row) for row in rows), default=0))
    cells = [[run[r[i].start : r[i].end] for r in rows if len(r) > i] for i in columns]
    people = [sum(_names_a_person(cell) for cell in column) for column in cells]
    only = [
        i
        for i in columns
        if people[i] * 4 >= len(cells[i]) * 3 and not any(_tells(cell) for cell in cells[i])
    ]
    return frozenset(only or [i for i in columns if people[i] * 2 >= len(cells[i])][:1])


def _row(run: str, cells: Sequence[Span], people: frozenset[int]) -> Row | None:
    if len(cells) < 2:
        return None
    texts = [run[cell.start : cell.end] for cell in cells]
    named = [i for i in range(len(cells)) if i in people and _names_a_person(texts[i])]
    if not named and people == {0} and is_short_name(_name_in(texts[0])):
        named = [0]
    if not named:
        named = [i for i in range(len(cells)) if _names_a_person(texts[i])][:1]
    if not named or any(_holds_several(texts[i]) for i in named):
        return None
    told = () if len(named) > 1 else tuple(c for i, c in enumerate(cells) if i not in named)
    return Row(tuple(cells[i] for i in named), told)


def _holds_several(cell: str) -> bool:
    """Several people with commas between them; "Ann Bell, Programme Director" is one."""
    first, _, rest = _PARENS.sub("", cell).partition(",")
    return bool(rest.strip()) and not (is_person(first) and is_role(rest.strip()))


def _name_in(cell: str) -> str:
    """``Ann Bell`` of ``Ann Bell (AB) - Treasurer``, ``Ann Bell (Chair) AB``, ``AB Ann Bell``."""
    words = squeeze(_PARENS.sub(" ", cell)).strip(EDGE)
    words = DASH.split(words, maxsplit=1)[0].strip(EDGE)
    if is_person(words):
        front, _, last = words.rpartition(" ")
        return front if is_person(front) and stands_for(last, front) else words
    front, _, last = words.rpartition(" ")
    if is_person(front) and (stands_for(last, front) or is_role(last)):
        return front
    first, _, rest = words.partition(" ")
    return rest if is_person(rest) and stands_for(first, rest) else words


def _names_a_person(cell: str) -> bool:
    first, _, rest = _PARENS.sub("", cell).partition(",")
    if rest.strip() and is_person(first):
        return is_role(rest.strip()) and plural_title(f"{first} x") is None
    words = _name_in(cell)
    return "," not in words and is_person(words) and plural_title(f"{words} x") is None


def _tells(cell: str) -> bool:
    """The cell plainly is a post, a body or initials."""
    words = _name_in(cell)
    if is_person(words):
        return False
    return len(words.split()) > 1 or is_role(words) or is_organisation(words) or is_initials(words)


def tell(entry: Entry, cells: Sequence[str]) -> None:
    """What the other cells of a row say of its person."""
    said = [squeeze(cell).strip(" |/,;:").removesuffix(".") for cell in cells]
    said = [one for one in said if one and one.lower() not in _VOID]
    pair = len(said) == 2 and is_organisation(said[1]) and not is_role(said[1])
    for cell in cells:
        words = squeeze(cell).strip(" |/,;:").removesuffix(".")
        low = words.lower()
        if low in _AWAY:
            entry.away = True
        if not words or low in _VOID or stands_for(words, entry.name):
            continue
        if any(c.isdigit() for c in words) and not any(c.isalpha() for c in words):
            continue
        roles, organisation = _post_or_body(words)
        if pair and words == said[0] and not is_organisation(words) and not is_acronym(words):
            # "name | what she does | for whom": the body is in the last column.
            roles, organisation = [words], None
        entry.roles += roles
        if organisation and entry.organisation:
            entry.organisation = f"{entry.organisation}, {organisation}"
        else:
            entry.organisation = organisation or entry.organisation
        entry.closed = True


def _post_or_body(words: str) -> tuple[list[str], str | None]:
    """``Director (Chair)``, ``Director (Island Council)``, ``Turning Tide (day centre)``."""
    match = _LAST_PAREN.match(words)
    if match is None:
        return role_and_organisation(words)
    outer, inner = match["outer"].strip(), match["inner"].strip()
    roles, organisation = role_and_organisation(outer)
    if is_role(inner):
        return [*roles, inner], organisation
    if any(c.isdigit() for c in inner):
        return roles, organisation
    return (roles, inner) if roles and not organisation else ([], words)
