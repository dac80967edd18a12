"""Lists as tables, wrapped rows, shared titles and parentheses, and who is left out of a list."""

import pytest

from concerted.reading import read
from concerted.reading.apologies import apologies_in
from concerted.reading.attendance import ends_lists
from concerted.reading.entries import stands_for
from concerted.reading.label_words import section_of
from concerted.reading.lending import may_share
from concerted.reading.lines import split
from concerted.reading.model import Span
from concerted.reading.people import read_people
from concerted.reading.plurals import plural_title


def people(text: str, section: str = "present"):
    return [(n.name, n.organisation, n.role) for n in read_people(text, 0, len(text), section)]


def away(text: str):
    gone, late = apologies_in(text, Span(0, len(text)), listed=True)
    return [n.name for n in gone], [n.name for n in late]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Bell | Oak Homes\nCal Dunn | Market Rovers",
        "Ann Bell / AB / Oak Homes\nCal Dunn / CD / Market Rovers",
        "AB\tAnn Bell\tOak Homes\nCD\tCal Dunn\tMarket Rovers",
        "Ann Bell (AB)    Oak Homes\nCal Dunn (CD)    Market Rovers",
        "- Ann Bell    Oak Homes\n- Cal Dunn    Market Rovers",
        "Oak Homes | Ann Bell\nMarket Rovers | Cal Dunn",
    ],
)
def test_a_column_says_what_its_cells_are(text):
    assert people(text) == [("Ann Bell", "Oak Homes", None), ("Cal Dunn", "Market Rovers", None)]


def test_two_columns_of_names_are_people():
    text = "Ann Bell (Chair) AB    Cal Dunn (CD) - Treasurer\nEve Frost EF    PC Gil Hay"
    assert people(text) == [
        ("Ann Bell", None, "Chair"),
        ("Cal Dunn", None, "Treasurer"),
        ("Eve Frost", None, None),
        ("PC Gil Hay", None, None),
    ]


@pytest.mark.parametrize(
    ("cell", "organisation", "role"),
    [
        ("Director of Care (Chair)", None, "Director of Care, Chair"),
        ("Director of Care (Fell Council)", "Fell Council", "Director of Care"),
        ("Fell Trust (day centre)", "Fell Trust (day centre)", None),
        ("Traffic Engineer, Fell Council", "Fell Council", "Traffic Engineer"),
        ("Surveyor (item 6)", None, "Surveyor"),
    ],
)
def test_a_cell_holds_a_post_a_body_or_both(cell, organisation, role):
    assert people(f"Ann Bell\t{cell}\nCal Dunn\tOak Homes")[0] == ("Ann Bell", organisation, role)


@pytest.mark.parametrize(
    ("letters", "name", "expected"),
    [
        ("AB", "Ann Bell", True),
        ("AvB", "Ann van Bell", True),
        ("AMc", "Ann McBell", True),
        ("AO’B", "Ann O’Bell", True),
        ("AB2", "Ann Bell", True),
        ("CD", "Ann Bell", False),
        ("JP", "Jo Parr", False),
        ("A", "Ann Bell", False),
    ],
)
def test_initials_stand_for_the_name_they_begin(letters, name, expected):
    assert stands_for(letters, name) is expected


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Councillors A Bell", "Councillor"),
        ("COUNCILLORS A Bell", "COUNCILLOR"),
        ("Town Councillors A Bell", "Town Councillor"),
        ("Aldermen: A Bell", "Alderman"),
        ("Messrs. A Bell", ""),
        ("Cllrs A Bell", ""),
        ("Councillor A Bell", None),
        ("Ann Bell", None),
    ],
)
def test_a_plural_title_has_its_singular(words, title):
    found = plural_title(words)
    assert (found and found[0]) == title


def test_a_shared_title_ends_with_the_and():
    names = [n for n, _, _ in people("Councillors Rook, Mrs A Tait and Dr B Moss, Mrs C Dunn")]
    assert names == [
        "Councillor Rook",
        "Councillor Mrs A Tait",
        "Councillor Dr B Moss",
        "Mrs C Dunn",
    ]


