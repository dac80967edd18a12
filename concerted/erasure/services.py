"""What is done about an erasure: decided, put to a second person, approved, carried out."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import let_bytes_go
from concerted.erasure import ledger, policies, queries
from concerted.erasure.erasing import (
    Erased,
    erase,
    erase_with_person,
    held,
    in_use,
    mark_of,
    row_of,
)
from concerted.erasure.models import Choice, Entry, Erasure, Line
from concerted.erasure.policies import Facts, Wanted
from concerted.erasure.queries import Found
from concerted.erasure.states import DECIDED, NEXT, Chosen, ErasureState, LineState, Way
from concerted.erasure.ways import PERSON
from concerted.jobs.public import begin, enqueue
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import Person, everything_open, holds_anything
from concerted.retention.public import one_at_a_time
from concerted.subject_access.public import (
    AccessRequest,
    Finding,
    Right,
    StepKind,
    draft_of,
    forget,
    note_erasure,
    ready_of,
    rows,
    sources,
)

CARRY_OUT = "erasure.carry_out"
BATCH = 25
STEPS = 2  # of the work beside the batches: bytes, and what goes with the person


def _locked(actor: Actor, request: AccessRequest) -> AccessRequest:
    found = queries.requests_visible_to(actor).select_for_update(of=("self",))
    return found.get(pk=request.pk)


# What is decided


def facts_of(actor: Actor, found: Found) -> Facts:
    """What the decision on a finding rests on, as far as the actor sees it."""
    row = _seen(actor, found.finding)
    if row is None:
        return Facts(found.way)
    label = found.finding.source
    return Facts(
        found.way,
        held=held(label, row),
        appointed=label == PERSON and holds_anything(row),
    )


def _seen(actor: Actor, finding: Finding) -> Any | None:
    by_label = {source.label: source for source in sources()}
    return rows(actor, by_label[finding.source]).filter(pk=finding.source_id).first()


@transaction.atomic
def choose(actor: Actor, *, finding: Finding, wanted: Wanted) -> Choice:
    """Note what somebody decides of a finding; what was decided before stays beside it."""
    request = _locked(actor, finding.draft.request)
    [found] = queries.paired([finding], {})
    policies.may_choose(
        actor, request, queries.erasure_of(actor, request), wanted, facts_of(actor, found)
    ).enforce()
    return _choose(actor, finding, wanted)


def _choose(actor: Actor, finding: Finding, wanted: Wanted) -> Choice:
    choice = Choice.objects.create(
        finding=finding,
        chosen=wanted.chosen,
        ground=wanted.ground if wanted.chosen == Chosen.KEEP else "",
        reason=wanted.reason.strip(),
        by_id=actor.person_id,
        audience_id=finding.audience_id,
    )
    trail.note(actor, "finding.decided", finding, fields=["chosen"])
    return choice


@transaction.atomic
def keep_record(actor: Actor, *, request: AccessRequest, wanted: Wanted) -> int:
    """Keep all undecided findings that are never altered, on one ground; returns how many."""
    request = _locked(actor, request)
    policies.may_choose(
        actor, request, queries.erasure_of(actor, request), wanted, Facts(Way.RECORD)
    ).enforce()
    draft = draft_of(actor, request)
    found = queries.found_of(actor, draft) if draft and draft.finished_at else []
    left = [one.finding for one in found if one.way == Way.RECORD and one.undecided]
    for finding in left:
        _choose(actor, finding, wanted)
    return len(left)


# What a second person is asked


@transaction.atomic
def propose(actor: Actor, *, request: AccessRequest) -> Erasure:
    """Put all that was decided to a second person, each record for its own audience."""
    request = _locked(actor, request)
    draft = draft_of(actor, request)
    found = queries.found_of(actor, draft) if draft and draft.finished_at else []
    policies.may_propose(
        actor,
        request,
        queries.erasure_of(actor, request),
        ready_of(actor, draft),
        undecided=sum(one.undecided for one in found),
        also_asks=queries.also_asks(actor, request),
    ).enforce()
    assert draft  # noqa: S101 - the policy refuses without one
    made = Erasure.objects.create(
        request=request,
        draft=draft,
        proposed_by_id=actor.person_id,
        audience_id=request.audience_id,
    )
    decided = [one for one in found if one.way in DECIDED]
    Line.objects.bulk_create(_line(actor, made, one, place) for place, one in enumerate(decided, 1))
    note_erasure(actor, request=request, kind=StepKind.PROPOSED)
    trail.note(actor, "erasure.proposed", made, fields=["state"])
    return made


def _line(actor: Actor, made: Erasure, found: Found, place: int) -> Line:
    finding, choice = found.finding, found.choice
    row = _seen(actor, finding)
    assert choice  # noqa: S101 - the policy refuses while one is undecided
    assert row is not None  # noqa: S101 - and while one is not seen
    return Line(
        erasure=made,
        position=place,
        label=finding.source,
        source_id=row.pk,
        reference=getattr(row, "key", ""),
        kind=finding.kind,
        href=finding.href,
        chosen=choice.chosen,
        ground=choice.ground,
        reason=choice.reason,
        mark=mark_of(row),
        state=LineState.LISTED if choice.chosen == Chosen.ERASE else LineState.KEPT,
        audience_id=getattr(row, "audience_id", made.audience_id),
    )


def _erasure(actor: Actor, request: AccessRequest) -> Erasure:
    found = queries.erasure_of(actor, request)
    if found is None:
        raise NotAllowed("Nothing was put to a second person yet.")
    return found


@transaction.atomic
def send_back(actor: Actor, *, request: AccessRequest, why: str) -> Erasure:
    """Erase nothing: whoever decided has to decide again."""
    request = _locked(actor, request)
    made = _erasure(actor, request)
    policies.may_return(actor, made, why=why).enforce()
    _settled(actor, made, ErasureState.RETURNED)
    note_erasure(actor, request=request, kind=StepKind.RETURNED, note=why.strip())
    return made


@transaction.atomic
def approve(actor: Actor, *, request: AccessRequest) -> Erasure:
    """Have it carried out in the background, as work of whoever approves."""
    request = _locked(actor, request)
    made = _erasure(actor, request)
    policies.may_settle(actor, made).enforce()
    # Counted in steps that tell nothing of how many records there are.
    made.job = job = begin(
        actor,
        title="Erasing what is held of somebody",
        total=STEPS,
        unit="step",
        leads_to=f"erasure:detail {request.key}",
        task=CARRY_OUT,
        arguments={"erasure_key": made.key, "account_id": actor.account_id},
    )
    _settled(actor, made, ErasureState.APPROVED)
    note_erasure(actor, request=request, kind=StepKind.APPROVED)
    transaction.on_commit(lambda: enqueue(job))
    return made


def _settled(actor: Actor, made: Erasure, state: ErasureState) -> None:
    made.decided_by_id, made.decided_at = actor.person_id, now()
    _move(made, state)
    trail.note(actor, f"erasure.{state.value}", made, fields=["state"])


def _move(made: Erasure, state: ErasureState) -> None:
    if state not in NEXT[made.state]:
        raise NotAllowed("This erasure is past that. Open it again to see how it stands.")
    made.state = state
    if state != ErasureState.APPROVED:
        made.ended_at = now()
    made.save(update_fields=["state", "decided_by", "decided_at", "job", "ended_at"])


# What is carried out


def enter(what: Mapping[str, Any]) -> None:
    """Write a step into the ledger before its transaction holds, and that this database has it.

    If the transaction fails after all, the step stands in the ledger alone, and is carried out
    again: it was approved.
    """
    written = ledger.append(settings.ERASURE_LEDGER, at=now().isoformat(), what=what)
    Entry.objects.create(number=written.number, digest=written.digest)


@transaction.atomic
def erase_some(actor: Actor, *, erasure: Erasure) -> int:
    """Settle some lines, in a transaction of its own; returns how many, 0 at the end.

    Each record is locked and looked at again: what is held by now, or has changed since it was
    put to a second person, stays.
    """
    one_at_a_time()
    with everything_open():
        waiting = erasure.lines.select_for_update().filter(state=LineState.LISTED)
        lines = list(waiting.order_by("position")[:BATCH])
        for line in lines:
            _settle(line)
        fields = ["state", "settled_at", "fields", "fingerprint"]
        Line.objects.bulk_update(lines, fields)
        gone = [line for line in lines if line.state == LineState.ERASED]
        for line in gone:
            trail.add(
                actor,
                "record.erased",
                kind=line.label.lower(),
                reference=line.reference or str(line.source_id),
                verb=Verb.ERASE,
                fields=line.fields,
            )
        if gone:
            enter(
                {
                    "erasure": erasure.key,
                    "rows": [[line.label, line.source_id, line.reference] for line in gone],
                    "fields": {line.label: line.fields for line in gone},
                    "bytes": sorted({line.fingerprint for line in gone} - {""}),
                }
            )
    return len(lines)


def _settle(line: Line) -> None:
    row = row_of(line.label, line.source_id, line.reference)
    line.settled_at = now()
    if row is None:
        line.state = LineState.ABSENT
    elif held(line.label, row):
        line.state = LineState.HELD
    elif mark_of(row) != line.mark or in_use(line.label, row):
        line.state = LineState.CHANGED
    else:
        done: Erased = erase(line.label, row)
        line.state, line.fields, line.fingerprint = (
            LineState.ERASED,
            list(done.fields),
            done.fingerprint,
        )


@transaction.atomic
def destroy_bytes(*, erasure: Erasure) -> None:
    """Destroy the bytes of what was erased, unless another record names them. Safe to repeat."""
    with everything_open():
        waiting = erasure.lines.select_for_update().exclude(fingerprint="")
        for line in waiting.filter(state=LineState.ERASED, bytes_gone_at=None):
            let_bytes_go(line.fingerprint)
            line.bytes_gone_at = now()
            line.save(update_fields=["bytes_gone_at"])


@transaction.atomic
def finish(actor: Actor, *, erasure: Erasure) -> None:
    """Erase what goes with the person, let the request forget the name, and say that it is done."""
    one_at_a_time()
    with everything_open():
        gone = erasure.lines.filter(label=PERSON, state=LineState.ERASED)
        people = list(Person.objects.filter(pk__in=gone.values("source_id")))
        request = erasure.request
        if people:
            _finish_person(actor, erasure, people)
        elif request.person_id is None:
            forget(request)
            enter({"erasure": erasure.key, "requests": [request.pk]})
        _move(erasure, ErasureState.DONE)
        trail.note(actor, "erasure.done", erasure, verb=Verb.ERASE, fields=["state"])
        note_erasure(actor, request=request, kind=StepKind.ERASED)


def _finish_person(actor: Actor, erasure: Erasure, people: Sequence[Person]) -> None:
    ids = [one.pk for one in people]
    accounts = [one.account_id for one in people if one.account_id]
    touched = erase_with_person(ids, accounts)
    fields = [label.split(".")[1].lower() for label in touched]
    requests = forget_requests(ids, erasure.request)
    for one in people:
        trail.note(actor, "person.erased", one, verb=Verb.ERASE, fields=fields)
    enter({"erasure": erasure.key, "people": ids, "accounts": accounts, "requests": requests})


def forget_requests(people: Sequence[int], but: AccessRequest | None = None) -> list[int]:
    """Take the name out of all requests of these people, that of the erasure last.

    A request for a copy that is still to be answered keeps it.
    """
    theirs = AccessRequest.objects.filter(person_id__in=people)
    over = theirs.exclude(pk__in=[but.pk] if but else []).filter(
        Q(right=Right.ERASURE) | Q(ended_at__isnull=False)
    )
    each = [*over, but] if but else list(over)
    for request in each:
        forget(request)
    return [request.pk for request in each]


@transaction.atomic
def stop(actor: Actor, *, erasure: Erasure) -> None:
    """Note that it stopped before its end; what was erased before is listed."""
    made = Erasure.objects.select_for_update(of=("self",)).get(pk=erasure.pk)
    if made.state == ErasureState.APPROVED:
        _move(made, ErasureState.STOPPED)
        trail.note(actor, "erasure.stopped", made, fields=["state"])
