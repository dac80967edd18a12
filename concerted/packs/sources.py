"""What a pack is laid out from: the agenda, minutes to agree, matters arising and papers, read as
whoever it is for. As many queries for one paper as for forty."""

from collections.abc import Iterable, Sequence

from concerted.access.actor import Actor
from concerted.agendas.public import Row as AgendaRow
from concerted.agendas.public import timetable
from concerted.arising.public import Matters, as_fixed, fixed_of
from concerted.meetings.public import Item, ItemLine, Meeting, items_of, waiting_to_be_agreed
from concerted.packs.laying_out import Block, Section, Stand
from concerted.papers.public import Tier, Whole, wholes_put_to
from concerted.restrictions.public import Closure
from concerted.restrictions.public import Tier as Marked
from concerted.ui.words import clock, day

AGENDA = "agenda"
SAID = "said"
ITEM = Item._meta.label_lower
MEETING = Meeting._meta.label_lower
PAPER = "papers.paper"
APPENDIX = "papers.appendix"
NOT_HERE = (
    "It is kept with the paper, and is no part of this pack. Pictures and charts are in it alone."
)


def sections_of(
    reader: Actor, meeting: Meeting, *, closed_from: Actor | None = None
) -> list[Section]:
    """All sections of a pack, in order.

    With `closed_from`, an actor who sees less, only what that one does not see: the closed part.
    """
    rows = timetable(reader, meeting, drafts=False).rows
    shown = [row.shown for row in rows]
    papers = wholes_put_to(reader, meeting.key)
    if closed_from:
        open_items = {one.item.key for one in items_of(closed_from, meeting)}
        open_papers = {one.paper.key for one in wholes_put_to(closed_from, meeting.key)}
        items = [
            row
            for row in rows
            if isinstance(row.shown, ItemLine) and row.shown.item.key not in open_items
        ]
        closed = [one for one in papers if one.paper.key not in open_papers]
        first = [_closed_agenda(meeting, items)] if items else []
        return [*first, *_papers(closed, shown)]
    first = [_agenda(meeting, rows)] if rows else []
    return [*first, *_minutes(reader, meeting), *_matters(reader, meeting), *_papers(papers, shown)]


def section_of(sections: Iterable[Section], mark: str) -> Section | None:
    return next((one for one in sections if one.mark == mark), None)


def _agenda(meeting: Meeting, rows: Sequence[AgendaRow]) -> Section:
    when = day(meeting.held_on)
    facts = [
        f"Date: {when}{f', {clock(meeting.starts_at)}' if meeting.starts_at else ''}",
        *([f"Place: {meeting.venue}"] if meeting.venue else []),
    ]
    table, stands = _table(rows)
    issue = meeting.agenda_issue
    return Section(
        mark=f"{AGENDA}:{issue}",
        heading="Agenda" if issue == 1 else "Agenda as supplemented",
        sensitive=meeting.restricted or _sensitive(rows),
        replaces=f"{AGENDA}:{issue - 1}" if issue > 1 else "",
        blocks=(Block("words", lines=facts), table),
        stands=((MEETING, meeting.key), *stands),
    )


def _closed_agenda(meeting: Meeting, rows: Sequence[AgendaRow]) -> Section:
    table, stands = _table(rows)
    return Section(
        mark=f"closed-{AGENDA}:{stands[0][1]}-{meeting.agenda_issue}",
        heading="Closed items of the agenda",
        sensitive=_sensitive(rows),
        blocks=(table,),
        stands=((MEETING, meeting.key), *stands),
    )


def _sensitive(rows: Iterable[AgendaRow]) -> bool:
    own = [row.shown.closure for row in rows if isinstance(row.shown, ItemLine)]
    return any(one.tier == Marked.SENSITIVE for one in own if one)


def _table(rows: Iterable[AgendaRow]) -> tuple[Block, list[Stand]]:
    lines: list[list[str]] = []
    stands: list[Stand] = []
    for row in rows:
        one = row.shown
        if isinstance(one, Closure):
            lines.append([one.number or "–", closed_words(one), "", ""])
            stands.append((SAID, one.thing_key))
            continue
        title = one.item.title or "No title"
        lines.append(
            [
                one.number or "–",
                f"{title} (withdrawn)" if row.withdrawn else title,
                one.item.presenter or "–",
                clock(row.starts) if row.starts and one.item.minutes_allowed else "–",
            ]
        )
        stands.append((ITEM, one.item.key))
    head = ("Item", "Title", "Presented by", "Time")
    return Block("table", head=head, rows=lines), stands


def closed_words(closure: Closure) -> str:
    """What all readers are told of something that is closed."""
    asked = f" Ask: {closure.whom_to_ask}." if closure.whom_to_ask else ""
    return f"[Closed: {closure.ground.words}. Belongs to {closure.owner.name}.{asked}]"


def _minutes(reader: Actor, meeting: Meeting) -> list[Section]:
    """The minutes that this meeting is to agree, as they stand."""
    return [_minutes_of(reader, one) for one in waiting_to_be_agreed(reader, meeting)]


def _minutes_of(reader: Actor, earlier: Meeting) -> Section:
    blocks: list[Block] = []
    stands: list[Stand] = [(MEETING, earlier.key)]
    for line in items_of(reader, earlier):
        item = line.item
        stands.append((ITEM, item.key))
        blocks.append(Block("heading", f"{item.ref} {item.title}".strip() or "No title"))
        for paragraph in line.paragraphs:
            if paragraph.words:
                blocks.append(Block("words", lines=_lines(paragraph.words)))
            elif paragraph.shut:
                blocks.append(Block("closed", f"[Closed: {paragraph.shut.why}.]"))
                stands.append((SAID, paragraph.key))
        for limbs in line.decisions:
            for limb in limbs:
                words = f"{limb.limb_letter} {limb.limb_outcome}: {limb.limb_text}".strip()
                blocks.append(Block("words", lines=_lines(words)))
    return Section(
        mark=f"minutes:{earlier.key}",
        heading=f"Minutes of {day(earlier.held_on)}, to be agreed",
        sensitive=earlier.restricted,
        blocks=tuple(blocks),
        stands=tuple(stands),
    )


