"""What a report recommends: each point as printed, with the points below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Span
from concerted.reading.reports.blocks import Block, blocks
from concerted.reading.reports.marks import settled
from concerted.reading.reports.model import Recommendation

_ASKED = r"(?:asked|invited|requested|recommended|RECOMMENDED)"
_WHO = r"(?:the |our )?[A-Z]?[\w’'-]+(?: [\w’'&-]+){0,6}"
_INTRO = re.compile(
    rf"(?:it is (?:therefore |also |accordingly )?(?:recommended|proposed)\b|{_WHO} (?:is|are|be) "
    rf"(?:therefore |also )?{_ASKED}\b|recommended\b|that\b|to\b$|"
    r"(?:the )?recommendations? (?:is|are)\b)"
    r"(?P<rest>[^.;]{0,90})$",
    re.IGNORECASE,
)
_ASK_LINE = re.compile(
    r"(?:it is (?:therefore )?recommended\b[^.;]{0,60}|"
    rf"{_WHO} (?:is|are) (?:therefore )?{_ASKED}\b"
    r"(?: to)?(?: [a-z]+)?)\s*:[ ]?[-–]?$",
    re.IGNORECASE,
)
_NO_FURTHER = re.compile(r"(?:none|nil|n/a|not applicable)\W*$", re.IGNORECASE)


def asks(text: str) -> bool:
    """A line that opens recommendations by itself: ``Members are asked to:``"""
    return len(text) < 160 and _ASK_LINE.match(_unnumbered(text)) is not None


def opens(text: str) -> bool:
    """What can stand before a list of points: ``That the Board``"""
    return len(text) < 120 and _INTRO.match(_unnumbered(text)) is not None


def _unnumbered(text: str) -> str:
    return re.sub(r"^\W*(?:\d{1,2}(?:\.\d{1,2})?\W{1,2})?", "", text[:160]).strip()


@dataclass(slots=True)
class _Point:
    ref: str | None
    kind: str
    pieces: list[str]
    parts: list[tuple[str, list[str]]]
    start: int
    end: int


def read_recommendations(text: str, lines: Sequence[Line]) -> list[Recommendation]:
    """The points of a section of recommendations, in order."""
    found = [one for one in blocks(text, lines) if not _NO_FURTHER.match(one.words)]
    if not found:
        return []
    if _is_intro(found):
        found = found[1:]
    if not any(one.mark for one in found):
        return [_whole(one) for one in found]
    points: list[_Point] = []
    top: str | None = None
    before: str | None = None
    for one in found:
        kind = settled(one.mark, before) if one.mark else None
        if kind is None:
            if points:
                _go_on(points[-1], one)
            else:
                points.append(_Point(None, "none", [one.words], [], one.span.start, one.span.end))
            continue
        before = kind
        # After an introduction with a number of its own its letters are the points.
        top = top or kind
        if kind == top or not points or _outranks(kind, top):
            top = kind
            ref = one.mark.ref if one.mark else None
            points.append(_Point(ref, kind, [one.words], [], one.span.start, one.span.end))
        else:
            ref = one.mark.ref if one.mark else None
            points[-1].parts.append((ref or "•", [one.words]))
            points[-1].end = one.span.end
    return [_finished(point) for point in points]


def _outranks(kind: str, top: str) -> bool:
    return kind in ("decimal", "whole") and top in ("letter", "roman", "bullet")


def _is_intro(found: Sequence[Block]) -> bool:
    """Whether the first block only opens the list: ``The Board is asked to:``"""
    first, rest = found[0], found[1:]
    if not any(one.mark for one in rest) or not _INTRO.match(first.words):
        return False
    if len(first.words.split()) > 16:
        return False
    if first.mark is None:
        return True
    # "1. That the Board agrees: (a) … 2. That …" is a point of its own among others.
    same = any(one.mark and one.mark.kind == first.mark.kind for one in rest)
    return not same or not first.words.lower().startswith("that")


def _go_on(point: _Point, one: Block) -> None:
    (point.parts[-1][1] if point.parts else point.pieces).append(one.words)
    point.end = one.span.end


def _whole(one: Block) -> Recommendation:
    return Recommendation(None, one.words, (), one.span)


def _finished(point: _Point) -> Recommendation:
    words = squeeze(" ".join(point.pieces))
    parts = tuple((ref, squeeze(" ".join(said))) for ref, said in point.parts)
    why = ""
    if len(words) < 12 and not parts:
        why = "This is very short for a recommendation."
    elif point.kind == "none":
        why = "It stands before the first number."
    return Recommendation(point.ref, words, parts, Span(point.start, point.end), not why, why)
