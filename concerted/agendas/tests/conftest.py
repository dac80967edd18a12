"""A meeting to come and the agenda that is drafted for it, for the stories of this package."""

import datetime

import pytest

from concerted.agendas import queries, services
from concerted.agendas.services import Entry
from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting


@pytest.fixture
def planned(cast):
    """Plan a meeting some days ahead, at two o’clock."""

    def plan(body="board", ahead=30, **more):
        with cast.acting("dilys") as dilys:
            return meetings.plan(
                dilys,
                body=cast.bodies[body],
                held_on=today() + datetime.timedelta(days=ahead),
                starts_at=datetime.time(14),
                **more,
            )

    return plan


class Agenda:
    """The agenda of one meeting, with the steps of those who make it."""

    def __init__(self, cast, meeting):
        self.cast, self.pk = cast, meeting.pk

    def at(self, actor):
        return Meeting.objects.select_related("body").get(pk=self.pk)

    def draft(self, actor):
        return queries.draft_of(actor, self.at(actor))

    def begins(self, *titles, who="dilys", from_last=False):
        with self.cast.acting(who) as actor:
            services.begin(actor, meeting=self.at(actor), from_last=from_last)
        for title in titles:
            self.adds(title)
        return self

    def adds(self, title, who="dilys", **more):
        return self.does(services.add, who=who, entry=Entry(title=title, **more))

    def does(self, service, who="dilys", token=None, title=None, **more):
        """One step on the draft as it is now, or as `token` says; `title` names the item."""
        with self.cast.acting(who) as actor:
            issue = self.draft(actor)
            if title:
                more["key"] = self.at(actor).items.get(title=title).key
            return service(actor, issue=issue, token=token or str(issue.version), **more)

    def approved(self, who="rowena"):
        with self.cast.acting("dilys") as dilys:
            token = str(self.draft(dilys).version)
        with self.cast.acting(who) as actor:
            services.approve(actor, meeting=self.at(actor), token=token)
        return self

    def published(self):
        self.approved()
        self.does(services.publish)
        return self

    def titles(self, who="dilys"):
        """Numbers and titles as they are stored, in order, as far as somebody may see them."""
        with self.cast.acting(who) as actor:
            items = self.at(actor).items.order_by("position", "id")
            return [f"{one.ref} {one.title}".strip() for one in items]


@pytest.fixture
def agenda(cast, planned):
    return Agenda(cast, planned())
