"""A title and what it tells on one line, taken apart where the sentence begins."""

import re

from concerted.reading.lines import Line
from concerted.reading.titles import SENTENCE_WORDS
from concerted.reading.vocabulary import is_person, is_standard

_BREAK = re.compile(r"(?P<mark>:-?|\.|[ ][-–—])[ ]{1,4}(?=\S)")
_NOTHING = re.compile(
    r"(?:none|nil|nothing|no|not|n/a|noted|received|approved|agreed|as above)\b", re.IGNORECASE
)
# All that is told of some items: "Approved.", "No report."
_ONLY_OUTCOME = re.compile(
    r"(?:none|nil|noted|received|approved|agreed|accepted|deferred|no report|"
    r"nothing to report)[ .]{1,2}$",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(r"apolog|present|attend|absen", re.IGNORECASE)
_NEXT_MEETING = re.compile(r"\b(?:next|future) meetings?\b|^next meeting", re.IGNORECASE)
_DATED = re.compile(
    r"(?:dates? (?:and time )?of (?:the )?)?next meeting"
    r"(?=[ ]{1,4}(?:(?:mon|tue|wed|thu|fri|sat|sun)"
    r"[a-z]{0,6}[ ,]|\d))",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:\w+ )?(?:report|presentation|update)s? (?:of|by|from|on)\b", re.IGNORECASE)
_DAY = re.compile(
    r"(?:mon|tues?|wed|thur?s?|fri|sat|sun)[a-z]{0,6}\b|\d|"
    r"to be (?:arranged|confirmed|agreed)|tb[ac]\b",
    re.IGNORECASE,
)


def title_and_text(line: Line) -> tuple[Line, Line] | None:
    """``Highways: the Clerk reported that ...`` as its title and what it tells, or None.

    A title that nearly every agenda has ends at its colon; any other only before a sentence.
    """
    dated = _DATED.match(line.text)
    if dated:
        return line.part(0, dated.end()), line.part(dated.end())
    for match in _BREAK.finditer(line.text[:100]):
        title, text = line.part(0, match.start()), line.part(match.end())
        if not _can_be_cut(title.text) or not text.text:
            continue
        if in_capitals_before(title.text, text.text):
            return title, text
        if title.text.isupper() and _goes_on_in_capitals(text.text):
            continue
        if _tells(title.text, match["mark"], text.text):
            return title, text
        if match["mark"] != ".":
            return None
    return None


def in_capitals_before(title: str, text: str) -> bool:
    """Words in capitals, then a mark, then several words that are not: the text begins there."""
    small = sum(word[0].islower() for word in text.split()[:12])
    if _goes_on_in_capitals(text):
        return False
    return title.isupper() and len(title) > 3 and small > 1 and not _only_presents(text)


def _only_presents(text: str) -> bool:
    """``Report of the Treasurer`` belongs to the title, unless it is a sentence to its point."""
    return _BY.match(text) is not None and not text.endswith(".")


def _goes_on_in_capitals(text: str) -> bool:
    """The first word is in capitals too, and no verb of a decision."""
    first = text.split()[0].strip(".,;:()")
    return first.isupper() and len(first) > 2 and not first.startswith(("RESOLVED", "AGREED"))


def _can_be_cut(title: str) -> bool:
    """Not after an abbreviation ("St.", "No.") nor within brackets."""
    if title.count("(") > title.count(")") or not title:
        return False
    return is_standard(title) or (len(title.split()[-1]) > 3 and len(title.split()) <= 10)


def _tells(title: str, mark: str, text: str) -> bool:
    if not is_standard(title):
        return is_sentence(text) or (mark == "." and _ONLY_OUTCOME.match(text) is not None)
    if mark.startswith(":") and _is_title_too(title, text):
        return False
    if _NEXT_MEETING.search(title) and _DAY.match(text):
        return True
    if mark.strip() in ("-", "–", "—"):
        return is_sentence(text) or _NOTHING.match(text) is not None
    return text.endswith(".") or _OF_PEOPLE.search(title) is not None or not is_person(text)


def _is_title_too(title: str, text: str) -> bool:
    """ "Highways: Winter Maintenance": what stands behind the colon bears a title's capitals."""
    if _OF_PEOPLE.search(title) or _NEXT_MEETING.search(title) or text[-1] in ".;!?":
        return False
    long = [word for word in text.split() if len(word.strip(".,;:()")) > 3]
    return (
        1 < len(long) <= 8
        and all(word[0].isupper() for word in long)
        and not text.isupper()
        and not is_person(text)
    )


def is_sentence(text: str) -> bool:
    """Words with a verb, ended as a sentence is."""
    words = text[:400].split()
    low = [word.strip(".,;:()").lower() for word in words]
    return (
        len(words) >= 3
        and (len(text) > 160 or text.endswith((".", "!", "?", ";")))
        and any(word in SENTENCE_WORDS for word in low)
    )
