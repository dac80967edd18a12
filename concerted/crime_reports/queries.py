"""Reads of crime reports; each starts from what the actor may see."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from concerted.access.actor import Actor
from concerted.crime_reports.models import Done, Figures, Print, Report, Section
from concerted.crime_reports.policies import may_issue, may_prepare
from concerted.crime_reports.states import UNDER_WAY, WRITING, ReportState, Step
from concerted.kernel.clock import today
from concerted.meetings.public import Meeting, MeetingState
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import (
    BY_NAME,
    Body,
    Organisation,
    bodies_visible_to,
    on,
    organisations_visible_to,
    seats_visible_to,
)


def visible_to(actor: Actor) -> QuerySet[Report]:
    """Reports of bodies whose papers the actor reads, and drafts that they work on."""
    return Report.objects.filter(
        audience_id__in=actor.audience_ids, body__audience_id__in=actor.audience_ids
    ).select_related("body", "owner", "prepared_by", "follows", "paper")


def listed(actor: Actor) -> tuple[QuerySet[Report], QuerySet[Report]]:
    """What is being worked on, and what was issued, the newest first; stopped ones are not."""
    found = visible_to(actor)
    out = found.filter(state__in=(ReportState.ISSUED, ReportState.SUPERSEDED))
    return found.filter(state__in=UNDER_WAY), out.order_by("-issued_on", "-id")


def sections_visible_to(actor: Actor) -> QuerySet[Section]:
    return Section.objects.filter(
        audience_id__in=actor.audience_ids, report__in=visible_to(actor).order_by()
    ).select_related("report__body", "report__owner")


def figures_of(actor: Actor, report: Report) -> Figures:
    """The newest figures of a report: those that it shows."""
    found = Figures.objects.filter(report=report, audience_id__in=actor.audience_ids)
    return found.order_by("-number")[0]


def steps_of(actor: Actor, report: Report) -> QuerySet[Done]:
    """What was done, in order."""
    return (
        Done.objects.filter(report=report, audience_id__in=actor.audience_ids)
        .select_related("by")
        .order_by("id")
    )


def prints_of(actor: Actor, report: Report) -> QuerySet[Print]:
    """The files of a report, without their bytes."""
    found = Print.objects.filter(report=report, audience_id__in=actor.audience_ids)
    return found.defer("content")


def wrote(actor: Actor, report: Report) -> Collection[int]:
    """The people who ever prepared, computed or wrote a report, by their ids."""
    rows = steps_of(actor, report).filter(step__in=WRITING)
    return set(rows.values_list("by_id", flat=True))


def waiting_for(actor: Actor) -> list[Report]:
    """Reports that the actor is to clear, to issue, or to change because they came back.

    What somebody cleared waits until its files are made.
    """
    steps = Done.objects.filter(report=OuterRef("pk"), audience_id__in=actor.audience_ids)
    last = Subquery(steps.order_by("-id").values("step")[:1])
    printed = Print.objects.filter(report=OuterRef("pk"), audience_id__in=actor.audience_ids)
    to_clear = Q(state=ReportState.TO_CLEAR, owner__in=actor.organisation_ids) & ~Exists(
        steps.filter(step__in=WRITING, by_id=actor.person_id)
    )
    came_back = Q(
        state=ReportState.WRITING, prepared_by_id=actor.person_id, last_step=Step.SENT_BACK
    )
    to_issue = Q(Exists(printed), state=ReportState.CLEARED)
    found = visible_to(actor).annotate(last_step=last).filter(to_clear | came_back | to_issue)
    return [
        one
        for one in found.order_by("prepared_at", "id")
        if one.state != ReportState.CLEARED or may_issue(actor, one, printed=True)
    ]


def followed(actor: Actor, report: Report) -> bool:
    """Whether a report that follows this one is being written."""
    return visible_to(actor).filter(follows=report, state__in=UNDER_WAY).exists()


def bodies_to_prepare_for(actor: Actor) -> list[Body]:
    found = bodies_visible_to(actor).filter(on(today())).order_by(BY_NAME, "id")
    return [one for one in found if may_prepare(actor, one)]


def owners(actor: Actor, bodies: Collection[Body]) -> QuerySet[Organisation]:
    """Organisations that hold a seat on one of these bodies: one of them owns the figures."""
    seats = seats_visible_to(actor).filter(
        on(today()), body__in=bodies, proposed=False, holder=OuterRef("pk")
    )
    return organisations_visible_to(actor).filter(Exists(seats)).order_by(BY_NAME, "id")


def meetings_to_come(actor: Actor, body: Body) -> QuerySet[Meeting]:
    """Those that an issued report can be put to, the next one first."""
    found = meetings_visible_to(actor).filter(body=body, state=MeetingState.PLANNED)
    return found.filter(held_on__gte=today()).order_by("held_on", "id")
