"""A matter put off to another day, in any of the words for it."""

import re

from concerted.reading.opinions import done_by_others

_VERBS = (
    r"(?:deferred|postponed|adjourned|continued|held over|left over|laid over|put off|put back|"
    r"moved|rolled over|carried over|carried forward)"
)
_TILL = (
    r"[ \n]{1,2}(?:to|until|till|for|pending)[ \n]{1,2}(?:the |a |an |its |our |their )?"
    r"(?:[\w’'-]{1,20}[ ]){0,3}?(?:meeting|session|cycle|day|board|forum|date|year|month|spring|"
    r"summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|\d{1,2}(?:st|nd|rd|th)?|consultation|information|advice|further|outcome|"
    r"receipt|report|discussion|consideration)\b"
)
_LEADS = re.compile(
    rf"(?:item |report |matter |both |all )?(?:was |is )?(?:deferred\b|{_VERBS}{_TILL})",
    re.IGNORECASE,
)
_STOOD_OVER = re.compile(
    r"(?:the |this )?(?:matter|item|report|paper|application|question|motion|consideration|it|"
    r"this)(?: of [\w ]{2,40})?[ ](?:stood|stands|to stand|lay|lies|to lie)[ ]"
    r"(?:over\b|on the table\b)",
    re.IGNORECASE,
)
# "Nobody could come, so it was left over until June."
_IT_WAS = re.compile(
    r"\b(?:it|this|these|they|item|matter|report|paper|application|presentation|decision|election|"
    rf"approval)[ \n](?:was|were|is|are|be|will be)[ \n](?:then |therefore |again |all |both )?"
    rf"{_VERBS}{_TILL}",
    re.IGNORECASE,
)
# "It had come too late and the Forum deferred the item."
_BODY_PUT_OFF = re.compile(
    r"\b(?:and|so)[ \n](?:so |therefore )?(?:the |this )?(?:board|committee|sub-committee|"
    r"partnership|forum|panel|group|members|meeting)[ \n](?:\w{1,12}ly[ ]|therefore |then )?"
    r"(?:deferred|postponed|adjourned|put off|put back|held over)[ \n]"
    r"(?:it|this|the (?:item|matter|report|paper|decision|application|discussion)|consideration)\b",
    re.IGNORECASE,
)
# "There was no time, and the Board agreed to defer it."
_AGREED_TO = re.compile(
    r"\b(?:agreed|resolved|decided)[ \n](?:then |therefore )?"
    r"(?:to (?:defer|postpone|put off|hold over|put back)[ \n](?:it|this|the (?:item|matter|report|"
    r"paper|decision|application|discussion|presentation)|consideration)\b|"
    r"that (?:the|this) (?:item|matter|report|paper|application) be "
    r"(?:deferred|postponed|held over|put back)\b)",
    re.IGNORECASE,
)
# "As nobody had seen the papers this was deferred."
_WAS_DEFERRED = re.compile(
    r"(?:(?:as|since|because)\b.{5,100}[ ,])?"
    r"(?:it|this|these|(?:the |this )(?:item|matter|report))"
    r" (?:was|were) (?:therefore |then |again )?(?:deferred|postponed|held over)\.?$",
    re.IGNORECASE,
)
_ONLY_SAID = re.compile(
    r"\b(?:if|whether|unless|asked (?:if|that|for)|suggested|proposed that)\b",
    re.IGNORECASE,
)
# One of these stands in every text that an expression above finds; they are looked for first.
_STEMS = (
    "defer",
    "postpon",
    " over",
    "put off",
    "put back",
    "continued",
    "adjourn",
    "moved",
    "carried forward",
    "on the table",
)


def is_put_off(words: str) -> bool:
    """``Continued to the next meeting.``, ``… so this was held over until June``."""
    low = words.lower()
    if not any(stem in low for stem in _STEMS) or done_by_others(words):
        return False
    if _LEADS.match(words) or _STOOD_OVER.match(words) or _WAS_DEFERRED.match(words):
        return True
    agreed = _AGREED_TO.search(words)
    if agreed and not _ONLY_SAID.search(words, max(0, agreed.start() - 25), agreed.start()):
        return True
    put_off = _IT_WAS.search(words) or _BODY_PUT_OFF.search(words)
    return put_off is not None and not _ONLY_SAID.search(words, 0, put_off.start())
