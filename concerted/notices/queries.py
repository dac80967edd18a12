"""Reads of links. A link is asked by its token, before it is known who holds it."""

import hashlib

from concerted.kernel.clock import now
from concerted.notices.models import OneTimeLink


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def working(token: str, *, purpose: str) -> OneTimeLink | None:
    """The link of a token if it still works; looking at it does not use it up."""
    link = (
        OneTimeLink.objects.select_related("account")
        .filter(token_hash=hash_of(token), purpose=purpose)
        .first()
    )
    return link if link and link.works(at=now()) else None
