"""What goes into Word files, as far as whoever takes one may see it."""

from collections import defaultdict

from django.db.models import QuerySet

from concerted.access.actor import Actor
from concerted.meetings.public import ItemLine, Meeting, agenda_of
from concerted.minuting.public import Minutes, attenders_of, page_of
from concerted.papers.public import put_to, recommended_at
from concerted.restrictions.public import Closure, Tier, closures_in
from concerted.ui.words import clock, day
from concerted.word_files.making import Part, Row, Sheet
from concerted.word_files.models import Template

SENSITIVE = "OFFICIAL-SENSITIVE. Do not forward."


def templates_visible_to(actor: Actor) -> QuerySet[Template]:
    return Template.objects.filter(audience_id__in=actor.audience_ids).select_related("kept_by")


def template_of(actor: Actor) -> bytes:
    """The partnership's own template; empty where it has none."""
    newest = templates_visible_to(actor).first()
    return bytes(newest.docx) if newest else b""


def skeleton_of(actor: Actor, minutes: Minutes) -> Sheet:
    """The agenda with what is typed already, for minutes to be typed in Word."""
    meeting = minutes.meeting
    asked = _asked(actor, meeting)
    parts, sensitive = [], meeting.restricted
    for row in page_of(actor, minutes):
        if isinstance(row.line, Closure):
            parts.append(_closed(row.line))
            continue
        sensitive |= _is_sensitive(row.line)
        if row.read is None:
            continue
        draft = row.read.draft
        prompts = (*_prompts(row.line), *asked.get(row.line.item.ref, ()))
        mark = f"d_{draft.key}_{draft.version}"
        parts.append(Part(mark, _heading(row.line), prompts, draft.text))
    rows = [
        Row(
            f"s_{one.position}",
            f"{one.name}, {one.organisation_name}" if one.name else one.organisation_name,
            str(one.get_came_display()).lower() if one.came else "",
            one.substitute,
        )
        for one in attenders_of(actor, minutes)
    ]
    return Sheet(
        identifier=meeting.key,
        title=f"Minutes: {meeting.body.name}",
        facts=_facts(meeting),
        parts=tuple(parts),
        marking=SENSITIVE if sensitive else "",
        who_mark=f"w_{meeting.key}_{minutes.version}",
        rows=tuple(rows),
        others_mark=f"o_{meeting.key}",
        others=minutes.others,
    )


def record_of(reader: Actor, meeting: Meeting) -> Sheet:
    """The minutes as they stand on record, for corrections with tracked changes."""
    said = closures_in(reader, Meeting._meta.label_lower, [meeting.key])
    parts, sensitive = [], meeting.restricted
    for line in agenda_of(reader, meeting, said):
        if isinstance(line, Closure):
            parts.append(_closed(line))
            continue
        sensitive |= _is_sensitive(line)
        parts.append(Part(f"i_{line.item.key}", _heading(line), (), _on_record(line)))
    return Sheet(
        identifier=meeting.key,
        title=f"Minutes: {meeting.body.name}",
        facts=(*_facts(meeting), "Turn on Track Changes before you correct anything."),
        parts=tuple(parts),
        marking=SENSITIVE if sensitive else "",
    )


def _on_record(line: ItemLine) -> str:
    """The words of an item with its decisions, where these do not stand in them already."""
    words = [one.words for one in line.paragraphs if one.words]
    text = "\n\n".join(words)
    decided = [
        # As the page shows them: letters where there are several parts.
        f"{f'({limb.limb_letter}) ' if len(limbs) > 1 else ''}{limb.limb_outcome}: {limb.limb_text}"
        for limbs in line.decisions
        for limb in limbs
        if limb.limb_text not in text
    ]
    return "\n\n".join([*words, *decided])


def _facts(meeting: Meeting) -> tuple[str, ...]:
    when = day(meeting.held_on)
    begins = f"{when}, {clock(meeting.starts_at)}" if meeting.starts_at else when
    return (begins, meeting.venue) if meeting.venue else (begins,)


def _heading(line: ItemLine) -> str:
    title = line.item.title or "(no title)"
    return f"{line.number}. {title}" if line.number else title


def _prompts(line: ItemLine) -> tuple[str, ...]:
    return (f"Presented by {line.item.presenter}",) if line.item.presenter else ()


def _asked(actor: Actor, meeting: Meeting) -> dict[str, list[str]]:
    """What papers ask the meeting to decide, by the number of the item."""
    asked = recommended_at(actor, meeting.key)
    found: dict[str, list[str]] = defaultdict(list)
    for paper in put_to(actor, meeting.key):
        for words in asked.get(paper.key, ()):
            found[paper.item_ref].append(f"To decide ({paper.title}): {words}")
    return found


def _closed(closure: Closure) -> Part:
    number = f"{closure.number}. " if closure.number else ""
    return Part(
        f"c_{closure.thing_key}",
        f"{number}Closed item",
        (f"Closed to you: {closure.ground.words}.",),
    )


def _is_sensitive(line: ItemLine) -> bool:
    return line.closure is not None and line.closure.tier == Tier.SENSITIVE
