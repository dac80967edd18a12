"""Attendance: the labels of the lists, the lists themselves, and apologies told in prose."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from concerted.reading.lines import Line, is_furniture, squeeze
from concerted.reading.model import Name, Span
from concerted.reading.people import looks_like_people, read_people
from concerted.reading.sentences import sentences
from concerted.reading.vocabulary import is_role

_LABELS: dict[str, str] = {
    **dict.fromkeys(
        (
            "present",
            "those present",
            "present members",
            "members present",
            "members",
            "board members",
            "attendees",
            "attendance",
            "attended",
            "board members present",
            "partnership members",
            "committee members",
            "committee members present",
            "voting members",
            "core members",
            "members in attendance",
            "attending",
            "persons present",
            "people present",
            "delegates",
            "partnership members present",
            "councillors present",
            "councillors",
            "members of the board",
            "list of attendees",
            "participants",
            "community councillors",
            "community councillors present",
            "statutory members",
            "independent members",
            "co-opted members",
            "representatives",
            "elected members",
            "sederunt",
            "in the chair",
            "committee",
            "members attending",
            "partners present",
            "present at the meeting",
            "present were",
            "other members present",
            "trustees",
            "trustees present",
            "directors present",
            "substitutes",
            "substitute members",
        ),
        "present",
    ),
    **dict.fromkeys(
        (
            "officers",
            "officials",
            "officers present",
            "officers in attendance",
            "council officers",
            "support officers",
            "staff",
            "officer",
            "officers also present",
            "officer support",
            "officers attending",
            "council officers present",
            "staff present",
            "officer in attendance",
        ),
        "officers",
    ),
    **dict.fromkeys(
        (
            "in attendance",
            "also in attendance",
            "also present",
            "additional attendees",
            "advisors",
            "advisers",
            "observers",
            "observer",
            "guests",
            "guest",
            "by invitation",
            "invited",
            "together with",
            "support",
            "presenters",
            "others present",
            "visitors",
            "speakers",
            "also attending",
            "other attendees",
            "others in attendance",
            "non-members",
            "guest speakers",
            "guest speaker",
            "invited guests",
            "in support",
            "non voting",
            "non-voting members",
            "public",
            "ex officio",
            "invitees",
            "others",
            "minutes",
            "minute taker",
            "note taker",
            "minutes taken by",
            "also in attendance were",
            "together with the following",
            "in attendance by invitation",
            "attending by invitation",
            "clerk",
            "secretary",
            "members of the public",
            "by video conference",
            "press",
            "presenter",
            "non members",
        ),
        "in_attendance",
    ),
    **dict.fromkeys(
        (
            "apologies",
            "apologies for absence",
            "apologies received",
            "apologies received from",
            "apologies were received from",
            "absent",
            "not present",
            "apologies from",
            "apology",
            "apologies for absence received",
            "apologies and absences",
            "absent with apologies",
            "apologies for non-attendance",
            "members absent",
            "apologies for absence were received from",
            "apologies for inability to attend",
            "apologies/absent",
            "absentees",
            "apologies given",
            "apologies for absence from",
            "apologies submitted",
            "apologies tendered",
        ),
        "apologies",
    ),
}
_CHAIRS = {
    "chair",
    "chairman",
    "chairperson",
    "vice chair",
    "vice-chair",
    "chairwoman",
    "in the chair",
    "convener",
    "vice chairman",
    "deputy chair",
    "chaired by",
    "vice-chairman",
}
_ROLE_LABELS = {
    "minutes",
    "minute taker",
    "note taker",
    "minutes taken by",
    "clerk",
    "secretary",
}
_LABEL = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z/’' -]{2,45}?)[ ]{0,3}(?:\([^()]{0,60}\)[ ]{0,3})?"
    r"(?P<mark>:[-–]?|[-–—](?=\s)|[ ]{2}|\t|$)"
)
_GLUED = re.compile(
    r"(?P<label>Present|PRESENT|Members|Officers|Apologies|Chair)(?P<mark>)(?=[A-Z][a-z])"
)
_VERB = re.compile(
    r"[ \n]{0,3}(?:for (?:absence|non[- ]attendance|inability to attend|(?:being )?late\w*|"
    r"lateness|this meeting|"
    r"the meeting)[ \n]{1,3})?"
    r"(?:(?:was|were|had|have|has|been|also|being|duly|noted|are)[ \n]{1,3}){0,4}"
    r"(?:received|submitted|intimated|tendered|given|recorded|reported|offered|sent|noted|"
    r"accepted|made|as follows)?"
    r"[ \n]{0,3}(?:and (?:accepted|noted|approved)[ \n]{1,3})?"
    r"(?P<late>for (?:late\w*|late arrival|arriving late)[ \n]{1,3})?"
    r"(?:for absence[ \n]{1,3})?(?:(?:on|in) behalf of|from|for|"
    r"by)?[ \n]{0,3}(?:the following)?[ \n]{0,3}[:;]?[-–]?[ \n]{0,3}",
    re.IGNORECASE,
)
_SENT = re.compile(
    r"(?P<who>.{3,400}?)[ ]{1,2}(?:had |have |has )?(?:sent|gave|given|submitted|tendered|offered)"
    r" (?:their |his |her )?apologies",
    re.IGNORECASE | re.DOTALL,
)
_SUBSTITUTED = re.compile(
    r"[ ,(]{1,3}(?:who (?:was|were) (?:represented|substituted)|\(?substitut|"
    r"with .{0,40}substitut)",
    re.I,
)


_FOR_LATENESS = re.compile(
    r",? and (?:apologies )?from (?P<who>[^;]{3,200}?) for (?:lateness|late arrival|arriving late)",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:was|were|had been|have been|received|submitted|on behalf|from)\b", re.IGNORECASE
)
_TELLS = re.compile(
    r"\b(?:opened the meeting|welcomed|was in the chair|took the chair|thanked|"
    r"meeting (?:commenced|started|opened|began)|"
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


@dataclass(frozen=True, slots=True)
class Label:
    """A list's label: the section it opens, the part it gives, and the names that follow it."""

    section: str
    role: str | None
    rest: Line | None
    words: str


