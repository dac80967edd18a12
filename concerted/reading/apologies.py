"""Apologies told in prose or listed, and lateness, which is no absence."""

import re
from collections.abc import Sequence
from dataclasses import replace

from concerted.reading.lateness import is_about_lateness, late_people
from concerted.reading.lines import plain
from concerted.reading.model import Name, Span
from concerted.reading.people import looks_like_people, read_people
from concerted.reading.roll_labels import APOLOGY_VERB
from concerted.reading.sentences import sentences
from concerted.reading.stacked import side_by_side
from concerted.reading.wraps import page_width, unbroken

_SENT = re.compile(
    r"(?P<who>.{3,400}?)[ \n]{1,2}(?:(?:had|have|has|also)[ \n]){0,2}"
    r"(?:sent|sends?|gave|gives?|given|submitted|tendered|offered|made|"
    r"intimated|extended|conveyed|presented|expressed)[ \n]"
    r"(?:(?:in|their|his|her|an?)[ \n]){0,2}apolog(?:ies|y)",
    re.IGNORECASE | re.DOTALL,
)


# "A and B apologised for their absence", "A was unable to attend", "A did not attend".
_UNABLE = re.compile(
    r"(?P<who>.{3,400}?)[ \n]{1,2}(?:(?:had|have|has)[ \n])?(?:apologi[sz]ed for (?:(?:his|her|"
    r"their|being|non-?)[ \n]{0,2}){0,2}(?:absence|inability to (?:attend|be)|"
    r"not (?:attending|being)|"
    r"unable to (?:attend|be (?:there|present))|attendance)|"
    r"(?:was|were|is|are|had[ \n]been)[ \n](?:[a-z]{3,12}[ \n]){0,2}(?:unable|not[ \n]able)"
    r"[ \n]to[ \n](?:attend|come|join|make|be[ \n](?:present|there|with))|"
    r"could[ \n]not[ \n](?:attend|come|be[ \n](?:present|there|with)))",
    re.IGNORECASE | re.DOTALL,
)


def sends_apologies(sentence: str) -> bool:
    """``Ann Bell and Cal Dunn sent apologies.``: people, and the verb behind them."""
    if len(sentence) > 400 or is_about_lateness(sentence.lower()):
        return False
    sent = _SENT.match(sentence) or _UNABLE.match(sentence)
    if sent is None:
        return False
    return "apolog" not in sent["who"].lower() and looks_like_people(sent["who"])


_SUBSTITUTED = re.compile(
    r"[ ,;]{1,3}(?:who (?:was|were|is|are|had|has|would|sent)|(?:for|in) whom|substituted by|"
    r"represented by|with .{0,60}(?:substitut|deputis|attending|represent)|"
    r"(?:his|her|their|whose) (?:substitute|deputy|place|representative)|"
    r"(?:and )?no substitute)",
    re.I,
)


# A sentence of who came instead, or of anything else that was done: its names are not absent.
_DONE = re.compile(
    r"\b(?:was|were|is|are|be|been|has|have|had|would|will|substitut(?:ed|ing|es)|"
    r"attend(?:ed|ing|s)|represent(?:ed|ing|s)|deputi[sz](?:ed|ing|es)|"
    r"welcomed|opened|took|explained|said|advised|reported|informed|thanked|agreed|noted|"
    r"declared|asked|read|joined|left|arrived|came|chaired|introduced|replaced|stood)\b",
    re.IGNORECASE,
)


_PAST = re.compile(r"\b[a-z]{3,20}ed\b")


_FOR_LATENESS = re.compile(
    r",? and (?:apologies )?from (?P<who>[^;]{3,200}?) for (?:lateness|late arrival|arriving late|"
    r"(?:being|his|her|their) late\w*)",
    re.IGNORECASE,
)


_PARENS = re.compile(r"\([^()]{0,300}\)")


LED = re.compile(
    r"(?:was|were|had been|have been|received|submitted|on behalf|from)\b", re.IGNORECASE
)


def apologies_in(text: str, span: Span, *, listed: bool) -> tuple[list[Name], list[Name]]:
    """Who sent apologies, and who was to be late, in a stretch of prose or (``listed``) a list."""
    run = plain(text[span.start : span.end])
    run = unbroken(side_by_side(run) if listed else run, page_width(text, span.start, span.end))
    away, late = _told(run, Span(0, len(run)), listed=listed)
    away = _without_posts(run, away)
    return _moved(away, span.start), _moved(late, span.start)


def _without_posts(run: str, names: Sequence[Name]) -> list[Name]:
    """One person a line: "Ann Bell, Children, Learning & Leisure" holds no further people.

    A word alone behind somebody's whole name shows that the line goes on with a post or a body.
    """
    by_line: dict[int, list[Name]] = {}
    for one in names:
        by_line.setdefault(run.rfind("\n", 0, one.span.start), []).append(one)
    if len(by_line) < 2:
        return list(names)
    return [one for line in by_line.values() for one in (line[:1] if _is_one(line) else line)]


def _is_one(names: Sequence[Name]) -> bool:
    first, *rest = (one.name.split() for one in names)
    return len(first) > 1 and any(len(words) == 1 for words in rest)


def _moved(names: Sequence[Name], by: int) -> list[Name]:
    return [replace(one, span=Span(one.span.start + by, one.span.end + by)) for one in names]


