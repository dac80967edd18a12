"""What people did with the actions: answered, re-dated, said done, accepted, withdrawn."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.actions import public as actions
from concerted.actions.public import Action, Owners, Said, agree
from concerted.demonstration.days import Calendar
from concerted.demonstration.partnership import Made
from concerted.kernel.clock import as_of, now
from concerted.people.public import acting_as

Does = Callable[[Actor, Action], object]


@dataclass(frozen=True, slots=True)
class Step:
    """Somebody does something with the action whose text begins so, some days ago."""

    who: str
    begins: str
    does: Does
    ago: int = 1


def says(said: Said, note: str = "") -> Does:
    return lambda actor, action: actions.say(actor, action=action, said=said, note=note)


def accepts(note: str = "") -> Does:
    return lambda actor, action: actions.accept(actor, action=action, note=note)


def withdraws(reason: str) -> Does:
    return lambda actor, action: actions.withdraw(actor, action=action, reason=reason)


def not_yet(note: str) -> Does:
    return lambda actor, action: actions.not_accept(actor, action=action, note=note)


def live(made: Made, calendar: Calendar) -> int:
    """Let everybody do their part, in order; returns how many things they did."""
    _by_hand(made, calendar)
    steps = _steps(made, calendar)
    for place, step in enumerate(steps):
        # Minutes apart, so that each of one day still has its place.
        ago = datetime.timedelta(days=step.ago, minutes=13 * (len(steps) - place))
        with as_of(now() - ago), acting_as(made.accounts[step.who]) as actor:
            action = actions.visible_to(actor).get(text__startswith=step.begins)
            step.does(actor, action)
    return len(steps)


def _by_hand(made: Made, calendar: Calendar) -> None:
    """Two actions that no minutes hold, added by the secretary."""
    board = made.bodies["board"]
    with acting_as(made.accounts["dilys"]) as dilys:
        agree(
            dilys,
            body=board,
            text="Agree one contact each for shop theft cases",
            agreed_on=calendar.meeting("board", -1),
            due=calendar.due(11),
            owners=Owners(
                people=[made.people["tobias"]], organisations=[made.organisations["homes"]]
            ),
        )
        agree(
            dilys,
            body=board,
            text="Bring the licence map to the chair’s briefing",
            agreed_on=calendar.meeting("board", -1),
            due=calendar.due(6),
            owners=Owners(posts=[made.posts["licensing"]], people=[made.people["rowena"]]),
        )


def _steps(made: Made, calendar: Calendar) -> list[Step]:
    def redates(by: int, reason: str) -> Does:
        due = calendar.due(by)
        return lambda actor, action: actions.redate(actor, action=action, due=due, reason=reason)

    def answers(organisation: str, note: str = "") -> Does:
        """An answer for an organisation; without words, a nil return."""
        return lambda actor, action: actions.answer(
            actor,
            action=action,
            organisation=made.organisations[organisation],
            note=note,
            nil=not note,
        )

    lighting, returns = "Survey the lighting", "Send the first depersonalised"
    licences, roles = "Send views on the six", "Confirm in writing"
    return [
        # Asked of every organisation: some answered, some with nothing to say.
        Step("rowena", roles, answers("council", "The chair, the secretary and the analyst."), 60),
        Step("gareth", roles, answers("police", "Neighbourhood teams and recorded crime."), 58),
        Step("tobias", roles, answers("probation", "Unpaid work and reoffending figures."), 55),
        Step("sunita", roles, answers("fire", "Home visits and counts of fires set."), 52),
        Step("noor", roles, answers("youth", "Work with young people in trouble."), 50),
        Step("callum", roles, answers("homes", "Wardens, lettings and tenancy action."), 44),
        Step("bernard", roles, answers("watch", "48 street coordinators."), 41),
        Step("sunita", licences, answers("fire", "Two of the six have no second way out."), 20),
        Step("gareth", licences, answers("police", "We oppose the two nearest the station."), 19),
        Step("noor", licences, answers("youth"), 12),
        # Two new dates, and late again: three slips. Two new dates, and a third to come.
        Step("rowena", lighting, redates(-70, "The survey was done; parts are on order."), 90),
        Step("rowena", lighting, redates(-8, "The lamps came with the wrong brackets."), 75),
        Step("femi", returns, redates(-120, "The form is with our information team."), 190),
        Step("femi", returns, redates(-60, "A new officer has taken this over."), 125),
        Step("femi", returns, redates(15, "The two hospitals count by different hours."), 62),
        Step("femi", returns, says(Said.LATE, "One hospital will be ready before the other."), 6),
        # Said to be done: two were accepted, one was not, one waits.
        Step("tobias", "Check the list of posts", says(Said.DONE, "Two posts had changed."), 30),
        Step("rowena", "Check the list of posts", accepts("Thank you."), 28),
        Step(
            "dilys",
            "Write one page for officers",
            says(Said.NOTE, "A draft is with the group."),
            26,
        ),
        Step("noor", "Write one page for officers", says(Said.DONE), 16),
        Step("gareth", "Write one page for officers", accepts(), 14),
        Step("callum", "Say whether two flats", says(Said.DONE, "One flat can be held."), 2),
        Step("dilys", "Say whether two flats", not_yet("The group asked about two."), 1),
        # On track, and going to be late.
        Step("dilys", "Count reports from the parade", says(Said.ON_TRACK), 9),
        Step("dilys", "Look at the gate", says(Said.NOTE, "The yard’s owner agreed."), 8),
        Step("gareth", "Invite the governor", says(Said.ON_TRACK, "The letter has gone."), 8),
        Step("gareth", "Bring the first quarterly", says(Said.ON_TRACK), 10),
        Step("femi", "Send the two missing months", says(Said.LATE, "One month is here."), 5),
        # No longer wanted.
        Step(
            "dilys",
            "Speak on recovery",
            withdraws("The public meeting hears the recovery service in the spring instead."),
        ),
        # The newest, which the home page shows.
        Step("noor", "Ask young people at Mill Bank", says(Said.STILL, "31 of 40 were asked.")),
        Step(
            "tobias",
            "Offer places on unpaid work",
            says(Said.STILL, "Waiting for the council’s risk assessment."),
        ),
        Step("bernard", licences, answers("watch")),
        Step("callum", licences, answers("homes", "Tenants above the market ask for 1am.")),
        Step("tobias", "Agree one contact each", says(Said.ON_TRACK)),
        Step("priti", "Add a table for each ward", says(Said.ON_TRACK, "Four of nine are ready.")),
        Step("callum", "Give safety advice", redates(13, "The leaflet is at the printer.")),
        Step(
            "sunita", "Make the remaining 14 visits", says(Said.DONE, "All 40 flats were visited.")
        ),
    ]
