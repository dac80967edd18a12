"""Who is to do it: the words before "to", "will" or "would" that can name somebody."""

import re

from concerted.reading.lines import squeeze
from concerted.reading.vocabulary import (
    bare,
    is_acronym,
    is_initials,
    is_organisation,
    is_person,
    is_role,
    listed,
)

_GENERIC = listed(
    """members all everyone anyone officers partners councillors chair chairman clerk secretary
    treasurer agencies representatives both somebody someone volunteers cllrs committee
    trustees residents"""
)
_ACTORS = re.compile(
    r"\b(?:group|team|board|committee|officers?|managers?|service|services|council|police|clerk|chair(?:man|person)?|members?|"
    r"partners|partnership|councillors?|cllrs?|director|head|secretary|treasurer|coordinator|co-ordinator|unit|forum|"
    r"panel|agencies|analyst|inspector|superintendent|sergeant|constable|pcso|leader|executive|subgroup|sub-group|"
    r"department|trust|association|representatives?|commissioner|lead|leads|mayor|warden|housing|probation|convener|office)\b",
    re.IGNORECASE,
)
_NOT_FIRST = listed(
    """it this that these those there he she they we i you who which what if when once as in on at
    by for with from after before during although however while where any no some further
    more also again then subject it's its our their his her add ask arrange attend book
    bring buy call change chase check circulate collate compile complete confirm consider
    contact continue contribute create decide develop discuss distribute draft email e-mail
    ensure establish explore feed find follow forward get give hold identify include inform
    investigate invite issue keep liaise look make meet move note obtain organise pass place
    prepare present print produce progress provide publish purchase put raise re-issue read
    refer register remind remove repair report request research resend respond review revise
    schedule seek send set share speak submit take tell try update upload use visit work
    write agree amend apply approach encourage finalise link monitor need please possible
    promote re-send talk need needs"""
)
_BREAK = re.compile(
    r"[ \n]{1,3}(?:to|will|would|should|shall|is to|are to|agreed to|offered to|undertook to|"
    r"has agreed to|must|needs to)[ \n]{1,3}"
)


def is_imperative(words: str) -> bool:
    """The words begin with what is to be done, so nobody is named."""
    first = bare(words.split()[0]) if words.split() else ""
    return first in _NOT_FIRST


def can_own(words: str) -> bool:
    """Whether the words can name the one who is to do something."""
    words = squeeze(words).strip(" .,;:-–—*/|'‘’\"“”")
    if not words or len(words) > 90 or len(words.split()) > 10:
        return False
    first = bare(words.split()[0])
    if first in _NOT_FIRST and not (len(first) == 1 and is_person(words)):
        return False
    if (
        first in _GENERIC
        or is_initials(words)
        or is_acronym(words)
        or is_person(words)
        or is_role(words)
    ):
        return True
    parts = [p.strip() for p in re.split(r"[/,&+]|\band\b", words) if p.strip()]
    if len(parts) > 1 and all(can_own(p) for p in parts):
        return True
    if first in ("the", "all", "each", "every", "both"):
        return bool(_ACTORS.search(words)) or is_organisation(words[4:])
    if is_organisation(words) or _ACTORS.search(words):
        return words[0].isupper()
    capitals = sum(w[0].isupper() for w in words.split())
    return words[0].isupper() and capitals == len(words.split()) and len(words.split()) <= 3


def split_owner(words: str) -> tuple[str | None, str]:
    """(owner, task) of ``AB to do``, ``Name would do``, ``AB, do``; the owner may be None."""
    head = words[:220]
    for match in _BREAK.finditer(head):
        owner = _without_body(head[: match.start()])
        before = _before_task(owner)
        if before:
            return tidy(before), squeeze(words[len(before) :].lstrip(" –—-:"))
        behind = _behind_matter(owner)
        if behind:
            return behind, squeeze(words)
        if can_own(owner):
            return tidy(owner), squeeze(words[match.end() :])
        break
    for match in re.finditer(r"[ ]{0,2}(?:,|:|–|—| -)[ ]{1,3}", head):
        owner = head[: match.start()]
        if can_own(owner) and not is_imperative(owner):
            return tidy(owner), squeeze(words[match.end() :])
        break
    return None, squeeze(words)


_MATTER = re.compile(r"(?:[ ][–—-][ ]|:[ ])(?P<who>[^:–—]{2,60})$")


def _behind_matter(words: str) -> str | None:
    """``Library window – Clerk (to …)``: the matter comes first, then the one who acts."""
    found = _MATTER.search(words[-90:])
    if found is None or not can_own(found["who"]):
        return None
    named = found["who"][0].isupper() or bare(found["who"].split()[0]) in _GENERIC
    return tidy(found["who"]) if named else None


_DASH = re.compile(r"[ ](?:–|—|-)[ ]|:[ ]")


def _before_task(words: str) -> str | None:
    """``Clerk – write (to …)``: somebody, and behind the dash nobody but the task."""
    dash = _DASH.search(words)
    if dash is None or not _names_somebody(words[: dash.start()]):
        return None
    return None if _names_somebody(words[dash.end() :]) else words[: dash.start()]


def _names_somebody(words: str) -> bool:
    first = bare(words.split()[0]) if words.split() else ""
    if first in _NOT_FIRST or not (words[:1].isupper() or first in _GENERIC):
        return False
    every = first in ("all", "each", "every") and _ACTORS.search(words) is not None
    known = first in _GENERIC or is_initials(words) or is_person(words) or is_role(words)
    return len(words.split()) <= 5 and (every or known)


_BODY_BEHIND = re.compile(r"[ ]\([^()]{2,60}\)$")


def _without_body(owner: str) -> str:
    """``Ann Bell (Housing)``: whom somebody speaks for is no part of the name."""
    name = _BODY_BEHIND.sub("", owner)
    return name if name != owner and is_person(name) else owner


def tidy(owner: str) -> str:
    """The owner as a person would say it: no article, generic words in lower case."""
    owner = squeeze(owner).strip(" .,;:-–—*/|'‘’\"“”")
    if owner.lower().startswith("the "):
        owner = owner[4:].strip(" '‘’\"“”")
    owner = owner.strip("'‘’\"“”")
    return (
        owner.lower()
        if owner.lower() in ("members", "anyone", "everyone", "all", "partners", "officers")
        else owner
    )
