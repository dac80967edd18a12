"""Signing in through a directory, against a provider that signs for itself on loopback."""

import datetime
import time

import pytest
from django.test import Client

from concerted.access import directories, openid
from concerted.access.directories import Verified
from concerted.access.models import Account, Directory
from concerted.access.tests import provider as providers
from concerted.access.tests.provider import CLIENT_ID, SECRET, Provider
from concerted.audit.models import Line
from concerted.config.env import secrets_by_name
from concerted.kernel.verdict import NotAllowed
from tests import entrance

SUBJECT = "8d3f-of-gareth"


@pytest.fixture
def provider():
    with providers.serving() as one:
        yield one


@pytest.fixture
def directory(db, provider, settings) -> Directory:
    settings.DIRECTORY_SECRETS = {"wyleshire": SECRET}
    return directories.add_directory(
        name="wyleshire",
        label="Wyleshire Police",
        issuer=provider.issuer,
        client_id=CLIENT_ID,
        organisation_id=1,
        asks_second_factor=True,
    )


@pytest.fixture
def gareth(cast, directory) -> Account:
    account = cast.accounts["gareth"]
    directories.record_identity(account, Verified(directory.pk, SUBJECT, second_factor=False))
    return account


def comes_back(provider: Provider, *, subject: str = SUBJECT, client=None, **changes):
    """Somebody goes to the directory and comes back; `changes` is what the browser bends."""
    client = client or Client()
    away = client.get("/sign-in/directory/wyleshire/")
    assert away["Location"].startswith(f"{provider.issuer}/authorize?")
    brought = provider.authorize(away["Location"], subject) | changes
    brought = {name: value for name, value in brought.items() if value is not None}
    return client, client.get("/sign-in/directory/answer/", brought)


def refused(response, client) -> bool:
    assert client.get("/").status_code == 302
    return response["Location"] == "/sign-in/"


def test_the_sign_in_page_offers_the_directory(directory):
    page = Client().get("/sign-in/").text

    assert "Sign in through Wyleshire Police" in page
    assert 'href="/sign-in/directory/wyleshire/"' in page


def test_a_directory_that_asked_a_second_factor_is_enough(gareth, provider):
    provider.changes = {"amr": ["pwd", "mfa"]}

    client, response = comes_back(provider)

    assert response["Location"] == "/"
    assert client.get("/").status_code == 200
    assert "session.begun" in Line.objects.values_list("what", flat=True)


@pytest.mark.parametrize("amr", [None, ["pwd"], "mfa", []])
def test_one_that_did_not_leaves_it_to_us(gareth, provider, amr):
    provider.changes = {"amr": amr}

    client, response = comes_back(provider)
    assert client.get("/")["Location"] == "/sign-in/factors/"

    entrance.with_app(gareth)
    client, response = comes_back(provider)
    assert response["Location"] == "/sign-in/code/"


def test_its_word_counts_only_where_that_was_settled(gareth, provider):
    Directory.objects.update(asks_second_factor=False)
    provider.changes = {"amr": ["mfa"]}

    client, _ = comes_back(provider)

    assert client.get("/")["Location"] == "/sign-in/factors/"


@pytest.mark.parametrize(("acr", "opens"), [("urn:level:2", 200), ("urn:level:1", 302)])
def test_some_directories_say_it_in_words_of_their_own(gareth, provider, acr, opens):
    Directory.objects.update(second_factor_acr="urn:level:2")
    provider.changes = {"acr": acr}

    client, _ = comes_back(provider)

    assert client.get("/").status_code == opens


def test_an_e_mail_address_makes_nobody_somebody(gareth, provider):
    provider.changes = {"email": gareth.email, "email_verified": True, "amr": ["mfa"]}

    client, response = comes_back(provider, subject="somebody else")

    assert refused(response, client)
    assert "you were not invited here through it" in client.get("/sign-in/").text


def test_a_subject_counts_in_its_own_directory_alone(gareth, directory, provider):
    other = directories.add_directory(
        name="other",
        label="Another",
        issuer="https://directory.example.org",
        client_id="x",
        organisation_id=2,
    )

    assert directories.account_of(Verified(other.pk, SUBJECT, second_factor=True)) is None


def test_an_account_that_is_closed_does_not_come_in(gareth, provider):
    Account.objects.filter(pk=gareth.pk).update(is_active=False)

    client, response = comes_back(provider)

    assert refused(response, client)


def test_a_closed_directory_lets_nobody_in(gareth, directory, provider):
    client = Client()
    away = client.get("/sign-in/directory/wyleshire/")["Location"]

    assert directories.close_directories(organisation_id=1) == 1

    brought = provider.authorize(away, SUBJECT)
    assert refused(client.get("/sign-in/directory/answer/", brought), client)
    assert client.get("/sign-in/directory/wyleshire/")["Location"] == "/sign-in/"
    assert "Nobody signs in that way now" in client.get("/sign-in/").text


