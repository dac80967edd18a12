"""What was approved is carried to the public edition: in order, each once, tried again."""

import logging
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Account
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.editions import checking, policies
from concerted.editions.freezing import fingerprint, frozen, thawed
from concerted.editions.models import Outgoing, Published, Release
from concerted.editions.services import locked, source_behind
from concerted.editions.states import Errand, ReleaseState
from concerted.editions.wall import opened
from concerted.kernel.clock import BRITAIN, now
from concerted.kernel.verdict import Verdict, no
from concerted.people.public import standing
from concerted.public_door.freezing import key_of, kind_of
from concerted.public_door.pushing import is_there, push
from concerted.public_door.things import Thing, Tombstone

log = logging.getLogger(__name__)
CARRY = "editions.carry"
LOCK = "editions.carry"
FOUND = (
    "The leak check found words of restricted things just before this went out. "
    "Somebody who may see those things has to look first; then make a new version."
)


def carry_soon() -> None:
    """Have a worker carry what waits, one worker at a time and once in the queue."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(CARRY, lock=LOCK, queueing_lock=LOCK).defer()


def carry_all() -> int:
    """Carry what waits, in order; returns how much went. Stops at what could not be carried.

    Without a public edition all of it waits. What failed is counted and stays the first: no later
    release overtakes it. Safe to run again, and by two at once: each row is locked, and the same
    content put there twice changes nothing.
    """
    gone = 0
    while is_there():
        try:
            with transaction.atomic():
                if not _carry_next():
                    return gone
        except Exception:
            log.exception("Carrying to the public edition failed; it is tried again")
            _count_try()
            return gone
        gone += 1
    return gone


def _next() -> Outgoing | None:
    """The first that waits, locked: two workers carry one after the other."""
    waiting = Outgoing.objects.select_for_update(of=["self"]).filter(ended_at=None)
    # A withdrawal goes first: it never waits for a release that fails.
    return waiting.order_by("-errand", "id").first()


def _count_try() -> None:
    with transaction.atomic():
        row = _next()
        if row:
            row.tries += 1
            row.save(update_fields=["tries"])


def _carry_next() -> bool:
    row = _next()
    if row is None:
        return False
    # Who approved it, as they stand today: asked before the wall is opened, as it sets the wall.
    approver = _standing(row)
    with opened(what="edition.carried"):
        release = _versions_locked(row)
        if row.errand == Errand.WITHDRAWAL:
            _carry_withdrawal(release)
        elif release.state == ReleaseState.APPROVED:
            _carry_release(approver, release)
    row.ended_at = now()
    row.save(update_fields=["ended_at"])
    return True


def _versions_locked(row: Outgoing) -> Release:
    """The release, with all versions of its source locked in one order, as a withdrawal does."""
    key = Release.objects.values_list("source_key", flat=True).get(pk=row.release_id)
    versions = Release.objects.select_for_update(of=["self"]).select_related("body")
    return next(
        one for one in versions.filter(source_key=key).order_by("id") if one.pk == row.release_id
    )


def _standing(row: Outgoing) -> Actor:
    account = Account.objects.filter(pk=row.account_id, is_active=True).first()
    return standing(account) if account else Actor()


def _carry_release(approver: Actor, release: Release) -> None:
    """Ask everything once more, then put exactly what was approved into the edition."""
    verdict = _still(approver, release)
    if not verdict:
        _stop(release, verdict.why_not)
        return
    things = thawed(release.frozen)
    checking.keep(release, checking.find(things))
    if release.hits_open:
        _stop(release, FOUND)
        return
    push(things, at=now())
    for thing in things:
        _keep(thing)
    older = Release.objects.filter(source_key=release.source_key, state=ReleaseState.PUSHED)
    older.update(state=ReleaseState.REPLACED)
    release.state, release.pushed_at = ReleaseState.PUSHED, now()
    release.save(update_fields=["state", "pushed_at"])
    trail.note(SYSTEM, "release.pushed", release, verb=Verb.DISCLOSE, fields=["state"])


def _still(approver: Actor, release: Release) -> Verdict:
    """Whether what was approved may still go: the bytes, the marking, and who approved it."""
    if fingerprint(release.frozen) != release.sha256:
        return no("The content is not what was approved. Nothing of it went out.")
    source = source_behind(approver, release)
    if source:
        source = locked(approver, source)
    changed = source is None or source.digest != release.source_digest
    return policies.may_carry(approver, release, changed=changed)


def _stop(release: Release, why: str) -> None:
    release.state, release.reason, release.ended_at = ReleaseState.STOPPED, why, now()
    release.save(update_fields=["state", "reason", "ended_at"])
    trail.note(SYSTEM, "release.stopped", release, fields=["state", "reason"])


def _carry_withdrawal(release: Release) -> None:
    moment = release.ended_at or now()
    stone = Tombstone(release.source_key, str(release.kind), moment.astimezone(BRITAIN).date())
    push([stone], at=now())
    _keep(stone)
    trail.note(SYSTEM, "tombstone.pushed", release, verb=Verb.ERASE)


def _keep(thing: Thing) -> None:
    """Write down what now stands in the public edition."""
    Published.objects.update_or_create(
        key=key_of(thing),
        defaults={
            "kind": thing.kind if isinstance(thing, Tombstone) else kind_of(thing),
            "frozen": frozen([thing]),
            "pushed_at": now(),
            "withdrawn_on": thing.withdrawn_on if isinstance(thing, Tombstone) else None,
        },
    )


def waits() -> bool:
    """Whether anything waits to be carried."""
    return Outgoing.objects.filter(ended_at=None).exists()
