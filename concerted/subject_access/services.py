"""What is done about a request: noted, drafted, decided, released. Nothing is overwritten."""

import datetime
from collections.abc import Sequence

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import Version, read_bytes, receive
from concerted.jobs.public import begin, enqueue
from concerted.kernel.clock import BRITAIN, now, today
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import Person
from concerted.subject_access import policies, queries
from concerted.subject_access.answer import as_zip, compiled, copied
from concerted.subject_access.clock import reckon
from concerted.subject_access.collecting import asked_for, others_than
from concerted.subject_access.models import (
    AccessRequest,
    Draft,
    Finding,
    Handlers,
    Release,
    Ruling,
    Step,
)
from concerted.subject_access.policies import Answer, Erase, Wanted
from concerted.subject_access.redacting import written
from concerted.subject_access.searching import GONE
from concerted.subject_access.sources import sources
from concerted.subject_access.states import (
    ENDED,
    LEADS_TO,
    AskedBy,
    Decided,
    Regime,
    RequestState,
    Right,
    StepKind,
    Why,
)

DRAFT = "subject_access.draft"
KEEP = datetime.timedelta(days=30)
VERBS: dict[str, Verb] = {StepKind.RELEASED: Verb.DISCLOSE, StepKind.ERASED: Verb.ERASE}


@transaction.atomic
def register(
    actor: Actor,
    *,
    person: Person | None,
    name: str,
    spellings: Sequence[str],
    asked_on: datetime.date,
    regime: Regime = Regime.GENERAL,
    erase: Erase | None = None,
) -> AccessRequest:
    """Put a request on record; `name` may be empty where the person is on record.

    With `erase` it is one for erasure.
    """
    called = name.strip() or (person.name if person else "")
    given = [one.strip() for one in (called, *spellings) if one.strip()]
    policies.may_register(
        actor, names=given, asked_on=asked_on, today=today(), regime=regime, erase=erase
    ).enforce()
    request = AccessRequest.objects.create(
        person=person,
        name=called,
        spellings=list(dict.fromkeys(given[1:])),
        right=Right.ERASURE if erase else Right.ACCESS,
        asked_by=erase.asked_by if erase else AskedBy.SELF,
        ground=erase.ground if erase else "",
        wish=erase.wish.strip() if erase else "",
        regime=regime,
        asked_on=asked_on,
        registered_by_id=actor.person_id,
        audience_id=Handlers.objects.get().audience_id,
    )
    trail.note(actor, "request.registered", request, verb=Verb.COLLECT)
    return request


def _locked(actor: Actor, request: AccessRequest) -> AccessRequest:
    return queries.visible_to(actor).select_for_update(of=("self",)).get(pk=request.pk)


@transaction.atomic
def note(actor: Actor, *, request: AccessRequest, wanted: Wanted) -> Step:
    """Note a step that a person took, and move the request where it leads."""
    request = _locked(actor, request)
    clock = reckon(queries.facts_of(request, list(request.steps.all())), today())
    policies.may_note(actor, request, wanted, clock, today=today()).enforce()
    return _step(
        actor,
        request,
        Step(
            kind=wanted.kind,
            on=wanted.on,
            shown=wanted.shown,
            unfit=wanted.unfit,
            note=wanted.note.strip(),
        ),
    )


def note_erasure(actor: Actor, *, request: AccessRequest, kind: StepKind, note: str = "") -> None:
    """Note how far an erasure is; whether it may be is for whoever carries it out to ask."""
    _step(actor, request, Step(kind=kind, on=today(), note=note))


def _step(actor: Actor, request: AccessRequest, step: Step) -> Step:
    step.request = request
    step.by_id = actor.person_id
    step.audience_id = request.audience_id
    step.save()
    after = LEADS_TO.get(step.kind)
    if after and after != request.state:
        request.state = after
        if after in ENDED:
            request.ended_at = now()
        request.save(update_fields=["state", "ended_at"])
    verb = VERBS.get(step.kind, Verb.ALTER)
    trail.note(actor, f"request.{_past(step.kind)}", request, verb=verb, fields=["state"])
    return step