def _told(text: str, span: Span, *, listed: bool) -> tuple[list[Name], list[Name]]:
    away: list[Name] = []
    late: list[Name] = []
    rows_follow = False
    text = _without_deputies(text) if listed else text
    for one in _apart(text, sentences(text, span)):
        sentence = text[one.start : one.end]
        low = sentence.lower()
        if is_about_lateness(low):
            early, behind = _with_lateness(text, one)
            away, late = [*away, *early], [*late, *behind]
            continue
        at = low.find("apolog")
        if at < 0:
            unable = _UNABLE.match(sentence)
            if unable:
                away += read_people(text, one.start, one.start + unable.end("who"), "apologies")
            elif listed or rows_follow:
                away += _listed_in(text, one, listed=listed)
            continue
        rows_follow = False
        sent = _SENT.match(sentence) or _UNABLE.match(sentence)
        if sent and "apolog" not in sent["who"].lower():
            away += read_people(text, one.start, one.start + sent.end("who"), "apologies")
            continue
        begin = _names_begin(sentence, at, listed=listed)
        if begin is None:
            continue
        rows_follow = begin >= len(sentence.rstrip()) or sentence[:begin].rstrip().endswith(
            (":", ":-", "–", "-")
        )
        stop = one.start + _names_end(sentence, begin)
        away += read_people(text, one.start + begin, stop, "apologies")
    return away, late


# "Ann Bell (Probation) – Cal Dunn deputising": who came in her place.
_DEPUTISING = re.compile(
    r"[ ][-–—][ ][^,;.\n]{2,60}[ ](?:deputi[sz]|substitut|attend|represent)ing\b[^,;.\n]{0,40}"
)


def _without_deputies(text: str) -> str:
    return _DEPUTISING.sub(lambda one: "," * len(one.group()), text)


_TELLING = re.compile(r"\n[ \t\n]{0,8}(?=(?:The|There|It|In|Members|No|This)[ ])")


_GAP = re.compile(r"\n[ \t]{0,20}\n\s{0,20}")


def _told_below(text: str, one: Span) -> list[int]:
    """Where, below rows of names and a gap, a line of its own tells something in a sentence."""
    made: list[int] = []
    for gap in _GAP.finditer(text, one.start, one.end):
        newline = text.find("\n", gap.end(), one.end)
        line = _PARENS.sub("", text[gap.end() : newline if newline > 0 else one.end][:400])
        before = text[max(one.start, gap.start() - 3) : gap.start()].rstrip()
        if "apolog" in line.lower():
            continue
        if line.rstrip().endswith(".") and not before.endswith((",", "and")) and _DONE.search(line):
            made.append(gap.end())
    return made


def _apart(text: str, spans: Sequence[Span]) -> list[Span]:
    """A line that tells something else, below names that no full stop ended, stands alone."""
    made: list[Span] = []
    for one in spans:
        at = one.start
        for begin in _told_below(text, one):
            made.append(Span(at, begin))
            at = begin
        for match in _TELLING.finditer(text, at, one.end):
            newline = text.find("\n", match.end(), one.end)
            line = text[match.end() : newline if newline > 0 else one.end][:400]
            if _DONE.search(line) or _PAST.search(line):
                made.append(Span(at, match.start()))
                at = match.end()
        made.append(Span(at, one.end))
    return [one for one in made if one.start < one.end]


def _names_begin(sentence: str, at: int, *, listed: bool) -> int | None:
    """Where, behind "Apologies ... from" or a label, the names begin."""
    word_end = at + 6
    while word_end < len(sentence) and sentence[word_end].isalpha():
        word_end += 1
    verb = APOLOGY_VERB.match(sentence, word_end)
    begin = verb.end() if verb else word_end
    led = verb is not None and re.search(
        r"\b(?:from|behalf of|for|by|follow\w*)[ \n:;–-]*$", verb.group(), re.I
    )
    punctuated = sentence[word_end:begin].strip().endswith((":", ":-", "–", "-"))
    return begin if led or punctuated or (listed and at == 0) else None


def _names_end(sentence: str, begin: int) -> int:
    """The names end where the sentence turns to those who came instead."""
    bare = _PARENS.sub(lambda one: " " * len(one.group()), sentence)
    cut = _SUBSTITUTED.search(bare, begin)
    stop = cut.start() if cut else len(sentence)
    semi = sentence.find(";", begin, stop)
    return semi if semi > 0 and _DONE.search(bare, semi, stop) else stop


def _listed_in(text: str, one: Span, *, listed: bool) -> list[Name]:
    """The names of a sentence that has no verb: a list goes on."""
    sentence = text[one.start : one.end]
    lead = APOLOGY_VERB.match(sentence) if listed else None
    begin = one.start + (lead.end() if lead else 0)
    stop = one.start + _names_end(sentence, lead.end() if lead else 0)
    bare = _PARENS.sub("", text[begin:stop])
    if _DONE.search(bare) or _PAST.search(bare) or not looks_like_people(text[begin:stop]):
        return []
    return read_people(text, begin, stop, "apologies")


def _with_lateness(text: str, one: Span) -> tuple[list[Name], list[Name]]:
    """Of a sentence that tells of lateness: those who are absent all the same, and the late."""
    sentence = text[one.start : one.end]
    behind = _FOR_LATENESS.search(sentence)
    if behind and "late" not in sentence[: behind.start()].lower():
        gone, _ = _told(text, Span(one.start, one.start + behind.start()), listed=False)
        who = Span(one.start + behind.start("who"), one.start + behind.end("who"))
        return gone, read_people(text, who.start, who.end, "late")
    return [], late_people(text, one)


def once_each(names: Sequence[Name]) -> list[Name]:
    """A decision column and its minutes say the same apologies twice."""
    return list({one.name.lower(): one for one in reversed(names)}.values())[::-1]
