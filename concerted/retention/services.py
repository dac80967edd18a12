"""Setting periods, putting and lifting holds, and letting go what a person has approved."""

import datetime
from collections import defaultdict
from collections.abc import Sequence

from django.db import connection, transaction

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Audience, AudienceKind
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import let_bytes_go
from concerted.jobs.public import begin
from concerted.kernel.clock import now, today
from concerted.kernel.retention import Expiring, kinds, older_than
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import Body, everything_open
from concerted.retention import policies
from concerted.retention.models import Hold, Lift, Period, Run, RunLine
from concerted.retention.queries import holds_visible_to, months_of, runs_visible_to, standing
from concerted.retention.states import NEXT, LineState, Reach, RunState

BATCH = 50
NOT_THERE = "There is no such record, or you cannot see it. Look at the reference again."


def one_at_a_time() -> None:
    """Wait until nobody else puts a hold or lets records go: held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('retention'))")


@transaction.atomic
def set_period(actor: Actor, *, kind: Expiring, months: int) -> Period:
    """Keep a kind for so many months from now on; what was said before stays. Raises NotAllowed."""
    policies.may_set(actor, kind, months=months).enforce()
    one_at_a_time()
    period = Period.objects.create(
        kind=kind.name,
        months=months,
        set_by_id=actor.person_id,
        audience_id=actor.everyone_audience_id,
    )
    trail.note(actor, "period.set", period, fields=["months"])
    return period


@transaction.atomic
def hold(
    actor: Actor,
    *,
    reach: str,
    ground: str,
    reason: str,
    review_on: datetime.date,
    kind: Expiring | None = None,
    reference: str = "",
    body: Body | None = None,
) -> Hold:
    """Keep a kind, all about a body, or one record, until the hold is lifted. Raises NotAllowed.

    `body` must be one that the actor sees. A record need not be old to be held.
    """
    policies.may_hold(actor, reach, body_id=body.pk if body else None).enforce()
    policies.may_be_reviewed(review_on, today=today()).enforce()
    one_at_a_time()
    audience_id = body.audience_id if body else actor.everyone_audience_id
    if reach == Reach.THING:
        audience_id = _audience_of(actor, kind, reference)
    made = Hold.objects.create(
        reach=reach,
        kind=kind.name if kind else "",
        reference=reference,
        body=body,
        ground=ground,
        reason=reason,
        review_on=review_on,
        put_by_id=actor.person_id,
        audience_id=audience_id,
    )
    trail.note(actor, "hold.put", made, verb=Verb.COLLECT)
    return made


def _audience_of(actor: Actor, kind: Expiring | None, reference: str) -> int:
    """The audience of one record. Raises NotAllowed alike where there is none and where it is
    not the actor's to see."""
    found = kind.find(reference) if kind else None
    if found is None:
        raise NotAllowed(NOT_THERE)
    audience_id = found.audience_id or actor.everyone_audience_id
    if audience_id not in actor.audience_ids:
        raise NotAllowed(NOT_THERE)
    return audience_id


@transaction.atomic
def lift(actor: Actor, *, hold: Hold, reason: str) -> Lift:
    """Let a hold stand no longer; its row stays as it was. Raises NotAllowed."""
    one_at_a_time()
    hold = holds_visible_to(actor).get(pk=hold.pk)
    policies.may_lift(actor, hold, lifted=hasattr(hold, "lift")).enforce()
    made = Lift.objects.create(
        hold=hold, reason=reason, lifted_by_id=actor.person_id, audience_id=hold.audience_id
    )
    trail.note(actor, "hold.lifted", hold)
    return made


@transaction.atomic
def propose() -> Run:
    """List all records whose time is past and that nothing holds, for a person to decide.

    Made each month even where nothing is listed, so that it tells nothing. A proposal that nobody
    decided on gives way.
    """
    one_at_a_time()
    with everything_open():
        for before in Run.objects.select_for_update().filter(state=RunState.PROPOSED):
            _move(before, RunState.OVERTAKEN)
        everyone = Audience.objects.get(kind=AudienceKind.EVERYONE).pk
        run = Run.objects.create(audience_id=everyone)
        holds = list(standing())
        for kind in kinds():
            _list(run, kind, holds, everyone)
        trail.note(SYSTEM, "run.proposed", run, verb=Verb.CONSULT)
    return run