@pytest.mark.parametrize(
    ("borrower", "owner", "organisation", "expected"),
    [
        ("Ann Bell", "Cllr Cal Dunn", "Fell Council", True),
        ("Cllr Ann Bell", "Cal Dunn", "MBC", True),
        ("Cllr Ann Bell", "Cal Dunn", "Forest Trust", False),
        ("Sgt Ann Bell", "Cllr Cal Dunn", "Fell Parish Council", False),
        ("Sgt Ann Bell", "PC Cal Dunn", "Wyle Police", True),
        ("Ann Bell", "Sgt Cal Dunn", "Wyle Police", False),
        ("Ann Bell", "Cal Dunn", "Wyle Police", True),
    ],
)
def test_who_may_share_a_parenthesis(borrower, owner, organisation, expected):
    assert may_share(borrower, owner, organisation) is expected


def test_semicolons_in_place_of_commas_share_the_last_parenthesis():
    text = "A. Bell; Cal Dunn ; Eve Frost (Oak Homes)"
    assert [o for _, o, _ in people(text)] == ["Oak Homes"] * 3


@pytest.mark.parametrize(
    "nobody", ["Vacant (Third Sector)", "Vacancy (Parish)", "the Fell Gazette"]
)
def test_what_stands_behind_nobody_is_said_of_nobody(nobody):
    assert people(f"Ann Bell, {nobody}, Cal Dunn (Oak Homes)") == [
        ("Ann Bell", None, None),
        ("Cal Dunn", "Oak Homes", None),
    ] or people(f"Ann Bell, {nobody}, Cal Dunn (Oak Homes)") == [
        ("Ann Bell", "Oak Homes", None),
        ("Cal Dunn", "Oak Homes", None),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Bell, Councillors\nCal Dunn and Eve Frost", 3),
        ("Ann Bell, Cllr Eve Frost-\nHay (Oak Homes)", 2),
        ("Mr A Bell, Ms Carol\nDunn (Oak Homes), Mr E Frost", 3),
        ("Ann Bell (Oak Homes) and\nCal Dunn (Ash Trust)", 2),
        ("Cal Dunn, Housing Services\nOfficer", 1),
        ("Ann Bell\n(Friends of the Park), Cal Dunn", 2),
    ],
)
def test_a_row_that_is_wrapped_goes_on(text, names):
    assert len(people(text)) == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fell End – Mr A Bell, Dr C Dunn", [("Mr A Bell", "Fell End"), ("Dr C Dunn", "Fell End")]),
        ("Fell Council: Councillors Bell and Dunn", [("Councillor Bell", "Fell Council"),
                                                    ("Councillor Dunn", "Fell Council")]),
        ("Oak Homes - Ann Bell\nAsh Trust - Cal Dunn", [("Ann Bell", "Oak Homes"),
                                                        ("Cal Dunn", "Ash Trust")]),
        ("Staff Side: Mr A Bell (UNITE)", [("Mr A Bell", "UNITE")]),
        ("Ann Bell\nOak Homes\nCal Dunn\nAsh Trust", [("Ann Bell", "Oak Homes"),
                                                    ("Cal Dunn", "Ash Trust")]),
        ("Ann Bell of Oak Homes, Cal Dunn from the Ash Trust", [("Ann Bell", "Oak Homes"),
                                                                ("Cal Dunn", "Ash Trust")]),
        ("Ann Bell (Oak Homes, Ash Trust - Cal Dunn; Eve Frost", [
            ("Ann Bell", "Oak Homes"), ("Cal Dunn", "Ash Trust"), ("Eve Frost", None)]),
        ("• Ann Bell (Chair)\n• Cal Dunn, Market Rovers", [("Ann Bell", None),
                                                        ("Cal Dunn", "Market Rovers")]),
    ],
)  # fmt: skip
def test_a_body_before_or_behind_a_name_is_where_it_belongs(text, expected):
    assert [(name, organisation) for name, organisation, _ in people(text)] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MrIan Bell", "Mr Ian Bell"),
        ("Lt Col (Retd) Ian Bell", "Lt Col (Retd) Ian Bell"),
        ("District Judge Bell", "District Judge Bell"),
        ("Imam Ian al-Bell", "Imam Ian al-Bell"),
        ("District Cllr I. Bell", "District Cllr I. Bell"),
        ("from the Reverend Ian Bell", "Reverend Ian Bell"),
        ("Ann Dunn’s deputy Ian Bell", "Ian Bell"),
        ("2. Ian Bell", "Ian Bell"),
        ("Mrs Ida Bell JP Lay Member", "Mrs Ida Bell JP"),
        ("Cllr I de la Bell Fell District Council", "Cllr I de la Bell"),
    ],
)
def test_a_name_is_whole_and_nothing_more(text, name):
    assert [n for n, _, _ in people(text)] == [name]


