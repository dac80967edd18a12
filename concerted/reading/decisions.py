"""Decisions: formal ones by their verb, plain ones by their sentence, each split into limbs."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from concerted.reading.acts import opens_acts
from concerted.reading.decision_codes import RECORD, bare_code, code_of
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Decision, Limb, Span
from concerted.reading.outcomes import plain_code, plain_outcomes
from concerted.reading.sentences import is_wrapped, sentences, without_join
from concerted.reading.stated import hangs_on_verb, stated_in
from concerted.reading.verdicts import verb_in
from concerted.reading.vocabulary import listed

_VERB = re.compile(
    r"(?:UNANIMOUSLY )?(?P<verb>AGREED|RESOLVED|ORDERED|DECIDED|NOTED|APPROVED|ENDORSED|DEFERRED"
    r"|ADOPTED|ACCEPTED|RATIFIED|RECOMMENDED|CONCLUDED|DETERMINED|HOMOLOGATED|REMITTED|SUPPORTED"
    r"|(?:Unanimously )?(?:Resolved|Agreed)(?= ?(?:that|to|:|[-–—]|\.|$|unanimously|with all)))\b"
)
_FORMAL_IN_SENTENCE = re.compile(
    r"\b(?P<verb>AGREED|RESOLVED|ORDERED|DECIDED|NOTED|APPROVED|ENDORSED|DEFERRED|ADOPTED|"
    r"RATIFIED|RECOMMENDED|CONCLUDED|DETERMINED|HOMOLOGATED|REMITTED)\b"
)
_LINK = re.compile(
    r"[ \n]{0,4}(?:unanimously|nem\.? ?con\.?|by consent|"
    r"accordingly)?[ \n]{0,4}[:;,.\-–—]{0,3}[ \n]{0,8}"
    r"(?:that\b)?[ \n]{0,4}[:;,\-–—]{0,3}[ \n]{0,4}",
    re.IGNORECASE,
)
_THAT_LIST = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]{0,8}that\b", re.IGNORECASE)
# Under the word "Decision": "To note the review."
_TO_ACT = re.compile(
    r"(?:\(?(?:1|a|i)[.)][ ]{1,4})?to (?:note|approve|agree|endorse|adopt|accept|defer|support|"
    r"ratify|recommend|refer|delegate)\b"
)
_ENUMERATED = re.compile(
    r"(?:^|(?<=[\n;:.])(?<!\d\.)[ \t\n]{0,12}(?:and[ \n]{1,3})?|(?<=\d\.)[ \t\n]{1,12}|"
    r"(?<=,)[ ](?:and[ ])?)\(?"
    r"(?P<letter>\d{1,2}|[a-z]|[ivx]{1,4}|\d{1,3}\.\d{1,2}(?=[ \t]))"
    r"(?:\)|\.(?=[ \t\n])|(?<=\.\d)(?=[ \t])|(?<=\.\d\d)(?=[ \t]))[ \t\n]{0,12}(?=\S)",
    re.IGNORECASE,
)
# The letter of the first limb, right behind the verb; then "and (b)" needs no other mark.
_FIRST_LETTER = re.compile(
    r"[ \n]{0,3}\(?(?P<letter>\d{1,2}|[a-z]|[ivx]{1,4})\)[ \t\n]{0,12}(?=\S)", re.IGNORECASE
)
_AND_LETTER = re.compile(
    r"[ \n]{1,3}(?:and|or)[ \n]{1,3}\((?P<letter>\d{1,2}|[a-z]|[ivx]{1,4})\)[ \n]{1,3}"
    r"(?=\w)",
    re.IGNORECASE,
)
_AND_THAT = re.compile(
    r"[,;]?[ \n]{1,3}and[ \n]{1,3}(?:also[ ])?that[ \n]{1,3}|;[ \n]{1,3}(?:and[ ])?(?:that[ ])?",
    re.IGNORECASE,
)
_AND_CLAUSE = re.compile(
    r",[ \n]{1,3}and[ \n]{1,3}(?=(?:[\w’'-]{1,20}[ ]){1,6}(?:be|come|comes|report|reports|"
    r"return|returns)\b)"
)
_STARTS_LIST = re.compile(
    r"(?:\(?[1ai][.)]|\d{1,3}\.\d{1,2}[.)]?)[ \t]{1,8}(?:that|to)\b", re.IGNORECASE
)
# Under the word "Decision" the verb needs no "was": "Option 2 agreed by five votes to one".
_VERDICT = re.compile(
    r"(?<!not )\b(?:noted|agreed|approved|endorsed|deferred|accepted|adopted|supported)\b",
    re.IGNORECASE,
)
_LEADING = listed("it was unanimously accordingly and thereupon therefore the board committee")
_BULLET = re.compile(r"\n[ \t]{0,12}(?:[-–•·§Øo*][ \t]{1,8})(?=\S)")

_EDGE = " \n\t\u00a0:;,-–—•·*"


# "RESOLVED to: (a) note …": what leads to the list is no limb.
_ONLY_LEADS = ("", "to", "that", "as follows", "to the following", "the following")


@dataclass(frozen=True, slots=True)
class _Found:
    """A decision's place: the whole, and where its words begin after the verb."""

    span: Span
    words: Span
    verb: str
    formal: bool


