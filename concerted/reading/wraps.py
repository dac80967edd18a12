"""Whether a row of an attendance list goes on in the next line of the page."""

import re

from concerted.reading.plurals import plural_title
from concerted.reading.vocabulary import PARTICLES, bare, is_person, is_role, is_strong_title

_OPEN_ENDS = (" and", "&", " of", " for", " the", " -", "–", " to", " with", " on", " in", "/")
_FRAGMENT = re.compile(r"[,;()\n:|\t]|[ ]{2,}|[ ][-–—][ ]")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-[ \t]{0,4}\n[ \t]{0,8}(?=[^\W\d_])")


def unhyphened(words: str) -> str:
    """A word broken at its hyphen by the end of a line, whole again."""
    return _HYPHEN.sub("-", words)


def goes_on(text: str, at: int, end: int) -> bool:
    """Whether the row that ends at the newline ``at`` goes on in the next line."""
    if text[at : at + 2] == "\n\n":
        return False
    before = text[max(0, at - 90) : at].rstrip(" \t")
    after = text[at : min(end, at + 90)].lstrip()
    if not before or not after:
        return False
    if before.endswith(_OPEN_ENDS) or (before.endswith("-") and before[-2:-1].isalpha()):
        return True
    if after[0].islower() and not after.startswith("ff"):
        return True
    if after.startswith("("):
        return True
    last = _FRAGMENT.split(before)[-1].strip(" .")
    following = _FRAGMENT.split(after, maxsplit=1)[0].strip(" .")
    if not last or not following:
        return False
    return _is_unfinished(last) or _completes(before, last, following)


def _is_unfinished(last: str) -> bool:
    """A row cannot end in a title or in a particle of a surname."""
    word = last.split()[-1]
    if plural_title(f"{last} x") is not None and len(last.split()) <= 2:
        return True
    words = last.split()
    if "and" in words:
        words = words[len(words) - words[::-1].index("and") :]
    if len(words) > 1 and is_strong_title(words[0]) and all(_is_initial(w) for w in words[1:]):
        return True
    if len(words) == 1:
        return is_strong_title(word) and word[0].isupper() and not word.isupper()
    return bare(word) in PARTICLES and word[0].islower()


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def _completes(before: str, last: str, following: str) -> bool:
    """``Ms Carol`` and ``Tain``, ``Democratic Services`` and ``Officer``: one name, one post."""
    if len(following.split()) > 2 or is_strong_title(following.split()[0]):
        return False
    flowing = "," in before or ";" in before
    if not flowing:
        return False
    if len(following.split()) == 1 and is_person(last) and not is_role(following):
        return len(last.split()) == 2 and is_strong_title(last.split()[0])
    whole = f"{last} {following}"
    return is_role(whole) and not is_person(last) and not is_person(following)
