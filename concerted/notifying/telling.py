"""What happened becomes what each is to hear of: asked as everybody, one after the other."""

import datetime
from collections.abc import Callable, Iterator
from functools import cache

from django.conf import settings
from django.db import transaction

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.actions.public import (
    UNFINISHED,
    ActionLine,
    ActionState,
    ask_owners,
    lines,
    told_of,
)
from concerted.actions.public import visible_to as actions_visible_to
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.clock import BRITAIN, now, today
from concerted.notices.public import Event, queue_mail
from concerted.notifying import policies, queries
from concerted.notifying.composing import DIGEST, NOTICE
from concerted.notifying.kinds import (
    DUE,
    DUE_WITHIN,
    KINDS,
    LONG,
    LONG_OVERDUE,
    NEWS_FOR,
    OVERDUE,
    THIRD_SLIP,
    TOO_MANY_SLIPS,
    Among,
    Told,
)
from concerted.notifying.models import Letter, News, Notice
from concerted.notifying.states import LetterState, Wanted
from concerted.people.public import (
    Organisation,
    accounts_today,
    acting_as,
    organisations_of,
    organisations_visible_to,
    posts_visible_to,
)

AT_ONCE = 500
FORGOTTEN_AFTER = datetime.timedelta(days=30)
SATURDAY = 5


def _everybody() -> Iterator[tuple[Actor, Account]]:
    appointed = [one.account_id for one in accounts_today() if one.appointed]
    for account in Account.objects.filter(pk__in=appointed, is_active=True).order_by("pk"):
        with acting_as(account) as actor:
            yield actor, account


@transaction.atomic
def tell() -> int:
    """Make notices and letters of what happened; returns of how many things. Safe to run again."""
    held = Event.objects.select_for_update(skip_locked=True, of=["self"]).order_by("pk")
    events = list(held[:AT_ONCE])
    if not events:
        return 0
    for actor, account in _everybody():
        seen = _seen(actor, [one.reference for one in events])
        for event in events:
            kind = KINDS[event.kind]
            if kind.owners and event.reference in seen(actions_visible_to):
                _ask_owners(actor, event.reference, event.key)
            if kind.among and event.reference not in seen(kind.among):
                continue
            told = kind.tells(actor, event.reference, "")
            if told is None:
                continue
            if kind.whole or kind.lead:
                of = told.organisation
                _gather(actor, told, event.kind, event.reference, event.key, of)
            elif event.by_id != account.pk:
                _notice(account, event.kind, event.reference, event.key)
    Event.objects.filter(pk__in=[one.pk for one in events]).delete()
    return len(events)


def _seen(actor: Actor, references: list[str]) -> Callable[[Among], set[str]]:
    """Which of these things are among the rows of a query, asked once for each query."""

    @cache
    def keys(among: Among) -> set[str]:
        return set(among(actor).filter(key__in=references).values_list("key", flat=True))

    return keys


def _notice(account: Account, kind: str, reference: str, about: str) -> bool:
    """Note that somebody is to hear of a thing, once; whoever wants it at once gets a mail now."""
    wanted = queries.wanted_by(account.pk)
    if wanted == Wanted.NONE:
        return False
    notice, new = Notice.objects.get_or_create(
        account=account, kind=kind, reference=reference, about=about
    )
    if new and wanted == Wanted.AT_ONCE:
        notice.mail = queue_mail(kind=NOTICE, account=account)
        notice.save(update_fields=["mail"])
    return new


def _ask_owners(actor: Actor, key: str, about: str) -> int:
    """Send owners without an account a link to answer by, if the actor follows the action."""
    action = actions_visible_to(actor).filter(key=key, state__in=UNFINISHED).first()
    if action is None or action.agreed_on < today() - NEWS_FOR:
        return 0
    return ask_owners(actor, action=action, about=about)


def _gather(
    actor: Actor,
    told: Told,
    kind: str,
    reference: str,
    about: str,
    organisation: Organisation | None = None,
) -> bool:
    """Put a piece of news into the letter of its body that waits, if the actor keeps its outbox."""
    if not policies.keeps_outbox(actor, told.body):
        return False
    there = News.objects.filter(kind=kind, reference=reference, about=about)
    if there.filter(letter__organisation=organisation).exists():
        return False
    audience = told.audience_id if told.restricted else told.body.office_audience_id
    letter, new = Letter.objects.get_or_create(
        body=told.body,
        organisation=organisation,
        audience_id=audience,
        constant=told.restricted,
        state=LetterState.WAITING,
    )
    if new:
        trail.note(actor, "letter.begun", letter, verb=Verb.COLLECT)
    News.objects.create(
        letter=letter, kind=kind, reference=reference, about=about, audience_id=audience
    )
    return True


