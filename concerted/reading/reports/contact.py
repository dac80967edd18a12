"""Whom to ask: the post for every reader, the person and how to reach them kept apart."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Field, Personal, Span
from concerted.reading.personal import read_personal
from concerted.reading.reports.marks import mark_of
from concerted.reading.vocabulary import is_person, is_role

_LABEL = re.compile(
    r"(?P<what>(?:name of )?contact(?: officers?| details| points?| name| number| for (?:further )?"
    r"(?:enquiries|information))?|(?:report )?authors?(?:[’']?s? contact details)?|"
    r"(?:for )?further information.{0,40}?(?:contact)?|officers? to contact|enquiries(?: to)?|"
    r"(?:post|job) title|position|designation|post|role|title|(?:officer )?name|"
    r"(?:direct )?(?:tel(?:ephone)?|phone|mobile)(?: ?(?:no|number))?|ext(?:ension)?|"
    r"e-?mail(?: address)?|address)\b\.?[ ]{0,3}(?:[:|][ |]{0,3}|(?=[\d(]))",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"[ ,;|(–-]{0,4}\b(?:tel(?:ephone)?|phone|mobile|e-?mail|ext(?:ension)?|direct dial)\b\.?"
    r"(?: ?(?:no|number|address)\b\.?)?[ :.]{0,4}$",
    re.IGNORECASE,
)
_POST = re.compile(r"(?:post|job title|post title|position|designation|role|title)$", re.IGNORECASE)
_MONTH_ONLY = re.compile(r"(?:\d{1,2} )?\w{3,9} \d{4}$")


def without_reach(line: Line) -> tuple[Line, list[Personal]]:
    """The line up to the first telephone number or e-mail address, and those."""
    found = [
        one
        for one in read_personal(line.text, [Span(0, len(line.text))], [])
        if one.kind in ("phone", "email")
    ]
    if not found:
        return line, []
    kept = line.text[: min(one.span.start for one in found)]
    label = _INLINE.search(kept)
    kept = kept[: label.start()] if label else kept
    moved = [
        Personal(one.kind, one.value, Span(line.start + one.span.start, line.start + one.span.end))
        for one in found
    ]
    return line.part(0, len(kept.rstrip(" ,;|(–-"))), moved


def names_somebody(words: str) -> bool:
    """A title or a common first name stands before a surname; capitals alone are no person."""
    found = read_personal(words.title() if words.isupper() else words, [Span(0, len(words))], [])
    return any(one.kind == "person" and one.span.start == 0 for one in found)


def is_report_author(line: Line) -> bool:
    """``Report author: …`` at the foot: whom to ask."""
    return bool(re.match(r"(?:report|paper) authors?\s*[:|]", line.text, re.IGNORECASE)) or bool(
        re.match(r"contact officers?\s*\|", line.text.lstrip("| "), re.IGNORECASE)
    )


def read_contact(lines: Sequence[Line]) -> tuple[Field | None, list[Personal], list[Line]]:
    """(post, who and how to reach them, lines that said neither)."""
    post: Field | None = None
    found: list[Personal] = []
    left: list[Line] = []
    for whole in lines:
        line = whole
        lead = len(line.text) - len(line.text.lstrip("| "))
        line = line.part(lead, len(line.text.rstrip("| ")))
        mark = mark_of(line)
        line = line.part(mark.length) if mark and mark.kind in ("decimal", "whole") else line
        label = _LABEL.match(line.text)
        line = line.part(label.end()) if label else line
        line, reach = without_reach(line)
        found += reach
        told = bool(reach or label)
        for piece in _pieces(line):
            words = squeeze(piece.text)
            as_post = label is not None and bool(_POST.match(label["what"].strip()))
            if not as_post and is_person(words) and len(words.split()) > 1 and not is_role(words):
                found.append(Personal("person", words, piece.span))
                told = True
            elif post is None and (as_post or is_role(words) or (label and not reach)):
                post = Field(words, piece.span)
                told = True
        if not told:
            left.append(whole)
    return post, found, left


def _pieces(line: Line) -> list[Line]:
    """A name and a post on one line, apart; a post that holds a comma stays whole."""
    words = line.text.strip(" ,;|–-.")
    if not words or _MONTH_ONLY.match(words):
        return []
    lead = line.text.find(words)
    line = line.part(lead, lead + len(words))
    cut = re.search(r"[ ]*(?:,|[ ][–—-][ ]|\||\()[ ]*", line.text)
    if cut and is_person(line.text[: cut.start()]):
        return [line.part(0, cut.start()), line.part(cut.end(), len(line.text.rstrip(" )")))]
    return [line]
