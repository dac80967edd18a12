"""The labels of attendance lists: which list a line opens, and whose part it gives."""

import re
from dataclasses import dataclass
from functools import lru_cache

from concerted.reading.entries import post_begins
from concerted.reading.label_words import section_of
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Span
from concerted.reading.people import looks_like_people, read_people
from concerted.reading.plurals import plural_title
from concerted.reading.sentences import sentences
from concerted.reading.vocabulary import bare, is_acronym, is_person, listed

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
            "who was there",
            "who came",
            "those attending",
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
            "notes taken by",
            "minutes by",
            "notes by",
            "minuted by",
            "minutes secretary",
            "minute secretary",
            "minute-taker",
            "note-taker",
            "minutes taker",
            "minutes recorded by",
            "taking minutes",
            "scribe",
            "also in attendance were",
            "together with the following",
            "in attendance by invitation",
            "attending by invitation",
            "clerk",
            "secretary",
            "secretariat",
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
            "regrets",
            "unable to attend",
            "could not attend",
            "sent apologies",
            "apologies sent",
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
    "convenor",
    "chairing",
    "presiding",
    "co-chairs",
    "co-chair",
    "deputy chairman",
}


_ROLE_LABELS = {
    "minutes",
    "minute taker",
    "note taker",
    "minutes taken by",
    "notes taken by",
    "minutes by",
    "notes by",
    "minuted by",
    "minutes secretary",
    "minute secretary",
    "minute-taker",
    "note-taker",
    "minutes taker",
    "minutes recorded by",
    "taking minutes",
    "scribe",
    "clerk",
    "secretary",
    "secretariat",
}


_LABEL = re.compile(
    r"(?P<label>[A-Za-z][A-Za-z/’' -]{2,45}?)[ ]{0,3}(?:\([^()]{0,60}\)[ ]{0,3})?"
    r"(?P<mark>:?[ ]{0,2}/(?=[ ])|:[-–]?|[-–—](?=\s)|[ ]{2}|\t|$)"
)


_GLUED = re.compile(
    r"(?P<label>Present|PRESENT|Members|Officers|Apologies|Chair)(?P<mark>)(?=[A-Z][a-z])"
)


