"""Handing minutes over without a page: for the command line and the demonstration."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from concerted.access.models import Account
from concerted.imports import queries, services, tasks
from concerted.imports.forms import form_for
from concerted.imports.models import File
from concerted.imports.paper_review import PaperReview
from concerted.imports.review import Review, Tick
from concerted.imports.states import FileState
from concerted.kernel.verdict import NotAllowed
from concerted.people.public import acting_as

# Further answers, as a person would give them on the review page.
Answer = Callable[[Review | PaperReview], dict[str, Any]]


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
    for name, data in files:
        try:
            with acting_as(account) as actor:
                handover = services.hand_over(actor, files=[(name, data)])
        except NotAllowed as refusal:
            raise CannotImport(str(refusal)) from refusal
        tasks.read_handover(handover_key=handover.key, account_id=account.pk)
        with acting_as(account) as actor:
            file = queries.files_visible_to(actor).get(handover=handover)
        _count(outcome, account, file, accept, personal, answer)
        step()
    return outcome


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
    """Accept each meeting of a file as it was read; returns why not, if a person must look."""
    number = 1
    while True:
        try:
            with acting_as(account) as actor:
                review = queries.review_of(actor, file, number)
                if review is None:
                    return ""
                if review.undecided or (review.questions and answer is None):
                    return "a person must look"
                form = form_for(review, data=as_read(review, personal, answer))
                if not form.is_valid():
                    return "a person must look"
                services.accept(actor, file=file, number=number, answers=form.cleaned_data)
        except NotAllowed as refusal:
            return str(refusal)
        number += 1


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
