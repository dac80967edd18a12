"""How a reading is laid out for a person. Plain data: small invented texts, no database."""

import dataclasses
import re
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.imports.forms import ReviewForm
from concerted.imports.matching import Directory, Known, Names
from concerted.imports.review import (
    ALL_SEATS,
    AS_PRINTED,
    NEW_PERSON,
    NOWHERE,
    OTHER,
    Choice,
    Line,
    Marked,
    Review,
    Tick,
    lines,
    review,
)
from concerted.imports.tests.conftest import BOARD
from concerted.reading import read
from concerted.reading.files.changes import NOTHING_MARKED
from concerted.reading.model import Reading, Span, Unplaced

SMB = Known("smb", "Safer Marlbeck Board", ("SMB",))
TOBIAS = Known("tw", "Tobias Wren", (), ("Probation Service",))


def known(people=(TOBIAS,), organisations=(), bodies=(SMB,)):
    return Directory(
        Names(list(people)), Names(list(organisations)), Names(list(bodies)), ["Task group"]
    )


def laid_out(text=BOARD, directory=None):
    return review(read(text), 1, directory or known())


def changed(directory=None, text=BOARD, **parts):
    """The board's minutes, with parts of what was read in them replaced."""
    reading = read(text)
    meeting = dataclasses.replace(reading.meetings[0], **parts)
    return review(dataclasses.replace(reading, meetings=(meeting,)), 1, directory or known())


def field(made, name):
    [found] = [one for one in made.fields if one.name == name]
    return found


def asked(made):
    return {name for card in made.questions for name in card.names}


def values(choice):
    return [value for value, _ in choice.options]


# What the meeting was


def test_a_sure_date_stands_ready_to_be_corrected():
    made = laid_out()

    assert field(made, "held_on").initial == "11 March 2014"
    assert "held_on" not in asked(made)


def test_an_unsure_date_is_asked_with_its_candidates_and_another():
    made = laid_out(BOARD.replace("Tuesday, 11th March, 2014", "Monday, 11th March, 2014"))

    date = field(made, "date")
    assert date.initial == ""
    assert values(date)[0] == "11 March 2014"
    assert values(date)[-1] == OTHER
    assert len(date.options) > 2
    assert "Tuesday" in date.hint
    assert isinstance(field(made, "held_on"), Line)
    assert {"date", "held_on"} <= asked(made)


def test_without_a_date_only_another_can_be_given():
    made = changed(date=None)

    assert values(field(made, "date")) == [OTHER]
    assert field(made, "date").hint == "The text gives no date."


def test_a_known_body_stands_ready_and_an_unknown_one_is_asked():
    assert field(laid_out(), "body").initial == "smb"
    made = laid_out(directory=known(bodies=()))

    assert field(made, "body").initial == ""
    assert values(field(made, "body")) == [NEW_PERSON]
    assert field(made, "body_name").initial == "Safer Marlbeck Board"
    assert "body" in asked(made)


def test_the_body_that_is_nearly_the_same_is_offered_first_and_not_chosen():
    near = Known("near", "Safer Marlbek Board", ())
    made = laid_out(directory=known(bodies=[Known("a", "Area board", ()), near]))

    assert values(field(made, "body")) == ["near", "a", NEW_PERSON]
    assert field(made, "body").initial == ""
    assert field(made, "body").hint == "Nearly the same name."


# Who was there


def test_a_known_person_is_sure_and_a_near_one_is_asked():
    sure = laid_out()
    place = [name.name for name in sure.attendance].index("Tobias Wren")
    assert field(sure, f"n{place}_who").initial == "tw"
    assert f"n{place}_who" not in asked(sure)

    near = laid_out(BOARD.replace("Tobias Wren", "T Wren"))
    who = field(near, f"n{place}_who")
    assert who.initial == ""
    assert values(who)[0] == "tw"
    assert who.options[0][1] == "Tobias Wren, Probation Service"
    assert f"n{place}_who" in asked(near)
    assert any(card.title.endswith("the same as …?") for card in near.questions)


