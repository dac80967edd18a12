"""The code of one thing decided, from the closed list, by the words that decide it."""

import re

_DOING = {
    "noted": r"not(?:e[sd]?|ing)",
    "approved": r"approv(?:e[sd]?|al|ing)|adopt(?:s|ed)?|ratif(?:y|ied|ies)|accept(?:s|ed)?|"
    "confirm(?:s|ed)?|sign(?:ed)? off",
    "endorsed": r"endors(?:e[sd]?|ing)",
    "recommended_to": r"recommend(?:s|ed)?",
    "referred_to": r"refer(?:s|red)?",
    "delegated_to": r"delegat(?:e[sd]?|ion)",
    "deferred": r"defer(?:s|red)?|postpone[sd]?|adjourn(?:ed)?|carried over|carried forward|"
    r"held over|left over|put (?:off|back)|continue[sd]?(?= (?:further )?consideration)",
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


RECORD = re.compile(
    r"\b(?:minutes|minute of|notes|record)\b.{0,220}?\b(?:agreed|approved|confirmed|accepted|"
    r"signed|"
    r"adopted|taken as read|read and|"
    r"verified|noted as|ratified|correct|true|accurate)\b",
    re.IGNORECASE | re.DOTALL,
)


RECORD_WORD = re.compile(
    r"\b(?:correct|true|accurate|accurately|fair)\b|taken as read|\bconfirmed\b|\bsigned\b", re.I
)


# "AGREED as a correct record": the verb stands before, and the minutes are the item's title.
_AS_RECORD = re.compile(
    r"[ \n]*(?:(?:as|to be)[ \n]+){1,2}(?:being[ \n]+)?(?:an?[ \n]+|the[ \n]+)?"
    r"(?:(?:full|true|correct|accurate|fair)(?:[ \n]+(?:and[ \n]+)?|,[ \n]*)){1,3}"
    r"(?:record|reflection|account|minutes?)\b",
    re.IGNORECASE,
)


# A resolution that chooses a person for an office settles no matter.
_CHOOSES = re.compile(
    r"\b(?:re-?)?elect(?:s|ed)?\b|\b(?:(?:re-?)?appoint|co-?opt|nominate)(?:s|e?d)?\b"
    r".{0,80}?\b(?:as|(?:vice-?)?chair\w*|to be|to the|onto?|representatives?)\b",
    re.IGNORECASE,
)


_NOT = re.compile(
    r"\bnot (?:be )?(?:agreed|approved|supported|adopted|endorsed|pursued|accepted)\b|"
    r"\breject(?:ed)?\b|\brefused?d?\b",
    re.I,
)


_AUTHORITY = re.compile(
    r"\b(?:authority|power)s? (?:is |be |be given |given )|\bdelegated (?:authority|powers?)",
    re.IGNORECASE,
)


# "be received and its recommendations adopted": one "be" for both.
_RECEIVED_AND = re.compile(
    r"\bbe[ \n](?:received|considered)[ \n]and[ \n](?:the|its|their|all)[ \n]"
    r"(?:[\w’'-]+[ \n]){1,5}?(?:(?P<approved>adopted|approved|accepted)|(?P<agreed>agreed)|"
    r"(?P<noted>noted)|(?P<endorsed>endorsed))\b",
    re.IGNORECASE,
)
# "agreed to note the report", under "The Board:".
_LEADING_VERB = re.compile(r"[ \n]*(?:agreed|resolved|decided)[ \n](?:to|that)[ \n]", re.IGNORECASE)


_PARTICIPLE = re.compile(r"(?:ed|en|wn|id|read|put|heard|,)$", re.IGNORECASE)


def _describes(words: str, match: re.Match[str]) -> bool:
    """``home care and supported living``: behind "and" a participle decides only after another."""
    before = words[max(0, match.start() - 40) : match.start()].split()
    if len(before) < 2 or before[-1].lower() != "and" or not match.group().endswith("ed"):
        return False
    return not _PARTICIPLE.search(before[-2])


def code_of(words: str, verb: str) -> str:
    """The code of one thing decided; ``verb`` is the formal verb it hangs on."""
    words = _LEADING_VERB.sub("", words[:600], count=1)
    if _NOT.search(words):
        return "not_agreed"
    if verb and _AS_RECORD.match(words):
        return "agreed_as_correct_record"
    if RECORD.search(words) and RECORD_WORD.search(words):
        return "agreed_as_correct_record"
    if re.search(r"\b(?:minutes|notes)\b", words[:60], re.I) and re.search(
        r"\b(?:agreed|approved|confirmed|accepted)\b", words, re.I
    ):
        return "agreed_as_correct_record"
    if verb.lower() == "recommended":
        return "recommended_to"
    received = _RECEIVED_AND.search(words)
    if received:
        return received.lastgroup or "other"
    first: str | None = None
    for match in _WHICH.finditer(words):
        code = match.lastgroup or "other"
        before = words[max(0, match.start() - 16) : match.start()]
        if _describes(words, match):
            continue
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
    if low.endswith("agreed"):
        return "agreed"
    return "other" if _CHOOSES.search(words[:160]) else "agreed"


def bare_code(verb: str) -> str:
    low = verb.lower()
    for code in ("noted", "approved", "endorsed", "deferred"):
        if low.endswith(code):
            return code
    return "agreed" if "agreed" in low else "other"
