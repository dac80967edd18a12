"""The second factor: every account needs one, and no session opens anything without."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import login
from django.test import Client, RequestFactory
from django.urls import reverse

from concerted.access import factors
from concerted.access.ending import end_sessions
from concerted.access.models import Account, RememberedDevice, Session
from concerted.access.sessions import SessionStore
from concerted.audit.models import Line
from concerted.kernel.verdict import NotAllowed
from tests import entrance
from tests.access_table import pages
from tests.entrance import code, gives_password, with_app


@pytest.fixture
def tobias(cast) -> Account:
    return cast.accounts["tobias"]


@pytest.fixture
def with_password(tobias) -> Client:
    """Tobias after his password; he has no second factor yet."""
    client = Client()
    gives_password(client, tobias.email)
    return client


def on_trail(account: Account) -> list[str]:
    return list(Line.objects.filter(actor=account.key).values_list("what", flat=True))


# Setting one up


def test_without_a_second_factor_somebody_is_led_to_set_one_up(with_password):
    response = with_password.get("/")

    assert (response.status_code, response["Location"]) == (302, "/sign-in/factors/")
    assert "Set up your second factor" in with_password.get("/sign-in/factors/").text


REACHED = {
    "account_app",
    "account_app_picture",
    "account_factors",
    "account_logout",
    "account_passkey_add",
    "account_reauthenticate",
    "account_stay",
    "ui:accessibility",
    "ui:help",
    "ui:privacy",
    "ui:words",
}


@pytest.mark.slow
def test_nothing_else_is_reached_before(with_password):
    key = "2" * 14
    for page in pages():
        if page.name in REACHED:
            continue
        given = {name: key if name != "number" else 1 for name in page.arguments}
        address = reverse(page.name, kwargs=given)
        led = {
            response["Location"]
            for method in (with_password.get, with_password.post)
            if (response := method(address)).status_code == 302
        }
        assert led == {"/sign-in/factors/"}, page.name


def secret_on(page: str) -> str:
    [secret] = re.findall(r"<strong>((?:[A-Z2-7]{4} ?)+)</strong>", page)
    return secret.replace(" ", "")


def test_an_app_is_set_up_with_its_first_code_and_opens_all(with_password, tobias):
    from concerted.access import totp  # noqa: PLC0415
    from concerted.kernel.clock import now  # noqa: PLC0415

    secret = secret_on(with_password.get("/sign-in/factors/app/").text)
    first = totp.code_at(secret, totp.step(now()))
    before = with_password.cookies["sessionid"].value

    response = with_password.post("/sign-in/factors/app/", {"code": first})

    assert response["Location"] == "/sign-in/factors/codes/"
    assert factors.has_second_factor(tobias)
    assert with_password.cookies["sessionid"].value != before
    assert with_password.get("/").status_code == 200
    assert on_trail(tobias) == ["app.added", "session.begun"]


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_secret(with_password, tobias):
    secret = secret_on(with_password.get("/sign-in/factors/app/").text)

    response = with_password.post("/sign-in/factors/app/", {"code": "000000"})

    assert "This code is not right" in response.text
    assert secret_on(response.text) == secret
    assert not factors.has_second_factor(tobias)


def test_the_picture_is_a_file_of_ours(with_password):
    assert with_password.get("/sign-in/factors/app/picture.svg").status_code == 404
    with_password.get("/sign-in/factors/app/")

    picture = with_password.get("/sign-in/factors/app/picture.svg")

    assert picture["Content-Type"] == "image/svg+xml"
    assert picture.content.startswith(b"<?xml")
    assert "data:" not in with_password.get("/sign-in/factors/app/").text


def test_the_secret_does_not_lie_open_in_the_database(tobias):
    with_app(tobias)

    stored = str(Authenticator.objects.get(user=tobias, type="totp").data)

    assert entrance.SECRET not in stored
    assert factors.secret_of(tobias) == entrance.SECRET


# Being asked for it


def test_after_the_password_comes_the_code(tobias):
    with_app(tobias)
    client = Client()

    assert gives_password(client, tobias.email)["Location"] == "/sign-in/code/"
    assert client.get("/")["Location"].startswith("/sign-in/?next=")
    response = client.post("/sign-in/code/", {"code": code()})

    assert response["Location"] == "/"
    assert client.get("/").status_code == 200


def test_without_the_password_the_page_of_the_code_leads_to_sign_in(db):
    assert Client().get("/sign-in/code/")["Location"] == "/sign-in/"


@pytest.mark.parametrize("wrong", ["000000", "", "12345", "abcdef", "0" * 20, "१२३४५६"])
def test_a_wrong_code_opens_nothing(tobias, wrong):
    with_app(tobias)
    client = Client()
    gives_password(client, tobias.email)

    assert client.post("/sign-in/code/", {"code": wrong}).status_code == 200
    assert client.get("/").status_code == 302


def test_a_code_works_once(tobias):
    client = entrance.signed_in(tobias)
    assert client.get("/").status_code == 200
    again = Client()
    gives_password(again, tobias.email)

    assert "was used already" in again.post("/sign-in/code/", {"code": code()}).text
    assert again.get("/").status_code == 302


def test_codes_may_be_typed_with_spaces(tobias):
    with_app(tobias)
    client = Client()
    gives_password(client, tobias.email)
    spaced = f"{code()[:3]} {code()[3:]}"

    assert client.post("/sign-in/code/", {"code": spaced})["Location"] == "/"


def test_guessing_codes_is_stopped(tobias):
    with_app(tobias)
    client = Client()
    gives_password(client, tobias.email)
    for _ in range(10):
        assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 200

    assert client.post("/sign-in/code/", {"code": code()}).status_code == 429
    assert client.get("/").status_code == 302


def test_a_session_that_somebody_else_began_without_asking_is_ended(tobias):
    """Whatever code signs an account in, without the factor its session opens nothing."""
    with_app(tobias)
    request = RequestFactory().get("/")
    request.session = SessionStore()
    login(request, tobias, "concerted.access.signin.AccountBackend")
    request.session.save()
    client = Client()
    client.cookies["sessionid"] = request.session.session_key

    assert client.get("/")["Location"] == "/sign-in/"
    assert not Session.objects.filter(account=tobias).exists()


def test_a_new_password_by_mail_does_not_go_round_the_factor(tobias, mailoutbox):
    with_app(tobias)
    client = Client()
    client.post("/sign-in/password/reset/", {"email": tobias.email})
    [link] = re.findall(r"http://testserver(\S+)", mailoutbox[0].body)
    form = client.get(link)["Location"]
    new = {"password1": "otters in the canal", "password2": "otters in the canal"}
    client.post(form, new)

    assert client.get("/").status_code == 302
    response = gives_password(client, tobias.email, "otters in the canal")
    assert response["Location"] == "/sign-in/code/"


# A device that is remembered


def remembered(tobias) -> Client:
    with_app(tobias)
    client = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    gives_password(client, tobias.email)
    client.post("/sign-in/code/", {"code": code(), "remember": "on"})
    client.post("/sign-in/out/")
    return client


def test_a_remembered_device_is_not_asked_for_a_code(tobias):
    client = remembered(tobias)

    assert gives_password(client, tobias.email)["Location"] == "/"
    assert client.get("/").status_code == 200
    assert RememberedDevice.objects.get().device == "Firefox on Windows"


def test_it_is_remembered_for_its_own_account_alone(tobias, cast):
    client = remembered(tobias)
    with_app(cast.accounts["dilys"])

    assert gives_password(client, "dilys@example.org")["Location"] == "/sign-in/code/"


def test_a_device_that_is_forgotten_is_asked_again(tobias):
    client = remembered(tobias)
    gives_password(client, tobias.email)
    page = client.get("/sign-in/where/").text
    [address] = re.findall(r'action="(/sign-in/where/devices/[^"]+)"', page)

    assert client.post(address).status_code == 302
    client.post("/sign-in/out/")
    assert gives_password(client, tobias.email)["Location"] == "/sign-in/code/"


def test_nobody_forgets_the_device_of_another(tobias, signed_in):
    remembered(tobias)
    device = RememberedDevice.objects.get()

    response = signed_in("dilys").post(f"/sign-in/where/devices/{device.key}/forget/")

    assert response.status_code == 404
    assert RememberedDevice.objects.exists()


@pytest.mark.parametrize("cookie", ["", "made:up:cookie", "x" * 5000])
def test_a_cookie_of_ones_own_making_remembers_nothing(tobias, cookie):
    with_app(tobias)
    client = Client()
    client.cookies["remembered"] = cookie

    assert gives_password(client, tobias.email)["Location"] == "/sign-in/code/"


# Recovery codes


def test_recovery_codes_show_until_they_are_kept(tobias):
    client = entrance.signed_in(tobias)
    [*codes] = factors.codes_to_keep(tobias)
    assert len(codes) == 10

    shown = client.get("/sign-in/factors/codes/").text
    file = client.get("/sign-in/factors/codes/file/")
    assert all(one in shown and one in file.text for one in codes)
    assert "attachment" in file["Content-Disposition"]

    client.post("/sign-in/factors/codes/", {"do": "kept"})

    after = client.get("/sign-in/factors/codes/").text
    assert not any(one in after for one in codes)
    assert "10 codes left" in after
    assert client.get("/sign-in/factors/codes/file/").status_code == 404


def test_a_recovery_code_signs_in_once(tobias):
    with_app(tobias)
    [first, *_] = factors.codes_to_keep(tobias)
    one, other = Client(), Client()
    for client in (one, other):
        gives_password(client, tobias.email)
        client.post("/sign-in/code/", {"code": first})

    assert one.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert "recovery_code.used" in on_trail(tobias)


def test_codes_made_anew_take_the_place_of_those_before(tobias):
    client = entrance.signed_in(tobias)
    [first, *_] = factors.codes_to_keep(tobias)

    client.post("/sign-in/factors/codes/", {"do": "anew"})

    assert first not in factors.codes_to_keep(tobias)
    assert not factors.takes(tobias, first)


# Taking away


@pytest.mark.parametrize(
    ("held", "kind", "administrator", "allowed"),
    [
        (["totp"], "totp", False, False),
        (["totp", "recovery_codes"], "totp", False, False),
        (["totp", "webauthn"], "totp", False, True),
        (["totp", "webauthn"], "webauthn", False, True),
        (["totp", "webauthn"], "webauthn", True, False),
        (["totp", "webauthn"], "totp", True, True),
        (["webauthn", "webauthn"], "webauthn", True, True),
        (["webauthn", "recovery_codes"], "webauthn", False, False),
    ],
)
def test_the_last_factor_stays(held, kind, administrator, allowed):
    verdict = factors.may_remove(held, kind, administrator=administrator)

    assert bool(verdict) == allowed
    if not allowed:
        with pytest.raises(NotAllowed, match="Add another one first"):
            verdict.enforce()


def app_of(account: Account) -> Authenticator:
    return factors.of(account).get(type="totp")


def test_taking_the_last_factor_away_is_refused_in_a_sentence(tobias):
    client = entrance.signed_in(tobias)

    response = client.post(f"/sign-in/factors/{app_of(tobias).data['key']}/remove/")

    assert response.status_code == 403
    assert "This is your only second factor." in response.text
    assert factors.has_app(tobias)


def test_nobody_takes_away_what_is_anothers(tobias, cast):
    client = entrance.signed_in(tobias)
    other = app_of(with_app(cast.accounts["dilys"]))

    assert client.post(f"/sign-in/factors/{other.data['key']}/remove/").status_code == 404
    assert factors.has_app(cast.accounts["dilys"])


def test_all_taken_away_ends_what_was_signed_in_with_them(tobias):
    client = entrance.signed_in(tobias)

    factors.remove_factors(tobias)

    assert not factors.has_second_factor(tobias)
    assert not factors.of(tobias).exists()
    assert client.get("/").status_code == 302
    assert "factors.removed" in on_trail(tobias)


def test_ending_all_says_how_many_sessions_there_were(tobias):
    client = remembered(tobias)
    gives_password(client, tobias.email)
    other = entrance.signed_in(tobias, ahead=1)

    assert end_sessions(tobias) == 2
    assert client.get("/").status_code == other.get("/").status_code == 302
    assert gives_password(client, tobias.email)["Location"] == "/sign-in/code/"


def test_ending_all_makes_a_link_for_a_new_password_void(tobias, mailoutbox):
    client = Client()
    client.post("/sign-in/password/reset/", {"email": tobias.email})
    [link] = re.findall(r"http://testserver(\S+)", mailoutbox[0].body)

    end_sessions(tobias)

    assert "This link no longer works" in client.get(link).text


# An administrator


def test_an_administrator_without_passkey_reaches_only_the_page_to_add_one(cast):
    client = entrance.signed_in(cast.accounts["sid"])

    for address in ("/", "/people/", "/sign-in/where/"):
        assert client.get(address)["Location"] == "/sign-in/factors/passkey/"
    page = client.get("/sign-in/factors/passkey/")
    assert "You are an administrator" in page.text


# The demonstration


def test_the_code_shows_on_the_page_in_the_demonstration_alone(tobias, settings):
    with_app(tobias)
    client = Client()
    gives_password(client, tobias.email)
    assert code() not in client.get("/sign-in/code/").text

    settings.DEMONSTRATION = True

    page = client.get("/sign-in/code/").text
    assert code() in page
    assert "This is the demonstration" in page
