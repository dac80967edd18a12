"""Reads of documents and their versions."""

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When

from concerted.access.actor import Actor
from concerted.documents.models import Document, KeptWith, Version


def readable(actor: Actor, to: str = "") -> Q:
    """Whether an actor is on all audiences that a file needs; `to` leads to its document.

    What is still with whoever handed it over they read as they have it, whatever was restricted.
    """
    needed = Q(**{f"{to}needs__contained_by": list(actor.audience_ids)})
    return needed | Q(**{f"{to}audience_id": actor.own_audience_id})


def visible_to(actor: Actor) -> QuerySet[Document]:
    return Document.objects.filter(readable(actor), audience_id__in=actor.audience_ids)


def versions_visible_to(actor: Actor) -> QuerySet[Version]:
    return Version.objects.filter(
        readable(actor, "document__"), audience_id__in=actor.audience_ids
    ).select_related("document")


def versions_with(
    actor: Actor,
    record_kind: str,
    record_key: str,
    *,
    document_id: int | None = None,
    version_id: int | None = None,
) -> QuerySet[Version]:
    """The versions of all files that are kept with a record, as far as the actor may see them.

    `document_id` or `version_id` is what the record's own row names. It comes first.
    """
    beside = KeptWith.objects.filter(
        audience_id__in=actor.audience_ids,
        document=OuterRef("document"),
        kind=record_kind,
        thing_key=record_key,
    )
    named = Q(document=document_id) if document_id else Q(pk=version_id or 0)
    place = Case(When(named, then=0), default=1, output_field=IntegerField())
    found = versions_visible_to(actor).filter(named | Exists(beside))
    return found.order_by(place, "document_id", "number")


def same_bytes(actor: Actor, sha256: str) -> QuerySet[Version]:
    """Versions with these very bytes, among those the actor may see; others' stay unsaid."""
    there = versions_visible_to(actor).filter(bytes_gone_at=None)
    return there.filter(sha256=sha256).order_by("id")
