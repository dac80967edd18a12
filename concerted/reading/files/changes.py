"""What people marked in a Word file: tracked changes and comments, as plain values.

Lengths are capped when a value is made, so that none can grow with a hostile file.
"""

import datetime
from dataclasses import dataclass
from typing import Literal

Changes = Literal["accepted", "original"]
Kind = Literal["inserted", "deleted", "moved_from", "moved_to"]
What = Literal["words", "space", "paragraph", "row", "cell", "other"]

MAX_CHANGES = 300
MAX_COMMENTS = 200
MAX_COUNTED = 10_000_000
LONGEST_WORDS = 1_000
LONGEST_PLACE = 200
LONGEST_AUTHOR = 100
READ_AS: dict[str, str] = {
    "accepted": "as if all changes were accepted",
    "original": "as it was before the changes",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One tracked change: its words, who made it and when, and the words around it.

    `joined` says that it begins where the one before it ended, as in a replacement.
    `what` is "paragraph" for the break between two paragraphs alone, "space" for blanks alone and
    "other" for what has no words, as a picture. `date` is the clock of the author's machine.
    """

    kind: Kind
    what: What
    words: str
    author: str = ""
    date: datetime.datetime | None = None
    before: str = ""
    after: str = ""
    joined: bool = False

    def __post_init__(self) -> None:
        _limit(self.words, LONGEST_WORDS)
        _limit(self.author, LONGEST_AUTHOR)
        _limit(self.before, LONGEST_PLACE)
        _limit(self.after, LONGEST_PLACE)

    def replaces(self, other: "Change") -> bool:
        """Whether these are the words that somebody wrote instead of those of `other`."""
        return (
            self.joined
            and (self.kind, other.kind) == ("inserted", "deleted")
            and self.what == other.what == "words"
            and (self.author, self.date) == (other.author, other.date)
        )


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment: its words, who wrote it and when, and the words `on` which it stands.

    A comment on a point stands on no words, only between `before` and `after`.
    """

    words: str
    author: str = ""
    date: datetime.datetime | None = None
    on: str = ""
    before: str = ""
    after: str = ""
    resolved: bool = False
    reply: bool = False

    def __post_init__(self) -> None:
        _limit(self.words, LONGEST_WORDS)
        _limit(self.author, LONGEST_AUTHOR)
        _limit(self.on, LONGEST_PLACE)
        _limit(self.before, LONGEST_PLACE)
        _limit(self.after, LONGEST_PLACE)


@dataclass(frozen=True, slots=True)
class Markup:
    """All that is marked in one file, in the order of its text; beyond the limits only counted."""

    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    more_changes: int = 0
    more_comments: int = 0
    formatting: int = 0

    def __post_init__(self) -> None:
        if len(self.changes) > MAX_CHANGES or len(self.comments) > MAX_COMMENTS:
            raise ValueError("fewer changes and comments were expected")
        if not all(
            0 <= count <= MAX_COUNTED
            for count in (self.more_changes, self.more_comments, self.formatting)
        ):
            raise ValueError("counts were expected")

    def __bool__(self) -> bool:
        return bool(self.changes or self.comments or self.formatting)

    def replacements(self) -> list[tuple[Change, ...]]:
        """The changes in order, a deletion together with what was inserted instead."""
        together: list[tuple[Change, ...]] = []
        for change in self.changes:
            if together and len(together[-1]) == 1 and change.replaces(together[-1][0]):
                together[-1] = (together[-1][0], change)
            else:
                together.append((change,))
        return together

    @property
    def change_count(self) -> int:
        return len(self.changes) + self.more_changes

    @property
    def comment_count(self) -> int:
        return len(self.comments) + self.more_comments

    def sentences(self, read_as: str) -> list[str]:
        """What the file holds and how it was read, to be said to a person."""
        held = [
            _counted(self.change_count, "tracked change"),
            _counted(self.comment_count, "comment"),
        ]
        said = []
        if any(held):
            said.append(f"This Word file holds {' and '.join(filter(None, held))}.")
        if self.change_count:
            said.append(f"It was read {READ_AS[read_as]}.")
        if self.comment_count:
            said.append("Comments are never part of the text.")
        if self.formatting:
            said.append(f"{_counted(self.formatting, 'change')} of formatting not listed.")
        return said


NOTHING_MARKED = Markup()


def _counted(count: int, one: str) -> str:
    return "" if count == 0 else f"{count:,} {one}{'' if count == 1 else 's'}"


def _limit(text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValueError("a shorter text was expected")
