"""Decisions: formal ones by their verb, plain ones by their sentence, each split into limbs."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Decision, Limb, Span
from concerted.reading.sentences import paragraphs, sentences

_VERB = re.compile(
    r"(?P<verb>AGREED|RESOLVED|ORDERED|DECIDED|NOTED|APPROVED|ENDORSED|DEFERRED"
    r"|(?:Unanimously )?(?:Resolved|Agreed)(?= ?(?:that|to|:|[-–—]|\.|$|unanimously|with all)))\b"
)
_FORMAL_IN_SENTENCE = re.compile(r"\b(?P<verb>AGREED|RESOLVED|ORDERED|DECIDED)\b")
_LINK = re.compile(
    r"[ \n]{0,4}(?:unanimously|nem\.? ?con\.?|by consent|"
    r"accordingly)?[ \n]{0,4}[:;,.\-–—]{0,3}[ \n]{0,8}(?:that\b)?[ \n]{0,4}[:;,\-–—]{0,3}[ \n]{0,4}",
    re.IGNORECASE,
)
_THAT_LIST = re.compile(r"^\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]{0,8}that\b", re.IGNORECASE)
_ENUMERATED = re.compile(
    r"(?:^|(?<=[\n;:.])[ \t\n]{0,12}|(?<=,)[ ])\(?(?P<letter>\d{1,2}|[a-z]|[ivx]{1,4})(?:\)|"
    r"\.(?=[ \t\n]))[ \t\n]{0,12}(?=\S)",
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
_BULLET = re.compile(r"\n[ \t]{0,12}(?:[-–•·§Øo*][ \t]{1,8})(?=\S)")

_DOING = {
    "noted": r"not(?:e[sd]?|ing)",
    "approved": r"approv(?:e[sd]?|al|ing)|adopt(?:s|ed)?|ratif(?:y|ied|ies)|accept(?:s|ed)?|"
    "confirm(?:s|ed)?|sign(?:ed)? off",
    "endorsed": r"endors(?:e[sd]?|ing)",
    "recommended_to": r"recommend(?:s|ed)?",
    "referred_to": r"refer(?:s|red)?",
    "delegated_to": r"delegat(?:e[sd]?|ion)",
    "deferred": r"defer(?:s|red)?|postpone[sd]?|adjourn(?:ed)?|carried over|carried forward",
    "agreed": r"agree[sd]?|support(?:s|ed)?",
}
_WHICH = re.compile(
    "|".join(f"(?P<{code}>\\b(?:{words})\\b)" for code, words in _DOING.items()), re.I
)
_OPERATIVE = re.compile(
    r"(?:\b(?:be|is|are|was|were|been|being|and|hereby|duly|formally|unanimously|given|to|members?|board|partnership|committee"
    r"|council|group|forum|panel|it|they|also)[ \n]{1,3})$|^[ \n]*(?:that[ ])?$",
    re.IGNORECASE,
)
_RECORD = re.compile(
    r"\b(?:minutes|notes|record)\b.{0,220}?\b(?:agreed|approved|confirmed|accepted|signed|"
    r"adopted|taken as read|read and|"
    r"verified|noted as|ratified|correct|true|accurate)\b",
    re.IGNORECASE | re.DOTALL,
)
_RECORD_WORD = re.compile(
    r"\b(?:correct|true|accurate|accurately|fair)\b|taken as read|\bconfirmed\b|\bsigned\b", re.I
)
_PAST = re.compile(
    r"\b(?:had been|has been|have been|previously|at (?:their|our|its|the|a) (?:last|previous|"
    r"earlier)|last meeting|last year"
    r"|were asked|not yet|if|once|whether|would be|will be|to be|should be|could be|must be|"
    r"needs? to be|awaiting|subject to the)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:had been|(?:would|will|should|could|to|cannot|not) be(?:en)?|once|unless|awaiting|"
    r"not yet)\b",
    re.I,
)
_BEFORE_NOW = re.compile(
    r"\b(?:had been|previously|at (?:their|our|its|the|a|that) (?:last|previous|earlier|"
    r"\w+ meeting)|last (?:meeting|year|month)|earlier meeting)\b",
    re.IGNORECASE,
)
_AS_RECORD = re.compile(
    r"(?:these |they |this |and )?(?:were |was )?(?:agreed|approved|accepted|confirmed|signed|"
    r"adopted)(?: and (?:signed|agreed|approved))?(?: (?:off|by \w+))?"
    r"(?: as being| as| to be)? (?:an? )?(?:true|correct|accurate|fair)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be)[ \n]{1,3}(?:then |also |duly |formally |unanimously |all |both |"
    r"generally ){0,2}"
    r"(?P<verb>noted|agreed|approved|endorsed|adopted|accepted|ratified|deferred|confirmed|carried|supported)\b",
    re.IGNORECASE,
)
_NOTED_ALONE = re.compile(
    r"^(?:(?:the )?[\w’' -]{0,60}?\b)?noted\b(?! (?:that|the fact|how|a|an|some|several|many|"
    r"with)\b)(?:[ ]and accepted)?[ ]?[.;,]?$",
    re.IGNORECASE,
)
_NOTED_THING = re.compile(
    r"^(?:the |all )?(?:members?|board|partnership|committee|group|forum|panel|council|meeting|"
    r"cabinet)[\w ]{0,30} noted "
    r"(?:and [a-z]+ )?(?:the |this |its |their )?(?:[\w’-]+ ){0,4}"
    r"(?:report|update|updates|presentation|contents?|information|position|progress|paper|briefing|document|minutes|figures)s?\b",
    re.IGNORECASE,
)
_IT_WAS = re.compile(
    r"\b(?:it was|was it)(?: then| also| further| subsequently)? (?:unanimously )?(?:agreed|"
    r"resolved|decided)\b",
    re.I,
)
_BARE_AGREED = re.compile(
    r"^(?:all |unanimously |this was |these were |duly )?(?:agreed|approved|resolved|carried|"
    r"confirmed|endorsed|deferred|accepted)"
    r"(?: by all| unanimously| with all in favour| nem con| to next meeting|"
    r" to the next meeting)?[ ]?[.;]?$",
    re.IGNORECASE,
)
_DEFERRED_ITEM = re.compile(
    r"\b(?:this |the |that the |that this )(?:agenda )?(?:item|matter|report|paper|"
    r"presentation|discussion)\b.{0,60}?\b"
    r"(?:be|was|is|were|been) (?:deferred|postponed|carried (?:over|forward))",
    re.IGNORECASE,
)
_NO_DECISION = re.compile(r"^(?:none|no|nil|n/?a|yes|there (?:were|was) no)\b", re.IGNORECASE)
_NOT = re.compile(
    r"\bnot (?:be )?(?:agreed|approved|supported|adopted|endorsed|pursued|accepted)\b|"
    r"\breject(?:ed)?\b|\brefused?d?\b",
    re.I,
)
_AUTHORITY = re.compile(
    r"\b(?:authority|power)s? (?:is |be |be given |given )|\bdelegated (?:authority|powers?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A decision's place: the whole, and where its words begin after the verb."""

    span: Span
    words: Span
    verb: str
    formal: bool


