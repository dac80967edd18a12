"""What a flattened page prints twice, and marks of the page in what was read."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.lines import Line
from concerted.reading.people import read_people
from concerted.reading.roll_labels import read_label
from concerted.reading.title_text import title_and_text

MINUTES = """\
Fell Homes Tenant Panel
Minutes of the meeting held on 27 January 2010 at Oak Hall, Fell
Present: Ann Bell (Chair), Cal Dunn, Eve Frost
Apologies: Gus Hale
1. Welcome and apologies
AB welcomed all to the first meeting of the year.
2. Minutes of last meeting
The minutes were agreed.
3. Repairs in the winter
CD said that the parts had come. The panel noted the report.
ACTION: CD to draw up a plan
4. Training
Two places were left at the conference in April.
5. Any other business
None.
"""


@pytest.mark.parametrize(
    "text",
    [
        MINUTES + "\n" + MINUTES,
        "Download this file (PDF 96KB)\n\n" + MINUTES + "\n" + MINUTES,
        MINUTES + "Page 1 of 2\n" + " ".join(MINUTES.split()) + "\n",
    ],
)
def test_a_text_printed_twice_is_read_once_however_its_lines_are_broken(text: str) -> None:
    meetings = read(text).meetings
    assert len(meetings) == 1
    labels = as_labels(meetings[0])
    assert [one["ref"] for one in labels["items"]] == ["1", "2", "3", "4", "5"]
    assert [one["owner"] for one in labels["actions"]] == ["CD"]


def test_minutes_that_only_begin_alike_are_not_one_print() -> None:
    second = MINUTES.replace("Repairs in the winter", "Gardens").replace("27 January", "3 May")
    second = second.replace("CD said that the parts had come.", "Roses were spoken of at length.")
    second = second.replace("Two places were left", "Nobody wanted any of the nine seats")
    assert len(read(MINUTES + "\n" + second).meetings) == 2


@pytest.mark.parametrize(
    ("label", "section"),
    [
        ("In attendance PSNI:", "in_attendance"),
        ("NYCC Officers:", "officers"),
        ("DPP Members:", "present"),
    ],
)
def test_letters_of_a_body_beside_a_label_change_nothing(label: str, section: str) -> None:
    found = read_label(Line(0, len(label), label))
    assert found is not None
    assert found.section == section


def test_initials_with_a_middle_name_and_parts_of_a_body_in_parentheses() -> None:
    run = "Ann Bell (ARB) Chair\nCal Dunn (CD)\nEve Frost (EF)"
    assert [one.organisation for one in read_people(run, 0, len(run), "present")] == [None] * 3
    run = "Ann Bell Moss Hospital (Burns Unit)\nCal Dunn Fell Council\nEve Frost Dale Police"
    found = read_people(run, 0, len(run), "present")
    assert found[0].organisation == "Moss Hospital (Burns Unit)"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "STATEMENT OF ACCOUNTS 2008/09 - Report by the Treasurer.",
            "STATEMENT OF ACCOUNTS 2008/09",
        ),
        ("DEPOT - NEW ROOF - Report by the Surveyor. The roof was paid for.", "DEPOT - NEW ROOF"),
    ],
)
def test_a_title_in_capitals_ends_before_who_reports(text: str, title: str) -> None:
    parts = title_and_text(Line(0, len(text), text))
    assert parts is not None
    assert parts[0].text == title


def test_the_number_behind_the_last_item_is_an_item_if_it_bears_words_of_a_title() -> None:
    text = MINUTES.replace(
        "5. Any other", "5. Items the Chairman considers are urgent\nNone.\n6. Any other"
    )
    labels = as_labels(read(text.replace("6. Any other business\nNone.\n", "")).meetings[0])
    assert [one["ref"] for one in labels["items"]] == ["1", "2", "3", "4", "5"]


def test_a_lone_heading_in_capitals_ends_the_apologies() -> None:
    text = MINUTES.replace("Apologies: Gus Hale\n", "Apologies: Gus Hale\n\nPROCEDURAL\n\n")
    assert as_labels(read(text).meetings[0])["apologies"] == ["Gus Hale"]
    text = MINUTES.replace("Gus Hale", "Councillors Hale, Kemp and Mrs Lumb and by Mr P Rooke")
    found = as_labels(read(text).meetings[0])["apologies"]
    assert [name.split()[-1] for name in found] == ["Hale", "Kemp", "Lumb", "Rooke"]


def test_a_place_broken_at_the_column_of_the_page_is_whole() -> None:
    text = MINUTES.replace(
        "Minutes of the meeting held on 27 January 2010 at Oak Hall, Fell\n",
        "Minutes of the meeting held on Friday 27 January 2010 at 7pm in the Training Suite, Blue\n"
        "Beacon, Fell\n",
    ).replace(
        "AB welcomed all to the first meeting of the year.",
        "AB welcomed all to the first meeting of the year and told them of the rain that had come\n"
        "into the hall by the roof, by the door and by the windows since the meeting in January\n"
        "and that the caretaker had asked for nine more buckets, of which four had been found so\n"
        "far.",
    )
    assert as_labels(read(text).meetings[0])["venue"] == "Training Suite, Blue Beacon, Fell"