def test_an_organisation_that_is_nearly_known_is_asked_once():
    text = BOARD.replace("HMP Fenside", "Marlbeck Borough Council")
    council = Known("mbc", "Marlbeck Boro Council", ())
    made = laid_out(text, known(organisations=[council]))

    questions = [one for one in made.fields if re.fullmatch(r"g\d+", one.name)]
    assert [values(one) for one in questions] == [["mbc", NEW_PERSON]]
    assert questions[0].initial == ""


# What was decided and is to be done


def test_an_unsure_decision_is_asked_with_what_the_words_suggest_first():
    made = laid_out()

    first, second = field(made, "d3_0_0"), field(made, "d3_0_1")
    assert (first.initial, second.initial) == ("", "")
    assert (values(first)[0], values(second)[0]) == ("noted", "agreed")
    assert first.hint == "Read as: noted."
    assert {"d3_0_0", "d3_0_1"} <= asked(made)


def test_a_sure_decision_stands_ready():
    made = laid_out()

    assert field(made, "d2_0_0").initial == "noted"
    assert "d2_0_0" not in asked(made)


def test_offers_are_unticked_and_marked_actions_ticked():
    made = laid_out()

    assert made.offers
    assert made.actions
    assert all(not field(made, card.names[0]).initial for card in made.offers)
    assert all(field(made, card.names[0]).initial for card in made.actions)


def test_a_long_action_keeps_all_its_words():
    words = "bring figures " + "for every street of the town " * 12 + "by 30 April 2014"
    made = laid_out(BOARD.replace("bring figures for the town centre by 30 April 2014", words))

    assert len(field(made, "a0_text").initial) > 200
    assert "…" not in field(made, "a0_text").initial


@pytest.mark.parametrize(
    ("printed", "owner"),
    [
        ("Karl Yates", "name:3"),
        ("KY", "name:3"),
        ("All members", ALL_SEATS),
        ("Probation Service", "organisation:ps"),
        ("SMB", "body:smb"),
        ("Karl Yates and Probation Service", "name:3+organisation:ps"),
        ("The window cleaner", AS_PRINTED),
        (None, ""),
    ],
)
def test_the_owner_is_whoever_the_printed_words_plainly_are(printed, owner):
    action = dataclasses.replace(read(BOARD).meetings[0].actions[0], owner=printed)
    made = changed(known(organisations=[Known("ps", "Probation Service", ())]), actions=(action,))

    assert field(made, "a0_owner").initial == owner


def test_initials_that_two_on_the_list_share_stay_as_printed():
    action = dataclasses.replace(read(BOARD).meetings[0].actions[0], owner="TB")
    made = changed(actions=(action,), text=BOARD.replace("Karl Yates", "Tilda Boon"))

    assert field(made, "a0_owner").initial == AS_PRINTED


# Personal details, and what found no place


def test_a_personal_detail_is_asked_once_and_nothing_is_chosen():
    made = laid_out(BOARD.replace("Vera Moss.", "Vera Moss.\n\nCall 01632 960123."))

    asked_of = [card.title for card in made.personal]
    assert asked_of.count("01632 960123 (telephone)") == 1
    assert len(asked_of) == len(set(asked_of))
    assert all(not field(made, card.names[0]).initial for card in made.personal)
    assert field(made, "p_rest").initial == ""


def unplaced(count):
    spans = [Span(place, place + 1) for place in range(0, 2 * count, 2)]
    return tuple(Unplaced(f"Line {n}", span) for n, span in enumerate(spans))


@pytest.mark.parametrize(("found", "questions"), [(0, 0), (1, 1), (12, 12), (13, 13), (40, 13)])
def test_unplaced_lines_ask_up_to_twelve_times_and_once_for_the_rest(found, questions):
    made = changed(unplaced=unplaced(found))

    cards = [card for card in made.questions if card.names[0].startswith("u")]
    assert len(cards) == questions
    assert all(NOWHERE in values(field(made, card.names[0])) for card in cards)
    if found > 12:
        assert field(made, "u_rest").label == f"{found - 12} more lines found no place"


def test_furniture_of_the_page_is_not_asked_about():
    made = changed(unplaced=(Unplaced("Page 3", Span(0, 4), kind="furniture"),))

    assert not [card for card in made.questions if card.names[0].startswith("u")]


# The text, marked


