"""A body or a seat that is closed or hidden: those see it who read the papers of the body.

Nobody chooses that audience: whoever is on it knows of the body anyway, and a body whose members
could not see it would be nobody's. What hangs on a body moves along, as far as everybody saw it.
"""

from collections.abc import Collection

from concerted.access.actor import Actor
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.public import (
    SEATS,
    TREE,
    Seat,
    bodies_visible_to,
    home_of,
    keep_body,
    keep_seat,
    open_body,
    open_seat,
    seats_visible_to,
)
from concerted.restrictions.kinds import Move, Place, Restrictable, Thing, moved
from concerted.restrictions.models import Closure
from concerted.restrictions.states import Level


class BodyKind(Restrictable):
    name, label, noun = "body", "people.body", "body"
    read_by = "everybody here sees that there is this body, and who sits on it"
    told = "others see that there is a body, why it is closed, and whom to ask"
    shown = "that there is a body"
    kept_back = "its name, who sits on it or where it stands"
    follows = "its seats, its areas and the lines to other bodies"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = bodies_visible_to(actor).filter(key=key)
        # Not its key: others add rows that name the body meanwhile.
        row = (rows.select_for_update(of=("self",), no_key=True) if lock else rows).first()
        if row is None:
            return None
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=row.name,
            href=row.get_absolute_url(),
            body=row,
            audience_id=row.audience_id,
            home_id=actor.everyone_audience_id,
            parent=TREE,
            given_id=row.papers_audience_id,
        )

    def places(self, thing: Thing) -> list[Place]:
        # The line is for those who do not know the body, so it does not name it.
        return [Place(*thing.parent, thing.home_id, None)]

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        said = Closure.objects.filter(parent_kind=SEATS, parent_key=thing.key, level=Level.CLOSED)
        moved(said, move)
        if move.home:
            open_body(thing.row, everyone_id=move.to)
        elif move.before != move.to:
            keep_body(thing.row)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        return set(bodies_visible_to(actor).filter(key__in=keys).values_list("key", flat=True))

    def warnings(self, actor: Actor, thing: Thing) -> list[str]:
        return [
            "What was released of this body stays public until it is withdrawn, and what other "
            "bodies wrote of it in their minutes stays as they wrote it.",
            "Somebody who is listed for a single thing of this body, but does not read its papers, "
            "no longer comes to that thing.",
        ]


class SeatKind(Restrictable):
    name, label, noun = "seat", "people.seat", "seat"
    read_by = "whoever sees the body sees who holds this seat and who fills it"
    told = "others see that there is a seat, why it is closed, and whom to ask"
    shown = "that there is a seat"
    kept_back = "who holds it or who fills it"
    follows = "who fills it and what it contributes"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = seats_visible_to(actor).filter(key=key)
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        if row is None:
            return None
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=str(row),
            href=f"{row.body.get_absolute_url()}#seats",
            body=row.body,
            audience_id=row.audience_id,
            home_id=home_of(row, actor.everyone_audience_id),
            parent=(SEATS, row.body.key),
            may_close=may_close_seat(row),
            given_id=row.body.papers_audience_id,
        )

    def places(self, thing: Thing) -> list[Place]:
        return [Place(*thing.parent, thing.body.audience_id, thing.body)]

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        if move.home:
            open_seat(thing.row, everyone_id=actor.everyone_audience_id)
        else:
            keep_seat(thing.row)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        return set(seats_visible_to(actor).filter(key__in=keys).values_list("key", flat=True))


def may_close_seat(seat: Seat) -> Verdict:
    """Of a hidden body there is nobody who sees it and not its papers."""
    if seat.body.hidden:
        return no("Whoever sees this body reads its papers, so there is nobody to keep it from.")
    if seat.holder_body and seat.holder_body.hidden:
        return no("It is held by a body that others do not see, so they do not see the seat.")
    return YES
