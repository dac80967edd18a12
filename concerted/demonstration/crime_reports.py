"""Two crime reports of the board: one that its members read, and one that the police are to clear.

Their words are those that the figures give.
"""

from collections.abc import Mapping

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.crime.lake.months import Month, later, month_of, rolling
from concerted.crime.lake.named import districts
from concerted.crime.opened import lake, residents
from concerted.crime.summary import summary
from concerted.crime_reports.computing import computed
from concerted.crime_reports.public import (
    Report,
    ask_to_clear,
    clear,
    issue,
    prepare,
    visible_to,
)
from concerted.crime_reports.tasks import make
from concerted.people.public import Body, Organisation, acting_as


def report_crime(accounts: Mapping[str, Account], board: Body, police: Organisation) -> None:
    """The analyst prepares both; the vice-chair, of the police, clears one, to be issued.

    Figures must lie in the lake.
    """
    asking = lake()
    asking.refresh()
    newest = max(month_of(month) for there in asking.months("street").values() for month in there)
    issued = _prepared(accounts, board, police, later(newest, -1))
    with acting_as(accounts["priti"]) as priti:
        ask_to_clear(priti, report=_again(priti, issued))
    with acting_as(accounts["gareth"]) as gareth:
        clear(gareth, report=_again(gareth, issued))
    make(issued.key, accounts["gareth"].pk)
    with acting_as(accounts["dilys"]) as dilys:
        issue(dilys, report=_again(dilys, issued))
    waits = _prepared(accounts, board, police, newest)
    with acting_as(accounts["priti"]) as priti:
        ask_to_clear(priti, report=_again(priti, waits))


def _prepared(
    accounts: Mapping[str, Account], board: Body, police: Organisation, to: Month
) -> Report:
    where = next(one for one in districts(lake()) if one.name == "Marlbeck")
    found = summary(lake(), where, rolling(to), 1, residents=residents())
    with acting_as(accounts["priti"]) as priti:
        return prepare(
            priti,
            body=board,
            owner=police,
            title=f"Recorded crime and disorder in Marlbeck, to {to:%B %Y}",
            new=computed(found),
        )


def _again(actor: Actor, report: Report) -> Report:
    return visible_to(actor).get(key=report.key)
