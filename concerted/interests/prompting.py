"""Where a paper put to a planned meeting may meet what a member registered: suggested alone.

Shown to the body's secretary, and to each member for their own entries. Nothing follows from it.
"""

from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.interests import policies, queries
from concerted.interests.models import Dismissal, Entry
from concerted.interests.naming import named_in
from concerted.kernel.clock import today
from concerted.meetings.public import Item, Meeting, MeetingState, items_visible_to
from concerted.papers.public import PaperText, texts_put_to
from concerted.people.public import sitting


@dataclass(frozen=True, slots=True)
class Prompt:
    """An item with a paper that names what an entry is about; or whose author it is."""

    item: Item
    paper: PaperText
    entry: Entry
    name: str
    dismissed: Dismissal | None


def prompts_at(actor: Actor, meeting: Meeting) -> list[Prompt]:
    """What may meet at a planned meeting, in the order of its items; as this actor may know."""
    if meeting.state != MeetingState.PLANNED:
        return []
    papers = [one for one in texts_put_to(actor, meeting.key) if one.item_ref]
    entries = _entries(actor, meeting) if papers else []
    if not entries:
        return []
    put_aside = {
        (one.item_key, one.entry_id): one
        for one in queries.dismissals_visible_to(actor).filter(entry__in=entries)
    }
    return [
        Prompt(item, paper, entry, name, put_aside.get((item.key, entry.pk)))
        for item in items_visible_to(actor).filter(meeting=meeting).order_by("position", "id")
        for paper in papers
        if item.ref == paper.item_ref
        for entry in entries
        if (name := _meets(paper, entry))
    ]


def _entries(actor: Actor, meeting: Meeting) -> list[Entry]:
    """Entries of the body's members for its secretary; for anybody else their own."""
    members = {one.person.pk for one in sitting(actor, day=today(), body=meeting.body)}
    if not policies.keeps(actor, [meeting.body_id]):
        members &= {actor.person_id}
    found = queries.current_entries(actor).filter(register__person__in=members, nothing=False)
    return list(found)


def _meets(paper: PaperText, entry: Entry) -> str:
    about = entry.organisation
    if about is None:
        return named_in(paper.text, [entry.organisation_name])
    if about.pk == paper.organisation_id:
        return about.name
    return named_in(paper.text, [about.name, about.short_name, *about.other_names])
