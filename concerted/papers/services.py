"""Putting a paper on record, in one piece or not at all."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import consulting, trail
from concerted.audit.models import Verb
from concerted.documents.public import Version
from concerted.notices.public import happened
from concerted.papers import policies
from concerted.papers.models import Appendix, Paper, Paragraph, Presentation, Recommendation
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


@dataclass(frozen=True, slots=True)
class NewPaper:
    """All that a report says; `marked`: its marking asks for more care than OFFICIAL."""

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
    there = Paper.objects.filter(body=body, title__iexact=new.title, dated_on=new.dated_on).exists()
    policies.may_accept(actor, body, tier=new.tier, marked=new.marked, there=there).enforce()
    sensitive = new.tier == Tier.SENSITIVE
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
        audience_id=body.office_audience_id if sensitive else body.papers_audience_id,
    )
    _children(actor, paper, new)
    trail.note(actor, "paper.accepted", paper, verb=Verb.COLLECT)
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


def consulted(actor: Actor, *, paper: Paper, appendices: Iterable[Appendix]) -> None:
    """Note who read a restricted paper or appendix; reads of open ones are not kept."""
    read = [
        ("papers.appendix", one.key) for one in appendices if one.audience_id != paper.audience_id
    ]
    if paper.restricted:
        read.append(("papers.paper", paper.key))
    consulting.consulted(actor, read)
