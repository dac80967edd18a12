"""From an approved text to the exact content that goes out, as bytes that can be compared."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Sequence

from concerted.editions.content import Content, closed_in, lines, paragraphs, tables_in
from concerted.public_door.freezing import freeze, thaw
from concerted.public_door.things import (
    Attended,
    Closed,
    Decision,
    Item,
    Limb,
    Meeting,
    Paper,
    Section,
    Table,
    Thing,
)


def meeting_of(content: Content, *, released: Iterable[str] = ()) -> Meeting:
    """The meeting as the public edition holds it; `released`: keys of papers that are public."""
    head, *rest = content["parts"]
    public = set(released)
    return Meeting(
        key=content["key"],
        body_key=content["body_key"],
        held_on=datetime.date.fromisoformat(content["held_on"]),
        status=content["status"],
        starts_at=_time(content["starts_at"]),
        venue=_one(head, "venue"),
        attendance=tuple(
            Attended(each["fixed"]["title"], lines(each["text"]))
            for each in _fields(head, "attended")
            if lines(each["text"])
        ),
        items=tuple(_item(one, public) for one in rest if not one["out"]),
        closed=_closed(content),
        next_meeting_on=_date(content["next_meeting_on"]),
    )


def _item(one: Content, public: set[str]) -> Item:
    decisions: list[Decision] = []
    for each in one["fields"]:
        fixed, text = each["fixed"], " ".join(each["text"].split())
        if each["name"] == "decision" and text:
            decisions.append(Decision(fixed["key"], fixed["outcome"], text))
        elif each["name"] == "limb" and text:
            decisions = _with_limb(decisions, fixed, text)
    return Item(
        key=one["fixed"]["key"],
        number=one["fixed"]["number"],
        title=_one(one, "title"),
        paragraphs=paragraphs(_one(one, "text", whole=True)),
        decisions=tuple(decisions),
        paper_keys=tuple(key for key in one["fixed"]["papers"] if key in public),
    )


def _with_limb(decisions: list[Decision], fixed: Content, text: str) -> list[Decision]:
    """The limb under its decision; a decision that is said by its limbs alone begins with one."""
    limb = Limb(fixed["letter"], fixed["outcome"], text)
    if decisions and decisions[-1].key == fixed["key"]:
        last = decisions[-1]
        return [*decisions[:-1], Decision(last.key, last.outcome, last.text, (*last.limbs, limb))]
    return [*decisions, Decision(fixed["key"], fixed["decided"], "", (limb,))]


def paper_of(content: Content) -> Paper:
    """The paper as the public edition holds it, without its files: see `editions.files`."""
    head, *rest = content["parts"]
    return Paper(
        key=content["key"],
        body_key=content["body_key"],
        title=_one(head, "title"),
        dated_on=_date(content["dated_on"]),
        author=_one(head, "author"),
        purpose=_one(head, "purpose", whole=True),
        summary=_one(head, "summary", whole=True),
        recommendations=tuple(
            " ".join(each["text"].split())
            for each in _fields(head, "recommendation")
            if each["text"].strip()
        ),
        sections=tuple(section for one in rest if not one["out"] for section in _sections(one)),
        closed=_closed(content),
        tables=tuple(_table(one) for one in tables_in(content)),
    )


def _table(given: Content) -> Table:
    rows = tuple(tuple(row) for row in given["rows"])
    return Table(given["caption"], tuple(given["head"]), rows, given["note"])


def _sections(one: Content) -> Iterable[Section]:
    heading = _one(one, "heading")
    for each in _fields(one, "section"):
        if each["text"].strip():
            text = "\n\n".join(paragraphs(each["text"]))
            yield Section(each["fixed"]["number"], heading, text)
            heading = ""


def _closed(content: Content) -> tuple[Closed, ...]:
    return tuple(
        Closed(one["number"], one["reason"], _date(one["review_on"]), one["whom_to_ask"])
        for one in closed_in(content)
    )


def _fields(one: Content, name: str) -> Sequence[Content]:
    return [each for each in one["fields"] if each["name"] == name]


def _one(one: Content, name: str, *, whole: bool = False) -> str:
    found = _fields(one, name)
    text: str = found[0]["text"] if found else ""
    return "\n\n".join(paragraphs(text)) if whole else " ".join(text.split())


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _time(text: str) -> datetime.time | None:
    return datetime.time.fromisoformat(text) if text else None


def fingerprint(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def frozen(things: Iterable[Thing]) -> str:
    """Things as one text that is the same for the same things: what is approved and compared."""
    return json.dumps(
        [freeze(one) for one in things], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def thawed(text: str) -> list[Thing]:
    """The things of a text that `frozen` wrote."""
    return [thaw(one) for one in json.loads(text)]
