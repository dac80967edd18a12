"""Names in minutes against names that are known: the same, perhaps the same, or new.

Only what the actor may see is ever offered.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from concerted.reading.model import Field

TITLES = re.compile(
    r"^(?:(?:the|cllrs?|cll|councillors?|county|mr|mrs|ms|miss|dr|prof|rev|sir|dame|lord|lady|"
    r"insp|inspector|supt|superintendent|chief|ch|sgt|sergeant|pc|ps|ci|dci|di|acc|cc|"
    r"detective|det|constable|pcso|dc|ds|dcs|commander|cmdr|alderman|ald|revd|canon|major|capt|"
    r"captain|watch manager|group manager|station manager|area manager)\b[ .]*)+"
)
HONOURS = re.compile(r"(?: (?:obe|mbe|cbe|jp|qpm|kpm|mp|dl))+$")
FORMS = re.compile(r"\b(?:ltd|limited|plc|llp|cic)\b")
KINDS_OF_SERVICE = """the and of service services authority board trust department force team sector
    local public group borough county district city town parish community
    police constabulary probation prison youth offending justice yot court courts cps
    council fire rescue brigade safety environmental housing
    health nhs pct ccg primary care commissioning clinical ambulance
    education social adult children university college voluntary"""
SERVICES = frozenset(KINDS_OF_SERVICE.split())
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
    letters = HONOURS.sub("", letters)
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
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    after: tuple[str, ...] = ()  # the keys of those that came after it

    def holds_on(self, day: datetime.date) -> bool:
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )

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


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered about a name before: who it is, and for the meeting of which day."""

    who: str
    held_on: datetime.date


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
    answered: Mapping[tuple[str, str], Answered] = field(default_factory=dict)
    within: Mapping[str, Names] = field(default_factory=dict)
    here: str = ""
    day: datetime.date | None = None

    def answer(self, name: str, organisation: str | None) -> Answered | None:
        """What this person answered about the same printed name and organisation before."""
        return self.answered.get((plain(name), plain(organisation or "")))

    def of_meeting(self, body: str, day: datetime.date | None) -> "Directory":
        """The names as the papers of one body use them on a day."""
        return replace(self, here=body, day=day)

    def as_read(self, body: Field | None, day: Field | None) -> "Directory":
        """The same, of the body and the day that were read."""
        on = day.value if day and isinstance(day.value, datetime.date) else None
        there = self.of_meeting("", on)
        same = there.body(str(body.value)).same if body else None
        return there.of_meeting(same.key if same else "", on)

    def body(self, name: str) -> Match:
        return _named(self.bodies, name, self.day)

    def organisation(self, name: str) -> Match:
        """A name that many have is known only where somebody said what it means."""
        held = self.within.get(self.here)
        if held and plain(name) in held.exact:
            return _named(held, name, self.day)
        return _named(self.organisations, name, self.day)

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
        """Those whose surname is the same and whose first names may be, one by its initial.

        Another surname is never guessed: who changed theirs is said to be the same by a person.
        """
        words = given_names(name)
        return _once(
            one
            for one in self.people.known
            for known in (one.name, *one.other_names)
            if words and may_be_one(words, given_names(known)) and _may_be_of(one, organisation)
        )


def given_names(name: str) -> list[str]:
    """The plain words of a person's name, with initials set apart: `JA Smith` is j, a, smith."""
    words = plain(name).split()
    if len(words) < 2:
        return words
    together = {word.casefold() for word in re.findall(r"\b[A-Z]{2,3}\b(?= \S)", name)}
    if name.isupper():
        together = set()
    return [
        letter for word in words[:-1] for letter in (word if word in together else [word])
    ] + words[-1:]


def may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names may be one person's: one surname, and no first name speaks against it.

    Somewhere an initial or a surname alone stands for the rest; two full names are not guessed.
    """
    if not one or not other or one[-1] != other[-1]:
        return False
    pairs = list(zip(one[:-1], other[:-1], strict=False))
    if any(a != b and (min(len(a), len(b)) > 1 or a[0] != b[0]) for a, b in pairs):
        return False
    return not pairs or any(min(len(a), len(b)) == 1 for a, b in pairs)


def is_ambiguous(name: str) -> bool:
    """Whether many organisations are called so: it names a kind of service and no place."""
    words = plain(name).replace("-", " ").split()
    return bool(words) and all(word in SERVICES for word in words)


def _named(names: Names, name: str, day: datetime.date | None) -> Match:
    same = names.exact.get(plain(name), [])
    if same and day:
        holding = [one for one in same if one.holds_on(day)]
        if not holding and (related := _instead(names, same, day)):
            return Match(
                perhaps=(*related, *same),
                why=f"{same[0].name} was not there on {day.day} {day:%B %Y}.",
            )
        same = holding or same
    if len(same) == 1:
        return Match(same=same[0])
    if same:
        return Match(perhaps=tuple(same), why="More than one has this name.")
    near = names.near(name, cutoff=NEAR_NAME)
    return Match(perhaps=tuple(near), why="Nearly the same name.") if near else NEW


def _instead(names: Names, same: Sequence[Known], day: datetime.date) -> list[Known]:
    """Those that came before or after one that was not there on a day, and were."""
    reached = [one.key for one in same]
    for key in reached:
        for one in names.known:
            linked = [*one.after] if one.key == key else [one.key] if key in one.after else []
            reached += [other for other in linked if other not in reached]
    own = {one.key for one in same}
    return [
        one
        for one in names.known
        if one.key in reached and one.key not in own and one.holds_on(day)
    ]


def _may_be_of(known: Known, organisation: str | None) -> bool:
    if not organisation or not known.of:
        return True
    said = plain(organisation)
    return any(
        plain(one) == said or fuzz.token_set_ratio(plain(one), said) >= NEAR_NAME
        for one in known.of
    )
