"""Reads of what waits to be told: somebody's own choice, and the outbox of an office."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from concerted.access.actor import Actor
from concerted.access.models import Account
from concerted.notices.public import Mail, MailState
from concerted.notifying import policies
from concerted.notifying.kinds import KINDS, Told, tells
from concerted.notifying.models import Letter, News, Notice, Preference
from concerted.notifying.states import LetterState, Wanted
from concerted.people.public import Body, bodies_visible_to


def wanted_by(account_id: int) -> str:
    """What mail an account wants: once a day where nothing was chosen."""
    found = Preference.objects.filter(account_id=account_id).values_list("wanted", flat=True)
    return found.first() or Wanted.DIGEST


def untold(account: Account) -> QuerySet[Notice]:
    """What somebody is to hear of and no mail brings yet; what was given up waits again."""
    waiting = Notice.objects.filter(account=account)
    return waiting.filter(Q(mail=None) | Q(mail__state=MailState.FAILED)).order_by("pk")


def brought_by(mail: Mail) -> QuerySet[Notice]:
    return Notice.objects.filter(mail=mail).order_by("pk")


def offices(actor: Actor) -> list[Body]:
    """The bodies whose outbox the actor keeps."""
    return [one for one in bodies_visible_to(actor) if policies.keeps_outbox(actor, one)]


def visible_to(actor: Actor) -> QuerySet[Letter]:
    """Letters of bodies whose outbox the actor keeps, the oldest first."""
    return (
        Letter.objects.filter(audience_id__in=actor.audience_ids, body__in=offices(actor))
        .select_related("body", "organisation", "ended_by")
        .order_by("made_at", "id")
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news of a letter, and what it says to whoever asked."""

    news: News
    told: Told

    @property
    def law(self) -> bool:
        return KINDS[self.news.kind].law


def pieces_of(actor: Actor, letter: Letter) -> list[Piece]:
    """What a letter tells of, as far as the actor may see it now.

    What was restricted since it was gathered is left out of a letter with open words.
    """
    return pieces_among(
        actor, letter, News.objects.filter(letter=letter, audience_id__in=actor.audience_ids)
    )


def pieces_among(actor: Actor, letter: Letter, rows: Iterable[News]) -> list[Piece]:
    """Those of some rows of a letter that tell this reader something now."""
    found = []
    for news in rows:
        told = tells(actor, news.kind, news.reference, news.about)
        if told and told.restricted == letter.constant:
            found.append(Piece(news, told))
    return found


def waiting(actor: Actor) -> list[Letter]:
    """The letters that wait for the actor to send them and still have something to tell."""
    if not policies.may_open_outbox(actor):
        return []
    letters = visible_to(actor).filter(state=LetterState.WAITING)
    return [one for one in letters if pieces_of(actor, one)]


def ended_lately(actor: Actor) -> QuerySet[Letter]:
    """The letters that were sent or dropped last."""
    return visible_to(actor).exclude(state=LetterState.WAITING).order_by("-ended_at", "-id")
