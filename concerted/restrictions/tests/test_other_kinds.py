"""Papers, appendices, actions and meetings that are closed or hidden."""

import datetime

import pytest

from concerted.actions.models import Action, Owner, Update
from concerted.actions.public import say
from concerted.documents import services as documents
from concerted.documents.models import Document
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.meetings import services as meetings
from concerted.meetings.models import Item, Meeting
from concerted.meetings.services import NewItem, NewMeeting
from concerted.papers import services as papers
from concerted.papers.models import Appendix, Paper
from concerted.papers.services import (
    NewAppendix,
    NewPaper,
    NewParagraph,
    NewPresentation,
    NewRecommendation,
)
from concerted.restrictions.states import Level, Tier
from concerted.restrictions.tests.conftest import DAY, text_of
from concerted.restrictions.tests.test_items import shown
from tests.databases import unguarded

pytestmark = pytest.mark.django_db
SOON = today() + datetime.timedelta(days=20)
WORDS = ("Burglary paper", "buy cameras", "Cameras cost", "Costs of cameras", "burglary.docx")


@pytest.fixture
def paper(cast):
    """A paper of the police to the board, with an appendix of two."""
    board = cast.bodies["board"]
    with cast.acting("dilys") as dilys:
        version = documents.receive(dilys, data=b"the paper", name="burglary.docx")
        made = papers.accept(
            dilys,
            new=NewPaper(
                body=board,
                title="Burglary paper",
                version=version,
                dated_on=DAY,
                organisation=cast.organisations["police"],
                recommendations=[NewRecommendation("1", "That the board buy cameras")],
                paragraphs=[NewParagraph("1.1", "Costs", "Cameras cost money.")],
                appendices=[NewAppendix("A", "Map"), NewAppendix("B", "Costs of cameras")],
                presentations=[NewPresentation("Safer Marlbeck Board", board, SOON)],
            ),
        )
        documents.hand_to(dilys, version=version, audience_id=board.office_audience_id)
    return made


@pytest.fixture
def planned(cast):
    """A meeting to come, with an agenda of three items."""
    with cast.acting("dilys") as dilys:
        return meetings.plan(
            dilys,
            body=cast.bodies["board"],
            held_on=SOON,
            items=[NewItem(str(n), f"Agenda {n}", "") for n in (1, 2, 3)],
        )


def item_of(cast, meeting, title):
    with cast.acting("dilys"):
        return meeting.items.get(title=title)


def taken(client, address):
    """Whether a file is handed out, taken to its end."""
    response = client.get(address)
    if response.streaming:
        b"".join(response)  # the test client closes it at its end
    return response.status_code == 200


# Papers


def test_a_closed_paper_is_one_line_that_says_why(restrict, paper, signed_in):
    restrict(paper, kind="paper")
    tobias = signed_in("tobias")

    page = text_of(tobias, "/papers/")

    assert "Closed paper" in page
    assert "preventing, investigating or prosecuting crime" in page
    assert [word for word in WORDS if word in page] == []
    assert tobias.get(paper.get_absolute_url()).status_code == 404


def test_a_paper_takes_its_children_and_marking_along(restrict, paper, cast, signed_in):
    made = restrict(paper, kind="paper")

    with cast.acting("dilys"):
        paper.refresh_from_db()
        children = (
            paper.recommendations,
            paper.paragraphs,
            paper.appendices,
            paper.presentations,
        )
        audiences = {pk for rows in children for pk in rows.values_list("audience_id", flat=True)}
    assert audiences == {paper.audience_id} == {made.seen_by_id}
    assert (paper.tier, paper.review_on) == (Tier.SENSITIVE, made.review_on)
    assert "Cameras cost" in text_of(signed_in("gareth"), paper.get_absolute_url())


