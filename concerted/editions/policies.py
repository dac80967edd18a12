"""Who may make, release and withdraw public versions. Facts in, Verdict out."""

from collections.abc import Collection
from typing import Protocol

from concerted.access.actor import Actor
from concerted.access.roles import Permission
from concerted.editions.models import PublicText, Release
from concerted.editions.states import NEXT, ReleaseState
from concerted.kernel.verdict import YES, Verdict, no
from concerted.people.public import Body

CHANGED = (
    "What this was made from has been changed or restricted since, so it cannot go out. "
    "Stop it, and make the public version anew."
)
ELSEWHERE = "Somebody else changed this text meanwhile. Nothing of yours is lost: see below."


class Freezing(Protocol):
    """What rules ask of a source."""

    @property
    def body(self) -> Body: ...


def drafts(actor: Actor, body_id: int) -> bool:
    """Whether somebody makes the public versions of a body."""
    return actor.holds(Permission.RELEASE_ASK, body_id=body_id)


def may_start(actor: Actor, source: Freezing, *, under_way: bool) -> Verdict:
    """Begin a public version; `under_way`: there is one that is neither public nor stopped."""
    if not drafts(actor, source.body.pk):
        return no("Only this body’s secretary can make public versions of its records.")
    if source.body.hidden:
        return no("This body is hidden, so nothing of it is published.")
    if under_way:
        return no("A public version of this is being made already. Finish it, or stop it first.")
    return YES


def may_edit(actor: Actor, release: Release, text: PublicText, *, changed: bool = False) -> Verdict:
    """Change the words of a draft; an approved text is never changed.

    `changed`: the source is not what it was. The draft may hold what was restricted since.
    """
    if not drafts(actor, release.body_id):
        return no("Only this body’s secretary can change this text.")
    if text.approved_at or release.state != ReleaseState.DRAFT:
        return no("This text is approved, and stays as it is. Make a new version instead.")
    return no(CHANGED) if changed else YES


def may_approve_text(
    actor: Actor,
    release: Release,
    text: PublicText,
    *,
    personal: bool,
    unexplained: bool,
    accessible: bool,
) -> Verdict:
    """Say that a text is ready: what may not be public is gone, and everybody can read it.

    `personal`: a detail of a person still stands in it; `unexplained`: a closed thing without its
    reason; `accessible`: it has a title and words.
    """
    verdict = may_edit(actor, release, text)
    if not verdict:
        return verdict
    if personal:
        return no(
            "Personal details still stand in this text. Take each out, or say that it may stay."
        )
    if unexplained:
        return no("Say of each closed thing why it is closed, or leave it out.")
    if not accessible:
        return no(
            "There is no accessible version: it needs a title, and its words as text. "
            "Write what the public may read."
        )
    return YES


def may_ask(actor: Actor, release: Release, text: PublicText, *, changed: bool) -> Verdict:
    """Ask for the release of an approved text."""
    if not drafts(actor, release.body_id):
        return no("Only this body’s secretary can ask for a release.")
    if release.state != ReleaseState.DRAFT:
        return _not_now(release)
    if not text.approved_at:
        return no("Approve the text first: then it is settled what would go out.")
    if release.body.hidden:
        return no("This body is hidden, so nothing of it is published.")
    return no(CHANGED) if changed else YES


def may_approve(
    actor: Actor,
    release: Release,
    *,
    changed: bool,
    alone: bool,
    looked_at: str | None = None,
) -> Verdict:
    """Approve a release that another person asked for.

    `alone`: the partnership allows one person where nothing is restricted and the check found
    nothing. `looked_at`: the fingerprint of what they were shown.
    """
    verdict = may_decide(actor, release)
    if not verdict:
        return verdict
    if release.state != ReleaseState.ASKED:
        return _not_now(release)
    if changed:
        return no(CHANGED)
    verdict = _two_people(actor, release, alone=alone)
    if not verdict:
        return verdict
    if not release.checked_at:
        return no("The leak check has not finished yet. Try again in a minute.")
    if release.hits_open:
        return no(
            "The leak check found words of restricted things. Somebody who may see those things "
            "has to look first; until then this does not go out."
        )
    if looked_at is not None and looked_at != release.sha256:
        return no("This is not what you were shown. Look at it again before you approve it.")
    return YES


