"""The chair prepares: reads the brief on a telephone, writes a prompt, finds it again on paper."""

import datetime
from pathlib import Path

import pytest

from concerted.actions import public as actions
from concerted.agendas import public as agendas
from concerted.kernel.clock import today
from concerted.meetings import public as meetings
from concerted.reports_back import public as reports

pytestmark = pytest.mark.browser
COMING = today() + datetime.timedelta(days=23)
PICTURES = Path("var/pictures")


@pytest.fixture(scope="module")
def coming(town):
    """A meeting with a drafted agenda, an action that slipped and a report that is expected."""
    cast = town.cast
    board, probation = cast.bodies["board"], cast.organisations["probation"]

    def prepares(dilys):
        meeting = meetings.plan(
            dilys, body=board, held_on=COMING, starts_at=datetime.time(14), venue="Town Hall"
        )
        issue = agendas.begin(dilys, meeting=meeting, from_last=False)
        for number, entry in enumerate(
            (
                agendas.Entry("Matters arising", kind="matters_arising", minutes_allowed=15),
                agendas.Entry("Knife crime", kind="decision", minutes_allowed=20),
                agendas.Entry("Reports back", kind="reports_back", minutes_allowed=10),
            ),
            start=1,
        ):
            agendas.add(dilys, issue=issue, token=str(number), entry=entry)
        actions.agree(
            dilys,
            body=board,
            text="Count the knives handed in",
            agreed_on=today() - datetime.timedelta(days=90),
            due=today() - datetime.timedelta(days=10),
            owners=actions.Owners(organisations=[probation]),
        )
        link = reports.NewLink(cast.bodies["area"], today(), organisation=probation)
        reports.add_link(dilys, body=board, new=link)

    town.does("dilys", prepares)
    return town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", COMING)


def test_the_chair_prepares_on_a_telephone_without_script(somebody, coming):
    rowena = somebody("rowena", width=320, script=False)
    rowena.goes_to(f"/meetings/{coming}/")
    rowena.follows("Chair’s brief")
    rowena.sees("Count the knives handed in")
    rowena.sees("nothing said yet")
    rowena.follows("Write a prompt for item 2")
    rowena.has_nothing_against_it()
    rowena.page.get_by_label("What should the chair remember").fill("Ask who pays after June.")
    rowena.presses("Keep it")
    rowena.sees("Ask who pays after June.")

    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in (1280, 320):
        dilys = somebody("dilys", width=width)
        dilys.goes_to(f"/briefs/{coming}/")
        dilys.sees("Prompt by Rowena Thackley")
        dilys.has_nothing_against_it()
        dilys.page.screenshot(path=PICTURES / f"brief-{width}.png", full_page=True)
        dilys.goes_to(f"/meetings/{coming}/")
        dilys.sees("What you can do now")
        dilys.has_nothing_against_it()
        dilys.page.screenshot(path=PICTURES / f"meeting-office-{width}.png", full_page=True)
    dilys.goes_to(f"/briefs/{coming}/")
    dilys.page.emulate_media(media="print")
    assert not dilys.page.get_by_role("link", name="Write a prompt for item 2").is_visible()
    assert dilys.page.get_by_text("Ask who pays after June.").first.is_visible()
