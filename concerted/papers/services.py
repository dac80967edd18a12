"""Putting a paper on record, in one piece or not at all."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.audit import consulting, trail
from concerted.audit.models import Verb
from concerted.documents.public import Version
from concerted.kernel.clock import now
from concerted.notices.public import happened
from concerted.papers import policies
from concerted.papers.models import (
    Appendix,
    Paper,
    Paragraph,
    Presentation,
    Put,
    Recommendation,
    Withdrawal,
)
from concerted.papers.states import Tier
from concerted.people.public import Body, Organisation, Post


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    ref: str
    text: str
    parts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class NewParagraph:
    ref: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class NewAppendix:
    ref: str
    title: str = ""
    marking: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class NewPresentation:
    """A meeting that the paper is put to; `meeting_key` where that meeting is on record."""

    body_name: str
    body: Body | None = None
    on: datetime.date | None = None
    item_ref: str = ""
    meeting_key: str = ""
    issued_at: datetime.datetime | None = None
    begins_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class NewPaper:
    """All that a report says; `marked`: its marking asks for more care than OFFICIAL.

    `working` is the audience of those who work on it until it is published, if it is not at once.
    """

    body: Body
    title: str
    version: Version
    dated_on: datetime.date | None = None
    author_text: str = ""
    author: Post | None = None
    organisation: Organisation | None = None
    contact_post: str = ""
    tier: str = Tier.OFFICIAL
    marking: str = ""
    exempt_reason: str = ""
    marked: bool = False
    working: int | None = None
    review_on: datetime.date | None = None
    purpose: str = ""
    summary: str = ""
    recommendations: Sequence[NewRecommendation] = ()
    paragraphs: Sequence[NewParagraph] = ()
    appendices: Sequence[NewAppendix] = ()
    presentations: Sequence[NewPresentation] = ()


@transaction.atomic
def accept(actor: Actor, *, new: NewPaper) -> Paper:
    """Put a paper on record for the readers of its body's papers, or for the office alone.

    Order: lock, policy, records, the trail. Raises NotAllowed.
    """
    body = Body.objects.select_for_update(of=["self"]).get(pk=new.body.pk)
    # A later version of what was asked for has the title of the one before it, and often its day.
    there = (
        new.working is None
        and Paper.objects.filter(body=body, title__iexact=new.title, dated_on=new.dated_on).exists()
    )
    policies.may_accept(actor, body, tier=new.tier, marked=new.marked, there=there).enforce()
    sensitive = new.tier == Tier.SENSITIVE
    working = body.office_audience_id if new.working and sensitive else new.working
    paper = Paper.objects.create(
        body=body,
        title=new.title,
        dated_on=new.dated_on,
        author_text=new.author_text,
        author=new.author,
        organisation=new.organisation,
        contact_post=new.contact_post,
        tier=new.tier,
        marking=new.marking,
        exempt_reason=new.exempt_reason,
        review_on=new.review_on,
        purpose=new.purpose,
        summary=new.summary,
        version=new.version,
        published_at=None if new.working else now(),
        working_id=working,
        audience_id=body.office_audience_id if sensitive else working or body.papers_audience_id,
    )
    _children(actor, paper, new)
    trail.note(actor, "paper.accepted", paper, verb=Verb.COLLECT)
    if paper.published_at:
        happened(actor, "paper.published", reference=paper.key)
    return paper


def _children(actor: Actor, paper: Paper, new: NewPaper) -> None:
    audience = paper.audience_id
    points = Recommendation.objects.bulk_create(
        Recommendation(
            paper=paper,
            position=position,
            ref=one.ref,
            text=one.text,
            parts=[list(part) for part in one.parts],
            audience_id=audience,
        )
        for position, one in enumerate(new.recommendations)
    )
    trail.note_each(
        actor,
        "recommendation.recorded",
        kind="papers.recommendation",
        references=[one.key for one in points],
    )
    Paragraph.objects.bulk_create(
        Paragraph(
            paper=paper,
            position=position,
            ref=one.ref,
            heading=one.heading,
            text=one.text,
            audience_id=audience,
        )
        for position, one in enumerate(new.paragraphs)
    )
    Appendix.objects.bulk_create(
        Appendix(
            paper=paper,
            position=position,
            ref=one.ref,
            title=one.title,
            marking=one.marking,
            here=one.here,
            audience_id=audience,
        )
        for position, one in enumerate(new.appendices)
    )
    made = Presentation.objects.bulk_create(
        Presentation(
            paper=paper,
            position=position,
            body=one.body,
            body_name=one.body_name,
            on=one.on,
            item_ref=one.item_ref,
            meeting_key=one.meeting_key,
            audience_id=audience,
        )
        for position, one in enumerate(new.presentations)
    )
    trail.note_each(
        actor,
        "presentation.recorded",
        kind="papers.presentation",
        references=[one.key for one in made],
    )


@transaction.atomic
def meeting_is_known(actor: Actor, *, body: Body, on: datetime.date, meeting_key: str) -> None:
    """Lead from papers that were put to a meeting of that day to the meeting, now on record."""
    waiting = Presentation.objects.filter(body=body, on=on).exclude(meeting_key=meeting_key)
    keys = list(waiting.values_list("key", flat=True))
    waiting.update(meeting_key=meeting_key)
    trail.note_each(
        actor,
        "presentation.linked",
        kind="papers.presentation",
        references=keys,
        verb=Verb.COMBINE,
    )


@transaction.atomic
def publish(
    actor: Actor,
    *,
    paper: Paper,
    at: datetime.datetime,
    due_on: datetime.date | None = None,
    received_at: datetime.datetime | None = None,
) -> Paper:
    """Show a paper that was being worked on to who reads its body’s papers, at a moment.

    One that is closed or hidden stays with its audience. Order: lock, policy, state, records, the
    trail. Raises NotAllowed.
    """
    paper = _locked(actor, paper)
    policies.may_publish(actor, paper).enforce()
    open_ = paper.audience_id == paper.home_id
    audience = paper.body.papers_audience_id if open_ else paper.audience_id
    children: list[Any] = [Recommendation, Paragraph, Appendix, Presentation]
    for model in children:
        rows = model._base_manager.filter(paper=paper, audience_id=paper.audience_id)
        rows.update(audience_id=audience)
    Put.objects.filter(presentation__paper=paper, audience_id=paper.audience_id).update(
        audience_id=audience
    )
    paper.published_at, paper.audience_id = at, audience
    paper.due_on, paper.received_at = due_on, received_at
    paper.save(update_fields=["published_at", "audience", "due_on", "received_at"])
    trail.note(actor, "paper.released", paper, fields=["audience", "published_at"])
    if paper.follows_id:
        happened(actor, "paper.changed", reference=paper.key)
    else:
        happened(actor, "paper.published", reference=paper.key)
    return paper


@transaction.atomic
def succeed(actor: Actor, *, paper: Paper, follows: Paper) -> Paper:
    """Make a paper that is still with the office the next version of a published one."""
    paper = _locked(actor, paper)
    policies.may_succeed(actor, paper, follows).enforce()
    paper.follows, paper.number = follows, follows.number + 1
    paper.save(update_fields=["follows", "number"])
    trail.note(actor, "paper.versioned", paper, fields=["follows", "number"])
    return paper


@transaction.atomic
def withdraw(actor: Actor, *, paper: Paper, because: str) -> Withdrawal:
    """Take a published paper back, with a reason; it stays to be read, as withdrawn."""
    paper = _locked(actor, paper)
    withdrawn = Withdrawal.objects.filter(paper=paper).exists()
    policies.may_withdraw(actor, paper, withdrawn=withdrawn).enforce()
    made = Withdrawal.objects.create(
        paper=paper,
        because=because,
        by_id=actor.person_id,
        audience_id=paper.audience_id,
    )
    trail.note(actor, "paper.withdrawn", made, verb=Verb.COLLECT)
    happened(actor, "paper.withdrawn", reference=paper.key)
    return made


@dataclass(frozen=True, slots=True)
class NewPut:
    """A recommendation as it is put to a meeting; `of` where it is one of the paper’s."""

    text: str
    ref: str = ""
    of: Recommendation | None = None


@transaction.atomic
def put(
    actor: Actor,
    *,
    paper: Paper,
    to: NewPresentation,
    puts: Sequence[NewPut],
    item_key: str = "",
) -> Presentation:
    """Put a paper to a meeting, with what that meeting is asked to do. Raises NotAllowed.

    Where the paper names that meeting already, and nothing was recorded as put to it, that
    presentation takes it up; it never doubles.
    """
    paper = _locked(actor, paper)
    there = Presentation.objects.filter(paper=paper, body=to.body, on=to.on).first()
    policies.may_put(
        actor,
        paper,
        withdrawn=Withdrawal.objects.filter(paper=paper).exists(),
        put_before=there is not None and there.puts.exists(),
    ).enforce()
    if there is None:
        there = Presentation.objects.create(
            paper=paper,
            position=Presentation.objects.filter(paper=paper).count(),
            body=to.body,
            body_name=to.body_name,
            on=to.on,
            item_ref=to.item_ref,
            meeting_key=to.meeting_key,
            item_key=item_key,
            issued_at=to.issued_at,
            begins_at=to.begins_at,
            audience_id=paper.audience_id,
        )
        trail.note(actor, "presentation.recorded", there, verb=Verb.COLLECT)
    elif not there.item_key:
        there.item_key, there.meeting_key = item_key, to.meeting_key
        there.issued_at, there.begins_at = to.issued_at, to.begins_at
        there.save(update_fields=["item_key", "meeting_key", "issued_at", "begins_at"])
    made = Put.objects.bulk_create(
        Put(
            presentation=there,
            position=position,
            ref=one.ref or str(position + 1),
            text=one.text,
            of=one.of,
            audience_id=paper.audience_id,
        )
        for position, one in enumerate(puts)
    )
    trail.note_each(
        actor, "recommendation.put", kind="papers.put", references=[one.key for one in made]
    )
    return there


@transaction.atomic
def minuted_as(actor: Actor, *, presentation: Presentation, item_key: str) -> None:
    """Say under which item of its meeting a paper is minuted; an empty key takes that back."""
    paper = _locked(actor, presentation.paper)
    policies.may_put(actor, paper, withdrawn=False, put_before=False).enforce()
    Presentation.objects.filter(pk=presentation.pk).update(item_key=item_key)
    trail.note(actor, "presentation.linked", presentation, verb=Verb.COMBINE)


def _locked(actor: Actor, paper: Paper) -> Paper:
    """The paper as of now. 404 where it is the actor’s no more to see."""
    rows = Paper.objects.select_for_update(of=["self"]).select_related("body")
    held = rows.filter(pk=paper.pk, audience_id__in=actor.audience_ids).first()
    if held is None:
        raise Http404
    return held


def consulted(actor: Actor, *, paper: Paper, appendices: Iterable[Appendix]) -> None:
    """Note who read a restricted paper or appendix; reads of open ones are not kept."""
    read = [
        ("papers.appendix", one.key) for one in appendices if one.audience_id != paper.audience_id
    ]
    if paper.restricted:
        read.append(("papers.paper", paper.key))
    consulting.consulted(actor, read)
