"""An action that is closed or hidden takes its owners and all that was said of it along."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.actions import queries
from concerted.actions.models import Action, Owner, Proposal, Update
from concerted.people.public import bodies_visible_to
from concerted.restrictions.public import Move, Restrictable, Thing, moved

Follows = Callable[[Collection[int], Move], None]
_FOLLOWING: list[Follows] = []


def follows(rows: Follows) -> None:
    """Make known what a package above keeps of actions, by their ids, and moves with them."""
    _FOLLOWING.append(rows)


class ActionKind(Restrictable):
    name, label, noun = "action", "actions.action", "action"

    def find(self, actor: Actor, key: str, *, lock: bool = False) -> Thing | None:
        rows = queries.visible_to(actor).filter(key=key, body__in=bodies_visible_to(actor))
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        if row is None:
            return None
        return Thing(
            row=row,
            kind=self.label,
            key=row.key,
            noun=self.noun,
            title=row.text,
            href=row.get_absolute_url(),
            body=row.body,
            audience_id=row.audience_id,
            home_id=row.body.papers_audience_id,
            parent=("people.body", row.body.key),
            day=row.agreed_on,
        )

    def move(self, actor: Actor, thing: Thing, move: Move) -> None:
        move_actions(Action.objects.filter(pk=thing.row.pk), move)

    def visible_keys(self, actor: Actor, keys: Collection[str]) -> set[str]:
        found = queries.visible_to(actor).filter(key__in=keys)
        return set(found.values_list("key", flat=True))


def move_actions(actions: QuerySet[Action], move: Move) -> None:
    """Move actions with owners, updates and proposals, as far as they had the audience before."""
    # Locked first: what is said of them meanwhile comes before this, and moves along.
    own = actions.filter(audience_id=move.before).order_by("pk").select_for_update(of=("self",))
    pks = list(own.values_list("pk", flat=True))
    children: list[Any] = [Owner.objects, Update.objects, Proposal.objects]
    for rows in children:
        moved(rows.filter(action__in=pks), move)
    moved(Action.objects.filter(pk__in=pks), move)
    for follow in _FOLLOWING:
        follow(pks, move)


def move_with_sources(sources: dict[str, Collection[int]], move: Move) -> None:
    """What came of a thing says what the thing says, so it follows: ids of sources by kind."""
    for kind, ids in sources.items():
        move_actions(Action.objects.filter(source_kind=kind, source_id__in=ids), move)
