"""How often something may be tried: counted in a table, so that it holds across workers.

A try is counted before it is looked at, in one statement, so that forty at once are forty.
"""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from concerted.access.models import Tries
from concerted.kernel.clock import now


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries in so many minutes, from the first one on."""

    name: str
    tries: int
    minutes: int = 15


PASSWORD_OF_ACCOUNT = Limit("password of account", 10)
PASSWORD_FROM_ADDRESS = Limit("password from address", 100)
CODE_OF_ACCOUNT = Limit("code of account", 10)
RESET_OF_ACCOUNT = Limit("reset of account", 5)
RESET_FROM_ADDRESS = Limit("reset from address", 30)
DIRECTORY_FROM_ADDRESS = Limit("directory from address", 60)
SECRET_FROM_ADDRESS = Limit("secret from address", 60)
PASSKEY_FROM_ADDRESS = Limit("passkey from address", 60)

COUNT = """
    INSERT INTO access_tries (what, since, count) VALUES (%(what)s, %(now)s, 1)
    ON CONFLICT (what) DO UPDATE SET
        count = CASE WHEN access_tries.since <= %(old)s THEN 1 ELSE access_tries.count + 1 END,
        since = CASE WHEN access_tries.since <= %(old)s THEN %(now)s ELSE access_tries.since END
    RETURNING count
"""


def may_try(limit: Limit, whose: str) -> bool:
    """Count a try, and say whether it is still within the limit."""
    moment = now()
    given: dict[str, str | datetime.datetime] = {
        "what": _name(limit, whose),
        "now": moment,
        "old": moment - datetime.timedelta(minutes=limit.minutes),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, given)
        [count] = cursor.fetchone()
    return bool(count <= limit.tries)


def forget(limit: Limit, whose: str) -> None:
    """It went well: what was tried before counts no more."""
    Tries.objects.filter(what=_name(limit, whose)).delete()


def give_back(limit: Limit, whose: str) -> None:
    """It went well: this one try did not count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_tries SET count = count - 1 WHERE what = %s AND count > 0",
            [_name(limit, whose)],
        )


def sweep() -> None:
    """Take away what is older than any limit."""
    Tries.objects.filter(since__lt=now() - datetime.timedelta(days=1)).delete()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the last trusted proxy says, or the connection itself."""
    told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXIES and len(told) >= settings.PROXIES:
        return told[-settings.PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def _name(limit: Limit, whose: str) -> str:
    told = f"{limit.name}:{whose.strip().lower()}"
    return salted_hmac("concerted.access.limits", told, algorithm="sha256").hexdigest()