def _matters(reader: Actor, meeting: Meeting) -> list[Section]:
    """The newest table of what was open that was fixed with an issue of the agenda."""
    tables = [one for one in fixed_of(reader, meeting) if one.issue]
    if not tables:
        return []
    newest = tables[0]
    mark = f"arising:{newest.key}"
    before = f"arising:{tables[1].key}" if len(tables) > 1 else ""
    shown: Matters = as_fixed(reader, newest)
    table = Block(
        "table",
        head=("What", "Owned by", "Due", "Since the last meeting", "Due dates not kept"),
        rows=[
            [
                one.text,
                one.owner_words or "–",
                one.due or "–",
                f"{one.change_words}. {one.said}".removesuffix(" "),
                str(one.slips) if one.action else "–",
            ]
            for one in shown.lines
        ],
    )
    nothing = Block("words", lines=["Nothing is open from earlier meetings."])
    return [
        Section(
            mark=mark,
            heading="Matters arising",
            caption=f"As of {day(shown.as_of)}. Fixed with the agenda, and not altered since.",
            replaces=before,
            blocks=(table if shown.lines else nothing,),
            stands=tuple((mark, one.reference) for one in shown.lines),
        )
    ]


def _papers(papers: Iterable[Whole], shown: Iterable[ItemLine | Closure]) -> list[Section]:
    """In the order of the agenda; what names no item of it comes last."""
    numbers = [one.number for one in shown]
    place = {number: position for position, number in enumerate(numbers) if number}
    return [
        _paper(one) for one in sorted(papers, key=lambda one: place.get(one.item_ref, len(numbers)))
    ]


def _paper(whole: Whole) -> Section:
    paper = whole.paper
    stands: list[Stand] = [(PAPER, paper.key)]
    blocks: list[Block] = []
    if whole.withdrawal:
        said = f"Withdrawn on {day(whole.withdrawal.at)}: {whole.withdrawal.because}"
        blocks.append(Block("closed", said))
    else:
        blocks += _said_by(whole)
        stands += [(APPENDIX, one.key) for one in whole.appendices if not isinstance(one, Closure)]
        stands += [(SAID, one.thing_key) for one in whole.appendices if isinstance(one, Closure)]
        stands += [("documents.version", one.key) for one in whole.files]
    author = paper.author.title if paper.author else paper.author_text
    owner = paper.organisation.name if paper.organisation else ""
    facts = [
        f"Report of {', '.join(filter(None, [author, owner]))}" if author or owner else "",
        day(paper.dated_on) if paper.dated_on else "",
        f"Version {paper.number}" if paper.number > 1 else "",
        "Late" if whole.late else "",
        "Tabled" if whole.tabled else "",
    ]
    return Section(
        mark=f"paper:{paper.key}",
        heading=f"Item {whole.item_ref}: {paper.title}" if whole.item_ref else paper.title,
        caption=". ".join(filter(None, facts)),
        sensitive=paper.tier == Tier.SENSITIVE,
        replaces=f"paper:{whole.follows_key}" if whole.follows_key else "",
        blocks=tuple(blocks),
        stands=tuple(stands),
    )


def _said_by(whole: Whole) -> list[Block]:
    paper = whole.paper
    blocks: list[Block] = []
    if paper.marking:
        blocks.append(Block("words", lines=[f"Marking as printed: {paper.marking}"]))
    for title, text in (("Purpose", paper.purpose), ("Summary", paper.summary)):
        if text.strip():
            blocks += [Block("heading", title), Block("words", lines=_lines(text))]
    asked = [(one.ref, _lines(one.text)) for one in whole.puts] or [
        (one.ref, _lines(one.words)) for one in whole.recommendations
    ]
    if asked:
        blocks.append(Block("heading", "Recommendations"))
        blocks += [Block("words", ref=ref, lines=lines) for ref, lines in asked]
    for stretch in whole.stretches:
        if stretch.heading:
            blocks.append(Block("heading", stretch.heading))
        for paragraph in stretch.paragraphs:
            for place, piece in enumerate(paragraph.pieces):
                ref = "" if place else paragraph.ref
                if piece.kind == "table":
                    blocks.append(Block("table", ref=ref, head=piece.head, rows=piece.rows))
                else:
                    blocks.append(Block(piece.kind, ref=ref, lines=piece.lines))
    blocks += _appendices(whole)
    if whole.files:
        names = [f"{one.name} ({size_words(one.size)})" for one in whole.files]
        blocks += [
            Block("heading", "The file as received"),
            Block("words", lines=[NOT_HERE]),
            Block("list", lines=names),
        ]
    return blocks


def _appendices(whole: Whole) -> list[Block]:
    if not whole.appendices:
        return []
    rows = [
        [one.number or "–", closed_words(one), ""]
        if isinstance(one, Closure)
        else [one.ref, one.title or "No title", one.marking or "None"]
        for one in whole.appendices
    ]
    head = ("Appendix", "Title", "Marking as printed")
    return [Block("heading", "Appendices"), Block("table", head=head, rows=rows)]


def size_words(size: int) -> str:
    """In kB or MB, as pages say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
