"""What no browser sends: every address answers it with a page, and stores nothing of it.

Forms are read from the pages and sent as they stand, with one thing wrong at a time. What single
pages do with what is wrong in them, their own tests say.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings

import conftest
from tests import access_table, world
from tests.access_table import Page, of_a_place, of_everyone
from tests.page_forms import Form, forms_in

pytestmark = pytest.mark.slow

MARK = "surplus4711"
# Columns that no form has, and what somebody would like to see in them.
SURPLUS = {
    **dict.fromkeys(("is_superuser", "is_staff", "is_active", "verified", "hidden_from"), "on"),
    **dict.fromkeys(("id", "pk", "audience_id", "body_id", "account_id"), "987654321"),
    **dict.fromkeys(
        ("audience", "created_by", "made_by", "by", "set_by", "approved_by", "state", "sha256"),
        MARK,
    ),
}
Doors = list[tuple[Client, str, Form]]
ELSEWHERE = (
    "https://elsewhere.example.org/",
    "//elsewhere.example.org/",
    "/\\elsewhere.example.org",
)


@pytest.fixture(scope="module")
def there(django_db_setup, django_db_blocker) -> Iterator[world.World]:
    with (
        django_db_blocker.unblock(),
        override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"),
        world.built(conftest._cast) as built,
    ):
        yield built


@pytest.fixture(scope="module")
def doors(there) -> Doors:
    """Each address of a thing of the board or of everyone's, as the first who gets in there, with
    each form of its page; one without fields where there is none."""
    found = []
    for page in access_table.pages():
        address = address_of(page, there)
        client, answer = entered(there, address)
        is_page = not answer.streaming and answer.headers["Content-Type"].startswith("text/html")
        page_text = answer.content.decode() if is_page else ""
        forms = [form for form in forms_in(page_text) if not form.action] or [Form("")]
        found += [(client, address, form) for form in forms]
    return found


def address_of(page: Page, there: world.World) -> str:
    given = of_everyone(page, there)
    return access_table._address(
        page, of_a_place(page, there.places["board"]) if given is None else given
    )


def entered(there: world.World, address: str) -> tuple[Client, HttpResponse]:
    for name in ("dilys", "maud", "sid"):
        client = signed_in(there, name)
        answer = sent(client, "get", address)
        if answer.status_code in (200, 405):
            break
    return client, answer


def signed_in(there: world.World, name: str, **more: Any) -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False, **more)
    client.force_login(there.cast.accounts[name])
    return client


def sent(client: Client, method: str, address: str, *given: Any, **more: Any) -> HttpResponse:
    """One request; nothing of it stays."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(address, *given, **more)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


