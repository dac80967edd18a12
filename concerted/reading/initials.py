"""Rows that each begin with the initials by which the minutes call the person."""

import re

from concerted.reading.vocabulary import bare, is_strong_title

_ROW = re.compile(
    r"(?m)^[ \t]{0,8}(?P<letters>[A-Z][A-Za-z]{0,3}[A-Z]\d?)(?=[ \t]{1,20}[^\W\d_a-z]|[ \t][“\"‘])"
)


def without_initials(run: str) -> str:
    """The run with blanks for the initials, where most rows begin with those of their name."""
    found = [one for one in _ROW.finditer(run) if not is_strong_title(one["letters"])]
    rows = sum(bool(row.strip()) for row in run.split("\n"))
    if len(found) < 3 or len(found) * 4 < rows * 3:
        return run
    if sum(_opens_like(run, one) for one in found) * 3 < len(found) * 2:
        return run
    made = list(run)
    for one in found:
        made[one.start("letters") : one.end()] = " " * len(one["letters"])
    return "".join(made)


def _opens_like(run: str, one: re.Match[str]) -> bool:
    """The first letter is that of the first word behind it, title or no."""
    words = [bare(word) for word in run[one.end() : one.end() + 60].split("\n")[0].split()[:3]]
    return one["letters"][0].lower() in {word[:1] for word in words}
