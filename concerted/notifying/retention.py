"""Letters that were sent or dropped: how long they are kept, and how they go."""

import datetime
from collections.abc import Collection, Iterable

from concerted.kernel.retention import Candidate, Expiring, Gone
from concerted.notifying.models import Letter
from concerted.notifying.states import LetterState


def _expired(before: datetime.datetime, keys: Collection[str] | None) -> Iterable[Candidate]:
    letters = Letter.objects.exclude(state=LetterState.WAITING).filter(ended_at__lt=before)
    if keys is not None:
        letters = letters.filter(key__in=keys).select_for_update()
    return map(_candidate, letters.order_by("ended_at", "pk"))


def _candidate(letter: Letter) -> Candidate:
    since = letter.ended_at or letter.made_at
    return Candidate(letter.key, since, f"{letter.state} {since.isoformat()}", letter.audience_id)


def _find(key: str) -> Candidate | None:
    letter = Letter.objects.filter(key=key).first()
    return _candidate(letter) if letter else None


def _let_go(keys: Collection[str]) -> Gone:
    letters = Letter.objects.filter(key__in=keys)
    gone = Gone([("notifying.letter", key) for key in letters.values_list("key", flat=True)])
    letters.delete()
    return gone


KINDS = (
    Expiring(
        name="letters",
        label="notifying.letter",
        title="Mails to a whole body that were sent or dropped",
        counts_from="the day it was sent or dropped",
        months=24,
        least=6,
        most=84,
        reason="Kept to show what the members were told, by whom and when. Storage limitation, "
        "Article 5(1)(e) UK GDPR: what it opens with is free text.",
        does="The row is taken out, with the keys of what it told of.",
        has_audience=True,
        erases=frozenset({"notifying.Letter", "notifying.News"}),
        expired=_expired,
        find=_find,
        let_go=_let_go,
    ),
)