def _list(run: Run, kind: Expiring, holds: Sequence[Hold], everyone: int) -> None:
    before = older_than(today(), months_of(kind))
    RunLine.objects.bulk_create(
        [
            RunLine(
                run=run,
                kind=kind.name,
                reference=one.key,
                since=one.since,
                mark=one.mark,
                audience_id=one.audience_id or everyone,
            )
            for one in kind.expired(before, None)
            if policies.may_go(kind.name, one, before=before, holds=holds)
        ],
        batch_size=1000,
    )


@transaction.atomic
def approve(actor: Actor, *, run: Run) -> Run:
    """Let what a run lists go, as work of the actor's: for the caller to enqueue its job."""
    run = runs_visible_to(actor).select_for_update(of=("self",)).get(pk=run.pk)
    policies.may_settle(actor, run).enforce()
    # Counted by kinds, so that nothing tells how many records there are that one may not see.
    run.job = begin(
        actor,
        title="Letting records go",
        total=len(kinds()),
        unit="kind",
        leads_to=f"retention:run {run.key}",
        task="retention.carry_out",
        arguments={"run_key": run.key, "account_id": actor.account_id},
    )
    _decided(actor, run, RunState.APPROVED)
    return run


@transaction.atomic
def decline(actor: Actor, *, run: Run) -> Run:
    """Let nothing of it go."""
    run = runs_visible_to(actor).select_for_update(of=("self",)).get(pk=run.pk)
    policies.may_settle(actor, run).enforce()
    _decided(actor, run, RunState.DECLINED)
    return run


def _decided(actor: Actor, run: Run, state: RunState) -> None:
    run.decided_by_id, run.decided_at = actor.person_id, now()
    _move(run, state)
    trail.note(actor, f"run.{RunState(state).value}", run, fields=["state"])


def _move(run: Run, state: RunState) -> None:
    if state not in NEXT[run.state]:
        raise NotAllowed("This list is past that. Open it again to see how it stands.")
    run.state = state
    if state != RunState.APPROVED:
        run.ended_at = now()
    run.save(update_fields=["state", "decided_by", "decided_at", "job", "ended_at"])


@transaction.atomic
def end_run(actor: Actor, *, run: Run, state: RunState) -> None:
    """Note that a run was carried out, or stopped; nothing where that was noted before."""
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.APPROVED:
        return
    _move(run, state)
    trail.note(actor, f"run.{RunState(state).value}", run, fields=["state"])


@transaction.atomic
def let_some_go(actor: Actor, *, run: Run, kind: Expiring) -> int:
    """Settle some lines of a kind, in a transaction of its own; returns how many, 0 at the end.

    Each record is locked and looked at again: what has changed since it was listed stays, and so
    does what is held by now, or too young by the period of now.
    """
    one_at_a_time()
    with everything_open():
        waiting = run.lines.select_for_update().filter(kind=kind.name, state=LineState.LISTED)
        lines = list(waiting.order_by("pk")[:BATCH])
        if not lines:
            return 0
        before = older_than(today(), months_of(kind))
        found = {one.key: one for one in kind.expired(before, [line.reference for line in lines])}
        holds = list(standing())
        going = [
            line
            for line in lines
            if (one := found.get(line.reference))
            and one.mark == line.mark
            and policies.may_go(kind.name, one, before=before, holds=holds)
        ]
        gone = kind.let_go([line.reference for line in going])
        for line in lines:
            line.state = LineState.GONE if line in going else LineState.STAYED
            line.settled_at = now()
            line.fingerprint = gone.fingerprints.get(line.reference, "")
        RunLine.objects.bulk_update(lines, ["state", "settled_at", "fingerprint"])
        _on_the_trail(actor, gone.records)
    return len(lines)


def _on_the_trail(actor: Actor, records: Sequence[tuple[str, str]]) -> None:
    by_label: dict[str, list[str]] = defaultdict(list)
    for label, key in records:
        by_label[label].append(key)
    for label, keys in by_label.items():
        trail.note_each(actor, "record.expired", kind=label, references=keys, verb=Verb.ERASE)


@transaction.atomic
def destroy_some_bytes(*, run: Run) -> int:
    """Destroy bytes of records that went, unless another record has the same; returns how many
    lines were seen to, 0 at the end. After a kill they are seen to again."""
    with everything_open():
        waiting = run.lines.select_for_update().exclude(fingerprint="").filter(bytes_gone_at=None)
        lines = list(waiting.filter(state=LineState.GONE).order_by("pk")[:BATCH])
        for line in lines:
            let_bytes_go(line.fingerprint)
            line.bytes_gone_at = now()
        RunLine.objects.bulk_update(lines, ["bytes_gone_at"])
    return len(lines)
