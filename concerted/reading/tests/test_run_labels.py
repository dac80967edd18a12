"""Labels and titles in a run of words: where each begins and where it ends."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.run_labels import labels_in_run
from concerted.reading.run_titles import title_end


@pytest.mark.parametrize(
    ("run", "title"),
    [
        ("Licensing: policy for the coming years The Clerk read it.", "Licensing: policy for the"),
        ("Repairs: Year One Plan AB reported that it went well.", "Repairs: Year One Plan"),
        ("Repairs: the roof was mended. It leaks.", "Repairs"),
        ("Minutes of the last meeting (5.6.18) Agreed.", "Minutes of the last meeting (5.6.18)"),
        ("Minutes of the last meeting, 5 June 2018 They were read.", "meeting, 5 June 2018"),
        ("Date of next meeting 5 June 2018", "Date of next meeting"),
        ("Working group reports (a) Paths: two were mended.", "Working group reports"),
        ("Business watch Window scheme: ten shops have joined.", "Business watch"),
    ],
)
def test_a_title_ends_before_what_is_told(run: str, title: str) -> None:
    found = run[: title_end(run, 0, len(run))].rstrip(" :")
    assert found == title or title in found
    assert found.split()[-1] not in ("The", "They", "AB", "roof", "Window", "(a)")


def test_labels_of_the_head_and_of_lists_are_found_before_the_items() -> None:
    run = (
        "Fell Board MINUTES Date: 5.6.18 Time: 10.00 Venue: Oak Hall Chair: Ann Bell "
        "Members Present: Cal Dunn Note: bring cake Support Officers: Eve Frost 1. Welcome"
    )
    begins = [run[at:].split(":")[0] for at in labels_in_run(run, run.index("1. "))]
    assert begins == ["Date", "Time", "Venue", "Chair", "Members Present", "Support Officers"]


def test_a_run_without_a_list_of_people_has_no_labels() -> None:
    assert labels_in_run("Signed: Ann Bell Date: 5.6.18 Place: Oak Hall", 60) == []


TEXT = (
    "RESTRICTED Fell Youth Board MINUTES Date: 05.06.18 Time: 10.00 Venue: Oak Hall, Fell "
    "Chair: Ann Bell Present: Cal Dunn (Fell Homes), Eve Frost (Police) Apologies: Gus Hale\n"
    "1. Welcome AB opened the meeting and thanked everybody for coming on such a wet day.\n"
    "2. Minutes of the last meeting (02.03.18) The minutes were agreed as a true record, and "
    "there was nothing that arose from them that is not on the agenda below, the Chair said. "
    "ACTION: CD to send the lease to AB. The meeting was then told about the roof, which leaks "
    "in two places over the hall, and of the quotes that have come in for its mending so far.\n"
    "3. Budget: spending so far EF told the Board that £3,000 had been spent, and that the grant "
    "would be paid in May and not before. ACTION: EF to write to the bank. The report was noted.\n"
    "3a. Hall roof Two quotes were in. The lower quote was approved.\n"
    "4. AOB None.\n"
)


def test_one_line_to_an_item_is_read_with_titles_subject_and_outcome() -> None:
    labels = as_labels(read(TEXT).meetings[0])
    assert labels["body"] == "Fell Youth Board"
    assert labels["venue"] == "Oak Hall, Fell"
    assert [one["name"] for one in labels["present"]] == ["Ann Bell", "Cal Dunn", "Eve Frost"]
    assert [(one["ref"], one["title"], one["decision"]) for one in labels["items"]] == [
        ("1", "Welcome", "none"),
        ("2", "Minutes of the last meeting (02.03.18)", "agreed"),
        ("3", "Budget: spending so far", "noted"),
        ("3a", "Hall roof", "approved"),
        ("4", "AOB", "none"),
    ]
