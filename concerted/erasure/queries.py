"""Reads of erasures and of what was decided; each starts from what the actor may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from concerted.access.actor import Actor
from concerted.erasure.models import Choice, Erasure, Line
from concerted.erasure.states import DECIDED, Way
from concerted.erasure.ways import way_of
from concerted.subject_access.public import (
    ENDED,
    AccessRequest,
    Draft,
    Finding,
    Right,
    findings_visible_to,
    sources,
    visible_to,
    with_steps,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with what can become of it, and what was decided last."""

    finding: Finding
    way: Way
    choice: Choice | None

    @property
    def undecided(self) -> bool:
        return self.way in DECIDED and self.choice is None


def requests_visible_to(actor: Actor) -> QuerySet[AccessRequest]:
    """Requests for erasure, with what was done about each."""
    return with_steps(actor).filter(right=Right.ERASURE)


def erasure_of(actor: Actor, asked: AccessRequest) -> Erasure | None:
    """The newest erasure that was put to a second person for a request."""
    return (
        Erasure.objects.filter(audience_id__in=actor.audience_ids, request=asked)
        .select_related("request", "proposed_by", "decided_by", "job")
        .first()
    )


def lines_visible_to(actor: Actor) -> QuerySet[Line]:
    """Lines of erasures about records that the actor could see."""
    return Line.objects.filter(audience_id__in=actor.audience_ids)


def counted(actor: Actor, erasure: Erasure) -> dict[str, int]:
    """How many lines stand how, of those that the actor may see."""
    rows = lines_visible_to(actor).filter(erasure=erasure).order_by().values_list("state")
    return dict(rows.annotate(n=Count("pk")))


def ways() -> dict[str, Way]:
    """What can become of the records of each table, by its name."""
    return {source.label: way_of(source) or Way.RECORD for source in sources()}


def found_of(actor: Actor, draft: Draft) -> list[Found]:
    """What the actor's own draft found, in order."""
    ordered = list(findings_visible_to(actor).filter(draft=draft).order_by("position"))
    return paired(ordered, newest_choices(actor, ordered))


def newest_choices(actor: Actor, found: Sequence[Finding]) -> dict[int, Choice]:
    """What counts of some findings, by the finding's id."""
    mine = Choice.objects.filter(audience_id__in=actor.audience_ids, finding__in=found)
    return {one.finding_id: one for one in mine.order_by("id")}


def paired(findings: Sequence[Finding], newest: Mapping[int, Choice]) -> list[Found]:
    """Findings, each with what can become of it and what was decided."""
    by_label = ways()
    return [Found(one, by_label[one.source], newest.get(one.pk)) for one in findings]


def choices_of(actor: Actor, found: Sequence[Finding]) -> list[Choice]:
    """All that was decided of some findings, the newest first."""
    mine = Choice.objects.filter(audience_id__in=actor.audience_ids, finding__in=found)
    return list(mine.select_related("by"))


def also_asks(actor: Actor, asked: AccessRequest) -> bool:
    """Whether the same person waits for the answer to another request, for a copy."""
    if asked.person_id is None:
        return False
    others = visible_to(actor).filter(person_id=asked.person_id, right=Right.ACCESS)
    return others.exclude(state__in=ENDED).exists()
