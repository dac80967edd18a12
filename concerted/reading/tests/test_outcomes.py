"""Outcomes in plain words: put off, left to others, merely thought, or said without a subject."""

import pytest

from concerted.reading.opinions import done_by_others, holds_opinion
from concerted.reading.outcomes import plain_code
from concerted.reading.putting_off import is_put_off
from concerted.reading.sentences import paragraph_number
from concerted.reading.tests.test_decisions import decide


@pytest.mark.parametrize(
    ("words", "put_off"),
    [
        ("Continued to the next meeting for costs.", True),
        ("The author was ill, so this was held over until May.", True),
        ("Consideration of this item was continued to the next meeting.", True),
        ("Deferred.", True),
        ("The matter stood over to the May meeting.", True),
        ("Mr Bell had been ill, so it was deferred to July.", True),
        ("The matter was deferred by the Harbour Trust in June.", False),
        ("He asked whether it was deferred to June.", False),
        ("The bus moved to the next stop.", False),
    ],
)
def test_a_matter_is_put_off_in_many_words(words, put_off):
    assert is_put_off(words) is put_off


@pytest.mark.parametrize(
    ("words", "opinion"),
    [
        ("The Panel agreed that the answer was thin.", True),
        ("The Group agreed that a lamp would be better.", True),
        ("The Board agreed that the lamp be moved.", False),
        ("It was agreed that what was left go to the club.", False),
        ("It was agreed that the kerb would be painted.", False),
    ],
)
def test_what_a_body_thinks_is_no_decision(words, opinion):
    assert holds_opinion(words) is opinion


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("It was agreed elsewhere that the park would shut.", True),
        ("The licence was refused by the Magistrates.", True),
        ("The plan was approved by all.", False),
        ("The budget was agreed by the Committee.", False),
    ],
)
def test_what_others_decided_is_no_decision_of_this_body(words, others):
    assert done_by_others(words) is others


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("We agreed to write to the brewery.", "agreed"),
        ("Agreed that the lamp be moved.", "agreed"),
        ("Requests 2 and 3 approved.", "approved"),
        ("With those corrections, adopted.", "approved"),
        ("Noted as circulated.", "noted"),
        ("The Panel, after a vote, approved the scheme.", "approved"),
        ("The Committee made the following recommendations:", "recommended_to"),
        ("Leave was refused in four.", None),
        ("Mr Bell approved.", None),
    ],
)
def test_an_outcome_needs_no_full_sentence(words, code):
    assert plain_code(words) == code


@pytest.mark.parametrize("number", ["4.2 ", "4.2. ", "4.2.1 ", "(3) ", "3) ", "3. ", "(b) "])
def test_the_number_of_a_paragraph_is_no_part_of_its_sentence(number):
    assert paragraph_number(f"{number}The plan was approved.") == len(number)
    assert decide(f"{number}The Board approved the plan.")[0].code == "approved"


@pytest.mark.parametrize(
    "words",
    [
        "RESOLVED 1. That the report be noted. 2. That figures be added.",
        "RESOLVED\n\n6.1 to note the report;\n\n6.2 that figures be added.",
        "RESOLVED\n\n(1) That the report be noted.\n\n(2) That figures be added.",
    ],
)
def test_the_first_of_numbered_limbs_gives_the_code(words):
    made = decide(f"The paper was introduced. \n\n{words}")
    assert made[0].code == "noted"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("The plan was approved and will be printed by the Clerk.", "approved"),
        ("The bid was approved, subject to the figures.", "approved"),
        ("The plan would be approved in May.", None),
        ("These had gone round and were signed as a true record.", "agreed_as_correct_record"),
        (
            "There was submitted and approved Minute of Meeting of 1 May.",
            "agreed_as_correct_record",
        ),
        ("The minute of 1 May was to be signed as a correct record once read.", None),
        ("This was put back to the July meeting.", "deferred"),
        ("The Board noted the self-check; and", "noted"),
        ("Members noted the new lamps.", None),
        ("The Board noted the rise in thefts.", None),
        (
            "After a talk (in which Mr Bell said that it was late) the Group approved option 3.",
            "approved",
        ),
        (
            "Mr Dunn, who had asked for this item, being ill, the\nBoard agreed to defer it.",
            "deferred",
        ),
        ("A working party was set up: Ann Bell and Cal Dunn.", "other"),
        ("A working party had been set up in 2009.", None),
    ],
)
def test_the_clause_that_tells_the_outcome_counts_and_no_other(words, code):
    assert plain_code(words) == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("RESOLVED to: (a) note the talk; (b) ask for more.", "noted"),
        ("RESOLVED that, subject to paragraph 2.4 going, the reply be approved.", "approved"),
        ("RESOLVED that the reports be received and the advice in them adopted.", "approved"),
        ("Agreed that the card be put off until the figures come.", "deferred"),
        ("The Board agreed to continue consideration of it to its next meeting.", "deferred"),
        ("The Board:\nagreed to note the draft.", "noted"),
        ("The Panel noted the draft and hoped for more.\nRESOLVED", "noted"),
        ("Decision: Model 2 agreed by 5 votes to 0.", "agreed"),
        (
            "Resolved that the minutes of the meeting of the Group held on 6 June\n2006 be noted.",
            "noted",
        ),
    ],
)
def test_the_act_is_found_wherever_the_resolution_keeps_it(words, code):
    assert decide(words)[0].code == code
