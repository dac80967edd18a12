"""A meeting to come of the board, for the stories of this package."""

import datetime

import pytest

from concerted.attending import services
from concerted.attending.services import Said
from concerted.kernel.clock import as_of, today
from concerted.meetings import services as meetings
from concerted.meetings.models import Meeting

NOW = datetime.datetime(2027, 2, 1, 9, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with as_of(NOW):
        yield


@pytest.fixture
def planned(cast):
    """Plan a meeting some days ahead, at two o’clock."""

    def plan(body="board", ahead=30, at=datetime.time(14), who="dilys", **more):
        with cast.acting(who) as actor:
            return meetings.plan(
                actor,
                body=cast.bodies[body],
                held_on=today() + datetime.timedelta(days=ahead),
                starts_at=at,
                **more,
            )

    return plan


@pytest.fixture
def meeting(planned):
    return planned()


@pytest.fixture
def answers(cast):
    """Somebody answers for a seat of the cast."""

    def answer(meeting, who, said, seat=None, **more):
        with cast.acting(who) as actor:
            there = Meeting.objects.select_related("body").get(pk=meeting.pk)
            return services.reply(
                actor,
                meeting=there,
                seat_key=cast.seats[seat or who].key,
                said=Said(said, **more),
            )

    return answer


@pytest.fixture
def rule(cast):
    """The board needs so many members, and these organisations."""

    def sets(members=0, *agencies, body="board", **more):
        with cast.acting("dilys") as dilys:
            return services.set_rule(
                dilys,
                body=cast.bodies[body],
                starts=more.pop("starts", today()),
                members=members,
                agencies=[
                    [cast.organisations[name] for name in group.split()] for group in agencies
                ],
                **more,
            )

    return sets
