"""One's own second factor: the app, passkeys, recovery codes."""

from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concerted.access import factors, limits, standing, totp
from concerted.access.forms import WRONG_CODE, NewCode, NewPasskey
from concerted.access.http import Request
from concerted.access.models import Account
from concerted.access.recent import proved_now, recently_signed_in
from concerted.kernel.clock import now

SECRET = "app_secret"  # noqa: S105 - where in the session it lies until a code proves it


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show which second factors there are, and offer others; at the first visit, set one up."""
    account = _account(request)
    lines = [
        {
            "key": one.data["key"],
            "passkey": one.type == factors.Kind.WEBAUTHN,
            "name": one.wrap().name if one.type == factors.Kind.WEBAUTHN else "Authenticator app",
            "added": one.created_at,
            "used": one.last_used_at,
        }
        for one in factors.of(account).filter(type__in=factors.WHOLE)
    ]
    page = {
        "lines": lines,
        "has_app": any(not one["passkey"] for one in lines),
        "codes_left": factors.codes_left(account),
        "first": standing.lacks_factor(request),
    }
    return render(request, "account/factors.html", page)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@recently_signed_in
def app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app; one that was there is replaced once the new one is proved."""
    account = _account(request)
    secret = request.session.setdefault(SECRET, totp.new_secret())
    form = NewCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not limits.may_try(limits.CODE_OF_ACCOUNT, account.key):
            form.add_error("code", "Too many tries. Wait 15 minutes, then try again.")
        elif step := totp.matching_step(secret, totp.digits(form.cleaned_data["code"]), now()):
            factors.set_up_app(account, secret, step=step)
            del request.session[SECRET]
            return _is_set_up(request, passkey=False)
        else:
            form.add_error("code", WRONG_CODE)
    page = {
        "form": form,
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "account_name": account.email,
        "replaces": factors.has_app(account),
    }
    return render(request, "account/app.html", page)


@never_cache
@require_safe
@recently_signed_in
def app_picture(request: HttpRequest) -> HttpResponse:
    """The picture that an app photographs, while it is being set up."""
    secret = request.session.get(SECRET)
    if not secret:
        raise Http404
    address = factors.app_address(_account(request), secret)
    return HttpResponse(factors.picture(address), content_type="image/svg+xml")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@recently_signed_in
def passkey_add(request: Request) -> HttpResponse:
    """Add a passkey."""
    account = _account(request)
    form = NewPasskey(request.POST or None)
    if request.method == "POST" and form.is_valid():
        factors.add_passkey(account, form.cleaned_data["name"], form.cleaned_data["credential"])
        return _is_set_up(request, passkey=True)
    page = {
        "form": form,
        "options": auth.begin_registration(account, True),
        "required": standing.lacks_passkey(request),
    }
    return render(request, "account/passkey.html", page)


def _is_set_up(request: HttpRequest, *, passkey: bool) -> HttpResponse:
    """Go on with a session under a new key: it opens more than before."""
    standing.now_has_factor(request, passkey=passkey)
    proved_now(request)
    request.session.cycle_key()
    what = "passkey" if passkey else "app"
    messages.success(request, f"Your {what} is set up.")
    to_keep = factors.codes_to_keep(_account(request))
    return redirect("account_codes" if to_keep else "account_factors")


@require_POST
@never_cache
@recently_signed_in
def remove(request: Request, key: str) -> HttpResponse:
    """Take one of one's own factors away; the last one stays."""
    account = _account(request)
    factor = factors.of(account).filter(type__in=factors.WHOLE, data__key=key).first()
    if factor is None:
        raise Http404
    administrator = "administrator" in request.actor.supports
    factors.remove(account, factor, administrator=administrator)
    messages.success(request, "It is taken away: you can no longer sign in with it.")
    return redirect("account_factors")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@recently_signed_in
def codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes until their owner has kept them; after that, only how many."""
    account = _account(request)
    if request.method == "POST":
        if request.POST.get("do") == "anew":
            factors.make_codes_anew(account)
            return redirect("account_codes")
        factors.codes_are_kept(account)
        messages.success(request, "Good. The codes are not shown again.")
        return redirect("desk:home")
    page: dict[str, Any] = {
        "codes": factors.codes_to_keep(account),
        "left": factors.codes_left(account),
    }
    return render(request, "account/codes.html", page)


@never_cache
@require_safe
@recently_signed_in
def codes_file(request: HttpRequest) -> HttpResponse:
    """The same as a text file, to be printed or kept."""
    account = _account(request)
    to_keep = factors.codes_to_keep(account)
    if not to_keep:
        raise Http404
    text = "\r\n".join(
        [
            f"Recovery codes for Concerted, account {account.email}",
            "Each works once, in place of the code of your app. Keep this where only you look.",
            "",
            *to_keep,
            "",
        ]
    )
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


def _account(request: HttpRequest) -> Account:
    account: Account = request.user  # type: ignore[assignment]
    return account
