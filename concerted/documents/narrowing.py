"""What a file needs of its readers because of the words in it, whoever may see the file.

The words of a closed thing stand in every file that is kept with its record, in each of its
versions, and in the file that a version came in. Whoever closes the thing may be outside the
audience of one of them, so all are found behind the wall, and nobody is told which.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from concerted.documents.holding import files_with
from concerted.documents.models import Document, Version
from concerted.people.public import everything_open
from concerted.restrictions.public import Closure


def restricted_ones() -> QuerySet[Document]:
    """Documents that are closed or hidden themselves, as far as the wall is open."""
    said = Closure.objects.filter(kind=Document._meta.label_lower, thing_key=OuterRef("key"))
    return Document.objects.filter(Exists(said))


def copies_of(documents: Iterable[int]) -> QuerySet[Document]:
    """Other documents that hold a version received in the same moment: the very same bytes.

    What somebody else handed over, though it be the same, is theirs and no copy.
    """
    own = list(documents)
    same = Version.objects.filter(
        document__in=own,
        sha256=OuterRef("sha256"),
        received_at=OuterRef("received_at"),
        received_by=OuterRef("received_by"),
    )
    found = Version.objects.filter(Exists(same)).exclude(document__in=own)
    return Document.objects.filter(pk__in=found.values("document"))


@transaction.atomic
def needs(kind: str, key: str, audience_id: int, *, before: int | None = None) -> None:
    """Let only those read the files of a record who are on this audience too.

    `before` is needed no longer.
    """
    _change(kind, key, add={audience_id}, remove=before)


@transaction.atomic
def needs_no_more(kind: str, key: str, audience_id: int) -> None:
    """What was restricted in the files of a record is open again."""
    _change(kind, key, add=set(), remove=audience_id)


def _change(kind: str, key: str, *, add: set[int], remove: int | None) -> None:
    with everything_open():
        files = files_with(kind, key)
        change_needs(Document.objects.filter(pk__in=files), add=add, remove=remove)
        # After the lock on the files: a version that was being added has its copy by now.
        change_needs(copies_of(files), add=add, remove=remove)


def change_needs(
    documents: QuerySet[Document], *, add: set[int], remove: int | None = None
) -> None:
    """Change what these documents need of their readers, each locked, in the same order always."""
    for one in documents.select_for_update(of=["self"]).order_by("pk"):
        wanted = sorted({*one.needs} - {remove} | add)
        if wanted != one.needs:
            one.needs = wanted
            one.save(update_fields=["needs"])
