"""Reads of requests, and of what was found; each starts from what the actor may see."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from concerted.access.actor import Actor
from concerted.documents.public import versions_visible_to
from concerted.jobs.public import JobState
from concerted.subject_access.clock import Facts, Pause
from concerted.subject_access.collecting import still_readable
from concerted.subject_access.models import AccessRequest, Draft, Finding, Release, Ruling, Step
from concerted.subject_access.policies import Ready
from concerted.subject_access.sources import sources
from concerted.subject_access.states import Decided, Shown, StepKind, Why


def visible_to(actor: Actor) -> QuerySet[AccessRequest]:
    return AccessRequest.objects.filter(audience_id__in=actor.audience_ids)


def with_steps(actor: Actor) -> QuerySet[AccessRequest]:
    """Requests with all that was done about each, in two queries."""
    return visible_to(actor).prefetch_related("steps__by")


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    """What this actor's drafts found; nobody else's is ever among it."""
    return Finding.objects.filter(
        audience_id__in=actor.audience_ids, draft__audience_id__in=actor.audience_ids
    )


def draft_of(actor: Actor, request: AccessRequest) -> Draft | None:
    """The newest draft that this actor made of a request."""
    return (
        Draft.objects.filter(audience_id__in=actor.audience_ids, request=request)
        .select_related("job")
        .first()
    )


def release_of(actor: Actor, request: AccessRequest) -> Release | None:
    """The answer that went out, for whoever released it."""
    return (
        Release.objects.filter(audience_id__in=actor.audience_ids, request=request)
        .select_related("version")
        .first()
    )


def findings_of(actor: Actor, draft: Draft) -> QuerySet[Finding]:
    """The findings of a draft, each with what was decided of it last as `decided`, and whether
    that was `carried` over from the draft before."""
    newest = Ruling.objects.filter(finding=OuterRef("pk")).order_by("-id")
    return (
        findings_visible_to(actor)
        .filter(draft=draft)
        .annotate(
            decided=Subquery(newest.values("decided")[:1]),
            carried=Subquery(newest.values("carried_over")[:1]),
        )
        .order_by("position")
    )


def rulings_of(actor: Actor, finding: Finding) -> list[Ruling]:
    """All that was decided of a finding, the newest first."""
    return list(
        Ruling.objects.filter(audience_id__in=actor.audience_ids, finding=finding).select_related(
            "by"
        )
    )


def newest_rulings(actor: Actor, draft: Draft) -> dict[int, Ruling]:
    """What counts of each finding of a draft, by the finding's id."""
    found = Ruling.objects.filter(audience_id__in=actor.audience_ids, finding__draft=draft)
    return {one.finding_id: one for one in found.order_by("id")}


def readable(actor: Actor, findings: Sequence[Finding]) -> set[str]:
    """The keys of those findings whose records the actor may still see."""
    return still_readable(actor, {one.label: one for one in sources()}, findings)


def ready_of(actor: Actor, draft: Draft | None) -> Ready:
    """How far the actor's own draft is."""
    if draft is None:
        return Ready(made=False)
    if draft.finished_at is None:
        return Ready(made=True, under_way=_goes_on(draft))
    found = list(findings_of(actor, draft))
    left = [one for one in found if one.decided is None]  # type: ignore[attr-defined]
    return Ready(
        made=True,
        finished=True,
        undecided=len(left),
        unseen=len(readable(actor, found)) < len(found),
        by_hand=sum(one.why == Why.BY_HAND for one in left),
        copied=_size_of(actor, found),
    )


def _size_of(actor: Actor, found: Sequence[Finding]) -> int:
    """How many bytes the files have of which a copy is to go out."""
    whole = [
        one.source_id
        for one in found
        if one.source_id and one.decided == Decided.COPY  # type: ignore[attr-defined]
    ]
    if not whole:
        return 0
    sizes = versions_visible_to(actor).filter(pk__in=whole).aggregate(size=Sum("size"))
    return sizes["size"] or 0


def _goes_on(draft: Draft) -> bool:
    resting = (JobState.WAITING, JobState.RUNNING, JobState.PAUSED)
    return draft.job is not None and draft.job.state in resting


def facts_of(request: AccessRequest, steps: Sequence[Step]) -> Facts:
    """What the clock of a request rests on, from its steps in order."""
    starts, extended = None, False
    pauses: list[Pause] = []
    for step in steps:
        if step.kind == StepKind.IDENTITY:
            starts = request.asked_on if step.shown == Shown.KNOWN else step.on
        elif step.kind == StepKind.CLARIFY:
            pauses.append(Pause(step.on))
        elif step.kind == StepKind.ANSWERED and pauses:
            pauses[-1] = Pause(pauses[-1].asked, step.on)
        elif step.kind == StepKind.EXTEND:
            extended = True
    return Facts(starts, pauses, extended)
