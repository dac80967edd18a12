"""Markings as reports print them: in a line of their own or a field, never inside a sentence."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Field, Span
from concerted.reading.vocabulary import listed

_LABEL = re.compile(
    r"[\W_]*(?:(?:protective|security)[ ]marking|(?:security[ ])?classification|marking)[ :|–-]+",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"[ \W]*(?:\bpage\b[ ]*)?\b\d{1,3}(?:[ ]?(?:of|/)[ ]?\d{1,3})?[ \W]*$", re.IGNORECASE
)
# Words with which a line of marking begins …
_FIRST = listed(
    """official restricted confidential secret top protect exempt private strictly not part
    unclassified public protectively"""
)
# … words of which such a line wholly consists …
_WORDS = _FIRST | listed(
    """sensitive for publication and in confidence information item report document marked
    commercial personal police staff only eyes locsen partners data when complete uk ii i
    management members"""
)
# … and, where it is not printed in capitals, what it must be in full.
_PLAIN = re.compile(
    r"(?:official[ ]?[-–:]?[ ]?sensitive|restricted|(?:strictly )?(?:private and )?confidential|"
    r"(?:top )?secret|not for publication|not protectively marked|official)$",
    re.IGNORECASE,
)
_NO_MARKING = frozenset(
    {"part", "not", "public information", "public", "private", "top", "information"}
)
_EXEMPT = re.compile(
    r"(?P<reason>(?:(?:is|are|be|as|contains?|considered|deemed)[ ])?(?P<core>"
    r"(?:not for publication|exempt(?: information)?|confidential|in private)\b[^.;\n|]{0,60}?"
    r"(?:by virtue of|under|within the meaning of|as defined (?:in|by)|pursuant to)"
    r"\b[^;\n|)]{0,160}?\b(?:schedule|section|act|regulations?|paragraphs?)\b[^.;\n|)]{0,120}))",
    re.IGNORECASE,
)
_PART = re.compile(r"(?P<part>part(?:ly|ially)?[ -]exempt)\b", re.IGNORECASE)
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
    if len(line.text) > 90:
        return None
    label = _LABEL.match(line.text)
    start = label.end() if label else len(line.text) - len(line.text.lstrip(" *#_[(-–|"))
    page = _PAGE.search(line.text, start)
    words = line.text[start : page.start() if page else None].strip(" *#_[]()-–|.:")
    said = re.findall(r"[A-Za-z]+", words)
    if not said or words.lower() in _NO_MARKING or not _is_marking(words, said):
        return None
    at = line.text.find(words, start)
    return Field(squeeze(words), Span(line.start + at, line.start + at + len(words)))


def is_labelled(line: Line) -> bool:
    """Whether a line is a field that names its marking: ``Classification: …``."""
    return _LABEL.match(line.text) is not None


def _is_marking(words: str, said: list[str]) -> bool:
    if not words.isupper():
        return _PLAIN.match(words) is not None
    low = [one.lower() for one in said]
    return low[0] in _FIRST and len(low) <= 9 and all(one in _WORDS for one in low)


def speaks_of_marking(words: str) -> bool:
    """Whether the value of a field is a marking at all: its status may be "final" as well."""
    return (
        re.search(
            r"\b(?:official|restricted|confidential|secret|exempt|public\w*|open|private|protect\w*|"
            r"unclassified|part (?:i|ii|1|2))\b",
            words,
            re.IGNORECASE,
        )
        is not None
    )


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
    """0 open, or not marked · 1 official · 2 asks the owner · 3 above what may be held at all."""
    words = re.sub(r"[^a-z0-9/]+", " ", marking.lower()).strip()
    if re.search(r"\bsecret\b", words):
        return 3
    if words == "official":
        return 1
    return 0 if not words or words in OPEN else 2
