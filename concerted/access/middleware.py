"""Around each request: tries are counted, sessions stand on, and a second factor is asked for."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions import middleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from concerted.access import limits, standing
from concerted.access.limits import Limit
from concerted.access.sessions import SessionStore

Answer = Callable[[HttpRequest], HttpResponse]


class SessionMiddleware(middleware.SessionMiddleware):
    """The framework's; a session that is used stands on."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = request.session
        # What a page asks by itself every few seconds does not say that somebody is there.
        by_itself = request.method == "GET" and "HX-Request" in request.headers
        if isinstance(session, SessionStore) and session.accessed and not by_itself:
            session.use()
        return super().process_response(request, response)


# A form that is sent to one of these is counted: by what it says of an account, by its address.
COUNTED: dict[str, tuple[tuple[str, Limit] | None, Limit]] = {
    "account_login": (("login", limits.PASSWORD_OF_ACCOUNT), limits.PASSWORD_FROM_ADDRESS),
    "account_reset_password": (("email", limits.RESET_OF_ACCOUNT), limits.RESET_FROM_ADDRESS),
    "people:lost": (("email", limits.RESET_OF_ACCOUNT), limits.RESET_FROM_ADDRESS),
    "account_passkey": (None, limits.PASSKEY_FROM_ADDRESS),
}


# Where a path that begins so leads nowhere, somebody tries secrets: that is counted by its address.
MISSES: dict[str, Limit] = {
    "/attending/answer/": limits.SECRET_FROM_ADDRESS,
    "/attending/feeds/": limits.SECRET_FROM_ADDRESS,
}


class LimitMiddleware:
    """Stops who tries too often, before anything is looked at, with the same page for all."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and not self._may(request):
            response: HttpResponse = respond_429(request)
            return response
        for start, limit in MISSES.items():
            if request.path_info.startswith(start):
                return self._unless_it_misses(request, limit)
        return self.get_response(request)

    def _unless_it_misses(self, request: HttpRequest, limit: Limit) -> HttpResponse:
        """Counted before it is looked at, and given back where it led somewhere."""
        whence = limits.address_of(request)
        if not limits.may_try(limit, whence):
            stopped: HttpResponse = respond_429(request)
            return stopped
        response = self.get_response(request)
        if response.status_code < HTTPStatus.BAD_REQUEST:
            limits.give_back(limit, whence)
        return response

    def _may(self, request: HttpRequest) -> bool:
        try:
            name = resolve(request.path_info).view_name
        except Resolver404:
            return True
        if name not in COUNTED:
            return True
        of_account, from_address = COUNTED[name]
        within = limits.may_try(from_address, limits.address_of(request))
        if of_account:
            field, limit = of_account
            within = limits.may_try(limit, request.POST.get(field, "")[:320]) and within
        return within


# What a session without second factor reaches: setting one up, and leaving.
TO_SET_UP = {
    "account_factors",
    "account_app",
    "account_app_picture",
    "account_passkey_add",
    "account_logout",
    "account_stay",
    "account_reauthenticate",
}
TO_ADD_PASSKEY = TO_SET_UP | {"account_codes", "account_codes_file"}
TO_READ = {"ui:accessibility", "ui:help", "ui:privacy", "ui:words"}


class SecondFactorMiddleware:
    """Leads who has no second factor to setting one up; nothing else is reached before.

    Stands after the actor is known: an administrator needs a passkey.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in TO_READ:
            return None
        if standing.unproved(request):
            logout(request)
            messages.warning(request, "Please sign in again: your second factor was not asked.")
            return redirect("account_login")
        if standing.lacks_factor(request) and name not in TO_SET_UP:
            return redirect("account_factors")
        if standing.lacks_passkey(request) and name not in TO_ADD_PASSKEY:
            return redirect("account_passkey_add")
        return None
