"""Taking up what comes back in a Word file: all that was chosen, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting, items_visible_to
from concerted.minuting.public import Minutes, Ticked, correct, save_draft, tick
from concerted.reading.files.bound import Bound
from concerted.word_files import policies
from concerted.word_files.making import Sheet, made
from concerted.word_files.models import Template

LARGEST = 5 * 1024 * 1024  # bytes of a template
FOREIGN = (
    "This Word file holds macros, or loads something from elsewhere when it is opened. Save a copy "
    "without macros and without linked pictures or templates, and choose that."
)
TOO_LARGE = "A template can have at most 5 MB. Make the pictures in it smaller and choose it again."
TAKEN_OUT = "(These words are taken out.)"
TRIAL = Sheet("trial", "Minutes", ("1 January 2026",), ())


@transaction.atomic
def keep_template(actor: Actor, *, name: str, data: bytes, read: Bound) -> Template:
    """Let all Word files be made in this template from now on. `read` is what it was read as.

    Raises NotAllowed, and making.NotUsable.
    """
    policies.may_keep_template(actor).enforce()
    if len(data) > LARGEST:
        raise NotAllowed(TOO_LARGE)
    if read.foreign:
        raise NotAllowed(FOREIGN)
    made(TRIAL, data)
    return _kept(actor, name, data)


@transaction.atomic
def drop_template(actor: Actor) -> Template:
    """Go back to the program's own template; those before stay on record."""
    policies.may_keep_template(actor).enforce()
    return _kept(actor, "", b"")


def _kept(actor: Actor, name: str, data: bytes) -> Template:
    template = Template.objects.create(
        name=name[:255],
        docx=data,
        kept_by_id=actor.person_id,
        audience_id=actor.everyone_audience_id,
    )
    trail.note(actor, "template.kept", template, verb=Verb.COLLECT)
    return template


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of a draft, and the version of the draft that whoever chose it saw."""

    token: str
    text: str


@dataclass(frozen=True, slots=True)
class Came:
    """Who came, by the position of each seat, and the version of the list that was seen."""

    token: str
    ticked: Mapping[int, Ticked]
    others: str


@transaction.atomic
def take_up(
    actor: Actor, *, minutes: Minutes, texts: Mapping[str, Typed], came: Came | None
) -> None:
    """Put texts from Word in place of those of drafts, by their keys. All of it or nothing.

    Raises minuting's Met and Overtaken where somebody changed one in between.
    """
    for key, typed in texts.items():
        save_draft(actor, key=key, token=typed.token, text=typed.text)
    if came:
        tick(actor, minutes=minutes, token=came.token, ticked=came.ticked, others=came.others)
    trail.note(actor, "minutes.brought", minutes, fields=["drafts"])


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that somebody chose, of the item with this key."""

    item: str
    before: str
    after: str


@transaction.atomic
def correct_all(
    actor: Actor, *, meeting: Meeting, corrections: Sequence[Corrected], agreed_at: Meeting | None
) -> None:
    """Record corrections beside minutes, each as a record of its own. All of them or none."""
    items = {one.key: one for one in items_visible_to(actor).filter(meeting=meeting)}
    for one in corrections:
        item = items.get(one.item)
        if item is None:
            raise Http404
        item.meeting = meeting
        correct(actor, item=item, before=one.before, after=one.after, agreed_at=agreed_at)
