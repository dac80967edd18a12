"""What a body did in its own sentence, what a word such as "Decision" states, and motions."""

import pytest

from concerted.reading.acts import act_of
from concerted.reading.decision_codes import code_of
from concerted.reading.decisions import read_decisions
from concerted.reading.labels import decision_word
from concerted.reading.lines import split
from concerted.reading.model import Item, Span
from concerted.reading.outcomes import plain_code


def decided(text: str, body: str = ""):
    return read_decisions(text, [], split(text), about_minutes=False, body=body)


def word(text: str) -> str:
    """The label of an item whose minutes are the text."""
    span = Span(0, 0)
    return decision_word(Item(None, None, "public", (), text, span, span, tuple(decided(text))))


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The Board approved the budget for the year.", "approved"),
        ("The Committee noted the register.", "noted"),
        ("The Sub-Committee noted the dates: 4 May and 6 July.", "noted"),
        ("Members noted the presentation.", "noted"),
        ("Members thanked Ms Hale, and noted the presentation.", "noted"),
        ("The Forum agreed the terms of reference.", "agreed"),
        ("After a long debate the Panel endorsed the plan.", "endorsed"),
        ("Following discussion, the Board unanimously adopted the policy.", "approved"),
        ("The Committee homologated the action taken.", "approved"),
        ("The Committee took limited assurance from the paper.", "other"),
        ("The Committee resolved to meet in private.", "agreed"),
        ("The Committee refused the application.", "not_agreed"),
        ("The Partnership elected Ann Bell as Chair.", "other"),
        ("The Board remitted the matter to the officers.", "referred_to"),
        ("The Working Party accepted the report.", "approved"),
        ("The Group noted and agreed the report.", "noted"),
        ("The Committee noted that trade was slow.", None),
        ("The Board noted with concern a rise in theft.", None),
        ("The Board noted the increase in calls.", None),
        ("Members agreed that more could be done.", None),
        ("Members accepted the point.", None),
        ("The Group agreed with the officer.", None),
        ("The officer said that the Board approved the plan.", None),
        ("The Board had approved the plan in May.", None),
        ("At its last meeting the Board approved the plan.", None),
        ("The Chair approved the invoice.", None),
    ],
)
def test_a_body_acts_in_its_own_sentence(sentence, code):
    assert act_of(sentence) == code


@pytest.mark.parametrize(
    ("sentence", "body", "code"),
    [
        ("The Council approved the scheme.", "Marlbeck Safer Partnership", None),
        ("The Council approved the scheme.", "Marlbeck Parish Council", "approved"),
        ("The Police Board approved the scheme.", "Marlbeck Housing Board", None),
        ("The Marlbeck Board approved the scheme.", "Marlbeck Housing Board", "approved"),
    ],
)
def test_another_body_decides_nothing_here(sentence, body, code):
    assert act_of(sentence, body) == code


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Bike marking, £90: approved.", "approved"),
        ("Drone, £900 – refused.", "not_agreed"),
        ("Proposed by Cllr Ash, seconded by Cllr Bow, all agreed.", "agreed"),
        (
            "It was proposed by Cllr Ash, seconded by Cllr Bow and agreed that the hall be let.",
            "agreed",
        ),
        ("The motion was accordingly carried.", "agreed"),
        ("The motion was lost.", "not_agreed"),
        ("On a vote the amendment was lost.", None),
        ("Approved subject to two changes.", "approved"),
        ("No objection.", "other"),
        ("12/044 Fen Cottage, porch. No objection.", "other"),
        ("Object: too tall.", "other"),
        ("No objections were heard from the officers about the new times.", None),
        ("Ann Bell was duly elected Chair.", "other"),
        ("Ann Bell was elected, proposed by Cal Dunn.", "other"),
        ("Ann Bell has been appointed to the post of warden.", None),
        ("The following were noted: a letter and a map.", "noted"),
        ("The following points were noted: noise and litter.", None),
        ("Consideration of the plan was deferred to May.", "deferred"),
        ("Minutes agreed.", "agreed_as_correct_record"),
        ("All present agreed.", "agreed"),
        ("Item deferred to May for costs", "deferred"),
        ("Permission was granted.", "agreed"),
        (
            "The minutes were agreed as a true record, the time to be put right on page 2.",
            "agreed_as_correct_record",
        ),
        ("The minutes would be agreed at the next meeting.", None),
    ],
)
def test_a_sentence_without_a_body_can_tell_an_outcome(sentence, code):
    assert plain_code(sentence) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The Board:\n1. noted the review; and\n2. thanked Ms Hale.", ["noted", "agreed"]),
        ("The Sub-Committee:-\n1. Agreed the plan; and\n2. Asked for a map.", ["agreed", "agreed"]),
        ("The Board agreed to:\n- note the report\n- approve the plan", ["noted", "approved"]),
    ],
)
def test_a_body_may_act_in_a_list(text, codes):
    (one,) = decided(text)
    assert [limb.code for limb in one.limbs] == codes


