"""Two texts side by side, word by word: plain Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\S+\s*|\s+")
# Beyond this, lines are compared: words of long texts would take seconds.
MOST_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that both have (`same`), only the first (`gone`) or only the second (`new`)."""

    kind: str
    words: str


def differences(one: str, other: str) -> list[Run]:
    """How the second text differs from the first. Without `new` the runs make up the first text,
    without `gone` the second, to the last character."""
    before, after = _WORDS.findall(one), _WORDS.findall(other)
    if max(len(before), len(after)) > MOST_WORDS:
        before, after = one.splitlines(keepends=True), other.splitlines(keepends=True)
    return list(_runs(before, after))


def _runs(before: list[str], after: list[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield Run("same", "".join(before[i:j]))
            continue
        if j > i:
            yield Run("gone", "".join(before[i:j]))
        if m > k:
            yield Run("new", "".join(after[k:m]))
