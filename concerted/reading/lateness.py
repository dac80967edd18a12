"""Who was to be late, as a sentence tells it."""

import re

from concerted.reading.model import Name, Span
from concerted.reading.people import read_people
from concerted.reading.vocabulary import bare, is_person, is_strong_title

_LATE = re.compile(
    r"\b(?:late arrivals?|lateness|(?:be|being|arrive|arriving|arrived|join|joining|running|"
    r"attend|attending|come|coming)[ \n](?:(?:a|the|meeting|little|slightly|bit|somewhat|"
    r"rather|few|minutes)[ \n]){0,4}late(?:r)?)\b",
    re.IGNORECASE,
)
# "An apology for lateness was received from A": the names stand behind it.
_BEHIND = re.compile(
    r"[ \n](?:(?:was|were|had|has|have|been)[ \n]){0,3}(?:received|made|given|submitted|sent|"
    r"offered|tendered|noted|recorded)?[ \n]{0,2}(?:from|by|on behalf of|for)[ \n:]",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[ \n]{0,2}[:–-][ \n]{0,2}")
_WORD = re.compile(r"[^\s,;:()]+|[,;:()]")


def is_about_lateness(low: str) -> bool:
    """Whether a sentence (in lower case) tells of somebody who comes late."""
    return "late" in low and _LATE.search(low) is not None


def late_people(text: str, one: Span) -> list[Name]:
    """The late of a sentence: those named behind "lateness from", else those before the verb."""
    sentence = text[one.start : one.end]
    found = _LATE.search(sentence)
    if found is None:
        return []
    for pattern in (_BEHIND, _LABEL):
        behind = pattern.match(sentence, found.end())
        names = read_people(text, one.start + behind.end(), one.end, "late") if behind else []
        if names:
            return names
    led = re.search(r"\bfrom[ \n]", sentence[: found.start()])
    if led and "apolog" in sentence[: led.start()].lower():
        stop = re.search(r"[ ,]{1,2}(?:who|for|to say|that)\b", sentence[led.end() : found.start()])
        end = led.end() + stop.start() if stop else found.start()
        return read_people(text, one.start + led.end(), one.start + end, "late")
    start, end = _subject(sentence[: found.start()])
    return read_people(text, one.start + start, one.start + end, "late") if end else []


def _subject(words: str) -> tuple[int, int]:
    """The place of the last people named in the words, joined by "and" or commas."""
    pieces = list(_WORD.finditer(words))[-200:]
    stop = len(pieces)
    while stop > 0:
        last = _person_before(words, pieces, stop)
        if last is None:
            stop -= 1
            continue
        first = last
        while first > 1 and pieces[first - 1].group() in ("and", ",", "&"):
            before = _person_before(words, pieces, first - 1)
            if before is None:
                break
            first = before
        return pieces[first].start(), pieces[stop - 1].end()
    return 0, 0


def _person_before(words: str, pieces: list[re.Match[str]], stop: int) -> int | None:
    """Where the longest person's name begins that ends just before piece ``stop``."""
    best: int | None = None
    for start in range(stop - 1, max(stop - 7, -1), -1):
        first = pieces[start].group()
        if first in ",;:()" or not (first[0].isupper() or best is not None):
            break
        name = words[pieces[start].start() : pieces[stop - 1].end()]
        if is_person(name) and bare(first) not in ("the", "that", "and"):
            best = start
            if is_strong_title(first) and not is_strong_title(pieces[start - 1].group()):
                break
    return best
