"""Approving by a link: the chair is sent one, sees exactly what would go out, and approves it."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.editions import policies, queries, releasing
from concerted.editions.models import Release
from concerted.editions.releasing import APPROVING
from concerted.editions.services import changed
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed, Verdict
from concerted.notices.public import (
    GONE,
    LINK,
    OneTimeLink,
    make_link,
    outstanding,
    queue_mail,
    use,
    withdraw,
    working,
)
from concerted.people.public import Person, acting_as, chairs_of

LASTS = datetime.timedelta(days=14)
SUBJECT = "Something waits for your approval"
# Constant, so that the mail says nothing of what it is about.
TEXT = (
    "You are asked to approve something before it is made public.\n\n"
    f"Read it, and approve it, here:\n\n{LINK}\n\n"
    "The link is for you alone; do not pass it on. It works for 14 days, until you approve. "
    "Opening it approves nothing. If you do not agree, do nothing and speak with the secretary."
    "\n\nThis mail was sent by Concerted. Nobody will ask you for your password.\n"
)


@dataclass(frozen=True, slots=True)
class Looked:
    """What the holder of a link is shown: the release, as whom, and whether they may approve."""

    release: Release
    name: str
    changed: bool
    may_approve: Verdict


def whom_to_send(actor: Actor, release: Release) -> list[Person]:
    """Who may be sent a link to approve a release: those who chair its body and can sign in."""
    chairs = chairs_of(actor, release.body, day=today())
    return [one for one in chairs if one.pk != release.asked_by_id]


def sent_for(release: Release) -> Sequence[OneTimeLink]:
    """The links to approve this release that were not used yet."""
    return list(outstanding(purpose=APPROVING, reference=release.key))


@transaction.atomic
def send(actor: Actor, *, release: Release, person: Person) -> OneTimeLink:
    """Send somebody who chairs the body a link to approve a release. Raises NotAllowed.

    A link that they were sent before for the same release works no longer.
    """
    release = releasing.release_locked(actor, release)
    policies.may_send_link(actor, release, changed=changed(actor, release)).enforce()
    to = next((one for one in whom_to_send(actor, release) if one.pk == person.pk), None)
    if to is None or to.account is None:
        raise NotAllowed("Only somebody who chairs this body and can sign in is sent a link.")
    with acting_as(to.account) as theirs:
        policies.may_be_sent(theirs, release, name=to.name).enforce()
    for before in outstanding(purpose=APPROVING, reference=release.key).filter(account=to.account):
        withdraw(before, why="Another link was sent.")
    link = make_link(purpose=APPROVING, reference=release.key, lasts=LASTS, account=to.account)
    queue_mail(kind="editions.approve", subject=SUBJECT, text=TEXT, account=to.account, link=link)
    trail.note(actor, "release.link_sent", release)
    return link


def looked_at(token: str) -> Looked | None:
    """What a link shows, as long as it works and its holder sees the release."""
    link = working(token, purpose=APPROVING)
    if link is None or link.account is None:
        return None
    with _holding(link) as held:
        if held is None:
            return None
        actor, release = held
        stale = changed(actor, release)
        verdict = policies.may_approve(
            actor, release, changed=stale, alone=queries.settings_of(actor).alone
        )
        return Looked(release, actor.name, stale, verdict)


@transaction.atomic
def approve(token: str, *, looked_at: str) -> None:
    """Use a link up by approving what it showed; if that is refused, the link was not used.

    Raises NotAllowed.
    """
    link = use(token, purpose=APPROVING)
    with _holding(link) as held:
        if held is None:
            raise NotAllowed(GONE)
        actor, release = held
        releasing.approve(actor, release=release, looked_at=looked_at)


@contextmanager
def _holding(link: OneTimeLink) -> Iterator[tuple[Actor, Release] | None]:
    """As whoever holds the link: what they may do today, and the release if they see it."""
    assert link.account  # noqa: S101 - links of this purpose are made with one
    if not link.account.is_active:
        yield None
        return
    with acting_as(link.account) as actor:
        found = queries.visible_to(actor).filter(key=link.reference).first()
        yield (actor, found) if found else None
