"""Who read a restricted thing, in the words that its originator sees."""

import datetime
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.actions.public import Action
from concerted.audit.queries import reads_of
from concerted.desk.records import KINDS
from concerted.documents.public import Version
from concerted.kernel.verdict import Verdict
from concerted.meetings import public as meetings
from concerted.meetings.public import Meeting
from concerted.papers import public as papers
from concerted.papers.public import Paper
from concerted.people.public import may_see_readers, organisations_of, people_by_pseudonym

Thing: TypeAlias = Action | Meeting | Paper

# The kinds of things whose reads are kept where they are restricted.
THINGS = {name: KINDS[name] for name in ("actions.action", "meetings.meeting", "papers.paper")}


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who read it; `who` and `organisation` as far as this reader may see them."""

    who: str
    organisation: str
    first: datetime.datetime
    last: datetime.datetime
    taken: int


def may_see(actor: Actor, thing: Thing) -> Verdict:
    """Asked of those who see the thing itself: a paper's own organisation, or its secretary."""
    owner = thing.organisation_id if isinstance(thing, Paper) else None
    return may_see_readers(actor, thing.body, owner_id=owner)


def readers_of(actor: Actor, thing: Thing) -> list[Reader]:
    """Everybody who read the thing or took its file, the last first: in four queries."""
    taken = (
        [] if isinstance(thing, Action) else files_of(actor, thing).values_list("key", flat=True)
    )
    reads = reads_of([thing.key, *taken])
    people = people_by_pseudonym(actor, {one.actor for one in reads})
    of = organisations_of(actor, [one.pk for one in people.values()])
    found = []
    for read in reads:
        person = people.get(read.actor)
        names = [one.name for one in of[person.pk]] if person else []
        found.append(
            Reader(
                who=person.name if person else "Somebody whose name you may not see",
                organisation=", ".join(names),
                first=read.first,
                last=read.last,
                taken=read.taken,
            )
        )
    return found


def files_of(actor: Actor, thing: Meeting | Paper) -> QuerySet[Version]:
    """The versions of the files kept with a meeting or paper, as far as the actor may see them."""
    if isinstance(thing, Paper):
        return papers.files_of(actor, thing)
    return meetings.files_of(actor, thing)
