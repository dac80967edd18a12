"""Who may hand over minutes, and make them into records. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.imports.models import File
from concerted.imports.states import NEXT, FileState
from concerted.kernel.verdict import YES, Verdict, no

MOST_FILES = 1000


def may_hand_over(actor: Actor) -> Verdict:
    if actor.holds(Permission.MINUTES_IMPORT):
        return YES
    return no("Only a secretary or the partnership manager can hand over minutes.")


def may_be_so_many(count: int) -> Verdict:
    """How many files one handover holds, with those inside its archives."""
    if count <= MOST_FILES:
        return YES
    return no("These are more than 1,000 files. Hand over at most 1,000 at once.")


def may_review(actor: Actor, file: File) -> Verdict:
    verdict = may_hand_over(actor)
    if not verdict:
        return verdict
    match file.state:
        case FileState.READ:
            return YES
        case FileState.WAITING:
            return no("This file has not been read yet. Look again in a moment.")
        case FileState.ACCEPTED:
            return no("This file was made into records already.")
        case FileState.OPENED:
            return no("This file holds other files. Each of them is checked on its own.")
        case FileState.KEPT:
            return no("This file was kept as another version of minutes that are on record.")
        case FileState.REFUSED:
            return no("This file could not be read. The list of imports says why.")
        case _:
            return no("This file was put aside. Hand it over again if it should count.")


def may_reject(actor: Actor, file: File) -> Verdict:
    verdict = may_hand_over(actor)
    if not verdict:
        return verdict
    if file.state == FileState.OPENED:
        return no("This file holds other files. Put each of them aside on its own.")
    if FileState.REJECTED not in NEXT[file.state]:
        return no("This file was made into records already; they cannot be taken back here.")
    return YES