APOLOGY_VERB = re.compile(
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
    if rest is not None and (not rest.text.strip(" :-–/|") or _is_columns(rest.text)):
        rest = None
    if words in _CHAIRS and (
        match["mark"].startswith(":") or bare_line or _is_one_person(rest, match["mark"])
    ):
        return Label("present", line.text[: len(match["label"])].strip(), rest, words)
    section = _LABELS.get(words) or section_of(words)
    if section is None and match["mark"].startswith(":"):
        words = _without_letters(match["label"])
        section = _LABELS.get(words) or section_of(words)
    if section is None and match["mark"] in (":", "\t"):
        # "Police in attendance:"; before "In" with a capital stands the end of another list.
        section = "in_attendance" if match["label"].endswith(" in attendance") else None
        section = section or _of_a_body(words, rest, bare_line=bare_line)
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
        if rest is None or not looks_like_people(rest.text) or _names_meeting(rest.text):
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


def _of_a_body(words: str, rest: Line | None, *, bare_line: bool) -> str | None:
    """``Officers of the Authority:``, ``Panel members: A Bell, C Dunn``."""
    if _OFFICERS_OF.match(words):
        return "officers" if bare_line or _lists_people(rest) else None
    return "present" if _MEMBERS_OF.match(words) and _lists_people(rest) else None


def _lists_people(rest: Line | None) -> bool:
    return rest is not None and looks_like_people(rest.text[:300])


_OFFICERS_OF = re.compile(r"(?:officers|officials|staff) of (?:the )?[\w’' -]{3,30}$")
_MEMBERS_OF = re.compile(
    r"(?:the )?(?:panel|forum|group|cabinet|executive|tenant|resident|association|sub-committee|"
    r"commission|authority|council|working group|task group|steering group) members$"
)


def _without_letters(label: str) -> str:
    """``In attendance PSNI``, ``NYCC Officers``: the label without the letters of a body."""
    said = label.split()
    return " ".join(word for word in said if not is_acronym(word)).lower() if said else ""


def _names_meeting(rest: str) -> bool:
    """``Minutes - Example Board Meeting 3.4.12``: the heading of minutes, not who took them."""
    words = [word.strip(".,:;").lower() for word in rest[:200].split()]
    return "meeting" in words or any(word[0].isdigit() for word in words[-3:] if word)


_COLUMNS = listed(
    "name names organisation organisations agency agencies representing role post initials title"
)


def _is_columns(text: str) -> bool:
    """``Present / Organisation``: the head of the list's columns, not its first row."""
    said = [word for word in re.split(r"[ /|:\t]+", text[:60].lower()) if word]
    return bool(said) and len(text) <= 60 and all(word in _COLUMNS for word in said)


def _is_one_person(rest: Line | None, mark: str) -> bool:
    """``Chair – Ann Bell``: a dash, and behind it nothing but a name."""
    return bool(mark) and rest is not None and is_person(rest.text[:80])


# Words that name nothing but a list of people, whatever mark stands behind them.
_UNMARKED = listed(
    """present attendance attended attendees attending apologies apology absent absences officers
    officials observers guests advisers advisors"""
)
_LEADS_ON = listed("by of to for from at and the was were is are")
_GOES_ON = (" by", " of", " the", " for", " and")
_TAKEN_BY = (" taken by", " recorded by", "minutes by", "notes by", "minuted by")


def _unmarked_label(line: Line) -> Label | None:
    """``In Attendance Ann Bell, Cal Dunn``: a label and its list with no colon between them."""
    said = list(re.finditer(r"\S+", line.text[:60]))[:6]
    for count in range(min(len(said) - 1, 5), 0, -1):
        words = squeeze(line.text[: said[count - 1].end()]).lower()
        section = _LABELS.get(words) or section_of(words)
        if section is None or not line.text[0].isupper() or _is_unfinished(words):
            continue
        taken = words.endswith(_TAKEN_BY)
        if not taken and not any(word.strip("/,") in _UNMARKED for word in words.split()):
            continue
        rest = line.part(said[count].start())
        if not _opens_with_a_person(rest.text):
            return None
        return Label(
            section, squeeze(line.text[: said[count - 1].end()]) if taken else None, rest, words
        )
    return None


def _is_unfinished(words: str) -> bool:
    """``attendance by``: the label goes on, unless it tells by whom the minutes were taken."""
    return words.endswith(_GOES_ON) and not words.endswith(_TAKEN_BY)


_END_OF_NAME = re.compile(r"[,;()]|[ ]{2,}|\t|[ ][-–—][ ]|[ ](?:and|&)[ ]|\.$")


def _opens_with_a_person(text: str) -> bool:
    first = _END_OF_NAME.split(text[:90], maxsplit=1)[0].strip()
    if not first or bare(first.split()[0]) in _LEADS_ON:
        return False
    named = is_person(first) or plural_title(first) is not None or post_begins(first) is not None
    return named and looks_like_people(text[:300])


def _prose_label(line: Line) -> Label | None:
    """``Present Members: A``, ``Apologies for absence were submitted on behalf of A``,
    ``Present were A, B``."""
    low = line.text[:80].lower()
    if low.startswith(("apologies", "an apology", "apology")):
        lead = low.split()[0]
        if lead == "an":
            lead = "an apology"
        match = APOLOGY_VERB.match(line.text, len(lead))
        if match and match.end() > len(lead) + 3 and match.end() < len(line.text):
            rest = line.part(match.end())
            if _names_somebody(_first_sentence(rest.text)):
                return Label("apologies", None, line, "prose")
        return _unmarked_label(line)
    for lead in ("present members:", "present were", "present at the meeting were", "present "):
        if low.startswith(lead):
            rest = line.part(len(lead))
            if rest.text and looks_like_people(rest.text):
                return Label("present", None, rest, lead)
    return _unmarked_label(line)


def _names_somebody(text: str) -> bool:
    return any(one.sure for one in read_people(text[:400], 0, min(len(text), 400), "apologies"))


def _first_sentence(text: str) -> str:
    found = sentences(text[:600], Span(0, min(len(text), 600)))
    return text[found[0].start : found[0].end] if found else text[:600]
