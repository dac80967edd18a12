"""Names in minutes against names that are known: the same, perhaps the same, or new.

Only what the actor may see is ever offered.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

TITLES = re.compile(
    r"^(?:(?:the|cllrs?|cll|councillors?|county|mr|mrs|ms|miss|dr|prof|rev|sir|dame|lord|lady|"
    r"insp|inspector|supt|superintendent|chief|ch|sgt|sergeant|pc|ps|ci|dci|di|acc|cc)\b[ .]*)+"
)
FORMS = re.compile(r"\b(?:ltd|limited|plc|llp|cic)\b")
NEAR_PERSON = 88  # of 100: one slip of a key in a name of ten letters
NEAR_NAME = 90


def plain(name: str) -> str:
    """A name without case, accents, titles and points: what two spellings of it share."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    letters = letters.replace("&", " and ").replace("’", "'")
    letters = re.sub(r"[^a-z0-9' -]", " ", letters)
    letters = FORMS.sub(" ", letters)
    letters = TITLES.sub("", " ".join(letters.split()))
    return " ".join(letters.split())


def initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[ -]+", plain(name)) if word).upper()


@dataclass(frozen=True, slots=True)
class Known:
    """Something on record that a name may stand for."""

    key: str
    name: str
    other_names: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.name}, {self.of[0]}" if self.of else self.name


@dataclass(frozen=True, slots=True)
class Match:
    """`same` where there is no doubt; else those that it could be, nearest first."""

    same: Known | None = None
    perhaps: tuple[Known, ...] = ()
    why: str = ""


NEW = Match()


@dataclass(slots=True)
class Names:
    """The known names of one kind, ready to be asked many times."""

    known: Sequence[Known]
    exact: dict[str, list[Known]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.known:
            for name in (one.name, *one.other_names):
                held = self.exact.setdefault(plain(name), [])
                if one not in held:
                    held.append(one)

    def near(self, name: str, *, cutoff: int) -> list[Known]:
        found = process.extract(
            plain(name),
            self.exact.keys(),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=cutoff,
            limit=4,
        )
        return _once(one for key, _, _ in found for one in self.exact[key])


def _once(known: Iterable[Known]) -> list[Known]:
    return list(dict.fromkeys(known))


@dataclass(slots=True)
class Directory:
    """Everybody and everything that this actor may see, by name."""

    people: Names
    organisations: Names
    bodies: Names
    kinds: Sequence[str] = ()
    posts: Names = field(default_factory=lambda: Names([]))

    def body(self, name: str) -> Match:
        return _named(self.bodies, name)

    def organisation(self, name: str) -> Match:
        return _named(self.organisations, name)

    def person(self, name: str, organisation: str | None) -> Match:
        """The same only when name and organisation both agree, or neither speaks against it."""
        same = self.people.exact.get(plain(name), [])
        fitting = [one for one in same if _may_be_of(one, organisation)]
        if len(fitting) == 1:
            return Match(same=fitting[0])
        if fitting:
            return Match(perhaps=tuple(fitting), why="More than one person has this name.")
        if same:
            return Match(
                perhaps=tuple(same), why="The same name, but known from another organisation."
            )
        near = self.people.near(name, cutoff=NEAR_PERSON)
        if near:
            return Match(perhaps=tuple(near), why="Nearly the same name.")
        short = self._by_initial_and_surname(name, organisation)
        if short:
            return Match(perhaps=tuple(short), why="The same initial and surname.")
        return NEW

    def _by_initial_and_surname(self, name: str, organisation: str | None) -> list[Known]:
        words = plain(name).split()
        if not words or (len(words) > 1 and len(words[0]) > 1):
            return []
        return [
            one
            for key, held in self.people.exact.items()
            for one in held
            if (parts := key.split())
            and parts[-1] == words[-1]
            and (len(words) == 1 or parts[0][0] == words[0][0])
            and _may_be_of(one, organisation)
        ]


def _named(names: Names, name: str) -> Match:
    same = names.exact.get(plain(name), [])
    if len(same) == 1:
        return Match(same=same[0])
    if same:
        return Match(perhaps=tuple(same), why="More than one has this name.")
    near = names.near(name, cutoff=NEAR_NAME)
    return Match(perhaps=tuple(near), why="Nearly the same name.") if near else NEW


def _may_be_of(known: Known, organisation: str | None) -> bool:
    if not organisation or not known.of:
        return True
    said = plain(organisation)
    return any(
        plain(one) == said or fuzz.token_set_ratio(plain(one), said) >= NEAR_NAME
        for one in known.of
    )
