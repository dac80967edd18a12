"""Preparing, writing, clearing and issuing a crime report: each step whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.http import Http404
from procrastinate.contrib.django import app

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.crime_reports import policies, queries
from concerted.crime_reports.models import Done, Figures, Print, Report, Section
from concerted.crime_reports.states import Form, ReportState, Step
from concerted.documents.public import hand_to, receive
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting
from concerted.notices.public import happened
from concerted.papers.public import (
    NewPaper,
    NewParagraph,
    NewPresentation,
    NewPut,
    NewRecommendation,
    Paper,
    accept,
    begins_at,
    succeed,
)
from concerted.papers.public import publish as publish_paper
from concerted.papers.public import put as put_paper
from concerted.people.public import (
    Body,
    Organisation,
    Person,
    audience_with_office,
    renewed,
)

PRINT = "crime_reports.print"
NOTE_IT = "That the report be noted."
ELSEWHERE = (
    "Somebody else saved this section while you had the page open, so nothing was changed by you. "
    "Their words stand above yours: put together what is to stand, and save again."
)


@dataclass(frozen=True, slots=True)
class NewFigures:
    """Figures as `crime.frozen` holds them, the words drafted from them, what they rest on.

    `area`, `first`, `last` and `years` are what was asked of the lake.
    """

    area: str
    area_name: str
    first: Any
    last: Any
    years: int
    held: Mapping[str, Any]
    drafted: Sequence[tuple[str, str, str]]
    snapshots: Sequence[int]


@transaction.atomic
def prepare(
    actor: Actor,
    *,
    body: Body,
    owner: Organisation,
    title: str,
    new: NewFigures,
    follows: Report | None = None,
) -> Report:
    """Begin a report for a body with the words that its figures give; `owner` is to clear it.

    Raises NotAllowed.
    """
    Body.objects.select_for_update(of=["self"], no_key=True).get(pk=body.pk)
    if follows:
        follows = _locked(actor, follows)
        said = policies.may_follow(actor, follows, followed=queries.followed(actor, follows))
    else:
        said = policies.may_prepare(actor, body)
    said.enforce()
    me = Person.objects.get(pk=actor.person_id)
    audience = audience_with_office(actor, body, organisation=owner, person=me)
    renewed(actor)
    report = Report.objects.create(
        body=body,
        owner=owner,
        title=title,
        area=new.area,
        area_name=new.area_name,
        first=new.first,
        last=new.last,
        years=new.years,
        number=follows.number + 1 if follows else 1,
        follows=follows,
        prepared_by_id=actor.person_id,
        audience_id=audience,
    )
    _compute(report, new)
    trail.note(actor, "crime_report.prepared", report, verb=Verb.COMBINE)
    _done(actor, report, Step.PREPARED)
    return report


@transaction.atomic
def compute_anew(actor: Actor, *, report: Report, new: NewFigures) -> Report:
    """Take the figures as the lake has them now; words that somebody wrote stay as they are."""
    report = _locked(actor, report)
    policies.may_write(actor, report).enforce()
    _compute(report, new)
    trail.note(actor, "crime_report.computed", report, verb=Verb.COMBINE)
    _done(actor, report, Step.COMPUTED)
    return report


def _compute(report: Report, new: NewFigures) -> None:
    last = report.figures.aggregate(last=Max("number"))["last"] or 0
    Figures.objects.create(
        report=report,
        number=last + 1,
        held=new.held,
        drafted=[list(one) for one in new.drafted],
        snapshots=list(new.snapshots),
        audience_id=report.audience_id,
    )
    there = {one.code: one for one in report.sections.select_for_update(of=["self"])}
    for position, (code, heading, text) in enumerate(new.drafted):
        one = there.pop(code, None)
        if one is None:
            one = Section(report=report, code=code, audience_id=report.audience_id)
        if one.text == one.drafted:
            one.text = text
        one.position, one.heading, one.drafted = position, heading, text
        one.save()
    for one in there.values():
        # The figures give these no words any more: what somebody wrote there stays, at the end.
        if one.edited:
            one.drafted, one.position = "", len(new.drafted) + one.position
            one.save(update_fields=["drafted", "position"])
        else:
            one.delete()


@transaction.atomic
def write(actor: Actor, *, section: Section, text: str, rests_on: str, saves: int) -> Section:
    """Save the words of one section; `saves` says which state of it was on the page.

    Raises NotAllowed where somebody else saved meanwhile.
    """
    report = _locked(actor, section.report)
    held = queries.sections_visible_to(actor).select_for_update(of=["self"]).get(pk=section.pk)
    policies.may_write(actor, report).enforce()
    if saves != held.saves:
        raise NotAllowed(ELSEWHERE)
    held.text, held.rests_on = text, rests_on
    held.saves += 1
    held.save(update_fields=["text", "rests_on", "saves"])
    if actor.person_id not in queries.wrote(actor, report):
        _done(actor, report, Step.WRITTEN)
    trail.note(actor, "crime_report.written", held, fields=["text"])
    return held


@transaction.atomic
def ask_to_clear(actor: Actor, *, report: Report) -> Report:
    """Hand it over to the organisation that owns the figures."""
    report = _locked(actor, report)
    sections = list(queries.sections_visible_to(actor).filter(report=report))
    policies.may_ask(actor, report, sections).enforce()
    _move(actor, report, ReportState.TO_CLEAR, Step.ASKED)
    trail.note(actor, "crime_report.asked", report, fields=["state"])
    happened(actor, "crime_report.to_clear", reference=report.key)
    return report


@transaction.atomic
def take_back(actor: Actor, *, report: Report) -> Report:
    """Write on; what was made of the cleared report goes."""
    report = _locked(actor, report)
    policies.may_take_back(actor, report).enforce()
    return _back(actor, report, "")


@transaction.atomic
def send_back(actor: Actor, *, report: Report, words: str) -> Report:
    """Give it back to whoever wrote it, with what is to be changed."""
    report = _locked(actor, report)
    policies.may_send_back(actor, report).enforce()
    _back(actor, report, words)
    happened(actor, "crime_report.sent_back", reference=report.key)
    return report


def _back(actor: Actor, report: Report, words: str) -> Report:
    report.prints.all().delete()
    _move(actor, report, ReportState.WRITING, Step.SENT_BACK, words)
    trail.note(actor, "crime_report.sent_back", report, fields=["state"])
    return report


@transaction.atomic
def clear(actor: Actor, *, report: Report, words: str = "") -> Report:
    """Let it go to the body as it is. Its files are made now, so that they are what was cleared."""
    report = _locked(actor, report)
    policies.may_clear(actor, report, wrote=queries.wrote(actor, report)).enforce()
    _move(actor, report, ReportState.CLEARED, Step.CLEARED, words)
    trail.note(actor, "crime_report.cleared", report, fields=["state"])
    happened(actor, "crime_report.cleared", reference=report.key)
    app.configure_task(PRINT).defer(report_key=report.key, account_id=actor.account_id)
    return report


@transaction.atomic
def keep_prints(actor: Actor, *, report: Report, files: Mapping[str, bytes]) -> None:
    """Keep the files of a cleared report, once; those of one that was taken back are not kept."""
    report = _locked(actor, report)
    if report.state != ReportState.CLEARED or report.prints.exists():
        return
    Print.objects.bulk_create(
        Print(
            report=report,
            form=form,
            content=content,
            size=len(content),
            audience_id=report.audience_id,
        )
        for form, content in files.items()
    )
    trail.note(actor, "crime_report.printed", report, verb=Verb.COLLECT)


@transaction.atomic
def issue(actor: Actor, *, report: Report, meeting: Meeting | None = None) -> Report:
    """Show it to all who read the body's papers, as a paper with its PDF, and put it to a meeting.

    The report that it follows is superseded, and stays to be read. Raises NotAllowed.
    """
    report = _locked(actor, report)
    policies.may_issue(actor, report, printed=report.prints.exists()).enforce()
    if meeting and not queries.meetings_to_come(actor, report.body).filter(pk=meeting.pk).exists():
        raise NotAllowed("Choose a meeting of this body that is still to come.")
    before = _locked(actor, report.follows) if report.follows else None
    paper = _paper(actor, report)
    if before and before.paper and before.paper.published_at:
        paper = succeed(actor, paper=paper, follows=before.paper)
    report.paper = publish_paper(actor, paper=paper, at=now())
    report.issued_on = today()
    _move(actor, report, ReportState.ISSUED, Step.ISSUED)
    trail.note(actor, "crime_report.issued", report, fields=["state"])
    _shown_to(report, report.body.papers_audience_id)
    if before:
        _move(actor, before, ReportState.SUPERSEDED, Step.SUPERSEDED)
        trail.note(actor, "crime_report.superseded", before, fields=["state"])
    if meeting:
        _put(actor, report.paper, meeting)
    return report


def _paper(actor: Actor, report: Report) -> Paper:
    """The report as a paper that is with the office, with its PDF as it was cleared."""
    pdf = report.prints.get(form=Form.PDF)
    version = receive(actor, data=bytes(pdf.content), name=f"{report.title}.pdf")
    sections = queries.sections_visible_to(actor).filter(report=report).exclude(text="")
    short = next((one.text for one in sections if one.code == "short"), "")
    paper = accept(
        actor,
        new=NewPaper(
            body=report.body,
            title=report.title,
            version=version,
            dated_on=today(),
            organisation=report.owner,
            working=report.body.office_audience_id,
            summary=short,
            recommendations=[NewRecommendation("1", NOTE_IT)],
            paragraphs=[
                NewParagraph(str(number), one.heading, one.text)
                for number, one in enumerate(sections, 1)
            ],
        ),
    )
    hand_to(actor, version=version, audience_id=report.body.office_audience_id)
    return paper


def _put(actor: Actor, paper: Paper, meeting: Meeting) -> None:
    put_paper(
        actor,
        paper=paper,
        to=NewPresentation(
            body_name=meeting.body.name,
            body=meeting.body,
            on=meeting.held_on,
            meeting_key=meeting.key,
            issued_at=now(),
            begins_at=begins_at(meeting.held_on, meeting.starts_at),
        ),
        puts=[NewPut(NOTE_IT, of=paper.recommendations.first())],
    )


@transaction.atomic
def stop(actor: Actor, *, report: Report) -> Report:
    """Write no further; it stays with those who worked on it."""
    report = _locked(actor, report)
    policies.may_stop(actor, report).enforce()
    _move(actor, report, ReportState.STOPPED, Step.STOPPED)
    trail.note(actor, "crime_report.stopped", report, fields=["state"])
    return report


def take(actor: Actor, *, report: Report, form: str) -> Print:
    """A file to take along; the trail keeps who took it."""
    found = queries.prints_of(actor, report).defer(None).filter(form=form).first()
    if found is None:
        raise Http404
    trail.note(actor, "crime_report.taken", report, verb=Verb.DISCLOSE)
    return found


def _locked(actor: Actor, report: Report) -> Report:
    """The report as of now. 404 where it is the actor's no more to see."""
    held = queries.visible_to(actor).select_for_update(of=["self"]).filter(pk=report.pk).first()
    if held is None:
        raise Http404
    return held


def _move(actor: Actor, report: Report, state: str, step: str, words: str = "") -> None:
    report.state = state
    report.save(update_fields=["state", "paper", "issued_on"])
    _done(actor, report, step, words)


def _done(actor: Actor, report: Report, step: str, words: str = "") -> None:
    Done.objects.create(
        report=report,
        step=step,
        words=words,
        by_id=actor.person_id,
        audience_id=report.audience_id,
    )


def _shown_to(report: Report, audience_id: int) -> None:
    for rows in (report.figures, report.sections, report.steps, report.prints):
        rows.update(audience_id=audience_id)
    report.audience_id = audience_id
    report.save(update_fields=["audience"])
