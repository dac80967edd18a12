"""What somebody comes to in a world of tests/two_worlds.py: every page, search, guess and form."""

import random
import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from concerted.access.models import Account
from tests.access_table import pages
from tests.page_forms import Form, forms_in
from tests.two_worlds import (
    KEPT_TOPICS,
    MOMENT,
    NAMED_ALIKE,
    PLACES,
    TOPICS,
    Build,
    Plan,
    keys_from,
)

LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
# Drawn anew for each answer: the token of a form, and what a passkey is to sign.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"challenge": "[\w-]+"')
# Headers of the real clock, and of tokens that are new each time.
OF_THE_MOMENT = {"Set-Cookie", "Expires"}
MOST_PAGES = 70
MOST_FORMS = 12


@dataclass(frozen=True)
class Answer:
    """All that somebody can tell of an answer: `queries` stands for the time that it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int


def surface(
    build: Build, plan: Plan, *, anonymous: bool, hidden_keys: list[str]
) -> dict[str, Answer]:
    """What the subject comes to, by address: pages, files and exports, drawn at random where they
    are many; what guessed addresses answer; and what forms answer that are sent hidden keys."""
    found: dict[str, Answer] = {}
    forms: dict[str, Form] = {}
    chance = random.Random(f"{plan.seed} pages")
    with override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies"):
        client = Client(SERVER_NAME="localhost")
        if not anonymous:
            account = build.cast.accounts[build.subject]
            client.force_login(account)
            # Django notes it by the clock on the wall.
            Account.objects.filter(pk=account.pk).update(last_login=MOMENT)
        guessed = [address for key in hidden_keys for address in _guesses(key, plan.seed)]
        waiting = _first_addresses(build.subject)
        while waiting and len(found) < MOST_PAGES:
            address = waiting.pop(0)
            if address in found:
                continue
            answer = found[address] = _asked(client, address)
            if answer.status == 200 and b"<html" in answer.body[:200]:
                page = answer.body.decode()
                forms |= {f"{address} {number}": one for number, one in enumerate(forms_in(page))}
                links = [link.replace("&amp;", "&") for link in LINK.findall(page)]
                new = [
                    link
                    for link in links
                    if not link.startswith(("/static/", "//")) and not _is_trail(link)
                ]
                waiting += chance.sample(new, len(new))
        # Beside the walk: they would leave it no room.
        for address in [] if anonymous else _searches(build.subject):
            found[address] = _asked(client, address)
        for address in guessed:
            found[address] = _asked(client, address)
            found[f"POST {address}"] = _asked(client, address, {})
        if hidden_keys:
            for where in chance.sample(sorted(forms), min(MOST_FORMS, len(forms))):
                field, given = forms[where].with_key(chance, chance.choice(hidden_keys))
                action = forms[where].action or where.partition(" ")[0]
                found[f"POST {where} {field}"] = _asked(client, action, given)
    return found


def _is_trail(address: str) -> bool:
    return address.startswith((reverse("desk:trail"), reverse("desk:trail_csv")))


def _first_addresses(subject: str) -> list[str]:
    return [
        address
        for page in pages()
        if not page.arguments and not _is_trail(address := reverse(page.name))
    ]


def _searches(subject: str) -> list[str]:
    """What somebody may look for: words of things that some may not see, spelt well and badly."""
    chance = random.Random(f"{subject} searches")
    topics = chance.sample([word for one in TOPICS for word in one.lower().split()], 4)
    kept = [word for one in KEPT_TOPICS for word in one.lower().split() if len(word) > 4]
    typed = [
        *topics,
        *(one[:-2] + "ie" for one in topics),
        *(chance.choice(PLACES), chance.choice(PLACES)[:-1] + "x", "boat named", "flat", "thanks"),
        *(*kept, f'"{chance.choice(KEPT_TOPICS)}"', chance.choice(kept)[:-1] + "x"),
        *("back room", "raid"),
        *("is:open", "kind:minutes", "decision:any", f'body:"{NAMED_ALIKE}"', "-noted"),
    ]
    return [f"{reverse('search:index')}?{urlencode({'q': one})}" for one in typed]


def _guesses(key: str, seed: int) -> list[str]:
    """Addresses with the key of a hidden thing, of a few of all pages that take one."""
    taking = [page for page in pages() if page.arguments == ["key"]]
    some = random.Random(f"{seed} {key}").sample(taking, 3)
    return [reverse(page.name, kwargs={"key": key}) for page in some]


def _asked(client: Client, address: str, sent: dict[str, list[str]] | None = None) -> Answer:
    """One request, with what a form sends where anything is sent; nothing of it stays."""
    cookies = deepcopy(client.cookies)
    asked = Counter[str]()

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked["queries"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count), transaction.atomic():
        with keys_from(address):
            response = client.get(address) if sent is None else client.post(address, sent)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    client.cookies = cookies
    headers = sorted(
        (name, value) for name, value in response.headers.items() if name not in OF_THE_MOMENT
    )
    return Answer(
        response.status_code,
        tuple(headers),
        TOKEN.sub("", body.decode("latin-1")).encode("latin-1"),
        asked["queries"],
    )
