"""Lists whose cells stand one below the other: a name, under it the post, under that the body."""

import re
from collections.abc import Sequence

from concerted.reading.lines import squeeze
from concerted.reading.vocabulary import is_organisation, is_person, is_role, split_titles

_PARENS = re.compile(r"\([^()]{0,200}\)")
_VOID = frozenset({"-", "–", "—", "n/a", "none", "vacant", "tbc"})
_COLUMNS = frozenset(
    {"name", "names", "organisation", "agency", "representing", "post", "role", "job title"}
    | {"title", "position", "company", "initials", "designation", "member", "attendee", "body"}
)
_HIGHEST = 4
_MOST = 20_000


def side_by_side(run: str) -> str:
    """The run with a tab for each newline between the cells of one person; of the same length."""
    if "\n" not in run or len(run) > _MOST or any(mark in run for mark in ("\t", "|", ";")):
        return run
    rows = run.split("\n")
    if not all(row.strip() for row in rows) or any("  " in row.strip() for row in rows):
        return run
    height = columns_named(rows)
    opens = _openings([row.strip() for row in rows[height:]], height)
    if not opens:
        return run
    # The names of the columns are nobody's.
    joined = [" " * len("\n".join(rows[:height])), "\n" if height else "", rows[height]]
    for at, row in enumerate(rows[height + 1 :], start=1):
        joined += ["\n" if at in opens else "\t", row]
    return "".join(joined)


def columns_named(rows: Sequence[str]) -> int:
    """How many rows at the front are names of columns: as many cells has each person."""
    height = 0
    while height < len(rows) and rows[height].strip(" :").lower() in _COLUMNS:
        height += 1
    return height if 1 < height <= _HIGHEST and len(rows) > height else 0


def _openings(rows: Sequence[str], height: int = 0) -> frozenset[int]:
    """The rows at which people begin, where most people have rows of their own below them."""
    if not names_one(rows[0]):
        return frozenset()
    if height and len(rows) % height == 0 and all(names_one(row) for row in rows[::height]):
        return frozenset(range(0, len(rows), height))
    named = [at for at, row in enumerate(rows) if names_one(row)]
    told = [at for at, row in enumerate(rows) if is_told(row)]
    if set(told).isdisjoint(named) and len(named) + len(told) == len(rows):
        stacks = len(told) >= len(named) and _none_too_high(named, len(rows))
        return frozenset(named) if stacks else frozenset()
    for height in range(2, _HIGHEST + 1):
        if _is_regular(rows, height):
            return frozenset(range(0, len(rows), height))
    return frozenset()


def _none_too_high(opens: Sequence[int], rows: int) -> bool:
    ends = [*opens[1:], rows]
    return all(end - start <= _HIGHEST for start, end in zip(opens, ends, strict=True))


def _is_regular(rows: Sequence[str], height: int) -> bool:
    """Every person has as many rows, and the rows of each place tell the same kind of thing."""
    people = len(rows) // height
    if people < 3 or len(rows) % height or not all(names_one(row) for row in rows[::height]):
        return False
    for place in range(1, height):
        column = rows[place::height]
        if any(split_titles(row)[0] for row in column):
            return False
        if sum(is_told(row) for row in column) * 3 < people * 2:
            return False
    return True


def names_one(row: str) -> bool:
    """A row that is one person's name and no more, maybe with initials in a parenthesis."""
    words = squeeze(_PARENS.sub("", row)).strip()
    return "," not in words and ":" not in words and is_person(words)


def is_told(row: str) -> bool:
    """A row that plainly is a post or a body, or says that there is none."""
    words = squeeze(_PARENS.sub("", row)).strip()
    if row.strip().lower() in _VOID:
        return True
    if not words or is_person(words) or row.rstrip().endswith((":", ",")):
        return False
    return is_role(words) or (is_organisation(words) and not split_titles(words)[0])
