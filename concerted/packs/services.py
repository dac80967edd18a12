"""Building packs, what somebody has seen of one, and their own notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.agendas.public import Issue
from concerted.audit import consulting, trail
from concerted.audit.models import Verb
from concerted.jobs.public import Job, JobState, begin, enqueue
from concerted.jobs.public import visible_to as jobs_visible_to
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, held_in_turn, seen_now
from concerted.packs import policies, queries, typesetting
from concerted.packs.laying_out import Part, Section, in_parts
from concerted.packs.models import Look, Note, Pack, Print
from concerted.packs.queries import Series
from concerted.papers.public import Paper
from concerted.papers.public import visible_to as papers_visible_to
from concerted.ui.words import day

BUILD = "packs.build"
WITHHELD = (
    "This file is not up to date any more, so it is not given out. Read the pack on its page: it "
    "is as things stand now. The secretary can build the file again."
)


@transaction.atomic
def ask_for(actor: Actor, *, meeting: Meeting) -> Job:
    """Have the pack built in the background, by whoever keeps the office of the body.

    Where the actor has asked already and it is not built yet, it is that job.
    """
    actor, meeting = held_in_turn(actor, meeting)
    policies.may_build(actor, meeting).enforce()
    asked = jobs_visible_to(actor).filter(leads_to=_page_of(meeting), task=BUILD)
    if under_way := asked.filter(state__in=(JobState.WAITING, JobState.RUNNING)).first():
        return under_way
    series = queries.series_of(actor, meeting)
    policies.is_there_anything(
        fresh=sum(len(one.fresh) for one in series), stale=any(one.out_of_date for one in series)
    ).enforce()
    return _begin(actor, meeting, steps=len(series))


def build_when_published(actor: Actor, issue: Issue) -> None:
    """A supplement goes into the pack by itself, where one was built; a first pack is asked for."""
    built = queries.visible_to(actor).filter(meeting=issue.meeting)
    if built.exists() and policies.may_build(actor, issue.meeting):
        _begin(actor, issue.meeting, steps=1)


def _begin(actor: Actor, meeting: Meeting, *, steps: int) -> Job:
    job = begin(
        actor,
        title=f"Building the pack of {day(meeting.held_on)}",
        total=steps,
        unit="part",
        leads_to=_page_of(meeting),
        task=BUILD,
        arguments={"meeting_key": meeting.key, "account_id": actor.account_id},
    )
    arguments = dict(job.arguments, job_key=job.key)
    Job.objects.filter(pk=job.pk).update(arguments=arguments)
    job.arguments = arguments
    transaction.on_commit(lambda: enqueue(job))
    return job


def _page_of(meeting: Meeting) -> str:
    return f"packs:detail {meeting.key}"


@dataclass(frozen=True, slots=True)
class _Made:
    """A part as it was typeset, before it is kept."""

    pack: Pack
    ordinary: bytes
    large: bytes


@transaction.atomic
def build(actor: Actor, *, meeting: Meeting, audience_id: int) -> list[Pack]:
    """Build what is new for these readers, and again what is out of date.

    It is typeset before anything is locked, as that takes seconds: where something changed
    meanwhile, or somebody else built it, it is done once more under the lock.
    """
    policies.may_build(actor, meeting).enforce()
    series = queries.series_for(actor, meeting, audience_id)
    made = _typeset(meeting, series)
    actor, meeting = held_in_turn(actor, meeting)
    policies.may_build(actor, meeting).enforce()
    now_is = queries.series_for(actor, meeting, audience_id)
    if now_is != series:
        series, made = now_is, _typeset(meeting, now_is)
    if series.out_of_date:
        ids = [one.pk for one in series.parts]
        Print.objects.filter(pack__in=ids).delete()
        Pack.objects.filter(pk__in=ids).update(replaced_at=now())
    for one in made:
        one.pack.by_id = actor.person_id
        one.pack.save()
        Print.objects.bulk_create(
            Print(pack=one.pack, large=large, pdf=pdf, size=len(pdf), audience_id=audience_id)
            for large, pdf in ((False, one.ordinary), (True, one.large))
        )
        trail.note(actor, "pack.built", one.pack, verb=Verb.COLLECT)
    return [one.pack for one in made]


def _typeset(meeting: Meeting, series: Series) -> list[_Made]:
    *again, fresh = in_parts(series.sections, [one.marks for one in series.parts])
    if not series.out_of_date:
        return [_part(meeting, series, fresh, len(again) + 1, series.last + 1)] if fresh else []
    # Each part anew with what still stands of it; pages are counted on from the first.
    made: list[_Made] = []
    for sections in filter(None, [*again, fresh]):
        first = made[-1].pack.last + 1 if made else 1
        made.append(_part(meeting, series, sections, len(made) + 1, first))
    return made


def _part(
    meeting: Meeting, series: Series, sections: Sequence[Section], number: int, first: int
) -> _Made:
    pack = Pack(meeting=meeting, number=number, first=first, audience_id=series.audience_id)
    known = series.pages
    notes = [f"This supplements pages 1 to {first - 1}."] if first > 1 else []
    notes += [
        f"“{one.heading}” takes the place of page {known[one.replaces]} and what follows."
        for one in sections
        if one.replaces in known
    ]
    part = Part(
        title=f"{meeting.body}, {day(meeting.held_on)}",
        caption=f"{pack.name}, closed part" if series.closed else pack.name,
        first=first,
        closed=series.closed,
        sections=sections,
        notes=notes,
    )
    ordinary = typesetting.printed(part)
    pack.last = ordinary.last
    pack.marks = [one.mark for one in sections]
    pack.pages = dict(ordinary.pages)
    pack.stands = [list(one) for one in part.stands]
    pack.standing = meeting.standing
    return _Made(pack, ordinary.pdf, typesetting.in_large_print(part, ordinary.pages))


def give(actor: Actor, *, pack: Pack, large: bool) -> Print:
    """A file to take along: only while all that stands in it is for the readers of its part."""
    if not queries.all_stands(queries.reader_of(actor, pack), pack):
        raise NotAllowed(WITHHELD)
    found = queries.print_of(actor, pack, large=large)
    if found is None:
        raise Http404
    if pack.audience_id != pack.meeting.body.papers_audience_id:
        consulting.consulted(actor, [(kind, key) for kind, key in pack.stands if "." in kind])
    trail.note(actor, "pack.taken", pack, verb=Verb.CONSULT)
    return found


@transaction.atomic
def have_seen(actor: Actor, *, meeting: Meeting) -> Look:
    """That somebody has seen the pack as it is now; what comes later is new to them."""
    meeting = seen_now(actor, meeting)
    marks = [one.mark for one in queries.news_of(queries.series_of(actor, meeting))]
    queries.looks_visible_to(actor).filter(meeting=meeting, person_id=actor.person_id).delete()
    return Look.objects.create(
        meeting=meeting, person_id=actor.person_id, seen=marks, audience_id=actor.own_audience_id
    )


@transaction.atomic
def note(actor: Actor, *, paper: Paper, text: str) -> Note | None:
    """Keep a note on this version of a paper in place of the one before; without text, none."""
    held = papers_visible_to(actor).filter(pk=paper.pk).first()
    if held is None:
        raise Http404
    policies.may_note(actor, held).enforce()
    before = queries.notes_visible_to(actor).filter(paper=held, person_id=actor.person_id)
    for one in before:
        trail.note(actor, "note.taken_out", one, verb=Verb.ERASE)
    before.delete()
    if not text.strip():
        return None
    made = Note.objects.create(
        paper=held, person_id=actor.person_id, text=text, audience_id=actor.own_audience_id
    )
    trail.note(actor, "note.kept", made, verb=Verb.COLLECT)
    return made


def end_all_of(account: Account) -> int:
    """Take out what somebody kept for themselves when their access ends: nobody can read it."""
    notes = Note.objects.filter(person__account=account).delete()[0]
    return notes + Look.objects.filter(person__account=account).delete()[0]
