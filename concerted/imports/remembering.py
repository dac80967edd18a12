"""What a person answered about a name in one file stands ready in their other files."""

from collections.abc import Mapping, Sequence
from typing import Any

from concerted.access.actor import Actor
from concerted.imports.matching import plain
from concerted.imports.models import NameAnswer
from concerted.imports.review import LEAVE_OUT, Review
from concerted.meetings.public import Meeting, NewName

LONGEST = 200


def remember(
    actor: Actor,
    *,
    review: Review,
    answers: Mapping[str, Any],
    attendance: Sequence[NewName | None],
    meeting: Meeting,
) -> None:
    """Keep what was answered where the page asked who a name is; the last answer counts."""
    said = {}
    for place, ((read, match), made) in enumerate(zip(review.matches, attendance, strict=True)):
        if read.sure and not match.perhaps and answers[f"n{place}_who"] != LEAVE_OUT:
            continue
        name, organisation = plain(read.name), plain(read.organisation or "")
        if max(len(name), len(organisation)) <= LONGEST:
            who = made.person.key if made and made.person else LEAVE_OUT
            said[name, organisation] = who
    NameAnswer.objects.bulk_create(
        [
            NameAnswer(
                by_id=actor.person_id,
                name=name,
                organisation=organisation,
                who=who,
                held_on=meeting.held_on,
                audience_id=actor.own_audience_id,
            )
            for (name, organisation), who in said.items()
        ],
        update_conflicts=True,
        unique_fields=["by", "name", "organisation"],
        update_fields=["who", "held_on", "at"],
    )
