"""Accepting together all that are sure, after a sample; and what is sure, as things are now."""

import hashlib
import logging
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db import transaction

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.imports import policies, queries, queue, services
from concerted.imports.forms import form_for
from concerted.imports.models import Batch, BatchLine, File, ReadMeeting
from concerted.imports.paper_review import PaperReview
from concerted.imports.review import LEAVE_OUT, Review, Tick, review
from concerted.imports.states import FileState, LineState
from concerted.jobs.public import begin
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting
from concerted.papers.public import Paper
from concerted.people.public import acting_as
from concerted.reading.wire import from_wire

log = logging.getLogger(__name__)

# Further answers, as a person would give them on the review page.
Answer = Callable[[Review | PaperReview], dict[str, Any]]

SAMPLE = 5
CHANGED = (
    "The files that are sure are not the same any more as those that you looked at. "
    "Look at the new sample, then accept."
)
ASKS = "It is not sure any more, because something on record changed meanwhile. Check it yourself."
SAME = "There is a meeting of that body and day already, or another file of it. Check it yourself."
OTHER = "It was read anew after you looked at the sample. Check it yourself."
MAY_BE_DONE = (
    "It seems to say that an earlier action is done. "
    "Only a person closes an action: check it yourself."
)
GONE = "It was settled, or put aside, before its turn came."
FAULT = "Something went wrong on our side. Nothing of it was recorded. Check it yourself."


def as_read(
    review: Review | PaperReview,
    personal: str | None,
    answer: Answer | None = None,
) -> dict[str, Any]:
    """The form as the reader filled it: what it was not sure of stays empty."""
    given: dict[str, Any] = {}
    for one in review.fields:
        if isinstance(one, Tick):
            given |= {one.name: "on"} if one.initial else {}
        elif one.initial:
            given[one.name] = one.initial
    if personal:
        given |= {card.names[0]: personal for card in review.personal}
    return given | (answer(review) if answer else {})


def answers_of(
    laid_out: Review | PaperReview,
    personal: str | None,
    answer: Answer | None = None,
) -> dict[str, Any]:
    """The cleaned answers of a meeting that leaves no question. Raises NotAllowed for another.

    One rule for the page and for the command line: no question, and a form that is whole. Nobody
    but a person says which text of a Word file with tracked changes counts, or that an earlier
    action is done.
    """
    if laid_out.undecided or (laid_out.questions and answer is None):
        raise NotAllowed(ASKS)
    if isinstance(laid_out, Review) and laid_out.closings and answer is None:
        raise NotAllowed(MAY_BE_DONE)
    form = form_for(laid_out, data=as_read(laid_out, personal, answer))
    if not form.is_valid():
        raise NotAllowed(ASKS)
    return form.cleaned_data


@dataclass(frozen=True, slots=True)
class Sampled:
    """One meeting of the sample, with what would be recorded of it."""

    read: ReadMeeting
    review: Review

    @property
    def names(self) -> list[str]:
        """Those that go on the lists: one that was answered to be nobody does not."""
        chosen = {one.name: one.initial for one in self.review.fields}
        return [
            name.name
            for place, name in enumerate(self.review.attendance)
            if chosen[f"n{place}_who"] != LEAVE_OUT
        ]

    @property
    def items(self) -> list[str]:
        return [
            " ".join(filter(None, (item.ref, item.title))) for item in self.review.meeting.items
        ]

    @property
    def decisions(self) -> list[str]:
        return [one.title for one in self.review.decisions]

    @property
    def actions(self) -> list[str]:
        return [one.title for one in self.review.actions]


@dataclass(frozen=True, slots=True)
class Offer:
    """All that are sure, in short; `token` stands for exactly these files and readings."""

    reads: Sequence[ReadMeeting]
    token: str
    bodies: Sequence[tuple[str, int]]
    years: Sequence[tuple[int, int]]
    personal: int
    sample: Sequence[Sampled]


def offer(actor: Actor, *, handover_key: str = "") -> Offer:
    """What could be accepted together, with a sample that is the same for the same files."""
    reads = list(queue.sure(actor, handover_key=handover_key))
    token = token_of(reads)
    chosen = random.Random(token).sample(reads, min(SAMPLE, len(reads)))  # noqa: S311
    chosen.sort(key=reads.index)
    readings = dict(
        File.objects.filter(pk__in=[one.file_id for one in chosen]).values_list("pk", "reading")
    )
    known = queries.directory(actor)
    bodies = Counter(str(one.body) for one in reads)
    years = Counter(one.held_on.year for one in reads if one.held_on)
    return Offer(
        reads,
        token,
        sorted(bodies.items()),
        sorted(years.items()),
        sum(one.personal > 0 for one in reads),
        [
            Sampled(one, review(from_wire(readings[one.file_id]), one.number, known))
            for one in chosen
        ],
    )


