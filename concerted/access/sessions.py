"""Sessions in the database: whose they are, when they end, and at what cost that is known.

One row a session, read once a page with its SQL made once. It ends when nobody used it for
`SESSION_IDLE`, and at the latest `SESSION_LONGEST` after sign-in; using it is written down at most
once a minute.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db.models import CharField, DateTimeField, QuerySet
from django.http import HttpRequest

from concerted.access.models import Account, Session
from concerted.access.prepared import Given, Prepared, instances
from concerted.kernel.clock import now
from concerted.kernel.keys import new_key

SESSIONS = Prepared(
    instances(Session),
    lambda: Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("moment", DateTimeField())
    ),
)
# What is known of the sign-in, among the session's own data: key, began, device.
SIGN_IN = "sign_in"
WRITTEN_EVERY = datetime.timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """The framework's store, with our row."""

    found: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        for found in SESSIONS.ask(key=self.session_key, moment=now()):
            self.found = found
            return found
        # As the framework does: a key that is not known is never taken up.
        self._session_key = None
        return None

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        told = data.get(SIGN_IN) or {}
        moment = now()
        began = _moment(told["began"]) if told else None
        self.found = Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=ends(began, moment),
            key=told.get("key"),
            account_id=data.get(SESSION_KEY),
            began=began,
            last_used=moment,
            device=told.get("device", ""),
        )
        return self.found

    def use(self) -> None:
        """Let a session that somebody is signed in with stand on, writing at most once a minute."""
        found, moment = self.found, now()
        if found is None or not found.account_id or moment - found.last_used < WRITTEN_EVERY:
            return
        found.last_used, found.expire_date = moment, ends(found.began, moment)
        Session.objects.filter(pk=found.pk).update(
            last_used=found.last_used, expire_date=found.expire_date
        )


def ends(began: datetime.datetime | None, moment: datetime.datetime) -> datetime.datetime:
    """When a session that was used at a moment ends; before sign-in it has no longest time."""
    idle: datetime.datetime = moment + settings.SESSION_IDLE
    return min(idle, began + settings.SESSION_LONGEST) if began else idle


def begin(request: HttpRequest, device: str) -> None:
    """Write into a new session when it began and from what device."""
    request.session[SIGN_IN] = {"key": new_key(), "began": now().timestamp(), "device": device}


def key_of(request: HttpRequest) -> str:
    """The name of this session in addresses; empty where nobody signed in."""
    return str((request.session.get(SIGN_IN) or {}).get("key", ""))


def of(account: Account) -> QuerySet[Session]:
    """Where an account is signed in now, the last used first."""
    found = Session.objects.filter(account=account, key__isnull=False, expire_date__gt=now())
    return found.order_by("-last_used")


@dataclass(frozen=True, slots=True)
class End:
    """When a session ends if nothing is done, and whether that can still be put off."""

    at: datetime.datetime
    final: bool

    @property
    def seconds(self) -> int:
        return max(0, int((self.at - now()).total_seconds()))


def end_of(request: HttpRequest) -> End | None:
    """When the session of a signed-in request will end, as this request leaves it."""
    told = request.session.get(SIGN_IN)
    if not told:
        return None
    began = _moment(told["began"])
    at = ends(began, now())
    return End(at=at, final=at == began + settings.SESSION_LONGEST)


def _moment(timestamp: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(timestamp, datetime.UTC)
