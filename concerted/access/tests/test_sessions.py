"""A visit: it ends by itself, says when, and can be seen and ended from elsewhere."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concerted.access import sessions
from concerted.access.devices import in_words
from concerted.access.models import Account, Session
from concerted.access.urls import urlpatterns
from concerted.audit.models import Line
from concerted.kernel.clock import as_of
from tests import entrance

NOON = datetime.datetime(2026, 6, 16, 12, 0, tzinfo=datetime.UTC)


def later(**time) -> datetime.datetime:
    return NOON + datetime.timedelta(**time)


@pytest.fixture
def tobias(cast) -> Account:
    return entrance.with_app(cast.accounts["tobias"])


@pytest.fixture
def at_noon(tobias) -> Client:
    with as_of(NOON):
        return entrance.signed_in(tobias, HTTP_USER_AGENT="Firefox/140.0 (Windows NT 10.0)")


def there(client: Client, moment: datetime.datetime) -> bool:
    with as_of(moment):
        return client.get("/").status_code == 200


# Its end


def test_a_visit_ends_when_nobody_used_it_for_half_an_hour(at_noon):
    assert there(at_noon, later(minutes=29))
    assert there(at_noon, later(minutes=58))
    assert not there(at_noon, later(minutes=89))


@pytest.mark.slow
def test_a_visit_ends_after_eight_hours_however_it_is_used(at_noon):
    for minutes in range(20, 480, 20):
        assert there(at_noon, later(minutes=minutes))

    assert not there(at_noon, later(minutes=480))


def test_the_times_are_settings(at_noon, settings):
    settings.SESSION_IDLE = datetime.timedelta(minutes=5)
    assert there(at_noon, later(minutes=4))
    assert not there(at_noon, later(minutes=10))


def test_using_it_is_written_down_once_a_minute_at_most(at_noon):
    def writes(moment: datetime.datetime) -> int:
        with as_of(moment), CaptureQueriesContext(connection) as asked:
            at_noon.get("/help")
        return sum(one["sql"].startswith("UPDATE") for one in asked)

    assert [writes(later(seconds=seconds)) for seconds in (30, 59, 61, 90, 120, 122)] == [
        0,
        0,
        1,
        0,
        0,
        1,
    ]


def test_what_a_page_asks_by_itself_does_not_keep_a_visit_alive(at_noon):
    with as_of(later(minutes=20)):
        at_noon.get("/help", headers={"HX-Request": "true"})

    assert not there(at_noon, later(minutes=31))


def test_each_page_says_when_the_visit_ends(at_noon):
    with as_of(later(minutes=10)):
        page = at_noon.get("/").text

    # Half past twelve in Greenwich and ten minutes: British summer time.
    assert "You are signed out at 1:40pm" in page
    assert 'data-session="1800"' in page
    assert "Stay signed in" in page


def test_who_is_not_signed_in_reads_nothing_of_it(db):
    assert "data-session" not in Client().get("/sign-in/").text


def test_staying_signed_in_says_for_how_long(at_noon):
    with as_of(later(minutes=28)):
        answer = at_noon.post("/sign-in/stay/", headers={"Accept": "application/json"})

    assert answer.json() == {"seconds": 1800}
    assert there(at_noon, later(minutes=50))


def test_staying_signed_in_works_without_script_and_leads_nowhere_else(at_noon):
    with as_of(later(minutes=28)):
        ours = at_noon.post("/sign-in/stay/", {"next": "/actions/"})
        theirs = at_noon.post("/sign-in/stay/", {"next": "https://elsewhere.example.org/"})

    assert (ours["Location"], theirs["Location"]) == ("/actions/", "/")


# Where one is signed in


def test_the_page_says_where_one_is_signed_in(at_noon, tobias):
    with as_of(later(minutes=5)):
        entrance.signed_in(
            tobias, HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 18) Safari/604.1"
        )
        page = at_noon.get("/sign-in/where/").text

    assert "Firefox on Windows – this one" in page
    assert "Safari on an iPhone" in page
    assert "Signed in 16 June 2026 at 1pm" in page


def ends(page: str) -> dict[str, str]:
    found = re.findall(r'action="(/sign-in/where/(\w+)/end/)"', page)
    return {key: address for address, key in found}


def test_one_ends_a_visit_elsewhere(at_noon, tobias):
    with as_of(later(minutes=1)):
        other = entrance.signed_in(tobias)
        mine = at_noon.session[sessions.SIGN_IN]["key"]
        addresses = ends(at_noon.get("/sign-in/where/").text)
        [address] = [one for key, one in addresses.items() if key not in (mine, "others")]

        assert at_noon.post(address).status_code == 302
        assert at_noon.get("/").status_code == 200
        assert other.get("/").status_code == 302
    assert Line.objects.filter(actor=tobias.key, what="session.ended").count() == 1


def test_one_ends_all_others_at_once(at_noon, tobias):
    with as_of(later(minutes=1)):
        others = [entrance.signed_in(tobias), entrance.signed_in(tobias, ahead=1)]
        at_noon.post("/sign-in/where/others/end/")

        assert at_noon.get("/").status_code == 200
        assert [one.get("/").status_code for one in others] == [302, 302]


def test_ending_this_one_leads_to_the_sign_in_page(at_noon):
    with as_of(later(minutes=1)):
        mine = at_noon.session[sessions.SIGN_IN]["key"]

        assert at_noon.post(f"/sign-in/where/{mine}/end/")["Location"] == "/sign-in/"
        assert at_noon.get("/").status_code == 302


def test_nobody_ends_the_visit_of_another(at_noon, cast):
    with as_of(later(minutes=1)):
        dilys = entrance.signed_in(cast.accounts["dilys"])
        key = dilys.session[sessions.SIGN_IN]["key"]

        assert at_noon.post(f"/sign-in/where/{key}/end/").status_code == 404
        assert at_noon.get("/sign-in/where/none/end/").status_code == 405
        assert dilys.get("/").status_code == 200


def test_no_page_shows_a_key_that_opens_a_session(at_noon):
    with as_of(later(minutes=1)):
        page = at_noon.get("/sign-in/where/").text

    assert not any(one.session_key in page for one in Session.objects.all())


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/138 Safari/537.36 Edg/138.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/138 Safari", "Chrome on an Android device"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18 Safari", "Safari on a Mac"),
        ("", "A browser on a device we do not know"),
        ("<script>alert(1)</script>" * 99, "A browser on a device we do not know"),
    ],
)
def test_a_device_is_named_in_our_words(agent, words):
    assert in_words(agent) == words


# Once more, before what matters

ASK_AGAIN = {
    "account_app",
    "account_app_picture",
    "account_change_password",
    "account_codes",
    "account_codes_file",
    "account_factor_remove",
    "account_passkey_add",
    "account_set_password",
}


def test_the_pages_that_ask_again_are_these():
    asking = {one.name for one in urlpatterns if _asks(one.callback)}

    assert asking == ASK_AGAIN


def _asks(view) -> bool:
    while view is not None:
        if getattr(view, "asks_again", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_later_on_what_matters_asks_for_the_password_again_and_comes_back(at_noon):
    with as_of(later(minutes=11)):
        asked = at_noon.get("/sign-in/factors/codes/")
        assert asked["Location"] == "/sign-in/again/?next=%2Fsign-in%2Ffactors%2Fcodes%2F"
        assert at_noon.get("/sign-in/factors/").status_code == 200

        wrong = at_noon.post(asked["Location"], {"password": "not the password"})
        assert "This is not your password." in wrong.text
        assert at_noon.get("/sign-in/factors/codes/").status_code == 302

        right = at_noon.post(asked["Location"], {"password": entrance.PASSWORD})
        assert right["Location"] == "/sign-in/factors/codes/"
        assert at_noon.get("/sign-in/factors/codes/").status_code == 200


def test_a_code_serves_in_place_of_the_password(at_noon):
    with as_of(later(minutes=11)):
        at_noon.post("/sign-in/again/?way=code&next=/x", {"code": entrance.code()})

        assert at_noon.get("/sign-in/factors/codes/").status_code == 200


def test_guessing_is_stopped_here_too(at_noon):
    with as_of(later(minutes=11)):
        for _ in range(10):
            at_noon.post("/sign-in/again/", {"password": "not the password"})

        assert at_noon.post("/sign-in/again/", {"password": entrance.PASSWORD}).status_code == 429
        assert at_noon.get("/sign-in/factors/codes/").status_code == 302
