"""The address of a page, worked out once."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def address(name: str, *args: object) -> str:
    """What `reverse` answers; a thing's address stays the same as long as it is."""
    return _address(get_script_prefix(), name, args)


@lru_cache(maxsize=16_384)
def _address(prefix: str, name: str, args: tuple[object, ...]) -> str:
    return reverse(name, args=args or None)
