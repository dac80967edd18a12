"""The pages that say no, or that something went wrong."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.cache import patch_cache_control

from concerted.kernel import clock
from concerted.ui import context

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """Something that the reader can do instead: a link, and words after it."""

    text: str
    href: str
    more: str = ""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400: the request could not be understood."""
    return _plain("400.html", 400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404 with the same bytes whether a thing is invisible or absent.

    So the page knows nothing of the request: no navigation, no account, no token.
    """
    return _plain("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database, which may be what failed."""
    reference = str(getattr(request, "reference", ""))
    try:
        return _plain("500.html", 500, {"reference": reference})
    except Exception:
        log.exception("The error page could not be made.")
        return HttpResponse(_LAST_RESORT, status=500)


_LAST_RESORT = (
    '<!DOCTYPE html><html lang="en-GB"><title>Something went wrong – Concerted</title>'
    "<h1>Something went wrong</h1><p>Try again in a few minutes.</p></html>"
)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 for Django's own PermissionDenied."""
    why = str(exception or "") or "This is not open to your account."
    return not_allowed(request, why, on_trail=False)


def not_allowed(
    request: HttpRequest,
    why: str,
    *,
    who_here: str = "",
    can_do: Sequence[Way] = (),
    kept: str = "",
    on_trail: bool = True,
) -> HttpResponse:
    """Answer 403 with the sentence that says why not, large and alone.

    ``kept`` is what the person typed, so that a refusal never loses a text.
    """
    account = context.account_of(request)
    if not who_here and account and account.capacity:
        who_here = f"You are here as {account.name}, {account.capacity}."
    page = {
        "why": why,
        "who_here": who_here,
        "can_do": can_do,
        "kept": kept or _typed(request),
        "reference": str(getattr(request, "reference", "")),
        "at": clock.now(),
        "on_trail": on_trail,
    }
    response = HttpResponse(loader.render_to_string("403.html", page, request), status=403)
    patch_cache_control(response, private=True, no_store=True)
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old, and give the typed text back.

    Only where the browser says that our own page sent it: another site could otherwise put
    words of its own on a page of ours.
    """
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    return _plain("403_csrf.html", 403, {"kept": _typed(request) if ours else ""})


# A short answer (a choice, a date) is quicker to give again than to find in a list.
_WORTH_KEEPING = 20


def _typed(request: HttpRequest) -> str:
    """Return the longer texts of a posted form; never a password."""
    if request.method != "POST":
        return ""
    try:
        posted = list(request.POST.lists())
    except (OSError, SuspiciousOperation):
        return ""
    texts = (
        text
        for name, values in posted
        for text in values
        if isinstance(text, str)
        and len(text) >= _WORTH_KEEPING
        and "password" not in name
        and "token" not in name
        and name not in ("next", "code")
    )
    return "\n\n".join(texts)


def _plain(template: str, status: int, page: dict[str, Any] | None = None) -> HttpResponse:
    """Render without the request, and so without the database."""
    words = loader.render_to_string(template, context.site() | (page or {}))
    response = HttpResponse(words, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
