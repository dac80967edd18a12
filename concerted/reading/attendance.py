"""Attendance: the labels of the lists, the lists themselves, and apologies told in prose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from concerted.reading.apologies import LED, apologies_in, sends_apologies
from concerted.reading.lines import Line, is_furniture
from concerted.reading.model import Name, Span
from concerted.reading.people import looks_like_people, read_people
from concerted.reading.places import is_place
from concerted.reading.plurals import shared_title, titled
from concerted.reading.refs import read_ref
from concerted.reading.roll_labels import Label, read_label
from concerted.reading.stacked import is_told, names_one
from concerted.reading.vocabulary import (
    bare,
    is_acronym,
    is_role,
    is_standard,
    listed,
    split_titles,
)

_TELLS = re.compile(
    r"\b(?:opened the meeting|welcomed|was in the chair|took the chair|thanked|"
    r"meeting (?:was held|commenced|started|opened|began)|"
    r"introductions were|chaired the meeting|declared the meeting|quorum)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Roll:
    """One list as it stands on the page, before it is read."""

    section: str
    role: str | None
    runs: list[Span] = field(default_factory=list)
    label: Line | None = None
    words: str = ""


def read_rolls(text: str, rolls: Sequence[Roll], *, lend: bool = True) -> dict[str, list[Name]]:
    """The names of all the lists by section: present, officers, in_attendance, apologies, late.

    With ``lend`` one parenthesis is for all the names before it that have none.
    """
    made: dict[str, list[Name]] = {
        "present": [],
        "officers": [],
        "in_attendance": [],
        "apologies": [],
        "late": [],
    }
    members: list[Name] = []
    came: list[Name] = []
    _name_the_only_list(rolls)
    for roll in rolls:
        for number, run in enumerate(roll.runs):
            if roll.section == "apologies":
                away, late = apologies_in(text, run, listed=True)
                made["apologies"] += away
                made["late"] += late
            else:
                role = roll.role if number == 0 else None
                people = read_people(text, run.start, run.end, roll.section, role, lend=lend)
                title = shared_title(roll.words)
                for one in titled(people, title) if title is not None else people:
                    made[one.section].append(one)
                    if roll.section == "present" and roll.words in _MEMBERSHIP:
                        members.append(one)
                    elif roll.section == "present" and roll.words.startswith(_CAME):
                        came.append(one)
    if _is_membership(members, came):
        places = {one.span.start for one in members}
        made["present"] = [one for one in made["present"] if one.span.start not in places]
    return made


_CAME = ("present", "members p")
_MEMBERSHIP = frozenset({"members", "membership", "committee members", "board members"})


def _is_membership(members: Sequence[Name], came: Sequence[Name]) -> bool:
    """A list of all who may come, printed before those who did: the same surnames twice."""
    there = {one.name.split()[-1].lower() for one in came}
    again = sum(one.name.split()[-1].lower() in there for one in members)
    return len(members) > 2 and len(there) > 1 and again * 2 > len(there)


def opens_list(lines: Sequence[Line], at: int) -> bool:
    """The line bears the label of a list."""
    line = lines[at]
    return read_label(line) is not None or _of_councillors(line, ()) is not None


_INNER = re.compile(
    r"[.;)][ ]{1,3}(?=(?:Also (?:present|in attendance)|In attendance|Apologies|Officers|Absent|"
    r"IN ATTENDANCE|ALSO PRESENT|APOLOGIES|OFFICERS)[A-Za-z ]{0,30}:)"
)


def parted_at_labels(lines: Sequence[Line]) -> list[Line]:
    """``Present: A Bell. Also present: C Dunn.`` as two lines, each with its label."""
    made: list[Line] = []
    for line in lines:
        at = 0
        if read_label(line) is not None:
            for inner in list(_INNER.finditer(line.text))[:8]:
                made.append(line.part(at, inner.start() + 1))
                at = inner.end()
        made.append(line.part(at) if at else line)
    return made


_ONLY_LIST = ("in attendance", "attendance")


def _name_the_only_list(rolls: Sequence[Roll]) -> None:
    """ "In attendance" without a list of those present is that list."""
    if any(roll.section == "present" for roll in rolls):
        return
    for roll in rolls:
        if roll.section == "in_attendance" and roll.words in _ONLY_LIST:
            roll.section = "present"
            return


# Who they are, not whether they came: under "Apologies" such a label sorts those who did not.
_SORTS = frozenset(
    {"members", "advisors", "advisers", "officers", "observers", "officials", "councillors"}
    | {"board members", "committee members", "voting members", "non-voting members", "partners"}
)


# Alone such a word labels those present; behind a list of them it labels those beside them.
_EITHER = frozenset({"attending", "attendance", "attended", "attendees"})


def _is_of_members(roll: Roll) -> bool:
    return roll.section == "present" and ("present" in roll.words or "members" in roll.words)


def _follows_voting(rolls: Sequence[Roll]) -> bool:
    """``Voting Members`` above in the same list: those without a vote are members too."""
    return bool(rolls) and rolls[-1].words == "voting members"


# Beside the statutory members of a board of public services.
_INVITED = ("invited members", "invited participants")


def _are_of_the_body(label: Label, rolls: Sequence[Roll]) -> bool:
    """Members of another sort, listed beside those who vote or must be there."""
    if label.words in _INVITED:
        return any(_is_of_members(roll) for roll in rolls[:20])
    return label.words == "non-voting members" and _follows_voting(rolls)


def gather(lines: Sequence[Line], at: int, stop: int, rolls: list[Roll], head: list[Line]) -> int:
    """Read lists from ``lines[at]`` on, up to ``stop``; lines that belong to none go to ``head``.

    Returns the index of the first line not taken (``stop``).
    """
    current: Roll | None = None
    away = False
    while at < stop:
        line = lines[at]
        label = read_label(line) or _officer_of(lines, at) or _of_councillors(line, rolls)
        if label and not label.rest and current is not None and _is_post_below(lines, at):
            label = None
        if label:
            section = label.section
            if label.words == "secretary" and _has_officers(lines, at):
                section = "present"
            if label.words in _EITHER and any(_is_of_members(roll) for roll in rolls[:20]):
                section = "in_attendance"
            elif _are_of_the_body(label, rolls):
                section = "present"
            if away and label.words in _SORTS and not line.gap:
                section = "apologies"
            elif section == "apologies":
                away = True
            else:
                away = False
            current = Roll(section, label.role, label=line, words=label.words)
            rolls.append(current)
            if label.rest:
                current.runs.append(label.rest.span)
        elif current is None and heads_people_columns(line) and not _has_members(rolls):
            current = Roll("present", None, label=line, words="columns")
            rolls.append(current)
        elif sends_apologies(line.text) and (line.gap or current is None):
            current = Roll("apologies", None, [line.span], words="prose")
            rolls.append(current)
        elif ends_lists(line) or _heads_something_else(line, lines[at + 1 : min(at + 2, stop)]):
            current = None
            head.append(line)
        elif is_furniture(line):
            head.append(line)
        elif current is not None and _belongs(line, current, lines[at - 1]):
            _add(current, line, lines[at - 1])
        else:
            head.append(line)
            if line.gap and len(line.text) > 60:
                current = None
        at += 1
    return at


_OFFICE = re.compile(
    r"(?P<post>(?:hon\.? )?(?:treasurer|secretary|vice[ -]president|president|co-ordinator))"
    r":[ \t]{0,8}",
    re.IGNORECASE,
)


def _officer_of(lines: Sequence[Line], at: int) -> Label | None:
    """``Treasurer: Ann Bell`` beside the chair's line, as associations head their minutes."""
    match = _OFFICE.match(lines[at].text)
    if match is None or not looks_like_people(lines[at].text[match.end() : 200]):
        return None
    rest = lines[at].part(match.end())
    return Label("present", match["post"], rest, bare(match["post"])) if rest.text else None


