"""The partnership's rule on interests: periods from a day on, and the kinds it registers.

What was registered under a rule or a kind keeps it, so neither is altered or taken out.
"""

import datetime
from decimal import Decimal

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.interests import policies, queries
from concerted.interests.models import Kind, Rule
from concerted.kernel.clock import today


@transaction.atomic
def set_rule(
    actor: Actor,
    *,
    starts: datetime.date,
    days_after_appointment: int,
    days_after_change: int,
    confirm_months: int,
    remind_days: int,
    gift_pounds: Decimal,
    gift_days: int,
) -> Rule:
    """Set the periods from a day on. Raises NotAllowed."""
    newest = Rule.objects.select_for_update().first()
    policies.may_add_rule(actor, starts=starts, today=today(), newest=newest).enforce()
    made = Rule.objects.create(
        starts=starts,
        days_after_appointment=days_after_appointment,
        days_after_change=days_after_change,
        confirm_months=confirm_months,
        remind_days=remind_days,
        gift_pounds=gift_pounds,
        gift_days=gift_days,
    )
    trail.note(actor, "interest_rule.set", made, verb=Verb.COLLECT)
    return made


@transaction.atomic
def add_kind(actor: Actor, *, words: str, covers: str, starts: datetime.date) -> Kind:
    """Add a kind of interest at the end of the list, from a day on. Raises NotAllowed."""
    words, covers = " ".join(words.split()), " ".join(covers.split())
    there = _locked()
    known = queries.kind_of(words, on_or_after=starts) is not None
    policies.may_add_kind(actor, starts=starts, today=today(), there=known).enforce()
    made = Kind.objects.create(
        words=words,
        covers=covers,
        starts=starts,
        position=max((one.position for one in there), default=-1) + 1,
    )
    trail.note(actor, "interest_kind.added", made, verb=Verb.COLLECT)
    return made


@transaction.atomic
def stop_kind(actor: Actor, *, kind: Kind, from_day: datetime.date) -> Kind:
    """Register a kind no more from a day on. Raises NotAllowed."""
    kind = next(one for one in _locked() if one.pk == kind.pk)
    policies.may_stop_kind(actor, kind, from_day=from_day, today=today()).enforce()
    kind.ends = from_day - datetime.timedelta(days=1)
    kind.save(update_fields=["ends"])
    trail.note(actor, "interest_kind.stopped", kind, fields=["ends"])
    return kind


def _locked() -> list[Kind]:
    """The whole list, held: of two who add the same kind at once, one is told."""
    return list(Kind.objects.select_for_update().order_by("pk"))
