"""Releasing: asked for by one person, approved by another, carried, stopped, withdrawn."""

from dataclasses import replace

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.crime_reports.public import may_be_shown, shown
from concerted.editions import policies, queries
from concerted.editions.announcing import tell_soon
from concerted.editions.checking import check_soon
from concerted.editions.content import Content, tables_in
from concerted.editions.files import public_files
from concerted.editions.freezing import fingerprint, frozen, meeting_of, paper_of
from concerted.editions.models import LeakHit, Outgoing, Release
from concerted.editions.naming import Clean, cleaner
from concerted.editions.outbox import carry_soon
from concerted.editions.services import changed, locked, naming_of, source_behind
from concerted.editions.sources import Source
from concerted.editions.states import Errand, ReleaseState, SourceKind
from concerted.editions.wall import opened
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import outstanding
from concerted.notices.public import withdraw as withdraw_link
from concerted.people.public import Body, bodies_visible_to, the_partnership
from concerted.public_door import things

# The address of links that let somebody approve a release; their reference is its key.
APPROVING = "editions:by_link"


@transaction.atomic
def ask(actor: Actor, *, release: Release) -> Release:
    """Ask for the release of an approved text: its exact content is frozen and checked for leaks.

    From now on those who see the source see what would go out. Raises NotAllowed.
    """
    release = release_locked(actor, release)
    text = queries.text_of(actor, release)
    source = _source(actor, release)
    if text is None:
        raise NotAllowed("Only this body’s secretary can ask for a release.")
    stale = source is None or source.digest != release.source_digest
    policies.may_ask(actor, release, text, changed=stale).enforce()
    assert source  # noqa: S101 - else it would be stale
    may_be_shown(tables_in(text.content))
    release.frozen = frozen(_things(actor, release, source, text.content))
    release.sha256 = fingerprint(release.frozen)
    release.tables = tables_in(text.content)
    release.state = ReleaseState.ASKED
    release.restricted = source.restricted
    release.originator = source.originator
    release.asked_by_id, release.asked_at = actor.person_id, now()
    release.asked_for = list(actor.organisation_ids)
    release.audience_id = source.audience_id
    release.save()
    trail.note(actor, "release.asked", release, fields=["state", "frozen", "audience_id"])
    check_soon(release)
    return release


def _things(actor: Actor, release: Release, source: Source, content: Content) -> list[things.Thing]:
    """What goes out: whose edition it is, the body with those above it, and the thing itself."""
    contact = queries.settings_of(actor).contact
    partnership = the_partnership(actor)
    made: list[things.Thing] = [things.Site(partnership.name if partnership else "", contact)]
    clean = cleaner(naming_of(actor, release))
    known = {one.pk: one for one in bodies_visible_to(actor) if not one.hidden}
    made += _bodies(source.body, known, clean)
    if release.kind == SourceKind.PAPER:
        paper = paper_of(content)
        return [*made, replace(paper, files=public_files(paper))]
    return [*made, meeting_of(content, released=queries.released_keys())]


def _bodies(body: Body, known: dict[int, Body], clean: Clean) -> list[things.Body]:
    """A body and the open ones above it, the highest first."""
    above: list[Body] = []
    one: Body | None = known.get(body.pk)
    while one and one not in above:
        above.append(one)
        one = known.get(one.parent_id) if one.parent_id else None
    return [
        things.Body(
            key=one.key,
            name=one.name,
            kind=one.kind.name,
            purpose=clean(one.purpose),
            parent_key=known[one.parent_id].key if one.parent_id in known else "",
            frequency=one.frequency,
        )
        for one in reversed(above)
    ]


