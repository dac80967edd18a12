"""What follows when somebody signs in, or a password is changed."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from concerted.access import devices, factors, limits, sessions
from concerted.access.ending import end_other_sessions, end_sessions
from concerted.access.happenings import happened
from concerted.access.models import Account, Session
from concerted.access.recent import proved_now
from concerted.access.stage import is_proved
from concerted.access.standing import MISSING, NO_PASSKEY, SECOND_FACTOR, UNPROVED
from concerted.kernel.clock import now


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    """Write down what the new session is, and whether a second factor was given for it.

    Whatever code signs somebody in comes through here: a session of a request that nobody proved
    a factor for is marked, and opens nothing (see `SecondFactorMiddleware`).
    """
    sessions.begin(request, devices.of_request(request))
    if request.method is None:
        return  # a test's own client: no request came in, so nobody is let in by this
    if not is_proved(request):
        request.session[SECOND_FACTOR] = UNPROVED if factors.has_second_factor(user) else MISSING
    if not factors.has_passkey(user):
        request.session[NO_PASSKEY] = True
    proved_now(request)
    limits.forget(limits.PASSWORD_OF_ACCOUNT, user.email)
    limits.give_back(limits.PASSWORD_FROM_ADDRESS, limits.address_of(request))
    limits.sweep()
    Session.objects.filter(expire_date__lt=now()).delete()
    happened.send(Account, account=user, what="session.begun")


@receiver([password_changed, password_set])
def password_was_changed(request: HttpRequest, user: Account, **_: Any) -> None:
    """Whoever knew the old password is out, on every other device."""
    end_other_sessions(user, but=sessions.key_of(request))
    devices.of(user).delete()
    happened.send(Account, account=user, what="password.changed")


@receiver(password_reset)
def password_was_reset(user: Account, **_: Any) -> None:
    end_sessions(user)
    happened.send(Account, account=user, what="password.changed")
