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


def may_have_read(actor: Actor, *, asked_for: bool) -> Verdict:
    """Whether files of theirs are read: a member hands in a paper that an office asked for."""
    return YES if asked_for else may_hand_over(actor)


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


def may_choose_changes(actor: Actor, file: File, *, begun: bool) -> Verdict:
    """`begun` says whether a meeting was made of the file already."""
    verdict = may_hand_over(actor)
    if not verdict:
        return verdict
    if begun or file.state == FileState.ACCEPTED:
        return no("Records were made of this file already, so how it was read cannot change.")
    verdict = may_review(actor, file)
    if verdict and not file.holds_changes:
        return no("This file holds no tracked changes, so there is nothing to choose.")
    return verdict


def may_answer(actor: Actor, file: File, *, read_as: str) -> Verdict:
    """`read_as` says to which text of the file the answers were given."""
    verdict = may_review(actor, file)
    if verdict and read_as != file.read_as:
        return no(
            "This file was read again after you opened its page, so these answers do not fit it. "
            "Open it again from the Imports page."
        )
    return verdict


def may_accept(actor: Actor, file: File, *, read_as: str) -> Verdict:
    verdict = may_answer(actor, file, read_as=read_as)
    if verdict and file.is_undecided:
        return no(
            "This Word file holds tracked changes. First choose, at the top of its page, whether "
            "it is read with the changes or as it was before them."
        )
    return verdict


def may_reject(actor: Actor, file: File) -> Verdict:
    verdict = may_hand_over(actor)
    if not verdict:
        return verdict
    if file.state == FileState.OPENED:
        return no("This file holds other files. Put each of them aside on its own.")
    if FileState.REJECTED not in NEXT[file.state]:
        return no("This file was made into records already; they cannot be taken back here.")
    return YES
