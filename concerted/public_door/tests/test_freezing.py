"""Things as JSON: the same thing comes back, and nothing else is taken."""

import datetime
import json
import random
from dataclasses import replace

import pytest

from concerted.public_door.freezing import Malformed, freeze, thaw
from concerted.public_door.tests import town
from concerted.public_door.tests.town import EVERYTHING, MEETING, PAPER
from concerted.public_door.things import File, Meeting, Table, Tombstone

STONE = Tombstone("paper22222", "paper", datetime.date(2026, 6, 19))


@pytest.mark.parametrize("thing", [*EVERYTHING, STONE], ids=lambda thing: type(thing).__name__)
def test_a_thing_comes_back_as_it_went(thing):
    assert thaw(json.loads(json.dumps(freeze(thing)))) == thing


def test_any_thing_comes_back_as_it_went():
    for seed in range(200):
        thing = town.at_random(random.Random(seed))
        assert thaw(json.loads(json.dumps(freeze(thing)))) == thing, seed


def changed(path: str, value: object) -> dict:
    """A frozen meeting with one value changed; `path` like items.1.title."""
    frozen = json.loads(json.dumps(freeze(MEETING)))
    *inside, last = path.split(".")
    place = frozen
    for name in inside:
        place = place[int(name)] if isinstance(place, list) else place[name]
    place[last] = value
    return frozen


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("thing", "person", "which thing"),
        ("secret", "x", "not exactly the fields of Meeting"),
        ("items.0.secret", "x", "meeting.items 1 has not exactly the fields of Item"),
        ("held_on", "16 June", "meeting.held_on is not a date"),
        ("held_on", None, "meeting.held_on is not a text"),
        ("starts_at", 930, "meeting.starts_at is not a text"),
        ("items", "all", "meeting.items is not a list"),
        ("items.1.title", ["a"], "meeting.items 2.title is not a text"),
        ("items.1.title", "a\x00b", "holds a character that is no text"),
        ("items.1.title", "a\ud800b", "holds a character that is no text"),
        ("key", "../x", "meeting.key is not a key"),
        ("key", "", "meeting.key is not a key"),
        ("key", "2026", "meeting.key reads like a year"),
        ("key", "undated", "meeting.key reads like a year"),
        ("body_key", "A B", "meeting.body_key is not a key"),
        ("items.1.paper_keys", ["fine", "<b>"], "paper_keys is not a key"),
    ],
)
def test_what_does_not_fit_is_named(path, value, sentence):
    with pytest.raises(Malformed, match=sentence):
        thaw(changed(path, value))


def test_a_paper_from_before_there_were_tables_is_the_same_paper():
    frozen = freeze(PAPER)

    assert "tables" not in frozen
    assert thaw(frozen) == PAPER


def test_a_paper_keeps_its_tables():
    table = Table("Crime by ward", ("Ward", "June"), (("Mill", "20"), ("Quay", "hidden")), "Note.")
    paper = replace(PAPER, tables=(table,))
    frozen = json.loads(json.dumps(freeze(paper)))

    assert thaw(frozen) == paper
    frozen["tables"][0]["rows"][0][0] = 20
    with pytest.raises(Malformed, match=r"paper\.tables 1\.rows 1 1 is not a text"):
        thaw(frozen)


@pytest.mark.parametrize("missing", ["items", "starts_at", "thing"])
def test_a_field_that_is_missing_is_named(missing):
    frozen = freeze(MEETING)
    del frozen[missing]

    with pytest.raises(Malformed):
        thaw(frozen)


@pytest.mark.parametrize("media_type", ["text/html\r\nSet-Cookie: a", "html", "text/html; x", ""])
def test_a_media_type_is_no_header(media_type):
    with pytest.raises(Malformed, match="media type"):
        freeze(type(PAPER)("p", "b", "Title", files=(File("a", media_type, b""),)))


def test_what_was_withdrawn_was_a_meeting_a_paper_or_a_body():
    with pytest.raises(Malformed, match="meeting, paper, body"):
        freeze(Tombstone("p", "person", datetime.date(2026, 6, 19)))


def test_bytes_are_exactly_base64():
    frozen = freeze(PAPER)
    frozen["files"][0]["data"] = "###"

    with pytest.raises(Malformed, match="bytes"):
        thaw(frozen)


def test_something_else_is_no_thing():
    with pytest.raises(Malformed, match="no thing of the public edition"):
        freeze(datetime.date(2026, 6, 19))
    with pytest.raises(Malformed):
        thaw([Meeting])
