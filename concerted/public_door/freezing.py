"""Things of the public edition as JSON, and back: strictly, so that nothing else can be said."""

import base64
import binascii
import datetime
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from concerted.public_door import things
from concerted.public_door.things import Thing

KINDS: dict[str, type[Any]] = {
    "site": things.Site,
    "body": things.Body,
    "meeting": things.Meeting,
    "paper": things.Paper,
    "tombstone": things.Tombstone,
}
NAMES = {kind: name for name, kind in KINDS.items()}
# Fields that came later. Where they hold nothing they are not written: what was approved before
# they were there is the same text still.
LATER = {(things.Paper, "tables")}
WITHDRAWABLE = ("meeting", "paper", "body")
KEY = re.compile(r"[a-z0-9]{1,40}")
MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,80}")
# PostgreSQL keeps neither; a pair of surrogates is no character.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class Malformed(ValueError):
    """What was handed over is not a thing of the edition; the message names the field."""


def kind_of(thing: Thing) -> str:
    """The word for what a thing is: site, body, meeting, paper or tombstone."""
    return NAMES[type(thing)]


def key_of(thing: Thing) -> str:
    """The key under which a thing is kept; there is one site."""
    return "site" if isinstance(thing, things.Site) else thing.key


def freeze(thing: Thing) -> dict[str, Any]:
    """The thing as values that JSON can hold; `thing` says which it is. Raises Malformed."""
    if type(thing) not in NAMES:
        raise Malformed(f"{type(thing).__name__} is no thing of the public edition.")
    frozen: dict[str, Any] = {"thing": kind_of(thing)} | _frozen(thing)
    thaw(frozen)
    return frozen


def thaw(frozen: Mapping[str, Any]) -> Thing:
    """The thing that `freeze` wrote. Raises Malformed on anything more, less or other."""
    if not isinstance(frozen, Mapping) or frozen.get("thing") not in KINDS:
        raise Malformed("It does not say which thing of the edition it is.")
    name = frozen["thing"]
    inner = {field: value for field, value in frozen.items() if field != "thing"}
    try:
        kind: Any = KINDS[name]
        thing: Thing = _reader(kind)(inner)
    except Malformed as fault:
        raise Malformed(f"{name}{fault}") from None
    return thing


def _frozen(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        said = {one.name: getattr(value, one.name) for one in fields(value)}
        return {
            name: _frozen(inner)
            for name, inner in said.items()
            if inner or (type(value), name) not in LATER
        }
    if isinstance(value, tuple):
        return [_frozen(one) for one in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


# A reader makes a value of what JSON held. A fault is told from the inside out: each level puts its
# place before the sentence.
Reader = Callable[[Any], Any]


@cache
def _reader(wanted: Any) -> Reader:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        [inner] = [_reader(one) for one in get_args(wanted) if one is not type(None)]
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _list_reader(_reader(get_args(wanted)[0]))
    if is_dataclass(wanted):
        return _dataclass_reader(wanted)
    return _text_reader(wanted)


def _list_reader(inner: Reader) -> Reader:
    def read(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Malformed(" is not a list.")
        made = []
        for number, one in enumerate(value, 1):
            try:
                made.append(inner(one))
            except Malformed as fault:
                raise Malformed(f" {number}{fault}") from None
        return tuple(made)

    return read


def _dataclass_reader(kind: Any) -> Reader:
    hints = get_type_hints(kind)
    readers = {name: _reader(hint) for name, hint in hints.items()}
    shaped = [name for name in hints if _has_a_shape(kind, name)]
    later: dict[str, Any] = {name: [] for name in hints if (kind, name) in LATER}

    def read(value: Any) -> Any:
        if isinstance(value, Mapping):
            value = later | dict(value)
        if not isinstance(value, Mapping) or value.keys() != readers.keys():
            raise Malformed(f" has not exactly the fields of {kind.__name__}.")
        given = {}
        for name, inner in readers.items():
            try:
                given[name] = inner(value[name])
            except Malformed as fault:
                raise Malformed(f".{name}{fault}") from None
        for name in shaped:
            _check(kind, name, given[name])
        return kind(**given)

    return read


def _text_reader(wanted: Any) -> Reader:
    def read(value: Any) -> Any:
        if not isinstance(value, str):
            raise Malformed(" is not a text.")
        try:
            if wanted is bytes:
                return base64.b64decode(value, validate=True)
            if wanted is not str:
                return wanted.fromisoformat(value)
        except (ValueError, binascii.Error):
            raise Malformed(f" is not a {wanted.__name__}.") from None
        if NO_TEXT.search(value):
            raise Malformed(" holds a character that is no text.")
        return value

    return read


def _has_a_shape(kind: Any, name: str) -> bool:
    return (
        name in ("key", "media_type")
        or name.endswith(("_key", "_keys"))
        or (kind is things.Tombstone and name == "kind")
    )


def _check(kind: Any, name: str, value: Any) -> None:
    """What becomes part of an address or of a header has a shape."""
    if name == "media_type":
        if not MEDIA_TYPE.fullmatch(value):
            raise Malformed(f".{name} is not a media type.")
    elif name == "kind":
        if value not in WITHDRAWABLE:
            raise Malformed(f".{name} is not one of {', '.join(WITHDRAWABLE)}.")
    else:
        # A thing may belong to nothing, but has a key.
        keys = value if name.endswith("_keys") else [value] if value or name == "key" else []
        if not all(KEY.fullmatch(one) for one in keys):
            raise Malformed(f".{name} is not a key of small letters and digits.")
        # Years and “undated” stand where keys stand.
        if name == "key" and (value.isdecimal() or value == "undated"):
            raise Malformed(f".{name} reads like a year: it would take the address of a list.")
