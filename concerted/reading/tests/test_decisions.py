"""Decisions: formal, plain, and what is none."""

import pytest

from concerted.reading.decisions import read_decisions
from concerted.reading.lines import split
from concerted.reading.outcomes import plain_code


def decide(told: str, decided: str = ""):
    text = f"{decided}\n{told}" if decided else told
    column = [line for line in split(text) if decided and line.end <= len(decided)]
    rest = [line for line in split(text) if line not in column]
    return read_decisions(text, column, rest, about_minutes=True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("AGREED that the report be noted.", "noted"),
        ("AGREED to note the report.", "noted"),
        ("RESOLVED – That the plan be approved.", "approved"),
        ("Resolved that: the strategy be endorsed", "endorsed"),
        ("RESOLVED that the matter be referred to the Cabinet.", "referred_to"),
        ("RESOLVED that it be recommended to Council that fees rise.", "recommended_to"),
        ("RESOLVED that authority be delegated to the Director.", "delegated_to"),
        ("RESOLVED that this item be deferred to the next meeting.", "deferred"),
        ("RESOLVED that the application be not supported.", "not_agreed"),
        ("AGREED that the templates be agreed and published", "agreed"),
        (
            "UNANIMOUSLY RESOLVED that the minutes be approved as a correct record.",
            "agreed_as_correct_record",
        ),
        ("RESOLVED to elect Ann Bell as Vice Chair.", "other"),
        ("It was\n\nRESOLVED    that the update be noted.", "noted"),
    ],
)
def test_each_formal_verb_is_coded_by_its_words(text, code):
    assert decide(text)[0].code == code


def test_a_decision_with_two_ends_has_two_limbs_and_is_unsure():
    one = decide(
        "AGREED that the report be noted and that a further report be presented to a future "
        "meeting."
    )[0]
    assert [limb.code for limb in one.limbs] == ["noted", "agreed"]
    assert not one.sure
    assert "noted, then agreed" in one.why


def test_a_verb_that_contradicts_its_words_is_unsure():
    one = decide("AGREED that Members approve the approach.")[0]
    assert (one.code, one.sure) == ("approved", False)


def test_a_numbered_list_under_the_verb_makes_a_limb_each():
    one = decide("RESOLVED that:\n\n1. the plan be approved.\n\n2. Ann Bell circulates the copy.")[
        0
    ]
    assert [(limb.letter, limb.text) for limb in one.limbs] == [
        ("1", "the plan be approved."),
        ("2", "Ann Bell circulates the copy."),
    ]


def test_a_decision_ends_where_the_narrative_goes_on():
    one = decide("AGREED that the report be noted.\n\nMembers then saw the hall.")[0]
    assert one.text == "AGREED that the report be noted."


def test_a_verb_alone_decides_the_sentence_before_it():
    one = decide("The minutes of 14 May were agreed as a true record.\n\nAGREED")[0]
    assert one.code == "agreed_as_correct_record"


def test_a_decision_column_whose_verb_was_lost_is_read():
    assert decide("", "(1) That the review be noted.")[0].code == "noted"


def test_column_and_minutes_with_the_same_sentence_make_one_decision():
    assert (
        len(decide("RESOLVED that the plan be approved.", "RESOLVED that the plan be approved."))
        == 1
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The minutes were agreed as a true record.", "agreed_as_correct_record"),
        ("The minutes of 4th July 2018 were confirmed.", "agreed_as_correct_record"),
        ("The Evacuation Procedure was noted.", "noted"),
        ("Noted.", "noted"),
        ("Reasons noted and accepted", "noted"),
        ("The Board noted the report.", "noted"),
        ("Members agreed that the item be deferred to the autumn.", "deferred"),
        ("It was agreed that a task group would be set up.", "agreed"),
        ("Agreed with all in favour.", "agreed"),
        ("None.", None),
        ("Members noted a rise in shop theft.", None),
        ("The Board noted that:", None),
        ("It was noted that numbers had fallen.", None),
        ("The bid had been approved.", None),
        ("At the last meeting it was agreed that a group would meet.", None),
        ("The planning matter was discussed and the contractor deferred payment.", None),
    ],
)
def test_plain_sentences_tell_an_outcome_or_none(text, code):
    assert plain_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "RESOLVED that (a) the map be approved; and (b) officers report back",
        "RESOLVED (a) that the map be approved, and (b) that officers report back;",
        "RESOLVED that (a) the map be approved and (b) officers report back and",
        "RESOLVED that:\n(a) the map be approved; and\n(b) officers report back;",
    ],
)
def test_the_letter_and_the_joining_words_leave_the_text_of_a_limb(text):
    (one,) = decide(text)
    assert [(limb.letter, limb.text) for limb in one.limbs] == [
        ("a", "the map be approved"),
        ("b", "officers report back"),
    ]
    assert not one.text.endswith((" and", ";"))


def test_a_decision_that_ends_in_a_joining_word_ends_before_it():
    assert decide("AGREED that the map be noted; and")[0].text == "AGREED that the map be noted"
    assert decide("The map was noted;")[0].text == "The map was noted"


def test_clauses_named_in_a_limb_are_no_limbs():
    (one,) = decide("RESOLVED that grants under clauses 3(a) and (b) be approved.")
    assert len(one.limbs) == 1


@pytest.mark.parametrize(
    "text",
    [
        "RESOLVED that a poster be made.",
        "RESOLVED that the open day be held at Northfell.",
        "RESOLVED that HMP Dene be offered a place.",
        "ORDERED that the Clerk write to the Surveyor.",
        "RESOLVED that a contractor be appointed.",
    ],
)
def test_a_resolution_to_do_something_is_agreed_and_sure(text):
    (one,) = decide(text)
    assert (one.code, one.sure) == ("agreed", True)


@pytest.mark.parametrize(
    "text",
    ["RESOLVED to appoint Ann Bell as Chair.", "RESOLVED that Ann Bell be elected vice-chair."],
)
def test_a_resolution_that_chooses_a_person_for_an_office_is_other(text):
    assert decide(text)[0].code == "other"


@pytest.mark.parametrize(
    "text", ["AGREED as a correct record.", "APPROVED as a true and accurate record"]
)
def test_a_verb_before_a_correct_record_confirms_the_minutes(text):
    assert decide(text)[0].code == "agreed_as_correct_record"


def test_a_cell_that_says_the_outcome_again_is_no_second_decision():
    found = decide("Apologies were noted.\nNoted.")
    assert [one.text for one in found] == ["Apologies were noted."]


def test_a_cell_beside_another_sentence_decides_for_itself():
    text = "The map was noted.\nNoted.\nA talk was given.\nNoted."
    assert [one.text for one in decide(text)] == ["The map was noted.", "Noted."]


def test_a_decision_broken_by_the_edge_of_the_page_ends_with_its_sentence():
    (one,) = decide(
        "Agreed: £500 to the Fell Players for new boots and a warm coat. The bid from\n"
        "the skate park was put off for want of accounts."
    )
    assert one.code == "agreed"
    assert one.text.endswith("warm coat.")
