"""A pack is built on its page, read at 320 px without script, and found by the page called out."""

import datetime
import io
from pathlib import Path

import pypdfium2
import pytest

from concerted.agendas import public as agendas
from concerted.documents import public as documents
from concerted.kernel.clock import today
from concerted.meetings import public as meetings
from concerted.papers import public as papers

pytestmark = pytest.mark.browser
COMING = today() + datetime.timedelta(days=26)
PICTURES = Path("var/pictures")
SAID = "Residents spoke of the lamps in Quay Street and of the bridge. " * 25


@pytest.fixture(scope="module")
def coming(town):
    """A meeting whose agenda is published with two papers put to it."""
    board = town.cast.bodies["board"]

    def prepares(dilys):
        meeting = meetings.plan(dilys, body=board, held_on=COMING)
        issue = agendas.begin(dilys, meeting=meeting, from_last=False)
        for n, title in enumerate(("Knife crime", "Lamps"), start=1):
            agendas.add(dilys, issue=issue, token=str(n), entry=agendas.Entry(title))
        for ref, title in (("1", "Knife crime plan"), ("2", "Lamps in Quay Street")):
            version = documents.receive(dilys, data=title.encode(), name=f"{title}.txt")
            put = papers.NewPresentation(board.name, board, COMING, ref, meeting.key)
            new = papers.NewPaper(
                board,
                title,
                version,
                author_text="Head of street care",
                recommendations=[papers.NewRecommendation("1.", "That the board agrees.")],
                paragraphs=[papers.NewParagraph(f"{n}.", "Background", SAID) for n in range(2, 12)],
                presentations=[put],
            )
            papers.accept(dilys, new=new)

    def approves(rowena):
        meeting = meetings.visible_to(rowena).get(held_on=COMING)
        agendas.approve(rowena, meeting=meeting, token="3")

    def publishes(dilys):
        issue = agendas.draft_of(dilys, meetings.visible_to(dilys).get(held_on=COMING))
        agendas.publish(dilys, issue=issue, token="3")

    town.does("dilys", prepares)
    town.does("rowena", approves)
    town.does("dilys", publishes)
    return town.value("SELECT key FROM meetings_meeting WHERE held_on = %s", COMING)


def test_one_action_makes_a_pack_of_which_page_and_file_agree(somebody, town, coming):
    dilys = somebody("dilys")
    dilys.goes_to(f"/meetings/{coming}/")
    dilys.follows("The pack of this meeting")
    dilys.has_nothing_against_it()
    dilys.presses("Build the pack")
    dilys.sees("Building the pack of")
    dilys.follows("See what was made")
    dilys.has_nothing_against_it()
    with dilys.page.expect_download() as got:
        dilys.page.get_by_role("link", name="PDF of Agenda and papers").click()
    with pypdfium2.PdfDocument(io.BytesIO(Path(got.value.path()).read_bytes())) as pdf:
        pages = [one.get_textpage().get_text_bounded() for one in pdf]
    [number] = [n for n, text in enumerate(pages, 1) if "Item 2: Lamps" in text and n > 2]

    tobias = somebody("tobias", width=320, script=False)
    tobias.goes_to(f"/packs/{coming}/")
    tobias.sees(f"page {number}")
    tobias.page.get_by_label("Go to page").fill("900")
    tobias.presses("Go")
    tobias.sees("This pack has no page 900 that can be read here.")
    tobias.page.get_by_label("Go to page").fill(str(number + 1))
    tobias.presses("Go")
    tobias.sees("Item 2: Lamps in Quay Street")
    assert tobias.page.url.endswith(f"#page-{number + 1}")
    tobias.follows("Write a note for yourself")
    tobias.page.get_by_label("Your note").fill("Ask about the bridge.")
    tobias.presses("Save")
    tobias.sees("Nobody else can read it")
    tobias.goes_to(f"/packs/{coming}/")
    tobias.presses("I have seen all of this")
    tobias.sees("Nothing is new.")

    PICTURES.mkdir(parents=True, exist_ok=True)
    paper = town.value("SELECT key FROM papers_paper WHERE title = 'Lamps in Quay Street'")
    for width in (1280, 320):
        looks = somebody("tobias", width=width)
        for name, page in (
            ("pack", f"/packs/{coming}/"),
            ("pack-section", f"/packs/{coming}/part/paper:{paper}/"),
            ("pack-note", f"/packs/notes/{paper}/"),
            ("pack-actions", f"/packs/{coming}/actions/"),
        ):
            looks.goes_to(page)
            looks.has_nothing_against_it()
            looks.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
