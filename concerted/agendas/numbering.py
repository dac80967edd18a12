"""Numbers of an agenda: 1, 2, 2(a), 2(b), 3; those that are taken stay. Plain Python."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

_NUMBER = re.compile(r"(\d+)(?:\(([a-z])\))?")


@dataclass(frozen=True, slots=True)
class Place:
    """An item where it stands: with a number that it keeps, or `under` the one before it."""

    fixed: str = ""
    under: bool = False


def numbers(places: Sequence[Place]) -> list[str]:
    """The number of each, in order. No number is given twice; what is fixed is not changed.

    What comes first cannot stand under anything, so it counts as an item of its own; so does
    what comes after the letter z.
    """
    taken = {one.fixed for one in places if one.fixed}
    main, letters, found = 0, "", []
    for one in places:
        if one.fixed:
            if said := _NUMBER.fullmatch(one.fixed):
                main, letters = int(said[1]), _after(said[2]) if said[2] else ascii_lowercase
            found.append(one.fixed)
            continue
        if one.under and main:
            free = [letter for letter in letters if f"{main}({letter})" not in taken]
            if free:
                letters = _after(free[0])
                taken.add(f"{main}({free[0]})")
                found.append(f"{main}({free[0]})")
                continue
        main = next(n for n in range(main + 1, main + len(places) + 2) if str(n) not in taken)
        letters = ascii_lowercase
        taken.add(str(main))
        found.append(str(main))
    return found


def _after(letter: str) -> str:
    return ascii_lowercase[ascii_lowercase.index(letter) + 1 :]
