"""From text to a Report: lines, the outline, then what each part says."""

from collections.abc import Sequence

from concerted.reading.lines import Line, normalise, split, squeeze
from concerted.reading.model import Field, Span, Unplaced
from concerted.reading.personal import read_personal
from concerted.reading.reports import appendices, head
from concerted.reading.reports.blocks import Block, blocks
from concerted.reading.reports.contact import read_contact
from concerted.reading.reports.flat import cut, once
from concerted.reading.reports.headings import IMPLICATIONS, kind_of_title
from concerted.reading.reports.kinds import kind_of
from concerted.reading.reports.model import Implication, Paragraph, Report, Section
from concerted.reading.reports.outline import Outline, Part, outline
from concerted.reading.reports.recommendations import read_recommendations

# Ten times the longest report we know of: beyond it a text is an accident or an attack.
MOST_CHARACTERS = 500_000
MOST_LINES = 10_000
_SILENT = frozenset({"recommendations", "background_papers", "appendices", "contact", "wards"})


def read_report(text: str) -> Report:
    """Read the text of a committee report into structure. No text raises an error."""
    text = normalise(text)
    lines = split(text)
    stop = next(
        (n for n, one in enumerate(lines) if n >= MOST_LINES or one.end > MOST_CHARACTERS),
        len(lines),
    )
    lines, beyond = lines[:stop], lines[stop:]
    lines, again = once(cut(lines))
    kind, why = kind_of(lines)
    if kind == "unknown":
        return Report(text, kind, why)
    if beyond:
        why += " The text is far longer than reports are: the rest of it was not read."
    return _report(text, why, outline(lines), [*again, *beyond], cut_short=bool(beyond))


def plain_report(text: str) -> Report:
    """A text that was asked for as a paper and reads as no report: its paragraphs, and no more."""
    text = normalise(text)
    lines = split(text)[:MOST_LINES]
    paragraphs = tuple(
        Paragraph(None, _as_printed(one, text), None, one.span) for one in blocks(text, lines)
    )
    why = "It was asked for as a paper, and reads as no report: only its words were taken over."
    return Report(text, "report", why, paragraphs=paragraphs)


def _report(
    text: str, why: str, parts: Outline, beside: Sequence[Line], *, cut_short: bool
) -> Report:
    told = head.read(text, parts.head, parts.markers)
    sections, paragraphs = _paragraphs(text, parts.parts)
    recommendations = [
        one
        for part in parts.parts
        if part.kind == "recommendations"
        for one in read_recommendations(text, part.lines)
    ]
    post, contact, left = read_contact(
        [line for part in parts.parts if part.kind == "contact" for line in part.lines]
    )
    left += [line for part in parts.parts if part.kind == "tail" for line in part.lines]
    left += [line for line in parts.head if line.start not in told.used]
    body = [line for part in parts.parts for line in part.lines if part.kind != "contact"]
    people = [*told.people, *contact]
    spans = [one.span for one in paragraphs] + [one.span for one in recommendations]
    return Report(
        text,
        "report",
        why,
        body=told.body,
        date=told.date,
        title=told.title,
        author=told.author,
        lead=told.lead,
        organisation=told.organisation,
        marking=told.marking,
        exempt_reason=told.exempt_reason,
        asked_for=told.asked_for,
        purpose=_words_of(text, parts.parts, "purpose"),
        summary=_words_of(text, parts.parts, "summary"),
        consultation=_words_of(text, parts.parts, "consultation"),
        contact_post=post,
        presented=tuple(told.presented),
        recommendations=tuple(recommendations),
        sections=tuple(sections),
        paragraphs=tuple(paragraphs),
        implications=tuple(_implications(text, parts.parts)),
        background_papers=tuple(_background(parts.parts)),
        appendices=appendices.merged(
            appendices.listed([line for part in parts.parts for line in part.lines]),
            [appendices.standing(at, lines) for at, lines in parts.appendices],
            appendices.mentioned(body),
        ),
        contact=tuple(sorted(people, key=lambda one: one.span.start)),
        personal=tuple(
            read_personal(text, spans, [one.value for one in people if one.kind == "person"])
        ),
        unplaced=_unplaced(left, [*parts.furniture, *beside]),
        truncated=cut_short or _is_truncated(parts),
    )