def read_decisions(
    text: str,
    decided: Sequence[Line],
    told: Sequence[Line],
    *,
    about_minutes: bool,
    body: str = "",
) -> list[Decision]:
    """The decisions of an item: from its decision column, its formal verbs, else its sentences.

    ``about_minutes`` says that the item is there for the minutes of an earlier meeting; ``body``
    is the name of the one that meets, as far as it is known.
    """
    stated, told = stated_in(told)
    made = _column(text, decided)
    if stated:
        made += _stated(text, stated, about_minutes=about_minutes, body=body)
    made += [_decision(text, one) for one in _formal(text, told, body)]
    made = _with_sentence_before(text, made, [*decided, *told])
    formal = [one for one in made if one.text]
    if formal:
        return _once(formal)
    lost = [_decision(text, one) for one in _lost(text, told)]
    if lost:
        return _once(lost)
    return _once(plain_outcomes(text, [*decided, *told], about_minutes=about_minutes, body=body))


def _stated(text: str, lines: Sequence[Line], *, about_minutes: bool, body: str) -> list[Decision]:
    """What stands under the word "Decision", by its verb, by its sentence, or as a lost verb's."""
    made = _column(text, lines, body) or plain_outcomes(
        text, lines, about_minutes=about_minutes, body=body
    )
    if made:
        return made
    verdict = _VERDICT.search(lines[0].text)
    if verdict:
        limb = Limb("a", verb_in(verdict.group().lower()), squeeze(lines[0].text), lines[0].span)
        return [Decision(limb.code, limb.text, (limb,), limb.span)]
    if not hangs_on_verb(lines[0].text):
        return made
    span = Span(lines[0].start, lines[-1].end)
    return [_decision(text, _Found(span, span, "", True))]


def _lost(text: str, lines: Sequence[Line]) -> list[_Found]:
    """``(1) That the plan be approved``: sentences that hang on a verb which was lost."""
    found: list[_Found] = []
    at = 0
    while at < len(lines):
        before = lines[at - 1].text[-1:] if at else "."
        if before not in ".;)" or not hangs_on_verb(lines[at].text):
            at += 1
            continue
        stop = at
        while stop + 1 < len(lines) and (
            _ENUMERATED.match(lines[stop + 1].text) or lines[stop + 1].text.startswith("that ")
        ):
            stop += 1
        span = Span(lines[at].start, lines[stop].end)
        found.append(_Found(span, span, "", True))
        at = stop + 1
    return found


