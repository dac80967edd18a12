"""Signing in: by invitation only, and without telling who has an account."""

import re

import pytest
from django.test import Client

from tests.cast import PASSWORD


def sign_in(email: str, password: str):
    return Client().post("/sign-in/", {"login": email, "password": password})


def test_somebody_signs_in_and_arrives_at_home(cast):
    response = sign_in("tobias@example.org", PASSWORD)

    assert (response.status_code, response["Location"]) == (302, "/")


def test_capitals_in_an_address_make_no_difference(cast):
    assert sign_in("Tobias@Example.org", PASSWORD).status_code == 302


def without_what_was_typed(response, email: str) -> str:
    page = re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>', "", response.text)
    return page.replace(email, "")


def test_a_wrong_password_and_an_unknown_address_give_the_same_page(cast):
    pages = {
        without_what_was_typed(sign_in(email, "not the password"), email)
        for email in ("tobias@example.org", "stranger@example.org")
    }

    assert len(pages) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_themselves_up(db, method):
    data = {"email": "stranger@example.org", "password1": PASSWORD}
    response = getattr(Client(), method)("/sign-in/closed/", data)

    assert response.status_code == 200
    assert "sessionid" not in response.cookies


def test_an_account_that_was_closed_does_not_sign_in(cast):
    account = cast.accounts["tobias"]
    account.is_active = False
    account.save()

    assert sign_in("tobias@example.org", PASSWORD)["Location"] == "/sign-in/inactive/"


def test_guessing_passwords_is_stopped_after_some_tries(cast):
    for _ in range(12):
        assert sign_in("rowena@example.org", "not the password").status_code == 200

    response = sign_in("rowena@example.org", PASSWORD)

    assert response.status_code == 200
    assert "Too many failed login attempts" in response.text
