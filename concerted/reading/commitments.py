"""Actions nobody marked: what the narrative proposes, asks for, promises or wants done."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from concerted.reading.due import Due, read_due
from concerted.reading.lines import Line, squeeze
from concerted.reading.model import Action, Decision, Span
from concerted.reading.owners import can_own, tidy
from concerted.reading.sentences import paragraphs, sentences
from concerted.reading.vocabulary import (
    PARTICLES,
    bare,
    is_acronym,
    is_initials,
    is_person,
    is_role,
    listed,
)

WHY = "Read from the narrative; the minutes do not mark it as an action."
# Acts of deciding or of being: they commit nobody to a task.
_STATES = listed(
    """be been being have has had receive include consist continue remain cost need like appear
    seem mean become help enable allow benefit depend focus cover run last start begin see
    expect hope welcome agree note approve support adopt endorse get not also now still
    never take stand apply know think feel want ensure defer postpone accept thank
    open reopen end love prefer rise fall"""
)
_DECIDING = listed(
    "agreed approved noted adopted endorsed used considered deferred supported identified minuted "
    "recorded elected appointed held"
)
_DELIVERED = (
    "circulated|forwarded|sent|distributed|shared|made available|reported back|brought back|"
    "brought|submitted|presented|"
    "provided|emailed|e-mailed|issued|published|invited|contacted|arranged|asked|written|drafted|prepared|amended|updated"
)
_PASSED = re.compile(
    r"^.{0,40}\bhad been\b|\b(?:at (?:their|our|its|the) (?:last|previous)(?: \w+)? meeting|"
    r"at the previous|previously|in the past|last year|had agreed)\b",
    re.IGNORECASE,
)
# What was asked for was given in the same breath: nothing is left to do.
_MET = re.compile(
    r"(?:\band|[,;–-][ \n]which|\bbut)[ \n](?:(?:this|that|it|these|they|the \w+)[ \n])?"
    r"(?:was|were|had been|has been|have been)[ \n](?:duly |now |since |all |then |already |not )?"
    r"(?:accepted|done|completed|carried out|adopted|incorporated|included|made|declined|refused|"
    r"rejected)\b|\b(?:and|which)[ \n](?:he|she|they|it)[ \n](?:had |has |duly )?(?:did|done)\b",
    re.IGNORECASE,
)
# Looked for first: the words of which an expression needs one.
_OF_PASSED = ("had", "previous", "last", "past")
_OF_MET = ("was", "were", "been", "did", "done")
_OF_WISHING = ("wish", "interested", "want")
_OF_ASKED = (
    "asked",
    "requested",
    "invited",
    "encouraged",
    "urged",
    "reminded",
    "instructed",
    "tasked",
)
_OF_TO_BE = ("to be", "to\nbe")
_FORMAL = re.compile(
    r"(?:UNANIMOUSLY )?(?:AGREED|RESOLVED|ORDERED|DECIDED|NOTED|Resolved|RECOMMENDED)\b"
)
_NEXT_IS_HELD = re.compile(
    r"\bnext (?:\w+ ){0,3}meeting\b.{0,60}\b(?:be|is|take|was)(?: held| place| on|\b)",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"^(?:if|once|should|when|whether|unless|were|had|where|until)\b", re.IGNORECASE
)
_PROPOSED = re.compile(
    r"\b(?:it was|was|were)[ \n](?:then |also |therefore |further |"
    r"subsequently )?(?P<cue>proposed|suggested|requested|agreed|recommended)"
    r"[ \n](?:also[ \n]|therefore[ \n])?(?P<how>that|to)[ \n]",
    re.IGNORECASE,
)
_ASKED_THAT = re.compile(r"\b(?:asked|requested|suggested|proposed)[ \n]that[ \n]", re.IGNORECASE)
_ASKED = re.compile(
    r"(?P<who>[A-Z][\w’' .&/-]{1,60}?)[ \n](?:was|were|is|are)[ \n](?:then |also |all |further )?"
    r"(?:asked|requested|invited|encouraged|urged|reminded|instructed|"
    r"tasked)[ \n](?:also )?to[ \n](?P<verb>[a-z-]+)",
)
_WISHING = re.compile(
    r"\b(?P<who>anyone|anybody|everyone|members|those|partners|any member|any members|"
    r"any \w+)[ \n](?:who (?:wish|wishes|wished)|wishing|interested|"
    r"wanting|who (?:want|wants|wanted))\b.{0,200}?\b(?:should|could|can|may|please|"
    r"to)\b.{0,40}?\b(?P<verb>contact|email|send|let|"
    r"do so|get in touch|speak|see|forward|submit|provide|write|respond|reply)",
    re.IGNORECASE | re.DOTALL,
)
_SHOULD_BE = re.compile(
    r"^(?P<what>any|all|comments|ideas|suggestions|responses|views|feedback|nominations|questions|queries|requests|further|details)\b.{0,200}?"
    r"\b(?:should|to|must|can|could)[ \n]be[ \n](?:forwarded|sent|submitted|passed|emailed|"
    r"e-mailed|directed|returned|given|made|addressed|"
    r"fed back|provided|raised)\b",
    re.IGNORECASE | re.DOTALL,
)
_WOULD = re.compile(
    r"(?P<who>(?:the |The )?[‘'“\"]?[A-Z][\w’'./&-]*(?:[ ](?:of|the|and|for|&|"
    r"[A-Z(‘'][\w’')./&-]*)){0,7}[’'”\"]?)[ \n]"
    r"(?:would|will|agreed to|undertook to|offered to|is to|are to|has agreed to)"
    r"(?:,[^,.]{1,80},)?[ \n](?:now |then |also |therefore |again )?(?P<verb>[a-z][a-z-]+)"
)
# "asked whether the Trust would pay": asked, not promised.
_IN_QUESTION = re.compile(r"\b(?:whether|if|unless|in case)[ \n](?:or not[ \n])?$")
# "The council's lighting team would …": no capitals, but one who acts ends the words.
_TEAM_WOULD = re.compile(
    r"^(?P<who>the[ ](?:[\w’'-]+[ ]){0,6}?(?:team|service|officers?|manager|clerk|"
    r"secretary|treasurer|department|coordinator|co-ordinator|unit|analyst|wardens?|inspector|sergeant|pcsos?|"
    r"director|subgroup|sub-group|working group|task group|council|contractors?|landlord|owners?))"
    r"[ \n](?:would|will|agreed to|undertook to|offered to|is to|are to|has agreed to)"
    r"[ \n](?:now |then |also |therefore |again )?(?P<verb>[a-z][a-z-]+)",
    re.IGNORECASE,
)
# "Marlbeck Homes proposed that its wardens …": who speaks answers for what is theirs.
_ITS_OWN = re.compile(
    r"^(?P<who>(?:the )?[A-Z][\w’'./&-]*(?:[ ](?:of|the|and|for|&|[A-Z(][\w’')./&-]*)){0,6})[ \n]"
    r"(?:has |had |also |then |therefore ){0,2}"
    r"(?:proposed|offered|suggested|promised|undertook|agreed|volunteered)[ \n]that[ \n]"
    r"(?:its|their|his|her)[ \n](?P<what>[^.;]{3,400})",
)
_MODALS = listed("would will should could might may shall now then also")
_NO_VERB = listed("of for in on at to from with and or by about during after before")
_MADE_AVAILABLE = re.compile(
    rf"\b(?P<what>[\w’'-]+(?:[ \n][\w’'-]+){{0,8}}?)[ \n](?:would|will)(?:[ \n](?:also|then|"
    rf"now))?[ \n]be[ \n](?P<verb>{_DELIVERED})"
    r"(?P<to>[ \n](?:to|for|with|at|by|round|around|among|amongst|on|in|when|via|before|after|"
    r"back|out)\b|[.;,]|$)",
    re.IGNORECASE,
)
# Looked for first: most sentences promise nothing, and the expressions above look long.
_WILL_BE = re.compile(r"[ \n](?:would|will)(?:[ \n](?:also|then|now))?[ \n]be[ \n]", re.IGNORECASE)
_LATER = re.compile(r"[ \n](?:would|will)[ \n,]|(?:agreed|undertook|offered|is|are)[ ]to\b")
_TO_BE = re.compile(
    r"^(?P<what>(?:the |an? )?[\w’' ()&/-]{2,100}?)[ \n](?:is |are |was |"
    r"were )?to[ \n]be[ \n](?P<verb>[a-z-]+(?:ed|en|nt|de|ut|ade|ought|eld|out|ut))\b",
    re.IGNORECASE,
)
_NAME_TO = re.compile(
    r"^(?P<who>[A-Z][\w’'./&-]*(?:[ ](?:of|the|and|for|&|[A-Z(][\w’')./&-]*)){0,6})[ \n](?:is |"
    r"are )?to[ \n](?P<verb>[a-z][a-z-]+)"
)
_THIRD_PERSON = re.compile(
    r"^(?P<who>[A-Z][\w’'./-]*(?: [A-Z][\w’'./-]*){0,4})[ \n](?P<verb>[a-z]{3,15}(?:s|es))[ \n]"
)
_SUBJUNCTIVE = re.compile(
    r"^(?P<who>(?:all )?(?:members|partners|officers|agencies|everyone|councillors)|(?:the |"
    r"an? )?[A-Z][\w’'./&-]*(?: (?:of |and |for |the |"
    r"& )?[A-Z][\w’'./&-]*){0,5})[ \n](?P<verb>[a-z]{3,15})[ \n]"
)
_ASKS = re.compile(
    r"\b(?:further|future|final|updated|revised|annual|quarterly|progress|written|full|"
    r"detailed|briefing|copy|letter)?[ ]?\b(?:report|reports|update|paper|"
    r"copy|letter|results?|presentation|plan|briefing|information|"
    r"item)s?\b.{0,80}?\b(?:be (?:presented|submitted|brought|circulated|sent|provided|"
    r"prepared|made|given|produced|tabled|reported|issued|written)|come|comes|return)\b",
    re.IGNORECASE,
)
_TO_FUTURE = re.compile(
    r"\b(?:future|next|subsequent|later) (?:meeting|meetings|board)\b|\breport(?:ed)? back\b",
    re.IGNORECASE,
)
_PRESENTED_AT = re.compile(
    r"\b(?:and that )?(?:this|the) [\w ]{2,30} be (?:presented|submitted|brought|reported)\b",
    re.IGNORECASE,
)
_NO_LATER = re.compile(r"\b(?:no later than|required by|by|deadline|before)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:again|likewise|similarly)\b", re.IGNORECASE)
_NOT_YET = listed(
    """need needs needed would will should could may might had has have was were is likely due
    seemed ought reported said stated that who which"""
)
_WHOLE = listed("partnership board committee forum group we council meeting it panel")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the commitments of one meeting are read against."""

    meeting: datetime.date | None
    following: datetime.date | None
    body: str
    spelled_out: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Told:
    """A commitment as found in one sentence; ``cue`` is the act it asks for."""

    owner: str | None
    cue: str
    span: Span


