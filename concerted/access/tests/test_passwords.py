"""Which passwords are taken: long ones that nobody here would guess, typed or pasted."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests import entrance


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short words", "too short"),
        ("1q2w3e4r5t6y", "too common"),
        ("Safer-Marlbeck-2026", "name of the partnership"),
        ("m.a.r.l.b.e.c.k otters", "name of the partnership"),
        ("SaferMarlbeck!!!", "name of the partnership"),
        ("Concerted-2026!", "name of the partnership"),
        ("tobias@example.org", "too similar to the email"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(cast, password, why):
    with pytest.raises(ValidationError, match=why):
        validate_password(password, cast.accounts["tobias"])


@pytest.mark.parametrize(
    "password", ["otters in the canal", "a" * 11 + "é", "沢山の魚が川にいる。本当に"]
)
def test_any_others_of_twelve_are_taken(cast, password):
    validate_password(password, cast.accounts["tobias"])


@pytest.mark.parametrize("address", ["/sign-in/", "/sign-in/password/change/", "/sign-in/again/"])
def test_nothing_keeps_somebody_from_pasting(cast, address):
    client = Client() if address == "/sign-in/" else entrance.signed_in(cast.accounts["tobias"])
    page = client.get(address).text

    fields = [one for one in re.findall(r"<input[^>]*>", page) if 'type="password"' in one]
    assert fields
    keeps = ("onpaste", 'autocomplete="off"', "maxlength")
    assert not any(word in field.lower() for field in fields for word in keeps)
    assert "onpaste" not in page.lower()


def test_browsers_are_told_which_password_is_which(cast):
    page = entrance.signed_in(cast.accounts["tobias"]).get("/sign-in/password/change/").text

    assert page.count('autocomplete="current-password"') == 1
    assert page.count('autocomplete="new-password"') == 2


def test_a_new_password_signs_out_everywhere_else(cast):
    tobias = cast.accounts["tobias"]
    here, there = entrance.signed_in(tobias), entrance.signed_in(tobias, ahead=1)
    new = "otters in the canal"

    here.post(
        "/sign-in/password/change/",
        {"oldpassword": entrance.PASSWORD, "password1": new, "password2": new},
    )

    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
