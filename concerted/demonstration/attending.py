"""Who comes to the next meeting of the board: most have answered, and Probation cannot come."""

from concerted.attending.public import Said, expected, reply, set_rule
from concerted.demonstration.days import Calendar
from concerted.demonstration.partnership import Made
from concerted.meetings.public import visible_to
from concerted.people.public import acting_as

# Every so many seats one has not answered yet.
SILENT = 4


def say_who_comes(made: Made, calendar: Calendar) -> int:
    """The secretary puts the quorum on record and notes what was answered; returns how many."""
    with acting_as(made.accounts["dilys"]) as dilys:
        board = made.bodies["board"]
        police, probation = made.organisations["police"], made.organisations["probation"]
        set_rule(
            dilys,
            body=board,
            starts=calendar.meeting("board", -1),
            members=board.quorum or 0,
            agencies=[[police], [probation]],
        )
        meeting = visible_to(dilys).get(body=board, held_on=calendar.meeting("board", 1))
        noted = 0
        for place, line in enumerate(expected(dilys, meeting), start=1):
            cannot = line.seat.holder_id == probation.pk
            if not cannot and place % SILENT == 0:
                continue
            said = Said("apologies" if cannot else "coming")
            reply(dilys, meeting=meeting, seat_key=line.seat.key, said=said)
            noted += 1
    return noted