def read_commitments(
    text: str,
    item: int,
    told: Sequence[Line],
    decisions: Sequence[Decision],
    setting: Setting,
) -> list[Action]:
    """The implied actions of one item: from its narrative, then from its decisions' limbs."""
    made: list[Action] = []
    acts: set[str] = set()
    in_decision = [(d.span.start, d.span.end) for d in decisions if d.limbs]
    for paragraph in paragraphs(told):
        parts = sentences(text, paragraph)
        for number, one in enumerate(parts):
            if any(start <= one.start < end for start, end in in_decision):
                continue
            words = text[one.start : one.end]
            found = _in_sentence(words, one, setting)
            for commitment in found:
                if _AGAIN.search(words) and commitment.cue in acts:
                    continue
                acts.add(commitment.cue)
                following = (
                    text[parts[number + 1].start : parts[number + 1].end]
                    if number + 1 < len(parts)
                    else ""
                )
                made.append(_action(text, item, commitment, setting, following))
    for decision in decisions:
        made += _from_limbs(text, item, decision, setting)
    return made


def _action(text: str, item: int, told: _Told, setting: Setting, following: str) -> Action:
    words = text[told.span.start : told.span.end]
    due: Due | None = read_due(words, setting.meeting, setting.following)
    if due is None and _NO_LATER.search(following) and _is_about_due(following):
        due = read_due(following, setting.meeting, setting.following)
    owner = setting.spelled_out.get(told.owner or "", told.owner)
    return Action(
        item,
        owner,
        squeeze(words),
        due.text if due else None,
        due.day if due else None,
        None,
        told.span,
        False,
        WHY,
    )