def test_an_office_before_a_name_is_its_holder_s_part():
    assert people("The Mayor, Councillor A Bell; the Deputy Mayor, Councillor C Dunn") == [
        ("Councillor A Bell", None, "Mayor"),
        ("Councillor C Dunn", None, "Deputy Mayor"),
    ]


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("officials present", "officers"),
        ("attendees via teams", "present"),
        ("voting members present", "present"),
        ("also attending by invitation", "in_attendance"),
        ("members not present", "apologies"),
        ("apologies for absence received from", "apologies"),
        ("present position", None),
        ("council staff", None),
    ],
)
def test_a_label_is_known_by_its_words(words, section):
    assert section_of(words) == section


@pytest.mark.parametrize(
    "text", ["No. / Item / Action", "ITEM | ACTION", "FP/61 APOLOGIES", "1 / Welcome, Apologies"]
)
def test_the_table_of_items_ends_the_lists(text):
    assert ends_lists(split(text)[0])


@pytest.mark.parametrize("text", ["Name / Organisation", "Ann Bell / Oak Homes", "Ann Bell"])
def test_a_row_of_people_ends_no_list(text):
    assert not ends_lists(split(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "Apologies were received from Ann Bell and\nCal Dunn (Oak Homes).",
        "Apologies were received from Ann Bell and Cal Dunn. Cllr Frost attended for Ann Bell.",
        "Apologies were received from Ann Bell (Eve Frost attending in her place) and Cal Dunn.",
        "Apologies came from Ann Bell and Cal Dunn; Eve Frost was attending for Ann Bell.",
        "Ann Bell and Cal Dunn were unable to attend.",
        "Ann Bell and Cal Dunn apologised for their absence.",
        "Ann Bell / Oak Homes\nCal Dunn / Ash Trust",
    ],
)
def test_who_came_instead_is_not_absent(text):
    if "came from" in text:
        text = text.replace("came", "were received")
    assert away(text)[0] == ["Ann Bell", "Cal Dunn"]


@pytest.mark.parametrize(
    "text",
    [
        "Ann Bell would be a little late.",
        "Ann Bell had sent word that she would be late.",
        "The Chair said that Ann Bell of Oak Homes would be arriving late from another meeting.",
        "Ann Bell had given apologies for late arrival.",
        "An apology for lateness was made by Ann Bell.",
        "Apologies for lateness: Ann Bell",
        "Apologies had been received from Ann Bell who would be joining the meeting late.",
    ],
)
def test_each_way_to_tell_lateness_is_read(text):
    assert away(text) == ([], ["Ann Bell"])


HEAD = "Minutes of the Fell Board\n1 May 2020\n"
ITEMS = "\n1. Welcome\nAll were welcomed.\n2. Theft\nThe report was noted.\n"


def test_in_attendance_alone_is_the_list_of_those_present():
    meeting = read(f"{HEAD}In attendance:\nAnn Bell\nCal Dunn\n{ITEMS}").meetings[0]
    assert [n.name for n in meeting.present] == ["Ann Bell", "Cal Dunn"]


def test_in_attendance_beside_the_present_stays_what_it_is():
    meeting = read(f"{HEAD}Present: Ann Bell\nIn attendance: Cal Dunn\n{ITEMS}").meetings[0]
    assert [n.name for n in meeting.in_attendance] == ["Cal Dunn"]
