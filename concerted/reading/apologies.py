"""Apologies told in prose or listed, and lateness, which is no absence."""

import re

from concerted.reading.model import Name, Span
from concerted.reading.people import looks_like_people, read_people
from concerted.reading.roll_labels import APOLOGY_VERB
from concerted.reading.sentences import sentences

_SENT = re.compile(
    r"(?P<who>.{3,400}?)[ ]{1,2}(?:had |have |has )?(?:sent|gave|given|submitted|tendered|offered)"
    r" (?:their |his |her )?apologies",
    re.IGNORECASE | re.DOTALL,
)


_SUBSTITUTED = re.compile(
    r"[ ,]{1,3}(?:who (?:was|were) (?:represented|substituted)|substituted by|"
    r"with .{0,40}substitut)",
    re.I,
)


_FOR_LATENESS = re.compile(
    r",? and (?:apologies )?from (?P<who>[^;]{3,200}?) for (?:lateness|late arrival|arriving late)",
    re.IGNORECASE,
)


LED = re.compile(
    r"(?:was|were|had been|have been|received|submitted|on behalf|from)\b", re.IGNORECASE
)


def apologies_in(text: str, span: Span, *, listed: bool) -> tuple[list[Name], list[Name]]:
    """Who sent apologies, and who was to be late, in a stretch of prose or (``listed``) a list."""
    away: list[Name] = []
    late: list[Name] = []
    rows_follow = False
    for one in sentences(text, span):
        sentence = text[one.start : one.end]
        low = sentence.lower()
        at = low.find("apolog")
        if at < 0:
            if listed or rows_follow:
                lead = APOLOGY_VERB.match(sentence) if listed else None
                begin = one.start + (lead.end() if lead else 0)
                if looks_like_people(text[begin : one.end]):
                    away += read_people(text, begin, one.end, "apologies")
            continue
        rows_follow = False
        sent = _SENT.match(sentence)
        if sent and "apolog" not in sent["who"].lower():
            away += read_people(text, one.start, one.start + sent.end("who"), "apologies")
            continue
        word_end = at + 6
        while word_end < len(low) and low[word_end].isalpha():
            word_end += 1
        verb = APOLOGY_VERB.match(sentence, word_end)
        begin = verb.end() if verb else word_end
        led = verb is not None and re.search(
            r"\b(?:from|behalf of|for|by|follow\w*)[ \n:;–-]*$", verb.group(), re.I
        )
        punctuated = sentence[word_end:begin].strip().endswith((":", ":-", "–", "-"))
        if not (led or punctuated or (listed and at == 0)):
            continue
        rows_follow = begin >= len(sentence.rstrip()) or punctuated
        stop = one.end
        cut = _SUBSTITUTED.search(sentence, begin)
        if cut:
            stop = one.start + cut.start()
        is_late = "late" in low[:begin]
        behind = _FOR_LATENESS.search(sentence, begin)
        if behind and not is_late:
            late += read_people(
                text, one.start + behind.start("who"), one.start + behind.end("who"), "late"
            )
            stop = one.start + behind.start()
        names = read_people(text, one.start + begin, stop, "late" if is_late else "apologies")
        (late if is_late else away).extend(names)
    return away, late
