"""What leaves a world of `tests/two_worlds.py` by itself: mails, and the public edition.

Both are compared with the same in the world without the hidden things. The mail with the anchor of
the trail is not among them: it goes to two posts that keep it, holds no word, and is made to differ
with every line of the trail.
"""

import datetime
import random
import re
from collections.abc import Iterator
from typing import Any

from django.core import mail
from django.db.models import Q

from concerted.editions.tasks import look_again
from concerted.kernel.clock import as_of
from concerted.notices import services as notices
from concerted.notices.models import Mail
from concerted.notifying import outbox, queries, telling
from concerted.people import confirming
from concerted.people.quarters import last_day, notice_on, reminder_on
from concerted.public_door.models import StoredPage, StoredThing
from concerted.public_door.tests.visitor import Visitor
from tests.two_worlds import KEPT_TOPICS, MOMENT, TOPICS, Build
from tests.two_worlds_pages import Answer

# Drawn anew for each mail.
ONE_TIME = re.compile(r"(?<=/)[\w-]{43}(?=/)")
NEW_EACH_TIME = {"Message-ID", "Date"}
PROBED = 12


def mails(build: Build) -> dict[str, Answer]:
    """Every mail to the subject, with those of the daily tasks until appointments have lapsed."""
    made_on = MOMENT.date()
    noticed = notice_on(made_on)
    lapsed = last_day(made_on, noticed) + datetime.timedelta(days=1)
    for day in (noticed, reminder_on(made_on, noticed), lapsed):
        confirming.watch(day)
    _told(build)
    mail.outbox.clear()
    account = build.cast.accounts[build.subject]
    theirs = Mail.objects.filter(Q(account=account) | Q(address=account.email))
    for key in theirs.order_by("pk").values_list("key", flat=True):
        notices.deliver(key)
    sent = [one for one in mail.outbox if account.email in one.recipients()]
    kept = Mail.objects.filter(account=account)
    found = {f"mail {number}": _as_answer(one) for number, one in enumerate(sent)}
    states = sorted(kept.values_list("kind", "state", "note"))
    return found | {"mails kept": Answer(0, (), repr(states).encode(), len(states))}


def _told(build: Build) -> None:
    """What happened is told, secretaries send what waits in the outbox, and a day begins."""
    telling.tell()
    telling.watch(MOMENT.date())
    for name in ("dilys", "wilf", "maud"):
        with build.acting(name) as actor:
            for letter in queries.waiting(actor):
                shown = outbox.shown(actor, letter)
                if shown.reached:
                    outbox.send(actor, letter=letter, looked_at=shown.looked_at)
    with as_of(MOMENT):
        telling.digests(MOMENT)


def _as_answer(sent: Any) -> Answer:
    message = sent.message()
    headers = [(name, str(value)) for name, value in message.items() if name not in NEW_EACH_TIME]
    body = ONE_TIME.sub("", sent.body).encode()
    return Answer(0, tuple(sorted(headers)), body, len(body))


def public(build: Build, *, seed: int, hidden_keys: list[str]) -> dict[str, Answer]:
    """Every address of the public site, what search finds, and what it answers to a guess."""
    look_again(timestamp=int(MOMENT.timestamp()))
    visitor = Visitor()
    chance = random.Random(f"{seed} public")
    paths = StoredPage.objects.using("edition").order_by("path").values_list("path", flat=True)
    things = StoredThing.objects.using("edition").order_by("key").values_list("key", "kind")
    found = {
        f"public {address}": _visited(visitor, address)
        for address in (
            *(path for path in paths if path.startswith("/")),
            *_searches(chance),
            *(
                f"/{kind}/{key}/"
                for key in hidden_keys
                for kind in ("meetings", "papers", "bodies")
            ),
            *("/nothing/", "/meetings", "/feed.atom?of=all"),
        )
    }
    found["public things"] = Answer(0, (), repr(list(things)).encode(), len(things))
    for address in chance.sample(sorted(found), min(PROBED, len(found))):
        path = address.removeprefix("public ")
        if path.startswith("/"):
            found[f"HEAD {path}"] = _visited(visitor, path, "HEAD")
            found[f"POST {path}"] = _visited(visitor, path, "POST")
    return found


def _searches(chance: random.Random) -> Iterator[str]:
    yield "/search/"
    for words in (*TOPICS, *KEPT_TOPICS, "hidden from most", "closed to most", "the flat above"):
        yield f"/search/?q={words.replace(' ', '+')}"
    yield f"/search/?q={chance.choice(TOPICS).split()[0]}&page=2"


def _visited(visitor: Visitor, address: str, method: str = "GET") -> Answer:
    answer = visitor.get(address, method)
    return Answer(answer.status, tuple(sorted(answer.headers.items())), answer.body, 0)
