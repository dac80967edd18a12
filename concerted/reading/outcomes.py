"""Outcomes told in plain sentences, without a formal verb."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from concerted.reading.acts import act_of
from concerted.reading.decision_codes import RECORD, RECORD_WORD, bare_code, code_of
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Decision, Limb, Span
from concerted.reading.opinions import done_by_others, holds_opinion
from concerted.reading.putting_off import is_put_off
from concerted.reading.sentences import paragraph_number, paragraphs, sentences, without_join
from concerted.reading.verdicts import BEFORE_NOW, PAST, is_objection, verb_in, verdict_of
from concerted.reading.vocabulary import listed

_NOT_YET = re.compile(
    r"\b(?:had been|(?:would|will|should|could|to|cannot|not) be(?:en)?|once|unless|awaiting|"
    r"not yet)\b",
    re.I,
)


_AS_RECORD = re.compile(
    r"(?:these |they |this |and )?(?:were |was )?(?:agreed|approved|accepted|confirmed|signed|"
    r"adopted)(?: and (?:signed|agreed|approved))?(?: (?:off|by \w+))?"
    r"(?: as being| as| to be)? (?:an? )?(?:true|correct|accurate|fair)\b",
    re.IGNORECASE,
)


# "These had gone round and were signed as a true record."
_SIGNED_AS = re.compile(
    r"\b(?:were|was|be|and)[ ](?:duly |then |all )?(?:agreed|approved|accepted|confirmed|signed|"
    r"adopted|taken|passed)(?:[ ](?:by|off|and)[ ][\w ]{2,30}?)?[ ](?:as|to be)[ ](?:being )?"
    r"(?:an? )?(?:true|correct|accurate|fair)\b(?: and \w+)?[ ](?:record|reflection|"
    r"account|minute)",
    re.IGNORECASE,
)


# "Minutes agreed.", with the verb that a full sentence has left out.
_RECORD_ALONE = re.compile(
    r"(?:the )?(?:previous |draft |last )?(?:minutes|notes)(?: of [^.;]{1,60}?)? "
    r"(?:agreed|approved|accepted|adopted)(?: unanimously| by all)?[ ]?[.;]?$",
    re.IGNORECASE,
)


# "There was submitted and approved Minute of Meeting of 13th March."
_RECORD_AFTER = re.compile(
    r"\b(?:submitted|read|tabled|considered|circulated|presented),?[ \n]and[ \n](?:approved|agreed|"
    r"confirmed|adopted)[ \n](?:were[ \n]|was[ \n])?(?:the[ \n])?(?:draft[ \n])?minutes?\b",
    re.IGNORECASE,
)


# "The minute of the meeting held on 22 March was submitted and approved."
_RECORD_SUBMITTED = re.compile(
    r"(?:the )?(?:draft )?(?:minutes?|notes) of [^.;]{3,120}? (?:was|were) (?:then )?(?:submitted|"
    r"read|considered|circulated|tabled|taken as read)(?:,| and) (?:approved|agreed|confirmed|"
    r"adopted)\b",
    re.IGNORECASE,
)
_RECEIVED_AND_NOTED = re.compile(
    r"\breceived and noted (?:an?|the|this|these|two|three|his|her|their)\b"
    r"(?! (?:fact|comments?)\b)",
    re.IGNORECASE,
)
_SAYS_AGREED = re.compile(
    r"(?:Agreed|AGREED|Resolved|RESOLVED)[ ]?[:–-]-?[ ](?=[A-Za-z]+[ ][A-Za-z])"
)
# "There being no other names she was elected."
_ELECTED = re.compile(
    r"\b(?:he|she|they) (?:was|were) (?:duly |therefore |then |unanimously |declared )?(?:re-)?"
    r"(?:elected|appointed)\b",
    re.IGNORECASE,
)


_NAMES_PUT = re.compile(
    r"\b(?:no other|nominat\w+|proposed|seconded|unopposed|on a vote)\b", re.IGNORECASE
)


_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be)[ \n]{1,3}(?:then |also |duly |formally |unanimously |all |both |"
    r"generally |read and |received and ){0,2}"
    r"(?P<verb>noted|agreed|approved|endorsed|adopted|"
    r"accepted|ratified|deferred|confirmed|carried|supported|granted|refused|rejected|homologated)\b",
    re.IGNORECASE,
)


_NOTED_ALONE = re.compile(
    r"^(?:(?:the )?[\w’' -]{0,60}?\b)?noted\b(?! (?:that|the fact|how|a|an|some|several|many|"
    r"with)\b)(?:[ ]and accepted)?[ ]?[.;,]?$",
    re.IGNORECASE,
)


# "Noted as tabled.", "Noted with thanks."
_NOTED_HOW = re.compile(r"noted[ ](?:as|with|for|by|and)\b[^.;:]{0,60}[.;]?$", re.IGNORECASE)


# "The meeting noted this.", "Noted: the newsletter; a letter from the bowls club."
_NOTED_THIS = re.compile(
    r"(?:the )?(?:members?|board|partnership|committee|group|forum|panel|council|meeting)"
    r"(?: \w+)? noted (?:this|these|it|them|the same)[ .;]{0,2}$|noted ?: ?\w",
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


_BODY_AGREED = re.compile(
    r"(?:the )?(?:\w+ ){0,2}(?:partnership|board|committee|forum|group|council|panel|meeting)"
    r"(?: \w+ly)? (?:also |then )?agreed (?:to|that) ",
    re.IGNORECASE,
)


# "Two quotes had come in. Agreed to take the lower.": the body is left out.
_LED_BY_AGREED = re.compile(
    r"(?:unanimously |it was |was |then |also |further ){0,2}(?:agreed|resolved|decided)"
    r"(?: unanimously| by all)?[ \n](?:that|to)[ \n]",
    re.IGNORECASE,
)


# "Bids 1 to 3 approved.", "With that change, agreed.": no verb but the verdict.
_NOUN_AND_VERDICT = re.compile(
    r"(?:(?:[A-Z][\w’'-]{0,30}|\d{1,3})(?:[ ][\w’'£%/-]{1,30}){0,7}?[ ]"
    r"(?:approved|adopted|endorsed|ratified|deferred)|(?:with|subject to|after) [^.;:,]{3,60}, "
    r"(?:agreed|approved|adopted|accepted|endorsed))[ ]?[.;]?$",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:not|has|have|had|was|were|is|are|be|been|being|who|which|he|she|they|we|it|members?|"
    r"board|committee|partnership|group|forum|panel|council\w*|cllrs?|mrs?|ms|dr|if|when|once|"
    r"until|chair\w*|duly|to be)\b",
    re.IGNORECASE,
)


# "Consent was refused in three" counts cases; "the application was refused" settles one.
# "The accounts had been looked over and were approved.", "It was put to the vote and agreed."
_AND_WERE = re.compile(
    r"(?:\bhad (?:now |all )?been [^;.]{3,120}? and (?:was|were)|"
    r"\b(?:was|were) (?:then )?(?:put to (?:the|a) vote|voted on)[^;.,]{0,40}? and(?: was| were)?|"
    r"\b(?:was|were) (?:then )?(?:read|gone|taken|worked|looked) [^;.,]{2,60}? and)"
    r" (?:then |duly |unanimously |now ){0,2}(?P<verb>approved|agreed|adopted|accepted|noted|"
    r"endorsed|carried)\b(?! (?:by the|by a|that)\b)",
    re.IGNORECASE,
)


_NAMED_BEFORE = re.compile(
    r"(?:the|this|that|these|those|both|all|application|permission|bids?|\d)\b"
)


_NEXT_HELD = re.compile(r"next (?:\w+ ){0,3}meeting (?:would|will|to|is|be|was)\b")


_BARE_AGREED = re.compile(
    r"^(?:all (?:present |members )?|"
    r"unanimously |this was |these were |duly )?(?:agreed|approved|resolved|carried|"
    r"confirmed|endorsed|deferred|accepted|taken as read)"
    r"(?: by all| unanimously| with all in favour| nem con| to next meeting|"
    r" to the next meeting| and signed(?: by [\w ]{3,30})?)?[ ]?[.;]?$",
    re.IGNORECASE,
)


_BARE = re.compile(
    r"(?:noted|agreed|approved|endorsed|deferred|accepted|confirmed|adopted)[ .]{0,2}$", re.I
)


_DEFERRED_ITEM = re.compile(
    r"\b(?:this |the |that the |that this )(?:agenda )?(?:item|matter|report|paper|"
    r"presentation|discussion)\b.{0,60}?\b"
    r"(?:be|was|is|were|been) (?:deferred|postponed|carried (?:over|forward)|held over)"
    r"|^(?:the |this )?(?:consideration|decision|item|application|election|approval|adoption|"
    r"this|it)"
    r"(?: (?:of|on|for|to)\b.{0,80}?)?(?: (?:was|is|were|be|has been|to be))?(?: therefore| then)?"
    r" (?:deferred|postponed|held over|carried (?:over|forward) to)\b",
    re.IGNORECASE,
)


# What was settled last on the same matter is its outcome.
_CLOSES = re.compile(r"(?:subject to|with) (?:that|this|these|those)\b", re.IGNORECASE)


# "Moved by A, seconded by B: that the levy be adopted": whether it was is said elsewhere.
_ONLY_MOVED = re.compile(
    r"(?:(?:it was|motion:?|amendment:?) )?(?:moved|proposed) (?:by )?[^:;]{3,120}?\bseconded\b",
    re.IGNORECASE,
)
_PUT = re.compile(
    r"\b(?:and|was|were|it was|all|unanimously|duly|:)[ ](?:then |duly |unanimously |it was )?"
    r"(?:agreed|carried|resolved|approved|accepted|passed|elected|adopted|lost|defeated|noted|"
    r"appointed)\b|"
    r"(?<!\bbe )\b(?:agreed|approved|carried|accepted|adopted|resolved|noted)[ ]?[.;]?$",
    re.IGNORECASE,
)


# "Noted the position and agreed that …": who did it is left out.
_SUBJECT_LOST = re.compile(
    r"(?:Noted|Approved|Endorsed|Adopted|Accepted|Ratified|Confirmed)[ ]"
    r"(?:the|this|these|its|both)[ ]"
)


# "It was agreed:" over a list: the first entry says what.
_LEADS_TO_LIST = re.compile(
    r"\b(?:it was|was) (?:\w{1,12}ly )?(?:agreed|resolved|decided)(?: (?:to|that))?[ ]?:?[-–]?$",
    re.IGNORECASE,
)
# Behind somebody's view: it settles the matter only where nothing else does.
_ASSENT = re.compile(
    r"(?:all )?(?:the )?(?:members|others|board|forum|panel|committee|group|partnership|meeting)"
    r"(?: all| generally)? agreed[ ]?[.]?$",
    re.IGNORECASE,
)


# What was carried is told before; what is told after it is the outcome.
_CARRIED = re.compile(
    r"(?:this|it|the (?:motion|amendment|proposal)) (?:was|were) (?:then |duly )?"
    r"(?:carried|lost|agreed|defeated)[ ]?[.]?$",
    re.IGNORECASE,
)


_NO_DECISION = re.compile(
    r"^(?:none|no(?! one\b)|nil|n/?a|yes|there (?:were|was) no)\b", re.IGNORECASE
)


# A sentence with none of these words tells no outcome: most are done with at once.
_TELLING = tuple(
    listed(
        """noted agree approv accept adopt endors support confirm defer postpone carried held
        resolved decided refused rejected grant object comment ratif homologat elected appointed
        nominated opted recommend referred remitted authorised instructed delegated continued
        assur signed correct true accura read verified passed lost defeated received
        over forward back off
        set formed established table"""
    )
)


def plain_outcomes(
    text: str, lines: Sequence[Line], *, about_minutes: bool, body: str = ""
) -> list[Decision]:
    """Sentences that tell an outcome without a formal verb; "noted that" tells none."""
    made: list[Decision] = []
    every = paragraphs(lines)
    for number, paragraph in enumerate(every):
        for one in sentences(text, paragraph):
            start = one.start + paragraph_number(text[one.start : one.end])
            words = text[start : one.end]
            if number + 1 < len(every) and _LEADS_TO_LIST.search(words[-40:]):
                words = text[start : min(every[number + 1].end, one.end + 400)]
            code = plain_code(words, body)
            if code is None:
                continue
            why = _plain_doubt(words, code, about_minutes=about_minutes)
            words = without_join(words)
            span = Span(start, start + len(words))
            limb = Limb("a", code, squeeze(words), span)
            made.append(Decision(code, limb.text, (limb,), span, not why, why))
    made = _without_echoes(made, lines)
    made.sort(
        key=lambda d: (
            d.why == RECORD_ELSEWHERE,
            _ASSENT.match(d.text) is not None
            or _is_only_moved(d.text)
            or _CARRIED.match(d.text) is not None,
            not _CLOSES.match(d.text),
        )
    )
    return made


def _is_only_moved(words: str) -> bool:
    return _ONLY_MOVED.match(words) is not None and _PUT.search(words[:400]) is None


def _without_echoes(made: list[Decision], lines: Sequence[Line]) -> list[Decision]:
    """ "Apologies were noted. / Noted.": the cell beside a sentence only says its outcome again."""
    order = sorted(lines, key=lambda line: line.start)
    starts = [line.start for line in order]
    places = [bisect_right(starts, one.span.start) - 1 for one in made]
    said = {
        (at, one.code) for at, one in zip(places, made, strict=True) if not _BARE.match(one.text)
    }
    return [
        one
        for at, one in zip(places, made, strict=True)
        if not (
            _BARE.match(one.text)
            and len(order[at].text) <= len(one.text) + 4
            and (at - 1, one.code) in said
        )
    ]


RECORD_ELSEWHERE = "The approval of earlier minutes stands under another heading."


def _plain_doubt(words: str, code: str, *, about_minutes: bool) -> str:
    if code == "agreed_as_correct_record":
        return "" if about_minutes else RECORD_ELSEWHERE
    if _IT_WAS.search(words) or _BODY_AGREED.match(words):
        return "The sentence stands in the narrative; no formal decision says it."
    return ""


def plain_code(words: str, body: str = "") -> str | None:
    """The code of an outcome told in a plain sentence, or None when it tells none."""
    words = words[:700].strip().replace("\n", " ")
    low = words.lower()
    if not any(stem in low for stem in _TELLING):
        return None
    if is_objection(words):
        return "other"
    if low.startswith("action") and not low.startswith("action plan"):
        return None
    if is_put_off(words):
        return "deferred"
    if _NO_DECISION.match(low) or low.startswith(("members noted that", "if ", "once ")):
        return None
    signed = _SIGNED_AS.search(words)
    if signed and not _NOT_YET.search(low, max(0, signed.start() - 8), signed.end()):
        return "agreed_as_correct_record"
    told = (_AS_RECORD.match, _RECORD_ALONE.match, _RECORD_SUBMITTED.match, _RECORD_AFTER.search)
    if any(tells(words) for tells in told):
        return "agreed_as_correct_record"
    if RECORD.search(words) and (RECORD_WORD.search(words) or _PASSIVE.search(words)):
        return None if _record_to_come(low) else "agreed_as_correct_record"
    if _DEFERRED_ITEM.search(words) and not done_by_others(words):
        return "deferred"
    if _NOUN_AND_VERDICT.match(words) and not _FINITE.search(words):
        return verb_in(words.rstrip(" .;").rsplit(" ", 1)[1].lower())
    if _BARE_AGREED.match(words):
        return bare_code(
            words.split(".")[0].split()[0] if low.startswith("deferred") else verb_in(low)
        )
    if (_NOTED_ALONE.match(words) or _NOTED_HOW.match(words)) and not re.match(
        r"(?:it was|members|he|she|cllr|the (?:board|chair))\b", low
    ):
        return "noted"
    if _NOTED_THING.match(words) or _NOTED_THIS.match(words) or _RECEIVED_AND_NOTED.search(words):
        return "noted"
    said = _SAYS_AGREED.match(words)
    if said:
        return code_of(words[said.end() :], "agreed")
    if _ELECTED.search(words) and _NAMES_PUT.search(words):
        return "other"
    if holds_opinion(words):
        return None
    settled = act_of(words, body) or verdict_of(words)
    if settled:
        return settled
    if _SUBJECT_LOST.match(words):
        return act_of(f"The meeting {low[0]}{words[1:]}")
    if low.startswith(
        ("agreed with", "agreed by", "agreed unanimously", "all agreed", "unanimously agreed")
    ):
        return "agreed"
    if _NEXT_HELD.search(low):
        return None
    led = _LED_BY_AGREED.match(words)
    if led:
        return code_of(words[led.end() :], "agreed")
    body_agreed = _BODY_AGREED.match(words)
    if body_agreed:
        return code_of(words[body_agreed.end() :], "agreed")
    it_was = _IT_WAS.search(words)
    if it_was and done_by_others(words):
        return None
    if it_was and not BEFORE_NOW.search(words[: it_was.end() + 60]):
        return code_of(words[it_was.end() :].lstrip(" :-–"), "agreed")
    if it_was or (BEFORE_NOW.search(words) and not _AND_WERE.search(words)):
        return None
    behind = _AND_WERE.search(words)
    if behind:
        return verb_in(behind["verb"].lower())
    passive = _PASSIVE.search(words)
    if PAST.search(low, 0, passive.end() if passive else len(low)):
        return None
    return _passive_code(words)


def _record_to_come(low: str) -> bool:
    """The minutes are still to be agreed; what is to be put right in them comes after the verb."""
    low = _WHICH_HAD.sub("", low)
    record = RECORD.search(low)
    until = record.end() if record else len(low)
    return _NOT_YET.search(low[:until]) is not None or "matters arising" in low[:20]


# "The minutes, which had been sent out, were approved"
_WHICH_HAD = re.compile(
    r",? which (?:had|have|has) (?:already |all )?been [^,.;]{3,60},"
    r"|, having been [^,.;]{3,60},"
)


_NOT_OUTCOME_AFTER = re.compile(
    r"[ ]{0,2}(?:that\b|:|above\b|below\b|in the (?:report|minutes)\b|by (?:the )?(?:council|"
    r"cabinet|government|police)\b)",
    re.I,
)


# "The following were noted: a letter …"; but the points, comments and views are what was said.
_FOLLOWING = re.compile(
    r"the (?:following|undernoted|undermentioned) "
    r"(?!points?|comments?|issues?|matters?|views?|key|main)(?:[\w’'-]+ ){0,3}"
    r"(?:was|were) ",
    re.IGNORECASE,
)


def _passive_code(words: str) -> str | None:
    match = _PASSIVE.search(words)
    if match is None:
        return None
    if _NOT_OUTCOME_AFTER.match(words, match.end()) and not _FOLLOWING.match(words):
        return None
    verb = match["verb"].lower()
    before = words[: match.start()].strip().lower()
    if before in ("it", "also it", "as", "") or before.endswith(
        (" it", " which it", " as", "although it")
    ):
        return None
    if verb == "noted":
        return "noted"
    if "apolog" in before:
        return None
    if done_by_others(words):
        return None
    if verb in ("granted", "refused", "rejected"):
        if not _NAMED_BEFORE.match(before):
            return None
        return ("agreed" if verb == "granted" else "not_agreed") if len(words) < 200 else None
    if verb in ("agreed", "supported", "carried"):
        return "agreed" if len(words) < 160 or "these " in before else None
    if verb == "deferred":
        return None
    if verb == "endorsed":
        return "endorsed"
    return "approved" if len(words) < 200 else None
