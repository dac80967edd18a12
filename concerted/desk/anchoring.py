"""Where the anchors of the trail go: chosen by the manager, mailed each day."""

import datetime
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from concerted.access.actor import SYSTEM, Actor
from concerted.access.models import Audience, AudienceKind
from concerted.audit import anchors, trail
from concerted.audit.models import Anchor, Keeper, Verb
from concerted.desk import policies
from concerted.kernel.clock import today
from concerted.people.public import Post, on, open_to, posts_visible_to

LOCK = 7_135_003
SHOWN = 30


def newest() -> list[anchors.Head]:
    """The anchors of the last days, the newest first."""
    return [anchors.Head.of(one) for one in Anchor.objects.order_by("-day")[:SHOWN]]


def could_keep(actor: Actor) -> QuerySet[Post]:
    """Posts of today with a role mailbox, as far as the actor may see them."""
    return posts_visible_to(actor).filter(on(today())).exclude(role_mailbox="")


def keepers(actor: Actor) -> list[Post]:
    """The posts that keep the anchors, as far as the actor may see them."""
    keys = Keeper.objects.values("post_key")
    return list(posts_visible_to(actor).filter(key__in=keys))


@transaction.atomic
def choose(actor: Actor, *, posts: Sequence[Post]) -> None:
    """Let the anchors go to these two posts from now on. Raises NotAllowed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    policies.may_keep(actor, posts).enforce()
    Keeper.objects.exclude(post_key__in=[post.key for post in posts]).delete()
    there = set(Keeper.objects.values_list("post_key", flat=True))
    for post in posts:
        if post.key not in there:
            keeper = {"post_key": post.key, "organisation_key": post.organisation.key}
            Keeper.objects.create(**keeper)
            trail.note(actor, "anchor.keeper_chosen", post)


def send(*, day: datetime.date, post_key: str) -> bool:
    """Mail the anchor of a day to one post; False where that post has no mailbox any more.

    Raises what the mail server answers, so that the task tries again.
    """
    with transaction.atomic():
        open_to((Audience.objects.get(kind=AudienceKind.EVERYONE).pk,))
        post = Post.objects.filter(on(today()), key=post_key).exclude(role_mailbox="").first()
        head = anchors.Head.of(Anchor.objects.get(day=day))
        if post is None:
            _noted("anchor.not_sent", post_key)
            return False
        EmailMessage(
            subject=f"Anchor of the trail, {day.isoformat()}",
            body=render_to_string("desk/anchor.txt", {"head": head}),
            to=[post.role_mailbox],
        ).send()
        _noted("anchor.sent", post_key)
    return True


def _noted(what: str, post_key: str) -> None:
    trail.add(SYSTEM, what, kind="people.post", reference=post_key, verb=Verb.DISCLOSE)