HOUR = datetime.timedelta(hours=1)  # a moment that far from now


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example.org"},
        {"aud": "somebody else"},
        {"aud": [CLIENT_ID, "somebody else"]},
        {"aud": [CLIENT_ID, "somebody else"], "azp": "somebody else"},
        {"azp": "somebody else"},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": 7},
        {"exp": -HOUR},
        {"exp": None},
        {"iat": HOUR},
        {"iat": None},
        {"nbf": HOUR},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
    ],
    ids=str,
)
def test_a_token_is_believed_only_if_all_of_it_holds(gareth, provider, claims):
    provider.changes = {"amr": ["mfa"]} | {
        name: int(time.time() + value.total_seconds()) if value in (HOUR, -HOUR) else value
        for name, value in claims.items()
    }

    client, response = comes_back(provider)

    assert refused(response, client)


def test_a_token_with_another_signature_is_not_believed(gareth, provider):
    provider.published = providers.new_key()

    client, response = comes_back(provider)

    assert refused(response, client)


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_a_token_without_a_signature_of_its_key_is_not_believed(gareth, provider, algorithm):
    provider.algorithm = algorithm

    client, response = comes_back(provider)

    assert refused(response, client)


@pytest.mark.parametrize(
    "bent",
    [
        {"state": "another"},
        {"state": None},
        {"code": "another"},
        {"code": None},
        {"iss": "https://elsewhere.example.org"},
        {"error": "access_denied"},
    ],
    ids=str,
)
def test_what_a_browser_brings_back_must_be_the_answer_to_its_question(gareth, provider, bent):
    client, response = comes_back(provider, **bent)

    assert refused(response, client)
    assert "did not work" in client.get("/sign-in/").text


def test_an_answer_counts_once_and_for_its_own_browser(gareth, provider):
    provider.changes = {"amr": ["mfa"]}
    client = Client()
    away = client.get("/sign-in/directory/wyleshire/")["Location"]
    brought = provider.authorize(away, SUBJECT)

    stranger = Client()
    assert refused(stranger.get("/sign-in/directory/answer/", brought), stranger)
    assert client.get("/sign-in/directory/answer/", brought)["Location"] == "/"
    client.post("/sign-in/out/")
    assert refused(client.get("/sign-in/directory/answer/", brought), client)


def test_a_wrong_secret_of_ours_is_no_way_in(gareth, provider, settings):
    settings.DIRECTORY_SECRETS = {"wyleshire": "another"}

    client, response = comes_back(provider)

    assert refused(response, client)


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://elsewhere.example.org"},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_a_directory_that_names_odd_addresses_is_not_asked(gareth, provider, told):
    provider.discovery = told

    response = Client().get("/sign-in/directory/wyleshire/")

    assert response["Location"] == "/sign-in/"
    assert provider.asked == ["/.well-known/openid-configuration"]


def test_after_signing_in_the_way_leads_to_a_page_of_ours(gareth, provider):
    provider.changes = {"amr": ["mfa"]}
    for wanted, led in (("/actions/", "/actions/"), ("https://elsewhere.example.org/", "/")):
        client = Client()
        away = client.get("/sign-in/directory/wyleshire/", {"next": wanted})["Location"]
        brought = provider.authorize(away, SUBJECT)

        assert client.get("/sign-in/directory/answer/", brought)["Location"] == led


def test_an_invitation_learns_who_somebody_is_there_and_nobody_is_signed_in(directory, provider):
    client = Client()
    given = {"for": "invitation", "next": "/words"}
    away = client.get("/sign-in/directory/wyleshire/", given)["Location"]
    response = client.get("/sign-in/directory/answer/", provider.authorize(away, "new one"))

    assert response["Location"] == "/words"
    assert client.get("/").status_code == 302
    session = client.session
    assert not directories.kept_for_invitation(session, back="/elsewhere")
    assert directories.kept_for_invitation(session, back="/words")
    verified = directories.take_for_invitation(session, back="/words")
    assert verified is not None
    assert (verified.directory_id, verified.subject) == (directory.pk, "new one")
    assert directories.take_for_invitation(session, back="/words") is None


def test_in_production_a_directory_is_asked_over_https_alone(settings, db):
    settings.PRODUCTION = True

    with pytest.raises(NotAllowed, match="begins with https"):
        directories.add_directory(
            name="x", label="x", issuer="http://127.0.0.1:1", client_id="x", organisation_id=1
        )
    assert not openid.is_safe("http://127.0.0.1:1/", local=False)


def test_secrets_come_by_name_and_may_hold_an_equals_sign():
    assert secrets_by_name("force = a=b==\n\ncouncil=c\n") == {"force": "a=b==", "council": "c"}
