"""Who may handle a request, and what its state allows. Facts in, Verdict out."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.kernel.verdict import YES, Verdict, no
from concerted.subject_access.clock import Clock
from concerted.subject_access.models import AccessRequest, Release
from concerted.subject_access.redacting import Redaction, holds
from concerted.subject_access.states import (
    DECISIONS,
    ENDED,
    LEADS_TO,
    NEXT,
    PART_3,
    PART_3_GROUNDS,
    Decided,
    Exemption,
    Regime,
    RequestState,
    Right,
    StepKind,
    Why,
)

MB = 1024 * 1024
MOST_COPIED = 100 * MB  # bytes: the answer is put together in memory
SHORTEST = 3  # letters of a name that is looked for
ERASURE = "They ask for erasure, not for a copy. Decide on the page of the erasure."


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that somebody wants to note."""

    kind: StepKind
    on: datetime.date
    shown: str = ""
    unfit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Erase:
    """What somebody wants to have erased: who asked it, why (Article 17(1)), and what exactly."""

    asked_by: str
    ground: str
    wish: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody wants to decide of a finding.

    `stands` is what they read where the program could not.
    """

    decided: Decided
    exemption: str = ""
    reason: str = ""
    redactions: tuple[Redaction, ...] = ()
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """How far the actor's own draft is: None of it made, still under way, or what is left.

    `unseen` says that the actor can no longer read something that was found; `by_hand` is how many
    of the undecided are files that the program could not read, `copied` how many bytes of files
    are to go out whole.
    """

    made: bool
    finished: bool = False
    under_way: bool = False
    undecided: int = 0
    unseen: bool = False
    by_hand: int = 0
    copied: int = 0


def may_handle(actor: Actor) -> Verdict:
    if actor.holds(Permission.REQUEST_HANDLE):
        return YES
    return no(
        "Only the data protection officer and the partnership manager handle requests of people "
        "for what is held of them. Tell them of a request on the day it comes."
    )


def may_register(
    actor: Actor,
    *,
    names: Sequence[str],
    asked_on: datetime.date,
    today: datetime.date,
    regime: str = Regime.GENERAL,
    erase: Erase | None = None,
) -> Verdict:
    verdict = may_handle(actor)
    if not verdict:
        return verdict
    if not names:
        return no("Choose the person on record, or give a name to look for.")
    if any(len(name.strip()) < SHORTEST for name in names):
        return no(f"Give names of at least {SHORTEST} letters: shorter ones are found everywhere.")
    if asked_on > today:
        return no("That day is still to come. Give the day on which the request arrived.")
    return _erasure(regime, erase) if erase else YES


def _erasure(regime: str, erase: Erase) -> Verdict:
    if not erase.ground:
        return no("Choose the ground on which they ask for it.")
    if (erase.ground in PART_3_GROUNDS) != (regime == Regime.LAW_ENFORCEMENT):
        return no(
            "That ground is of the other law. Choose one of Article 17(1), or of section 47(1) "
            "where the request is about law enforcement."
        )
    if not erase.wish.strip():
        return no("Say what they want to have erased: everything, or what exactly.")
    return YES


def may_note(
    actor: Actor, request: AccessRequest, wanted: Wanted, clock: Clock, *, today: datetime.date
) -> Verdict:
    """Note a step that a person takes: drafted and released are noted by the program."""
    for verdict in (
        may_handle(actor),
        _state(request, wanted.kind),
        _day(request, wanted, clock, today),
        _words(wanted),
        may_write(request, wanted.note),
        _time(wanted, clock),
    ):
        if not verdict:
            return verdict
    return YES


def _state(request: AccessRequest, kind: StepKind) -> Verdict:
    after = LEADS_TO.get(kind)
    if request.state in ENDED:
        return no("This request has ended. Register a new one if they ask again.")
    if after and after != request.state and after not in NEXT[request.state]:
        return no("Identity was established already.")
    if kind == StepKind.IDENTITY and request.state == RequestState.IDENTIFIED:
        return no("Identity was established already.")
    return YES


def _day(request: AccessRequest, wanted: Wanted, clock: Clock, today: datetime.date) -> Verdict:
    if wanted.on > today:
        return no("That day is still to come. Give the day on which it happened.")
    if wanted.on < request.asked_on:
        return no("That day is before the request arrived. Give a later one.")
    stands = clock.stands_since
    if wanted.kind == StepKind.ANSWERED and stands and wanted.on < stands:
        return no("That day is before clarification was asked for. Give a later one.")
    return YES


def _words(wanted: Wanted) -> Verdict:
    if wanted.kind == StepKind.IDENTITY and not wanted.shown:
        return no("Say by what identity was established.")
    if wanted.kind == StepKind.REFUSE and not wanted.unfit:
        return no("Say why the request is refused: manifestly unfounded, or excessive.")
    if wanted.kind in (StepKind.CLARIFY, StepKind.EXTEND, StepKind.REFUSE):
        return YES if wanted.note.strip() else no("Give the reason in words.")
    return YES


def may_write(request: AccessRequest, words: str) -> Verdict:
    """Whether these words may stay for good; where the name is to go, they do not repeat it."""
    if request.right == Right.ERASURE and holds([request.name, *request.spellings], words):
        return no(
            "Leave the name out: what you write here stays when the name is erased. Say “they”."
        )
    return YES


def _time(wanted: Wanted, clock: Clock) -> Verdict:
    if wanted.kind == StepKind.CLARIFY and clock.stands_since:
        return no("Clarification was asked for already, and the clock stands until it comes.")
    if wanted.kind == StepKind.ANSWERED and not clock.stands_since:
        return no("No clarification was asked for that is still to come.")
    if wanted.kind == StepKind.EXTEND:
        return _extended(wanted, clock)
    return YES


def _extended(wanted: Wanted, clock: Clock) -> Verdict:
    if clock.starts is None:
        return no("The clock has not started: establish identity first.")
    if clock.extended:
        return no("The time was extended already. It can be extended once.")
    if clock.due and wanted.on > clock.due:
        return no("The month is over. It could be extended only before its last day.")
    return YES


def may_draft(actor: Actor, request: AccessRequest, ready: Ready) -> Verdict:
    verdict = may_handle(actor)
    if not verdict:
        return verdict
    if not (verdict := may_collect(request)):
        return verdict
    if request.state == RequestState.RECEIVED:
        return no("Establish first who asks. Until then nothing is collected.")
    if ready.under_way:
        return no("Your draft is being made already. Wait until it is done, or cancel it.")
    return YES


def may_collect(request: AccessRequest) -> Verdict:
    """What is found once its texts were emptied would stay for good."""
    if request.state in ENDED or request.erased_at:
        return no("This request has ended. Nothing more is collected for it.")
    return YES


def may_decide(
    actor: Actor,
    request: AccessRequest,
    answer: Answer,
    *,
    names_others: bool,
    why: str = Why.NAME,
    file_names_others: bool = False,
) -> Verdict:
    """`names_others` is of the words that were found, `file_names_others` of the whole file."""
    verdict = may_handle(actor)
    if not verdict:
        return verdict
    if request.right != Right.ACCESS:
        return no(ERASURE)
    if request.state in ENDED:
        return no("This request has ended. What was decided stays.")
    if answer.decided not in DECISIONS[why]:
        return no("That is only for files. Choose another way for this record.")
    if why == Why.BY_HAND and not (verdict := _looked_at(answer)):
        return verdict
    if answer.decided == Decided.COPY:
        return _copied(answer, names_others=names_others or file_names_others)
    if answer.decided == Decided.WITHHOLD:
        return _withheld(request, answer)
    if answer.decided == Decided.REDACT and not answer.redactions:
        return no("Choose whom to take out, or give words that stand in the text.")
    if answer.decided == Decided.DISCLOSE and names_others and not answer.reason.strip():
        return no(
            "Other people are named in it. Say why their names may go out: they agreed, or it is "
            "reasonable without."
        )
    return YES


def _looked_at(answer: Answer) -> Verdict:
    written = bool(answer.stands.strip())
    if answer.decided == Decided.NOTHING and written:
        return no("You wrote down what stands there. Choose what of it goes out.")
    if answer.decided in (Decided.DISCLOSE, Decided.REDACT) and not written:
        return no("Write down what stands there of them, or say that nothing does.")
    return YES


def _copied(answer: Answer, *, names_others: bool) -> Verdict:
    if names_others:
        return no(
            "Other people are named in this file, so it cannot go out whole. Give the places "
            "instead, with their names taken out."
        )
    if not answer.reason.strip():
        return no(
            "Read the whole file with its properties, and say how you know that it tells of nobody "
            "else."
        )
    return YES


def _withheld(request: AccessRequest, answer: Answer) -> Verdict:
    if not answer.exemption:
        return no("Choose the law under which it is withheld.")
    if not answer.reason.strip():
        return no("Say why that law fits here.")
    part_3 = Exemption(answer.exemption) in PART_3
    if part_3 != (request.regime == Regime.LAW_ENFORCEMENT):
        return no(
            "This request is answered under section 45: choose one of its grounds."
            if not part_3
            else "This request is answered under Article 15: choose one of Schedules 2 to 4."
        )
    return YES


def may_release(actor: Actor, request: AccessRequest, ready: Ready) -> Verdict:
    verdict = may_handle(actor)
    if not verdict:
        return verdict
    if request.right != Right.ACCESS:
        return no(ERASURE)
    if request.state in ENDED:
        return no("This request has ended. Nothing more goes out for it.")
    if not ready.made or not ready.finished:
        return no("You have no finished draft of this request. Make one first.")
    if ready.unseen:
        return no(
            "Something was changed or restricted since your draft was made. Make a new draft."
        )
    if ready.undecided:
        return no("Not every finding is decided. Nothing goes out until all are.")
    if ready.copied > MOST_COPIED:
        return no(
            f"The copies of files that are to go out have more than {MOST_COPIED // MB} MB "
            "together. Give the places instead of some of them."
        )
    return YES


def may_download(actor: Actor, release: Release, *, today: datetime.date) -> Verdict:
    verdict = may_handle(actor)
    if not verdict:
        return verdict
    if release.by_id != actor.person_id:
        return no("Only the person who released this answer can download it.")
    if release.version_id is None or today > release.until:
        return no("This file was kept for 30 days, and is gone.")
    return YES
