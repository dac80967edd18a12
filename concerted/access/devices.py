"""The devices people sign in from: what they are in words, and those remembered for 30 days."""

import hashlib
import secrets

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from concerted.access.models import Account, RememberedDevice
from concerted.kernel.clock import now

COOKIE = "remembered"
SALT = "concerted.access.remembered"
# What a browser calls itself, the first that fits; Edge and Opera say Chrome as well.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "an Android device",
    "Windows": "Windows",
    "CrOS": "a Chromebook",
    "Mac OS": "a Mac",
    "Linux": "Linux",
}


def in_words(user_agent: str) -> str:
    """What kind of device that is: `Firefox on Windows`. Its own words are never kept."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "A browser")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return f"{browser} on {system}" if system else f"{browser} on a device we do not know"


def of_request(request: HttpRequest) -> str:
    return in_words(request.META.get("HTTP_USER_AGENT", ""))


def remember(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """Let this browser off the second factor for a while."""
    token = secrets.token_urlsafe(32)
    until = now() + settings.REMEMBER_DEVICE
    device = of_request(request)
    RememberedDevice.objects.filter(until__lt=now()).delete()
    RememberedDevice.objects.create(
        account=account, token=_hashed(token), device=device, until=until
    )
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=settings.REMEMBER_DEVICE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/sign-in/",
    )


def is_remembered(request: HttpRequest, account: Account) -> bool:
    """Whether this browser was remembered for this account, and still is."""
    token = request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=settings.REMEMBER_DEVICE)
    return bool(token) and of(account).filter(token=_hashed(str(token))).exists()


def of(account: Account) -> QuerySet[RememberedDevice]:
    """The devices remembered for an account, the newest first."""
    found = RememberedDevice.objects.filter(account=account, until__gt=now())
    return found.order_by("-remembered_at")


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