def _is_about_due(sentence: str) -> bool:
    low = sentence.lower()
    if re.search(
        r"\b(?:were|was|are|is|be) (?:required|needed|due|wanted|requested|invited|returned|"
        r"in) (?:by|no later than|before|on)\b",
        low,
    ):
        return True
    return low.startswith(
        (
            "responses",
            "comments",
            "replies",
            "this ",
            "these ",
            "ideas",
            "nominations",
            "views",
            "the deadline",
        )
    )


def _in_sentence(words: str, at: Span, setting: Setting) -> list[_Told]:
    """What one sentence commits somebody to; the first way of saying it that fits decides."""
    words = words[:1500]
    if _holds(words, _OF_PASSED) and _PASSED.search(words):
        return []
    if _holds(words, _OF_MET) and _MET.search(words):
        return []
    bare_words = words.strip(" -–•\n")
    if _FORMAL.match(bare_words) or _NEXT_IS_HELD.search(bare_words):
        return []
    if _CONDITION.match(bare_words):
        return []
    for ask in (
        _wishing,
        _asked,
        _should_be,
        _proposed,
        _its_own,
        _asked_that,
        _named_to,
        _would,
        _team_would,
        _delivered,
        _to_be,
    ):
        found = ask(words, setting)
        if found is not None:
            return [_Told(found[0], found[1], at)] if found[1] else []
    return []


