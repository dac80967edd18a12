"""What in a narrative makes a person known."""

import pytest

from concerted.reading.model import Span
from concerted.reading.personal import read_personal


def found(text: str, known=()):
    return [(p.kind, p.value) for p in read_personal(text, [Span(0, len(text))], known)]


def test_people_phones_mails_and_addresses_are_found():
    text = (
        "Comments go to Sarah Poole on 01999 555123 or sarah.poole@northfell.example . "
        "The incident at 14 Mill Lane, Northfell NF1 2AB was reported by Mr Dale."
    )
    assert found(text) == [
        ("person", "Sarah Poole"),
        ("phone", "01999 555123"),
        ("email", "sarah.poole@northfell.example"),
        ("address", "14 Mill Lane, Northfell NF1 2AB"),
        ("person", "Mr Dale"),
    ]


def test_a_known_name_is_found_without_a_title():
    assert found("Later Zog Quill spoke.", ["Zog Quill"]) == [("person", "Zog Quill")]


def test_bodies_and_months_are_no_people():
    assert found("The Community Safety Team met Victim Support after the 20 May Event.") == []


def test_a_name_does_not_go_on_into_the_next_sentence():
    assert found("It will be ready by June. This is late, says Grace. Members agreed.") == []
    assert found("Spoken to: Mrs. Ann Poole. Insp. Rhys Dale wrote.") == [
        ("person", "Mrs. Ann Poole"),
        ("person", "Insp. Rhys Dale"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "14 Northfell Parade",
        "3a Canal Way",
        "12-14 Rose Walk",
        "5 Oak Grove, Dene NF1 2AB",
        "9 Elm Terrace",
        "7 Stable Mews",
        "22 The Crescent",
        "8 Mill Row",
        "5 The Green",
        "7 St John’s Hill",
        "2 Dene Gardens",
        "Flat 3, Dene Court",
        "31 Ash House",
        "6 Park View Terrace",
        "4 Wyle Promenade",
    ],
)
def test_a_number_before_a_street_word_is_an_address(address):
    assert ("address", address) in found(f"Two windows at {address} were broken.")


def test_two_addresses_do_not_share_a_postcode():
    text = "At 3 Canal Way and 5 Oak Grove, Dene NF1 2AB there were fires."
    assert found(text) == [("address", "3 Canal Way"), ("address", "5 Oak Grove, Dene NF1 2AB")]


@pytest.mark.parametrize(
    "text",
    [
        "They met at Hazel Grove.",
        "Hazel Grove was closed.",
        "Noise in Rose Hill and on Heather Lane.",
        "Victoria Park Road was swept.",
        "On 3 July Green Lane was shut; in 2024 Mill Lane was mended.",
    ],
)
def test_a_street_named_like_a_person_is_none(text):
    assert found(text) == []


def test_a_person_named_like_a_street_is_one():
    assert found("Heather Green spoke for Rose Hill.") == [
        ("person", "Heather Green"),
        ("person", "Rose Hill"),
    ]
    assert found("Later Hazel Grove spoke.", ["Hazel Grove"]) == [("person", "Hazel Grove")]


def test_a_rank_belongs_to_the_person():
    assert found("Watch Manager Zog Quill and T/Supt Hart spoke.") == [
        ("person", "Watch Manager Zog Quill"),
        ("person", "T/Supt Hart"),
    ]
