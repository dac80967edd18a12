"""Of an e-mail its own words, without what it answered and the signature."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.reading.files import NotReadable
from concerted.reading.files.letter import letter_of, own_words
from concerted.reading.files.mail import Mail

HEAD = (
    "From: Una Sedge <una@example.org>\nDate: Tue, 16 Jun 2026 09:30:00 +0000\n"
    "Subject: Re: Lighting\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
)
OWN = "The survey is done.\n\nFour lamps are out."


def mail(words):
    return Mail("Re: Lighting", "Una Sedge", None, words)


@pytest.mark.parametrize(
    "below",
    [
        "On 3 June 2026 at 10:02, Dilys Ambrey <dilys@example.org> wrote:\n> How far is it?",
        "On Wed, 3 Jun 2026, Dilys Ambrey wrote:\nHow far is it?",
        "-----Original Message-----\nFrom: Dilys\nHow far is it?",
        "________________________________\nFrom: Dilys Ambrey\nSent: 3 June 2026\nHow far?",
        "From: Dilys Ambrey <dilys@example.org>\nSent: 3 June 2026 10:02\nTo: Una Sedge\nHow far?",
        "> How far is it?\n> Dilys",
        "-- \nUna Sedge\nLighting team",
    ],
)
def test_what_was_answered_and_the_signature_are_left_out(below):
    assert own_words(mail(f"{OWN}\n\n{below}\n")) == (OWN, True)


def test_a_letter_without_an_answer_stays_as_it_is():
    assert own_words(mail(f"{OWN}\n")) == (OWN, False)
    assert own_words(mail("Noted -- go on. From: here.")) == ("Noted -- go on. From: here.", False)


def test_who_wrote_it_and_when_come_from_its_head():
    letter = letter_of(f"{HEAD}{OWN}\n".encode())

    assert (letter.sender, letter.sent) == ("Una Sedge", datetime.date(2026, 6, 16))
    assert letter.words == OWN


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"Minutes of the board\n1. Welcome", "This is not an e-mail"),
        (f"{HEAD}> only what was asked\n".encode(), "has no words of its own"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken", "damaged"),
    ],
)
def test_what_is_no_letter_is_a_sentence(data, sentence):
    with pytest.raises(NotReadable, match=sentence):
        letter_of(data)


@given(st.text(max_size=300))
def test_any_words_give_printable_lines_and_no_more_than_came(words):
    own, _ = own_words(mail(words))

    assert all(sign == "\n" or sign.isprintable() for sign in own)
    assert len(own) <= len(words)