TEXTS = [
    BOARD,
    BOARD.replace("Tuesday", "Monday").replace("Tobias Wren", "T Wren"),
    "Agenda\n\nSafer Marlbeck Board\n\n4 May 2027, 2.00pm\n\n1. Apologies\n2. Canal Walk\n3. Dates",
]


@pytest.mark.parametrize("text", TEXTS)
def test_marks_never_overlap(text):
    made = laid_out(text)

    assert made.marks
    assert all(one.span.end <= next_.span.start for one, next_ in pairwise(made.marks))


@pytest.mark.parametrize("text", TEXTS)
def test_each_card_quotes_the_line_that_it_names(text):
    made = laid_out(text)

    for card in [*made.questions, *made.offers, *made.personal, *made.names, *made.facts]:
        if card.span and card.span.end > card.span.start:
            words = " ".join(text[card.span.start : card.span.end].split())
            assert words.startswith(card.quote.rstrip("…"))
            first = text[card.span.start : card.span.end].split("\n")[0]
            assert first in text.split("\n")[card.line - 1]


@pytest.mark.parametrize("text", TEXTS)
def test_every_link_between_mark_and_field_ends_somewhere(text):
    page = rendered(laid_out(text))

    ids = set(re.findall(r'\bid="([^"]+)"', page))
    hrefs = set(re.findall(r'href="#([^"]+)"', page))
    assert len(re.findall(r'\bid="([^"]+)"', page)) == len(ids)
    assert hrefs <= ids
    assert hrefs


def rendered(made):
    request = RequestFactory().get("/")
    context = {
        "file": StandIn(),
        "review": made,
        "form": ReviewForm(made),
        "lines": lines(made),
        "number": 1,
        "meetings": 1,
        "made": {},
        "markup": NOTHING_MARKED,
        "held": False,
    }
    return render_to_string("imports/review.html", context, request)


class StandIn:
    """As much of a file as the page asks for."""

    name, key, notes, sentence, read_as = "board.txt", "k", [], "", "accepted"
    marking = ""

    class handover:
        at = None


def test_every_field_stands_on_the_page_once():
    made = laid_out(TEXTS[1])
    page = rendered(made)

    for one in made.fields:
        assert f'name="{one.name}"' in page, one.name
    shown = [name for card in cards(made) for name in card.names]
    assert len(shown) == len(set(shown))


def test_what_acceptance_makes_counts_the_decisions_that_were_asked_about_too():
    made = laid_out()

    assert made.decided == 3
    assert len(made.decisions) == 2
    page = rendered(made)
    assert "5 items, 3 decisions, and the actions that you ticked." in page
    assert "members of the body see them from then on, draft or not" in page


def cards(made):
    return [
        card
        for group in (
            made.questions,
            made.offers,
            made.personal,
            made.facts,
            made.names,
            made.items,
            made.decisions,
            made.actions,
        )
        for card in group
    ]


def test_nothing_that_was_asked_is_answered():
    made = laid_out(TEXTS[1])

    for card in made.questions:
        answer = field(made, card.names[0])
        assert not isinstance(answer, Choice) or answer.initial == "", card.title
    assert all(isinstance(field(made, card.names[0]), Tick) for card in made.offers)


@pytest.mark.slow
@settings(max_examples=300)
@given(st.data())
def test_the_pieces_of_all_lines_rejoin_to_the_text(data):
    text = data.draw(st.text(alphabet="ab \nÄ", max_size=60))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12, unique=True)))
    made = Review(Reading(text, "minutes", ""), None, 1)
    made.marks = [
        Marked(Span(start, end), "fact", f"M{n}", "#", f"s{n}")
        for n, (start, end) in enumerate(list(pairwise(cuts))[::2])
    ]

    shown = lines(made)

    assert "\n".join("".join(piece.words for piece in line) for line in shown) == text
    for mark in made.marks:
        pieces = [piece for line in shown for piece in line if piece.mark is mark]
        marked = "".join(piece.words for piece in pieces)
        assert marked == text[mark.span.start : mark.span.end].replace("\n", "")
        assert [piece.first for piece in pieces][:1] in ([], [True])
        assert not any(piece.first for piece in pieces[1:])
