"""Forms that minutes have now and then: of references, labels, lists, owners and outcomes."""

import datetime

import pytest

from concerted.reading import read
from concerted.reading.action_marks import after_stop
from concerted.reading.heading import read_head
from concerted.reading.lines import is_furniture, is_page_mark, split
from concerted.reading.navigation import is_navigation
from concerted.reading.next_meeting import next_meeting
from concerted.reading.outcomes import plain_code
from concerted.reading.owners import split_owner
from concerted.reading.people import read_people
from concerted.reading.roll_labels import read_label
from concerted.reading.run_labels import labels_in_run
from concerted.reading.run_pairs import parted_pairs
from concerted.reading.tests.test_growth import HEAD


def items(text: str) -> list[str]:
    return [f"{one.ref or ''}|{one.title}" for one in read(text).meetings[0].items]


def people(text: str) -> list[tuple[str, str | None, str | None]]:
    found = read_people(text, 0, len(text), "present")
    return [(one.name, one.role, one.organisation) for one in found]


@pytest.mark.parametrize(
    "refs",
    [
        ("2409.01", "2409.02", "2409.03", "2409.04"),
        ("19.25", "19.26", "19.26a", "19.27"),
        ("20/10", "20A/10", "21/10", "22/10"),
        ("A1", "A2", "B1", "B2"),
    ],
)
def test_a_series_in_which_one_part_rises_numbers_the_items(refs):
    titles = ("Apologies", "Minutes", "Lamps in Fell Lane", "Date of next meeting")
    told = "".join(
        f"{ref} {title}\nThis was talked about.\n\n"
        for ref, title in zip(refs, titles, strict=True)
    )
    wanted = [f"{ref}|{title}" for ref, title in zip(refs, titles, strict=True)]
    head = "Fell Parish Council\nMinutes of 9 May 2024\nPresent: Ann Bell\n\n"
    assert items(head + told) == wanted


def test_points_of_an_item_are_no_items_of_their_own():
    text = (
        HEAD + "3. Lamps\n3.1 The old lamps\nThey broke.\n3.2 The new lamps\nThey cost.\n4. AOB\n"
    )
    assert items(text) == ["1|Welcome", "2|Theft", "3|Lamps", "4|AOB"]


def test_a_numbered_list_inside_an_item_is_no_series_beside_known_titles():
    text = (
        "Fell Residents\nMinutes of 9 May 2024\nPresent: Ann Bell, Cal Dunn\n\n"
        "Welcome:\nAnn opened the meeting.\n\nMatters arising:\nThe skip came late.\n\n"
        "Walk round the estate:\nThere were five of us. List of what was found:\n"
        "1. Fly tipping behind 12\n2. Dirt on the green\n3. Loose slabs\n\n"
        "Any other business:\nNone.\n"
    )
    assert items(text) == [
        "|Welcome",
        "|Matters arising",
        "|Walk round the estate",
        "|Any other business",
    ]


def test_initials_at_the_right_make_a_task_and_no_heading():
    text = (
        "Fell Watch\nMinutes of 9 May 2024\nPresent: Ann Bell, Cal Dunn\n\n"
        "Matters arising:\nThe gate is mended.\n\nPolice report:\nIt was quiet.\n\n"
        "Book the Hall.                      CD\n\nAny other business:\nNone.\n"
    )
    meeting = read(text).meetings[0]
    assert [one.title for one in meeting.items] == [
        "Matters arising",
        "Police report",
        "Any other business",
    ]
    assert [one.owner for one in meeting.actions] == ["CD"]


@pytest.mark.parametrize(
    ("line", "bar"),
    [
        ("Home  News  Committee  Minutes  Newsletters  Join us", True),
        ("Browse | Meetings | Decisions | Councillors | Your MP", True),
        ("Home > Council > Meetings > Fell Board", True),
        ("Police | Council | Fire", False),
        ("| 4. | Minutes | AB |", False),
        ("News and events for 2024 | Home | Minutes", False),
    ],
)
def test_the_names_of_pages_are_the_sites_furniture(line, bar):
    assert is_navigation(line) is bar
    assert is_furniture(split(line)[0]) is bar


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("Police in attendance: Supt Ann Bell, PC Cal Dunn", "in_attendance"),
        ("Officers of the Authority:", "officers"),
        ("Panel members: Ann Bell (Chair), Cal Dunn, Eve Frost", "present"),
        ("Panel members: to be asked again", None),
        ("Moss In attendance: Ann Bell", None),
    ],
)
def test_a_label_may_say_whose_people_they_are(line, section):
    label = read_label(split(line)[0])
    assert (label.section if label else None) == section


