"""Whoever is acting, loaded once and then plain data, so that rules need no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from concerted.access.roles import Permission


@dataclass(frozen=True, slots=True)
class Actor:
    """One person with everything that decides what they may see and do today.

    `pseudonym` stands for them on the trail. `audience_ids` decides what they see; `by_body` and
    `everywhere` only what they may do. Ids are the database's own and never leave the server.
    """

    account_id: int = 0
    person_id: int = 0
    pseudonym: str = ""
    name: str = ""
    capacity: str = ""
    partnership: str = ""
    audience_ids: tuple[int, ...] = ()
    own_audience_id: int = 0
    everyone_audience_id: int = 0
    by_body: Mapping[int, frozenset[Permission]] = field(default_factory=dict)
    everywhere: frozenset[Permission] = frozenset()
    seated_body_ids: tuple[int, ...] = ()
    organisation_ids: tuple[int, ...] = ()
    post_ids: tuple[int, ...] = ()
    # The kinds of support post held, as people.states.Support names them.
    supports: frozenset[str] = frozenset()

    @property
    def appointed(self) -> bool:
        """Whether they hold any post or seat today: without one, nothing is open to them."""
        return bool(self.post_ids or self.seated_body_ids)

    def holds(self, permission: Permission, *, body_id: int | None = None) -> bool:
        """Whether a role gives this permission for that body; without a body, for any."""
        if permission in self.everywhere:
            return True
        if body_id is None:
            return any(permission in held for held in self.by_body.values())
        return permission in self.by_body.get(body_id, frozenset())


NOBODY = Actor(name="nobody", pseudonym="nobody")
SYSTEM = Actor(name="the system", pseudonym="system")
