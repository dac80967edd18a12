"""Passkeys: made, used after the password, used alone, and asked of administrators."""

import html
import json
import re

import pytest
from django.test import Client
from fido2.utils import websafe_decode, websafe_encode

from concerted.access import factors
from concerted.access.models import Account
from concerted.access.tests.soft_passkey import SoftPasskey
from concerted.audit.models import Line
from tests import entrance

HOME = {"SERVER_NAME": "localhost"}
ADD = "/sign-in/factors/passkey/"
ALONE = "/sign-in/passkey/"


def options_on(page: str) -> dict:
    [found] = re.findall(r'data-options="([^"]+)"', page)
    return json.loads(html.unescape(found))


def after_password(account: Account) -> Client:
    client = Client(**HOME)
    entrance.gives_password(client, account.email)
    return client


def adds(client: Client, passkey: SoftPasskey, name: str = "Work laptop"):
    made = passkey.create(options_on(client.get(ADD).text))
    return client.post(ADD, {"name": name, "credential": made})


@pytest.fixture
def tobias(cast) -> Account:
    return cast.accounts["tobias"]


@pytest.fixture
def passkey(tobias) -> SoftPasskey:
    one = SoftPasskey()
    adds(after_password(tobias), one)
    assert factors.has_passkey(tobias)
    return one


def test_a_passkey_is_set_up_in_place_of_an_app(tobias):
    client = after_password(tobias)

    assert adds(client, SoftPasskey())["Location"] == "/sign-in/factors/codes/"
    assert client.get("/").status_code == 200
    assert "Work laptop (passkey)" in client.get("/sign-in/factors/").text
    assert "passkey.added" in Line.objects.values_list("what", flat=True)


def test_what_is_kept_with_it_is_no_serial_number_of_ours(tobias):
    page = after_password(tobias).get(ADD).text
    owner = options_on(page)["publicKey"]["user"]["id"]

    assert websafe_decode(owner).decode() == tobias.key


@pytest.mark.parametrize(
    "bent",
    [
        {"origin": "https://elsewhere.example.org"},
        {"origin": "http://localhost.example.org"},
        {"verifies": False},
    ],
    ids=str,
)
def test_one_of_another_site_or_without_pin_is_not_taken(tobias, bent):
    response = adds(after_password(tobias), SoftPasskey(**bent))

    assert response.status_code == 200
    assert "There is a problem" in response.text
    assert not factors.has_passkey(tobias)


@pytest.mark.parametrize("sent", ["", "{}", "[]", "7", '"x"', '{"response": 1}', "not JSON"])
def test_what_is_no_passkey_is_a_sentence(tobias, sent):
    client = after_password(tobias)
    client.get(ADD)

    assert client.post(ADD, {"name": "x", "credential": sent}).status_code == 200
    assert client.post(ALONE, {"credential": sent}).status_code == 302


def test_after_the_password_a_passkey_serves_as_the_code(tobias, passkey):
    client = after_password(tobias)
    options = options_on(client.get("/sign-in/code/").text)

    response = client.post("/sign-in/code/", {"credential": passkey.get(options)})

    assert response["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_passkey_of_another_does_not(tobias, passkey, cast):
    theirs = SoftPasskey()
    adds(after_password(cast.accounts["dilys"]), theirs)
    client = after_password(tobias)
    options = options_on(client.get("/sign-in/code/").text)

    response = client.post("/sign-in/code/", {"credential": theirs.get(options)})

    assert "The passkey was not accepted" in response.text
    assert client.get("/").status_code == 302


def alone(passkey: SoftPasskey, **bent) -> Client:
    client = Client(**HOME)
    options = client.get(ALONE, headers={"Accept": "application/json"}).json()["options"]
    client.post(ALONE, {"credential": passkey.get(options, **bent)})
    return client


@pytest.mark.slow
def test_a_passkey_alone_signs_in(tobias, passkey):
    client = alone(passkey)

    assert client.get("/").status_code == 200
    assert "Tobias Wren" in client.get("/").text


def test_it_names_its_own_account_alone(passkey, cast):
    adds(after_password(cast.accounts["dilys"]), SoftPasskey())
    for key in (cast.accounts["dilys"].key, "nobody"):
        assert alone(passkey, owner=websafe_encode(key.encode())).get("/").status_code == 302


def test_without_pin_or_finger_it_is_not_enough_alone(passkey):
    passkey.flags = SoftPasskey(verifies=False).flags

    assert alone(passkey).get("/").status_code == 302


def test_an_answer_to_an_earlier_question_is_not_taken(passkey):
    client = Client(**HOME)
    options = client.get(ALONE).json()["options"]
    client.get(ALONE)

    assert client.post(ALONE, {"credential": passkey.get(options)})["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_a_closed_account_does_not_come_in_by_it(tobias, passkey):
    Account.objects.filter(pk=tobias.pk).update(is_active=False)

    assert alone(passkey).get("/").status_code == 302


def test_an_administrator_reaches_all_once_a_passkey_is_there(cast):
    sid = cast.accounts["sid"]
    client = entrance.signed_in(sid, **HOME)
    assert client.get("/")["Location"] == ADD

    adds(client, SoftPasskey())
    assert client.get("/").status_code == 200

    app = factors.of(sid).get(type="totp")
    assert client.post(f"/sign-in/factors/{app.data['key']}/remove/").status_code == 302
    last = factors.of(sid).get(type="webauthn")
    refused = client.post(f"/sign-in/factors/{last.data['key']}/remove/")
    assert refused.status_code == 403
    assert "An administrator signs in with a passkey" in refused.text


def test_a_passkey_shows_once_more_that_it_is_you(tobias, passkey):
    client = alone(passkey)
    session = client.session
    session["proved_at"] = 0
    session.save()
    assert client.get("/sign-in/factors/codes/").status_code == 302
    address = "/sign-in/again/?way=passkey&next=/sign-in/factors/codes/"
    options = options_on(client.get(address).text)

    response = client.post(address, {"credential": passkey.get(options)})

    assert response["Location"] == "/sign-in/factors/codes/"
    assert client.get("/sign-in/factors/codes/").status_code == 200
