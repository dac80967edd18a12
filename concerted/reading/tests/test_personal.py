"""What in a narrative makes a person known."""

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
