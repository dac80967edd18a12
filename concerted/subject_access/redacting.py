"""Finding words in texts, and taking them out. Plain Python."""

import re
from collections.abc import Iterable, Sequence

BLACKED_OUT = "[taken out]"
STANDS = "What stands there"  # as somebody wrote it down who looked by hand
NOT_READ = "Not read"  # what the program could not read, and why: for whoever looks by hand

Part = tuple[str, str]  # label, words
Redaction = tuple[int, int, int, str]  # which part, from, to, what stands there instead

_Tree = dict[str, "_Tree"]  # signs of names, each with what may follow it
_END = ""  # a name ends here


def pattern(names: Iterable[str]) -> str:
    """A regular expression for these names as whole words, for Python and PostgreSQL alike.

    Spaces stand for any space between words, and both apostrophes for each other.
    """
    each = sorted({" ".join(name.split()) for name in names} - {""}, key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(map(_one, each))})(?!\w)"


def _one(name: str) -> str:
    words = (re.sub("[’']", "[’']", re.escape(word)) for word in name.split())
    return r"\s+".join(words)


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Finds what `pattern` finds, and is made for many names and long texts.

    How the names begin is tried once for all that begin so, not for each.
    """
    tree: _Tree = {}
    for name in names:
        below = tree
        for sign in " ".join(name.split()):
            below = below.setdefault(_sign(sign), {})
        below[_END] = {}
    return re.compile(rf"(?<!\w){_branches(tree)}(?!\w)", re.IGNORECASE)


def _sign(sign: str) -> str:
    if sign == " ":
        return r"\s+"
    small = sign.lower()
    return "[’']" if sign in "’'" else re.escape(small if len(small) == 1 else sign)


def _branches(tree: _Tree) -> str:
    each = [sign + _branches(below) for sign, below in tree.items() if sign != _END]
    if not each:
        return ""
    if _END in tree:  # the longer name first, as there
        return f"(?:{'|'.join(each)})?"
    return each[0] if len(each) == 1 else f"(?:{'|'.join(each)})"


def holds(names: Iterable[str], text: str) -> bool:
    """Whether one of the names stands in a text as whole words, in whatever case."""
    given = [name for name in names if name.strip()]
    return bool(given) and re.search(pattern(given), text, re.IGNORECASE) is not None


def places(parts: Sequence[Part], words: str, instead: str = "") -> list[Redaction]:
    """Everywhere that words stand in these parts; without `instead` they are taken out."""
    if not words.strip():
        return []
    wanted = re.compile(pattern([words]), re.IGNORECASE)
    return [
        (at, match.start(), match.end(), instead)
        for at, (_, text) in enumerate(parts)
        for match in wanted.finditer(text)
    ]


def written(parts: Sequence[Part], words: str) -> list[Part]:
    """The parts with what somebody wrote down, in place of what was written down before."""
    kept = [(label, text) for label, text in parts if label != STANDS]
    return [*kept, (STANDS, words.strip())] if words.strip() else kept


def redacted(parts: Sequence[Part], redactions: Iterable[Redaction]) -> list[Part]:
    """The parts with these places taken out; places that overlap are taken out together."""
    by_part: dict[int, list[Redaction]] = {}
    for one in redactions:
        by_part.setdefault(one[0], []).append(one)
    return [(label, _without(text, by_part.get(at, []))) for at, (label, text) in enumerate(parts)]


def _without(text: str, redactions: list[Redaction]) -> str:
    made, at = [], 0
    for _, start, end, instead in sorted(redactions, key=lambda one: (one[1], -one[2])):
        if start >= at:
            made += [text[at:start], instead or BLACKED_OUT]
        at = max(at, end)
    return "".join([*made, text[at:]])