def test_in_a_run_the_post_of_one_officer_belongs_to_the_list_before():
    run = "Present: Ann Bell, Clerk Cal Dunn, Services Officer In Attendance: Eve Frost"
    assert [run[at:].partition(":")[0] for at in labels_in_run(run, len(run))] == ["In Attendance"]


@pytest.mark.parametrize(
    ("run", "parted"),
    [
        (
            "Ann Bell, Head of Housing Cal Dunn, Clerk to the Board",
            "Ann Bell, Head of Housing;Cal Dunn, Clerk to the Board",
        ),
        (
            "Ann Bell, Fell Council Supt Cal Dunn, Fell Police Eve Frost, Oak Housing Association",
            "Ann Bell, Fell Council;Supt Cal Dunn, Fell Police;Eve Frost, Oak Housing Association",
        ),
    ],
)
def test_a_post_that_runs_into_the_next_name_is_parted_from_it(run, parted):
    assert parted_pairs(run) == parted


@pytest.mark.parametrize(
    "run",
    [
        "Ann Bell, Cal Dunn, Fell Council",
        "Ann Bell, Fell Council, Cal Dunn, Oak Trust",
        "Ann Bell, Head of Adult Learning, Fell Council",
        "Cllr A Bell, Cllr B Dunn, Fell Council",
    ],
)
def test_other_lists_stay_as_they_are(run):
    assert parted_pairs(run) == run


def test_who_holds_a_post_may_stand_in_parentheses_behind_it():
    assert people(
        "Cllr Bell, PC Cal Dunn, the Clerk (Mrs E Frost) and 6 members of the public"
    ) == [
        ("Cllr Bell", None, None),
        ("PC Cal Dunn", None, None),
        ("Mrs E Frost", "Clerk", None),
    ]
    assert people("Ann Bell, Planning Officer (Development Control)") == [
        ("Ann Bell", "Planning Officer", "Development Control")
    ]


@pytest.mark.parametrize(
    ("words", "owner", "task"),
    [
        ("Clerk – write to the county", "Clerk", "write to the county"),
        ("All partners – names to be sent by May", "All partners", "names to be sent by May"),
        ("Library window – Clerk to ring them", "Clerk", "Library window – Clerk to ring them"),
        ("/ AB and CD to draft it", "AB and CD", "draft it"),
        ("Housing - Ann Bell to write", "Ann Bell", "Housing - Ann Bell to write"),
    ],
)
def test_the_owner_may_stand_before_a_dash(words, owner, task):
    assert split_owner(words) == (owner, task)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (
            "The minute of the meeting of 3 May was submitted and approved.",
            "agreed_as_correct_record",
        ),
        ("The Board approved the plan and asked for a yearly report.", "approved"),
        ("After discussion the Board agreed that the budget be approved.", "approved"),
        ("The Panel received and noted a report on appeals.", "noted"),
        ("Agreed: the letter to be used from May.", "agreed"),
        ("There being no other names she was elected.", "other"),
        ("The statement was read out and approved.", "approved"),
        ("No one could come and the item was deferred to May.", "deferred"),
        ("The following dates were agreed:", "agreed"),
        ("There was no time and the Board agreed to defer it to the next meeting.", "deferred"),
        ("No officer could come and it was agreed that the item be deferred.", "deferred"),
        ("Everyone agreed that a letter be sent to the landlord.", "agreed"),
        ("Everyone agreed that the hall was cold.", None),
        ("Action plan approved.", "approved"),
        ("Action: plan approved.", None),
        ("He said that she was elected in May.", None),
        ("Resolved: 1.", None),
    ],
)
def test_outcomes_in_yet_other_words(words, code):
    assert plain_code(words, "Fell Safety Board") == code


def test_a_motion_that_was_carried_goes_behind_what_the_body_then_agreed():
    told = "Cal moved that it wait. This was carried. The Board agreed to note the forecast."
    item = read(f"{HEAD}{told}\n").meetings[0].items[1]
    assert item.decisions[0].code == "noted"


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Fell Safety Partnership - Night Time Task Group\nNight Time Task Group\n"
            "Minutes of the meeting held on 9 May 2024",
            "Fell Safety Partnership - Night Time Task Group",
        ),
        (
            "OAK MAGNA PARISH COUNCIL\nMinutes of the Annual Meeting of the Council held on "
            "Thursday 9 May 2024 in Oak Hall",
            "OAK MAGNA PARISH COUNCIL",
        ),
        (
            "Vale of Fell Care Partnership – Health Board DRAFT Minutes of the meeting held on "
            "Thursday 9 May 2024 10.00-12.00 Oak Hall",
            "Vale of Fell Care Partnership – Health Board",
        ),
        (
            "Fell Safeguarding Board – Executive Group, Dydd Iau / Thursday, 9 May 2024 10.00 am",
            "Fell Safeguarding Board – Executive Group",
        ),
        (
            "FELL TERRACE RESIDENTS' ASSOCIATION\n(and Watch areas 6 to 9)\n\n"
            "Minutes of Committee Meeting held 9 May 2024",
            "FELL TERRACE RESIDENTS' ASSOCIATION",
        ),
    ],
)
def test_the_body_among_other_words(text, body):
    head = read_head(text, split(text), [])
    assert head.body is not None
    assert head.body.value == body


