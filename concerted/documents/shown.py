"""The files of a record as its page lists them: those one may see, and what is said of others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concerted.documents.models import Document, Version
from concerted.people.public import Body
from concerted.restrictions.public import Closure


@dataclass(frozen=True, slots=True)
class FileLine:
    """A version of a file that this reader may take, and what is said of it where it is restricted.

    `number` counts the versions of one file, from 1; `may_restrict` says whether it is one that
    the office of the record may restrict: not one that is still with whoever handed it over.
    """

    version: Version
    number: int
    closure: Closure | None
    may_restrict: bool


@dataclass(frozen=True, slots=True)
class Files:
    """What is listed: the versions, and the closed files of which this reader learns why alone."""

    lines: list[FileLine]
    closed: list[Closure]

    @property
    def restricted(self) -> bool:
        """Whether this reader may take a file here that others may not."""
        return any(line.closure for line in self.lines)


def closed_files(said: Iterable[Closure]) -> dict[str, Closure]:
    """Of what is said in a record, that of its files, by the keys of their documents."""
    label = Document._meta.label_lower
    return {one.thing_key: one for one in said if one.kind == label}


def files_shown(versions: Iterable[Version], said: Sequence[Closure], body: Body) -> Files:
    """The files kept with a record of a body, in the order of their versions."""
    closures = closed_files(said)
    counted: dict[int, int] = {}
    lines = []
    for version in versions:
        number = counted[version.document_id] = counted.get(version.document_id, 0) + 1
        closure = closures.get(version.document.key)
        office = version.audience_id == body.office_audience_id
        lines.append(FileLine(version, number, closure, office or closure is not None))
    seen = {one.version.document.key for one in lines}
    return Files(lines, [one for key, one in closures.items() if key not in seen])
