"""Ending what an account is signed in with."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from concerted.access.models import Account
from concerted.access.sessions import SessionStore


def end_sessions(account: Account) -> int:
    """Sign an account out everywhere; returns how many sessions that were."""
    theirs = [
        row.session_key
        for row in Session.objects.iterator()
        if SessionStore().decode(row.session_data).get(SESSION_KEY) == str(account.pk)
    ]
    Session.objects.filter(session_key__in=theirs).delete()
    return len(theirs)
