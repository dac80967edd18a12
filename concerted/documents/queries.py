"""Reads of documents and their versions."""

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.documents.models import Document, Version


def visible_to(actor: Actor) -> QuerySet[Document]:
    return Document.objects.filter(
        audience_id__in=actor.audience_ids, needs__contained_by=list(actor.audience_ids)
    )


def versions_visible_to(actor: Actor) -> QuerySet[Version]:
    return Version.objects.filter(
        audience_id__in=actor.audience_ids,
        document__needs__contained_by=list(actor.audience_ids),
    ).select_related("document")


def same_bytes(actor: Actor, sha256: str) -> QuerySet[Version]:
    """Versions with these very bytes, among those the actor may see; others' stay unsaid."""
    there = versions_visible_to(actor).filter(bytes_gone_at=None)
    return there.filter(sha256=sha256).order_by("id")
