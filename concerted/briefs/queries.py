"""The chair’s brief: what others know of a meeting to come, put beside its items.

It is read as whoever chairs reads drafts (`agendas.as_chair`), so what is closed or hidden to them
is not in it. The same queries for one item and for thirty.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.agendas.public import Row, Timetable, timetable
from concerted.arising.public import Line as MattersLine
from concerted.arising.public import named_at, open_now
from concerted.attending.public import Ahead, Answer, Expected, ahead_of
from concerted.briefs.models import Prompt
from concerted.interests.public import Prompt as MayMeet
from concerted.interests.public import prompts_at
from concerted.meetings.public import Business, ItemLine, Meeting, MeetingState
from concerted.paper_calls.public import Line as CallLine
from concerted.paper_calls.public import Standing
from concerted.paper_calls.public import of_meeting as calls_of
from concerted.papers.public import PaperRow, put_to, recommended_at
from concerted.raising.public import ItemRequest, to_rule_on
from concerted.reports_back.public import Question, ReportLine, open_questions, reports_at


def prompts_visible_to(actor: Actor) -> QuerySet[Prompt]:
    """Prompts at items that the actor sees, as one of the office or as its reader."""
    return Prompt.objects.filter(
        audience_id__in=actor.audience_ids,
        item__audience_id__in=actor.audience_ids,
        item__meeting__audience_id__in=actor.audience_ids,
    ).select_related("item__meeting__body", "by")


def prompts_of(actor: Actor, meeting: Meeting) -> dict[int, list[Prompt]]:
    """The prompts of a meeting by their items, the first one first."""
    found: dict[int, list[Prompt]] = defaultdict(list)
    for one in prompts_visible_to(actor).filter(item__meeting=meeting).order_by("id"):
        found[one.item_id].append(one)
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """A paper at an item, and what it asks of the body, in the words put to this meeting."""

    paper: PaperRow
    recommended: Sequence[str]


@dataclass(frozen=True, slots=True)
class Point:
    """A line of the agenda with all that whoever chairs should know there.

    `ends` is when the next item begins. Of a closed item that the reader may not see it has the
    line that everybody reads, and nothing more.
    """

    row: Row
    ends: datetime.time | None = None
    asked: Sequence[Asked] = ()
    awaited: Sequence[CallLine] = ()
    slips: Sequence[MattersLine] = ()
    silent: Sequence[ReportLine] = ()
    may_meet: Sequence[MayMeet] = ()
    prompts: Sequence[Prompt] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Of a meeting that was held only the agenda and its prompts are left."""

    table: Timetable
    points: Sequence[Point]
    ahead: Ahead | None = None
    urgent: Sequence[ItemRequest] = ()
    questions: Sequence[Question] = ()
    slips: Sequence[MattersLine] = ()
    silent: Sequence[ReportLine] = ()
    papers: Sequence[Asked] = field(default=())

    @property
    def missing(self) -> list[Expected]:
        """The seats whose own members sent apologies, or somebody else."""
        return [one for one in self._seats if one.reply and one.reply.answer != Answer.COMING]

    @property
    def unsaid(self) -> list[Expected]:
        """The seats that are held, and of which nobody has answered."""
        return [one for one in self._seats if one.reply is None and one.people]

    @property
    def _seats(self) -> Sequence[Expected]:
        return self.ahead.seats if self.ahead else ()


def brief(actor: Actor, reader: Actor, meeting: Meeting) -> Brief:
    """`reader` is the actor as a reader of the office’s drafts.

    What members registered as interests is asked as the actor: the brief opens no register.
    """
    table = timetable(reader, meeting, drafts=True)
    prompts = prompts_of(reader, meeting)
    if meeting.state != MeetingState.PLANNED:
        points = [Point(row, prompts=prompts.get(_id(row), ())) for row in table.rows]
        return Brief(table, points)
    papers = _asked(reader, meeting)
    calls = [one for one in calls_of(reader, meeting) if _is_awaited(one)]
    matters = open_now(reader, meeting)
    slipped = {one.reference: one for one in matters.lines if one.slips}
    named = {
        item: slipped[action]
        for item, action in named_at(reader, meeting).items()
        if action in slipped
    }
    silent = [one for one in reports_at(reader, meeting) if one.expected and not one.heard]
    may_meet = [one for one in prompts_at(actor, meeting) if not one.dismissed]
    points = []
    for row, ends in zip(table.rows, _ends(table.rows), strict=True):
        if not isinstance(row.shown, ItemLine):
            points.append(Point(row))
            continue
        item = row.shown.item
        slips = list(slipped.values()) if item.kind == Business.MATTERS_ARISING else []
        points.append(
            Point(
                row,
                ends,
                asked=[one for one in papers if one.paper.item_ref == (item.ref or None)],
                awaited=[one for one in calls if one.call.item_key == item.key],
                slips=[named[item.key]] if item.key in named else slips,
                silent=silent if item.kind == Business.REPORTS_BACK else (),
                may_meet=[one for one in may_meet if one.item.pk == item.id],
                prompts=prompts.get(item.id, ()),
            )
        )
    kinds = {one.row.shown.item.kind for one in points if isinstance(one.row.shown, ItemLine)}
    placed = {id(asked) for one in points for asked in one.asked}
    return Brief(
        table,
        points,
        ahead=ahead_of(reader, meeting),
        urgent=to_rule_on(reader, meeting),
        questions=open_questions(reader, meeting.body),
        slips=() if Business.MATTERS_ARISING in kinds else list(slipped.values()),
        silent=() if Business.REPORTS_BACK in kinds else silent,
        papers=[one for one in papers if id(one) not in placed],
    )


def _id(row: Row) -> int:
    return row.shown.item.id if isinstance(row.shown, ItemLine) else 0


def _is_awaited(line: CallLine) -> bool:
    """Whether a paper that was asked for is not before the members yet."""
    return line.standing not in (Standing.PUBLISHED, Standing.WITHDRAWN)


def _asked(actor: Actor, meeting: Meeting) -> list[Asked]:
    recommended = recommended_at(actor, meeting.key)
    return [Asked(one, recommended.get(one.key, ())) for one in put_to(actor, meeting.key)]


def _ends(rows: Sequence[Row]) -> Iterable[datetime.time | None]:
    """When each item is over by the times allowed: an item without any has no end of its own."""
    for row in rows:
        allowed = row.shown.item.minutes_allowed if isinstance(row.shown, ItemLine) else None
        yield _later(row.starts, allowed) if row.starts and allowed else None


def _later(starts: datetime.time, minutes: int) -> datetime.time:
    moment = datetime.datetime.combine(datetime.date.min, starts)
    return (moment + datetime.timedelta(minutes=minutes)).time()
