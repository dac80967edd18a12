"""What the body itself did, in its own sentence: "The Board approved the report"."""

import re
from collections.abc import Sequence

from concerted.reading.decision_codes import code_of
from concerted.reading.lines import Line

_OWN = (
    r"(?:board|committee|sub-committee|subcommittee|sub committee|partnership|forum|panel|group|"
    r"sub-group|subgroup|working party|we|"
    r"commission|meeting|assembly|members|trustees|governors|councillors|everyone|all)"
)
# A council, a cabinet or an authority is often another body than the one that meets.
_OTHERS = r"(?:council|cabinet|executive|authority|association|trust|company|conference)"
_SUBJECT = re.compile(
    rf"(?:the |this )?(?P<name>(?:[A-Z][\w’'&-]{{0,30}}[ ](?:and |of |for |& )?){{0,6}}?)"
    rf"(?P<kind>{_OWN}|{_OTHERS})(?: members)?(?=[ ,:;\n])",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:[,;:][ \n]|\b(?:discussion|debate|consideration|thereafter|accordingly|therefore|"
    r"vote|adjournment)[ \n]|\)[ \n])(?=(?:the|members|we)\b)",
    re.IGNORECASE,
)
_ADVERBS = (
    r"(?:[ \n](?:also|then|therefore|thereafter|unanimously|formally|duly|hereby|accordingly|"
    r"subsequently|further|again|now|all|both)){0,3}"
)
_ACTS = (
    r"noted|approved|endorsed|agreed|adopted|ratified|homologated|accepted|confirmed|supported|"
    r"deferred|refused|rejected|granted|resolved|decided|elected|appointed|nominated|"
    r"recommended|referred|remitted|authorised|instructed|delegated|continued"
)
_ACT = re.compile(rf"{_ADVERBS}[ \n](?P<verb>{_ACTS})\b", re.IGNORECASE)
# "thanked him, and noted the presentation": another act comes first.
_AND_ACT = re.compile(
    rf"{_ADVERBS}[ \n](?:thanked|received|considered|discussed|welcomed|reviewed|commended|"
    rf"heard|examined|scrutinised|congratulated)\b[^.;:]{{0,80}}?\band{_ADVERBS}[ \n]"
    rf"(?P<verb>{_ACTS})\b",
    re.IGNORECASE,
)
# "The Forum, after discussion, agreed …"
_ASIDE = re.compile(r",[ \n](?!who\b|which\b)[^,.;]{3,80},(?=[ \n])")
_RECOMMENDS = re.compile(
    rf"{_ADVERBS}[ \n](?:made|makes|put forward|submitted)[ \n](?:the following|these|its|"
    r"an?|two|three|four|five|six)[ \n](?:\w{1,20}[ \n])?recommendations?\b",
    re.IGNORECASE,
)
_ASSURED = re.compile(
    rf"{_ADVERBS}[ \n](?:took|takes|accepted|received|was|were)[ \n]"
    r"(?:(?:full|significant|substantial|moderate|reasonable|adequate|partial|limited|minimal|no|"
    r"an?)[ \n]){0,3}(?:level of[ \n])?(?:assurance|assured)\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:had|previously|at (?:its|their|the|a|our) (?:last|previous|earlier)|last (?:meeting|"
    r"year|month|week|time)|earlier (?:meeting|in the)|when the|if the|once the|that the|after "
    r"the|before the|until the|because|said|reported|advised|explained|reminded|asked|informed)\b",
    re.IGNORECASE,
)
# What is told within brackets, or of somebody who is named, is not what the body did.
_ASIDES = re.compile(r"[ \n]?\([^()]{0,300}\)|,[ \n]who[ \n][^,.;]{3,80}(?=,)")
# What a body notes as a matter of record, not as a remark.
_PAPERS = (
    r"report|update|presentation|content|information|position|progress|paper|briefing|document|"
    r"minute|note|figure|register|review|date|schedule|plan|strategy|log|programme|program|"
    r"statement|result|outcome|appointment|arrangement|letter|correspondence|action|appendix|"
    r"recommendation|list|return|talk|data|statistics?|tracker|dashboard|calendar|response|"
    r"finding|budget|account|forecast|outturn|policy|protocol|guidance|summary|newsletter|terms|"
    r"change|resignation|timetable|proposal|membership|situation|decision|above|same|following|"
    r"agenda|audit|analysis|framework|consultation|bulletin|verbal|annex|circular|item|matter"
)
_PAPER = re.compile(
    rf"[ \n](?:with (?:thanks|interest|pleasure)[ \n])?(?:(?:the|this|these|its|their|both|all)"
    rf"[ \n](?:[\w’'&/-]+[ \n]){{0,6}}?)?(?:{_PAPERS})s?\b",
    re.IGNORECASE,
)
# "noted the self-assessment; and": a thing and no more, whatever it is called.
_THING = re.compile(
    r"[ \n](?:the|this|these|its|their|both)[ \n](?:[\w’'-]+[ \n]){0,5}?[\w’'-]+"
    r"[ ]?(?:$|[.;,]|and\b)",
    re.IGNORECASE,
)
_AND_MORE = re.compile(r"^ and (?:agreed|approved|accepted|endorsed|welcomed|discussed)\b")
_REMARK = re.compile(
    r"[ \n](?:with \w+[ \n])?(?:that|how|a|an|some|several|many|where|why|concerns?|in particular"
    r"|from)\b|[ \n]the (?:fact|points?|comments?|concerns?|increase|decrease|rise|fall|reduction|"
    r"high|low|lack|need|importance|difference)\b|[ \n]?:",
    re.IGNORECASE,
)
# "Members noted the following:" opens what was said.
_OPENS_REMARKS = re.compile(r"[ \n]the[ ]following(?:[ ]\w{1,20}){0,3}[ ]?:[-–]?$", re.IGNORECASE)
_TALK = re.compile(
    r"[ \n](?:with|on the need|about|the (?:points?|view|idea|need|principle that|importance))\b|"
    r"[ \n]to (?:the|a|an|his|her|their|how|what)\b",
    re.IGNORECASE,
)
_PEOPLE = ("members", "all", "councillors", "everyone")
# "Everyone agreed that a letter be sent": no view, but what is to be done.
_TO_BE_DONE = re.compile(
    r"that (?:the |an? )?[\w’' -]{2,60}? be (?:\w+ed|sent|held|put|made|given)\b"
)
_PLAIN = {
    "approved": "approved",
    "adopted": "approved",
    "ratified": "approved",
    "homologated": "approved",
    "accepted": "approved",
    "confirmed": "approved",
    "endorsed": "endorsed",
    "supported": "agreed",
    "granted": "agreed",
    "authorised": "agreed",
    "instructed": "agreed",
    "refused": "not_agreed",
    "rejected": "not_agreed",
    "recommended": "recommended_to",
    "referred": "referred_to",
    "remitted": "referred_to",
    "delegated": "delegated_to",
    "elected": "other",
    "appointed": "other",
    "nominated": "other",
}


def act_of(words: str, body: str = "") -> str | None:
    """The code of what a sentence says the body did, or None where it only tells or remarks."""
    words = _ASIDES.sub("", words[:700])
    for start in (0, *(led.end() for led in _LED.finditer(words[:300]))):
        subject = _SUBJECT.match(words, start)
        if subject is None or not _is_own(subject, body):
            continue
        if _EARLIER.search(words, 0, start):
            continue
        at = subject.end()
        aside = _ASIDE.match(words, at)
        at = aside.end() if aside else at
        if _ASSURED.match(words, at):
            return "other"
        if _RECOMMENDS.match(words, at):
            return "recommended_to"
        act = _ACT.match(words, at) or _AND_ACT.match(words, at)
        if act and not _tells_of_before(words, act):
            return _code(act["verb"].lower(), words[act.end() :], subject["kind"].lower())
    return None


# "approved the plan and asked for a yearly report": the body's second act.
_AND_ASKED = re.compile(r"\band (?:asked|advised|informed|reminded)\b")


def _tells_of_before(words: str, act: re.Match[str]) -> bool:
    """Words around the act say that it lies back, or is what somebody said of it."""
    behind = _AND_ASKED.split(words[act.end() : act.end() + 60], maxsplit=1)[0]
    if act["verb"].lower() in ("agreed", "resolved", "decided"):
        behind = behind.removeprefix(" that")
    return _EARLIER.search(words, 0, act.end()) is not None or _EARLIER.search(behind) is not None


def _is_own(subject: re.Match[str], body: str) -> bool:
    """The subject can be the body that meets."""
    kind, known = subject["kind"].lower(), body.lower()
    if known and re.fullmatch(_OTHERS, kind) and kind not in known:
        return False
    return not known or subject["name"].strip().lower() in known


def _code(verb: str, rest: str, kind: str) -> str | None:
    if verb == "noted":
        rest = _AND_MORE.sub("", rest, count=1)
        if _OPENS_REMARKS.match(rest):
            return None
        thing = _PAPER.match(rest) or (kind not in _PEOPLE and _THING.match(rest))
        return "noted" if thing and not _REMARK.match(rest) else None
    if verb == "deferred":
        return "deferred"
    if verb == "continued":
        return (
            "deferred" if re.match(r" (?:consideration|the (?:item|application))", rest) else None
        )
    if verb in ("agreed", "resolved", "decided"):
        return _settled(verb, rest, kind)
    if _TALK.match(rest) or rest.lower().startswith((" that", "?")):
        return "recommended_to" if verb == "recommended" else None
    return _PLAIN.get(verb)


def _settled(verb: str, rest: str, kind: str) -> str | None:
    """``agreed that`` of members is what they thought; of the body, what it decided."""
    low = rest.lower().strip()
    if not low or low.startswith(("with ", "on the need", "there ", "about ", "how ")):
        return None
    if low.startswith("that ") and kind in _PEOPLE and not _TO_BE_DONE.match(low):
        return None
    if low.startswith(("that ", "to ")):
        return code_of(rest.strip().split(" ", 1)[1], verb)
    return "agreed"


_LIST_LEAD = re.compile(
    rf"{_SUBJECT.pattern}(?:,[^,]{{3,120}},)?{_ADVERBS}"
    r"(?:[ \n](?P<verb>agreed|resolved|decided)(?:[ ](?:to|that|as follows))?)?[ ]?:[-–—]?$",
    re.IGNORECASE,
)
_FIRST_ACT = re.compile(
    rf"(?:[(\[]?(?:\d{{1,2}}|[a-z]|[ivx]{{1,4}})[.)\]][ \t]{{0,12}}|[-–—•·*o§Ø][ \t]{{1,12}})?"
    rf"(?:to[ ]|that[ ])?(?P<verb>{_ACTS}|note|approve|agree|endorse|adopt|accept|support|defer|"
    r"ratify|homologate|thanked|requested)\b",
    re.IGNORECASE,
)


def opens_acts(line: Line, following: Sequence[Line], body: str = "") -> bool:
    """``The Board:`` over a list of what it did ("1. noted the review")."""
    if ":" not in line.text[-3:] or len(line.text) > 240:
        return False
    match = _LIST_LEAD.match(line.text)
    if match is None or not following or not _is_own(match, body):
        return False
    if match["verb"] and match["kind"].lower() not in _PEOPLE:
        return True
    return _FIRST_ACT.match(following[0].text) is not None
