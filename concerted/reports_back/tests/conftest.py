"""A board to which the area board reports, with the steps of those who do it."""

import datetime
import re

import pytest

from concerted.kernel.clock import as_of, today
from concerted.meetings import services as meetings
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting
from concerted.reports_back import queries, services
from concerted.reports_back.services import NewLink

NOW = datetime.datetime(2027, 6, 16, 9, tzinfo=datetime.UTC)
APRIL, MAY, JUNE, AUGUST = (datetime.date(2027, month, 9) for month in (4, 5, 6, 8))


@pytest.fixture(autouse=True)
def clock():
    with as_of(NOW):
        yield


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


class Reports:
    """Reports back to the board from the area board, through Probation."""

    def __init__(self, cast):
        self.cast = cast
        self.board, self.area = cast.bodies["board"], cast.bodies["area"]

    def link(self, reporting=None, **more):
        more = {"organisation": self.cast.organisations["probation"]} | more
        with self.cast.acting("dilys") as dilys:
            new = NewLink(reporting or self.area, datetime.date(2027, 1, 1), **more)
            return services.add_link(dilys, body=self.board, new=new)

    def met(self, day, *items, body=None, state="received"):
        """Put minutes on record; returns their meeting."""
        with self.cast.acting("dilys") as dilys:
            wanted = NewMeeting(body or self.board, day, state, items=items)
            meeting, _ = meetings.record(dilys, minutes=wanted)
        return meeting

    def plans(self, day, body=None):
        with self.cast.acting("dilys") as dilys:
            return meetings.plan(dilys, body=body or self.board, held_on=day)

    def gives(self, link, meeting, kind="nil", who="tobias", token=None, **more):
        with self.cast.acting(who) as actor:
            if token is None:
                before = queries.standing_returns(actor).filter(meeting=meeting, link=link).first()
                token = before.key if before else ""
            return services.give(actor, meeting=meeting, link=link, token=token, kind=kind, **more)

    def line(self, who="tobias"):
        with self.cast.acting(who) as actor:
            [line] = queries.lines_of(actor, self.board)
            return line

    def decides(self, text="that the area board be asked", body=None, day=MAY):
        with self.cast.acting("dilys") as dilys:
            decision = NewDecision("agreed", text, [NewLimb("agreed", text)])
            item = NewItem("1", "Patrols", "Members spoke.", decisions=[decision])
            _, [made] = meetings.record(
                dilys, minutes=NewMeeting(body or self.board, day, "received", items=[item])
            )
            return made.decisions.select_related("item__meeting", "body").get()

    def refers(self, decision=None, question="Who pays for the lamps?", **more):
        more = more or {"due_on": today() + datetime.timedelta(days=30)}
        with self.cast.acting("dilys") as dilys:
            return services.refer(
                dilys,
                decision=decision or self.decides(),
                body=self.area,
                question=question,
                **more,
            )


@pytest.fixture
def reports(cast):
    return Reports(cast)