@pytest.mark.slow
def test_its_file_is_for_those_of_the_office_who_see_the_paper(restrict, paper, cast, signed_in):
    file = paper.version.get_absolute_url()
    assert taken(signed_in("maud"), file)

    restrict(paper, kind="paper")

    assert taken(signed_in("dilys"), file)
    assert not taken(signed_in("maud"), file)
    assert not taken(signed_in("gareth"), file)
    restrict(paper, kind="paper", who="gareth", level=Level.OPEN, tier=Tier.OFFICIAL)
    with cast.acting("maud"):
        assert Document.objects.get(versions=paper.version).needs == []
    assert taken(signed_in("maud"), file)


def test_a_hidden_paper_leaves_the_same_bytes(restrict, paper, cast, signed_in):
    restrict(paper, kind="paper", level=Level.HIDDEN)
    tobias = signed_in("tobias")
    with_it = text_of(tobias, "/papers/")

    with cast.acting("dilys"), unguarded():
        Paper.objects.filter(pk=paper.pk).delete()

    assert text_of(tobias, "/papers/") == with_it


def test_a_paper_belongs_to_whose_it_is(restrict, paper, cast):
    with pytest.raises(NotAllowed, match="This belongs to Wyleshire Police"):
        restrict(
            paper,
            "Marlbeck Borough Council",
            kind="paper",
            owner=cast.organisations["council"],
        )


def test_the_police_close_their_own_paper_themselves(restrict, paper, signed_in):
    restrict(paper, "Wyleshire Police", kind="paper", who="gareth")

    assert signed_in("dilys").get(paper.get_absolute_url()).status_code == 404
    assert signed_in("gareth").get(paper.get_absolute_url()).status_code == 200


def test_a_closed_appendix_keeps_its_letter_alone(restrict, paper, cast, signed_in):
    with cast.acting("dilys"):
        appendix = paper.appendices.get(ref="B")
    restrict(appendix, kind="appendix")

    page = text_of(signed_in("tobias"), paper.get_absolute_url())

    assert "Closed appendix" in page
    assert "Costs of cameras" not in page
    assert "Map" in page
    assert "Costs of cameras" in text_of(signed_in("gareth"), paper.get_absolute_url())
    with pytest.raises(NotAllowed, match="would leave a gap"):
        restrict(appendix, kind="appendix", who="gareth", level=Level.HIDDEN)


@pytest.mark.slow
def test_an_appendix_that_is_closed_stays_so_when_its_paper_opens(restrict, paper, cast, signed_in):
    with cast.acting("dilys"):
        appendix = paper.appendices.get(ref="B")
    restrict(appendix, kind="appendix")
    restrict(paper, kind="paper")
    restrict(paper, kind="paper", who="gareth", level=Level.OPEN)

    page = text_of(signed_in("tobias"), paper.get_absolute_url())

    assert "Closed appendix" in page
    assert "Costs of cameras" not in page
    with cast.acting("tobias"):
        assert not Appendix.objects.filter(pk=appendix.pk).exists()


# Actions


@pytest.mark.slow
def test_a_closed_action_takes_its_owners_and_updates_along(
    restrict, meeting, item, cast, signed_in
):
    with cast.acting("dilys") as dilys:
        action = Action.objects.get(source_id=item.pk)
        say(dilys, action=action, said="note", note="Depot watched")
    made = restrict(action, kind="action")

    with cast.acting("dilys"):
        rows = (Owner.objects.filter(action=action), Update.objects.filter(action=action))
        assert {one.audience_id for each in rows for one in each} == {made.seen_by_id}
    tobias = signed_in("tobias")
    for address in ("/", "/actions/bodies/", "/actions/all/", meeting.get_absolute_url()):
        assert shown(tobias, address, ["Watch the depot", "Depot watched"]) == []
    assert "Closed action" in text_of(tobias, "/actions/all/")
    assert tobias.get(action.get_absolute_url()).status_code == 404


# Meetings


