"""A single file that is closed or hidden, while the record that it is kept with stays open.

All its versions follow, later ones too. What was read from it and stands in the record does not.
"""

from collections.abc import Collection

from concerted.access.actor import Actor
from concerted.access.models import AudienceKind
from concerted.documents import queries
from concerted.documents.holding import Held, Holder, holder_of, holders, records_of
from concerted.documents.models import Document, KeptWith, Version
from concerted.documents.narrowing import change_needs, copies_of, restricted_ones
from concerted.people.public import Organisation, everything_open
from concerted.restrictions.public import Move, Place, Restrictable, Thing, moved


class FileKind(Restrictable):
    name, label, noun, event = "file", "documents.document", "file", "document"
    read_by = "the secretaries of this body see it, as any file as received"
    told = "others see that there is one and why it is closed, and whom to ask"
    shown = "that there is a file"
    kept_back = "its name or its words"
    follows = "all its versions, those that come later too"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = queries.visible_to(actor).filter(key=key).select_related("audience")
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        seen = seen_records(actor, row) if row else []
        if row is None or not seen:
            return None
        first = seen[0]
        office = first.body.office_audience_id
        if row.audience.kind == AudienceKind.PERSONAL:
            return None  # still with whoever handed it over
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=f"{row.title}, kept with {first.title}",
            href=first.href,
            body=first.body,
            audience_id=row.audience_id,
            home_id=office,
            parent=(first.kind, first.key),
            organisation=_whose(seen),
            day=first.day,
        )

    def places(self, thing: Thing) -> list[Place]:
        with everything_open():
            return [
                Place(one.kind, one.key, one.audience_id, one.body, one.day)
                # Held, because what is carried to the public edition is asked for under this lock.
                for one in records_of(thing.row, lock=True)
            ]

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        document = thing.row
        with everything_open():
            moved(Version.objects.filter(document=document), move)
            moved(Document.objects.filter(pk=document.pk), move)
            change_needs(
                copies_of([document.pk]),
                add=set() if move.home else {move.to},
                remove=move.before,
            )
            if move.hidden:
                _take_out(document, move.to)
            else:
                _put_back(document)
            KeptWith.objects.filter(document=document).update(audience_id=move.to)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = queries.visible_to(actor).filter(key__in=keys)
        return set(found.values_list("key", flat=True))

    def warnings(self, actor: Actor, thing: Thing) -> list[str]:
        said = [
            "Only the file is restricted. What was read from it and stands on record stays as it "
            "is: restrict the meeting, an item, a paragraph or the paper to keep that back.",
            "Whoever is on its audience reads all of it, with the words that were withheld from "
            "the record.",
        ]
        seen = seen_records(actor, thing.row)
        if len(seen) > 1:
            names = "; ".join(one.title for one in seen)
            said.append(f"It is kept with {len(seen)} records, and goes from each: {names}.")
        return said


def seen_records(actor: Actor, document: Document) -> list[Held]:
    """The records that a file is kept with, as far as the actor may see them."""
    return [
        one
        for one in records_of(document)
        if {one.audience_id, one.body.audience_id} <= {*actor.audience_ids}
    ]


def _whose(seen: list[Held]) -> Organisation | None:
    return next((one.organisation for one in seen if one.organisation), None)


def _take_out(document: Document, audience_id: int) -> None:
    """No record names it any more, so that each reads as if it had no file."""
    for holder in holders():
        for key in holder.take_out(document):
            _next_in_place(holder, key)
            KeptWith.objects.create(
                document=document, kind=holder.label, thing_key=key, audience_id=audience_id
            )


def _next_in_place(holder: Holder, key: str) -> None:
    """An open file that was kept beside the one taken out is the one that the record names now."""
    beside = KeptWith.objects.filter(kind=holder.label, thing_key=key)
    there = beside.exclude(document__in=restricted_ones()).order_by("pk").first()
    if there and holder.put_back(there.document, key):
        there.delete()


def _put_back(document: Document) -> None:
    """Each record names it again that got no other file meanwhile."""
    for one in list(document.kept_with.all()):
        if holder_of(one.kind).put_back(document, one.thing_key):
            one.delete()
