"""The records that files are kept with. The packages above say which of theirs those are."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar

from concerted.documents.models import Document, KeptWith
from concerted.people.public import Body, Organisation


@dataclass(frozen=True, slots=True)
class Held:
    """A record that a file is kept with, as restrictions of the file need to know it."""

    kind: str
    key: str
    title: str
    href: str
    body: Body
    audience_id: int
    day: datetime.date | None = None
    organisation: Organisation | None = None


class Holder(ABC):
    """A kind of record with a file. `label` is its kind in records.

    Each row may name one file itself; the others of a record are `KeptWith` rows. None of these
    asks who acts: the wall says which rows there are.
    """

    label: ClassVar[str]

    @abstractmethod
    def file_of(self, key: str) -> int | None:
        """The file that the row with this key names itself, by the id of its document."""

    @abstractmethod
    def held(self, document: Document, keys: Collection[str], *, lock: bool) -> list[Held]:
        """The records that name the file themselves, and those with these keys.

        With `lock` their rows are held until the transaction ends.
        """

    @abstractmethod
    def take_out(self, document: Document) -> list[str]:
        """Let no row name the file any more; returns the keys of those that did."""

    @abstractmethod
    def put_back(self, document: Document, key: str) -> bool:
        """Let the row with this key name the file, unless it names another; says whether it did."""


_HOLDERS: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    """Make a kind of record known; called once when a package is ready."""
    _HOLDERS[holder.label] = holder


def holders() -> tuple[Holder, ...]:
    return tuple(_HOLDERS.values())


def holder_of(label: str) -> Holder:
    return _HOLDERS[label]


def files_with(label: str, key: str) -> set[int]:
    """Every file that is kept with a record, as far as the wall is open; ids of documents."""
    beside = KeptWith.objects.filter(kind=label, thing_key=key)
    named = _HOLDERS[label].file_of(key)
    return {*beside.values_list("document_id", flat=True), *([named] if named else [])}


def records_of(document: Document, *, lock: bool = False) -> list[Held]:
    """Every record that a file is kept with, as far as the wall is open."""
    with_it = list(document.kept_with.values_list("kind", "thing_key"))
    return [
        one
        for holder in _HOLDERS.values()
        for one in holder.held(
            document, [key for kind, key in with_it if kind == holder.label], lock=lock
        )
    ]
