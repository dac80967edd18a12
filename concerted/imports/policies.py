"""Who may hand over minutes, and make them into records. Facts in, Verdict out."""

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.imports.models import File
from concerted.imports.states import NEXT, FileState
from concerted.kernel.verdict import YES, Verdict, no


def may_hand_over(actor: Actor) -> Verdict:
    if actor.holds(Permission.MINUTES_IMPORT):
        return YES
    return no("Only a secretary or the partnership manager can hand over minutes.")


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
        case FileState.REFUSED:
            return no("This file could not be read. The list of imports says why.")
        case _:
            return no("This file was put aside. Hand it over again if it should count.")


def may_reject(actor: Actor, file: File) -> Verdict:
    verdict = may_hand_over(actor)
    if not verdict:
        return verdict
    if FileState.REJECTED not in NEXT[file.state]:
        return no("This file was made into records already; they cannot be taken back here.")
    return YES
