"""What waits for a secretary: shown exactly as it would go, worded, sent or dropped; once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import queue_mail
from concerted.notifying import policies, queries
from concerted.notifying.composing import LETTER, mailbox, words
from concerted.notifying.models import Letter, Notice
from concerted.notifying.queries import Piece
from concerted.notifying.states import Gets, LetterState, Wanted
from concerted.people.public import Person, acting_as, leads_of, renewed, sitting

CHANGED = "What this says, or whom it goes to, has changed since you looked. Read it again."


@dataclass(frozen=True, slots=True)
class Reader:
    """One of those whom a letter is for, and how they get it."""

    person: Person
    gets: Gets


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as it would go now; `looked_at` names exactly this text to exactly these people."""

    letter: Letter
    pieces: Sequence[Piece]
    text: str
    reply_to: str
    readers: Sequence[Reader]

    @property
    def reached(self) -> int:
        return sum(one.gets in (Gets.NOW, Gets.DIGEST) for one in self.readers)

    @property
    def looked_at(self) -> str:
        to = [f"{one.person.key} {one.gets}" for one in self.readers]
        return hashlib.sha256("\n".join([self.text, self.reply_to, *to]).encode()).hexdigest()


def shown(actor: Actor, letter: Letter) -> Shown:
    """What a letter would say and whom it would go to if it were sent now."""
    pieces = queries.pieces_of(actor, letter)
    told = [one.told for one in pieces]
    return Shown(
        letter,
        pieces,
        words(told, letter.opening) if told else "",
        mailbox(actor, told),
        _readers(actor, letter, pieces),
    )


def _readers(actor: Actor, letter: Letter, pieces: Sequence[Piece]) -> list[Reader]:
    """Those whom it is for and who may see what it tells of, each asked as they are today."""
    day = today()
    if letter.organisation:
        people = leads_of(actor, letter.organisation, letter.body, day=day)
    else:
        people = [one.person for one in sitting(actor, day=day, body=letter.body)]
    return [Reader(one, gets) for one in people if (gets := _gets(one, letter, pieces)) is not None]


def _gets(person: Person, letter: Letter, pieces: Sequence[Piece]) -> Gets | None:
    """How somebody gets a letter; None where they may see nothing of it."""
    account = person.account
    if account is None or not account.is_active:
        # Of something restricted it is not said who else might have heard of it.
        return None if letter.constant else Gets.NO_ADDRESS
    with acting_as(account) as theirs:
        if not queries.pieces_among(theirs, letter, [one.news for one in pieces]):
            return None
    match queries.wanted_by(account.pk):
        case Wanted.NONE if not _law(pieces):
            return Gets.NOTHING
        # The secretary’s own words have no place in a daily mail.
        case Wanted.DIGEST if not (_law(pieces) or letter.organisation or letter.opening):
            return Gets.DIGEST
        case _:
            return Gets.NOW


def _law(pieces: Sequence[Piece]) -> bool:
    return any(one.law for one in pieces)


@transaction.atomic
def word(actor: Actor, *, letter: Letter, opening: str) -> Letter:
    """Write the lines that a letter opens with."""
    actor, letter = _held(actor, letter)
    policies.may_word(actor, letter).enforce()
    letter.opening = opening.strip()
    letter.save(update_fields=["opening"])
    trail.note(actor, "letter.worded", letter, fields=["opening"])
    return letter


@transaction.atomic
def send(actor: Actor, *, letter: Letter, looked_at: str) -> Letter:
    """Send a letter exactly as it was looked at, once. Raises NotAllowed where it has changed."""
    actor, letter = _held(actor, letter)
    as_it_is = shown(actor, letter)
    policies.may_send(actor, letter, told=len(as_it_is.pieces), reached=as_it_is.reached).enforce()
    if as_it_is.looked_at != looked_at:
        raise NotAllowed(CHANGED)
    for reader in as_it_is.readers:
        _give(letter, reader, as_it_is.pieces)
    if not letter.constant:
        # From now on those whom it is for may read it, and so its mail can be made as them.
        letter.audience_id = letter.body.papers_audience_id
        letter.news.update(audience_id=letter.audience_id)
    _end(actor, letter, LetterState.SENT)
    trail.note(actor, "letter.sent", letter, verb=Verb.DISCLOSE, fields=["audience", "state"])
    return letter


def _give(letter: Letter, reader: Reader, pieces: Sequence[Piece]) -> None:
    account = reader.person.account
    if account is None:
        return
    if reader.gets == Gets.NOW:
        once = f"letter {letter.key} {account.key}"
        queue_mail(kind=LETTER, about=letter.key, account=account, once=once)
    elif reader.gets == Gets.DIGEST:
        Notice.objects.bulk_create(
            [
                Notice(
                    account=account,
                    kind=one.news.kind,
                    reference=one.news.reference,
                    about=one.news.about,
                )
                for one in pieces
            ],
            ignore_conflicts=True,
        )


@transaction.atomic
def drop(actor: Actor, *, letter: Letter, reason: str) -> Letter:
    """Decide that a letter is not sent, and say why."""
    actor, letter = _held(actor, letter)
    policies.may_drop(actor, letter, reason=reason).enforce()
    letter.reason = reason.strip()
    _end(actor, letter, LetterState.DROPPED)
    trail.note(actor, "letter.dropped", letter, fields=["reason", "state"])
    return letter


def _held(actor: Actor, letter: Letter) -> tuple[Actor, Letter]:
    """The letter, locked, and the actor as of then."""
    Letter.objects.select_for_update(of=["self"]).filter(pk=letter.pk).first()
    actor = renewed(actor)
    held = queries.visible_to(actor).filter(pk=letter.pk).first()
    if held is None:
        raise Http404
    return actor, held


def _end(actor: Actor, letter: Letter, state: LetterState) -> None:
    letter.state = state
    letter.ended_at = now()
    letter.ended_by_id = actor.person_id
    letter.save()
