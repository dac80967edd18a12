"""The second factors of an account, where this installation has them."""

from typing import Any

from django.apps import apps

from concerted.access.models import Account


def has_second_factor(account: Account) -> bool:
    factors = _factors()
    return factors is not None and factors.filter(user=account).exists()


def remove_factors(account: Account) -> None:
    """Take every second factor away: only where two people have said that this is the person."""
    factors = _factors()
    if factors is not None:
        factors.filter(user=account).delete()


def _factors() -> Any:
    if not apps.is_installed("allauth.mfa"):
        return None
    label = "mfa.authenticator"
    return apps.get_model(label).objects
