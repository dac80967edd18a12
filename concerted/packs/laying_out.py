"""A pack as values: what stands in it, in which order, and on which page. Plain Python.

The page and the PDF are both made of these, so that they cannot say different things.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

SENSITIVE = "OFFICIAL-SENSITIVE"
OFFICIAL = "OFFICIAL"
# Of kind and key: what a pack holds, so that its readers can be asked for each of them again.
Stand = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, words, a list, a table or a line about something closed, as `kind` says.

    The columns of a table are as wide as their words, or `even`: for a hand to write in.
    """

    kind: str
    text: str = ""
    ref: str = ""
    lines: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    even: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What has a heading of its own and begins on a new page. `mark` names it for good.

    `replaces` is the mark of the section that it came in the place of.
    """

    mark: str
    heading: str
    caption: str = ""
    sensitive: bool = False
    replaces: str = ""
    blocks: Sequence[Block] = ()
    stands: Sequence[Stand] = ()

    def mark_of(self, place: int) -> str:
        """The mark of a block, counted from 0."""
        return f"{self.mark}/{place}"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a pack: the agenda and its papers, a supplement, or what is closed.

    Pages count from `first` on; those of a closed part count for themselves and say so.
    """

    title: str
    caption: str
    first: int
    closed: bool
    sections: Sequence[Section]
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def marking(self) -> str:
        """The highest of what stands in it: it is printed on every page."""
        return SENSITIVE if any(one.sensitive for one in self.sections) else OFFICIAL

    @property
    def stands(self) -> list[Stand]:
        return list(dict.fromkeys(one for section in self.sections for one in section.stands))

    def as_data(self) -> dict[str, Any]:
        """As the typesetter takes it: values alone, each block with its mark."""
        return {
            "title": self.title,
            "caption": self.caption,
            "first": self.first,
            "closed": self.closed,
            "marking": self.marking,
            "notes": list(self.notes),
            "sections": [
                {
                    "mark": one.mark,
                    "heading": one.heading,
                    "caption": one.caption,
                    "blocks": [
                        asdict(block) | {"mark": one.mark_of(place)}
                        for place, block in enumerate(one.blocks)
                    ],
                }
                for one in self.sections
            ],
        }


def in_parts(
    sections: Sequence[Section], before: Sequence[Collection[str]]
) -> list[Sequence[Section]]:
    """Sections by the parts that they were in, then those that are in none yet.

    `before` are the marks of each part there is; what is no longer there leaves no gap.
    """
    parts = [[one for one in sections if one.mark in marks] for marks in before]
    known = {mark for marks in before for mark in marks}
    return [*parts, [one for one in sections if one.mark not in known]]


def page_words(page: int | None, *, closed: bool = False) -> str:
    """How the number of a page is said: it is the same on the page and in the PDF."""
    if page is None:
        return ""
    return f"closed page {page}" if closed else f"page {page}"


def pages_of(pages: Mapping[str, int], section: Section) -> tuple[int, int] | None:
    """The first and the last page of a section; None where it is in no file."""
    if section.mark not in pages:
        return None
    marks = (section.mark_of(place) for place in range(len(section.blocks)))
    found = [pages[mark] for mark in marks if mark in pages]
    return pages[section.mark], max([pages[section.mark], *found])


def turns(pages: Mapping[str, int], section: Section) -> list[int | None]:
    """Of each block the page that begins with it or was passed before it, where that is new."""
    last = pages.get(section.mark)
    found: list[int | None] = []
    for place in range(len(section.blocks)):
        page = pages.get(section.mark_of(place))
        found.append(page if page is not None and page != last else None)
        last = page or last
    return found


def section_on(
    pages: Mapping[str, int], sections: Iterable[Section], wanted: int
) -> Section | None:
    """The section in which a page lies; None where no page has this number."""
    begun = [(pages[one.mark], one) for one in sections if one.mark in pages]
    there = [one for first, one in begun if first <= wanted]
    last = max(pages.values(), default=0)
    return there[-1] if there and wanted <= last else None


@dataclass(frozen=True, slots=True)
class News:
    """Something that a reader can have seen of a pack; `mark` names it for good."""

    mark: str
    words: str
    href: str = ""


def unseen(news: Sequence[News], seen: Collection[str]) -> list[News]:
    """What is new to somebody who has seen these."""
    return [one for one in news if one.mark not in seen]


def only(section: Section, stands: Collection[Stand]) -> Section:
    """A section that says it holds these things alone."""
    return replace(section, stands=tuple(stands))
