"""The files that somebody may see, and what was found in their bytes as findings not saved yet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import JSONField, Min, QuerySet

from concerted.access.actor import Actor
from concerted.documents.public import Document, Version, versions_visible_to
from concerted.kernel.clock import BRITAIN
from concerted.subject_access.collecting import Others
from concerted.subject_access.models import Draft, Finding, Release
from concerted.subject_access.redacting import NOT_READ, Part
from concerted.subject_access.searching import Looked
from concerted.subject_access.sources import Source, rows, sources
from concerted.subject_access.states import Why
from concerted.ui.words import day

BATCH = 50  # the reader is loaded once for each
MOST_KEPT = 10  # records that a file is said to be kept with
FILE = "File as received"
BY_HAND = "File to be looked at by hand"


def searched(actor: Actor) -> QuerySet[Version]:
    """The versions whose bytes are looked into: all that the actor may see, but their answers."""
    answers = Release.objects.filter(audience_id__in=actor.audience_ids, version__isnull=False)
    return (
        versions_visible_to(actor)
        .filter(bytes_gone_at=None)
        .exclude(pk__in=answers.values("version"))
    )


def next_files(actor: Actor, draft: Draft) -> list[Version]:
    """The next files of a draft, one version for each SHA-256; in two queries."""
    waiting = searched(actor).filter(sha256__gt=draft.files_through).order_by()
    each = waiting.values("sha256").annotate(first=Min("pk")).order_by("sha256")
    first = [one["first"] for one in each[:BATCH]]
    return list(searched(actor).filter(pk__in=first).order_by("sha256"))


def counted(actor: Actor, draft: Draft) -> tuple[int, int]:
    """How many files were looked into, and how many there are, each SHA-256 once."""
    each = searched(actor).order_by().values("sha256").distinct()
    return each.filter(sha256__lte=draft.files_through).count(), each.count()


def found_in(actor: Actor, looked: Mapping[str, Looked], others: Others) -> list[Finding]:
    """What stands in these files, by SHA-256: a finding for each version that has these bytes.

    The number of queries does not grow with the files.
    """
    telling = [sha256 for sha256, one in looked.items() if one.places or one.unread]
    if not telling:
        return []
    versions = list(searched(actor).filter(sha256__in=telling).order_by("pk"))
    kept = _kept_with(actor, versions)
    [source] = [one for one in sources() if one.model is Version]
    return [
        finding
        for version in versions
        for finding in _findings(version, looked[version.sha256], source, kept[version.pk], others)
    ]


def _findings(
    version: Version, looked: Looked, source: Source, kept: Sequence[str], others: Others
) -> Iterator[Finding]:
    received = version.received_at.astimezone(BRITAIN).date()
    about = [("File", version.name), ("Received", day(received))]
    if kept:
        about.append(("Kept with", "; ".join(kept[:MOST_KEPT])))
    for why, kind, told in (
        (Why.FILE, FILE, looked.places),
        (Why.BY_HAND, BY_HAND, [*looked.unread, *_not_listed(looked)]),
    ):
        if told:
            parts = [*about, *told]
            yield Finding(
                source=source.label,
                source_id=version.pk,
                why=why,
                kind=kind,
                purpose=source.record.purpose[:200],
                on=received,
                href=version.get_absolute_url(),
                parts=parts,
                others=others.named_in(words for _, words in parts),
                names_others=looked.names_others,
            )


def _not_listed(looked: Looked) -> Iterator[Part]:
    if looked.more:
        yield (
            NOT_READ,
            f"The names stand in {looked.more:,} more places than are listed. Read on in the file "
            "after the last of them.",
        )
    if looked.more_unread:
        yield NOT_READ, f"{looked.more_unread:,} more parts of it could not be read."


def _kept_with(actor: Actor, versions: Sequence[Version]) -> dict[int, list[str]]:
    """The records that name each version or its document, of those that the actor may see."""
    by_document: dict[int, list[int]] = defaultdict(list)
    for one in versions:
        by_document[one.document_id].append(one.pk)
    named: dict[int, list[str]] = defaultdict(list)
    for source in sources():
        for field in source.model._meta.concrete_fields:
            if field.related_model is Version:
                for row in _of(actor, source).filter(**{f"{field.name}__in": list(versions)}):
                    named[getattr(row, field.attname)].append(_said(row))
            if field.related_model is Document and source.model is not Version:
                for row in _of(actor, source).filter(**{f"{field.name}__in": list(by_document)}):
                    for pk in by_document[getattr(row, field.attname)]:
                        named[pk].append(_said(row))
    _add_kept_beside(actor, by_document, named)
    return named


def _add_kept_beside(
    actor: Actor, by_document: Mapping[int, list[int]], named: dict[int, list[str]]
) -> None:
    beside = Document.objects.filter(
        pk__in=list(by_document), kept_with__audience_id__in=actor.audience_ids
    )
    by_kind: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for pk, kind, key in beside.values_list("pk", "kept_with__kind", "kept_with__thing_key"):
        by_kind[kind][key] += by_document[pk]
    for source in sources():
        keys = by_kind.get(source.model._meta.label_lower, {})
        for row in _of(actor, source).filter(key__in=list(keys)) if keys else ():
            for pk in keys[row.key]:
                named[pk].append(_said(row))


def _of(actor: Actor, source: Source) -> QuerySet[Any]:
    """Rows with all that their names are made of; none whose other half the actor cannot see."""
    heavy = [one.name for one in source.model._meta.concrete_fields if isinstance(one, JSONField)]
    return rows(actor, source).select_related().defer(*heavy).order_by("pk")


def _said(row: Any) -> str:
    return f"{str(row._meta.verbose_name).capitalize()}: {row}"
