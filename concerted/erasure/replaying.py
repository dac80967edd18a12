"""After a restore: what the ledger of erasures says, and this database does not know, once more."""

from collections.abc import Sequence

from django.conf import settings
from django.db import ProgrammingError, transaction

from concerted.access.actor import SYSTEM
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.documents.public import let_bytes_go
from concerted.erasure import ledger
from concerted.erasure.erasing import erase, erase_with_person, row_of
from concerted.erasure.ledger import Written
from concerted.erasure.models import Entry
from concerted.erasure.services import forget_requests
from concerted.people.public import everything_open
from concerted.retention.public import one_at_a_time
from concerted.subject_access.public import AccessRequest, forget

NOT_PREPARED = (
    "The ledger of erasures cannot be compared with this database: its tables are not up to date. "
    "Run `concerted database prepare` first."
)
REPLAY_FIRST = (
    "The ledger of erasures holds what this database does not know, as after a restore. Run "
    "`concerted erasures replay` first, so that nothing comes back that was erased."
)
LOST = (
    "The ledger of erasures lacks {lost} steps that this database has carried out. After a restore "
    "they could not be repeated. Put the copy of the ledger in its place that you keep elsewhere."
)


def missing() -> list[Written]:
    """The lines of the ledger that this database has not carried out. Raises ledger.Broken."""
    lines = ledger.read(settings.ERASURE_LEDGER)
    known = set(Entry.objects.values_list("digest", flat=True)) if lines else set()
    return [line for line in lines if line.digest not in known]


def why_not_whole() -> str:
    """What the ledger lacks that this database has carried out; empty where nothing is lost."""
    there = {line.digest for line in ledger.read(settings.ERASURE_LEDGER)}
    lost = Entry.objects.exclude(digest__in=there).count()
    return LOST.format(lost=lost) if lost else ""


def why_not_serve() -> str:
    """Why no door may open yet; empty when all that was erased is erased here."""
    try:
        return REPLAY_FIRST if missing() else ""
    except ledger.Broken as fault:
        return str(fault)
    except ProgrammingError:
        return NOT_PREPARED


def replay() -> int:
    """Carry out again what is missing, in order, each line in a transaction; returns how many.

    Safe to run again: what is gone stays gone. A hold that was put before and lifted since does not
    keep anything: when it was erased none stood.
    """
    lines = missing()
    for line in lines:
        _replay(line)
    return len(lines)


@transaction.atomic
def _replay(line: Written) -> None:
    one_at_a_time()
    what = line.what
    with everything_open():
        for label, row_id, reference in what.get("rows", []):
            row = row_of(label, row_id, reference)
            if row is not None:
                erase(label, row)
        people, requests = what.get("people", []), what.get("requests", [])
        if people:
            erase_with_person(people, what.get("accounts", []))
            forget_requests(people)
        _forget(requests)
        for sha256 in what.get("bytes", []):
            let_bytes_go(sha256)
        Entry.objects.create(number=line.number, digest=line.digest)
        trail.add(
            SYSTEM,
            "erasure.replayed",
            kind="erasure.erasure",
            reference=what["erasure"],
            verb=Verb.ERASE,
        )


def _forget(requests: Sequence[int]) -> None:
    for request in AccessRequest.objects.filter(pk__in=requests):
        forget(request)