@contextmanager
def written() -> Iterator[list[str]]:
    """Every statement that writes, with its values."""
    found: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().split(" ", 1)[0] in ("INSERT", "UPDATE"):
            found.append(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def stays_here(response: HttpResponse) -> bool:
    return urlsplit(response.headers.get("Location", "/").replace("\\", "/")).netloc in (
        "",
        "localhost",
    )


def faults(answers: dict[str, HttpResponse]) -> dict[str, int]:
    return {
        address: one.status_code
        for address, one in answers.items()
        if one.status_code >= 500 or not stays_here(one)
    }


def surplus_fields_are_stored_nowhere(there: world.World, doors: Doors) -> None:
    answers, stored = {}, []
    for client, address, form in doors:
        with written() as statements:
            answers[address] = sent(client, "post", address, SURPLUS | form.given)
        # What a session keeps of a form is no record: a cookie holds it here.
        stored += [f"{address}: {one[:200]}" for one in statements if MARK in one]
        stored += [f"{address}: {one[:200]}" for one in statements if "987654321" in one]

    assert faults(answers) == {}
    assert stored == []
    assert sum(one.status_code == 302 for one in answers.values()) > 10, "hardly a form was taken"


# Each door gets one of them, and its neighbour the next: all five at every door cost minutes.
NO_TEXT = ("%00", "a%00b", "%ED%A0%80", "%FF%FE", "%E2%80%AE")


def what_is_no_text_is_no_fault(there: world.World, doors: Doors) -> None:
    answers = {}
    for number, (client, address, form) in enumerate(doors):
        value = NO_TEXT[number % len(NO_TEXT)]
        names = [*form.given, *form.chosen] or ["q"]
        body = "&".join(f"{urlencode({name: ''})}{value}" for name in dict.fromkeys(names))
        answers[address] = sent(
            client, "post", address, body, content_type="application/x-www-form-urlencoded"
        )
        query = "&".join(f"{name}={value}" for name in ("q", "page", "body", "of", "next", "show"))
        answers[f"{address}?"] = sent(client, "get", f"{address}?{query}")

    assert faults(answers) == {}


def keys_of_another_body_are_no_fault_and_change_nothing_there(
    there: world.World, doors: Doors
) -> None:
    bronze = there.places["bronze"]
    keys = [one.key for one in (bronze.body, bronze.meeting, bronze.action, bronze.seat)]
    keys += [str(bronze.body.pk), str(bronze.body.papers_audience_id)]
    answers, stored = {}, []
    for number, (client, address, form) in enumerate(doors):
        key = keys[number % len(keys)]
        given = form.given | {name: [start + key] for name, start in form.chosen.items()}
        with written() as statements:
            answers[address] = sent(client, "post", address, given)
        if len(key) > 9:
            stored += [f"{address}: {one[:200]}" for one in statements if key in one]

    assert faults(answers) == {}
    assert stored == []


def more_than_any_browser_sends_is_no_fault(there: world.World, doors: Doors) -> None:
    answers = {}
    for client, address, _ in doors:
        answers[address] = sent(client, "get", f"{address}?q={'a' * 100_000}&page={'9' * 400}")
    # Cookies are read before any view: a few doors speak for all.
    for client, address, _ in doors[::10]:
        answers[f"{address} cookie"] = sent(
            client, "get", address, headers={"cookie": f"messages={'b' * 9_000}; csrftoken=x"}
        )

    assert faults(answers) == {}


def nobody_is_led_off_the_site(there: world.World, doors: Doors) -> None:
    answers = {}
    for number, (client, address, form) in enumerate(doors):
        elsewhere = ELSEWHERE[number % len(ELSEWHERE)]
        more = {"next": elsewhere, "back": elsewhere, "url": elsewhere}
        answers[address] = sent(client, "post", f"{address}?{urlencode(more)}", more | form.given)

    assert faults(answers) == {}


def another_host_is_no_host_of_ours(there: world.World, doors: Doors) -> None:
    told = {
        sent(client, "get", address, headers={"host": "elsewhere.example.org"}).status_code
        for client, address, _ in doors[:20]
    }

    assert told == {400}


# Used without a cookie, also by programs that read mail: the secret in the address is the leave,
# and what it does is done to nobody else than to whom it was sent.
BY_LINK = ("/actions/owner/", "/attending/answer/", "/mail/stop/")


def a_form_from_elsewhere_is_refused_wherever_it_is_sent(there: world.World, doors: Doors) -> None:
    """With no token, or with one of another site, in turn."""
    client = signed_in(there, "dilys", enforce_csrf_checks=True)
    told = {}
    asked = [address for _, address, _ in doors if not address.startswith(BY_LINK)]
    for number, address in enumerate(dict.fromkeys(asked)):
        token = {"csrfmiddlewaretoken": "a" * 64} if number % 2 else {}
        with written() as statements:
            told[address] = sent(client, "post", address, token).status_code
        # The limits on guessing count each try; the trail may tell of a refusal.
        counted = ("audit_line", "access_tries")
        assert not [one for one in statements if not any(name in one for name in counted)], address

    assert {address: status for address, status in told.items() if status != 403} == {}


CHECKS = {
    "fields that no form has are stored nowhere": surplus_fields_are_stored_nowhere,
    "what is no text is no fault": what_is_no_text_is_no_fault,
    "keys of another body change nothing": (
        keys_of_another_body_are_no_fault_and_change_nothing_there
    ),
    "more than any browser sends is no fault": more_than_any_browser_sends_is_no_fault,
    "nobody is led off the site": nobody_is_led_off_the_site,
    "another host is no host of ours": another_host_is_no_host_of_ours,
    "a form from elsewhere is refused": a_form_from_elsewhere_is_refused_wherever_it_is_sent,
}


def test_what_no_browser_sends_is_answered_with_a_page_and_stored_nowhere(there, doors, subtests):
    """One test, so that the world and its doors are made once, whichever worker has it."""
    for name, check in CHECKS.items():
        with subtests.test(name):
            check(there, doors)