def may_decide(actor: Actor, release: Release) -> Verdict:
    """Whether somebody is one who approves releases of this at all."""
    if actor.holds(Permission.RELEASE_APPROVE, body_id=release.body_id):
        return YES
    if (
        release.restricted
        and release.originator_id in actor.organisation_ids
        and actor.holds(Permission.ACTION_UPDATE, body_id=release.body_id)
    ):
        return YES
    return no("Only this body’s chair, vice-chair or secretary can approve a release.")


def _two_people(actor: Actor, release: Release, *, alone: bool) -> Verdict:
    if release.restricted:
        if release.asked_by_id == actor.person_id:
            return no("Nobody approves what they asked for. Ask somebody of another organisation.")
        return _two_organisations(actor.organisation_ids, release.asked_for, release.originator_id)
    if release.asked_by_id != actor.person_id:
        return YES
    if not alone:
        return no("Nobody approves what they asked for. Ask the chair or another secretary.")
    if release.hits:
        return no("The leak check found something, so a second person has to approve this.")
    return YES


def _two_organisations(
    approving: Collection[int], asking: Collection[int], originator: int | None
) -> Verdict:
    """Two organisations, one of them the originator's: its people know what may be said.

    Whoever approves may not see what is restricted, so the sentences do not say that anything is.
    """
    others = set(approving) - set(asking)
    if not others:
        return no("Somebody of another organisation than the one that asked has to approve this.")
    if originator and originator not in others and originator not in asking:
        return no("Somebody of the organisation that it came from has to approve this.")
    return YES


def may_send_link(actor: Actor, release: Release, *, changed: bool) -> Verdict:
    """Send the chair a link to approve a release without signing in."""
    if not drafts(actor, release.body_id):
        return no("Only this body’s secretary can send a link to approve this.")
    if release.state != ReleaseState.ASKED:
        return _not_now(release)
    return no(CHANGED) if changed else YES


def may_be_sent(theirs: Actor, release: Release, *, name: str) -> Verdict:
    """Whether somebody could approve a release at all, so that a link is of use to them."""
    if release.audience_id not in theirs.audience_ids or not may_decide(theirs, release):
        return no(f"{name} cannot approve this, so no link was sent. Choose somebody else.")
    if not _two_people(theirs, release, alone=False):
        return no(
            f"The approval of {name} would not be enough: something in the source is restricted, "
            "so another organisation has to approve this."
        )
    return YES


def may_carry(actor: Actor, release: Release, *, changed: bool) -> Verdict:
    """Asked once more just before it goes, of whoever approved it."""
    if release.state != ReleaseState.APPROVED:
        return _not_now(release)
    if release.audience_id not in actor.audience_ids or not may_decide(actor, release):
        return no("Whoever approved this no longer may. Make a new version, and ask again.")
    return no(CHANGED) if release.body.hidden or changed else YES


def may_stop(actor: Actor, release: Release) -> Verdict:
    """Stop what has not gone out yet: whoever made it, and whoever could approve it."""
    if not drafts(actor, release.body_id) and not may_decide(actor, release):
        return no("Only this body’s secretary, or who approves its releases, can stop this.")
    return YES if ReleaseState.STOPPED in NEXT[release.state] else _not_now(release)


def may_withdraw(actor: Actor, release: Release) -> Verdict:
    """Take something out of the public edition: one person is enough, at once."""
    if not drafts(actor, release.body_id) and not may_decide(actor, release):
        return no("Only this body’s secretary, or who approves its releases, can withdraw this.")
    return YES if ReleaseState.WITHDRAWN in NEXT[release.state] else _not_now(release)


def may_change_settings(actor: Actor) -> Verdict:
    """How the partnership publishes, and whom it names."""
    if actor.holds(Permission.EDITION_CHANGE):
        return YES
    return no("Only the partnership manager can change how the partnership publishes.")


def may_accept_hit(*, settled: bool) -> Verdict:
    """Call a hit a coincidence. Who may see it may: only the thing's own audience does."""
    return no("Somebody called this a coincidence already.") if settled else YES


def _not_now(release: Release) -> Verdict:
    return no(
        {
            ReleaseState.DRAFT: "This is a draft. Nobody has asked for its release yet.",
            ReleaseState.ASKED: "The release has been asked for already, and waits for approval.",
            ReleaseState.APPROVED: "This is approved already, and on its way to the public site.",
            ReleaseState.PUSHED: "This is public already. To take it out, withdraw it.",
            ReleaseState.REPLACED: "A newer version has taken the place of this one.",
            ReleaseState.WITHDRAWN: "This was withdrawn. Make a new version to publish it again.",
            ReleaseState.STOPPED: "This was stopped. Make a new version instead.",
        }[ReleaseState(release.state)]
    )