_Answer = tuple[str | None, str] | None


def _holds(words: str, needed: Sequence[str]) -> bool:
    low = words.lower()
    return any(word in low for word in needed)


def _wishing(words: str, setting: Setting) -> _Answer:
    match = _WISHING.search(words) if _holds(words, _OF_WISHING) else None
    return (tidy(match["who"]), "contribute") if match else None


def _asked(words: str, setting: Setting) -> _Answer:
    match = _ASKED.search(words) if _holds(words, _OF_ASKED) else None
    if match is None or match["verb"] in _STATES | {"note", "this"}:
        return None
    return (tidy(match["who"]), match["verb"]) if can_own(match["who"]) else None


def _should_be(words: str, setting: Setting) -> _Answer:
    return ("members", "send") if _SHOULD_BE.match(words.strip()) else None


def _proposed(words: str, setting: Setting) -> _Answer:
    """``it was proposed that X do``, ``… to do``, ``it was requested that there be``."""
    match = _PROPOSED.search(words) if "ed" in words or "ED" in words else None
    if match is None:
        return None
    cue = match["cue"].lower()
    rest = words[match.end() :]
    if match["how"].lower() == "to":
        verb = bare(rest.split()[0]) if rest.split() else ""
        return (None, verb) if verb not in _STATES else (None, "")
    if rest.lower().startswith("there be "):
        return None, "have"
    return _proposal(rest, cue, setting)


# "the Board ought not to send" commits nobody.
_NEVER = listed("ought not never need needs")
_BARE_VERB = re.compile(
    r"(?P<who>(?:the |a |an |"
    r"all )?[\w’'‘./&()-]+(?:[ \n][\w’'‘./&()-]+){0,7}?)[ \n](?P<should>should |would |will |"
    r"shall )?(?P<be>be[ \n])?(?P<verb>[a-z-]{3,})\b"
)
_BASE_VERBS = listed(
    """compile prepare write send circulate contact arrange organise invite provide report present
    submit produce develop draft investigate explore review update liaise meet attend lead
    forward bring look discuss raise check collate distribute publish identify set speak ask
    follow feed undertake carry consider complete conduct create establish hold issue make
    monitor obtain progress request respond seek share take visit work"""
)


