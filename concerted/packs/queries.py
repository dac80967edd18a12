"""Reads of packs: whom a part is for, whether all that stands in it is still theirs to read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.agendas.public import published_keys
from concerted.arising.public import rows_visible_to
from concerted.documents.public import versions_visible_to
from concerted.meetings.public import Meeting, items_visible_to
from concerted.packs import laying_out, sources
from concerted.packs.laying_out import News, Section, Stand
from concerted.packs.models import Look, Note, Pack, Print
from concerted.papers.public import Paper, presentations_visible_to, versions_of
from concerted.people.public import only_open_to
from concerted.restrictions.public import Closure, by_label


def visible_to(actor: Actor) -> QuerySet[Pack]:
    """The parts that stand, not those that were built again since."""
    return Pack.objects.filter(
        audience_id__in=actor.audience_ids,
        meeting__audience_id__in=actor.audience_ids,
        replaced_at=None,
    ).select_related("meeting__body", "by")


def looks_visible_to(actor: Actor) -> QuerySet[Look]:
    return Look.objects.filter(
        audience_id__in=actor.audience_ids, meeting__audience_id__in=actor.audience_ids
    )


def notes_visible_to(actor: Actor) -> QuerySet[Note]:
    """One’s own, on papers that one still reads: nobody is on another’s own audience."""
    return Note.objects.filter(
        audience_id__in=actor.audience_ids, paper__audience_id__in=actor.audience_ids
    ).select_related("paper")


# Whom a part is for


def as_all(actor: Actor, meeting: Meeting) -> Actor:
    """The actor with no other eyes than all who read this meeting: what they have in common."""
    return _seeing(actor, _common(actor, meeting))


def as_those(actor: Actor, meeting: Meeting, audience_id: int) -> Actor:
    """The actor with the eyes of all who are on this audience as well."""
    return _seeing(actor, _common(actor, meeting) | {audience_id})


def _common(actor: Actor, meeting: Meeting) -> set[int]:
    body = meeting.body
    shared = {body.audience_id, body.papers_audience_id, meeting.audience_id}
    return shared | {actor.everyone_audience_id}


def _seeing(actor: Actor, audiences: set[int]) -> Actor:
    """Never more than the actor sees: the wall is open no wider."""
    return replace(actor, audience_ids=tuple(one for one in actor.audience_ids if one in audiences))


def audiences_of(actor: Actor, meeting: Meeting) -> list[int]:
    """Those that this actor would build a part for: all readers, then each narrower circle.

    What only the office has is a draft, and stands in no pack.
    """
    items = items_visible_to(actor).filter(meeting=meeting, issue__lte=meeting.agenda_issue)
    papers = presentations_visible_to(actor).filter(
        meeting_key=meeting.key, paper__published_at__isnull=False
    )
    found = {*items.values_list("audience_id", flat=True)}
    found |= {*papers.values_list("paper__audience_id", flat=True)}
    common = _common(actor, meeting) | {meeting.body.office_audience_id, actor.own_audience_id}
    return [meeting.audience_id, *sorted(found - common)]


@dataclass(frozen=True, slots=True)
class Series:
    """The parts of one circle of readers, with the sections that are laid out for them now."""

    audience_id: int
    closed: bool
    reader: Actor
    sections: Sequence[Section]
    parts: Sequence[Pack]
    moved: bool
    withheld: Collection[str]

    @property
    def out_of_date(self) -> bool:
        """Whether a file says what is no longer so, and is to be built again."""
        return self.moved or bool(self.withheld)

    @property
    def pages(self) -> dict[str, int]:
        """On which page each mark stands: the same on the page and in the files."""
        return {mark: page for one in self.parts for mark, page in one.pages.items()}

    @property
    def fresh(self) -> list[Section]:
        """What stands in no file yet."""
        return list(laying_out.in_parts(self.sections, [one.marks for one in self.parts])[-1])

    @property
    def lines(self) -> list[tuple[Section, str]]:
        """The contents: each section with its page in words, where it has one."""
        pages = self.pages
        return [
            (one, laying_out.page_words(pages.get(one.mark), closed=self.closed))
            for one in self.sections
        ]

    @property
    def last(self) -> int:
        return max((one.last for one in self.parts), default=0)


def series_of(actor: Actor, meeting: Meeting) -> list[Series]:
    """The pack of a meeting as this reader has it: the open series, then the closed ones."""
    built: dict[int, list[Pack]] = defaultdict(list)
    for one in visible_to(actor).filter(meeting=meeting).order_by("number", "id"):
        built[one.audience_id].append(one)
    return [
        _series(actor, meeting, audience, built[audience])
        for audience in audiences_of(actor, meeting)
    ]


def series_for(actor: Actor, meeting: Meeting, audience_id: int) -> Series:
    """That of one circle of readers."""
    parts = visible_to(actor).filter(meeting=meeting, audience_id=audience_id)
    return _series(actor, meeting, audience_id, list(parts.order_by("number", "id")))


def _series(actor: Actor, meeting: Meeting, audience_id: int, parts: list[Pack]) -> Series:
    closed = audience_id != meeting.audience_id
    everyone = as_all(actor, meeting)
    reader = as_those(actor, meeting, audience_id) if closed else everyone
    # The wall as well: what a query forgot to ask would stand in a file for others.
    with only_open_to(*reader.audience_ids):
        sections = sources.sections_of(reader, meeting, closed_from=everyone if closed else None)
        withheld = {one.key for one in parts if not all_stands(reader, one)}
    return Series(
        audience_id=audience_id,
        closed=closed,
        reader=reader,
        sections=sections,
        parts=parts,
        moved=any(one.standing != meeting.standing for one in parts),
        withheld=withheld,
    )


def all_stands(reader: Actor, part: Pack) -> bool:
    """Whether everything that a part speaks of is still for the readers it was built for.

    Where it is not, its files are given to nobody: what was closed since stands in them.
    """
    wanted = {(kind, key) for kind, key in part.stands}
    return wanted <= _seen(reader, wanted)


def _seen(reader: Actor, stands: Iterable[Stand]) -> set[Stand]:
    keys: dict[str, set[str]] = defaultdict(set)
    for kind, key in stands:
        keys[kind].add(key)
    return {(kind, key) for kind, some in keys.items() for key in _seen_of(reader, kind, some)}


def _seen_of(reader: Actor, kind: str, keys: set[str]) -> set[str]:
    if kind == sources.SAID:
        said = Closure.objects.filter(audience_id__in=reader.audience_ids, thing_key__in=keys)
        return set(said.values_list("thing_key", flat=True))
    if kind == sources.ITEM:
        # An item whose minutes are with the office is read on the agenda as before.
        return published_keys(reader, keys) | by_label(kind).visible_keys(reader, keys)
    if kind == "documents.version":
        files = versions_visible_to(reader).filter(key__in=keys)
        return set(files.values_list("key", flat=True))
    if kind.startswith("arising:"):
        rows = rows_visible_to(reader).filter(table__key=kind.partition(":")[2])
        return set(rows.values_list("reference", flat=True)) & keys
    return by_label(kind).visible_keys(reader, keys)


def reader_of(actor: Actor, pack: Pack) -> Actor:
    """The actor with the eyes of those whom a part was built for."""
    if pack.audience_id == pack.meeting.audience_id:
        return as_all(actor, pack.meeting)
    return as_those(actor, pack.meeting, pack.audience_id)


def print_of(actor: Actor, pack: Pack, *, large: bool) -> Print | None:
    rows = Print.objects.filter(audience_id__in=actor.audience_ids, pack=pack, large=large)
    return rows.first()


# What is new, and one’s own notes


def news_of(series: Sequence[Series]) -> list[News]:
    """All that a reader can have seen: items with the agenda, papers, supplements."""
    found: list[News] = []
    for one in series:
        known = one.pages
        for section in one.sections:
            gone = any(block.text.startswith("Withdrawn on ") for block in section.blocks[:1])
            mark = f"{section.mark} withdrawn" if gone else section.mark
            found.append(News(mark, _news(section, known, gone=gone), section.mark))
    return found


def _news(section: Section, pages: dict[str, int], *, gone: bool) -> str:
    if gone:
        return f"Withdrawn: {section.heading}"
    if section.mark.startswith(f"{sources.AGENDA}:"):
        return "The agenda, as it is now"
    if section.replaces in pages:
        return f"{section.heading}: in place of page {pages[section.replaces]} and what follows"
    return section.heading


def look_of(actor: Actor, meeting: Meeting) -> Look | None:
    rows = looks_visible_to(actor).filter(meeting=meeting, person_id=actor.person_id)
    return rows.order_by("-id").first()


def note_on(actor: Actor, paper: Paper) -> Note | None:
    """The newest note of the actor on this version of a paper or one before it."""
    earlier = [one.pk for one in versions_of(actor, paper).others if one.number < paper.number]
    rows = notes_visible_to(actor).filter(paper__in=[paper.pk, *earlier], person_id=actor.person_id)
    return rows.order_by("-paper__number", "-id").first()