def _once(found: list[Decision]) -> list[Decision]:
    """A decision column and its minutes repeat the same sentence: it counts once."""
    seen: set[str] = set()
    kept: list[Decision] = []
    for one in found:
        key = squeeze(one.text).lower().strip(" .")
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _column(text: str, lines: Sequence[Line], body: str = "") -> list[Decision]:
    """The decision column: a formal verb, a verb that was lost ("That …"), else plain sentences."""
    if not lines:
        return []
    made = [_decision(text, one) for one in _formal(text, lines, body)]
    if made:
        return made
    first = lines[0].text.lower().lstrip("-•·* ")
    if first.startswith("that ") or _THAT_LIST.match(first) or _TO_ACT.match(first):
        span = Span(lines[0].start, lines[-1].end)
        return [_decision(text, _Found(span, span, "", True))]
    return []


def _formal(text: str, lines: Sequence[Line], body: str = "") -> list[_Found]:
    """Every place where a verb of decision stands at the front of a line, or in capitals."""
    found: list[_Found] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        bare = line.text.lstrip("-–•·§Ø* \t0123456789.)(")
        offset = len(line.text) - len(bare)
        match = _VERB.match(bare)
        where = offset + match.start("verb") if match else -1
        verb = match["verb"] if match else ""
        if match is None and opens_acts(line, lines[at + 1 : at + 2], body):
            stop_at = _decision_end(lines, at, ":")
            if stop_at > at:
                end = lines[stop_at].end
                words = Span(line.end, end)
                verb = "agreed" if "agreed" in line.text.lower().split(":")[0] else ""
                found.append(_Found(Span(line.start, end), words, verb, True))
            at = stop_at + 1
            continue
        if match is None:
            inner = _FORMAL_IN_SENTENCE.search(line.text)
            if inner is None or _mentions(line.text, inner):
                at += 1
                continue
            where, verb = inner.start("verb"), inner["verb"]
        elif verb in ("NOTED", "APPROVED", "ENDORSED", "DEFERRED") and len(line.text) > 300:
            at += 1
            continue
        start = line.start + where
        stop_at = _decision_end(lines, at, line.text[where:])
        flows = _only_wrapped(lines[at : stop_at + 1])
        end = _end_in_line(text, start, lines[stop_at].end, same_line=flows)
        link = _LINK.match(text, start + len(verb), end)
        begin = min(link.end(), end) if link else start + len(verb)
        found.append(_Found(Span(start, end), Span(begin, end), verb, True))
        at = stop_at + 1
    return found


def _only_wrapped(lines: Sequence[Line]) -> bool:
    """The lines are one paragraph that the edge of the page has broken."""
    return all(
        not after.gap
        and before.text[-1] not in ".:;"
        and not _ENUMERATED.match(after.text)
        and not after.text.lower().startswith(("that ", "to "))
        and (after.text[0].islower() or is_wrapped(before.text))
        for before, after in pairwise(lines)
    )


def _mentions(line: str, match: re.Match[str]) -> bool:
    """A sentence written all in capitals holds no verb of decision of its own."""
    lead = line[: match.start()].lower().split()
    return line.isupper() and any(word.strip(",") not in _LEADING for word in lead)


def _decision_end(lines: Sequence[Line], at: int, words: str) -> int:
    """The index of the last line that belongs to the decision begun in ``lines[at]``."""
    listed = words.rstrip().endswith((":", ":-", "that", "that:-", "-", "–", "—")) or (
        len(words.split()) <= 2 and (words.rstrip().lower().endswith(("that", "to")))
    )
    alone = len(words.strip(" .:-–")) <= 9
    last = at
    for i in range(at + 1, len(lines)):
        text = lines[i].text
        numbered = _ENUMERATED.match(text) is not None or text[:2] in (
            "- ",
            "• ",
            "· ",
            "* ",
            "o ",
            "– ",
        )
        that = text.lower().startswith(("that ", "(that ", "to ")) or text.lower() == "that"
        listed = listed or (alone and i == at + 1 and _STARTS_LIST.match(text) is not None)
        if numbered and (listed or last > at or _ENUMERATED.search(words)):
            last = i
        elif last == at and (listed or (alone and that)) and not _VERB.match(text):
            last = i
            leads = text.rstrip(" :-–").lower() in ("that", "to")
            listed = leads or (listed and text.rstrip().endswith((":", ";", "and", ",")))
        elif (
            (last > at and text[:1].islower() and not lines[i].gap)
            or (
                last == at
                and text[:1].islower()
                and not lines[i].gap
                and lines[i - 1].text[-1:] not in ".;"
            )
            or (last > at and that)
            or (is_wrapped(lines[i - 1].text) and not lines[i].gap and not _VERB.match(text))
        ):
            last = i
        else:
            break
    return last