@transaction.atomic
def watch(day: datetime.date) -> int:
    """Note what falls due within a week, what is overdue, and what others answer for by now.

    Each once for each due date; returns how many were new. Safe to run again.
    """
    Notice.objects.filter(mail=None, at__lt=now() - FORGOTTEN_AFTER).delete()
    found = 0
    for actor, account in _everybody():
        mine = told_of(actor).filter(state=ActionState.OPEN, due__lte=day + DUE_WITHIN)
        for action in mine.order_by("due", "pk"):
            if action.due is None:
                continue
            kind, about = OVERDUE if action.due < day else DUE, action.due.isoformat()
            if KINDS[kind].tells(actor, action.key, about):
                found += _notice(account, kind, action.key, about)
        found += _ask_of_what_is_near(actor, day)
        found += _escalate(actor, day)
    return found


def _ask_of_what_is_near(actor: Actor, day: datetime.date) -> int:
    """Ask owners without an account of what falls due within a week, and when it is overdue."""
    near = actions_visible_to(actor).filter(
        body__in=queries.offices(actor), state=ActionState.OPEN, due__lte=day + DUE_WITHIN
    )
    return sum(
        ask_owners(actor, action=one, about=f"{'over' if one.due < day else 'due'}{one.due}")
        for one in near.order_by("due", "pk")
        if one.due and one.due > day - LONG_OVERDUE
    )


def _escalate(actor: Actor, day: datetime.date) -> int:
    """Put before the secretary what the lead of an organisation should hear of."""
    offices = queries.offices(actor)
    found = 0
    unfinished = actions_visible_to(actor).filter(
        body__in=offices, state__in=[ActionState.OPEN, ActionState.CLAIMED]
    )
    for line in lines(actor, unfinished.order_by("pk"), by_whom=False):
        action = line.action
        if line.slips >= TOO_MANY_SLIPS:
            found += _put_before(actor, line, THIRD_SLIP, "")
        if action.due and action.due <= day - LONG_OVERDUE:
            found += _put_before(actor, line, LONG, action.due.isoformat())
    return found


def _put_before(actor: Actor, line: ActionLine, kind: str, about: str) -> int:
    key = line.action.key
    told = KINDS[kind].tells(actor, key, about)
    if told is None:
        return 0
    return sum(
        _gather(actor, told, kind, key, about, organisation)
        for organisation in _owning(actor, line)
    )


def _owning(actor: Actor, line: ActionLine) -> list[Organisation]:
    """The organisations whose work an action is: named, or that of a post or person named.

    Somebody who belongs or belonged to several names none of them.
    """
    rows = line.owner_rows
    people = [row.person_id for row in rows if row.person_id]
    theirs = [found[0] for found in organisations_of(actor, people).values() if len(found) == 1]
    posts = posts_visible_to(actor).filter(pk__in=[row.post_id for row in rows if row.post_id])
    named = organisations_visible_to(actor).filter(
        pk__in=[
            *(row.organisation_id for row in rows if row.organisation_id),
            *(post.organisation_id for post in posts),
            *(one.pk for one in theirs),
        ]
    )
    return list(named)


def digests(moment: datetime.datetime) -> int:
    """Queue the one mail of the day to everybody with something to hear, on weekdays, once.

    It is asked at short intervals from the partnership's hour on, so that a worker that was down
    then sends it later. Returns how many were queued.
    """
    local = moment.astimezone(BRITAIN)
    if local.weekday() >= SATURDAY or local.time() < settings.DIGEST_AT:
        return 0
    appointed = {one.account_id for one in accounts_today() if one.appointed}
    queued = 0
    for account in Account.objects.filter(pk__in=appointed, is_active=True).order_by("pk"):
        if queries.untold(account).exists():
            once = f"digest {account.key} {local.date().isoformat()}"
            queued += queue_mail(kind=DIGEST, account=account, once=once) is not None
    return queued
