"""Who read a restricted thing, in the words that its originator sees."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.actions.public import Action
from concerted.audit.queries import reads_of
from concerted.documents.public import Document, Version, versions_visible_to
from concerted.kernel.verdict import Verdict
from concerted.meetings import public as meetings
from concerted.meetings.public import Meeting
from concerted.papers import public as papers
from concerted.papers.public import Paper
from concerted.people.public import may_see_readers, organisations_of, people_by_pseudonym
from concerted.restrictions.public import Level, Thing, history_of


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who read it; `who` and `organisation` as far as this reader may see them."""

    who: str
    organisation: str
    first: datetime.datetime
    last: datetime.datetime
    taken: int


def may_see(actor: Actor, thing: Thing) -> Verdict:
    """Asked of those who see the thing itself: whoever it belongs to, or the body's secretary."""
    newest = next(iter(history_of(actor, thing)), None)
    owner = newest.owner if newest and newest.level != Level.OPEN else thing.organisation
    return may_see_readers(actor, thing.body, owner_id=owner.pk if owner else None)


def is_kept(thing: Thing) -> bool:
    """Whether it is kept who reads the thing: that of open ones is nobody's business."""
    by_itself = isinstance(thing.row, Action | Meeting | Paper) and thing.row.restricted
    return by_itself or thing.audience_id != thing.home_id


def readers_of(actor: Actor, thing: Thing) -> list[Reader]:
    """Everybody who read the thing or took its file, the last first: in four queries."""
    reads = reads_of([thing.key, *_taken(actor, thing.row)])
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


def _taken(actor: Actor, row: object) -> list[str]:
    """The keys of the files that are the thing, or are kept with it."""
    if isinstance(row, Meeting | Paper):
        found = files_of(actor, row)
    elif isinstance(row, Document):
        found = versions_visible_to(actor).filter(document=row)
    else:
        return []
    return list(found.values_list("key", flat=True))


def files_of(actor: Actor, thing: Meeting | Paper) -> QuerySet[Version]:
    """The versions of the files kept with a meeting or paper, as far as the actor may see them."""
    if isinstance(thing, Paper):
        return papers.files_of(actor, thing)
    return meetings.files_of(actor, thing)