@lru_cache(maxsize=8192)
def read_label(line: Line) -> Label | None:
    """The label of an attendance list at the front of a line, or None."""
    match = _LABEL.match(line.text) or _GLUED.match(line.text)
    if not match:
        return _prose_label(line)
    words = squeeze(match["label"]).lower().strip(" -:'’")
    bare_line = match.end() >= len(line.text)
    rest = line.part(match.end()) if not bare_line else None
    if rest is not None and not rest.text.strip(" :-–"):
        rest = None
    if words in _CHAIRS and (match["mark"].startswith(":") or bare_line):
        return Label("present", line.text[: len(match["label"])].strip(), rest, words)
    section = _LABELS.get(words)
    if section is None:
        return _prose_label(line)
    if (
        match["mark"] in ("", "-", "–", "—")
        and rest is not None
        and not looks_like_people(rest.text)
    ):
        return None
    if words == "councillors" and rest is not None:
        return None
    if words in _ROLE_LABELS:
        if rest is None or not looks_like_people(rest.text):
            return None
        return Label(section, squeeze(match["label"]), rest, words)
    if words in (
        "public",
        "others",
        "support",
        "committee",
        "press",
        "staff",
        "members of the public",
        "councillors",
    ) and (rest is None and not match["mark"].startswith(":")):
        return None
    return Label(section, None, rest, words)


def _prose_label(line: Line) -> Label | None:
    """``Present Members: A``, ``Apologies for absence were submitted on behalf of A``,
    ``Present were A, B``."""
    low = line.text[:80].lower()
    if low.startswith(("apologies", "an apology", "apology")):
        lead = low.split()[0]
        if lead == "an":
            lead = "an apology"
        match = _VERB.match(line.text, len(lead))
        if match and match.end() > len(lead) + 3 and match.end() < len(line.text):
            rest = line.part(match.end())
            if looks_like_people(_first_sentence(rest.text)):
                return Label("apologies", None, line, "prose")
        return None
    for lead in ("present members:", "present were", "present at the meeting were", "present "):
        if low.startswith(lead):
            rest = line.part(len(lead))
            if rest.text and looks_like_people(rest.text):
                return Label("present", None, rest, lead)
    return None