def token_of(reads: Sequence[ReadMeeting]) -> str:
    whole = "\n".join(f"{one.file.key} {one.number} {one.mark}" for one in reads)
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


@transaction.atomic
def accept_sure(actor: Actor, *, token: str, personal: str, handover_key: str = "") -> Batch:
    """Have all that are sure made into records in the background: exactly those of the token.

    Where that was begun already and goes on, the batch is that one.
    """
    policies.may_hand_over(actor).enforce()
    Account.objects.select_for_update(no_key=True).get(pk=actor.account_id)
    reads = list(queue.sure(actor, handover_key=handover_key))
    if not reads or token != token_of(reads):
        raise NotAllowed(CHANGED)
    if begun := queries.batch_of(actor, reads, personal=personal):
        return begun
    batch = Batch(by_id=actor.person_id, personal=personal, audience_id=actor.own_audience_id)
    many = len(reads) != 1
    batch.job = begin(
        actor,
        title=f"Making records of {len(reads):,} {'meetings' if many else 'meeting'}",
        total=len(reads),
        unit="meeting",
        leads_to=f"imports:batch {batch.key}",
        task="imports.accept_batch",
        arguments={"batch_key": batch.key, "account_id": actor.account_id},
    )
    batch.save()
    BatchLine.objects.bulk_create(
        BatchLine(
            batch=batch,
            position=position,
            file=one.file,
            number=one.number,
            mark=one.mark,
            audience_id=actor.own_audience_id,
        )
        for position, one in enumerate(reads)
    )
    trail.note(actor, "batch.begun", batch, verb=Verb.COLLECT)
    return batch


def settle(account: Account, batch: Batch, line: BatchLine, file: File) -> None:
    """Make one line of a batch into records, or leave it with a sentence; one transaction."""
    try:
        with acting_as(account) as actor:
            meeting = accept_if_sure(
                actor, file=file, number=line.number, personal=batch.personal, mark=line.mark
            )
            if not isinstance(meeting, Meeting):
                raise NotAllowed(OTHER)  # a report is never among them
            _note(line, LineState.MADE, meeting=meeting)
    except NotAllowed as refusal:
        with acting_as(account):
            _note(line, LineState.LEFT, sentence=str(refusal))
    except Exception:
        log.exception("Line %s of batch %s failed", line.position, batch.key)
        with acting_as(account):
            _note(line, LineState.LEFT, sentence=FAULT)


def _note(
    line: BatchLine, state: LineState, *, sentence: str = "", meeting: Meeting | None = None
) -> None:
    line.state, line.sentence, line.meeting = state, sentence[:400], meeting
    line.save(update_fields=["state", "sentence", "meeting"])


def accept_if_sure(
    actor: Actor,
    *,
    file: File,
    number: int,
    personal: str | None,
    mark: str = "",
    answer: Answer | None = None,
) -> Meeting | Paper:
    """Make a meeting, or a report, into records as it was read.

    Raises NotAllowed where a person must look.

    `mark` is the reading that somebody looked at; a reading since then is another one.
    """
    read = queue.read_meeting(actor, file, number)
    if read is None:
        raise NotAllowed(GONE)
    if read.same:  # type: ignore[attr-defined]
        raise NotAllowed(SAME)
    if mark and read.mark != mark:
        raise NotAllowed(OTHER)
    return services.accept_as_read(
        actor,
        file=file,
        number=number,
        answers=lambda laid_out: answers_of(laid_out, personal, answer),
    )


def look_again(account: Account) -> None:
    """See anew what each file that waits asks; each in a transaction of its own."""
    with acting_as(account) as actor:
        if not policies.may_hand_over(actor):
            return
        known = queries.directory(actor)
        earlier = cache(partial(queries.earlier_actions, actor))
        waiting = list(
            queries.files_visible_to(actor).filter(state=FileState.READ).values_list("pk")
        )
    for (pk,) in waiting:
        with acting_as(account) as actor:
            file = File.objects.select_for_update(of=["self"]).get(pk=pk)
            if file.state != FileState.READ:
                continue
            try:
                reading = queries.reading_of(file)
            except NotAllowed:
                continue  # read by an earlier version: its page says what to do
            if reading is None:
                continue
            services.look_at(actor, file=file, reading=reading, known=known, earlier=earlier)
