"""Things of the public edition as JSON, and back: strictly, so that nothing else can be said."""

import base64
import binascii
import datetime
import re
import types
from collections.abc import Mapping
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
    thing: Thing = _thawed(KINDS[name], inner, name)
    return thing


def _frozen(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _frozen(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_frozen(one) for one in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _thawed(wanted: Any, value: Any, where: str) -> Any:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        [inner] = [one for one in get_args(wanted) if one is not type(None)]
        return None if value is None else _thawed(inner, value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise Malformed(f"{where} is not a list.")
        inner = get_args(wanted)[0]
        return tuple(_thawed(inner, one, f"{where} {n}") for n, one in enumerate(value, 1))
    if is_dataclass(wanted):
        return _made(wanted, value, where)
    if not isinstance(value, str):
        raise Malformed(f"{where} is not a text.")
    return _text_as(wanted, value, where)


def _made(kind: Any, value: Any, where: str) -> Any:
    hints = _hints(kind)
    if not isinstance(value, Mapping) or set(value) != set(hints):
        raise Malformed(f"{where} has not exactly the fields of {kind.__name__}.")
    given = {name: _thawed(hints[name], value[name], f"{where}.{name}") for name in hints}
    for name, text in given.items():
        _check(kind, name, text, f"{where}.{name}")
    return kind(**given)


def _text_as(wanted: Any, value: str, where: str) -> Any:
    try:
        if wanted is bytes:
            return base64.b64decode(value, validate=True)
        if wanted in (datetime.date, datetime.time):
            return wanted.fromisoformat(value)
    except (ValueError, binascii.Error):
        raise Malformed(f"{where} is not a {wanted.__name__}.") from None
    if NO_TEXT.search(value):
        raise Malformed(f"{where} holds a character that is no text.")
    return value


def _check(kind: Any, name: str, value: Any, where: str) -> None:
    """What becomes part of an address or of a header has a shape."""
    if name == "key" or (name.endswith("_key") and value):
        keys = [value]
    else:
        keys = list(value) if name.endswith("_keys") else []
    if not all(KEY.fullmatch(one) for one in keys):
        raise Malformed(f"{where} is not a key of small letters and digits.")
    if name == "media_type" and not MEDIA_TYPE.fullmatch(value):
        raise Malformed(f"{where} is not a media type.")
    if kind is things.Tombstone and name == "kind" and value not in WITHDRAWABLE:
        raise Malformed(f"{where} is not one of {', '.join(WITHDRAWABLE)}.")
