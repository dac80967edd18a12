"""Paragraphs and sentences of a narrative, each with its place in the text."""

import re
from collections.abc import Sequence

from concerted.reading.lines import Line, is_bullet, without_bullet
from concerted.reading.model import Span

_STOP = re.compile(r"[.!?][”\"’')]{0,2}[ \n\t]{1,20}(?=[A-Z‘“\"'(\d])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:mr|mrs|ms|dr|rev|revd|prof|cllr|cllrs|cll|cl|coun|st|no|nos|insp|supt|sgt|ch|ltd|approx"
    r"|para|p|e\.g|i\.e|etc|vs|ref|[A-Z]|hon|ext|tel|co|messrs|dept|viz|col|capt|maj|gen|brig|lt"
    r"|cdr|cmdr|det|const|fr|br|sr|rt|ald|asst|ass|wm|[at]/(?:supt|insp|sgt)|parch|barchg|ven|jr|snr)$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]", re.IGNORECASE)


_PARAGRAPH_NUMBER = re.compile(
    r"(?:\d{1,3}(?:\.\d{1,2}){1,3}[.)]?|\(?\d{1,2}[.)]|\([a-z]\)|[a-z]\))[ \t]{1,12}(?=[A-Z]|the )"
)


def paragraph_number(words: str) -> int:
    """How many characters the number of a paragraph takes: "4.2 The plan was approved."."""
    found = _PARAGRAPH_NUMBER.match(words)
    return found.end() if found else 0


_JOINING = (" and", "\nand", ";", ",")


def without_join(words: str) -> str:
    """Without the "and" or the semicolon by which the last words were joined to the next."""
    kept = words.rstrip()
    while kept.endswith(_JOINING):
        kept = kept[: -3 if kept.endswith("and") else -1].rstrip()
    return kept


def paragraphs(lines: Sequence[Line]) -> list[Span]:
    """Lines joined where a sentence was only wrapped; each span covers whole lines."""
    made: list[Span] = []
    previous: Line | None = None
    for line in lines:
        if previous is not None and _wraps(previous, line):
            made[-1] = Span(made[-1].start, line.end)
        else:
            start = without_bullet(line).start if is_bullet(line) else line.start
            made.append(Span(start, line.end))
        previous = line
    return made


def _wraps(before: Line, line: Line) -> bool:
    if (
        not before.text
        or not line.text
        or line.gap
        or line.start <= before.end
        or before.text[-1] in ".:;?!"
        or is_bullet(line)
    ):
        return False
    if _LISTED.match(line.text):
        return False
    if line.text[0].islower():
        return True
    return is_wrapped(before.text)


def is_wrapped(words: str) -> bool:
    """A line as long as lines of a page are, that ends in the middle of a sentence."""
    return 55 < len(words) < 130 and words[-1] not in ".:;?!)"


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of a stretch of text; a title or an initial with a point ends none."""
    made: list[Span] = []
    at = span.start
    for match in _STOP.finditer(text, span.start, span.end):
        if text[match.start()] == "." and _ABBREVIATION.search(
            text, max(at - 1, match.start() - 12, 0), match.start()
        ):
            continue
        stop = match.start() + len(match.group().rstrip())
        made.append(Span(at, stop))
        at = match.end()
    if text[at : span.end].strip():
        made.append(Span(at, span.end))
    return made
