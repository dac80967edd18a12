"""The headings of reports: which words announce which part, and which lines are headings."""

import re
from dataclasses import dataclass

from concerted.reading.dates import find_dates
from concerted.reading.lines import Line, is_bullet, squeeze
from concerted.reading.reports.contact import names_somebody
from concerted.reading.reports.marks import mark_of
from concerted.reading.vocabulary import is_person, is_role

_WHAT = r"(?: of (?:the |this )?(?:report|paper|item))?"
_KNOWN: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?:{words})$", re.IGNORECASE))
    for kind, words in (
        (
            "purpose",
            rf"(?:the )?purpose{_WHAT}|aims?{_WHAT}|objectives?{_WHAT}|reasons? for (?:the |this )?"
            r"(?:report|paper)|purpose and summary|what (?:this|the) (?:report|paper) is for",
        ),
        (
            "summary",
            rf"(?:executive |brief |report )?summary{_WHAT}|in brief|overview|key messages|"
            r"summary of (?:key|main) (?:points|issues)",
        ),
        (
            "reasons",
            r"(?:summary of )?reasons? for (?:the |these )?(?:recommendation|decision|recommended)"
            r"[\w()' ]*",
        ),
        (
            "recommendations",
            r"(?:(?:officer|draft|formal) )?recommendation(?:s|\(s\))?(?: to [\w' ]{3,60})?|"
            r"recommended (?:actions?|decisions?)|decisions? (?:required|sought|requested)|"
            r"actions? (?:required|requested|sought)(?: (?:of|by|from) [\w' ]{3,40})?|"
            r"proposed resolutions?",
        ),
        (
            "background_papers",
            r"(?:list of |schedule of )?background (?:papers?|documents?)(?: "
            r"(?:under|used|and|relating|for|as|in|to|considered|section)\b.{0,90})?|"
            r"documents? (?:used|relied on|available)\b.{0,60}",
        ),
        (
            "appendices",
            r"(?:list of )?(?:appendix|appendices|annex|annexes|annexures?|attachments?|"
            r"enclosures?)(?: attached)?",
        ),
        (
            "contact",
            r"(?:name of )?contacts?(?: officers?| details| points?| for (?:further )?"
            r"(?:enquiries|information))?|(?:report )?authors?[’']?s? contact details|"
            r"(?:for )?further information(?:,? (?:please )?contact)?|officers? to contact|"
            r"enquiries(?: to)?|persons? to contact|"
            r"for further information(?: about this report)?,? please contact",
        ),
        ("consultation", r".{0,40}\bconsult(?:ation|ations|ed|ees|ees?)\b.{0,40}"),
        ("options", r"(?:alternative |other )?options?(?: .{2,40})?|alternatives.{0,40}"),
        (
            "background",
            r"background(?: and .{3,40}| information)?|introduction(?: and background)?|context|"
            r"(?:national|local|policy) context|history|"
            r"background to (?:the |this )?\w{3,20}",
        ),
        (
            "detail",
            r"(?:the |main |full )?(?:details?|report|body|body of (?:the )?report|information|"
            r"supporting information|main (?:report|points|issues|considerations)|"
            r"key (?:issues|points|considerations)|issues|findings|discussion|"
            r"current (?:position|situation)|proposals?|information and analysis|"
            r"report details?|matters for consideration|considerations?|analysis)",
        ),
        ("next_steps", r"next steps?(?: and .{3,30})?|(?:way|looking) forward|timetable"),
        ("conclusion", r"conclusions?(?: and .{3,30})?"),
        ("implications", r"(?:summary of |corporate |other relevant )?implications|considerations"),
        (
            "wards",
            r"wards?(?:\(s\)|s)?(?: affected| and ward councillors?)|"
            r"ward\(s\) and ward councillors|wards?",
        ),
    )
)
_OF_IMPLICATIONS = re.compile(
    r"\b(?:implications?|considerations?|impacts?|issues|assessments?|comments|appraisal|"
    r"analysis|management|mitigations?|matters)\b",
    re.IGNORECASE,
)
_IMPLICATIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        ("financial", r"\bfinanc|\bresourc|\bbudget|\bcosts?\b|\bstaff|\bvalue for money"),
        ("legal", r"\blegal|\bstatutory|\bgovernance\b"),
        ("equality", r"\bequalit|\bequity|\bdiversity|\binclusion"),
        (
            "crime_and_disorder",
            r"\bcrime (?:and|&) disorder|\bcommunity safety|\b(?:section|s\.?) ?17\b",
        ),
        ("risk", r"\brisks?\b"),
        ("environment", r"\benvironment|\bclimate|\bcarbon|\bsustainab"),
        ("legal", r"\bhuman rights"),
        ("policy", r"\bpolic(?:y|ies)\b|\bcorporate (?:plan|priorit)"),
        (
            "other",
            r"\bother\b|\bhealth|\bprivacy|\bdata protection|\bhuman resourc|\bproperty|"
            r"\bict\b|\bsafeguard|\brural|\bsocial value|\bchild",
        ),
    )
)
# These say what they are without the word "implications".
_ALONE = re.compile(
    r"(?:financial|finance|legal|risks?|equalit(?:y|ies)(?: (?:and|&) diversity)?|"
    r"crime (?:and|&) disorder|climate change|environmental|sustainability|section 17)$",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"\w{3,9} \d{4}$")