def _paragraphs(text: str, parts: Sequence[Part]) -> tuple[list[Section], list[Paragraph]]:
    """Every section, and what stands in those that tell; a number takes what follows it along."""
    sections: list[Section] = []
    made: list[Paragraph] = []
    for part in parts:
        if part.kind == "tail":
            continue
        end = part.lines[-1].end if part.lines else part.at.end
        sections.append(Section(part.ref, part.title, part.kind, Span(part.at.start, end)))
        if part.kind in _SILENT:
            continue
        begun: list[Paragraph] = []
        for block in blocks(text, part.lines):
            ref = block.mark.ref if block.mark and block.mark.kind in ("decimal", "whole") else None
            if ref is None and begun and begun[-1].ref is not None:
                begun[-1] = _with(begun[-1], block, text)
            else:
                words = block.words if ref is not None else _as_printed(block, text)
                begun.append(Paragraph(ref, words, len(sections) - 1, block.span))
        made += begun
    return sections, made


def _as_printed(block: Block, text: str) -> str:
    return squeeze(text[block.span.start : block.span.end])


def _with(paragraph: Paragraph, block: Block, text: str) -> Paragraph:
    words = f"{paragraph.text}\n{_as_printed(block, text)}"
    span = Span(paragraph.span.start, block.span.end)
    return Paragraph(paragraph.ref, words, paragraph.section, span)


def _words_of(text: str, parts: Sequence[Part], kind: str) -> Field | None:
    """What the sections of a kind say, without the numbers of their paragraphs."""
    found = [block for part in parts if part.kind == kind for block in blocks(text, part.lines)]
    if not found:
        return None
    return Field(
        " ".join(one.words for one in found), Span(found[0].span.start, found[-1].span.end)
    )


def _implications(text: str, parts: Sequence[Part]) -> list[Implication]:
    made: list[Implication] = []
    for part in parts:
        found = blocks(text, part.lines)
        if part.kind in IMPLICATIONS and found:
            words = " ".join(one.words for one in found)
            span = Span(part.at.start, found[-1].span.end)
            made.append(Implication(part.kind, part.title or "", words, span))
        elif part.kind == "implications":
            for one in found:
                title, sign, words = one.words.partition(":")
                kind = kind_of_title(title, in_implications=True) if sign else None
                if kind in IMPLICATIONS and len(title.split()) <= 8 and words.strip():
                    made.append(Implication(str(kind), title, words.strip(), one.span))
    return made


_NONE = ("none", "nil", "n/a", "not applicable", "there are no", "there were no", "no background")


def _background(parts: Sequence[Part]) -> list[Field]:
    made = []
    for line in (one for part in parts if part.kind == "background_papers" for one in part.lines):
        at = 0
        for words in line.text.split(";"):
            piece = line.part(at, at + len(words))
            at += len(words) + 1
            plain = piece.text.strip(" .•-–*").lower()
            if plain and not plain.startswith(_NONE):
                made.append(Field(squeeze(piece.text), piece.span))
    return made


def _unplaced(left: Sequence[Line], beside: Sequence[Line]) -> tuple[Unplaced, ...]:
    made = [Unplaced(line.text, line.span) for line in left]
    made += [Unplaced(line.text, line.span, "furniture") for line in beside]
    return tuple(sorted(made, key=lambda one: one.span.start))


def _is_truncated(parts: Outline) -> bool:
    """The last words are a sentence that nobody ended."""
    if parts.appendices or not parts.parts or parts.parts[-1].kind in (*_SILENT, "tail"):
        return False
    lines = parts.parts[-1].lines
    if not lines:
        return False
    words = lines[-1].text.split()
    return (
        len(words) >= 5
        and "|" not in lines[-1].text
        and (words[-1][-1].isalpha() or words[-1][-1] == ",")
        and any(word.islower() for word in words[-3:])
    )
