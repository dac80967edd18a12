"""Verdicts: the verb that begins or ends a sentence, motions, objections and elections."""

import re

from concerted.reading.decision_codes import code_of

PAST = re.compile(
    r"\b(?:had been|has been|have been|previously|at (?:their|our|its|the|a) (?:last|previous|"
    r"earlier)|last meeting|last year"
    r"|were asked|not yet|if|once|whether|would be|will be|to be|should be|could be|must be|"
    r"needs? to be|awaiting)\b",
    re.IGNORECASE,
)
BEFORE_NOW = re.compile(
    r"\b(?:had been|previously|at (?:their|our|its|the|a|that) (?:last|previous|earlier|"
    r"\w+ meeting)|last (?:meeting|year|month)|earlier meeting)\b",
    re.IGNORECASE,
)
# "Street pastors, £2,000: approved.", "Proposed AB, seconded CD, all agreed."
_VERDICT = re.compile(
    r"(?P<mark>[:–—-]|,|\band|\ball|\bunanimously)[ \n]{1,3}"
    r"(?:all |was |were |duly |unanimously |it was ){0,3}(?P<not>not )?"
    r"(?P<verb>agreed|approved|accepted|adopted|noted|endorsed|supported|refused|rejected|granted|"
    r"deferred|carried|resolved)"
    r"(?: unanimously| by all| nem\.? ?con| with all in favour)?[ ]?[.;]?$",
    re.IGNORECASE,
)
_MOVED = re.compile(r"\b(?:proposed|proposer|seconded|moved)\b", re.IGNORECASE)
_MOVED_AND = re.compile(
    r"\b(?:proposed|moved|seconded)\b[^;:]{1,160}?\band[ \n](?:was |it was )?"
    r"(?:unanimously |duly )?(?P<verb>agreed|resolved|approved|carried|accepted)\b"
    r"(?:[ \n](?:that|to)\b)?",
    re.IGNORECASE,
)
# A motion is settled when it is carried or lost; an amendment settles nothing yet.
_MOTION = re.compile(
    r"\b(?:motion|proposal|proposition|resolution|recommendation)s?(?:, as amended,)?[ \n]"
    r"(?:was|were|is|being)[ \n](?:then |therefore |accordingly |duly |unanimously |declared |put "
    r"and ){0,2}(?:(?P<won>carried|passed)|lost|defeated|not carried|rejected)\b",
    re.IGNORECASE,
)
# "Approved subject to two changes.": the matter is the item's title.
_LED_BY_VERB = re.compile(
    r"(?P<verb>approved|endorsed|ratified|adopted|accepted|confirmed|granted|refused|supported|"
    r"received|agreed)"
    r"(?=[ ](?:subject to|with|as|by|for|unanimously|in (?:principle|full|part)|nem|on the|until|"
    r"without)\b|[ ]?,|[ ]?;)",
    re.IGNORECASE,
)
# A consulted body's answer to a planning application.
_OBJECTION = re.compile(
    r"^(?:no (?:objections?(?: (?:was|were) (?:raised|made))?|comments?)[ ]?[.;]?$|"
    r"object(?:ed|ion|ions)?[ ]?[:;–-]|.{1,160}[.,:–-][ ]no objections?[ .]{0,2}$)",
    re.IGNORECASE,
)
_CHOSEN = re.compile(
    r"\b(?:was|were) (?:then |duly |unanimously |therefore )?(?:(?:re-?)?elected|co-?opted|"
    r"appointed|nominated)\b(?: (?:unopposed|unanimously))?"
    r"(?=[ ](?:as |to be )?(?:the |an? )?(?:acting |interim )?(?:vice|chair|deputy chair|treasurer|"
    r"secretary|representative|convener|president)|[ ]unopposed|[ ]?(?:[.;]?$|,)|"
    r"[ ]to the (?:board|committee|vacancy|group|panel|forum)|[ ]onto)",
    re.IGNORECASE,
)
# What stands in a clause of time was done on another day.
_ANOTHER_DAY = re.compile(r"\b(?:since|when|before|until|after)[ ][^.,;:]{1,40}$", re.IGNORECASE)
_SET_UP = re.compile(
    r"\b(?:working (?:party|group)|sub-?(?:group|committee)|task (?:and finish )?group|task force|"
    r"steering group)s?[ ](?:was|were)[ ](?:then |therefore )?(?:set up|formed|established)\b",
    re.IGNORECASE,
)


def _is_chosen(words: str) -> bool:
    """Somebody was elected; "since she was elected" only tells of another day."""
    chosen = _CHOSEN.search(words)
    return chosen is not None and not _ANOTHER_DAY.search(words[: chosen.start()])


def is_objection(words: str) -> bool:
    """``No objection.``: what is answered to a planning application."""
    return _OBJECTION.match(words) is not None


def verdict_of(words: str) -> str | None:
    """The verb that ends or begins a sentence without a subject of its own."""
    if BEFORE_NOW.search(words):
        return None
    led = _LED_BY_VERB.match(words)
    if led:
        verb = led["verb"].lower()
        return {"granted": "agreed", "received": "other", "refused": "not_agreed"}.get(
            verb, verb_in(verb)
        )
    moved = _MOVED_AND.search(words)
    if moved:
        return code_of(words[moved.end() :], "") if words[moved.end() :].strip(" .") else "agreed"
    motion = _MOTION.search(words)
    if motion:
        return "agreed" if motion["won"] else "not_agreed"
    end = _VERDICT.search(words[-90:])
    if end is None and _SET_UP.search(words) and not PAST.search(words):
        return "other"
    if end is None or (end["mark"][0] not in ":–—-" and not _MOVED.search(words)):
        return "other" if _is_chosen(words) and not PAST.search(words) else None
    if end["not"] or end["verb"].lower() in ("refused", "rejected"):
        return "not_agreed"
    return verb_in(end["verb"].lower())


def verb_in(low: str) -> str:
    for verb in ("approved", "endorsed", "deferred", "noted"):
        if verb in low:
            return verb
    if any(verb in low for verb in ("accepted", "confirmed", "adopted", "ratified")):
        return "approved"
    return "agreed"
