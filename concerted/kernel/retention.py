"""Kinds of record that do not stay for good: for how long, by which rule, and how they go.

Each package declares its own in its `retention.py` and registers them when it is ready. What no
kind names stays: minutes, decisions, papers, actions, declarations and the trail are never here.
"""

import calendar
import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from concerted.kernel.clock import BRITAIN


@dataclass(frozen=True, slots=True)
class Candidate:
    """One record whose time is past.

    `since` is the moment from which its time counts; `mark` stands for exactly its present state.
    `audience_id` is None where rows of its kind have no audience. `bodies` are ids of the bodies
    that it is about: None where its kind is about no body, empty where it is not known which.
    """

    key: str
    since: datetime.datetime
    mark: str
    audience_id: int | None = None
    bodies: frozenset[int] | None = None


@dataclass(slots=True)
class Gone:
    """What went: label and key of each record, and the SHA-256 of bytes that it named."""

    records: list[tuple[str, str]] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)  # by the key of the candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """A kind of record that goes when its time is past and a person has said so.

    `label` is the record's on the trail, `erases` the models of which rows go with it. `months`
    is the period unless the partnership sets another, from `least` to `most`. `expired` gives the
    candidates older than a moment; of some keys only, and locked, where keys are handed in.
    `find` gives a record by its key however young. `let_go` lets locked candidates go for good.
    All three see no more than the wall shows.
    """

    name: str
    label: str
    title: str
    counts_from: str
    months: int
    least: int
    most: int
    reason: str
    does: str
    has_audience: bool
    erases: frozenset[str]
    expired: Callable[[datetime.datetime, Collection[str] | None], Iterable[Candidate]]
    find: Callable[[str], Candidate | None]
    let_go: Callable[[Collection[str]], Gone]


_KINDS: dict[str, Expiring] = {}


def register(*kinds: Expiring) -> None:
    """Make kinds known; called once when a package is ready."""
    for kind in kinds:
        _KINDS[kind.name] = kind


def kinds() -> list[Expiring]:
    return [_KINDS[name] for name in sorted(_KINDS)]


def kind_named(name: str) -> Expiring | None:
    return _KINDS.get(name)


def older_than(day: datetime.date, months: int) -> datetime.datetime:
    """The first moment, in Britain, that is not yet `months` old on a day.

    Where the month has no such day its last counts, so that nothing goes a day too early.
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return datetime.datetime(years, month + 1, min(day.day, last), tzinfo=BRITAIN)