def signs(line: Line, following: Line | None) -> bool:
    """Whether somebody's name, or the post below it, stands on a line of its own."""
    words = squeeze(line.text)
    if is_role(words) or names_somebody(words):
        return True
    return following is not None and is_person(words) and is_role(squeeze(following.text))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``rest`` is what follows on the same line, after a colon."""

    ref: str | None
    title: str
    kind: str
    line: Line
    rest: Line | None


def kind_of_title(title: str, *, in_implications: bool = False) -> str | None:
    """What a heading announces; None where the words are no known heading."""
    words = squeeze(title).strip(" .:–-*#_")
    if not words or len(words) > 110:
        return None
    for kind, pattern in _KNOWN[:6]:
        if pattern.match(words):
            return kind
    if len(words) <= 80 and (
        in_implications or _OF_IMPLICATIONS.search(words) or _ALONE.match(words)
    ):
        for kind, pattern in _IMPLICATIONS:
            if pattern.search(words):
                return kind
    for kind, pattern in _KNOWN[6:]:
        if pattern.match(words):
            return kind
    return None


IMPLICATIONS = frozenset(kind for kind, _ in _IMPLICATIONS)


def _bare(line: Line) -> Line:
    """Without the signs by which some texts mark a heading."""
    lead = len(line.text) - len(line.text.lstrip("#*_ "))
    tail = len(line.text.rstrip("*_ "))
    return line.part(lead, tail) if lead and tail > lead else line


def known_heading(line: Line, *, in_implications: bool = False) -> Heading | None:
    """A line that is a heading by its words, with what follows them after a colon."""
    if "|" in line.text:
        return None
    signed = line.text.startswith(("#", "**"))
    line = _bare(line)
    mark = mark_of(line)
    if is_bullet(line) or (mark and mark.kind not in ("decimal", "whole")):
        return None
    ref, words = (mark.ref, line.part(mark.length)) if mark else _plain_number(line)
    if not words.text or not (words.text[0].isupper() or words.text[0] == "("):
        return None
    head, colon, after = words.text.partition(":")
    kind = kind_of_title(head, in_implications=in_implications)
    if kind and len(head.split()) <= 16:
        rest = words.part(len(head) + 1) if colon and after.strip() else None
        if rest is None and words.text.endswith("."):
            return None
        if kind == "consultation" and len(head.split()) > 6:
            return None
        return Heading(ref, squeeze(head).strip(), kind, line, rest)
    if signed and len(words.text.split()) <= 12:
        return Heading(ref, squeeze(words.text).rstrip(":"), "text", line, None)
    return None


def _plain_number(line: Line) -> tuple[str | None, Line]:
    """``3 Background``: a number that stands before a title without a point."""
    found = re.match(r"(\d{1,2})[ \t]{1,8}(?=[A-Z][A-Za-z])", line.text)
    return (found[1], line.part(found.end())) if found else (None, line)


def likely_heading(before: Line | None, line: Line, following: Line | None) -> Heading | None:
    """A line that is a heading by how it stands: numbered and short, in capitals, or alone."""
    if following is None or "|" in line.text or is_bullet(line) or "@" in line.text:
        return None
    line = _bare(line)
    text = line.text
    mark = mark_of(line)
    if mark and mark.kind in ("letter", "roman", "either"):
        return None
    ref, words = (mark.ref, line.part(mark.length)) if mark else _plain_number(line)
    title = squeeze(words.text)
    if not title or title[-1] in ".;,?!" or not title[0].isupper() or len(title.split()) > 12:
        return None
    if find_dates(text) or _MONTH_ONLY.match(title) or any(c.isdigit() for c in title[-6:]):
        return None
    if title.endswith(":") or signs(line, following):
        return None
    if ref is not None:
        return _numbered(ref, title, mark.kind if mark else "whole", line, following)
    ended = before is None or line.gap > 0 or before.text[-1] in ".:;?!"
    if not ended or (following.gap == 0 and following.text[0].islower()):
        return None
    capitals = title.isupper() and any(len(w) > 2 for w in title.split())
    if capitals or (len(title.split()) <= 8 and len(title) <= 60 and not is_bullet(following)):
        return Heading(None, title, "text", line, None)
    return None


def _numbered(ref: str, title: str, kind: str, line: Line, following: Line) -> Heading | None:
    if kind == "decimal" and not ref.endswith(".0"):
        return None
    next_mark = mark_of(following)
    if ref.startswith("(") or ref.endswith(")") or len(title.split()) > 9:
        return None
    if next_mark and next_mark.kind == "whole" and not title.isupper():
        return None
    return Heading(ref, title, "text", line, None)
