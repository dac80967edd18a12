"""Items of a form whose references and titles are gone: each decision is one."""

import re
from collections.abc import Sequence
from itertools import pairwise

from concerted.reading.draft import Draft, DraftItem
from concerted.reading.layouts.form import PREAMBLES
from concerted.reading.lines import Line, is_bullet, is_furniture
from concerted.reading.outcomes import plain_code
from concerted.reading.refs import read_ref
from concerted.reading.title_text import is_sentence
from concerted.reading.titles import is_marker, is_title, says_none

_ENUMERATED = re.compile(
    r"\(?(?P<mark>\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=[ \t])|that\b|and\b", re.IGNORECASE
)
# A resolution whose verb was lost, or stands in the line above.
_THAT = re.compile(r"That (?:the|a|an|this|these|it|[A-Z]|all|no|any|each|both)\b")
_BARE_VERB = re.compile(
    r"(?:UNANIMOUSLY )?(?:RESOLVED|AGREED|ORDERED)[ .:;–-]{0,3}$", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?](?:[\"”’')]{0,2})[ ]{1,3}(?=[A-Z\"“‘])")
_NOTHING = frozenset({"none", "nil", "noted", "agreed", "approved", "deferred"})
# The longest sentence that a decision column holds without a verb of decision.
_BRIEF = 140


def is_outcome(line: Line) -> bool:
    """The line opens a decision: by its verb, as a resolution, or in one plain sentence."""
    if is_marker(line) or _numbered_marker(line) or _THAT.match(line.text):
        return True
    if says_none(line):
        return True
    return not _has_several_sentences(line.text) and plain_code(line.text) is not None


def _numbered_marker(line: Line) -> bool:
    """``1. AGREED that``: the limbs have the verb each."""
    match = _ENUMERATED.match(line.text)
    return match is not None and bool(match["mark"]) and is_marker(line.part(match.end()))


def _decides(line: Line) -> bool:
    return is_outcome(line) and not says_none(line)


def _has_several_sentences(text: str) -> bool:
    return _ENDS.search(text[:600]) is not None or len(text) > 600


def preamble_at(lines: Sequence[Line], begin: int) -> int:
    """Where the narrative of all the items begins."""
    return next(
        (i for i in range(begin, len(lines)) if lines[i].text.lower() in PREAMBLES), len(lines)
    )


def read_bare_items(draft: Draft, lines: Sequence[Line], begin: int, parts: dict[str, str]) -> None:
    """Take the lines from ``begin`` into items; what tells of none goes to the item before."""
    end = preamble_at(lines, begin)
    if end == len(lines):
        end = _behind_the_last_decision(lines, begin)
    tells = any(_is_narrative(line) for line in lines[begin:end])
    numbered = _are_numbered(lines[begin:end])
    headed = _are_headed(lines[begin:end])
    part = "public"
    for at in range(begin, len(lines)):
        line = lines[at]
        named = parts.get(line.text.lower().strip(":"))
        if named and (draft.items or at < end):
            part = named
            draft.furniture.append(line)
        elif is_furniture(line) or line.text.lower() in PREAMBLES:
            draft.furniture.append(line)
        elif at < end and numbered and _numbered_marker(line):
            draft.items.append(_numbered_item(line, part))
        elif at < end and headed and _heads(line):
            draft.items.append(DraftItem(title=line, part=part))
        elif at < end:
            _take(draft, lines, at, part, tells=tells)
        elif draft.items:
            draft.items[-1].told.append(line)
        else:
            draft.tail.append(line)


def _are_numbered(lines: Sequence[Line]) -> bool:
    """Every decision bears the next number: they are items, not limbs of one."""
    if any(is_marker(line) for line in lines):
        return False
    marks = [_ENUMERATED.match(line.text) for line in lines if _numbered_marker(line)]
    said = [mark["mark"] for mark in marks if mark]
    return len(said) > 2 and said == [str(number + 1) for number in range(len(said))]


def _are_headed(lines: Sequence[Line]) -> bool:
    """Titles were kept: most decisions stand, behind a gap or at once, under a line that is one."""
    over = [one for one, other in pairwise(lines) if is_marker(other)]
    headings = sum(map(_heads, over))
    return headings > 2 and headings * 3 >= len(over) * 2


def _heads(line: Line) -> bool:
    """A title on a line of its own."""
    if not line.gap or line.text[-1] in ".;,:" or is_marker(line) or is_outcome(line):
        return False
    return is_title(line) and _ENUMERATED.match(line.text) is None


def _numbered_item(line: Line, part: str) -> DraftItem:
    match = _ENUMERATED.match(line.text)
    if match is None:
        return DraftItem(decided=[line], part=part)
    at = line.part(match.start("mark"), match.end("mark"))
    return DraftItem(at.text, at.span, decided=[line.part(match.end())], part=part)


def _behind_the_last_decision(lines: Sequence[Line], begin: int) -> int:
    """Behind the last decision stands what was said, in an order that nothing tells."""
    last = max((i for i in range(begin, len(lines)) if is_marker(lines[i])), default=-1)
    if last < 0:
        return len(lines)
    at = last + 1
    while at < len(lines) and (
        not lines[at].gap or _continues(lines[at - 1], lines[at]) or _decides(lines[at])
    ):
        at += 1
    return at


def _is_narrative(line: Line) -> bool:
    """Several sentences, of which none decides."""
    return (
        not is_marker(line)
        and _ENUMERATED.match(line.text) is None
        and (_has_several_sentences(line.text))
    )


def _take(draft: Draft, lines: Sequence[Line], at: int, part: str, *, tells: bool) -> None:
    line = lines[at]
    last = draft.items[-1] if draft.items else None
    if last is not None and _is_limb(last, line):
        (last.told if last.told else last.decided).append(line)
    elif is_marker(line) and last and last.title and not last.decided:
        last.decided.append(line)
    elif is_marker(line) or _numbered_marker(line):
        draft.items.append(DraftItem(decided=[line], part=part))
    elif _is_capital_title(lines, at) or titles_a_decision(lines, at):
        draft.items.append(DraftItem(title=line, part=part))
    elif last is None:
        draft.items.append(DraftItem(decided=[line], part=part))
    elif (last.title and not last.decided) or (last.decided and not last.told and not line.gap):
        last.decided.append(line)
    elif _is_item_alone(line, tells=tells):
        draft.items.append(DraftItem(decided=[line], part=part))
    else:
        (last.told if last.told or is_sentence(line.text) else last.decided).append(line)


def _is_limb(last: DraftItem, line: Line) -> bool:
    """The list that the decision opened goes on."""
    if not last.decided or is_marker(line):
        return False
    before = (last.told or last.decided)[-1]
    numbered = _ENUMERATED.match(line.text)
    if numbered and (numbered["mark"] or "").strip() in ("1", "a") and _numbered_marker(line):
        return False
    return _continues(before, line)


def _is_capital_title(lines: Sequence[Line], at: int) -> bool:
    """A line in capitals over something; a very short one only over its decision ("CCTV")."""
    line = lines[at]
    if at + 1 >= len(lines) or not line.text.isupper() or not is_title(line):
        return False
    if len(line.text) <= 5 and not is_outcome(lines[at + 1]):
        return False
    return read_ref(line) is None


def titles_a_decision(lines: Sequence[Line], at: int) -> bool:
    """A title at once over a decision or over "None", as the form's two columns print them."""
    if at + 1 >= len(lines) or lines[at + 1].gap or lines[at].text[-1] in ".;,:":
        return False
    line, below = lines[at], lines[at + 1]
    if not is_title(line) or is_outcome(line) or read_ref(line) is not None:
        return False
    return is_marker(below) or below.text.lower().strip(" .") in _NOTHING


def _is_item_alone(line: Line, *, tells: bool) -> bool:
    """One sentence behind a gap; where the page tells stories, only one that decides."""
    if is_outcome(line):
        return True
    return not tells and is_sentence(line.text) and len(line.text) <= _BRIEF


def _continues(before: Line, line: Line) -> bool:
    """A list that the line before opened, or a sentence that it did not end."""
    if _THAT.match(line.text) and before.text[-1] == ".":
        return _BARE_VERB.match(before.text) is not None
    listed = is_bullet(line) or _ENUMERATED.match(line.text) is not None
    return listed or before.text.endswith((":", ",", ";", ":-")) or line.text[0].islower()
