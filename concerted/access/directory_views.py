"""Signing in through the directory of one's own organisation."""

import logging

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from concerted.access import directories, limits
from concerted.access.openid import NotBelieved
from concerted.access.stage import proved
from concerted.access.views import place_after

log = logging.getLogger(__name__)

NOT_NOW = (
    "Signing in through your organisation did not work. Try again; if it fails again, "
    "tell the partnership’s secretary."
)
NOT_OPEN = "Nobody signs in that way now. Sign in with your e-mail address and password."
NOT_INVITED = (
    "Your organisation knows you, but you were not invited here through it. "
    "Ask the partnership’s secretary for an invitation."
)


class SignIn(LoginView):  # type: ignore[misc]
    """The framework's page of e-mail and password, with the directories beside it."""

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        page: dict[str, object] = super().get_context_data(**kwargs)
        return page | {"directories": directories.open_ones()}


@login_not_required
@never_cache
@require_safe
def start(request: HttpRequest, name: str) -> HttpResponse:
    """Send the browser to a directory; it comes back to `answer`."""
    directory = directories.open_ones().filter(name=name).first()
    if directory is None:
        messages.error(request, NOT_OPEN)
        return redirect("account_login")
    if not limits.may_try(limits.DIRECTORY_FROM_ADDRESS, limits.address_of(request)):
        stopped: HttpResponse = respond_429(request)
        return stopped
    by_invitation = request.GET.get("for") == directories.FOR_INVITATION
    try:
        address = directories.ask(
            request.session,
            directory,
            redirect_uri=_comes_back_to(request),
            purpose=directories.FOR_INVITATION if by_invitation else directories.FOR_SIGN_IN,
            back=place_after(request),
        )
    except NotBelieved as fault:
        return _not_now(request, fault)
    return redirect(address)


@login_not_required
@never_cache
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """Take a directory's answer: sign in, or go on with an invitation."""
    try:
        verified = directories.verify(
            request.session, request.GET.dict(), redirect_uri=_comes_back_to(request)
        )
    except NotBelieved as fault:
        return _not_now(request, fault)
    if verified.purpose == directories.FOR_INVITATION:
        directories.keep_for_invitation(request.session, verified)
        return redirect(verified.back)
    account = directories.account_of(verified)
    if account is None:
        messages.error(request, NOT_INVITED)
        return redirect("account_login")
    if verified.second_factor:
        proved(request)
    login = Login(user=account, redirect_url=verified.back)
    response: HttpResponse = perform_login(request, login)
    return response


def _comes_back_to(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("account_directory_answer"))


def _not_now(request: HttpRequest, fault: NotBelieved) -> HttpResponse:
    log.warning("A directory was not believed: %s", fault)
    messages.error(request, NOT_NOW)
    return redirect("account_login")
