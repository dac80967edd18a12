"""Making a public text: started from the record, edited part by part, approved once."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction

from concerted.access.actor import Actor
from concerted.audit import trail
from concerted.audit.models import Verb
from concerted.editions import policies, queries
from concerted.editions.content import Content, all_texts, closed_in, edited, with_closed
from concerted.editions.files import has_accessible_version
from concerted.editions.freezing import paper_of
from concerted.editions.models import EditionSettings, NamedPublicly, PublicText, Release
from concerted.editions.naming import Found, Naming, texts_with
from concerted.editions.sources import Source, source_of, start_of
from concerted.editions.states import SourceKind
from concerted.kernel.clock import now
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.public import Meeting
from concerted.papers.public import Paper
from concerted.people.public import Person, the_partnership


@transaction.atomic
def start(actor: Actor, *, source: Source) -> Release:
    """Begin the next public version of a meeting or paper, for the body's office.

    It starts as a copy of what all readers of the source see, without what is restricted and with
    other words where personal details stood. Raises NotAllowed.
    """
    source = locked(actor, source)
    policies.may_start(
        actor, source, under_way=queries.under_way(actor, source.key) is not None
    ).enforce()
    last = queries.versions_of(actor, source.key).first()
    number = last.number + 1 if last else 1
    shared = {
        "kind": source.kind,
        "body": source.body,
        "number": number,
        "source_digest": source.digest,
        "audience_id": source.drafting_audience_id,
        str(source.kind): source.thing,
    }
    text = PublicText.objects.create(
        **shared,
        content=start_of(actor, source, queries.naming_for(actor, source)),
        started_by_id=actor.person_id,
    )
    release = Release.objects.create(
        **shared,
        text=text,
        source_key=source.key,
        title=source.title[:400],
        made_by_id=actor.person_id,
    )
    trail.note(actor, "public_text.started", text, verb=Verb.COMBINE)
    return release


def locked(actor: Actor, source: Source) -> Source:
    """The source afresh, its rows locked: a marking is raised before this or after it."""
    thing: Meeting | Paper
    if source.kind == SourceKind.MEETING:
        thing = (
            Meeting.objects.select_for_update(of=["self"])
            .select_related("body")
            .get(pk=source.thing.pk)
        )
        list(thing.items.select_for_update(of=["self"]).values_list("pk"))
    else:
        thing = (
            Paper.objects.select_for_update(of=["self"])
            .select_related("body", "author", "organisation")
            .get(pk=source.thing.pk)
        )
        for rows in (thing.paragraphs, thing.appendices, thing.recommendations):
            list(rows.select_for_update(of=["self"]).values_list("pk"))
    return source_of(actor, thing)


def source_behind(actor: Actor, release: Release) -> Source | None:
    """The meeting or paper of a release, where the actor sees it."""
    model: type[Meeting] | type[Paper] = Meeting if release.kind == SourceKind.MEETING else Paper
    found = (
        model._default_manager.filter(key=release.source_key, audience_id__in=actor.audience_ids)
        .select_related("body")
        .first()
    )
    return source_of(actor, found) if found else None


def changed(actor: Actor, release: Release) -> bool:
    """Whether the source says or hides something else than when the text was started."""
    source = source_behind(actor, release)
    return source is None or source.digest != release.source_digest


def _draft(actor: Actor, release: Release) -> tuple[Release, PublicText]:
    release = queries.visible_to(actor).select_for_update(of=["self"]).get(pk=release.pk)
    text = queries.texts_visible_to(actor).select_for_update(of=["self"]).get(pk=release.text_id)
    policies.may_edit(actor, release, text, changed=changed(actor, release)).enforce()
    return release, text


@transaction.atomic
def save_part(
    actor: Actor,
    *,
    release: Release,
    number: int,
    given: Mapping[str, str],
    out: bool,
    kept: Sequence[str],
    saves: int,
) -> PublicText:
    """Replace the words of one part; `kept` are details in it that may stay.

    `saves` says which state of the text was on the page: raises NotAllowed where somebody else
    saved meanwhile. Raises IndexError for a part that is not there.
    """
    _, text = _draft(actor, release)
    if saves != text.saves:
        raise NotAllowed(policies.ELSEWHERE)
    text.content = edited(text.content, number, given, out=out)
    here = {one.words for one in details_in(actor, release, text, number)}
    text.kept = sorted((set(text.kept) - here) | (set(kept) & here))
    return _saved(actor, text, "part")


@transaction.atomic
def save_closed(
    actor: Actor,
    *,
    release: Release,
    number: int,
    reason: str,
    review_on: datetime.date | None,
    whom_to_ask: str,
    out: bool,
    saves: int,
) -> PublicText:
    """Say why one closed thing is closed, or leave it out altogether."""
    _, text = _draft(actor, release)
    if saves != text.saves:
        raise NotAllowed(policies.ELSEWHERE)
    given: Content = {
        "reason": reason,
        "review_on": review_on.isoformat() if review_on else "",
        "whom_to_ask": whom_to_ask,
        "out": out,
    }
    text.content = with_closed(text.content, number, given)
    return _saved(actor, text, "closed")


def _saved(actor: Actor, text: PublicText, what: str) -> PublicText:
    text.saves += 1
    text.save(update_fields=["content", "kept", "saves"])
    trail.note(actor, "public_text.edited", text, fields=[what])
    return text


def naming_of(actor: Actor, release: Release) -> Naming:
    """How the text of a release speaks of people."""
    source = source_behind(actor, release)
    if source is None:
        return Naming(queries.names_allowed(actor), mailbox=queries.settings_of(actor).contact)
    return queries.naming_for(actor, source)


def details_in(actor: Actor, release: Release, text: PublicText, number: int) -> list[Found]:
    """What still looks like a personal detail in one part, kept or not."""
    part = text.content["parts"][number - 1]
    return texts_with([each["text"] for each in part["fields"]], naming_of(actor, release))


def left_over(actor: Actor, release: Release, text: PublicText) -> list[Found]:
    """The personal details that still keep a text from being approved."""
    return texts_with(list(all_texts(text.content)), naming_of(actor, release), text.kept)


@transaction.atomic
def approve_text(actor: Actor, *, release: Release, saves: int) -> PublicText:
    """Settle the words of a public text for good. It is public only once a release is approved."""
    release, text = _draft(actor, release)
    if saves != text.saves:
        raise NotAllowed(policies.ELSEWHERE)
    content = text.content
    policies.may_approve_text(
        actor,
        release,
        text,
        personal=bool(left_over(actor, release, text)),
        unexplained=any(not one["reason"].strip() for one in closed_in(content)),
        accessible=release.kind != SourceKind.PAPER or has_accessible_version(paper_of(content)),
    ).enforce()
    text.approved_at, text.approved_by_id = now(), actor.person_id
    text.save(update_fields=["approved_at", "approved_by"])
    trail.note(actor, "public_text.approved", text, fields=["approved_at"])
    return text


# How the partnership publishes


@transaction.atomic
def change_settings(actor: Actor, *, contact: str, alone: bool) -> EditionSettings:
    """Set the mailbox that the public sees, and whether one person may release alone."""
    policies.may_change_settings(actor).enforce()
    partnership = the_partnership(actor)
    assert partnership  # noqa: S101 - whoever holds a permission has a partnership
    found, _ = EditionSettings.objects.select_for_update(of=["self"]).get_or_create(
        partnership=partnership, defaults={"audience_id": partnership.audience_id}
    )
    found.contact, found.alone = contact, alone
    found.save(update_fields=["contact", "alone"])
    trail.note(actor, "edition.changed", partnership, fields=["contact", "alone"])
    return found


@transaction.atomic
def name_publicly(actor: Actor, *, person: Person, office: str) -> NamedPublicly:
    """Let public texts name somebody as the holder of a public office, from now on."""
    policies.may_change_settings(actor).enforce()
    Person.objects.select_for_update(of=["self"]).get(pk=person.pk)
    there = queries.named_publicly(actor).filter(person=person).first()
    if there:
        raise NotAllowed("This person is on the list already.")
    made = NamedPublicly.objects.create(
        person=person, office=office, audience_id=person.audience_id
    )
    trail.note(actor, "name.published", made, verb=Verb.DISCLOSE)
    return made


@transaction.atomic
def name_no_longer(actor: Actor, *, named: NamedPublicly) -> NamedPublicly:
    """Take somebody off the list: texts from now on do not name them; what is out stays."""
    policies.may_change_settings(actor).enforce()
    there = queries.named_publicly(actor).select_for_update(of=["self"]).filter(pk=named.pk).first()
    if there is None:
        raise NotAllowed("This person is not on the list any more.")
    named = there
    named.ended_at = now()
    named.save(update_fields=["ended_at"])
    trail.note(actor, "name.ended", named, fields=["ended_at"])
    return named
