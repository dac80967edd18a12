"""The address of a page, worked out once."""

from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed
from django.dispatch import receiver
from django.urls import reverse


@lru_cache(maxsize=16_384)
def address(name: str, *args: object) -> str:
    """What `reverse` answers; a thing's address stays the same as long as it is."""
    return reverse(name, args=args or None)


@receiver(setting_changed)
def _other_addresses(*, setting: str, **_: Any) -> None:
    """In tests alone do settings change."""
    if setting in ("ROOT_URLCONF", "FORCE_SCRIPT_NAME"):
        address.cache_clear()
