"""A plural title ("Councillors A, B and C") is the title of each name it stands before."""

import re
from collections.abc import Sequence
from dataclasses import replace

from concerted.reading.model import Name
from concerted.reading.vocabulary import bare, is_person, is_strong_title

# In full a title can be said of one person; of an abbreviation the name alone is kept.
_ONE_OF = {
    "councillors": "Councillor",
    "aldermen": "Alderman",
    "bailies": "Bailie",
    "baillies": "Baillie",
    "inspectors": "Inspector",
    "sergeants": "Sergeant",
    "constables": "Constable",
    "superintendents": "Superintendent",
    "professors": "Professor",
    "doctors": "Doctor",
    "pcs": "PC",
    "pcsos": "PCSO",
}
_DROPPED = frozenset({"cllrs", "messrs", "drs", "couns", "coun’s", "cllr’s", "cllr's", "mesdames"})
_KINDS = frozenset({"county", "town", "district", "borough", "parish", "city", "ward", "community"})
# Said besides the plural title, not in its place ("Councillors Rook and Mrs Tait").
_COURTESY = frozenset({"mrs", "ms", "miss", "mx", "dr"})
# In the run of names these are said for themselves ("Councillors Rook and Dame Ann Bell").
_HONOURS = frozenset({"prof", "professor", "sir", "dame", "lady", "lord", "baroness"})
# Whoever holds one is called by it.
_OFFICES = frozenset({"provost", "mayor", "mayoress", "convener", "depute", "bailiff", "sheriff"})
_FRONT = re.compile(r"(?:(?P<kind>[A-Za-z]{4,9})[ \n]{1,3})?(?P<title>[A-Za-z’']{3,15})[.:]?[ \n]")


def plural_title(name: str) -> tuple[str, int] | None:
    """What each of the names is called (it may be nothing), and where the first name begins."""
    for match in (_FRONT.match(name), _FRONT.match(name.partition(" ")[0] + " ")):
        if match is None:
            continue
        kind, low = match["kind"], bare(match["title"])
        if kind and bare(kind) not in _KINDS:
            continue
        if low in _ONE_OF:
            one = _ONE_OF[low]
            one = one.upper() if match["title"].isupper() else one
            return (f"{kind} {one}" if kind else one), match.end()
        if low in _DROPPED:
            return "", match.end()
    return None


def shared_title(label: str) -> str | None:
    """``Councillors`` as the label of a list: the title of each of its names."""
    plural = plural_title(f"{label} x")
    return plural[0] if plural and plural[1] == len(label) + 1 else None


def titled(people: Sequence[Name], title: str) -> list[Name]:
    """The names with the title their list is headed by; who has one of her own keeps it."""
    return [replace(one, name=with_title(title, one.name) or one.name) for one in people]


def with_title(title: str, name: str, *, first_named: bool = False) -> str | None:
    """The name with the title it shares; None when the name has a title that ends the sharing."""
    first = name.partition(" ")[0]
    if is_strong_title(first) and bare(first) not in _COURTESY and not first_named:
        return name if bare(first) in _HONOURS else None
    if not title or bare(first) in _OFFICES:
        return name
    whole = f"{title} {name}"
    return whole if is_person(whole) else name