def _past(kind: str) -> str:
    return {
        StepKind.IDENTITY: "identified",
        StepKind.CLARIFY: "clarification_asked",
        StepKind.ANSWERED: "clarified",
        StepKind.EXTEND: "extended",
        StepKind.REFUSE: "refused",
        StepKind.WITHDRAW: "withdrawn",
    }.get(StepKind(kind), kind)


# The draft


@transaction.atomic
def begin_draft(actor: Actor, *, request: AccessRequest) -> Draft:
    """Have the program collect what is held, with this actor's eyes, in the background."""
    request = _locked(actor, request)
    ready = queries.ready_of(actor, queries.draft_of(actor, request))
    policies.may_draft(actor, request, ready).enforce()
    draft = Draft.objects.create(
        request=request,
        names=list(dict.fromkeys([request.name, *request.spellings])),
        by_id=actor.person_id,
        audience_id=actor.own_audience_id,
    )
    draft.job = begin(
        actor,
        title="Collecting what is held of somebody who asked",
        total=len(sources()),
        unit="step",
        leads_to=f"subject_access:detail {request.key}",
        task=DRAFT,
        arguments={"draft_key": draft.key, "account_id": actor.account_id},
    )
    draft.save(update_fields=["job"])
    if actor.own_audience_id not in request.held_for:
        request.held_for = [*request.held_for, actor.own_audience_id]
        request.save(update_fields=["held_for"])
    trail.note(actor, "request.draft_begun", request, verb=Verb.CONSULT)
    job = draft.job
    transaction.on_commit(lambda: enqueue(job))
    return draft


@transaction.atomic
def add_findings(actor: Actor, *, draft: Draft, source: str, found: Sequence[Finding]) -> None:
    """Keep what one table holds, in place of what an interrupted run found there.

    Raises NotAllowed when the request has ended meanwhile, as the two below do.
    """
    policies.may_collect(_locked(actor, draft.request)).enforce()
    draft.findings.filter(source=source, why__in=[Why.LINK, Why.NAME]).delete()
    last = draft.findings.order_by("-position").values_list("position", flat=True).first()
    for place, one in enumerate(found, (last or 0) + 1):
        one.draft, one.position, one.audience_id = draft, place, draft.audience_id
    Finding.objects.bulk_create(found)


@transaction.atomic
def add_file_findings(
    actor: Actor, *, draft: Draft, through: str, found: Sequence[Finding]
) -> None:
    """Keep what stands in some files, and that all up to this SHA-256 were looked into."""
    policies.may_collect(_locked(actor, draft.request)).enforce()
    last = draft.findings.order_by("-position").values_list("position", flat=True).first()
    for place, one in enumerate(found, (last or 0) + 1):
        one.draft, one.position, one.audience_id = draft, place, draft.audience_id
    Finding.objects.bulk_create(found)
    draft.files_through = through
    draft.save(update_fields=["files_through"])


@transaction.atomic
def finish_draft(actor: Actor, *, draft: Draft) -> None:
    """The draft is whole: it can be decided now."""
    request = _locked(actor, draft.request)
    policies.may_collect(request).enforce()
    draft.finished_at, draft.files_through = now(), ""
    draft.save(update_fields=["finished_at", "files_through"])
    if request.right == Right.ACCESS:
        _carry_over(actor, draft)
    if request.state in (RequestState.IDENTIFIED, RequestState.DRAFTED):
        _step(actor, request, Step(kind=StepKind.DRAFTED, on=today()))


