"""A reading over a wire and back, and everything that is not one."""

import copy
import datetime
import json
from typing import Any

import pytest

from concerted.reading.files.changes import Change, Comment, Markup
from concerted.reading.model import (
    Action,
    Decision,
    Field,
    Item,
    Limb,
    Meeting,
    Name,
    Personal,
    Reading,
    Span,
    Unplaced,
)
from concerted.reading.wire import from_wire, markup_from_wire, markup_to_wire, to_wire

AT = Span(0, 4)
NAME = Name("Ann", None, "Chair", "present", AT)
DECISION = Decision("agreed", "it", (Limb("a", "noted", "it", AT),), AT)
ITEM = Item("1", None, "public", (("A", "first"),), "it", AT, Span(1, 1), (DECISION,))
ACTION = Action(0, "Ann", "do", "by May", datetime.date(2014, 5, 1), None, AT, False, "why")
MEETING = Meeting(
    "numbered",
    Field("2014-03-11", AT),
    Field(datetime.date(2014, 3, 11), AT, False, "two", (datetime.date(2013, 3, 11), "2013-03-11")),
    Field(datetime.time(9, 30), AT),
    *(None, None, None),
    *((NAME,), (), (), ()),
    (ITEM,),
    (ACTION,),
    (),
    (Personal("phone", "1", AT),),
    (Unplaced("Home", AT, "furniture"),),
    False,
    AT,
)
READING = Reading("text", "minutes", "because", (MEETING,))


def wire() -> dict[str, Any]:
    return json.loads(json.dumps(to_wire(READING)))


def test_a_reading_comes_back_the_same():
    assert from_wire(wire()) == READING


def test_dates_are_iso_text_and_spans_are_pairs():
    meeting = wire()["meetings"][0]

    assert meeting["actions"][0]["due"] == "2014-05-01"
    assert meeting["span"] == [0, 4]
    assert meeting["date"]["value"] == {"date": "2014-03-11"}
    assert meeting["body"]["value"] == "2014-03-11"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["more"], 1),
        (["text"], 1),
        (["text"], "te"),  # spans now end outside
        (["text"], "te\0t"),
        (["why"], "\ud800"),
        (["kind"], None),
        (["meetings"], {}),
        (["meetings", 0, "span"], [0, 5]),
        (["meetings", 0, "span"], [3, 2]),
        (["meetings", 0, "span"], [-1, 2]),
        (["meetings", 0, "span"], [0, True]),
        (["meetings", 0, "span"], [0.0, 1]),
        (["meetings", 0, "span"], [0]),
        (["meetings", 0, "truncated"], 0),
        (["meetings", 0, "truncated"], "yes"),
        (["meetings", 0, "venue"], "x"),
        (["meetings", 0, "date", "value"], {"date": "11 March"}),
        (["meetings", 0, "date", "value"], {"date": "20140311"}),
        (["meetings", 0, "date", "value"], {"place": "x"}),
        (["meetings", 0, "date", "value"], 5),
        (["meetings", 0, "date", "extra"], 5),
        (["meetings", 0, "actions", 0, "due"], {"date": "2014-05-01"}),
        (["meetings", 0, "actions", 0, "due"], "soon"),
        (["meetings", 0, "actions", 0, "item"], 1),
        (["meetings", 0, "actions", 0, "item"], -1),
        (["meetings", 0, "actions", 0, "item"], True),
        (["meetings", 0, "items", 0, "sub_items"], [["A"]]),
        (["meetings", 0, "items", 0, "sub_items"], [["A", 1]]),
    ],
)
def test_anything_else_is_refused(path: list[Any], value: Any):
    changed = copy.deepcopy(wire())
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    with pytest.raises(ValueError, match=r"."):
        from_wire(changed)


@pytest.mark.parametrize("key", ["text", "kind", "why", "meetings"])
def test_a_missing_key_is_refused(key: str):
    changed = wire()
    del changed[key]

    with pytest.raises(ValueError, match=r"expected|has a text"):
        from_wire(changed)


CHANGE = Change("deleted", "words", "ten", "Ann", datetime.datetime(2026, 3, 1, 10, 20), "a", "b")
COMMENT = Comment("Why?", "Bob", None, "ten", "a", "b", resolved=True)
MARKUP = Markup((CHANGE,), (COMMENT,), 1, 2, 3)


def test_markup_comes_back_the_same():
    assert markup_from_wire(json.loads(json.dumps(markup_to_wire(MARKUP)))) == MARKUP


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["more"], 1),
        (["more_changes"], -1),
        (["more_changes"], 10**9),
        (["formatting"], True),
        (["changes"], None),
        (["changes"], [markup_to_wire(Markup((CHANGE,)))["changes"][0]] * 301),
        (["comments"], [markup_to_wire(Markup((), (COMMENT,)))["comments"][0]] * 201),
        (["changes", 0, "kind"], "approved"),
        (["changes", 0, "kind"], ["deleted"]),
        (["changes", 0, "what"], None),
        (["changes", 0, "words"], "x" * 1001),
        (["changes", 0, "words"], "a\0b"),
        (["changes", 0, "author"], "x" * 101),
        (["changes", 0, "author"], None),
        (["changes", 0, "before"], "x" * 201),
        (["changes", 0, "date"], "2026-03-01"),
        (["changes", 0, "date"], "yesterday"),
        (["changes", 0, "date"], 5),
        (["changes", 0, "joined"], 1),
        (["comments", 0, "words"], "x" * 1001),
        (["comments", 0, "on"], "x" * 201),
        (["comments", 0, "resolved"], 1),
    ],
)
def test_any_other_markup_is_refused(path: list[Any], value: Any):
    changed = json.loads(json.dumps(markup_to_wire(MARKUP)))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value

    with pytest.raises(ValueError, match=r"."):
        markup_from_wire(changed)


@pytest.mark.parametrize("thing", [None, [], "text", 1])
def test_what_is_no_object_is_refused(thing: object):
    with pytest.raises(ValueError, match="a reading has a text"):
        from_wire(thing)