# "RESOLVED 1. That …": the point behind the first number ends no sentence.
_VERB_AND_NUMBER = re.compile(
    r"[A-Z][A-Za-z]{4,12}[ \n:–-]{1,4}\(?(?:\d{1,2}|[a-z])\.[ \n]{1,4}(?=(?:[Tt]hat|[Tt]o)\b)"
)


def _end_in_line(text: str, start: int, end: int, *, same_line: bool) -> int:
    """A decision inside a long line ends with its sentence, unless a list follows."""
    number = _VERB_AND_NUMBER.match(text, start, end) if same_line else None
    if number:
        return _end_of_numbered(text, number.end(), end)
    if not same_line or end - start < 200:
        found = sentences(text, Span(start, end)) if same_line else []
        if len(found) > 1 and not _ENUMERATED.match(text[found[1].start : found[1].end]):
            listed = _ENUMERATED.search(text[found[0].start : found[0].end])
            return end if listed else found[0].end
        return end
    found = sentences(text, Span(start, end))
    stop = found[0].end
    for one in found[1:]:
        if _ENUMERATED.match(text[one.start : one.end]) or text[one.start : one.end].startswith(
            "That "
        ):
            stop = one.end
        else:
            break
    return stop


_NEXT_IN_LIST = re.compile(r"(?:\d{1,2}|[a-z])\.?[ ]?$|(?:\(?\w{1,2}[.)][ ])?(?:That|To) ")


def _end_of_numbered(text: str, start: int, end: int) -> int:
    """The end of "That … 2. That …", begun after its first number."""
    found = sentences(text, Span(start, end))
    stop = found[0].end
    for one in found[1:]:
        if not _NEXT_IN_LIST.match(text[one.start : one.end]):
            break
        stop = one.end
    return stop


def _decision(text: str, found: _Found) -> Decision:
    limbs = _limbs(text, found)
    words = without_join(text[found.span.start : found.span.end])
    span = Span(found.span.start, found.span.start + len(words))
    whole = squeeze(words)
    code = limbs[0].code if limbs else "other"
    why = _doubt(found, limbs, text)
    if not limbs:
        whole = ""
    return Decision(code, whole, tuple(limbs), span, not why, why)


def _limbs(text: str, found: _Found) -> list[Limb]:
    """The things decided, each with its own code."""
    pieces: list[tuple[str, int, int]] = []
    at, letter = found.words.start, ""
    first = _FIRST_LETTER.match(text, at, found.words.end)
    marks = list(_ENUMERATED.finditer(text, first.end() if first else at, found.words.end))
    if first:
        at, letter = first.end(), first["letter"]
        marks += _AND_LETTER.finditer(text, at, found.words.end)
        marks.sort(key=lambda mark: mark.start("letter"))
    for match in marks:
        if match.start() < at:
            continue
        if text[at : match.start()].strip(" \n\t:;-–.,").lower() not in _ONLY_LEADS:
            pieces.append((letter, at, match.start()))
        at, letter = match.end(), match["letter"]
    pieces.append((letter, at, found.words.end))
    limbs: list[Limb] = []
    for letter, start, end in pieces:
        for left, right in _joined(text, start, end):
            raw = text[left:right]
            lead = len(raw) - len(raw.lstrip(_EDGE))
            body = without_join(raw).strip(_EDGE)
            if body.lower().startswith("that "):
                lead += 5
                body = body[5:]
            if any(c.isalpha() for c in body):
                span = Span(left + lead, left + lead + len(body))
                own = code_of(body, found.verb)
                limbs.append(Limb(letter or "", own, squeeze(body), span))
    return _lettered(limbs)


