"""What is asked with an item, and what can become of it."""

from django.db import models


class Asked(models.TextChoices):
    """What is asked of the body. The values are kinds of business of an agenda."""

    DECISION = "decision", "A decision"
    INFORMATION = "information", "To be informed"


class RequestState(models.TextChoices):
    WAITING = "waiting", "Waiting for an answer"
    TAKEN = "taken", "Taken"
    NEXT = "next", "Put to the next agenda"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn by whoever asked"


# An answer stays. Only what was taken onto a draft and came off again is answered once more.
NEXT: dict[str, frozenset[str]] = {
    RequestState.WAITING: frozenset(
        {
            RequestState.TAKEN,
            RequestState.NEXT,
            RequestState.REFUSED,
            RequestState.WITHDRAWN,
        }
    ),
    RequestState.TAKEN: frozenset({RequestState.TAKEN, RequestState.REFUSED}),
    RequestState.NEXT: frozenset(),
    RequestState.REFUSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}
