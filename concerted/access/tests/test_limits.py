"""Limits on guessing: they hold for all at once, and tell nobody who has an account."""

import datetime
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client, RequestFactory

from concerted.access import limits
from concerted.access.limits import Limit
from concerted.access.models import Session, Tries
from concerted.kernel.clock import as_of
from tests import entrance
from tests.cast import PASSWORD

NOON = datetime.datetime(2026, 6, 16, 12, 0, tzinfo=datetime.UTC)
THREE = Limit("three", 3)


def test_so_many_tries_in_so_many_minutes(db):
    with as_of(NOON):
        assert [limits.may_try(THREE, "a") for _ in range(5)] == [True] * 3 + [False] * 2
        assert limits.may_try(THREE, "b")
    with as_of(NOON + datetime.timedelta(minutes=14)):
        assert not limits.may_try(THREE, "A ")
    with as_of(NOON + datetime.timedelta(minutes=15)):
        assert limits.may_try(THREE, "a")


def test_whose_tries_they_are_cannot_be_read_in_the_table(db):
    limits.may_try(THREE, "tobias@example.org")

    assert "tobias" not in str(list(Tries.objects.values_list()))


@pytest.fixture
def from_elsewhere(cast) -> Iterator[ThreadPoolExecutor]:
    """Threads with connections of their own, as workers have; what they wrote is taken away."""
    with ThreadPoolExecutor(8) as pool:
        yield pool

        def sweep(_: int) -> None:
            Tries.objects.all().delete()
            Session.objects.all().delete()
            connections.close_all()

        list(pool.map(sweep, range(32)))


def one_wrong_try(email: str) -> int:
    try:
        return entrance.gives_password(Client(), email, "not the password").status_code
    finally:
        connections.close_all()


@pytest.mark.slow
def test_forty_at_once_do_not_get_past_the_limit(from_elsewhere):
    found = Counter(from_elsewhere.map(one_wrong_try, ["rowena@example.org"] * 40))

    assert found == {200: limits.PASSWORD_OF_ACCOUNT.tries, 429: 30}


def answer(email: str, password: str) -> tuple[int, str, dict[str, str]]:
    """Everything that somebody can tell of an answer, without what differs at each asking."""
    response = entrance.gives_password(Client(), email, password)
    return _plain(response, email)


def _plain(response, email: str) -> tuple[int, str, dict[str, str]]:
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)
    return response.status_code, page.replace(email, ""), dict(response.headers)


def test_being_locked_out_reads_the_same_whether_there_is_an_account(cast):
    stopped = []
    for email in ("rowena@example.org", "nobody@example.org"):
        for _ in range(10):
            answer(email, "not the password")
        stopped.append(answer(email, PASSWORD))

    assert stopped[0] == stopped[1]
    assert stopped[0][0] == 429


def test_asking_for_a_new_password_reads_the_same(cast, mailoutbox):
    told = []
    for email in ("rowena@example.org", "nobody@example.org"):
        response = Client().post("/sign-in/password/reset/", {"email": email})
        told.append(_plain(response, email))

    assert told[0] == told[1]
    assert len(mailoutbox) == 2


def test_asking_for_a_new_password_is_limited_by_account_and_by_address(cast, mailoutbox):
    for _ in range(7):
        Client().post("/sign-in/password/reset/", {"email": "rowena@example.org"})

    assert len(mailoutbox) == limits.RESET_OF_ACCOUNT.tries


def test_asking_to_be_let_in_again_is_limited_by_account_and_by_address(cast):
    def asks(email):
        return Client().post("/people/lost/", {"email": email}).status_code

    of_one = [asks("nobody@example.org") for _ in range(limits.RESET_OF_ACCOUNT.tries + 1)]
    assert (of_one[0], of_one[-1]) == (200, 429)
    from_here = [asks(f"number{n}@example.org") for n in range(limits.RESET_FROM_ADDRESS.tries)]
    assert (from_here[0], from_here[-1]) == (200, 429)


@pytest.mark.slow
def test_many_accounts_from_one_address_are_stopped_too(cast):
    with_all = [answer(f"number{n}@example.org", "x")[0] for n in range(101)]

    assert with_all == [200] * 100 + [429]
    elsewhere = entrance.gives_password(
        Client(REMOTE_ADDR="192.0.2.7"), "number1@example.org", "not the password"
    )
    assert elsewhere.status_code == 200


def test_signing_in_takes_earlier_wrong_tries_of_the_account_away(cast):
    tobias = entrance.with_app(cast.accounts["tobias"])
    for _ in range(9):
        answer(tobias.email, "not the password")

    entrance.signed_in(tobias)

    assert answer(tobias.email, "not the password")[0] == 200
    assert limits.may_try(limits.PASSWORD_OF_ACCOUNT, tobias.email)


def test_the_right_password_alone_takes_nothing_away(cast):
    """Who has the password but not the factor cannot clear the count by it."""
    tobias = entrance.with_app(cast.accounts["tobias"])
    for _ in range(10):
        answer(tobias.email, PASSWORD)

    assert answer(tobias.email, PASSWORD)[0] == 429


@pytest.mark.parametrize(
    ("proxies", "told", "address"),
    [
        (0, "198.51.100.1", "127.0.0.1"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1, 198.51.100.1", "198.51.100.1"),
        (2, "198.51.100.1, 192.0.2.1", "198.51.100.1"),
        (2, "198.51.100.1", "127.0.0.1"),
    ],
)
def test_an_address_is_what_our_own_proxies_say(settings, proxies, told, address):
    settings.PROXIES = proxies

    request = RequestFactory().get("/", headers={"X-Forwarded-For": told})

    assert limits.address_of(request) == address
