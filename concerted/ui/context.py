"""What the layout needs on every page: partnership, navigation, account, banners."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import NoReverseMatch, ResolverMatch
from django.utils.functional import SimpleLazyObject

from concerted.access.addresses import address
from concerted.access.sessions import end_of


@dataclass(frozen=True, slots=True)
class Link:
    """One place in the service navigation; ``current`` is what aria-current says, or empty."""

    text: str
    href: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Who is signed in, as what, and where the button posts that signs them out."""

    name: str
    capacity: str
    sign_out: str


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of the layout ``ui/page.html``."""
    account = account_of(request)
    words = site()
    return words | {
        "account": account,
        # One for all forms of a page: the template engine would draw a new mask for each.
        "csrf_input": SimpleLazyObject(partial(csrf_input, request)),
        "navigation": navigation(request) if account else [],
        "messages": get_messages(request),
        "partnership": _partnership_of(request) or words["partnership"],
        "search_address": search_address() if account else "",
        "session_end": end_of(request) if account and hasattr(request, "session") else None,
    }


def search_address() -> str:
    """Return where the box in the head asks, or nothing where no search is installed."""
    try:
        return address("search:index")
    except NoReverseMatch:
        return ""


def _partnership_of(request: HttpRequest) -> str:
    """Return the name that the actor brings; nobody in particular brings none."""
    return getattr(getattr(request, "actor", None), "partnership", "")


def site() -> dict[str, Any]:
    """Return what the layout says without looking at a request: for error pages too."""
    return {
        "partnership": getattr(settings, "PARTNERSHIP_NAME", ""),
        "demonstration": getattr(settings, "DEMONSTRATION", ""),
    }


def account_of(request: HttpRequest) -> Account | None:
    """Return the signed-in person, or None; the actor's name wins over the account's."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    actor = getattr(request, "actor", None)
    try:
        sign_out = address("account_logout")
    except NoReverseMatch:
        sign_out = ""
    return Account(
        name=getattr(actor, "name", "") or str(user),
        capacity=getattr(actor, "capacity", "") or "",
        sign_out=sign_out,
    )


def navigation(request: HttpRequest) -> list[Link]:
    """Return the items of ``settings.NAVIGATION``; the one of this page's package is current."""
    items = getattr(settings, "NAVIGATION", [])
    match = request.resolver_match
    exact = match.view_name if match else ""
    nearest = "" if exact in {name for _, name in items} else _nearest(items, match)
    return [
        Link(
            label,
            address(name),
            "page" if name == exact else "true" if name == nearest else "",
        )
        for label, name in items
    ]


def _nearest(items: list[tuple[str, str]], match: ResolverMatch | None) -> str:
    """The first item of this page's package: a page of a meeting stands under Meetings."""
    packages = {match.namespace, match.app_name} - {""} if match else set()
    return next((name for _, name in items if name.rpartition(":")[0] in packages), "")
