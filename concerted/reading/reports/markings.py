"""Markings as reports print them: in a line of their own or a field, never inside a sentence."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Field, Span

_LINE = re.compile(
    r"[\W_]*(?:(?:protective|security) marking\W+|classification\W+)?"
    r"(?P<marking>OFFICIAL(?:[ ]?[-–:][ ]?SENSITIVE)?(?:[ ]?[-–:\[(][ ]?[A-Z ]{3,30}[\])]?)?"
    r"|(?:NOT )?PROTECTIVELY MARKED|UNCLASSIFIED|PROTECT(?:[ ]?[-–][ ]?[A-Z ]{3,20})?"
    r"|RESTRICTED(?:[ ]?[-–][ ]?[A-Z ]{3,20})?|(?:STRICTLY )?(?:PRIVATE AND )?CONFIDENTIAL"
    r"|(?:TOP )?SECRET|(?:PART )?EXEMPT(?: (?:REPORT|ITEM))?|PART (?:II|2)(?: [A-Z]+)?"
    r"|NOT FOR PUBLICATION|PUBLIC (?:REPORT|DOCUMENT)|PART (?:I|1))[\W_]*$",
)
_EXEMPT = re.compile(
    r"(?P<reason>(?:(?:is|are|be|as|contains?|considered|deemed)[ ])?(?P<core>"
    r"(?:not for publication|exempt(?: information)?|confidential|in private)\b[^.;\n|]{0,60}?"
    r"(?:by virtue of|under|within the meaning of|as defined (?:in|by)|pursuant to)"
    r"\b[^;\n|)]{0,160}?\b(?:schedule|section|act|regulations?|paragraphs?)\b[^.;\n|)]{0,120}))",
    re.IGNORECASE,
)
_PART = re.compile(r"(?P<part>part(?:ly|ially)?[ -]exempt)\b", re.IGNORECASE)
_WHOLE_WORDS = re.compile(
    r"(?P<marking>exempt|confidential|restricted|official[- –]+sensitive)\b[^,;]{0,20}$",
    re.IGNORECASE,
)

# What Concerted may hold without asking; anything beyond is asked about, or refused.
OPEN = frozenset(
    {
        "official",
        "public",
        "public report",
        "public document",
        "open",
        "unclassified",
        "not protectively marked",
        "part i",
        "part 1",
        "none",
        "no",
        "n/a",
    }
)


def marking_of(line: Line) -> Field | None:
    """The marking that a line consists of, as at the head or the foot of a page."""
    found = _LINE.match(squeeze(line.text)) if len(line.text) < 90 else None
    if found is None:
        return None
    words = found["marking"].strip()
    at = line.text.find(words.split()[0])
    return Field(words, Span(line.start + max(at, 0), line.end))


def exempt_reason_of(line: Line) -> Field | None:
    """``not for publication by virtue of paragraph 3 of …``, as printed."""
    opening = re.search(r"\bnot for publication\b", line.text[:1000], re.IGNORECASE)
    at = opening.start() if opening else 0
    found = _EXEMPT.search(line.text, at, at + 1200)
    if found is None:
        return None
    start, end = found.span("core")
    end = start + len(line.text[start:end].rstrip(" .,)]"))
    return Field(squeeze(line.text[start:end]), Span(line.start + start, line.start + end))


def part_exempt_of(line: Line) -> Field | None:
    found = _PART.match(line.text.lstrip(" *#("))
    if found is None:
        return None
    at = line.text.find(found["part"])
    return Field(found["part"], Span(line.start + at, line.start + at + len(found["part"])))


def of_appendix(words: str) -> tuple[str, str | None]:
    """(title, marking) of an appendix as it is listed: ``Costs (exempt)``."""
    title = squeeze(words)
    found = re.search(r"[ ]*[\[(](?P<inner>[^()\[\]]{3,200})[\])][ .]*$", title)
    if found:
        inner = found["inner"].strip()
        plain = inner.lower()
        if re.match(r"exempt|confidential|restricted|official|not for publication|private", plain):
            return title[: found.start()].rstrip(" ,–-"), inner
        if re.match(r"attached|enclosed|to follow|to be tabled|see below|page \d|overleaf", plain):
            return title[: found.start()].rstrip(" ,–-"), None
    found = re.search(
        r"[ ]*[-–,:][ ]*(?P<marking>exempt|confidential|restricted|official"
        r"[- –]sensitive|not for publication.*)$",
        title,
        re.IGNORECASE,
    )
    if found:
        return title[: found.start()], found["marking"]
    return title, None


def strongest(lines: Sequence[Line]) -> Field | None:
    """Of several lines of marking the one that asks for most care; the first of its kind."""
    found = [made for line in lines if (made := marking_of(line)) is not None]
    return max(found, key=lambda one: care(str(one.value)), default=None)


def care(marking: str) -> int:
    """0 open · 1 official · 2 asks the owner · 3 above what may be held at all."""
    words = re.sub(r"[^a-z0-9/]+", " ", marking.lower()).strip()
    if re.search(r"\bsecret\b", words):
        return 3
    if words == "official":
        return 1
    return 0 if words in OPEN else 2
