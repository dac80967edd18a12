"""Sessions in the database, asked for as every page asks: with its SQL made once."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField

from concerted.access.prepared import Given, Prepared, instances
from concerted.kernel.clock import now

SESSIONS = Prepared(
    instances(Session),
    lambda: Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("moment", DateTimeField())
    ),
)


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        for found in SESSIONS.ask(key=self.session_key, moment=now()):
            return found
        # As the framework does: a key that is not known is never taken up.
        self._session_key = None
        return None
