"""A reading in the keys and forms that label files use, alone or with places and doubts."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from concerted.reading.model import Action, Decision, Field, Item, Meeting, Name, Reading, Span
from concerted.reading.outcomes import RECORD_ELSEWHERE

_SAYS_AGREED = re.compile(r"\bagree(?:s|d)?\b|\bsupport(?:s|ed)\b|\bto support\b", re.IGNORECASE)
_SAYS_APPROVED = re.compile(r"\bapprov", re.IGNORECASE)
_SAYS_ADOPTED = re.compile(r"\b(?:accept|adopt|ratif|confirm|endors)", re.IGNORECASE)
_BY_AGREEING = re.compile(
    r"(?:it was |unanimously |the \w+ ){0,2}agreed\b|[^.;:]{1,100}?\bagreed (?:to|that)\b",
    re.IGNORECASE,
)
# "agreed that the minutes be approved": the approval is what was agreed.
_AGREED_TO_APPROVE = re.compile(
    r"\bagreed (?:that|to)\b[^.;]{0,200}\b(?:approve|confirm|accept|adopt|sign)", re.IGNORECASE
)
_SAYS_HOW = re.compile(
    r"\b(?:agree|approve|confirm|accept|adopt|sign|ratif|verif|read)", re.IGNORECASE
)
_ADOPTING = ("approved", "endorsed")
_ONE_WORD = {
    "noted": "noted",
    "agreed": "agreed",
    "approved": "approved",
    "endorsed": "approved",
    "deferred": "deferred",
}


def decision_word(item: Item) -> str:
    """none, noted, agreed, approved, deferred or other: the first limb of the first decision.

    The label files go by the words: a resolution to do something that nowhere says "agreed" has
    the code ``agreed``, and is labelled ``other``; what was AGREED to be accepted or recommended
    has its own code, and is labelled ``agreed``.
    """
    decisions = [d for d in item.decisions if d.why != RECORD_ELSEWHERE]
    if not decisions:
        return "none"
    code = decisions[0].code
    if code == "agreed_as_correct_record":
        words = decisions[0].limbs[0].text if decisions[0].limbs else ""
        if not _SAYS_HOW.search(words):
            words = decisions[0].text
        agreed = "agreed" in words.lower() and not _AGREED_TO_APPROVE.search(words)
        return "agreed" if agreed else "approved"
    words = decisions[0].text
    if code == "agreed":
        return "agreed" if _SAYS_AGREED.search(words) else "other"
    if _BY_AGREEING.match(words) and (
        code == "recommended_to"
        or (code in _ADOPTING and _SAYS_ADOPTED.search(words) and not _SAYS_APPROVED.search(words))
    ):
        return "agreed"
    return _ONE_WORD.get(code, "other")


def as_labels(meeting: Meeting) -> dict[str, Any]:
    """The meeting in the keys and value forms of the label files; dates ISO, times HH:MM."""
    return {
        "family": meeting.family,
        "body": _value(meeting.body),
        "date": _value(meeting.date),
        "start_time": _value(meeting.start_time),
        "venue": _value(meeting.venue),
        "status": _value(meeting.status),
        "present": [
            {"name": n.name, "organisation": n.organisation, "role": n.role}
            for n in meeting.present
        ],
        "in_attendance": [
            {"name": n.name, "organisation": n.organisation, "role": n.role, "section": n.section}
            for n in meeting.in_attendance
        ],
        "apologies": [n.name for n in meeting.apologies],
        "late": [n.name for n in meeting.late],
        "items": [_item(item) for item in meeting.items],
        "actions": [_marked(action) for action in meeting.actions],
        "implied_actions": [_implied(action, meeting.items) for action in meeting.implied_actions],
        "next_meeting": _value(meeting.next_meeting),
        "truncated": meeting.truncated,
    }


def _value(one: Field | None) -> str | None:
    if one is None:
        return None
    if isinstance(one.value, datetime.time):
        return one.value.strftime("%H:%M")
    return one.value.isoformat() if isinstance(one.value, datetime.date) else one.value


def _item(item: Item) -> dict[str, Any]:
    word = decision_word(item)
    return {
        "ref": item.ref,
        "title": item.title,
        "decision": word,
        "decision_gist": item.decisions[0].text if word != "none" else None,
        "part": item.part,
        "sub_items": [letter for letter, _ in item.sub_items if letter],
    }


def _marked(action: Action) -> dict[str, Any]:
    made = {"owner": action.owner, "gist": action.text, "due": action.due_text}
    return {**made, "status": action.status}


def _implied(action: Action, items: Sequence[Item]) -> dict[str, Any]:
    due = action.due.isoformat() if action.due else action.due_text
    ref = items[action.item].ref if action.item is not None else None
    return {"item": ref, "owner": action.owner, "gist": action.text, "due": due}


def as_json(reading: Reading) -> dict[str, Any]:
    """The whole reading as JSON values.

    Always: ``kind`` and ``why``. One meeting: its labels (see ``as_labels``) stand at the top
    level; several: ``{"meetings": [...]}`` with each meeting's labels inside. Beside its labels
    each meeting has

    * ``read_from``: for body, date, start_time, venue, status and next_meeting, where they were
      read: ``{field: {"at": [start, end], "sure": bool, "why": str, "candidates": [...]}}``;
    * on each entry of present, in_attendance, items, actions and implied_actions ``at``, ``sure``
      and ``why``; apologies and late keep plain names, their places are in ``apologies_from`` and
      ``late_from``; an item also has ``decisions`` (code, text, at, sure, why and limbs) and
      ``references`` to earlier minutes (ref, date and at);
    * ``unplaced``: ``[{"text", "at", "kind"}]`` and ``personal``: ``[{"kind", "value", "at"}]``.

    Offsets count characters of the text after its newlines were made ``\\n``.
    """
    head: dict[str, Any] = {"kind": reading.kind, "why": reading.why}
    meetings = [_with_places(meeting) for meeting in reading.meetings]
    if len(meetings) == 1:
        return {**head, **meetings[0]}
    return {**head, "meetings": meetings}


def _at(span: Span) -> list[int]:
    return [span.start, span.end]


def _sureness(one: Name | Item | Action | Decision) -> dict[str, Any]:
    return {"at": _at(one.span), "sure": one.sure, "why": one.why}


def _with_places(meeting: Meeting) -> dict[str, Any]:
    labels = as_labels(meeting)
    for key, named in (("present", meeting.present), ("in_attendance", meeting.in_attendance)):
        for entry, name in zip(labels[key], named, strict=True):
            entry.update(_sureness(name))
    for entry, item in zip(labels["items"], meeting.items, strict=True):
        entry.update(_sureness(item))
        entry["decisions"] = [_decision(decision) for decision in item.decisions]
        entry["references"] = [
            {"ref": one.ref, "date": one.date and one.date.isoformat(), "at": _at(one.span)}
            for one in item.references
        ]
    for key, done in (("actions", meeting.actions), ("implied_actions", meeting.implied_actions)):
        for entry, action in zip(labels[key], done, strict=True):
            entry.update(_sureness(action))
    labels["apologies_from"] = [_sureness(name) for name in meeting.apologies]
    labels["late_from"] = [_sureness(name) for name in meeting.late]
    labels["read_from"] = _read_from(meeting)
    labels["unplaced"] = [
        {"text": one.text, "at": _at(one.span), "kind": one.kind} for one in meeting.unplaced
    ]
    labels["personal"] = [
        {"kind": one.kind, "value": one.value, "at": _at(one.span)} for one in meeting.personal
    ]
    return labels


def _decision(decision: Decision) -> dict[str, Any]:
    limbs = [
        {"letter": limb.letter, "code": limb.code, "text": limb.text, "at": _at(limb.span)}
        for limb in decision.limbs
    ]
    return {"code": decision.code, "text": decision.text, **_sureness(decision), "limbs": limbs}


def _read_from(meeting: Meeting) -> dict[str, Any]:
    fields = {
        "body": meeting.body,
        "date": meeting.date,
        "start_time": meeting.start_time,
        "venue": meeting.venue,
        "status": meeting.status,
        "next_meeting": meeting.next_meeting,
    }
    return {
        name: {
            "at": _at(one.span),
            "sure": one.sure,
            "why": one.why,
            "candidates": [_plain(candidate) for candidate in one.candidates],
        }
        for name, one in fields.items()
        if one is not None
    }


def _plain(value: str | datetime.date | datetime.time) -> str:
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, datetime.date) else value
