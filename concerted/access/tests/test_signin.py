"""Signing in: by invitation only, and without telling who has an account."""

import re

import pytest
from django.test import Client

from concerted.access.models import Account, Session
from concerted.kernel.clock import now
from tests import entrance
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
    for _ in range(10):
        assert sign_in("rowena@example.org", "not the password").status_code == 200

    response = sign_in("rowena@example.org", PASSWORD)

    assert response.status_code == 429
    assert "Too many attempts" in response.text


def at_home(client: Client) -> bool:
    """Whether the home page shows, or the way to it leads through sign-in."""
    return client.get("/").status_code == 200


def signed_in(email: str) -> Client:
    client = entrance.signed_in(Account.objects.get(email=email))
    assert at_home(client)
    return client


def test_a_session_ends_at_its_time(cast):
    client = signed_in("tobias@example.org")

    Session.objects.update(expire_date=now())

    assert not at_home(client)


def test_an_account_that_is_closed_is_out_at_the_next_page(cast):
    client = signed_in("tobias@example.org")

    Account.objects.filter(email="tobias@example.org").update(is_active=False)

    assert not at_home(client)


def test_a_new_password_ends_the_sessions_of_the_old(cast):
    client = signed_in("tobias@example.org")
    account = Account.objects.get(email="tobias@example.org")
    account.set_password("another long password")
    account.save()

    assert not at_home(client)


def test_a_session_of_somebody_elses_choosing_is_never_taken_up(cast):
    chosen = "chosen0by0somebody0else00000000"
    entrance.with_app(cast.accounts["tobias"])
    client = Client()
    client.cookies["sessionid"] = chosen
    entrance.gives_password(client, "tobias@example.org")
    before = client.cookies["sessionid"].value
    client.post("/sign-in/code/", {"code": entrance.code()})

    assert at_home(client)
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"].value != chosen
    assert not Session.objects.filter(session_key=chosen).exists()
