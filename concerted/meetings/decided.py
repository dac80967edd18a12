"""What a meeting decided on a paper that was put to it, for the page of that paper."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from concerted.access.actor import Actor
from concerted.meetings import queries
from concerted.meetings.models import Decision, Item, Meeting
from concerted.meetings.states import NOT_HELD, Outcome
from concerted.papers.public import Asked, Decided, Deciding


class Decisions(Deciding):
    """The minute is the one that somebody named, else the only one of the paper’s own title.

    Numbers are not compared: a paper put as item 16 can be minuted as 15. Five queries, however
    many presentations.
    """

    def decided(self, actor: Actor, asked: Collection[Asked]) -> Mapping[str, Decided]:
        meetings = {
            one.key: one
            for one in queries.visible_to(actor).filter(key__in=[row.meeting_key for row in asked])
        }
        held = [one for one in meetings.values() if _on_record(actor, one)]
        if not held:
            return {}
        items: dict[str, list[Item]] = defaultdict(list)
        for item in queries.items_visible_to(actor).filter(meeting__in=held):
            items[item.meeting.key].append(item)
        decisions: dict[int, list[Decision]] = defaultdict(list)
        for decision in queries.decisions_visible_to(actor).filter(item__meeting__in=held):
            decisions[decision.item_id].append(decision)
        on_record = {one.key for one in held}
        return {
            row.key: _told(_minute(row, items[row.meeting_key]), decisions)
            for row in asked
            if row.meeting_key in on_record
        }


def _on_record(actor: Actor, meeting: Meeting) -> bool:
    """Whether its minutes can be read by this reader: a draft is with the office alone."""
    return meeting.state not in NOT_HELD and meeting.minutes_audience_id in actor.audience_ids


def _minute(row: Asked, items: Collection[Item]) -> Item | None:
    named = [one for one in items if one.key == row.item_key]
    alike = [one for one in items if _plain(one.title) == _plain(row.title)]
    return named[0] if named else alike[0] if len(alike) == 1 and not row.item_key else None


def _plain(title: str) -> str:
    return " ".join(title.lower().split())


def _told(item: Item | None, decisions: Mapping[int, Collection[Decision]]) -> Decided:
    if item is None:
        return Decided(known=True)
    return Decided(
        known=True,
        found=True,
        minute=item.ref,
        href=f"{item.meeting.get_absolute_url()}#i-{item.key}",
        decisions=[
            (str(Outcome(one.code).label), one.text, one.get_absolute_url())
            for one in decisions.get(item.pk, ())
        ],
    )