@pytest.mark.slow
def test_a_closed_meeting_takes_everything_along(restrict, meeting, cast, signed_in):
    restrict(meeting, kind="meeting")
    tobias = signed_in("tobias")

    assert tobias.get(meeting.get_absolute_url()).status_code == 404
    assert "Closed meeting" in text_of(tobias, "/meetings/")
    for address in ("/", "/meetings/", "/meetings/decisions/", "/actions/all/"):
        assert shown(tobias, address) == [], address
    with cast.acting("tobias"):
        assert not Item.objects.filter(meeting=meeting).exists()
    assert "Burglary" in text_of(signed_in("gareth"), meeting.get_absolute_url())


@pytest.mark.slow
def test_a_hidden_meeting_leaves_the_same_bytes_and_leads_nowhere(
    restrict, planned, paper, cast, signed_in
):
    restrict(planned, kind="meeting", level=Level.HIDDEN)
    tobias = signed_in("tobias")
    addresses = ["/", "/meetings/", paper.get_absolute_url()]
    with_it = [text_of(tobias, address) for address in addresses]
    assert planned.key not in "".join(with_it)

    with cast.acting("dilys"):
        Meeting.objects.filter(pk=planned.pk).delete()

    assert [text_of(tobias, address) for address in addresses] == with_it


def test_a_day_with_a_hidden_meeting_can_be_planned_by_who_does_not_know(restrict, planned, cast):
    restrict(planned, kind="meeting", level=Level.HIDDEN)

    with cast.acting("maud") as maud:
        other = meetings.plan(maud, body=cast.bodies["board"], held_on=SOON)

    assert other.pk != planned.pk


def test_a_meeting_that_took_place_is_closed_not_hidden(restrict, meeting):
    with pytest.raises(NotAllowed, match="took place"):
        restrict(meeting, kind="meeting", level=Level.HIDDEN)


# From the agenda to the minutes


def minutes(cast, *refs):
    return NewMeeting(
        body=cast.bodies["board"],
        held_on=SOON,
        state="draft",
        items=[NewItem(ref, f"Minute {ref}", f"Said of {ref}.") for ref in refs],
    )


def test_what_was_closed_on_the_agenda_stays_closed_in_the_minutes(
    restrict, planned, cast, signed_in
):
    restrict(item_of(cast, planned, "Agenda 2"))
    with cast.acting("dilys") as dilys:
        meetings.record(dilys, minutes=minutes(cast, "1", "2", "3"))

    page = text_of(signed_in("tobias"), planned.get_absolute_url())

    assert "2. Closed item" in page
    assert "Said of 2" not in page
    assert "Said of 3" in page
    assert "Said of 2" in text_of(signed_in("gareth"), planned.get_absolute_url())


def test_who_is_not_on_its_audience_cannot_open_it_with_minutes(restrict, planned, cast):
    restrict(item_of(cast, planned, "Agenda 2"))

    with (
        cast.acting("maud") as maud,
        pytest.raises(NotAllowed, match="Item 2 of this meeting is closed"),
    ):
        meetings.record(maud, minutes=minutes(cast, "1", "2"))


def test_minutes_over_a_hidden_item_tell_nothing_of_it(restrict, planned, cast, signed_in):
    restrict(item_of(cast, planned, "Agenda 3"), level=Level.HIDDEN)

    with cast.acting("maud") as maud:
        meetings.record(maud, minutes=minutes(cast, "1", "2", "3"))

    assert "C1. Agenda 3" in text_of(signed_in("gareth"), planned.get_absolute_url())
    assert "Agenda 3" not in text_of(signed_in("tobias"), planned.get_absolute_url())


@pytest.mark.slow
def test_minutes_of_a_closed_meeting_stay_with_its_audience(restrict, planned, cast, signed_in):
    restrict(planned, kind="meeting")
    with cast.acting("dilys") as dilys:
        meetings.record(dilys, minutes=minutes(cast, "1", "2", "3"))

    assert signed_in("tobias").get(planned.get_absolute_url()).status_code == 404
    assert "Said of 2" in text_of(signed_in("gareth"), planned.get_absolute_url())