def _lettered(limbs: list[Limb]) -> list[Limb]:
    made: list[Limb] = []
    for number, one in enumerate(limbs):
        letter = one.letter or (chr(ord("a") + number % 26) if len(limbs) > 1 else "a")
        made.append(Limb(letter, one.code, one.text, one.span))
    return made


def _joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    cuts = sorted(
        {
            (m.start(), m.end())
            for pattern in (_AND_THAT, _AND_CLAUSE, _BULLET)
            for m in pattern.finditer(text, start, end)
        }
    )
    pieces, at = [], start
    for left, right in cuts:
        if left < at or _in_brackets(text, at, left, end):
            continue
        if text[at:left].strip(" \n:-–"):
            pieces.append((at, left))
        at = right
    pieces.append((at, end))
    return pieces


# The longest remark in brackets within which no mark parts what was decided.
_REMARK = 400


def _in_brackets(text: str, start: int, at: int, end: int) -> bool:
    """A semicolon within brackets parts a remark, not the things decided."""
    opened = text.rfind("(", max(start, at - _REMARK), at)
    if opened < 0 or text.find(")", opened, at) >= 0:
        return False
    return text.find(")", at, min(end, opened + _REMARK)) >= 0


def _doubt(found: _Found, limbs: Sequence[Limb], text: str) -> str:
    if not limbs:
        return ""
    codes = [one.code for one in limbs]
    verb = found.verb.lower()
    if len(set(codes)) > 1:
        said = ", then ".join(_spoken(code) for code in dict.fromkeys(codes))
        return f"One decision holds different things: {said}."
    if verb.endswith("agreed") and codes[0] in (
        "approved",
        "endorsed",
        "deferred",
        "referred_to",
        "recommended_to",
    ):
        return f"The minutes say AGREED; the words say {_spoken(codes[0])}."
    if codes[0] == "other":
        return "It could not be told what kind of decision this is."
    return ""


def _spoken(code: str) -> str:
    return code.replace("_", " ")


def _with_sentence_before(text: str, made: list[Decision], lines: Sequence[Line]) -> list[Decision]:
    """A verb that stands alone ("AGREED") decides the sentence before it."""
    whole: list[Decision] = []
    order = sorted(lines, key=lambda line: line.end)
    ends = [line.end for line in order]
    for one in made:
        if one.limbs:
            whole.append(one)
            continue
        place = bisect_right(ends, one.span.start)
        before = order[place - 1] if place else None
        said = text[one.span.start : one.span.end].rstrip(" .:;\n\t")
        verb = squeeze(said)
        if before is None:
            span = Span(one.span.start, one.span.start + len(said))
            limb = Limb("a", bare_code(verb), verb, span)
            whole.append(Decision(limb.code, verb, (limb,), span))
            continue
        line = next((ln for ln in order[place : place + 1] if ln.start < one.span.start), None)
        if line is not None and text[line.start : one.span.start].strip(" -–•*\n"):
            before = line.part(0, one.span.start - line.start)
        last_sentence = sentences(text, before.span)[-1]
        words = text[last_sentence.start : last_sentence.end]
        code = code_of(words, verb) if RECORD.search(words) else bare_code(verb)
        if code == "other":
            code = plain_code(words) or code
        limb = Limb("a", code, squeeze(words), last_sentence)
        why = "The verb stands alone; what it decides is taken from the sentence before it."
        whole.append(
            Decision(
                code,
                f"{limb.text} {verb}",
                (limb,),
                Span(last_sentence.start, one.span.end),
                False,
                why,
            )
        )
    return whole
