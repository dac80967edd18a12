"""Minutes are typed in Word and come back to their items; the chair’s changes come after them."""

import datetime
import re
from pathlib import Path

import pytest

from concerted.word_files.tests.conftest import Paper
from tests.browser.test_minutes import begins, box, plans

pytestmark = pytest.mark.browser
DAY = datetime.date(2021, 5, 11)


def takes(somebody, link):
    """The Word file behind a link, as it was downloaded."""
    with somebody.page.expect_download() as got:
        somebody.page.get_by_role("link", name=link).click()
    return Paper(Path(got.value.path()).read_bytes())


def brings(somebody, paper, label="The Word file"):
    somebody.page.get_by_label(label).set_input_files(
        {
            "name": "minutes.docx",
            "mimeType": "application/octet-stream",
            "buffer": paper.saved().getvalue(),
        }
    )


def test_minutes_go_out_as_a_word_file_and_come_back(somebody, town):
    address = plans(town, DAY)
    dilys = somebody("dilys")
    begins(dilys, address)
    dilys.follows("Type them in Word instead")
    dilys.has_nothing_against_it()
    paper = takes(dilys, "The agenda as a Word file")
    paper.type_below("2. Patrols", "AGREED that patrols go on.").tick("Tobias Wren", "present")
    brings(dilys, paper)
    dilys.presses("See what differs")
    dilys.sees("AGREED that patrols go on.")
    dilys.has_nothing_against_it()
    dilys.presses("Take up what is chosen")
    dilys.sees("Taken up from the Word file.")
    assert box(dilys, 2).input_value() == "AGREED that patrols go on."
    dilys.presses("Look it through and put it on record")
    dilys.presses("Put on record")
    dilys.sees("On record as draft minutes.")

    rowena = somebody("rowena", width=320)
    rowena.goes_to(f"{address}/")
    paper = takes(rowena, "These minutes as a Word file").track("patrols go on", "patrols end")

    dilys.goes_to(f"{address}/")
    dilys.follows("Bring corrections back")
    dilys.has_nothing_against_it()
    brings(dilys, paper)
    dilys.presses("See each change")
    dilys.sees("By Rowena Thackley, as the file says.")
    dilys.has_nothing_against_it()
    dilys.page.get_by_label(re.compile("Record this correction")).check()
    dilys.presses("Record what is chosen")
    dilys.sees("The correction is recorded. The minutes stay as they are.")
