"""Pictures and charts of a Word file: not among its words, so whoever checks a report is told."""

import json

import pytest

from concerted.reading import child, sandbox
from concerted.reading.files import text_of
from concerted.reading.tests.word_files import p, word

_SPACES = (
    'xmlns:wp="urn:wp" xmlns:a="urn:a" xmlns:pic="urn:pic" xmlns:c="urn:c" xmlns:v="urn:v" '
    'xmlns:adec="urn:adec" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
REPORT = (
    "Agenda Item 2",
    "REPORT TO SAFER MARLBECK BOARD",
    "10 MARCH 2020",
    "REPORT OF PARTNERSHIP SECRETARY",
    "THEFT FROM VANS",
    "SUMMARY",
    "1. Thefts from vans rose in the autumn.",
    "RECOMMENDATIONS",
    "2. The Board is asked to note the report.",
    "DETAIL",
    "3. Most were parked near the station.",
)
MINUTES = (
    "SAFER MARLBECK BOARD",
    "Minutes of the meeting held on 10 March 2020 at the Town Hall",
    "Present: Rowena Thackley (Chair), Tobias Wren",
    "1. Apologies",
    "There were none.",
    "2. Lighting",
    "It was AGREED that the lamps be mended.",
)


def drawn(inside, described="", more=""):
    said = f' descr="{described}"' if described else ""
    shown = f"<wp:docPr{said}>{more}</wp:docPr>{inside}"
    return f"<w:p><w:r><w:drawing {_SPACES}>{shown}</w:drawing></w:r></w:p>"


def picture(described="", more=""):
    return drawn("<a:graphic><pic:pic/></a:graphic>", described, more)


def note_on(*shown):
    return text_of(word(p("Words") + "".join(shown)), "report.docx").pictures


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ((), ""),
        ((picture("A map"),), "a picture or chart, which the words here do not show"),
        ((picture("A map"),), "Described as: “A map”."),
        ((picture(), drawn("<c:chart/>", "Thefts by month")), "2 pictures or charts"),
        ((picture(), drawn("<c:chart/>", "Thefts")), "Described as: “Thefts”, and 1 more."),
        ((picture("One"), picture("Two"), picture("Three"), picture("Four")), "and 1 more."),
    ],
)
def test_what_is_shown_is_counted_and_told_as_it_is_described(shown, said):
    assert said in note_on(*shown)


@pytest.mark.parametrize(
    "shown",
    [
        picture("A line", '<adec:decorative val="1"/>'),
        drawn("<a:graphic>words in a box</a:graphic>"),
    ],
    ids=["decoration", "a box of words"],
)
def test_what_shows_nothing_is_not_counted(shown):
    assert note_on(shown) == ""


def test_a_picture_that_is_there_twice_for_an_old_word_counts_once():
    old = "<w:p><w:r><w:pict><v:shape alt='A map'><v:imagedata/></v:shape></w:pict></w:r></w:p>"
    both = (
        f"<mc:AlternateContent {_SPACES}><mc:Choice>{picture('A map')}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    )

    assert note_on(both).count("A map") == 1
    assert "a picture or chart" in note_on(both)
    assert "“A map”" in note_on(f"<w:p {_SPACES}>{old[5:]}")


def told_of(lines):
    body = "".join(map(p, lines)) + picture("Thefts by month")
    said = child.answer(word(body), "file.docx", "accepted")
    _, notes = sandbox.believed(json.dumps(said).encode())
    return [note for note in notes.notes if "picture" in note]


def test_whoever_checks_a_report_is_told_and_whoever_checks_minutes_is_not():
    assert len(told_of(REPORT)) == 1
    assert told_of(MINUTES) == []
