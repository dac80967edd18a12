"""The partnership's list of reasons for keeping something back: added to, and stopped from a day.

What was kept back under a reason keeps its words, so no reason is altered or taken out.
"""

import datetime

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import today
from concerted.restrictions import policies, queries
from concerted.restrictions.models import Ground


@transaction.atomic
def add(
    actor: Actor, *, words: str, source: str, public_interest_test: bool, starts: datetime.date
) -> Ground:
    """Add a reason at the end of the list, to be given from a day on. Raises NotAllowed."""
    words, source = " ".join(words.split()), " ".join(source.split())
    there = _locked()
    policies.may_add_ground(
        actor,
        starts=starts,
        today=today(),
        there=queries.ground_of(words, on=starts) is not None,
    ).enforce()
    made = Ground.objects.create(
        words=words,
        source=source,
        public_interest_test=public_interest_test,
        starts=starts,
        position=max((one.position for one in there), default=-1) + 1,
    )
    trail.note(actor, "ground.added", made, verb=Verb.COLLECT)
    return made


@transaction.atomic
def stop(actor: Actor, *, ground: Ground, from_day: datetime.date) -> Ground:
    """Let a reason be given no more from a day on. Raises NotAllowed."""
    ground = next(one for one in _locked() if one.pk == ground.pk)
    policies.may_stop_ground(actor, ground, from_day=from_day, today=today()).enforce()
    ground.ends = from_day - datetime.timedelta(days=1)
    ground.save(update_fields=["ends"])
    trail.note(actor, "ground.stopped", ground, fields=["ends"])
    return ground


def _locked() -> list[Ground]:
    """The whole list, held: of two who add the same reason at once, one is told."""
    return list(Ground.objects.select_for_update().order_by("pk"))
