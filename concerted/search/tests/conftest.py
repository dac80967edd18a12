"""Business of the board that can be found, and looking for it as one of the cast."""

import datetime
import re

import pytest
from django.db import connection

from concerted.actions import services as actions
from concerted.actions.public import Owners, Source, agree
from concerted.documents.public import receive
from concerted.kernel.clock import today
from concerted.meetings import services as meetings
from concerted.meetings.services import NewDecision, NewItem, NewLimb, NewMeeting
from concerted.papers import services as papers
from concerted.people.public import everything_open
from concerted.restrictions.tests.conftest import restrict, wanted  # noqa: F401 - fixtures
from concerted.search import asking, queries
from concerted.search.models import Row

COLUMNS = [
    field.attname
    for field in Row._meta.concrete_fields
    if field.attname not in ("id", "source_id", "root_id", "circle_id", "found_by")
]


@pytest.fixture
def recorded(cast):
    """Put minutes on record: the meeting and its items."""

    def record(*items, body="board", held_on=datetime.date(2026, 6, 16), who="dilys"):
        with cast.acting(who) as actor:
            return meetings.record(
                actor,
                minutes=NewMeeting(
                    body=cast.bodies[body],
                    held_on=held_on,
                    state="received",
                    venue="Guildhall",
                    items=list(items),
                ),
            )

    return record


@pytest.fixture
def board(cast, recorded):
    """One of each kind: minutes with words withheld, a decision, an action and a paper."""
    meeting, [item, _] = recorded(
        NewItem(
            "12/09",
            "Burglary briefing",
            "The commander spoke of quad bikes.\n\nA cordon stands at Millrace. [withheld 1]",
            decisions=[
                NewDecision(
                    "agreed",
                    "That the lighting be mended",
                    [
                        NewLimb("approved", "that Officer O’Brien’s bid go in", "a"),
                        NewLimb("agreed", "that drugs/alcohol be looked at, see 2(a)", "b"),
                    ],
                )
            ],
            withheld=["The lodger telephoned."],
        ),
        NewItem("13", "Any other business", "The café opens again. Nothing on budgets."),
    )
    with cast.acting("dilys") as dilys:
        action = agree(
            dilys,
            body=cast.bodies["board"],
            text="Watch the depot",
            agreed_on=meeting.held_on,
            due=today() - datetime.timedelta(days=1),
            source=Source("meetings.item", item.pk, meeting.key, "Minute 12/09", "meetings:detail"),
            owners=Owners(people=[cast.people["tobias"]]),
        )
        paper = papers.accept(
            dilys,
            new=papers.NewPaper(
                body=cast.bodies["board"],
                title="Night-time economy",
                version=receive(dilys, data=b"a report", name="report.txt"),
                dated_on=datetime.date(2026, 5, 1),
                summary="Taxis at the rank.",
                recommendations=[papers.NewRecommendation("1", "To fund marshals", [("a", "now")])],
                paragraphs=[papers.NewParagraph("4.1", "Background", "Footfall fell in winter.")],
                appendices=[papers.NewAppendix("A", "Heat map of venues")],
            ),
        )
    with cast.acting("tobias") as tobias:
        actions.say(tobias, action=action, said="note", note="Padlocks were fitted.")
    return {"meeting": meeting, "item": item, "action": action, "paper": paper}


@pytest.fixture
def titles(cast):
    """What one of the cast finds for what they type, as (kind, title) in order."""

    def look(who, text):
        with cast.acting(who) as actor:
            found = queries.look(actor, asking.read(text))
            return [(one.kind, one.title) for one in queries.shown(actor, found.ids)]

    return look


@pytest.fixture
def finds(titles):
    """Which kinds one of the cast finds for what they type."""
    return lambda who, text: {kind for kind, _ in titles(who, text)}


def index():
    """Every row of the index with all that it says, and its words as they are found."""
    with everything_open():
        return sorted(
            map(str, Row.objects.values_list(*COLUMNS, "source_id", "root_id", "circle__audiences"))
        )


def made_from():
    """What the index should say, straight from what it is made from."""
    with (
        everything_open(),
        connection.cursor() as cursor,
    ):
        rows = []
        for root, table in (
            ("meeting", "meetings_meeting"),
            ("item", "meetings_item"),
            ("paper", "papers_paper"),
            ("action", "actions_action"),
        ):
            names = ", ".join([*COLUMNS, "source_id", "root_id", "audiences"])
            cursor.execute(
                f"SELECT {names} FROM search_source(%s, array(SELECT id FROM {table}))", [root]
            )
            rows += cursor.fetchall()
        return sorted(map(str, rows))


def results(response):
    """The titles of the results on a page, without the marks in them."""
    return [
        re.sub(r"<[^>]+>", "", one).strip()
        for one in re.findall(r'<li class="app-result"><h3[^>]*>(.*?)</h3>', response.text, re.S)
    ]