def test_a_whole_date_under_its_label_goes_before_a_day_that_is_mentioned():
    text = "The county's next meeting is on 11 June.\nNone.\nDate of next meeting: 9.7.26"
    made = next_meeting(text, split(text), datetime.date(2026, 5, 5))
    assert made is not None
    assert str(made.value) == "2026-07-09"


def test_initials_behind_a_stop_are_of_somebody_the_text_names():
    text = "Ann Bell-Dunn spoke. The gate broke. ABD\nThe lamp broke. XYZ\n"
    broke, lamp = split(text)
    assert after_stop(broke, text) is not None
    assert after_stop(lamp, text) is None


def test_titles_without_their_switch_stand_apart_as_the_others_do():
    def titled(title: str, told: str) -> str:
        return f"\n\n\n{title}\n\n{told}\n"

    text = (
        "Agenda and minutes\n\nFell Road Safety Forum\nThursday, 9 May 2024 7:00 pm\n\n"
        "Venue: Oak Hall. View directions\n\nContact: Ann Bell\n"
        + titled("Apologies", "Minutes:\n\nNone.")
        + titled("School Travel Plans pdf icon PDF 48 KB", "The Forum noted the report.")
        + titled("Signs - Community Councils", "Minutes:\n\nCal Dunn spoke.")
        + titled("Crossings", "These were talked about.")
        + "\n\n\nPublished on Monday 5 June 2024\n"
    )
    assert items(text) == [
        "|Apologies",
        "|School Travel Plans",
        "|Signs - Community Councils",
        "|Crossings",
    ]


def test_neighbours_borrow_no_organisation_from_a_guest():
    told = "Present: Ann Bell (chair), Cal Dunn, Eve Frost (Oak Homes)\n\nPolice report:\nQuiet.\n"

    def organisations(body: str) -> list[str | None]:
        meeting = read(f"{body}\nMinutes of 9 May 2024\n{told}").meetings[0]
        return [one.organisation for one in meeting.present]

    assert organisations("Fell Residents Association") == [None, None, "Oak Homes"]
    assert organisations("Fell Safety Board")[1:] == ["Oak Homes", "Oak Homes"]


def test_a_cell_may_hold_an_outcome_and_a_task():
    text = (
        "Fell Schools Forum\nMinutes of 9 May 2024\nPresent: Ann Bell, Cal Dunn\n\n"
        "Item / Discussion / Action\n"
        "1. Welcome / Ann opened the meeting. / None\n"
        "2. Balances / They had grown. / Noted. AB to send the list to members\n"
        "3. Plan / It was talked about. / CD to sign it\n"
    )
    meeting = read(text).meetings[0]
    assert [one.code for one in meeting.items[1].decisions] == ["noted"]
    assert [one.owner for one in meeting.actions] == ["AB", "CD"]


def test_a_line_that_holds_code_title_and_text_is_taken_apart():
    told = "The Committee received the report. RESOLVED that the report be noted."
    text = (
        "Fell Pension Committee\nMinutes of 9 May 2024\nPresent: Ann Bell, Cal Dunn\n\n"
        + "".join(
            f"{number}/24 {title} {told}\n"
            for number, title in ((44, "LAMPS IN LANES"), (45, "BUSINESS PLAN"), (46, "POOLING"))
        )
    )
    assert items(text) == ["44/24|LAMPS IN LANES", "45/24|BUSINESS PLAN", "46/24|POOLING"]


def test_the_marking_beside_a_pages_number_is_of_the_page():
    assert is_page_mark(split("OFFICIAL Page 2 of 5")[0])
    assert not is_page_mark(split("OFFICIAL guide to page 2 of 5")[0])


def test_the_association_of_a_residents_committee_stands_by_itself():
    text = "Minutes Residents Committee Meeting 9.5.24\n\nFELL ESTATE RESIDENTS ASSOCIATION\n"
    head = read_head(text, split(text), [])
    assert head.body is not None
    assert head.body.value == "FELL ESTATE RESIDENTS ASSOCIATION"
