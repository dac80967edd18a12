"""Reads of links, returns and referrals; each starts from what the actor may see."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from concerted.access.actor import Actor
from concerted.access.addresses import address
from concerted.agendas.public import IssueState
from concerted.agendas.public import visible_to as issues_visible_to
from concerted.kernel.clock import today
from concerted.meetings.public import (
    Decision,
    Item,
    Meeting,
    MeetingState,
    decisions_visible_to,
    items_visible_to,
)
from concerted.meetings.public import visible_to as meetings_visible_to
from concerted.people.public import (
    Body,
    Organisation,
    Post,
    Seat,
    bodies_visible_to,
    on,
    organisations_visible_to,
    posts_visible_to,
    seat_lines,
)
from concerted.reports_back import policies
from concerted.reports_back.expecting import Reckoned, expected, reckoned
from concerted.reports_back.models import Asked, Link, Referral, Return, SharedMinutes, Sharing
from concerted.reports_back.states import HEARD

# Unanswered at more than so many meetings of the body that was asked, a question is said to wait.
LONG_WAIT = 2


def links_visible_to(actor: Actor) -> QuerySet[Link]:
    """Links of which the actor knows both ends and reads the papers of the receiving one."""
    mine = actor.audience_ids
    return Link.objects.filter(
        audience_id__in=mine,
        reporting__audience_id__in=mine,
        receiving__audience_id__in=mine,
        receiving__papers_audience_id__in=mine,
    ).select_related(
        "reporting",
        "receiving",
        "post__organisation",
        "organisation",
        "seat__holder",
        "seat__holder_body",
    )


def returns_visible_to(actor: Actor) -> QuerySet[Return]:
    """What was reported, with what it replaced; whoever sees the meeting and the link."""
    return Return.objects.filter(
        audience_id__in=actor.audience_ids,
        meeting__audience_id__in=actor.audience_ids,
        link__in=links_visible_to(actor).order_by(),
    ).select_related("by", "attached", "meeting")


def standing_returns(actor: Actor) -> QuerySet[Return]:
    """Of each meeting and link the newest return alone."""
    return returns_visible_to(actor).filter(replaced_by__isnull=True)


def represented_by(actor: Actor, link: Link) -> str:
    """Which post or organisation represents it, as far as the actor may know."""
    seen = actor.audience_ids
    if link.post:
        at = link.post.organisation
        names = [link.post.title, at.name] if at.audience_id in seen else [link.post.title]
        return ", ".join(names) if link.post.audience_id in seen else ""
    holder = link.organisation or (link.seat and (link.seat.holder or link.seat.holder_body))
    return holder.name if holder and holder.audience_id in seen else ""


def represents(actor: Actor, link: Link) -> bool:
    """Whether the actor holds the seat or post of a link, or sits there for its organisation."""
    if link.post_id:
        return link.post_id in actor.post_ids
    if link.organisation_id:
        sits = link.receiving_id in actor.seated_body_ids
        return sits and link.organisation_id in actor.organisation_ids
    seat = link.seat
    if seat is None:
        return False
    lines = seat_lines(actor, seat.body, day=today())
    return any(
        actor.person_id in {one.person_id for one in line.appointments}
        or any(one.post_id in actor.post_ids for one in line.seat.filled_by.all())
        for line in lines
        if line.seat.pk == seat.pk
    )


def days_of(actor: Actor, body: Body) -> dict[datetime.date, Meeting]:
    """The meetings of a body by their days, without cancelled ones."""
    met = meetings_visible_to(actor).filter(body=body).exclude(state=MeetingState.CANCELLED)
    return {one.held_on: one for one in met.order_by("held_on", "id")}


def _awaited(link: Link, days: Iterable[datetime.date]) -> list[datetime.date]:
    return expected(
        link.frequency, link.every_meetings, list(days), starts=link.starts, ends=link.ends
    )


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link with what was heard by it, at meetings that this reader sees."""

    link: Link
    through: str
    reckoned: Reckoned

    @property
    def over(self) -> bool:
        return self.link.ends is not None and self.link.ends < today()