def _first_sentence(text: str) -> str:
    found = sentences(text[:600], Span(0, min(len(text), 600)))
    return text[found[0].start : found[0].end] if found else text[:600]


def read_rolls(text: str, rolls: Sequence[Roll]) -> dict[str, list[Name]]:
    """The names of all the lists by section: present, officers, in_attendance, apologies, late."""
    made: dict[str, list[Name]] = {
        "present": [],
        "officers": [],
        "in_attendance": [],
        "apologies": [],
        "late": [],
    }
    for roll in rolls:
        for number, run in enumerate(roll.runs):
            if roll.section == "apologies":
                away, late = apologies_in(text, run, listed=True)
                made["apologies"] += away
                made["late"] += late
            else:
                role = roll.role if number == 0 else None
                made[roll.section] += read_people(text, run.start, run.end, roll.section, role)
    return made


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
                lead = _VERB.match(sentence) if listed else None
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
        verb = _VERB.match(sentence, word_end)
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


def gather(lines: Sequence[Line], at: int, stop: int, rolls: list[Roll], head: list[Line]) -> int:
    """Read lists from ``lines[at]`` on, up to ``stop``; lines that belong to none go to ``head``.

    Returns the index of the first line not taken (``stop``).
    """
    current: Roll | None = None
    away = False
    while at < stop:
        line = lines[at]
        label = read_label(line)
        if label:
            section = label.section
            if (
                away
                and section in ("present", "in_attendance")
                and (label.words in ("members", "advisors", "advisers", "officers", "observers"))
            ):
                section = "apologies"
            elif section == "apologies":
                away = True
            else:
                away = False
            current = Roll(section, label.role, label=line)
            rolls.append(current)
            if label.rest:
                current.runs.append(label.rest.span)
        elif is_furniture(line):
            head.append(line)
        elif current is not None and _belongs(line, current, rolls):
            _add(current, line, lines[at - 1])
        else:
            head.append(line)
            if line.gap and len(line.text) > 60:
                current = None
        at += 1
    return at


def _belongs(line: Line, roll: Roll, rolls: list[Roll]) -> bool:
    text = line.text
    if text.startswith("*") and not looks_like_people(text[:200]):
        return False
    if roll.section == "apologies" and _LED.match(text):
        return True
    if "substitut" in text.lower()[:200] and len(text) < 200:
        return True
    if len(text) > 60 and text.endswith(".") and not looks_like_people(text):
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


def unlabelled_roll(head: list[Line]) -> list[Roll]:
    """The longest stretch of two or more lines of people in the head, when no label names one.

    The lines are taken out of ``head``.
    """
    best: list[Line] = []
    current: list[Line] = []
    for line in head[:200]:
        if _is_person_row(line):
            current = [*current, line] if not current or line.gap <= 1 else [line]
            best = max(best, current, key=len)
        else:
            current = []
    if len(best) < 2:
        return []
    for line in best:
        head.remove(line)
    return [Roll("present", None, [Span(best[0].start, best[-1].end)])]


def _is_person_row(line: Line) -> bool:
    text = line.text
    if (
        len(text) > 200
        or is_furniture(line)
        or text.endswith(":")
        or any(c.isdigit() for c in text)
    ):
        return False
    return looks_like_people(text)


def rolls_in_items(items: Sequence[Sequence[Line]]) -> list[Roll]:
    """Lists that stand inside the first items (an item "Present", or labels under "Welcome")."""
    rolls: list[Roll] = []
    for lines in items:
        for at, line in enumerate(lines):
            label = read_label(line)
            if label is None or label.section == "apologies":
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