def _carry_over(actor: Actor, draft: Draft) -> None:
    """Decide as in the draft before where this one found the very same words in a record."""
    whole = Draft.objects.filter(audience_id__in=actor.audience_ids, finished_at__isnull=False)
    before = whole.filter(request_id=draft.request_id, pk__lt=draft.pk).first()
    if before is None:
        return
    earlier = {one.same: one.pk for one in queries.findings_of(actor, before) if one.source_id}
    rulings = queries.newest_rulings(actor, before)
    for one in queries.findings_of(actor, draft):
        ruling = rulings.get(earlier.get(one.same, 0))
        if ruling:
            Ruling.objects.create(
                finding=one,
                decided=ruling.decided,
                exemption=ruling.exemption,
                reason=ruling.reason,
                redactions=ruling.redactions,
                carried_over=True,
                by_id=actor.person_id,
                audience_id=one.audience_id,
            )
            trail.note(actor, "finding.carried_over", one, fields=["decided"])


# What is decided, and what goes out


@transaction.atomic
def decide(actor: Actor, *, finding: Finding, answer: Answer) -> Ruling:
    """Note what somebody decides of a finding; what was decided before stays beside it."""
    request = _locked(actor, finding.draft.request)
    if finding.why == Why.BY_HAND:
        _write_down(actor, finding, answer.stands)
    policies.may_decide(
        actor,
        request,
        answer,
        names_others=bool(finding.others),
        why=finding.why,
        file_names_others=finding.names_others,
    ).enforce()
    withheld = answer.decided == Decided.WITHHOLD
    ruling = Ruling.objects.create(
        finding=finding,
        decided=answer.decided,
        exemption=answer.exemption if withheld else "",
        reason=answer.reason.strip(),
        redactions=list(answer.redactions) if answer.decided == Decided.REDACT else [],
        by_id=actor.person_id,
        audience_id=finding.audience_id,
    )
    trail.note(actor, "finding.decided", finding, fields=["decided"])
    return ruling


def _write_down(actor: Actor, finding: Finding, words: str) -> None:
    """Keep what somebody read by hand beside what was found, to be decided with it."""
    draft = finding.draft
    asked = asked_for(actor, draft.request.person_id, draft.names)
    finding.parts = written(finding.parts, words)
    finding.others = others_than(actor, asked).named_in(text for _, text in finding.parts)
    finding.save(update_fields=["parts", "others"])


@transaction.atomic
def release(actor: Actor, *, request: AccessRequest) -> Release:
    """Make the file of the answer, for this actor alone, and end the request."""
    request = _locked(actor, request)
    draft = queries.draft_of(actor, request)
    policies.may_release(actor, request, queries.ready_of(actor, draft)).enforce()
    assert draft  # noqa: S101 - the policy refuses without one
    answer = compiled(actor, request, draft)
    name = f"answer-{request.asked_on:%Y-%m-%d}-{request.key}.zip"
    data = as_zip(answer, {name: _whole(file) for name, file in copied(actor, draft).values()})
    version = receive(actor, data=data, name=name, title="Answer to a request")
    given = Release.objects.create(
        request=request,
        draft=draft,
        version=version,
        disclosed=answer.count(Decided.DISCLOSE) + answer.count(Decided.COPY),
        redacted=answer.count(Decided.REDACT),
        withheld=answer.count(Decided.WITHHOLD),
        by_id=actor.person_id,
        at=now(),
        until=(now() + KEEP).astimezone(BRITAIN).date(),
        audience_id=actor.own_audience_id,
    )
    _step(actor, request, Step(kind=StepKind.RELEASED, on=today()))
    return given


def _whole(file: Version) -> bytes:
    try:
        return read_bytes(file)
    except OSError as missing:
        raise NotAllowed(f"{file.name} is to go out whole, but: {GONE}") from missing
    except NotAllowed as destroyed:
        raise NotAllowed(f"{file.name} is to go out whole, but: {destroyed}") from destroyed


def download(actor: Actor, *, given: Release) -> bytes:
    """The file of an answer, for whoever released it, while it is kept."""
    policies.may_download(actor, given, today=today()).enforce()
    assert given.version  # noqa: S101 - the policy refuses without one
    trail.note(actor, "request.downloaded", given.request, verb=Verb.DISCLOSE)
    return read_bytes(given.version)