def lines_of(actor: Actor, body: Body) -> list[LinkLine]:
    """The links by which others report to a body: three queries, however many there are."""
    links = list(links_visible_to(actor).filter(receiving=body).order_by("reporting__name", "id"))
    held = [day for day in days_of(actor, body) if day < today()]
    heard: dict[int, set[datetime.date]] = defaultdict(set)
    for one in standing_returns(actor).filter(link__in=links, kind__in=HEARD):
        if one.meeting.held_on < today():
            heard[one.link_id].add(one.meeting.held_on)
    return [
        LinkLine(
            one, represented_by(actor, one), reckoned(_awaited(one, held), heard.get(one.pk, set()))
        )
        for one in links
    ]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A link at one meeting: whether its report is expected, and what was said, if anything."""

    link: Link
    through: str
    expected: bool
    given: Return | None

    @property
    def standing(self) -> str:
        """What was heard; silence is said as silence, never as a nil return."""
        return str(self.given.get_kind_display()) if self.given else "Nothing said yet"

    @property
    def heard(self) -> bool:
        return self.given is not None and self.given.kind in HEARD


def reports_at(actor: Actor, meeting: Meeting) -> list[ReportLine]:
    """The links in force on the day of a meeting, those whose report is expected first."""
    day = meeting.held_on
    links = list(
        links_visible_to(actor)
        .filter(Q(ends=None) | Q(ends__gte=day), receiving=meeting.body, starts__lte=day)
        .order_by("reporting__name", "id")
    )
    if not links:
        return []
    days = [] if meeting.state == MeetingState.CANCELLED else [*days_of(actor, meeting.body)]
    given = {
        one.link_id: one for one in standing_returns(actor).filter(meeting=meeting, link__in=links)
    }
    lines = [
        ReportLine(one, represented_by(actor, one), day in _awaited(one, days), given.get(one.pk))
        for one in links
    ]
    return sorted(lines, key=lambda line: not line.expected)


def meetings_to_report_to(actor: Actor, body: Body) -> list[Meeting]:
    """The last meeting of a body and the next two."""
    days = days_of(actor, body)
    before = [met for day, met in days.items() if day < today()][-1:]
    return before + [met for day, met in days.items() if day >= today()][:2]


def sharings_visible_to(actor: Actor) -> QuerySet[Sharing]:
    """What the office of a body has shared, with bodies that the actor knows."""
    return Sharing.objects.filter(
        audience_id__in=actor.audience_ids,
        meeting__audience_id__in=actor.audience_ids,
        with_body__audience_id__in=actor.audience_ids,
    ).select_related("meeting__body", "with_body", "by", "revoked_by")


def shared_visible_to(actor: Actor) -> QuerySet[SharedMinutes]:
    """Minutes of other bodies that were shared with one whose papers the actor reads."""
    return SharedMinutes.objects.filter(
        audience_id__in=actor.audience_ids,
        receiving__audience_id__in=actor.audience_ids,
        of_body__audience_id__in=actor.audience_ids,
    ).select_related("of_body", "receiving")


def to_attach(actor: Actor, link: Link) -> QuerySet[SharedMinutes]:
    """What can be attached to a return of this link: shared, and not taken back."""
    return shared_visible_to(actor).filter(
        receiving=link.receiving, of_body=link.reporting, revoked_at=None
    )


def issued_with(
    actor: Actor, shared: SharedMinutes
) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """When returns that attach these minutes were given, and when their agendas were published."""
    given = list(returns_visible_to(actor).filter(attached=shared).values_list("meeting", "at"))
    published = issues_visible_to(actor).filter(
        state=IssueState.PUBLISHED, meeting__in=[meeting for meeting, _ in given]
    )
    out = list(published.values_list("meeting", "published_at"))
    return [(at, when) for meeting, at in given for other, when in out if other == meeting and when]


def text_of(actor: Actor, meeting: Meeting) -> str:
    """The minutes of a meeting in those words that all readers of its body’s papers have.

    Closed and hidden items are left out with their numbers, and so are withheld passages.
    """
    papers = meeting.body.papers_audience_id
    items = items_visible_to(actor).filter(meeting=meeting, audience_id=papers)
    decided = defaultdict(list)
    for one in decisions_visible_to(actor).filter(item__meeting=meeting, audience_id=papers):
        decided[one.item_id].append(one)
    parts = []
    for item in items.order_by("position", "id"):
        title = f"{item.ref}. {item.title}" if item.ref else item.title
        # What was decided stands in the text of most minutes; elsewhere it stands here alone.
        more = [one.text for one in decided[item.pk] if one.text not in item.text]
        parts.append("\n\n".join(filter(None, [title, item.text.strip(), *more])))
    return "\n\n".join(filter(None, parts))


# Questions from one body to another


def referrals_visible_to(actor: Actor) -> QuerySet[Referral]:
    """Questions asked, where the actor sees the decision that they came of."""
    return Referral.objects.filter(
        audience_id__in=actor.audience_ids,
        decision__audience_id__in=actor.audience_ids,
        from_body__audience_id__in=actor.audience_ids,
        to_body__audience_id__in=actor.audience_ids,
    ).select_related("from_body", "to_body", "due_at", "decision__item__meeting", "made_by")


def asked_visible_to(actor: Actor) -> QuerySet[Asked]:
    """Questions that a body was asked, for the readers of its papers: their own words alone."""
    return Asked.objects.filter(
        audience_id__in=actor.audience_ids,
        from_body__audience_id__in=actor.audience_ids,
        to_body__audience_id__in=actor.audience_ids,
    ).select_related("from_body", "to_body", "due_at", "item__meeting", "answered_by")


def keys_of_referrals(item: Item) -> QuerySet[Referral, str]:
    """The keys of questions that came of the decisions under an item, for what follows it."""
    return Referral.objects.filter(decision__item=item).values_list("key", flat=True)


@dataclass(frozen=True, slots=True)
class Question:
    """A referral to one reader: as asker, as asked, or both. `waited` counts meetings of the body
    that was asked, held since; it is None to a reader of the question alone, who sees none."""

    key: str
    audience_id: int
    words: str
    from_body: Body
    to_body: Body
    made_on: datetime.date
    due: datetime.date | None
    answer: str
    answered_on: datetime.date | None
    item: Item | None
    decision: Decision | None
    asked: Asked | None
    waited: int | None

    @property
    def href(self) -> str:
        return address("reports_back:referral", self.key)

    @property
    def open(self) -> bool:
        return self.answered_on is None

    @property
    def late(self) -> bool:
        return self.open and self.due is not None and self.due < today()

    @property
    def long(self) -> bool:
        return self.open and (self.waited or 0) > LONG_WAIT

    @property
    def standing(self) -> str:
        """How it stands, in a few words."""
        if not self.open:
            return "Answered"
        if self.long:
            return f"Unanswered for {self.waited} meetings"
        return "Answer overdue" if self.late else "Open"


def questions(actor: Actor, which: Q) -> list[Question]:
    """The questions that `which` narrows, each once, the oldest first: as many queries for any
    number of them."""
    sent = {one.key: one for one in referrals_visible_to(actor).filter(which)}
    got = {one.key: one for one in asked_visible_to(actor).filter(which)}
    # Who is asked may see the decision behind it too, and who asks the item of the answer.
    sent |= {
        one.key: one for one in referrals_visible_to(actor).filter(key__in=got.keys() - sent.keys())
    }
    got |= {
        one.key: one for one in asked_visible_to(actor).filter(key__in=sent.keys() - got.keys())
    }
    held = defaultdict(list)
    for body, day in (
        meetings_visible_to(actor)
        .filter(body__in={one.to_body_id for one in got.values()}, held_on__lt=today())
        .exclude(state=MeetingState.CANCELLED)
        .values_list("body", "held_on")
    ):
        held[body].append(day)
    items = {
        one.pk: one
        for one in items_visible_to(actor).filter(pk__in={one.item_id for one in got.values()})
    }
    found = []
    for key in sorted(sent.keys() | got.keys(), key=lambda key: _made(sent.get(key), got.get(key))):
        asked, own = got.get(key), sent.get(key)
        one = asked or own
        assert one  # noqa: S101 - it is in one of the two
        due_at = one.due_at if one.due_at and one.due_at.audience_id in actor.audience_ids else None
        found.append(
            Question(
                key=key,
                audience_id=one.audience_id,
                words=one.question,
                from_body=one.from_body,
                to_body=one.to_body,
                made_on=_made(own, asked)[0],
                due=due_at.held_on if due_at else one.due_on,
                answer=one.answer,
                answered_on=one.answered_on,
                item=items.get(asked.item_id or 0) if asked else None,
                decision=own.decision if own else None,
                asked=asked,
                waited=sum(day > asked.made_on for day in held[asked.to_body_id])
                if asked
                else None,
            )
        )
    return found


def _made(sent: Referral | None, asked: Asked | None) -> tuple[datetime.date, str]:
    if asked:
        return asked.made_on, asked.key
    assert sent  # noqa: S101 - it is one of the two
    return sent.made_at.date(), sent.key


def questions_of(actor: Actor, body: Body) -> list[Question]:
    """What a body asked and was asked, what is open first."""
    found = questions(actor, Q(to_body=body) | Q(from_body=body))
    return sorted(found, key=lambda one: not one.open)


def open_questions(actor: Actor, body: Body) -> list[Question]:
    """What a body asked or was asked and is not answered."""
    return questions(actor, Q(answered_on=None) & (Q(to_body=body) | Q(from_body=body)))


def waiting_for(actor: Actor, meeting: Meeting) -> list[Question]:
    """Open questions to the body of a meeting that are on no agenda to come."""
    found = questions(actor, Q(answered_on=None, to_body=meeting.body))
    keys = [one.asked.item_key for one in found if one.asked and one.asked.item_key]
    there = on_agendas(actor, keys)
    return [one for one in found if one.asked and one.asked.item_key not in there]


def on_agendas(actor: Actor, keys: Collection[str]) -> set[str]:
    """Which of these items are on an agenda to come."""
    items = items_visible_to(actor).filter(
        key__in=[one for one in keys if one],
        withdrawn_in=None,
        meeting__state=MeetingState.PLANNED,
        meeting__held_on__gte=today(),
    )
    return set(items.values_list("key", flat=True))


def items_that_answer(actor: Actor, question: Asked) -> QuerySet[Item]:
    """Items of the meetings of a body since it was asked, the newest meeting first."""
    return (
        items_visible_to(actor)
        .filter(meeting__body=question.to_body, meeting__held_on__gte=question.made_on)
        .exclude(meeting__state=MeetingState.CANCELLED)
        .order_by("-meeting__held_on", "position", "id")
    )


# Choices of forms


def representatives(
    actor: Actor, body: Body
) -> tuple[list[Seat], QuerySet[Post], QuerySet[Organisation]]:
    """Who can represent another body here: seats of this one, posts and organisations."""
    seats = [one.seat for one in seat_lines(actor, body, day=today())]
    return seats, posts_visible_to(actor).filter(on(today())), organisations_visible_to(actor)


def other_bodies(actor: Actor, body: Body) -> QuerySet[Body]:
    return bodies_visible_to(actor).filter(on(today())).exclude(pk=body.pk).order_by("name")


def meetings_to_answer_by(actor: Actor, body: Body) -> QuerySet[Meeting]:
    """Meetings to come of the bodies that can be asked."""
    return (
        meetings_visible_to(actor)
        .filter(state=MeetingState.PLANNED, held_on__gte=today())
        .exclude(body=body)
        .order_by("held_on", "id")
    )


def still_read(actor: Actor, shared: SharedMinutes) -> bool:
    """Whether the actor can still read minutes that were shared."""
    return bool(policies.may_read_attached(shared.revoked_at, issued_with(actor, shared)))
