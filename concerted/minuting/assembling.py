"""Typed minutes laid out as minutes that came in a file are, with what is known already."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from concerted.access.actor import Actor
from concerted.imports.public import Review, review_of_typed
from concerted.meetings.public import Meeting
from concerted.minuting import queries
from concerted.minuting.models import Attender, Draft, Minutes
from concerted.minuting.states import Came
from concerted.people.public import Person
from concerted.reading.typed import TypedName, read_typed
from concerted.ui.words import clock

STATUS = "Draft"
GUEST = re.compile(r"(?P<name>[^,(]+?)\s*(?:[,(]\s*(?P<organisation>.*?)\)?)?\s*")


@dataclass(frozen=True, slots=True)
class Listed:
    """A name for the lists of the minutes; `person` where it is known who that is."""

    typed: TypedName
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What a person looks at before typed minutes go on record.

    `known` are the answers that are not asked for; `mark` changes with every word of the drafts.
    """

    review: Review
    known: dict[str, Any]
    mark: str
    drafts: Sequence[Draft]


def check(actor: Actor, minutes: Minutes) -> Check:
    """Lay out all of it; of closed items that the actor does not see there is nothing in it."""
    meeting = minutes.meeting
    rows = [row.read for row in queries.page_of(actor, minutes) if row.read]
    drafts = [row.draft for row in rows]
    attenders = list(queries.attenders_of(actor, minutes))
    names = listed(attenders, minutes.others)
    following = queries.day_after(actor, meeting)
    reading = read_typed(
        [queries.typed_item(one) for one in drafts],
        body=meeting.body.name,
        held_on=meeting.held_on,
        following=following,
        names=[one.typed for one in names],
    )
    known = _facts(meeting) | {"next_meeting": following} | _people(names)
    for place, draft in enumerate(drafts):
        item = draft.item
        known |= {
            f"i{place}_key": item.key,
            f"i{place}_ref": item.ref,
            f"i{place}_title": item.title,
        }
    [read] = reading.meetings
    recorded = {(one.draft.pk, words) for one in rows for words in _recorded(one)}
    for place, action in enumerate(read.actions):
        words = queries.words_of(reading.text[action.span.start : action.span.end])
        if action.item is not None and (drafts[action.item].pk, words) in recorded:
            known |= dict.fromkeys((f"a{place}_text", f"a{place}_owner", f"a{place}_due"), "")
            known |= {f"a{place}_follow": False, f"a{place}_recorded": True}
    review = review_of_typed(actor, reading, known)
    return Check(review, known, _mark(minutes, drafts), drafts)


def check_action(actor: Actor, draft: Draft, place: int) -> tuple[Review, dict[str, Any]] | None:
    """One marked action of a draft alone, to be recorded at once; None where there is none."""
    minutes = draft.minutes
    meeting = minutes.meeting
    names = listed(list(queries.attenders_of(actor, minutes)), minutes.others)
    names = [one for one in names if one.person]
    reading = read_typed(
        [queries.typed_item(draft)],
        body=meeting.body.name,
        held_on=meeting.held_on,
        following=queries.day_after(actor, meeting),
        names=[one.typed for one in names],
    )
    [read] = reading.meetings
    if not 0 <= place < len(read.actions):
        return None
    action = read.actions[place]
    span = action.span
    personal = [
        one for one in read.personal if span.start <= one.span.start and one.span.end <= span.end
    ]
    items = (replace(read.items[0], decisions=()),)
    alone = replace(
        read, items=items, actions=(action,), implied_actions=(), personal=tuple(personal)
    )
    known = _facts(meeting) | {"next_meeting": None} | _people(names)
    known |= {"i0_ref": draft.item.ref, "i0_title": draft.item.title, "a0_follow": True}
    review = review_of_typed(actor, replace(reading, meetings=(alone,)), known)
    return review, known


def listed(attenders: Sequence[Attender], others: str) -> list[Listed]:
    """Who goes into which list of the minutes: those ticked, substitutes, those in attendance."""
    found: list[Listed] = []
    for one in attenders:
        where = {"organisation": one.organisation_name}
        if one.came == Came.SUBSTITUTE and one.substitute:
            role = f"Substitute for {one.name}" if one.name else "Substitute"
            role = _with_times(role, one)
            found.append(Listed(TypedName("present", one.substitute, role=role, **where)))
        section = "present" if one.came == Came.PRESENT else "apologies"
        if one.came and one.name:
            role = _with_times(one.role, one) if one.came == Came.PRESENT else one.role
            found.append(Listed(TypedName(section, one.name, role=role, **where), one.person))
    for line in others.splitlines():
        guest = GUEST.fullmatch(line.strip())
        if guest:
            organisation = guest["organisation"] or ""
            found.append(Listed(TypedName("in_attendance", guest["name"], organisation)))
    # As the reading has them: the lists one after the other.
    order = ("present", "in_attendance", "apologies")
    return sorted(found, key=lambda one: order.index(one.typed.section))


def _with_times(role: str, one: Attender) -> str:
    """As what somebody was there, and from when to when if that was not all the time."""
    parts = [role] if role else []
    parts += [f"arrived {clock(one.arrived_at)}"] if one.arrived_at else []
    parts += [f"left {clock(one.left_at)}"] if one.left_at else []
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]


def _facts(meeting: Meeting) -> dict[str, Any]:
    """What the meeting itself knows; where it met stays as it was planned."""
    return {
        "body": meeting.body.key,
        "body_name": "",
        "body_kind": "",
        "held_on": meeting.held_on,
        "starts_at": None,
        "venue": "",
        "status": STATUS,
    }


def _people(names: Sequence[Listed]) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for place, one in enumerate(names):
        if one.person:
            known |= {
                f"n{place}_who": one.person.key,
                f"n{place}_name": one.typed.name,
                f"n{place}_organisation": one.typed.organisation,
                f"n{place}_list": one.typed.section,
            }
    return known


def _recorded(read: queries.ReadDraft) -> list[str]:
    return [one.words for one in read.draft.recorded.all()]


def _mark(minutes: Minutes, drafts: Sequence[Draft]) -> str:
    parts = [str(minutes.version), *(f"{one.key} {one.version}" for one in drafts)]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
