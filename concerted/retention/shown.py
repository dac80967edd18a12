"""What would go, as far as a reader may see it: the preview of each kind."""

import datetime
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.kernel.clock import today
from concerted.kernel.retention import Candidate, Expiring, kinds, older_than
from concerted.retention.models import Period, Run
from concerted.retention.policies import covers
from concerted.retention.queries import counted, holds_visible_to, lines_visible_to, periods
from concerted.retention.states import LineState

NO_SUM = (
    "Only those that you may see are counted. How many there are with others is shown to nobody."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A kind with its period and, of what the reader may see, what would go and what is held."""

    kind: Expiring
    months: int
    period: Period | None
    going: list[Candidate]
    held: list[Candidate]

    @property
    def oldest(self) -> datetime.datetime | None:
        return min((one.since for one in (*self.going, *self.held)), default=None)


def preview(actor: Actor, kind: Expiring, period: Period | None) -> Shown:
    """What of a kind would go on the next run. The wall must be the reader's own."""
    months = period.months if period else kind.months
    holds = list(holds_visible_to(actor).filter(lift=None))
    going: list[Candidate] = []
    held: list[Candidate] = []
    for one in kind.expired(older_than(today(), months), None):
        if one.audience_id is None or one.audience_id in actor.audience_ids:
            kept = any(covers(hold, kind.name, one) for hold in holds)
            (held if kept else going).append(one)
    return Shown(kind, months, period, going, held)


def previews(actor: Actor) -> list[Shown]:
    set_by_partnership = periods()
    return [preview(actor, kind, set_by_partnership.get(kind.name)) for kind in kinds()]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of a kind a run lists, let go and left, of those that the reader may see."""

    kind: Expiring
    listed: int
    gone: int
    stayed: int


def counts_of(actor: Actor, run: Run) -> list[Counted]:
    found = counted(lines_visible_to(actor).filter(run=run))
    return [
        Counted(kind, *(found.get((kind.name, state), 0) for state in LineState.values))
        for kind in kinds()
    ]
