"""Whom a text may name, and what stands instead: a table, without a database."""

import pytest

from concerted.editions.naming import (
    Naming,
    left_in,
    personal_in,
    same_person,
    without_personal,
    without_withheld,
)


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("Rowena Thackley", True),
        ("Councillor Rowena Thackley", True),
        ("Cllr Thackley", True),
        ("Cllr R Thackley", True),
        ("Mrs R. Thackley", True),
        ("Thackley", False),
        ("Jane Thackley", False),
        ("Cllr J Thackley", False),
        ("Rowena Ferris", False),
        ("", False),
    ],
)
def test_words_that_mean_a_person_of_that_name(words, same):
    assert same_person(words, "Rowena Thackley") is same


NAMING = Naming(
    named=("Rowena Thackley",),
    known=("Tobias Wren",),
    capacities={"tobias wren": "the representative of Probation Service"},
    mailbox="office@example.org",
)


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("Tobias Wren spoke.", "the representative of Probation Service spoke."),
        ("Cllr Rowena Thackley opened it.", "Cllr Rowena Thackley opened it."),
        ("Jane Ferris asked.", "a named person asked."),
        ("Ring 01632 960123.", "Ring office@example.org."),
        ("Write to jane@example.org.", "Write to office@example.org."),
        ("Write to office@example.org.", "Write to office@example.org."),
        ("At 4 Mill Lane, Marlbeck AB1 2CD there.", "At an address there."),
        ("Nothing of the kind.", "Nothing of the kind."),
    ],
)
def test_personal_details_make_room_for_other_words(text, public):
    assert without_personal(text, NAMING) == public
    assert left_in(public, NAMING) == []


def test_what_somebody_kept_is_not_left_over():
    [found] = personal_in("Jane Ferris asked.", NAMING)

    assert left_in("Jane Ferris asked.", NAMING, [found.words]) == []
    assert found.what == "person"


def test_without_a_mailbox_contact_details_lead_to_the_office():
    assert without_personal("Ring 01632 960123.", Naming()) == "Ring the partnership office."


def test_the_place_of_withheld_words_loses_its_number():
    assert without_withheld("Ask [withheld 12] first.") == "Ask [not published] first."