def read_decisions(
    text: str, decided: Sequence[Line], told: Sequence[Line], *, about_minutes: bool
) -> list[Decision]:
    """The decisions of an item: from its decision column, its formal verbs, else its sentences.

    ``about_minutes`` says that the item is there for the minutes of an earlier meeting.
    """
    made = _column(text, decided)
    made += [_decision(text, one) for one in _formal(text, told)]
    made = _with_sentence_before(text, made, [*decided, *told])
    formal = [one for one in made if one.text]
    if formal:
        return _once(formal)
    return _once(_plain(text, [*decided, *told], about_minutes=about_minutes))


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


def _column(text: str, lines: Sequence[Line]) -> list[Decision]:
    """The decision column: a formal verb, a verb that was lost ("That …"), else plain sentences."""
    if not lines:
        return []
    made = [_decision(text, one) for one in _formal(text, lines)]
    if made:
        return made
    first = lines[0].text.lower().lstrip("-•·* ")
    if first.startswith("that ") or _THAT_LIST.match(first):
        span = Span(lines[0].start, lines[-1].end)
        return [_decision(text, _Found(span, span, "", True))]
    return []


def _formal(text: str, lines: Sequence[Line]) -> list[_Found]:
    """Every place where a verb of decision stands at the front of a line, or in capitals."""
    found: list[_Found] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        body = line.text.lstrip("-–•·§Ø* \t0123456789.)(")
        offset = len(line.text) - len(body)
        match = _VERB.match(body)
        where = offset + match.start("verb") if match else -1
        verb = match["verb"] if match else ""
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
        end = _end_in_line(text, start, lines[stop_at].end, same_line=stop_at == at)
        link = _LINK.match(text, start + len(verb), end)
        begin = min(link.end(), end) if link else start + len(verb)
        found.append(_Found(Span(start, end), Span(begin, end), verb, True))
        at = stop_at + 1
    return found


