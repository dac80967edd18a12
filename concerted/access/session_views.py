"""Where one is signed in, and ending that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from concerted.access import devices, ending, sessions
from concerted.access.models import Account


@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the sessions of one's own account, and the devices that are not asked for a code."""
    account = _account(request)
    page = {
        "sessions": sessions.of(account),
        "this": sessions.key_of(request),
        "devices": devices.of(account),
    }
    return render(request, "account/sessions.html", page)


@require_POST
def end(request: HttpRequest, key: str) -> HttpResponse:
    """End one session of one's own account; ending this one leads to the sign-in page."""
    if not ending.end_session(_account(request), key):
        raise Http404
    if key == sessions.key_of(request):
        request.session.flush()
        return redirect("account_login")
    messages.success(request, "That device is signed out.")
    return redirect("account_sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all sessions of one's own account but this one."""
    count = ending.end_other_sessions(_account(request), but=sessions.key_of(request))
    messages.success(
        request,
        "You were signed in nowhere else." if not count else "You are signed out everywhere else.",
    )
    return redirect("account_sessions")


@require_POST
def forget(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for a code on a remembered device again."""
    if not ending.forget_device(_account(request), key):
        raise Http404
    messages.success(request, "That device is asked for a code again.")
    return redirect("account_sessions")


def _account(request: HttpRequest) -> Account:
    account: Account = request.user  # type: ignore[assignment]
    return account
