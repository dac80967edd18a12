"""The step between the password and the session: the second factor."""

from typing import Any

from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from concerted.access import devices, factors

# What a request that signs somebody in says of the second factor; without it nothing is proved.
PROVED = "second_factor_proved"


def proved(request: HttpRequest) -> None:
    """Say that whoever is being signed in with this request has given a second factor."""
    setattr(request, PROVED, True)


def is_proved(request: HttpRequest) -> bool:
    return bool(getattr(request, PROVED, False))


class SecondFactorStage(LoginStage):  # type: ignore[misc]
    """Asks for a code or a passkey, unless one was given or the device is remembered."""

    key = "second_factor"
    urlname = "account_code"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        account = self.login.user
        if is_proved(self.request) or not factors.has_second_factor(account):
            return None, True
        if devices.is_remembered(self.request, account):
            proved(self.request)
            return None, True
        return redirect(self.urlname), True

    def leave(self, request: HttpRequest) -> Any:
        """The factor was given: go on to the session."""
        proved(request)
        return self.exit()
