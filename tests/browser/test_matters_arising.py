"""A minute is raised, the agenda goes out with what is open, an action is updated afterwards."""

import datetime
from pathlib import Path

import pytest

from concerted.actions import public as actions
from concerted.agendas import public as agendas
from concerted.kernel.clock import today
from concerted.meetings import public as meetings
from concerted.reports_back import public as reports
from tests.browser import texts

pytestmark = pytest.mark.browser
EARLIER = today() - datetime.timedelta(days=6)
COMING = today() + datetime.timedelta(days=9)
PICTURES = Path("var/pictures")


@pytest.fixture(scope="module")
def coming(town):
    """An earlier meeting on record with an action, one to come, and a body that reports to it."""
    cast = town.cast
    board = cast.bodies["board"]

    def prepares(dilys):
        lamps = meetings.NewItem("2", "Lamps in Quay Street", "Out.", sub_items=[("a", "Posts")])
        minutes = meetings.NewMeeting(board, EARLIER, "subject", items=[lamps])
        meetings.record(dilys, minutes=minutes)
        meetings.plan(dilys, body=board, held_on=COMING)
        actions.agree(
            dilys,
            body=board,
            text="Count the lamps that are out",
            agreed_on=EARLIER,
            due=today() + datetime.timedelta(days=3),
            owners=actions.Owners(organisations=[cast.organisations["probation"]]),
        )
        new = reports.NewLink(
            cast.bodies["area"], EARLIER, organisation=cast.organisations["probation"]
        )
        reports.add_link(dilys, body=board, new=new)

    town.does("dilys", prepares)
    return town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", COMING)


def _goes_out(town):
    def begins(dilys):
        meeting = meetings.visible_to(dilys).get(held_on=COMING)
        for kind in ("matters_arising", "reports_back"):
            issue = agendas.draft_of(dilys, meeting) or agendas.begin(
                dilys, meeting=meeting, from_last=False
            )
            entry = agendas.Entry(kind.replace("_", " ").capitalize(), kind=kind)
            agendas.add(dilys, issue=issue, token=str(issue.version), entry=entry)

    def approves(rowena):
        meeting = meetings.visible_to(rowena).get(held_on=COMING)
        agendas.approve(rowena, meeting=meeting, token="3")

    def publishes(dilys):
        issue = agendas.draft_of(dilys, meetings.visible_to(dilys).get(held_on=COMING))
        agendas.publish(dilys, issue=issue, token="3")

    town.does("dilys", begins)
    town.does("rowena", approves)
    town.does("dilys", publishes)


def test_what_the_pack_said_of_an_action_stays_when_the_action_moves_on(somebody, town, coming):
    tobias = somebody("tobias", width=320, script=False)
    tobias.goes_to(f"/reports-back/meetings/{coming}/")
    tobias.sees("Nothing said yet")
    tobias.follows("Enter what it reports")
    tobias.page.get_by_label("Nil return").check()
    tobias.presses("Save")
    tobias.sees("of which 1 nil return.")

    dilys = somebody("dilys")
    dilys.goes_to(f"/matters-arising/{coming}/")
    dilys.presses("Raise an earlier minute")
    dilys.has_nothing_against_it()
    dilys.page.get_by_label("Which earlier minute?").fill("2(a)")
    dilys.presses("Look for it")
    dilys.page.get_by_label("Lamps in Quay Street").check()
    dilys.page.get_by_label("Why is it raised?").fill("Still dark.")
    dilys.has_nothing_against_it()
    dilys.presses("Raise it")
    dilys.sees(f"Minute 2 of {texts.written(EARLIER)}, Lamps in Quay Street")

    _goes_out(town)
    tobias.goes_to(f"/agendas/{coming}/")
    tobias.sees(f"minute 2 of {texts.written(EARLIER)}, Lamps in Quay Street. Still dark.")
    tobias.sees("Nil return.")

    def says(actor):
        action = actions.visible_to(actor).get(text="Count the lamps that are out")
        actions.say(actor, action=action, said="on_track", note="Half are counted")

    town.does("tobias", says)
    tobias.follows("What earlier meetings left open, and what changed since the last one")
    tobias.sees("Fixed when the agenda was published, and not altered since.")
    assert "Half are counted" not in tobias.page.content()
    tobias.follows("See how it stands now")
    tobias.sees("Half are counted")

    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in (1280, 320):
        looks = somebody("dilys", width=width)
        for name, page in (
            ("matters", f"/matters-arising/{coming}/"),
            ("reports", f"/reports-back/meetings/{coming}/"),
            ("body", f"/reports-back/{town.cast.bodies['board'].key}/"),
        ):
            looks.goes_to(page)
            looks.has_nothing_against_it()
            looks.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