@transaction.atomic
def approve(actor: Actor, *, release: Release, looked_at: str) -> Release:
    """Approve exactly what was looked at; it is on its way in the same transaction.

    `looked_at` is the fingerprint of what the page showed. Raises NotAllowed.
    """
    release = release_locked(actor, release)
    _source(actor, release)
    policies.may_approve(
        actor,
        release,
        changed=changed(actor, release),
        alone=queries.settings_of(actor).alone,
        looked_at=looked_at,
    ).enforce()
    shown(
        actor,
        paper_key=release.source_key,
        release_key=release.key,
        tables=release.tables,
    )
    release.state = ReleaseState.APPROVED
    release.approved_by_id, release.approved_at = actor.person_id, now()
    release.save(update_fields=["state", "approved_by", "approved_at"])
    _end_links(release, why="The release was approved.")
    tell_soon(release)
    _send(actor, release, Errand.RELEASE)
    trail.note(actor, "release.approved", release, verb=Verb.DISCLOSE, fields=["state"])
    return release


@transaction.atomic
def stop(actor: Actor, *, release: Release, reason: str) -> Release:
    """Stop what has not gone out yet; a new version may be made at once."""
    release = release_locked(actor, release)
    policies.may_stop(actor, release).enforce()
    _end(actor, release, ReleaseState.STOPPED, reason)
    _end_links(release, why="The release was stopped.")
    tell_soon(release)
    trail.note(actor, "release.stopped", release, fields=["state", "reason"])
    return release


@transaction.atomic
def withdraw(actor: Actor, *, release: Release, reason: str) -> Release:
    """Take a public version out at once; the reason stays inside.

    A version on its way in its place is stopped as well.
    """
    release = release_locked(actor, release)
    policies.may_withdraw(actor, release).enforce()
    _end(actor, release, ReleaseState.WITHDRAWN, reason)
    for one in queries.versions_of(actor, release.source_key).filter(
        state__in=[ReleaseState.ASKED, ReleaseState.APPROVED]
    ):
        _end(actor, one, ReleaseState.STOPPED, "The public version was withdrawn.")
        _end_links(one, why="The public version was withdrawn.")
        tell_soon(one)
        trail.note(actor, "release.stopped", one, fields=["state", "reason"])
    _send(actor, release, Errand.WITHDRAWAL)
    trail.note(actor, "release.withdrawn", release, fields=["state", "reason"])
    return release


def release_locked(actor: Actor, release: Release) -> Release:
    """The release afresh, with all versions of its source locked in one order."""
    versions = queries.visible_to(actor).select_for_update(of=["self"])
    found = versions.filter(source_key=release.source_key).order_by("id")
    return next(one for one in found if one.pk == release.pk)


def _source(actor: Actor, release: Release) -> Source | None:
    source = source_behind(actor, release)
    return locked(actor, source) if source else None


def _end(actor: Actor, release: Release, state: str, reason: str) -> None:
    release.state, release.reason = state, reason
    release.ended_by_id, release.ended_at = actor.person_id, now()
    release.save(update_fields=["state", "reason", "ended_by", "ended_at"])


def _end_links(release: Release, *, why: str) -> None:
    """Links that let somebody approve this release lead nowhere any more."""
    for link in outstanding(purpose=APPROVING, reference=release.key):
        withdraw_link(link, why=why)


def _send(actor: Actor, release: Release, errand: str) -> None:
    Outgoing.objects.create(errand=errand, release=release, account_id=actor.account_id)
    carry_soon()


@transaction.atomic
def accept_hit(actor: Actor, *, hit: LeakHit, reason: str) -> LeakHit:
    """Say that words of a restricted thing stand in a public text by coincidence, and why.

    The release itself may be hidden from whoever says so: its count is changed behind the wall.
    """
    hit = queries.hits_visible_to(actor).select_for_update(of=["self"]).get(pk=hit.pk)
    policies.may_accept_hit(settled=hit.accepted_at is not None).enforce()
    hit.accepted_by_id, hit.accepted_at, hit.reason = actor.person_id, now(), reason
    hit.save(update_fields=["accepted_by", "accepted_at", "reason"])
    trail.note(actor, "hit.accepted", hit, fields=["reason"])
    with opened(actor, what="edition.counted"):
        release = Release.objects.select_for_update(of=["self"]).get(pk=hit.release_id)
        release.hits_accepted = release.found.exclude(accepted_at=None).count()
        release.save(update_fields=["hits_accepted"])
        if not release.hits_open:
            tell_soon(release)
    return hit
