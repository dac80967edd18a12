"""Personal details in a text: which they are, which may stay, and what stands instead."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from concerted.reading.model import Span
from concerted.reading.personal import read_personal
from concerted.reading.vocabulary import bare, split_titles

INSTEAD = {
    "person": "a named person",
    "phone": "the partnership office",
    "email": "the partnership office",
    "address": "an address",
}
KINDS = {"person": "person", "phone": "telephone", "email": "e-mail", "address": "address"}
CONTACTS = frozenset({"phone", "email"})


@dataclass(frozen=True, slots=True)
class Naming:
    """What a partnership lets its public texts say of people.

    `named`: names that may stand; `known`: other names that are people wherever they stand;
    `capacities`: by plain name, what a person came as; `mailbox`: where contact details lead.
    """

    named: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    capacities: Mapping[str, str] | None = None
    mailbox: str = ""

    def instead(self, kind: str, words: str) -> str:
        """The words that take the place of a personal detail."""
        if kind in CONTACTS and self.mailbox:
            return self.mailbox
        if kind == "person" and self.capacities:
            return self.capacities.get(plain(words), INSTEAD[kind])
        return INSTEAD[kind]

    def may_stand(self, kind: str, words: str, kept: Collection[str] = ()) -> bool:
        """Whether the words are no detail to hide: approved, the mailbox itself, or kept."""
        if words in kept:
            return True
        if kind == "email":
            return words.lower() == self.mailbox.lower() != ""
        return kind == "person" and any(same_person(words, name) for name in self.named)


@dataclass(frozen=True, slots=True)
class Found:
    """A personal detail in a text, from `start` to `end`."""

    kind: str
    words: str
    start: int
    end: int

    @property
    def what(self) -> str:
        return KINDS[self.kind]


def plain(name: str) -> str:
    """A name without titles, capitals and points, to be compared."""
    return " ".join(bare(word) for word in split_titles(name)[1])


def same_person(words: str, name: str) -> bool:
    """Whether words in a text mean somebody of that name.

    The whole name with any title, or the surname behind a title or behind the right initial:
    "Cllr R Thackley", "Councillor Thackley" and "Rowena Thackley" are one; "Thackley" alone and
    "Jane Thackley" are not.
    """
    titles, said = split_titles(words)
    said, whole = [bare(one) for one in said], [bare(one) for one in split_titles(name)[1]]
    if not said or not whole or said[-1] != whole[-1]:
        return False
    if len(said) == 1:
        return bool(titles) and len(whole) > 1
    given, first = said[0].replace(".", ""), whole[0]
    return said == whole or (len(given) == 1 and first.startswith(given))


def personal_in(text: str, naming: Naming) -> list[Found]:
    """Every personal detail of a text, first to last, none inside another.

    A name at the head of a sentence is found like any other; what is found where two overlap is
    the one that begins first.
    """
    known = [*naming.named, *naming.known]
    found: list[Found] = []
    for one in read_personal(text, [Span(0, len(text))], known):
        if not found or one.span.start >= found[-1].end:
            found.append(Found(one.kind, one.value, one.span.start, one.span.end))
    return found


def left_in(text: str, naming: Naming, kept: Collection[str] = ()) -> list[Found]:
    """The personal details that may not stand in a public text."""
    return [
        one for one in personal_in(text, naming) if not naming.may_stand(one.kind, one.words, kept)
    ]


def without_personal(text: str, naming: Naming) -> str:
    """A text with other words where a personal detail stood that may not be public."""
    parts: list[str] = []
    at = 0
    for one in left_in(text, naming):
        parts += [text[at : one.start], naming.instead(one.kind, one.words)]
        at = one.end
    return "".join([*parts, text[at:]])


WITHHELD = re.compile(r"\[withheld \d+\]")
NOT_PUBLISHED = "[not published]"


def without_withheld(text: str) -> str:
    """A text in which the places of withheld passages have lost their numbers."""
    return WITHHELD.sub(NOT_PUBLISHED, text)


def each_once(found: Iterable[Found]) -> list[Found]:
    """The details without repeats, in the order of the text."""
    return list({(one.kind, one.words): one for one in reversed(list(found))}.values())[::-1]


Clean = Callable[[str], str]


def cleaner(naming: Naming) -> Clean:
    return lambda text: without_personal(without_withheld(text), naming)


def texts_with(texts: Sequence[str], naming: Naming, kept: Collection[str] = ()) -> list[Found]:
    """All that may not stand in several texts, each once."""
    return each_once(one for text in texts for one in left_in(text, naming, kept))
