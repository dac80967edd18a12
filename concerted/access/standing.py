"""What a session still lacks before it opens anything."""

from django.http import HttpRequest

# The mark of a session, and what it may say. A session without the mark lacks nothing.
SECOND_FACTOR = "second_factor"
MISSING = "missing"  # the account has none yet
UNPROVED = "unproved"  # the account has one that was not asked for
NO_PASSKEY = "no_passkey"


def lacks_factor(request: HttpRequest) -> bool:
    return bool(request.session.get(SECOND_FACTOR) == MISSING)


def unproved(request: HttpRequest) -> bool:
    return bool(request.session.get(SECOND_FACTOR) == UNPROVED)


def lacks_passkey(request: HttpRequest) -> bool:
    """Whether an administrator must add a passkey before anything else."""
    actor = getattr(request, "actor", None)
    needs = actor is not None and "administrator" in actor.supports
    return bool(needs and request.session.get(NO_PASSKEY))


def now_has_factor(request: HttpRequest, *, passkey: bool) -> None:
    """A factor was set up in this session."""
    request.session.pop(SECOND_FACTOR, None)
    if passkey:
        request.session.pop(NO_PASSKEY, None)
