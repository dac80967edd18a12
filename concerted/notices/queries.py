"""Reads of links. A link is asked by its token, before it is known who holds it."""

import hashlib

from django.db.models import QuerySet

from concerted.kernel.clock import now
from concerted.notices.models import OneTimeLink


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def outstanding(*, purpose: str, reference: str) -> QuerySet[OneTimeLink]:
    """The links about a thing that still work, or will once their mail goes; the newest first."""
    return (
        OneTimeLink.objects.select_related("account")
        .filter(purpose=purpose, reference=reference)
        .filter(used_at=None, withdrawn_at=None, expires_at__gt=now())
        .order_by("-made_at", "-id")
    )


def working(token: str, *, purpose: str) -> OneTimeLink | None:
    """The link of a token if it still works; looking at it does not use it up."""
    link = (
        OneTimeLink.objects.select_related("account")
        .filter(token_hash=hash_of(token), purpose=purpose)
        .first()
    )
    return link if link and link.works(at=now()) else None
