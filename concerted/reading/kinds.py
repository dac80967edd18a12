"""Minutes, an agenda, or neither: told by what stands in the text, with the reason said."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from concerted.reading.dates import find_dates
from concerted.reading.lines import Line
from concerted.reading.people import looks_like_people
from concerted.reading.roll_labels import read_label

_AGENDA = re.compile(
    r"^(?:\W|the |public |draft )*agenda\b|\bagenda$|\bAGENDA\b|\bnotice of (?:the )?meeting\b|"
    r"\bsummoned\b",
    re.IGNORECASE,
)
_AGENDA_PACK = re.compile(
    r"\bagenda,? (?:decisions,? )?and (?:draft )?(?:minutes|decisions)\b", re.IGNORECASE
)
_MINUTES_TOP = re.compile(
    r"^(?:draft |unconfirmed |approved |the )*(?:minutes|action notes|notes|action points|"
    r"record)\b(?!:? of (?:the )?(?:previous|last))|\bminutes$|\bminutes[ :–-]"
    r"|\bminutes of (?:a|the) (?:\w+ ){0,6}meeting\b|\bmeeting minutes\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"\bmeeting\b.{0,160}\bheld\b|\bheld (?:on|at|in)\b", re.IGNORECASE)
_OUTCOME = re.compile(
    r"\b(?:AGREED|RESOLVED|ORDERED)\b|\b[Rr]esolved(?: that|:)|\b[Aa]greed(?: that|:)|"
    r"\bACTION ?:|\bAction ?[:–-]|\bapologies (?:for absence )?(?:were|was|had been|received)"
    r"|\bwas noted\b|\bwere (?:noted|agreed|approved)\b|\bthe meeting (?:closed|ended|"
    r"concluded|opened)\b|\bminutes of .{0,120}(?:agreed|approved|confirmed)\b"
)
_LISTS = re.compile(r"(?:present|attendance|attendees|apologies)[ ]{0,3}:", re.IGNORECASE)
_REPORT = re.compile(
    r"^(?:report (?:to|of|by)|agenda item (?:no|number)|recommendations?$|summary$|"
    r"executive summary|purpose of report)",
    re.IGNORECASE,
)


def kind_of(lines: Sequence[Line]) -> tuple[str, str]:
    """(kind, why): kind is minutes, agenda or unknown."""
    if not lines:
        return "unknown", "There is no text to read."
    top = [line.text[:400] for line in lines[:30]]
    texts = [line.text for line in lines]
    lists = _count(2, (_opens_list(lines, at) for at in range(min(len(lines), 300))))
    outcomes = _count(3, (_OUTCOME.search(text[:3000]) is not None for text in texts))
    labels = sum(
        text.lower().startswith(("minutes:", "decision:")) or " Minutes: " in text[:400]
        for text in texts
    )
    headed = any(_MINUTES_TOP.search(text) for text in top[:15])
    issue = any(text.startswith("Meeting:") for text in top)
    reports = sum(_REPORT.match(text) is not None for text in top)
    agenda = any(
        _AGENDA.search(text)
        for text in top[:15]
        if len(text) < 160 or text.startswith(("AGENDA", "Agenda"))
    )
    pack = any(_AGENDA_PACK.search(text) for text in top)
    dated = any(find_dates(text) for text in top)
    score = 2 * lists + outcomes + 2 * min(labels, 2) + 2 * headed + 2 * issue + pack
    score += headed and any(_LISTS.match(text) for text in top)
    score += any(_HELD.search(text) for text in top)
    if reports >= 2 and not lists and not labels:
        return "unknown", "This reads as a report to a meeting, not as its minutes."
    if agenda and not pack and not lists and not labels and outcomes <= 1 and not issue:
        return "agenda", "An agenda is announced, and nothing was recorded of the meeting."
    if pack and not labels and outcomes == 0 and not lists:
        return "agenda", "The page lists the items, and nothing was recorded of the meeting."
    if score >= 4 or (score >= 3 and dated):
        return "minutes", _why(lists, outcomes, labels, headed=headed)
    if agenda and dated:
        return "agenda", "An agenda is announced, and nothing was recorded of the meeting."
    return (
        "unknown",
        "Neither a list of those present nor a decision nor the heading of minutes was found.",
    )


def _count(enough: int, found: Iterable[bool]) -> int:
    """How many are true, looked at no further than to `enough` of them."""
    return sum(1 for _ in islice(filter(None, found), enough))


def _opens_list(lines: Sequence[Line], at: int) -> bool:
    label = read_label(lines[at])
    if label is None or (label.section == "apologies" and label.words != "prose"):
        return False
    if label.rest is not None:
        return looks_like_people(label.rest.text[:300])
    return at + 1 < len(lines) and looks_like_people(lines[at + 1].text[:300])


def _why(lists: int, outcomes: int, labels: int, *, headed: bool) -> str:
    found = []
    if headed:
        found.append("a heading of minutes")
    if lists:
        found.append("lists of people")
    if outcomes:
        found.append("decisions")
    if labels:
        found.append("minutes under the items")
    return "The text has " + (", ".join(found) or "the shape of minutes") + "."
