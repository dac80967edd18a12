"""What can be the title of an item, and what is left of it when the page's marks are gone."""

import re
from collections.abc import Sequence

from concerted.reading.draft import DraftItem
from concerted.reading.lines import Line, is_bullet, is_furniture, squeeze
from concerted.reading.roll_labels import read_label
from concerted.reading.vocabulary import is_standard, listed

_PDF = re.compile(
    r"[ \t]{0,4}(?:pdf icon[ ]{1,3})?PDF[ ]{1,3}[\d.,]{1,8}[ ]{0,2}[KMG]B.{0,80}$|"
    r"[ \t]{1,4}pdf icon$",
    re.I,
)
_FILE = re.compile(r"[ ]{0,4}(?:pdf icon[ ]{1,3})?PDF[ ]{1,3}[\d.,]{1,8}[ ]{0,2}[KMG]B\b", re.I)
_DOCUMENTS = re.compile(r"(?:Additional|Supporting) [Dd]ocuments:")
_AIM = re.compile(r"(?<=[A-Za-z)’'\d])\.?[ ]{1,3}(?=To [a-z]{3,12} )")
SENTENCE_WORDS = listed(
    """was were is are had has have been would will shall should could may that which who he she
    they it we there advised informed reported stated noted agreed thanked welcomed gave
    said asked explained confirmed resolved declared proposed seconded"""
)
# "It was", "The Board then": the sentence goes on below.
_HANGING = listed("was were is are had has have be that then")
_PURPOSE = re.compile(
    r"(?:\(?[a-z]\) )?(?:to (?:receive|consider|approve|note|confirm|agree|discuss|sign|review|"
    r"hear|ask|provide|"
    r"deal|determine|elect|appoint|update|be|answer|any|inform|present|request|invite|seek|declare|advise|"
    r"welcome|adopt|notify|report|record|ratify|authorise|endorse|scrutinise|comment|identify|look|give|"
    r"allow|take|raise|introduce)\b|members? (?:are|is) (?:asked|invited|reminded|requested)|"
    r"the chair(?:man)? will|"
    r"(?:a )?(?:joint )?report (?:of|by|from) |attached|for (?:information|decision|discussion|"
    r"noting)|"
    r"(?:verbal|oral) (?:report|update)|presentation (?:by|from)|members of the (?:board|"
    r"committee) (?:are|should))",
    re.IGNORECASE,
)
_COLUMN = re.compile(r"(?:\t[ \t]{0,20}|[ ]{3,40})action(?:s|ed)?(?: by| for)?:?$", re.IGNORECASE)
_MARKER = re.compile(
    r"(?:AGREED|RESOLVED|ORDERED|UNANIMOUSLY|NOTED|ACTION[S]?\b ?[:\-–]|Action ?[:\-–]|"
    r"Resolved|Agreed|(?:DECISION|Decision)(?!s?[ ](?i:made|taken|of|on|by|log|list|notice)\b)"
    r"|(?:Delegated|DELEGATED|Key) (?:decision|DECISION)"
    r"|Minutes:|RECOMMENDED|Noted\.?$"
    r"|(?:APPROVED|DEFERRED|ENDORSED|ADOPTED|ACCEPTED|CONFIRMED|RATIFIED)[ .]{0,2}$)"
)
_CLOSED = (
    "the meeting closed",
    "meeting closed",
    "the meeting concluded",
    "the meeting ended",
    "there being no",
    "the meeting finished",
    "meeting ended",
    "meeting concluded",
    "the chair closed the meeting",
    "the chairman closed the meeting",
    "signed",
    "chairman ....",
    "chair ....",
)
# "The meeting began at 7pm and ended at 8.10pm", or a slot in which nothing is but the close.
_BEGAN_AND_ENDED = re.compile(
    r"(?:the )?meeting (?:began|commenced|started|opened)\b.{0,60}"
    r"\b(?:ended|closed|concluded|finished)\b"
    r"|\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\.?|hrs)?[ ]{0,2}[-–]?[ ]?"
    r"(?:close|closed|end|ends|finish)(?: of (?:the )?meeting)?\.?$"
)
# "The hearing rose at 4pm", "Close of meeting: 7.15 pm": short, with nothing else in the line.
_ENDED = re.compile(
    r"(?:the )?(?:(?:meeting|hearing|session|proceedings|business)"
    r" (?:(?:was|were|then|duly) ){0,2}(?:ended|closed|concluded|finished|terminated)\b"
    r"|(?:meeting|hearing|council|committee|board|panel|forum|court) (?:then )?rose\b)"
    r"|(?:close|time of clos\w{1,4}|end|conclusion) of (?:the )?(?:meeting|hearing)[ :–-]{1,3}"
    r"(?:at )?\d"
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_SUB = re.compile(
    r"(?:\((?P<round>[A-Za-z]|[ivx]{1,4})\)|(?P<point>[A-Z])\.)[ \t]{1,12}(?P<rest>\S.*)"
)


def clean(line: Line) -> Line:
    """The title without the mark of an attached file, or the name of the column beside it."""
    column = _COLUMN.search(line.text[:200]) if len(line.text) < 200 else None
    if column and column.start():
        line = line.part(0, column.start())
    match = _PDF.search(line.text[-200:]) if has_file_mark(line) else None
    if not match:
        return line
    return line.part(0, max(len(line.text) - 200, 0) + match.start())


def title_and_purpose(line: Line) -> tuple[Line, Line | None]:
    """``Title pdf icon PDF 9 KB To consider the report.`` on one line, taken apart."""
    listed_at = _DOCUMENTS.search(line.text[:400])
    if listed_at and listed_at.start():
        title, purpose = title_and_purpose(line.part(0, listed_at.start()))
        return title, purpose or line.part(listed_at.start())
    mark = _FILE.search(line.text[:400])
    if mark and mark.start():
        rest = line.part(mark.end())
        return line.part(0, mark.start()), rest if rest.text else None
    aim = _AIM.search(line.text[:400])
    if aim and line.text.endswith(".") and is_purpose(line.part(aim.start())):
        return line.part(0, aim.start()), line.part(aim.start())
    return line, None


def has_file_mark(line: Line) -> bool:
    end = line.text[-200:]
    return "pdf" in end.lower() and _PDF.search(end) is not None


_PART = re.compile(
    r"part (?:2|two|ii|b)\b.{0,60}$|"
    r"part (?:1|one|i|a)\b.{0,30}\b(?:public|open|press|non-exempt|unrestricted)\b.{0,30}$",
    re.IGNORECASE,
)
_SAYS_NONE = re.compile(
    r"(?:no|none|nil|nothing|there (?:was|were))\b[^.]{0,120}\.$", re.IGNORECASE
)


def is_part_heading(line: Line) -> bool:
    """ "Part II - exempt items" stands over the items that follow; it is no title."""
    return _PART.match(line.text) is not None


def says_none(line: Line) -> bool:
    """ "No other business." is what was said, not what the item is called."""
    return _SAYS_NONE.match(line.text) is not None


def is_purpose(line: Line) -> bool:
    """The agenda's line on why an item stands there ("To approve …")."""
    return _PURPOSE.match(line.text) is not None


def is_closing(line: Line) -> bool:
    """The line ends the meeting, or is for its signature."""
    low = line.text[:160].lstrip("( ").lower()
    ended = len(low) < 90 and _ENDED.match(low) is not None
    return ended or low.startswith(_CLOSED) or _BEGAN_AND_ENDED.match(low) is not None


def is_marker(line: Line) -> bool:
    """The line opens a decision or an action, so it is no title."""
    return _MARKER.match(line.text) is not None


# A day by itself is one of a list of days.
_DAY = re.compile(
    r"(?:(?:published|(?:last )?updated|printed|posted)(?: on|:)? )?(?:[A-Z][a-z]{2,5}day,? )?"
    r"\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? (?:19|20)\d\d[.,]?$",
    re.IGNORECASE,
)


def is_title(line: Line) -> bool:
    """Whether the line can be a title: short, no sentence, no label, no decision."""
    text = clean(line).text
    if is_standard(text) and not is_marker(line):
        return True
    if not 2 <= len(text) <= 180 or is_marker(line) or is_bullet(line) or is_furniture(line):
        return False
    if not (text[0].isupper() or text[0].isdigit() or text[0] in "“‘'\"£["):
        return False
    if says_none(line) or _DAY.match(text):
        return False
    if is_standard(text):
        return True
    if not any(c.isalpha() for c in text) or text.endswith((";", ",", ":-")):
        return False
    words = text.split()
    if len(words) > 22:
        return False
    if in_capitals(text):
        return True
    low = [w.strip(".,;:()").lower() for w in words]
    if low[-1] in _HANGING:
        return False
    dated = low[0] in ("minutes", "minute", "notes") and len(words) < 16
    if text.endswith((".", "!")) and (
        (len(words) > 7 and not dated) or any(w in SENTENCE_WORDS for w in low)
    ):
        return False
    long = [w for w in words if len(w.strip(".,;:()")) > 3]
    if len(long) > 2 and sum(w[0].isupper() for w in long) * 10 >= len(long) * 7:
        return True
    plain = [w for w in words if w.strip(".,;:()") and w.strip(".,;:()")[0].islower()]
    verbs = sum(w.lower() in SENTENCE_WORDS for w in plain)
    return not (verbs and len(words) > 4)


def in_capitals(text: str) -> bool:
    """Every word in capitals, but for the letters of "12th"."""
    return text.isupper() or _ORDINAL.sub("", text[:200]).isupper()


def is_heading(line: Line, following: Line | None) -> bool:
    """Whether an unnumbered line is a heading: titled words on their own with text under them."""
    text = line.text
    if not is_title(line) or following is None:
        return False
    if is_standard(text):
        return True
    words = text.rstrip(":").split()
    if len(words) > 9 or text.endswith("."):
        return False
    if text.endswith(":"):
        lower = sum(w[0].islower() for w in words)
        return len(words) <= 7 and lower * 2 <= len(words) and read_label(line) is None
    if text.isupper() and len(text) > 3:
        return True
    lower = sum(w[0].islower() for w in words)
    return line.gap > 0 and lower * 2 <= len(words) and not any(c.isdigit() for c in text[:1])


def read_subs(item: DraftItem, lines: Sequence[Line], at: int) -> int:
    """Take the lettered lines under a title into the item; the index after them is returned."""
    start = at
    while at < len(lines):
        match = _SUB.match(lines[at].text)
        if match and len(lines[at].text) < 140 and not lines[at].text.endswith((".", ";")):
            letter = match["round"] or match["point"]
            if at == start and letter.upper() not in ("A", "B", "I"):
                break
            item.subs.append((letter, squeeze(match["rest"])))
        elif at > start and is_bullet(lines[at]) and not lines[at].gap and len(lines[at].text) < 80:
            item.subs.append(("", squeeze(lines[at].text.lstrip("-–—•·* \t"))))
        else:
            break
        item.sub_lines.append(lines[at])
        at += 1
    return at


def _goes_on(title: Line, line: Line) -> bool:
    """A title that breaks off before its date goes on in the next line."""
    ends = (" ON", " OF", " THE", " AND", " -", " –", " HELD", " FOR", " TO")
    return title.text.endswith(ends) and len(line.text) < 60 and line.text.isupper()


def wrapped_title(item: DraftItem, lines: Sequence[Line], at: int) -> int:
    """A title that was wrapped goes on in the next line, with a blank line under the whole."""
    while at + 1 < len(lines) and item.title is not None and len(item.more_title) < 3:
        last = item.more_title[-1] if item.more_title else item.title
        if at and has_file_mark(lines[at - 1]):
            break
        if not _is_wrapped(last, clean(lines[at]), _ends_block(lines[at + 1])):
            break
        item.more_title.append(clean(lines[at]))
        at += 1
    return at


def _ends_block(below: Line) -> bool:
    """Behind this line's upper neighbour the title is over: a gap, or the name of what follows."""
    return below.gap > 0 or below.text in ("Minutes:", "Decision:", "Decisions:")


def _is_wrapped(title: Line, line: Line, last: bool) -> bool:
    """Whether the words of the title go on in the line under it."""
    if line.gap or not any(c.isalpha() for c in line.text) or len(line.text) > 200:
        return False
    if is_marker(line) or is_bullet(line) or is_furniture(line) or is_purpose(line):
        return False
    if title.text.count("(") > title.text.count(")") and ")" in line.text:
        return True
    if not last or title.text[-1] in ".;:?!)" or line.text[-1] in ".;:," or _SUB.match(line.text):
        return False
    words = line.text.split()
    if len(words) > 12 or any(word.lower() in SENTENCE_WORDS for word in words):
        return False
    if len(title.text) < 40:
        return _both_titled(title.text, line.text)
    return len(line.text) <= len(title.text)


def _bears_capital(word: str) -> bool:
    first = word.strip("‘“'\"(")[:1]
    return first.isupper() or first.isdigit()


def _both_titled(first: str, second: str) -> bool:
    """Short lines are one title only where both bear a title's capitals and neither is whole."""
    if len(first) < 20 or is_standard(first) or is_standard(second) or len(second.split()) > 6:
        return False
    long = [word for word in f"{first} {second}".split() if len(word.strip(".,;:()")) > 3]
    return len(long) > 3 and all(_bears_capital(word) for word in long)


def sub_capitals(item: DraftItem, lines: Sequence[Line], at: int) -> int:
    """A title in capitals may go on over several lines."""
    while at < len(lines) and item.title is not None and item.title.text.isupper():
        line = lines[at]
        if (
            (line.text.isupper() or _goes_on(item.title, line))
            and not line.gap
            and not _SUB.match(line.text)
            and not is_marker(line)
            and not is_furniture(line)
            and len(line.text) > 3
            and (line.text[0].isalpha() or _goes_on(item.title, line))
        ):
            item.more_title.append(line)
            at += 1
        else:
            break
    return at
