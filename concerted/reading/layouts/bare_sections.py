"""Which list is whose, when the labels are gone: by order, and by who speaks in the minutes."""

import re
from collections.abc import Sequence

from concerted.reading.attendance import Roll
from concerted.reading.layouts.bare_lists import BareList, has_chair
from concerted.reading.lines import Line
from concerted.reading.people import read_people
from concerted.reading.vocabulary import split_titles

_ORDERS = {
    1: ("present",),
    2: ("present", "apologies"),
    3: ("present", "officers", "apologies"),
    4: ("present", "officers", "in_attendance", "apologies"),
}
_WITHOUT_APOLOGIES = {
    2: ("present", "officers"),
    3: ("present", "officers", "in_attendance"),
}
_AWAY = re.compile(r"\bapolog|\babsent\b|\babsence\b", re.IGNORECASE)
_MEMBERS = frozenset({"cllr", "cll", "councillor", "alderman", "mayor", "lord", "mep", "mp"})
# So many lines of the minutes are asked for who acts in them.
_TOLD = 600
# What may stand before the name of who acts.
_OPENS = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-–•·*])[ \t]{1,12}")


def rolls_of(lists: Sequence[BareList], told: Sequence[Line]) -> list[Roll]:
    """The lists as rolls, each with its section; ``told`` are the lines behind them."""
    for one in lists:
        if one.section is None and _AWAY.match(one.text):
            one.section = "apologies"
    unnamed = [one for one in lists if one.section is None]
    if _is_of_the_chair(unnamed):
        unnamed[0].section = "present"
        unnamed = unnamed[1:]
    unnamed = _before_the_officers(lists, unnamed)
    named = {one.section for one in lists if one.section is not None and one.role is None}
    order = _order(unnamed, told)
    if "apologies" in named:
        order = tuple(s for s in _ORDERS[4] if s not in named) or ("in_attendance",)
    for number, one in enumerate(unnamed):
        one.section = order[min(number, len(order) - 1)]
    return [
        Roll(one.section or "present", one.role, [one.span], one.label, one.words) for one in lists
    ]


def _before_the_officers(lists: Sequence[BareList], unnamed: list[BareList]) -> list[BareList]:
    """What stands before the label of the officers is the list of those present."""
    stop = next((i for i, one in enumerate(lists) if one.section == "officers"), 0)
    for one in lists[:stop]:
        one.section = one.section or "present"
    return [one for one in unnamed if one.section is None]


def _is_of_the_chair(lists: Sequence[BareList]) -> bool:
    """The first of several lists is one person, and she is in the chair."""
    first = lists[0].text if lists else ""
    return len(lists) > 2 and not any(c in first for c in ",;\n") and has_chair(first)


def _order(lists: Sequence[BareList], told: Sequence[Line]) -> tuple[str, ...]:
    order = _ORDERS.get(len(lists), _ORDERS[4])
    if len(lists) in _WITHOUT_APOLOGIES and _were_there(lists, told):
        return _WITHOUT_APOLOGIES[len(lists)]
    return order


def _were_there(lists: Sequence[BareList], told: Sequence[Line]) -> bool:
    """The last list is of people who came: they act in the minutes, or serve the council."""
    last = lists[-1]
    people = read_people(last.text, 0, min(len(last.text), 4000), "present")
    if not people or any(_is_member(one.name) for one in people):
        return False
    if any(_acts(one.name, told) for one in people):
        return True
    served = {one.organisation for one in people}
    first = lists[0].text.rstrip(" .")
    whose = next(iter(served)) if len(served) == 1 else None
    return len(lists) == 2 and whose is not None and whose.isupper() and f"({whose})" in first


def _is_member(name: str) -> bool:
    return any(title.strip(".").lower() in _MEMBERS for title in split_titles(name)[0])


def _acts(name: str, told: Sequence[Line]) -> bool:
    """A sentence or a limb begins with the name."""
    titles, left = split_titles(name)
    if len(left) < 2 and not titles:
        return False
    whole = " ".join(left) if len(left) > 1 else name
    for line in told[:_TOLD]:
        opened = _OPENS.match(line.text)
        start = opened.end() if opened else 0
        if line.text.startswith((whole, name), start) or f". {whole} " in line.text:
            return True
    return False