def _mentions(line: str, match: re.Match[str]) -> bool:
    """A sentence written all in capitals holds no verb of decision of its own."""
    return line.isupper() and match.start() > 0


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
        that = text.lower().startswith(("that ", "(that ", "to "))
        if numbered and (listed or last > at or _ENUMERATED.search(words)):
            last = i
        elif last == at and (listed or (alone and that)) and not _VERB.match(text):
            last = i
            listed = listed and text.rstrip().endswith((":", ";", "and", ","))
        elif (
            (last > at and text[:1].islower() and not lines[i].gap)
            or (
                last == at
                and text[:1].islower()
                and not lines[i].gap
                and lines[i - 1].text[-1:] not in ".;"
            )
            or (last > at and that)
        ):
            last = i
        else:
            break
    return last


def _end_in_line(text: str, start: int, end: int, *, same_line: bool) -> int:
    """A decision inside a long line ends with its sentence, unless a list follows."""
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


def _decision(text: str, found: _Found) -> Decision:
    limbs = _limbs(text, found)
    whole = squeeze(text[found.span.start : found.span.end])
    code = limbs[0].code if limbs else "other"
    why = _doubt(found, limbs, text)
    if not limbs:
        whole = ""
    return Decision(code, whole, tuple(limbs), found.span, not why, why)


def _limbs(text: str, found: _Found) -> list[Limb]:
    """The things decided, each with its own code."""
    pieces: list[tuple[str, int, int]] = []
    at, letter = found.words.start, ""
    for match in _ENUMERATED.finditer(text, found.words.start, found.words.end):
        if text[at : match.start()].strip(" \n\t:;-–.,"):
            pieces.append((letter, at, match.start()))
        at, letter = match.end(), match["letter"]
    pieces.append((letter, at, found.words.end))
    limbs: list[Limb] = []
    for letter, start, end in pieces:
        for left, right in _joined(text, start, end):
            raw = text[left:right]
            lead = len(raw) - len(raw.lstrip(" \n\t:;,-–—•·*"))
            body = raw.strip(" \n\t:;,-–—•·*")
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
        if left < at:
            continue
        if text[at:left].strip(" \n:-–"):
            pieces.append((at, left))
        at = right
    pieces.append((at, end))
    return pieces


def code_of(words: str, verb: str) -> str:
    """The code of one thing decided; ``verb`` is the formal verb it hangs on."""
    words = words[:600]
    if _NOT.search(words):
        return "not_agreed"
    if _RECORD.search(words) and _RECORD_WORD.search(words):
        return "agreed_as_correct_record"
    if re.search(r"\b(?:minutes|notes)\b", words[:60], re.I) and re.search(
        r"\b(?:agreed|approved|confirmed|accepted)\b", words, re.I
    ):
        return "agreed_as_correct_record"
    first: str | None = None
    for match in _WHICH.finditer(words):
        code = match.lastgroup or "other"
        before = words[max(0, match.start() - 16) : match.start()]
        if _OPERATIVE.search(before if match.start() > 16 else words[: match.start()]):
            first = code
            break
    if first == "agreed" and _AUTHORITY.search(words):
        first = "delegated_to"
    if first is None and _AUTHORITY.search(words):
        first = "delegated_to"
    if first is not None:
        return first
    low = verb.lower()
    if low in ("noted", "approved", "endorsed", "deferred"):
        return low
    return "agreed" if low.endswith("agreed") else "other"


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
        before = order[max(bisect_right(ends, one.span.start) - 1, 0) :][:1] if ends else []
        before = [line for line in before if line.end <= one.span.start]
        verb = squeeze(text[one.span.start : one.span.end]).strip(" .:")
        if not before:
            limb = Limb("a", _bare_code(verb), verb, one.span)
            whole.append(Decision(limb.code, verb, (limb,), one.span))
            continue
        last = before[-1]
        last_sentence = sentences(text, last.span)[-1]
        words = text[last_sentence.start : last_sentence.end]
        code = code_of(words, verb) if _RECORD.search(words) else _bare_code(verb)
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