def _proposal(rest: str, cue: str, setting: Setting) -> _Answer:
    """A proposal binds somebody other than the whole body; what the body itself would do, or
    would agree, is the matter put to it and no task."""
    low_words = rest[:240].split()
    for at, word in enumerate(low_words[:12]):
        act = bare(word)
        before = low_words[:at]
        if not before:
            continue
        passive = before[-1].lower() == "be"
        if passive:
            if act in _DECIDING or not (
                act.endswith("ed")
                or act in ("sent", "made", "given", "held", "written", "brought", "set")
            ):
                return None, ""
            return None, act
        if act in _BASE_VERBS:
            subject = " ".join(
                w for w in before if w.lower() not in ("should", "would", "will", "shall", "also")
            )
            if _is_whole(subject, setting) or _NEVER & {bare(w) for w in subject.split()}:
                return None, ""
            return (tidy(subject), act) if can_own(subject) else (None, act)
    if cue == "requested":
        return None, "have"
    return None, ""


def _is_whole(subject: str, setting: Setting) -> bool:
    """The subject is the body that meets."""
    low = squeeze(subject).lower().removeprefix("the ").strip()
    return (
        low in _WHOLE
        or low in ("this partnership", "this board")
        or (bool(setting.body) and low == setting.body.lower().removeprefix("the "))
    )


def _asked_that(words: str, setting: Setting) -> _Answer:
    """``the Chair asked that ward figures be sent to members``"""
    match = _ASKED_THAT.search(words) if _holds(words, ("that",)) else None
    if match is None:
        return None
    found = _proposal(words[match.end() :], "asked", setting)
    return found if found and found[1] else None


def _is_nobody(who: str) -> bool:
    """``Something``, and ``The Board Agreed``, where a capital hides the verb."""
    first, last = bare(who.split()[0]), bare(who.split()[-1])
    return first in ("something", "nothing", "anything", "everything") or last in (
        "agreed",
        "resolved",
        "decided",
    )


def _named_to(words: str, setting: Setting) -> _Answer:
    match = _NAME_TO.match(words.strip())
    if match is None or match["verb"] in _STATES or not can_own(match["who"]):
        return None
    if bare(match["who"].split()[-1]) in _DECIDING or _is_nobody(match["who"]):
        return None
    return tidy(match["who"]), match["verb"]


def _is_doing(verb: str) -> bool:
    """ "would be submitting": a state of affairs; "bring" and "ring" only sound like it."""
    return verb.endswith("ing") and verb not in ("bring", "ring", "sing")


def _would(words: str, setting: Setting) -> _Answer:
    if not _LATER.search(words):
        return None
    for match in _WOULD.finditer(words):
        who, verb = match["who"], match["verb"]
        if verb in _STATES or _is_doing(verb) or not can_own(who) or _is_whole(who, setting):
            continue
        if " " not in who and match.start() == 0 and not _names_somebody(who):
            continue
        if _IN_QUESTION.search(words, max(0, match.start() - 40), match.start()):
            continue
        if (
            bare(who.split()[0]) in ("it", "this", "these", "there", "which", "members")
            and len(who.split()) == 1
        ):
            continue
        return tidy(who), verb
    return None


def _team_would(words: str, setting: Setting) -> _Answer:
    """``the council's lighting team would replace …``: a team or an officer without capitals."""
    match = _TEAM_WOULD.match(words.strip(" -–•\n"))
    if match is None:
        return None
    who, verb = match["who"], match["verb"].lower()
    if verb in _STATES or _is_doing(verb) or _is_whole(who, setting) or not can_own(who):
        return None
    if any(bare(word) in _NOT_YET for word in who.split()):
        return None
    return tidy(who), verb


