"""Cells in which a converter has left several paragraphs on one line."""

import pytest

from concerted.reading import as_labels, read
from concerted.reading.layouts.cell_paragraphs import cell_paragraphs
from concerted.reading.lines import Line


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("The lamp was out.   A new one came.", ["The lamp was out.", "A new one came."]),
        ("All spoke. RESOLVED that it be noted.", ["All spoke.", "RESOLVED that it be noted."]),
        ("All spoke. ACTION: AB to ask.", ["All spoke.", "ACTION: AB to ask."]),
        (
            "It rained.   Decision The Group noted it.",
            ["It rained.", "Decision", "The Group noted it."],
        ),
        ("Theft   12   14", ["Theft   12   14"]),
        ("The paper was read. AGREED.", ["The paper was read. AGREED."]),
        ("", []),
    ],
)
def test_a_cell_is_parted_at_wide_blanks_and_before_marks(cell: str, parts: list[str]) -> None:
    assert [line.text for line in cell_paragraphs(Line(0, len(cell), cell))] == parts


PAGE = """Venue: Oak Hall, Northfell

Contact: Jo Lund

| No. | Item |
| | |
| 1. | Apologies for Absence Minutes: Apologies came from Ann Bell.   There was a fire drill. |
| | |
| 2. | Lamps pdf icon PDF 3 KB Minutes: Jo Lund spoke of lamps.   ACTION: Jo Lund to ask the \
depot.   RESOLVED that the lamps be approved. |
| | |
| 3. | Benches Minutes: Two were new. ACTION: Ann Bell to paint them.   The report was noted. |
| | |
| 4. | Date of Next Meeting Minutes: 3 May 2021. |
"""


def test_a_decision_behind_an_action_in_one_cell_is_read() -> None:
    found = as_labels(read(PAGE).meetings[0])
    assert [item["decision"] for item in found["items"]] == ["none", "approved", "noted", "none"]
    assert [action["owner"] for action in found["actions"]] == ["Jo Lund", "Ann Bell"]


def test_the_list_of_documents_is_no_part_of_the_title() -> None:
    page = PAGE.replace("Benches Minutes", "Benches Additional documents: Plan , item 3 Minutes")
    assert as_labels(read(page).meetings[0])["items"][2]["title"] == "Benches"


DOTTED = """Agenda and minutes

Northfell Safety Board - Wednesday, 5th May, 2021 2.00 pm

Venue: Oak Hall, Northfell

Items
No. Item

1.

MINUTES

1a

SAFETY BOARD - 3 MARCH 2021 pdf icon PDF 5 KB

Minutes:

The minutes of 3 March 2021 were approved as a correct record.

2.

REPORTS OF PARTNERS

2.1

POLICE

Minutes:

There had been 4 thefts, down from

2.5

in the quarter before.

2.2

FIRE SERVICE

Minutes:

The report was noted.

3.

NEXT MEETING

Minutes:

To be fixed.
"""


def test_numbers_with_a_point_are_items_where_minutes_stand_under_them() -> None:
    items = as_labels(read(DOTTED).meetings[0])["items"]
    assert [item["ref"] for item in items] == ["1", "1a", "2", "2.1", "2.2", "3"]
    assert [item["decision"] for item in items][3:5] == ["none", "noted"]
