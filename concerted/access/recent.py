"""Pages that matter ask for the password or a code again, unless one was given just now."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from concerted.kernel.clock import now

PROVED_AT = "proved_at"
View = Callable[..., HttpResponse]


def proved_now(request: HttpRequest) -> None:
    """A password, code or passkey was given with this request."""
    request.session[PROVED_AT] = now().timestamp()


def is_recent(request: HttpRequest) -> bool:
    """Whether one was given within `RECENT_SIGN_IN`."""
    at = request.session.get(PROVED_AT, 0)
    return bool(now().timestamp() - at < settings.RECENT_SIGN_IN.total_seconds())


def recently_signed_in(view: View) -> View:
    """Let a view be reached only shortly after signing in; else ask again, and come back.

    A form sent too late is asked for again: it comes back as a page to be filled in anew, so put
    it on the view that shows the form as well.
    """

    @wraps(view)
    def asked_again(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_recent(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': back})}")

    asked_again.asks_again = True  # type: ignore[attr-defined]
    return asked_again
