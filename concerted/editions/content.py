"""What a public text is made of, and how it is edited part by part: plain data, no database.

    {"parts": [{"title", "source", "out", "fields": [{"name", "label", "text", "long"}]}],
     "closed": [{"number", "reason", "review_on", "whom_to_ask"}], ...}

A part is an item of a meeting, a stretch of a paper, the head of either, or a table of figures,
which nobody edits (`fixed["table"]`). A field's name says
what it becomes in the public edition (`editions.freezing`); `fixed` holds what nobody edits: keys,
days, outcomes. `source` is what the record says, for whoever edits; it never leaves here.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Content = dict[str, Any]
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Editable:
    """A field of a part as a form shows it."""

    name: str
    label: str
    text: str
    long: bool


def field(name: str, label: str, text: str, *, long: bool = True, **fixed: Any) -> Content:
    return {"name": name, "label": label, "text": text, "long": long, "fixed": fixed}


def part(title: str, source: str, fields: Sequence[Content], **fixed: Any) -> Content:
    return {
        "title": title,
        "source": source,
        "out": False,
        "fields": list(fields),
        "fixed": fixed,
    }


def closed(number: str, *, reason: str = "", review_on: str = "", whom: str = "") -> Content:
    return {
        "number": number,
        "reason": reason,
        "review_on": review_on,
        "whom_to_ask": whom,
        "out": False,
    }


def editable(one: Content) -> list[Editable]:
    """The fields of a part, by names that a form can carry."""
    return [
        Editable(f"f{place}", each["label"], each["text"], each["long"])
        for place, each in enumerate(one["fields"])
    ]


def edited(content: Content, number: int, given: Mapping[str, str], *, out: bool) -> Content:
    """The content with the fields of one part replaced; names that it does not have are nothing.

    `number` counts parts from 1. Raises IndexError for a part that is not there.
    """
    made = deepcopy(content)
    one = made["parts"][_place(made["parts"], number)]
    one["out"] = bool(out and one["fixed"].get("may_be_out"))
    for place, each in enumerate(one["fields"]):
        each["text"] = given.get(f"f{place}", each["text"])[:LONGEST]
    return made


def with_closed(content: Content, number: int, given: Content) -> Content:
    """The content with what is said of one closed thing replaced."""
    made = deepcopy(content)
    made["closed"][_place(made["closed"], number)] |= given
    return made


def _place(things: Sequence[Any], number: int) -> int:
    if not 1 <= number <= len(things):
        raise IndexError(number)
    return number - 1


def parts_in(content: Content) -> list[Content]:
    """The parts that go out."""
    return [one for one in content["parts"] if not one["out"]]


def tables_in(content: Content) -> list[Content]:
    """The tables that go out."""
    return [one["fixed"]["table"] for one in parts_in(content) if "table" in one["fixed"]]


def closed_in(content: Content) -> list[Content]:
    """The closed things of which something is said."""
    return [one for one in content["closed"] if not one["out"]]


def texts_of(one: Content) -> list[str]:
    return [each["text"] for each in one["fields"]]


def all_texts(content: Content) -> Iterator[str]:
    """Every word that would be public."""
    for one in parts_in(content):
        yield from texts_of(one)
    for stub in closed_in(content):
        yield from (stub["reason"], stub["whom_to_ask"])


def paragraphs(text: str) -> tuple[str, ...]:
    """A text in paragraphs: what blank lines part; each in one line."""
    parts = text.replace("\r\n", "\n").strip().split("\n\n")
    return tuple(" ".join(each.split()) for each in parts if each.strip())


def lines(text: str) -> tuple[str, ...]:
    """A list written one to a line."""
    return tuple(" ".join(each.split()) for each in text.splitlines() if each.strip())
