"""One answer without an account: an owner is sent a link, answers once, the secretary takes it up.

An owner who has an account can have one sent to a colleague, or to the mailbox of their own post.

Never for what is restricted. The link is asked anew each time that it is looked at: it dies when
the action ends, is restricted or changes owner, or when its owner no longer holds the post.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Q, QuerySet

from concerted.access.actor import SYSTEM, Actor
from concerted.actions import letters, policies, queries
from concerted.actions.models import Action, Owner, Proposal
from concerted.actions.states import PROGRESS, UNFINISHED
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import now, today
from concerted.kernel.verdict import NotAllowed
from concerted.notices.public import (
    GONE,
    Composed,
    Mail,
    OneTimeLink,
    composes,
    make_link,
    outstanding,
    queue_mail,
    use,
    withdraw,
    working,
)
from concerted.people.public import (
    Person,
    Post,
    holders_of,
    holding,
    on,
    posts_held_by,
    posts_visible_to,
    role_mailbox,
)

PURPOSE = "actions:owner_link"
LASTS = datetime.timedelta(days=14)


@transaction.atomic
def ask_owners(actor: Actor, *, action: Action, about: str) -> int:
    """Send each owner who has no account a link, once for what it is `about`; returns how many.

    A link that they were sent before for the same action works no longer.
    """
    if not policies.may_ask_owner(actor, action):
        return 0
    return sum(_ask(actor, action, *one, about) for one in _without_account(actor, action))


def posts_to_send_to(actor: Actor) -> QuerySet[Post]:
    """The posts of one’s own organisations that have a mailbox, one’s own post among them."""
    return (
        posts_visible_to(actor)
        .filter(on(today()), organisation__in=actor.organisation_ids)
        .exclude(role_mailbox="")
    )


@transaction.atomic
def send(actor: Actor, *, action: Action, post: Post) -> Person:
    """Send a link to the mailbox of a post of one’s own organisation, at most once a day.

    Returns who is to answer. What they say waits for the secretary as every answer by a link.
    """
    action = queries.locked(actor, action)
    owners = list(queries.owners_visible_to(actor).filter(action=action))
    policies.may_send_link(actor, action, owners).enforce()
    to = posts_to_send_to(actor).filter(pk=post.pk).first()
    held = holders_of(actor, to, day=today()) if to else []
    if to is None or not held:
        raise NotAllowed("Choose a post of your organisation that somebody holds today.")
    about = f"sent {today()}"
    if not _ask(actor, action, held[0], to, about, asked_by=actor.person_id):
        raise NotAllowed("A link was sent to that mailbox today. Another one can go tomorrow.")
    return held[0]


def _without_account(actor: Actor, action: Action) -> Iterator[tuple[Person, Post]]:
    """Each owner who cannot sign in, with the post whose mailbox they read."""
    day = today()
    for owner in queries.owners_visible_to(actor).filter(action=action).order_by("pk"):
        if owner.post_id:
            posts = posts_visible_to(actor).filter(pk=owner.post_id).exclude(role_mailbox="")
            for post in posts:
                held = holders_of(actor, post, day=day)
                if held and not any(one.account_id for one in held):
                    yield held[0], post
        elif owner.person and not owner.person.account_id:
            posts_held = posts_held_by(actor, [owner.person.pk], day=day)[owner.person.pk]
            if post_with := [one for one in posts_held if one.role_mailbox]:
                yield owner.person, post_with[0]


def _ask(
    actor: Actor,
    action: Action,
    person: Person,
    post: Post,
    about: str,
    *,
    asked_by: int | None = None,
) -> bool:
    once = f"owner {action.key} {post.key} {about}"
    if Mail.objects.filter(once=once).exists():
        return False
    before = Proposal.objects.filter(action=action, person=person, at=None).values("link")
    for link in outstanding(purpose=PURPOSE, reference=action.key).filter(pk__in=before):
        withdraw(link, why="Another link was sent.")
    link = make_link(purpose=PURPOSE, reference=action.key, lasts=LASTS, opens=action.audience_id)
    proposal = Proposal.objects.create(
        action=action,
        person=person,
        post=post,
        link=link,
        asked_by_id=asked_by,
        audience_id=action.audience_id,
    )
    queue_mail(kind=letters.KIND, address=post.role_mailbox, link=link, once=once, about=action.key)
    trail.note(actor, "proposal.asked", proposal, verb=Verb.DISCLOSE)
    return True


@composes(letters.KIND)
def mail(of: Mail) -> Composed | None:
    """The words are constant; none where by now the link would lead nowhere."""
    if of.link is None:
        return None
    with _holding(of.link) as held:
        if held is None:
            return None
        reader, proposal = held
        mailbox = role_mailbox(reader, proposal.action.body, day=today())
        return Composed(letters.SUBJECT, letters.TEXT, reply_to=mailbox)


@transaction.atomic
def looked_at(token: str) -> Proposal | None:
    """What a link shows, as long as it works; looking does not use it up."""
    link = working(token, purpose=PURPOSE)
    if link is None:
        return None
    with _holding(link) as held:
        return held[1] if held else None


@transaction.atomic
def propose(token: str, *, said: str, note: str = "") -> Proposal:
    """Use a link up by saying how the action stands. Raises NotAllowed; then it was not used."""
    if said not in PROGRESS:
        raise ValueError(f"{said} is not said of progress")
    link = use(token, purpose=PURPOSE)
    with _holding(link) as held:
        if held is None:
            raise NotAllowed(GONE)
        proposal = held[1]
        proposal.said, proposal.note, proposal.at = said, note.strip(), now()
        proposal.save(update_fields=["said", "note", "at"])
        trail.note(SYSTEM, "proposal.made", proposal, verb=Verb.COLLECT)
        return proposal


@contextmanager
def _holding(link: OneTimeLink) -> Iterator[tuple[Actor, Proposal] | None]:
    """What a link is for, and its holder as the actor who reads it; None where it is over."""
    with holding(link) as reader:
        found = _alive(reader, link, link.opens_id or 0)
        yield (reader, found) if found else None


def _alive(reader: Actor, link: OneTimeLink, opens: int) -> Proposal | None:
    """What a link is for, if the action is still open to be said of, and still its owner's."""
    action = (
        Action.objects.select_for_update(of=["self"])
        .filter(
            key=link.reference,
            audience_id=opens,
            body__papers_audience_id=opens,
            body__audience_id=reader.everyone_audience_id,
            state__in=UNFINISHED,
        )
        .first()
    )
    proposal = (
        Proposal.objects.select_related("action__body", "person", "post")
        .filter(link=link, action=action, audience_id=opens)
        .first()
    )
    if action is None or proposal is None:
        return None
    owns = Q(person=proposal.person_id) | Q(post=proposal.post_id)
    if proposal.asked_by_id:
        # For a colleague it works as long as their organisation, or whoever had it sent, owns it.
        owns |= Q(organisation=proposal.post.organisation_id) | Q(person=proposal.asked_by_id)
        owns |= Q(post__organisation=proposal.post.organisation_id)
    if not Owner.objects.filter(owns, action=action).exists():
        return None
    held = posts_held_by(reader, [proposal.person_id], day=today())[proposal.person_id]
    return proposal if proposal.post_id in [one.pk for one in held] else None
