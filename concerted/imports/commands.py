"""Handing minutes over without a page: for the command line and the demonstration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from concerted.access.models import Account
from concerted.imports import bulk, queries, services, tasks
from concerted.imports.bulk import Answer
from concerted.imports.models import File
from concerted.imports.policies import MOST_FILES
from concerted.imports.states import FileState
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import acting_as


class CannotImport(Exception):
    """Nothing was handed over; the message says why."""


@dataclass(slots=True)
class Outcome:
    """What became of each file: read, accepted, left for a person, refused with a sentence.

    `undecided` names those to check that hold tracked changes: a person says which text counts.
    """

    read: int = 0
    accepted: int = 0
    to_check: list[str] = field(default_factory=list)
    undecided: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return (
            f"{self.read} read, {self.accepted} made into records, "
            f"{len(self.to_check)} to check on the Imports page, {len(self.refused)} refused."
        )


def import_files(
    email: str,
    files: Sequence[tuple[str, bytes]],
    *,
    accept: bool = False,
    personal: str | None = None,
    answer: Answer | None = None,
    step: Callable[[], None] = lambda: None,
) -> Outcome:
    """Hand over, read, and with `accept` make into records what leaves no question.

    `personal` answers for all personal details; without it a file that holds some is left for a
    person. `answer` gives further answers, as a person would on the review page; without it a
    file that leaves any question is left for a person.
    Raises CannotImport where the account may not do this.
    """
    account = Account.objects.filter(email=email.lower(), is_active=True).first()
    if account is None:
        raise CannotImport(f"Nobody signs in as {email}. Give the e-mail of a secretary.")
    outcome = Outcome()
    for first in range(0, len(files), MOST_FILES):
        try:
            with acting_as(account) as actor:
                handover = services.hand_over(actor, files=files[first : first + MOST_FILES])
        except NotAllowed as refusal:
            raise CannotImport(str(refusal)) from refusal
        tasks.read_handover(handover_key=handover.key, account_id=account.pk)
        with acting_as(account) as actor:
            handed = list(
                queries.files_visible_to(actor)
                .filter(handover=handover)
                .exclude(state=FileState.OPENED)
                .defer("reading", "answers")
                .order_by("position")
            )
        for file in handed:
            _count(outcome, account, file, accept, personal, answer)
            step()
    if outcome.accepted and outcome.to_check:
        bulk.look_again(account)
    return outcome


def accept_handed_in(account: Account, file_key: str, *, personal: str, answer: Answer) -> str:
    """Put a paper on record that an office asked for; returns why not, if a person must look."""
    with acting_as(account) as actor:
        file = queries.files_visible_to(actor).get(key=file_key)
    return _accept(account, file, personal, answer)


def read_handed_in(account: Account, handover_key: str) -> str:
    """Read a paper that an office asked for now, as the worker would; the key of its file."""
    tasks.read_handover(handover_key=handover_key, account_id=account.pk)
    with acting_as(account) as actor:
        key: str = queries.files_visible_to(actor).get(handover__key=handover_key).key
        return key


def _count(
    outcome: Outcome,
    account: Account,
    file: File,
    accept: bool,
    personal: str | None,
    answer: Answer | None,
) -> None:
    if file.state != FileState.READ:
        outcome.refused.append((file.name, file.sentence))
        return
    outcome.read += 1
    if file.is_undecided:
        outcome.undecided.append(file.name)
    why_not = _accept(account, file, personal, answer) if accept else "not asked for"
    if why_not:
        outcome.to_check.append(file.name)
    else:
        outcome.accepted += 1


def _accept(
    account: Account,
    file: File,
    personal: str | None,
    answer: Answer | None,
) -> str:
    """Accept each meeting of a file as it was read; returns why not, if a person must look.

    The rule is that of the page: see `bulk.accept_if_sure`.
    """
    with acting_as(account):
        numbers = list(file.read_meetings.order_by("number").values_list("number", flat=True))
    for number in numbers:
        try:
            with acting_as(account) as actor:
                bulk.accept_if_sure(
                    actor, file=file, number=number, personal=personal, answer=answer
                )
        except NotAllowed as refusal:
            return str(refusal)
    return ""