def test_what_a_body_only_noted_in_a_list_is_no_outcome():
    assert decided("The Board noted that:\n1. the hall was full\n2. the bus was late.") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Talk.\nDecision: That a working group be set up.", "agreed"),
        ("Talk.\nDecision\nThe Board noted the contents of the report.", "noted"),
        ("Talk.\nDecision: The plan was approved.", "approved"),
        ("Talk.\n\nOutcome:\n\nThat the plan be noted.", "noted"),
    ],
)
def test_what_stands_under_the_word_decision_is_decided(text, code):
    assert decided(text)[0].code == code


@pytest.mark.parametrize("text", ["Decision: None", "Decision:\nApologies came from Ann Bell."])
def test_a_decision_that_states_nothing_is_none(text):
    assert decided(text) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Talk.\nthat the reply be noted.", ["noted"]),
        ("Talk.\n(1) that the plan be approved;\n(2) that a map be sent.", ["approved", "agreed"]),
    ],
)
def test_a_sentence_that_hangs_on_a_lost_verb_is_a_decision(text, codes):
    (one,) = decided(text)
    assert [limb.code for limb in one.limbs] == codes


@pytest.mark.parametrize("text", ["Talk.\nThat would be hard.", "It was hoped\nthat it be mended."])
def test_that_within_a_sentence_is_no_decision(text):
    assert decided(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UNANIMOUSLY RESOLVED:\n1. That the map be noted.", "noted"),
        ("IT WAS AGREED\nthat the map be noted.", "noted"),
        ("RESOLVED\n(1) That the map be noted.\n(2) That it be kept.", "noted"),
        ("The Board APPROVED the plan.", "approved"),
        ("Ms Hale spoke. The update was long. NOTED", "noted"),
    ],
)
def test_a_verb_in_capitals_is_known_wherever_it_stands(text, code):
    assert decided(text)[0].code == code


def test_a_decision_that_closes_the_matter_comes_before_its_condition():
    first = decided("It was agreed that page 4 be cut. Subject to that, the plan was approved.")[0]
    assert first.code == "approved"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("AGREED to accept the offer.", "agreed"),
        ("AGREED to recommend the second site.", "agreed"),
        ("AGREED that the plan be approved.", "approved"),
        ("RESOLVED to take the lease agreement.", "other"),
        ("RESOLVED to pay the family support worker.", "other"),
        ("RESOLVED that the bid be supported.", "agreed"),
        ("RECOMMENDED that the county approve the plan.", "other"),
        ("The motion was carried.", "other"),
        ("The Committee resolved to meet in private.", "other"),
    ],
)
def test_the_label_goes_by_the_words(text, label):
    assert word(text) == label


def test_what_was_agreed_keeps_its_own_code_beside_the_label():
    assert code_of("accept the offer", "AGREED") == "approved"
