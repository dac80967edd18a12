"""The council agenda system's form when its labels, references and titles are gone."""

from collections.abc import Sequence

from concerted.reading.draft import Draft
from concerted.reading.layouts.bare_items import (
    is_outcome,
    preamble_at,
    read_bare_items,
    titles_a_decision,
)
from concerted.reading.layouts.bare_lists import FormHead, is_people, moment_at, read_form_head
from concerted.reading.layouts.bare_sections import rolls_of
from concerted.reading.layouts.form import COLUMNS, LABELS, PARTS
from concerted.reading.layouts.parted_refs import repeated_letters
from concerted.reading.lines import Line
from concerted.reading.refs import read_ref
from concerted.reading.roll_labels import read_label
from concerted.reading.title_text import is_sentence
from concerted.reading.titles import is_marker, is_title
from concerted.reading.vocabulary import is_standard

_SAY_NOTHING = (*COLUMNS, *PARTS)


def evidence(lines: Sequence[Line]) -> bool:
    """The form's values in their order, none of its labels, and decisions without references."""
    low = {line.text.lower() for line in lines[:80]}
    if any(label in low for label in (*LABELS, "present:", "apologies for absence:")):
        return False
    if are_lists_in_order(lines):
        return any(is_outcome(line) for line in lines[:400])
    if any(label in low for label in COLUMNS) and not without_labels(lines):
        return False
    refs = sum((ref := read_ref(line)) is not None and ref.kind == "code" for line in lines[:400])
    if refs >= 2 or not any(is_outcome(line) for line in lines[:400]):
        return False
    return _is_announced(lines) or _stands_in_order(lines)


def are_lists_in_order(lines: Sequence[Line]) -> bool:
    """Day and place, then several lists of people of which none has a label: who came, and so on.

    A form of which titles were kept has headings behind them, so those tell nothing.
    """
    if moment_at(lines) is None:
        return False
    head = read_form_head(lines[:120], _SAY_NOTHING)
    named = [one for one in head.lists if one.label is None and "," in one.text]
    codes = (read_ref(line) for line in lines[head.stop : 400])
    return len(named) == len(head.lists) >= 2 and not any(
        ref is not None and ref.kind == "code" and ref.rest is None for ref in codes
    )


def _is_announced(lines: Sequence[Line]) -> bool:
    """The form's own heading and its note on approval."""
    head = [line.text.lower() for line in lines[:12]]
    if not any(text.endswith("minutes") for text in head[:5]):
        return False
    return any("subject to approval" in text or text == "attendance details" for text in head)


def _stands_in_order(lines: Sequence[Line]) -> bool:
    """Day, then people without a label, then at once a decision, and hardly a heading after it."""
    if moment_at(lines) is None:
        return False
    head = read_form_head(lines[:120], _SAY_NOTHING)
    if not head.lists or head.stop >= len(lines) or _says_who_came(head):
        return False
    if len(head.lists) < 2 and "," not in head.lists[0].text:
        return False
    first = lines[head.stop]
    if not is_outcome(first) and not is_sentence(first.text):
        return titles_a_decision(lines, head.stop) and _decides_throughout(lines[head.stop :])
    return _decides_throughout(lines[head.stop : preamble_at(lines, head.stop)])


def _says_who_came(head: FormHead) -> bool:
    return any(one.label is not None and one.section == "present" for one in head.lists)


def _decides_throughout(lines: Sequence[Line]) -> bool:
    """Decisions follow each other, and no headings part them but over a decision at once."""
    some = lines[:400]
    decisions = sum(is_outcome(line) for line in some)
    headings = 0
    listed = False
    for at, line in enumerate(some):
        listed = at > 0 and (some[at - 1].text[-1] == ":" or listed) and read_ref(line) is not None
        headings += not listed and _is_heading(line) and not titles_a_decision(some, at)
    return decisions >= 2 and headings * 3 <= decisions


def _is_heading(line: Line) -> bool:
    if is_marker(line) or not line.gap:
        return False
    ref = read_ref(line)
    rest = ref.rest if ref else line
    if rest is None or line.text.endswith((".", ";", ":")):
        return False
    return is_standard(rest.text) or (is_title(rest) and not any(c.isdigit() for c in rest.text))


def without_labels(lines: Sequence[Line]) -> bool:
    """People stand at once under "Attendance Details", and no label of a list behind them."""
    low = [line.text.lower() for line in lines[:60]]
    at = low.index("attendance details") + 1 if "attendance details" in low else len(lines)
    if at >= len(lines) or not is_people(lines[at].text):
        return False
    if repeated_letters(lines):
        return False
    return not any(read_label(line) for line in lines[at : at + 12])


def segment(lines: Sequence[Line]) -> Draft:
    """Only the values are left: lists of people and decisions are known by look and order."""
    draft = Draft("egenda-stripped")
    head = read_form_head(lines, _SAY_NOTHING)
    take_form_head(draft, head, lines[head.stop :])
    read_bare_items(draft, lines, head.stop, PARTS)
    return draft


def take_form_head(draft: Draft, head: FormHead, told: Sequence[Line]) -> None:
    """The head's lines, lists and furniture into the draft."""
    draft.head += head.lines
    draft.furniture += head.furniture
    draft.rolls += rolls_of(head.lists, told)
