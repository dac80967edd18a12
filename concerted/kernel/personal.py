"""What each field of each record holds of people, and under which rules it is held.

Each package classes its own models in its `personal.py`; a test fails on a field without a class.
`docs/record-of-processing.md` is made from these tables.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# The same in every table: serial and random names of rows, and who may see them.
ALWAYS_INTERNAL = frozenset({"id", "key", "audience"})


# What stands where a name was erased.
NAME_REMOVED = "Name removed"


class Holds(StrEnum):
    """What a field holds. Free text counts as the most that people write into it."""

    PUBLIC = "public"  # could be published as it is
    INTERNAL = "internal"  # business of the partnership, about nobody in particular
    PERSONAL = "personal"  # about somebody who can be told
    SPECIAL = "special"  # may tell of health, belief, ethnicity or offences of somebody


@dataclass(frozen=True, slots=True)
class Rules:
    """Who answers for a kind of record, and by which law. A partnership is no legal person, so
    it is never a controller: the organisations in it are."""

    title: str
    controllers: str
    regime: str
    basis: str


PART_2 = "UK GDPR and Part 2 of the Data Protection Act 2018"
PART_3 = "Part 3 of that Act where a competent authority handed it over for law enforcement"

GOVERNANCE = Rules(
    "Minutes, decisions, papers and actions",
    "The authorities seated on the body, jointly; the organisation whose secretary keeps the "
    "record is whom a person turns to",
    PART_2,
    "Public task, Article 6(1)(e): Crime and Disorder Act 1998, sections 5 to 7; for special "
    "categories Article 9(2)(g) with Schedule 1, paragraph 6; for offences Article 10 with the "
    "same paragraph",
)
MEMBERSHIP = Rules(
    "Posts, seats and who holds them",
    "Each organisation for its own people; jointly for the list that all see",
    PART_2,
    "Public task, Article 6(1)(e): Crime and Disorder Act 1998, section 5",
)
RECEIVED = Rules(
    "Files as they were received, and what was read in them",
    "The organisation that a file came from; until it is accepted, the organisation of whoever "
    "handed it over",
    f"{PART_2}; {PART_3}",
    "Public task, Article 6(1)(e); under Part 3, section 35, strictly necessary for law "
    "enforcement",
)
ACCOUNTS = Rules(
    "Accounts and sign-in",
    "The organisation that runs the installation, and each organisation for its own people",
    PART_2,
    "Public task, Article 6(1)(e), and security of processing, Article 32",
)
TRAIL = Rules(
    "The trail",
    "All organisations of the partnership, jointly; the one that runs the installation keeps it",
    f"{PART_2}; section 62 of that Act where Part 3 applies",
    "Legal obligation, Article 6(1)(c): accountability, Article 5(2), and logging, section 62",
)
MACHINERY = Rules(
    "Work in the background, and the framework’s own tables",
    "The organisation that runs the installation",
    PART_2,
    "Public task, Article 6(1)(e)",
)


@dataclass(frozen=True, slots=True)
class Record:
    """One model: what it is for, under which rules, how long it is kept, what its fields hold.

    `fields` names them by class, parted by spaces. `keep` is what the program does today; what a
    person has to do is said so.
    """

    purpose: str
    rules: Rules
    keep: str
    fields: Mapping[Holds, str]

    def classes(self) -> dict[str, Holds]:
        """Each field with its class. Raises ValueError where a field is classed twice."""
        found: dict[str, Holds] = {}
        for holds, names in self.fields.items():
            for name in names.split():
                if name in found or name in ALWAYS_INTERNAL:
                    raise ValueError(f"{name} is classed twice.")
                found[name] = holds
        return found


FOR_GOOD = "For good: it is the record"
WITH_PARENT = "As long as the record that it is part of"


def until_let_go(period: str) -> str:
    """Of what a kind in a package's `retention.py` names."""
    return f"{period} unless the partnership sets another time; a person lets it go"
