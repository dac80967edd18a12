"""What a thing reached: who read it, who could have, and what may have carried it.

For the machine's administrator, after a breach or before a release: it looks past every audience,
so no page leads here. Asking is a line on the trail.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Audience
from concerted.audit import trail
from concerted.audit.models import Line, Verb
from concerted.audit.queries import Wanted, found
from concerted.desk.reads import files_of
from concerted.desk.records import KINDS
from concerted.documents.public import Version
from concerted.kernel.clock import today
from concerted.meetings.public import Meeting
from concerted.papers.public import Paper
from concerted.people.public import Sight, open_to, people_by_pseudonym, who_could_see
from concerted.ui.words import day

ABOUT = {
    name: KINDS[name]
    for name in ("actions.action", "meetings.meeting", "papers.paper", "documents.version")
}
LIMITS = (
    "Who could have is reckoned from the audience as it is today and from the appointments of each "
    "day; changes of the audience stand above as far as the trail has them.",
    "Lists, registers and searches in which a thing stands are not counted as reads.",
)


class CannotTell(Exception):
    """The message says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the trail. `surely`: it names the thing; else it may have held the thing."""

    at: datetime.datetime
    pseudonym: str
    what: str
    reference: str
    surely: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """The thing itself or one of its files, each with an audience of its own."""

    words: str
    key: str
    reads_are_kept: bool
    could: Sequence[Sight]


@dataclass(frozen=True, slots=True)
class Reach:
    """What is known of one thing between two days, both included. `names` only where asked for."""

    words: str
    key: str
    since: datetime.date
    until: datetime.date
    parts: Sequence[Part]
    reads: Sequence[Event]
    carried: Sequence[Event]
    audience_changes: Sequence[Event]
    names: dict[str, str] = field(default_factory=dict)
    limits: Sequence[str] = LIMITS

    def as_text(self) -> str:
        return "\n".join([*self._lines(), ""])

    def _lines(self) -> Iterator[str]:
        yield f"{self.words} {self.key}, {day(self.since)} to {day(self.until)}"
        yield f"\nWho read it ({len(self.reads)})"
        yield from self._events(self.reads)
        for part in self.parts:
            if not part.reads_are_kept:
                yield f"  Reads of the {part.words.lower()} are not kept: it is an open one."
            yield f"\nWho could have: {part.words.lower()} {part.key} ({len(part.could)})"
            for one in part.could:
                yield f"  {self._who(one.pseudonym)}  {day(one.starts)} to {day(one.ends)}"
        yield f"\nWhat carried it, or may have ({len(self.carried)})"
        yield from self._events(self.carried)
        yield f"\nChanges of its audience ({len(self.audience_changes)})"
        yield from self._events(self.audience_changes)
        yield ""
        yield from self.limits

    def _events(self, events: Sequence[Event]) -> Iterator[str]:
        for one in events:
            may = "" if one.surely else "  may have held it"
            yield f"  {one.at:%Y-%m-%d %H:%M}  {self._who(one.pseudonym)}  {one.what}{may}"

    def _who(self, pseudonym: str) -> str:
        name = self.names.get(pseudonym)
        return f"{pseudonym} ({name})" if name else pseudonym


@transaction.atomic
def reach(
    key: str,
    *,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    names: bool = False,
) -> Reach:
    """The reach of the meeting, paper, file or action with this key. Raises CannotTell.

    Without days: from the first line about it on the trail until today.
    """
    everything = _opened()
    kind, thing = _found(everything, key)
    parts = list(_parts(everything, kind, thing))
    references = [one.key for _, one, _ in parts]
    # Who sees a file is said of the document, for all its versions.
    references += {one.document.key for _, one, _ in parts if isinstance(one, Version)}
    until = until or today()
    since = since or _first_day(key) or until
    if since > until:
        raise CannotTell("The first day is after the last. Give an earlier --from.")
    lines = found(Wanted(since=since, until=until))
    about = lines.filter(reference__in=references)
    could = [
        Part(words, one.key, kept, who_could_see(one.audience_id, since=since, until=until))
        for words, one, kept in parts
    ]
    reads = _events(about.filter(verb=Verb.CONSULT, what__endswith=".consulted"))
    carried = _events(about.filter(verb=Verb.DISCLOSE))
    carried += _exports(lines, references, could)
    changes = _events(about.filter(fields__contains=["audience"]))
    known: dict[str, str] = {}
    if names:
        pseudonyms = {one.pseudonym for one in [*reads, *carried, *changes]}
        pseudonyms |= {one.pseudonym for part in could for one in part.could}
        people = people_by_pseudonym(everything, pseudonyms)
        known = {pseudonym: person.name for pseudonym, person in people.items()}
    trail.add(
        SYSTEM,
        "reach.asked",
        kind=kind,
        reference=key,
        verb=Verb.CONSULT,
        fields=["names"] if names else [],
    )
    open_to(())
    words = ABOUT[kind].words
    carried.sort(key=lambda one: one.at, reverse=True)
    return Reach(words, key, since, until, could, reads, carried, changes, known)


def _opened() -> Actor:
    """Somebody who sees everything, with the wall open to match, until the transaction ends."""
    every = tuple(Audience.objects.values_list("pk", flat=True))
    open_to(every)
    return Actor(name="the administrator of the machine", audience_ids=every)


def _found(everything: Actor, key: str) -> tuple[str, Any]:
    for name, kind in ABOUT.items():
        if thing := kind.visible_to(everything).filter(key=key).first():
            return name, thing
    raise CannotTell(
        f"No meeting, paper, file or action has the key {key}. "
        "It is the last part of the thing’s address."
    )


def _parts(everything: Actor, kind: str, thing: Any) -> Iterator[tuple[str, Any, bool]]:
    """The thing, then its files: their words, rows, and whether reads of them are kept."""
    yield ABOUT[kind].words, thing, getattr(thing, "restricted", True)
    if not isinstance(thing, Paper | Meeting):
        return
    for version in files_of(everything, thing).order_by("id"):
        yield "File", version, True


def _first_day(key: str) -> datetime.date | None:
    first = Line.objects.filter(reference=key).order_by("at").first()
    return first.at.date() if first else None


def _events(lines: Any) -> list[Event]:
    return [Event(one.at, one.actor, one.what, one.reference) for one in lines]


def _exports(lines: Any, references: Sequence[str], parts: Sequence[Part]) -> list[Event]:
    """Spreadsheets taken by those who could see it then: the trail does not say what was in one."""
    could = [one for part in parts for one in part.could]
    taken = lines.filter(
        Q(verb=Verb.DISCLOSE, what__endswith=".exported"),
        actor__in={one.pseudonym for one in could},
    ).exclude(reference__in=references)
    return [
        Event(one.at, one.actor, one.what, one.reference, surely=False)
        for one in taken
        if any(
            who.pseudonym == one.actor and who.starts <= one.at.date() <= who.ends for who in could
        )
    ]
