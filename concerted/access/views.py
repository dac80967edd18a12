"""Between the password and the session; and who is signed in once more."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.core.ratelimit import respond_429
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from concerted.access import devices, factors, limits, sessions
from concerted.access.forms import Code, Passkey, Password, SignInCode
from concerted.access.models import Account
from concerted.access.recent import View, proved_now
from concerted.access.stage import SecondFactorStage, proved

_after_the_password: Callable[[View], View] = login_stage_required(
    stage=SecondFactorStage.key, redirect_urlname="account_login"
)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@_after_the_password
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever has given the right password."""
    stage: SecondFactorStage = request._login_stage  # type: ignore[attr-defined]
    account = stage.login.user
    form: Code | Passkey = SignInCode(account=account)
    if request.method == "POST":
        if not limits.may_try(limits.CODE_OF_ACCOUNT, account.key):
            return _too_often(request)
        by_passkey = "credential" in request.POST
        kind: Any = Passkey if by_passkey else SignInCode
        form = kind(request.POST, account=account)
        if form.is_valid():
            limits.forget(limits.CODE_OF_ACCOUNT, account.key)
            response: HttpResponse = stage.leave(request)
            if form.cleaned_data.get("remember"):
                devices.remember(request, response, account)
            return response
    page = {
        "form": form if isinstance(form, SignInCode) else SignInCode(account=account),
        "passkey_form": form if isinstance(form, Passkey) else None,
        "options": _options(account),
        "has_app": factors.has_app(account),
        "shown": factors.code_of_the_moment(account) if settings.DEMONSTRATION else "",
    }
    return render(request, "account/code.html", page)


def _options(account: Account) -> dict[str, Any]:
    """What the browser needs to use one of an account's passkeys; empty where it has none."""
    return auth.begin_authentication(account) if factors.has_passkey(account) else {}


def _too_often(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = respond_429(request)
    return response


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it is both what one has and what one knows or is."""
    if request.method != "POST":
        return JsonResponse({"options": auth.begin_authentication(None)})
    form = Passkey(request.POST)
    if not form.is_valid() or form.account is None:
        messages.error(request, "The passkey was not accepted. You can sign in with your password.")
        return redirect("account_login")
    proved(request)
    limits.give_back(limits.PASSKEY_FROM_ADDRESS, limits.address_of(request))
    response: HttpResponse = perform_login(request, Login(user=form.account))
    return response


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest) -> HttpResponse:
    """Ask for the password, a code or a passkey once more, before a page that matters."""
    account: Account = request.user  # type: ignore[assignment]
    ways = {
        "password": account.has_usable_password(),
        "code": factors.has_app(account),
        "passkey": factors.has_passkey(account),
    }
    asked = request.GET.get("way", "")
    way = asked if ways.get(asked) else next((one for one, there in ways.items() if there), "")
    kinds: dict[str, Any] = {"password": Password, "code": Code, "passkey": Passkey}
    form = kinds[way](request.POST or None, account=account) if way else None
    back = place_after(request)
    if request.method == "POST" and form is not None:
        if not limits.may_try(limits.CODE_OF_ACCOUNT, account.key):
            return _too_often(request)
        if form.is_valid():
            limits.forget(limits.CODE_OF_ACCOUNT, account.key)
            proved_now(request)
            return redirect(back)
    page = {
        "form": form,
        "way": way,
        "others": [one for one, there in ways.items() if there and one != way],
        "back": back,
        "options": _options(account) if way == "passkey" else {},
        "shown": factors.code_of_the_moment(account)
        if settings.DEMONSTRATION and way == "code"
        else "",
    }
    return render(request, "account/reauthenticate.html", page)


def place_after(request: HttpRequest) -> str:
    """Where to go on to: a page of ours, whatever the address says."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    fits = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if fits else "/"


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Let the session stand on; a script is told for how long, a person goes on reading."""
    end = sessions.end_of(request)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"seconds": end.seconds if end else 0})
    return redirect(place_after(request))