def _has_officers(lines: Sequence[Line], at: int) -> bool:
    """A treasurer in the lines about: then the secretary is an officer too, and no clerk."""
    near = lines[max(at - 2, 0) : at + 3]
    return any("treasurer:" in line.text[:16].lower() for line in near)


def _of_councillors(line: Line, rolls: Sequence[Roll]) -> Label | None:
    """``Councillors: A Bell, C Dunn`` as the first list of all."""
    match = re.match(r"(?:councillors|cllrs|aldermen)[ ]?:[ \t]{0,8}", line.text, re.IGNORECASE)
    if match is None or rolls or not looks_like_people(line.text[match.end() : 300]):
        return None
    return Label("present", None, line.part(match.end()), "councillors")


_OF_PEOPLE = listed(
    """name names organisation organisations agency agencies representing represents role roles post
    job title initials member members partner body designation and & their position"""
)


def heads_people_columns(line: Line) -> bool:
    """``| Name | Agency |``: the head of a table of people, which opens a list without a label."""
    cells = [cell.strip(" .:").lower() for cell in _CELLS.split(line.text[:120])]
    cells = [cell for cell in cells if cell]
    if len(cells) < 2 or len(line.text) > 100 or not cells[0].startswith(_NAMED):
        return False
    return all(word in _OF_PEOPLE for cell in cells for word in re.split("[ /]+", cell))


