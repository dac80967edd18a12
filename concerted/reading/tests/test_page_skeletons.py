"""Pages of the committee system in arrangements of which no example had been seen."""

from typing import Any

from concerted.reading import as_labels, read


def first_meeting(text: str) -> dict[str, Any]:
    return as_labels(read(text).meetings[0])


ROLLS_IN_THE_HEAD = """Agenda and draft minutes
Brook Valley Safer Neighbourhoods Board
Thursday 4 February 2016 7.00 pm

Venue: St Mark's Hall, Brook Lane. View directions

Contact: Sunil Das  Email: sunil.das@example.org

Present: Councillor Rita Crane (Chair), Ian Poole (Neighbourhood Watch)
Officers: Sunil Das (Committee Clerk)

No. Item

SNB1/16

Apologies

Minutes:

Apologies had been sent by Pat Snow (Residents' Federation).

SNB2/16

Priorities

Minutes:

Three were put forward.

It was agreed:

1. To approve the first and the last.
2. That Ian Poole tell the wards.
"""


def test_lists_of_people_above_the_items_of_a_page_with_references() -> None:
    found = first_meeting(ROLLS_IN_THE_HEAD)
    assert [one["name"] for one in found["present"]] == ["Councillor Rita Crane", "Ian Poole"]
    assert [one["name"] for one in found["in_attendance"]] == ["Sunil Das"]
    assert found["venue"] == "St Mark's Hall, Brook Lane"


def test_it_was_agreed_over_a_list_takes_the_code_of_its_first_entry() -> None:
    assert [one["decision"] for one in first_meeting(ROLLS_IN_THE_HEAD)["items"]] == [
        "none",
        "approved",
    ]


ROLL_IN_A_ROW = """Agenda and minutes

Venue: Remote Meeting

Contact: Moira Keane

Items
| No. | Item |
| --- | --- |
| | Present: Councillors Adams (Chairman) and Bell Also Present: Supt D Evans |
| 12 | APOLOGIES FOR ABSENCE Minutes: Apologies were received from Councillor Dunn. |
| 13 | CRIME PLAN pdf icon PDF 70 KB Minutes: It was read. RESOLVED: That the plan be noted. |
| 14 | GRANTS Minutes: RESOLVED: That the grants be approved as listed. |
"""


def test_a_row_of_those_present_does_not_hide_the_table_of_items() -> None:
    found = first_meeting(ROLL_IN_A_ROW)
    assert [one["ref"] for one in found["items"]] == ["12", "13", "14"]
    assert [one["decision"] for one in found["items"]] == ["none", "noted", "approved"]
    assert [one["name"] for one in found["present"]] == ["Councillor Adams", "Councillor Bell"]
    assert [one["name"] for one in found["in_attendance"]] == ["Supt D Evans"]


ISSUE = """Issue - meetings

Agenda item

Street lamps: yearly digest

    • Meeting of Lighting Panel, Thursday, 12th March, 2020 11.00 am (Item 26.)

Issue history

Meeting: 12/03/2020 - Lighting Panel (Item 26)

26 Street lamps: yearly digest pdf icon PDF 148 KB

Minutes:

The Panel considered a digest.

RESOLVED - That the digest be noted.
"""


def test_an_issue_page_tells_the_time_above_its_history() -> None:
    found = first_meeting(ISSUE)
    assert (found["body"], found["date"], found["start_time"]) == (
        "Lighting Panel",
        "2020-03-12",
        "11:00",
    )


INNER_HEADING = """Agenda and minutes

Adults Board
Thursday, 10 September 2020 2:00 pm

Venue: Virtual meeting - Zoom

Contact: Board Team

No. Item

Welcome


Castleford Adults Board


Minutes of the meeting on Thursday 10 September 2020, 14:00 - 16:00, held by Zoom


Present: Ann Bell (Chair), Cal Dunn (Castleford Police)


Apologies: Jo Lund


1.  Welcome


The Chair welcomed all.


2.  Budget


AGREED that the budget be approved.
"""


def test_agenda_and_minutes_above_inner_minutes_is_the_head_of_the_same_meeting() -> None:
    found = first_meeting(INNER_HEADING)
    assert (found["body"], found["venue"]) == ("Adults Board", "Virtual meeting - Zoom")
    assert [one["ref"] for one in found["items"]] == ["1", "2"]


LISTED_ACTS = """Agenda, decisions and minutes

Care and Safety Board - Monday, 3rd November, 2025 10.00 am

Venue: Room 1

Items
No. Item

9.

Apologies

    • Share this item

    Decision:

    Apologies came from Jo Hale. Sid Poe would be late.

    Minutes:

    Apologies came from Jo Hale. Sid Poe would be late.

10.

Violence Duty

    • Share this item

    Decision:

    The Board:

    1. Noted the needs assessment;

    2. Approved the strategy.

11.

Street Drinking

    Minutes:

    Noted the position and agreed that a report be brought in December.
"""


def test_what_a_board_did_in_an_indented_list_and_with_the_subject_left_out() -> None:
    found = first_meeting(LISTED_ACTS)
    assert [one["decision"] for one in found["items"]] == ["none", "noted", "noted"]


def test_who_is_late_is_named_once_though_two_columns_tell_it() -> None:
    assert first_meeting(LISTED_ACTS)["late"] == ["Sid Poe"]


def test_the_contact_below_a_list_in_the_head_is_nobody_present() -> None:
    text = ROLLS_IN_THE_HEAD.replace("\nNo. Item", "Contact: Kay Moss\n\nNo. Item")
    present = first_meeting(text)["present"]
    assert "Kay Moss" not in [one["name"] for one in present]


def test_a_title_ends_before_what_it_is_for_behind_wide_blanks() -> None:
    text = ROLL_IN_A_ROW.replace("ABSENCE Minutes", "ABSENCE  To receive any.  Minutes")
    assert first_meeting(text)["items"][0]["title"] == "APOLOGIES FOR ABSENCE"
