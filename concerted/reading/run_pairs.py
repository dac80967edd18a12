"""Lists flattened from columns: "Ann Bell, Head of Housing Cal Dunn, Clerk to the Board"."""

import re
from itertools import pairwise

from concerted.reading.vocabulary import (
    ORGANISATION_WORDS,
    ROLE_WORDS,
    bare,
    is_organisation,
    is_person,
    is_role,
    is_strong_title,
    listed,
)

_COMMA = re.compile(r",(?![^(]{0,80}\))")
_WORD = re.compile(r"\S+")
_LEADS_ON = listed("of and the for in on at to & de la le with")
_LONGEST = 3000  # characters; a longer run is no list of one meeting


def parted_pairs(run: str) -> str:
    """The run with a semicolon for the blank between a post and the next person's name.

    Only where every part between two commas is a post or a body that runs into a name, and the
    last is a post or a body; of the same length.
    """
    if "\n" in run or ";" in run or "," not in run or len(run) > _LONGEST:
        return run
    starts = [0, *(match.end() for match in _COMMA.finditer(run))]
    parts = [(at, run[at : stop - 1]) for at, stop in pairwise(starts)]
    last = run[starts[-1] :].strip(" .")
    if len(parts) < 2 or not (is_organisation(last) or is_role(last)) or is_person(last):
        return run
    borders = [_border(part) for _, part in parts[1:]]
    if any(border is None for border in borders) or not _names_one(parts[0][1]):
        return run
    made = list(run)
    for (at, _), border in zip(parts[1:], borders, strict=True):
        made[at + (border or 0)] = ";"
    return "".join(made)


def _names_one(part: str) -> bool:
    return is_person(part.strip()) or is_person(part.rpartition(")")[2].strip())


def _border(part: str) -> int | None:
    """Where the blank stands before the name at the end of ``part``."""
    said = list(_WORD.finditer(part))
    for count in (2, 3):
        if len(said) <= count:
            return None
        first = len(said) - count
        while first > 0 and is_strong_title(said[first - 1].group()):
            first -= 1
        if first == 0 or bare(said[first - 1].group()) in _LEADS_ON:
            continue
        name = part[said[first].start() :].strip()
        told = part[: said[first - 1].end()].strip()
        if is_person(name) and not _is_told(name) and (is_organisation(told) or is_role(told)):
            return said[first].start() - 1
    return None


def _is_told(name: str) -> bool:
    return any(bare(word) in ORGANISATION_WORDS | ROLE_WORDS for word in name.split())
