"""How an action is marked: a word before it, brackets, or initials at the end of a line."""

import re
from functools import lru_cache

from concerted.reading.lines import Line, without_bullet
from concerted.reading.right_column import INITIALS, trailing_owner
from concerted.reading.vocabulary import is_strong_title

MARK = re.compile(
    r"(?:(?:(?:AGREED|Agreed|FOR|For|NEW|New|FURTHER|Further|KEY|Key)[ ](?:ACTIONS?|[Aa]ctions?)"
    r"|ACTIONS?|Actions?)(?:\(s\)|/s)?|AP(?=[ ]?\d))"
    r"(?:[ ]?(?:[Pp]oints?|POINTS?|[Ii]tems?|ITEMS?|[Rr]equired|REQUIRED|agreed|AGREED|arising|"
    r"log))?"
    r"(?:[ ]?(?:no\.? ?|NO\.? ?|#)?\d{1,4}(?:[./-]\d{1,4}){0,3}[a-z]?)?"
    r"(?P<by>[ ]{1,2}(?:by|for|on|BY|FOR))?[ \t]{0,3}"
    r"(?P<mark>[:;][-–]?|[-–—](?=[ \tA-Z])|\.(?=[ ][A-Z])|(?=[ ][A-Z]{2,4}(?:,|[ ]to\b)))[ \t]{0,6}"
)
INSIDE = re.compile(
    r"[(\[]?\bA(?:CTION|ction)[Ss]?(?: by| for)?[ ]?[:–-][ ]{0,3}"
    r"(?P<rest>(?:(?!\bA(?:CTION|ction)[Ss]?(?: by| for)?[ ]?[:–-])"
    r"(?:[^()\]\n]|\([^()\n]{0,60}\))){1,300})[)\]]?"
)
# A right-hand column: the one who is to do it, and what.
TRAILING_TASK = re.compile(
    rf"(?:[ ]{{3,}}|\t[ \t]*)(?P<task>(?:{INITIALS}|ALL|All)"
    r"[ ](?:to|will)[ ][a-z][^\t]{2,110})$"
)
# "Book the hall – AB", "Book the hall (AB)": in a list of actions the name may come last.
NAME_AT_END = re.compile(
    r"(?:[ ](?:–|—|-)[ ]|[ ][(\[])(?P<who>[A-Z][\w’'/&, .-]{1,40}?)[)\]]?[ .]{0,2}$"
)
_ENTRY_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}(?:\.\d{1,2})?|[a-z]|[ivx]{1,4})[.)\]][ \t]{1,8}")


NOTHING = re.compile(
    r"(?:none|nil|n/?a|no(?: further)? actions?)(?: (?:required|needed|arising|noted))?[ .]{0,2}$|"
    r"(?:all )?(?:actions? )?(?:are |were |have been |had been |now )?"
    r"(?:all )?(?:complete|completed|done|closed|discharged|in hand)\b(?! by\b)",
    re.IGNORECASE,
)


_BACK = re.compile(
    r"\W{0,3}(?:complete|completed|done|closed|ongoing|discharged|outstanding|carried|has been|"
    r"was|were|is|to be|to remain)\b",
    re.I,
)


def looks_back(text: str, mark: re.Match[str]) -> bool:
    """ "Action 3 - complete" tells of an action of an earlier meeting."""
    numbered = any(c.isdigit() for c in mark.group())
    return numbered and _BACK.match(text, mark.end()) is not None


_NUMBER_BEFORE_MARK = re.compile(
    r"[(\[]?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[a-z])[.)\]]?[ \t]{1,8}(?=(?:ACTIONS?|Actions?)\b)"
)


def number_before_mark(words: str) -> int:
    """How many characters a number takes that stands before the mark: "2.1 ACTION: AB to …"."""
    found = _NUMBER_BEFORE_MARK.match(words)
    return found.end() if found else 0


# "… at the school. EF": initials of somebody after the end of the last sentence.
_AFTER_STOP = re.compile(
    r"[.!?][)”\"]?[ ]{1,2}(?P<who>[A-Z][A-Z-]{0,4}[A-Z]"
    r"(?:[ ]?[/&,+][ ]?[A-Z][A-Z-]{0,4}[A-Z]){0,4})[ .]{0,2}$"
)


def after_stop(line: Line, text: str) -> re.Match[str] | None:
    """Initials behind a full stop at the end of a line, of people whom the text names."""
    found = _AFTER_STOP.search(line.text[-40:])
    if found is None:
        return None
    # A rank at the end of a wrapped line: its name begins the next.
    following = text[line.end : line.end + 40].split() if is_strong_title(found["who"]) else []
    if following and text.find(f"{found['who']} {following[0]}", 0, _MOST_NAMED) >= 0:
        return None
    named = _named_in(text)
    each = re.split(r"[/&,+ ]+", found["who"])
    return found if all(one.replace("-", "") in named for one in each) else None


# Who is named at all is named by then: a longer text is several meetings, or an attack.
_MOST_NAMED = 200_000
_NAMES = re.compile(r"\b[A-Z][\w’']{0,24}(?:(?:\.?[ ]|-)[A-Z][\w’']{0,24}){1,12}")
_PART = re.compile(r"[A-Z][\w’']*")
_MOST_LETTERS = 6


@lru_cache(maxsize=2)
def _named_in(text: str) -> frozenset[str]:
    """The letters with which the names in the text begin: "AB", "ABD" for "Ann Bell-Dunn"."""
    made: set[str] = set()
    for run in _NAMES.finditer(text, 0, _MOST_NAMED):
        parts = _PART.findall(run.group())
        letters = "".join(part[0] for part in parts)
        for end, part in enumerate(parts, start=1):
            if len(part) > 2 and not part[1].isupper():
                made |= {letters[at:end] for at in range(max(0, end - _MOST_LETTERS), end - 1)}
    return frozenset(made)


def entry_number(words: str) -> int:
    """How many characters the number of a list's entry takes."""
    found = _ENTRY_NUMBER.match(words)
    return found.end() if found else 0


def told_before_mark(line: Line) -> Line | None:
    """What a line tells before the initials or the mark that end it: a decision may stand there."""
    line = without_bullet(line)
    if MARK.match(line.text):
        return None
    trailing = trailing_owner(line.text)
    if trailing:
        return line.part(0, trailing.start)
    task = TRAILING_TASK.search(line.text[-160:])
    if task:
        return line.part(0, max(len(line.text) - 160, 0) + task.start())
    stopped = _AFTER_STOP.search(line.text[-40:])
    if stopped:
        return line.part(0, max(len(line.text) - 40, 0) + stopped.start("who"))
    inside = INSIDE.search(line.text)
    return line.part(0, inside.start()) if inside and inside.start() > 0 else None