def _bare_code(verb: str) -> str:
    low = verb.lower()
    for code in ("noted", "approved", "endorsed", "deferred"):
        if low.endswith(code):
            return code
    return "agreed" if "agreed" in low else "other"


def _plain(text: str, lines: Sequence[Line], *, about_minutes: bool) -> list[Decision]:
    """Sentences that tell an outcome without a formal verb; the narrative's "noted that" is none."""
    made: list[Decision] = []
    for paragraph in paragraphs(lines):
        for one in sentences(text, paragraph):
            words = text[one.start : one.end]
            code = plain_code(words)
            if code is None:
                continue
            why = _plain_doubt(words, code, about_minutes=about_minutes)
            limb = Limb("a", code, squeeze(words), one)
            made.append(Decision(code, limb.text, (limb,), one, not why, why))
    made.sort(key=lambda d: d.why == RECORD_ELSEWHERE)
    return made


RECORD_ELSEWHERE = "The approval of earlier minutes stands under another heading."


def _plain_doubt(words: str, code: str, *, about_minutes: bool) -> str:
    if code == "agreed_as_correct_record":
        return "" if about_minutes else RECORD_ELSEWHERE
    if _IT_WAS.search(words):
        return "The sentence stands in the narrative; no formal decision says it."
    return ""


def plain_code(words: str) -> str | None:
    """The code of an outcome told in a plain sentence, or None when it tells none."""
    words = words[:700].strip()
    low = words.lower()
    if _NO_DECISION.match(low) or low.startswith(("action", "members noted that", "if ", "once ")):
        return None
    if _AS_RECORD.match(words):
        return "agreed_as_correct_record"
    if _RECORD.search(words) and (_RECORD_WORD.search(words) or _PASSIVE.search(words)):
        return (
            None
            if _NOT_YET.search(low) or "matters arising" in low[:20]
            else "agreed_as_correct_record"
        )
    if _DEFERRED_ITEM.search(words) or low.startswith(("deferred", "item deferred")):
        return "deferred"
    if _BARE_AGREED.match(words):
        return _bare_code(
            words.split(".")[0].split()[0] if low.startswith("deferred") else _verb_in(low)
        )
    if _NOTED_ALONE.match(words) and not re.match(
        r"(?:it was|members|he|she|cllr|the (?:board|chair))\b", low
    ):
        return "noted"
    if _NOTED_THING.match(words):
        return "noted"
    if low.startswith(
        ("agreed with", "agreed by", "agreed unanimously", "all agreed", "unanimously agreed")
    ):
        return "agreed"
    it_was = _IT_WAS.search(words)
    if it_was and not _BEFORE_NOW.search(words[: it_was.end() + 60]):
        return "agreed"
    if it_was or _PAST.search(low):
        return None
    return _passive_code(words)


def _verb_in(low: str) -> str:
    for verb in ("approved", "endorsed", "deferred", "accepted", "confirmed", "noted"):
        if verb in low:
            return "approved" if verb in ("accepted", "confirmed") else verb
    return "agreed"


_NOT_OUTCOME_AFTER = re.compile(
    r"[ ]{0,2}(?:that\b|:|above\b|below\b|in the (?:report|minutes)\b|by (?:the )?(?:council|"
    r"cabinet|government|police)\b)",
    re.I,
)


def _passive_code(words: str) -> str | None:
    match = _PASSIVE.search(words)
    if match is None:
        return None
    if _NOT_OUTCOME_AFTER.match(words, match.end()):
        return None
    verb = match["verb"].lower()
    before = words[: match.start()].strip().lower()
    if before in ("it", "also it", "as", "") or before.endswith(
        (" it", " which it", " as", "although it")
    ):
        return None
    if verb == "noted":
        return "noted"
    if verb in ("agreed", "supported", "carried"):
        return "agreed" if len(words) < 160 or "these " in before else None
    if verb == "deferred":
        return None
    if verb == "endorsed":
        return "endorsed"
    return "approved" if len(words) < 200 else None