def _its_own(words: str, setting: Setting) -> _Answer:
    """``Marlbeck Homes proposed that its wardens walk the parade``: the speaker's own doing."""
    match = _ITS_OWN.match(words.strip(" -–•\n"))
    if match is None or not can_own(match["who"]) or _is_whole(match["who"], setting):
        return None
    low = [word for word in match["what"].split()[:14] if bare(word) not in _MODALS]
    for at, word in enumerate(low[1:9], 1):
        act = bare(word)
        passive = low[at - 1].lower() == "be"
        if passive and act not in _DECIDING:
            return tidy(match["who"]), act
        if passive:
            return None
        if act in _BASE_VERBS:
            return tidy(match["who"]), act
    act = low[1] if len(low) > 1 else ""
    if act in _STATES | _NO_VERB | _NOT_YET or act.endswith(("ed", "ing")):
        return None
    return (tidy(match["who"]), act) if act.isalpha() and act.islower() else None


def _names_somebody(word: str) -> bool:
    """One capitalised word at the front of a sentence is a name only when it cannot be another."""
    return (
        is_initials(word)
        or is_acronym(word)
        or is_role(word)
        or bare(word) in ("members", "officers", "partners", "councillors", "police")
    )


def _delivered(words: str, setting: Setting) -> _Answer:
    if not _WILL_BE.search(words):
        return None
    for match in _MADE_AVAILABLE.finditer(words):
        before = words[: match.start("verb")].lower()
        what = match["what"].lower().split()
        if what[-1] in ("that", "which", "who") or what[0] in ("which", "who"):
            continue
        if re.search(r"(?:^|[;,.] ?|and )(?:if|once|when)\b[^,;]*$", before):
            continue
        return None, match["verb"].lower()
    return None


def _to_be(words: str, setting: Setting) -> _Answer:
    match = _TO_BE.match(words.strip()) if _holds(words, _OF_TO_BE) else None
    if match is None or match["verb"] in _DECIDING or len(words) > 300:
        return None
    if any(bare(word) in _NOT_YET for word in match["what"].split()):
        return None
    return None, match["verb"]


def _does(match: re.Match[str], setting: Setting) -> bool:
    """Somebody who can own it, with a plain verb of doing ("the Clerk write to …")."""
    who, verb = match["who"], match["verb"].removesuffix("s")
    return verb in _BASE_VERBS and can_own(who) and not _is_whole(who, setting)


_NO_ACT = _STATES | PARTICLES | listed("was were has be")


def _from_limbs(text: str, item: int, decision: Decision, setting: Setting) -> list[Action]:
    """A limb that asks for something, or that names who does it."""
    made: list[Action] = []
    for limb in decision.limbs:
        if limb.code in (
            "noted",
            "agreed_as_correct_record",
            "deferred",
            "not_agreed",
            "approved",
            "endorsed",
        ):
            continue
        third = _THIRD_PERSON.match(limb.text) or _SUBJUNCTIVE.match(limb.text)
        named = _NAME_TO.match(limb.text) or _WOULD.match(limb.text)
        told: _Told | None = None
        if _NEXT_IS_HELD.search(limb.text) or (third and third["verb"] in _NO_ACT):
            continue
        if third and (is_person(third["who"]) or _does(third, setting)):
            told = _Told(tidy(third["who"]), third["verb"], limb.span)
        elif (
            named
            and can_own(named["who"])
            and not _is_nobody(named["who"])
            and not _is_whole(named["who"], setting)
            and named["verb"] not in _STATES
        ):
            told = _Told(tidy(named["who"]), named["verb"], limb.span)
        elif _ASKS.search(limb.text) or _TO_FUTURE.search(limb.text):
            told = _Told(None, "ask", limb.span)
        if told:
            made.append(_action(text, item, told, setting, ""))
    return made


def without_marked(implied: Sequence[Action], marked: Sequence[Action]) -> list[Action]:
    """Implied actions that do not stand on the words of a marked one."""
    spans = [(a.span.start, a.span.end) for a in marked]
    words = {a.text for a in marked}
    return [
        one
        for one in implied
        if one.text not in words
        and not any(s < one.span.end and one.span.start < e for s, e in spans)
    ]