_NAMED = ("name", "member", "initials", "partner", "representing", "organisation", "agency")


def _has_members(rolls: Sequence[Roll]) -> bool:
    return any(roll.section == "present" and roll.runs for roll in rolls[:20])


_COLUMNS = listed(
    """item issue items action actions doi interest by whom deadline due lead minute discussion
    no description decision declaration responsible agreed comments notes timescale outcome
    agenda subject owner point points declared"""
)


_SHORT_CODE = re.compile(r"[A-Z]{1,6}[/ .-]{0,2}\d{1,4}(?:[/-]\d{1,4}){0,2}[.:]?[ \t]{1,8}")
# The words of which the headings of a meeting's first items are made.
_OPENING = listed(
    """welcome introductions introduction and apologies apology for absence absences declarations
    declaration of interest interests minutes notes the previous last meeting matters arising
    substitutions substitutes opening chair’s chair's remarks to from & attendance"""
)


_CELLS = re.compile(r"[ ]/[ ]|\t|[|]")


# "Key: VS = voluntary sector", "PART 1".
_NO_PEOPLE = re.compile(
    r"key:? .{1,60}[=–—-]|part (?:\d|one|two|i|ii|a|b)\b.{0,40}$", re.IGNORECASE
)


def ends_lists(line: Line) -> bool:
    """Where the lists are over: the head of the table of items, or an item's usual heading."""
    if len(line.text) > 120:
        return False
    if _NO_PEOPLE.match(line.text):
        return True
    if line.text.lower().strip(" :") in ("agenda", "agenda items", "items", "business", "minutes"):
        return True
    words = [word for word in re.split(r"[ /|.:\t]+", line.text.lower()) if word]
    if len(words) > 1 and all(word in _COLUMNS for word in words):
        return True
    if words in (["item"], ["agenda"]):
        return True
    if len(_CELLS.split(line.text)) > 2 and line.text.isupper():
        return True
    ref = read_ref(line)
    rest = ref.rest.text if ref and ref.rest else ""
    short = _SHORT_CODE.match(line.text)
    rest = rest or (line.text[short.end() :] if short else "")
    rest = rest.strip(" /|\t")
    return is_standard(rest) or (bool(rest) and all(bare(w) in _OPENING for w in rest.split()))


_SAYS = re.compile(
    r"\b(?:was|were|had|has|have|would|will|is|are|welcomed|noted|agreed|reported|explained)\b"
)


def _is_told(text: str) -> bool:
    """A sentence with a verb, not a row of a list."""
    ends = text.endswith((".", "?", ":")) or ". " in text
    return ends and len(text.split()) > 5 and _SAYS.search(text[:300]) is not None


# "Ann Bell left at 8.40pm.", "Cllr Dunn joined the meeting."
_CAME_OR_WENT = re.compile(
    r"[^(),;:]{3,60}[ ](?:left|arrived|joined|entered|returned|withdrew)\b[^(),;:]{0,60}\.$"
)


def _heads_something_else(line: Line, below: Sequence[Line]) -> bool:
    """``Chairman's Remarks:`` alone in its line, with a gap above: a heading, and no label."""
    if not (line.gap and line.text.endswith(":") and len(line.text.split()) > 1):
        return False
    return not any(not one.gap and looks_like_people(one.text[:300]) for one in below)


def _is_post_below(lines: Sequence[Line], at: int) -> bool:
    """``Chair`` or ``Support Officer`` alone under a name: what that person is, and no label."""
    line, above = lines[at], lines[at - 1]
    if at == 0 or line.gap or line.text.endswith((":", "-", "–", "s")) or not is_told(line.text):
        return False
    if not names_one(above.text):
        return False
    below = [one.text for one in lines[at + 1 : at + 3]]
    return not below or not names_one(below[0]) or is_told(below[-1])


def _is_lone_heading(text: str) -> bool:
    """``PROCEDURAL``: one long word in capitals under a gap heads what follows."""
    return text.isupper() and text.isalpha() and len(text) > 8


