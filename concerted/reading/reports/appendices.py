"""Appendices: listed, mentioned in the text, or standing behind it, each with its own marking."""

import re
from collections.abc import Iterable, Sequence

from concerted.reading.lines import Line, squeeze, without_bullet
from concerted.reading.model import Span
from concerted.reading.reports.markings import marking_of, of_appendix
from concerted.reading.reports.model import Appendix

_REF = r"(?:[A-Z]\d?|\d{1,2}[A-Za-z]?|[IVX]{2,4})(?![\w’'])"
_ENTRY = re.compile(
    rf"\W{{0,3}}(?i:appendix|annexe?|enclosure|attachment)[ ]{{1,3}}(?P<ref>{_REF})"
    r"[ \t]*[:.–—|-]*[ \t]*(?P<title>.*)$"
)
_MENTION = re.compile(
    rf"\b(?i:appendix|appendices|annexe?s?)[ ]{{1,2}}(?P<first>{_REF})"
    rf"(?P<more>(?:[ ]?(?:,|and|&|to|–|-)[ ]?{_REF})*)"
)
_JOIN = re.compile(rf"[ ]?(?P<how>,|and|&|to|–|-)[ ]?(?P<ref>{_REF})")


def entry(line: Line) -> tuple[str, Line] | None:
    """(reference, title) of a line that begins with ``Appendix B``; the title may be empty."""
    found = _ENTRY.match(line.text)
    if found is None or len(line.text) > 240:
        return None
    title = line.part(found.start("title"))
    # "Appendix B shows that …" is a sentence.
    if title.text[:1].islower() or (title.text.endswith(".") and len(title.text.split()) > 12):
        return None
    return found["ref"], title


def listed(lines: Sequence[Line]) -> list[Appendix]:
    """The appendices of a list."""
    made = []
    for line in lines:
        found = entry(without_bullet(line))
        if found:
            title, marking = of_appendix(found[1].text)
            made.append(Appendix(found[0], title or None, False, marking, line.span))
    return made


def standing(heading: Line, lines: Sequence[Line]) -> Appendix:
    """An appendix whose text is here: its heading, and what stands under it."""
    found = entry(heading)
    ref, words = found if found else ("", heading.part(len(heading.text)))
    title, marking = of_appendix(words.text)
    end = lines[-1].end if lines else heading.end
    for line in lines[:3]:
        printed = marking_of(line)
        if printed is not None:
            marking = marking or str(printed.value)
        elif (
            not title
            and len(line.text) < 120
            and line.text[-1] not in ".;,"
            and "|" not in line.text
        ):
            title = squeeze(line.text)
        else:
            break
    return Appendix(ref, title or None, True, marking, Span(heading.start, end))


def mentioned(lines: Iterable[Line]) -> list[Appendix]:
    """The appendices that sentences speak of."""
    made: list[Appendix] = []
    for line in lines:
        for found in _MENTION.finditer(line.text):
            span = Span(line.start + found.start(), line.start + found.end())
            refs = [found["first"]]
            for more in _JOIN.finditer(found["more"]):
                refs += _between(refs[-1], more["ref"]) if more["how"] in ("to", "–", "-") else []
                refs.append(more["ref"])
            made += [Appendix(ref, None, False, None, span) for ref in refs]
    return made


def _between(first: str, last: str) -> list[str]:
    """B for A to C, 2 for 1 to 3."""
    if first.isdigit() and last.isdigit():
        return [str(n) for n in range(int(first) + 1, min(int(last), int(first) + 30))]
    if len(first) == len(last) == 1 and first.isalpha():
        return [chr(n) for n in range(ord(first) + 1, ord(last))]
    return []


def merged(*sources: Iterable[Appendix]) -> tuple[Appendix, ...]:
    """Each appendix once; what an earlier source did not say is taken from a later one."""
    known: dict[str, Appendix] = {}
    for source in sources:
        for one in source:
            key = one.ref.upper()
            before = known.get(key)
            known[key] = one if before is None else _together(before, one)
    return tuple(sorted(known.values(), key=lambda one: (one.ref.isdigit(), _order(one.ref))))


def _together(one: Appendix, other: Appendix) -> Appendix:
    return Appendix(
        one.ref,
        one.title or other.title,
        one.here or other.here,
        one.marking or other.marking,
        one.span,
    )


def _order(ref: str) -> tuple[int, str]:
    return (int(ref), "") if ref.isdigit() else (0, ref)