def _belongs(line: Line, roll: Roll, before: Line) -> bool:
    text = line.text
    if text.startswith("*") and not looks_like_people(text[:200]):
        return False
    if _CAME_OR_WENT.match(text):
        return False
    if is_standard(text) or (line.gap and (is_acronym(text) or _is_lone_heading(text))):
        return False
    if roll.runs and not line.gap and roll.runs[-1].end == before.end:
        wrapped = before.text[-120:] + "\n" + text[:280]
        if looks_like_people(wrapped) and not _TELLS.search(text[:300]):
            return True
    if roll.section == "apologies" and LED.match(text):
        return True
    if "substitut" in text.lower()[:200] and len(text) < 200:
        return True
    if not looks_like_people(text) and (
        (len(text) > 60 and text.endswith(".")) or (len(text) > 30 and _is_told(text))
    ):
        return False
    return not _TELLS.search(text[:300])


def _add(roll: Roll, line: Line, before: Line) -> None:
    """Lines without a gap stay one run, so that a wrapped row can be joined."""
    if (roll.runs and not line.gap and roll.runs[-1].end == before.end) or (
        roll.runs and roll.section == "apologies" and line.gap <= 1
    ):
        roll.runs[-1] = Span(roll.runs[-1].start, line.end)
    else:
        roll.runs.append(line.span)


def has_list_of_those_there(rolls: Sequence[Roll]) -> bool:
    """A list of those present, or the one list "In attendance" that is it."""
    return any(
        roll.section == "present" or (roll.words in _ONLY_LIST and len(roll.runs) > 0)
        for roll in rolls
    )


def unlabelled_roll(head: list[Line]) -> list[Roll]:
    """The longest stretch of two or more lines of people in the head, when no label names one.

    The lines are taken out of ``head``.
    """
    best: list[Line] = []
    current: list[Line] = []
    for line in head[:200]:
        if _is_person_row(line) or (current and _is_row_like(line, current[-1])):
            current = [*current, line] if not current or line.gap <= 1 else [line]
            best = max(best, current, key=len)
        else:
            current = []
    if len(best) < 2:
        return []
    for line in best:
        head.remove(line)
    return [Roll("present", None, [Span(best[0].start, best[-1].end)])]


def _is_row_like(line: Line, before: Line) -> bool:
    """A row of as many cells as the row of a person above it, at once below."""
    cells = len(_CELLS.split(line.text))
    return cells > 2 and not line.gap and cells == len(_CELLS.split(before.text))


_HEADED = re.compile(
    r"(?:place|venue|location|date|time|contact|membership|queries|published|issued)[\w ]{0,20}:",
    re.IGNORECASE,
)


def _is_person_row(line: Line) -> bool:
    text = line.text
    if (
        len(text) > 200
        or is_furniture(line)
        or text.endswith(":")
        or _HEADED.match(text)
        or any(c.isdigit() for c in text)
        or (text.isupper() and not split_titles(text)[0])
        or ("," in text and is_place(text))
    ):
        return False
    return looks_like_people(text)


def rolls_in_items(items: Sequence[Sequence[Line]]) -> list[Roll]:
    """Lists that stand inside the first items (an item "Present", or labels under "Welcome").

    Each item is its title and its lines: the title may itself be the label.
    """
    rolls: list[Roll] = []
    for lines in items:
        before = len(rolls)
        for at, line in enumerate(lines):
            label = read_label(line)
            if label is None:
                continue
            if label.section == "apologies" and (len(rolls) == before or label.rest is None):
                # Told in a sentence, unless it stands among the other lists.
                continue
            if label.rest is not None and looks_like_people(label.rest.text[:300]):
                rolls.append(Roll(label.section, label.role, [label.rest.span], line))
            elif label.rest is None:
                following = _people_below(lines, at + 1)
                if following:
                    span = Span(following[0].start, following[-1].end)
                    rolls.append(Roll(label.section, label.role, [span], line))
    return rolls


def _people_below(lines: Sequence[Line], at: int) -> list[Line]:
    taken: list[Line] = []
    for line in lines[at:]:
        if read_label(line) or not looks_like_people(line.text[:300]):
            break
        taken.append(line)
    return taken


_STATES = {
    "present": "present",
    "apologies": "apologies",
    "apology": "apologies",
    "absent": "apologies",
}


def status_cells(lines: Sequence[Line], rolls: list[Roll]) -> bool:
    """Cells "post, name, status" one a line: each person goes to the list the status names.

    Returns whether the lines were such cells; only then are they taken.
    """
    made: list[Roll] = []
    for at, line in enumerate(lines):
        section = _STATES.get(line.text.lower().strip(" ."))
        if section is None or at == 0 or not looks_like_people(lines[at - 1].text[:80]):
            continue
        post = lines[at - 2].text if at > 1 and is_role(lines[at - 2].text) else None
        made.append(Roll(section, post, [lines[at - 1].span]))
    if len(made) < 2 or len({roll.section for roll in made}) + len(made) < 4:
        return False
    rolls += made
    return True
