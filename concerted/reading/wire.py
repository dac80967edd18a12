"""A reading as JSON and back: strict, because what comes back was made beside a hostile file."""

import dataclasses
import datetime
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from concerted.reading.files.bound import Bound
from concerted.reading.files.calendar_answer import CalendarAnswer
from concerted.reading.files.changes import Markup
from concerted.reading.files.letter import Letter
from concerted.reading.model import Item, Meeting, Reading, Span
from concerted.reading.reports.model import Report

_TAGS: dict[str, type[datetime.date] | type[datetime.time]] = {
    "date": datetime.date,
    "time": datetime.time,
}
# Fields that readings kept from before do not hold.
_LATER: dict[type, frozenset[str]] = {Item: frozenset({"references"})}
_MOMENTS = (datetime.date, datetime.time, datetime.datetime)


def to_wire(reading: Reading | Report | Bound | Letter | CalendarAnswer) -> dict[str, Any]:
    """A reading as what JSON can say: dates as ISO text, spans as ``[start, end]``."""
    written = _written(reading, type(reading))
    assert isinstance(written, dict)  # noqa: S101 - for the type checker
    return written


def from_wire(wire: object) -> Reading:
    """The reading that `to_wire` wrote.

    Raises ValueError for anything else: a key too many or too few, a wrong type, a span outside
    the text, an action of an item that is not there, text a database does not take.
    """
    reading = _read(wire, Reading, _length(wire))
    assert isinstance(reading, Reading)  # noqa: S101 - for the type checker
    return reading


def report_from_wire(wire: object) -> Report:
    """The report that `to_wire` wrote; raises ValueError as `from_wire` does."""
    report = _read(wire, Report, _length(wire))
    assert isinstance(report, Report)  # noqa: S101 - for the type checker
    return report


def bound_from_wire(wire: object) -> Bound:
    """The Word file that `to_wire` wrote; raises ValueError for anything else or longer."""
    found = _read(wire, Bound, 0)
    assert isinstance(found, Bound)  # noqa: S101 - for the type checker
    return found


def letter_from_wire(wire: object) -> Letter:
    """The e-mail that `to_wire` wrote; raises ValueError as `bound_from_wire` does."""
    found = _read(wire, Letter, 0)
    assert isinstance(found, Letter)  # noqa: S101 - for the type checker
    return found


def calendar_answer_from_wire(wire: object) -> CalendarAnswer:
    """The answer that `to_wire` wrote; raises ValueError as `bound_from_wire` does."""
    found = _read(wire, CalendarAnswer, 0)
    assert isinstance(found, CalendarAnswer)  # noqa: S101 - for the type checker
    return found


def _length(wire: object) -> int:
    text = wire.get("text") if isinstance(wire, Mapping) else None
    if not isinstance(text, str):
        raise ValueError("a reading has a text")
    return len(text)


def markup_to_wire(markup: Markup) -> dict[str, Any]:
    """What is marked in a Word file as what JSON can say."""
    written = _written(markup, Markup)
    assert isinstance(written, dict)  # noqa: S101 - for the type checker
    return written


def markup_from_wire(wire: object) -> Markup:
    """The markup that `markup_to_wire` wrote; raises ValueError for anything else or longer."""
    markup = _read(wire, Markup, 0)
    assert isinstance(markup, Markup)  # noqa: S101 - for the type checker
    return markup


def _written(value: Any, kind: Any) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value):
        hints = _hints(value.__class__)
        return {name: _written(getattr(value, name), hint) for name, hint in hints.items()}
    if isinstance(value, tuple):
        return [_written(each, each_kind) for each, each_kind in _pairs(value, kind)]
    if isinstance(value, datetime.date | datetime.time):
        # Beside a str the text alone would not say which of the two it is.
        said = value.isoformat()
        tag = "date" if isinstance(value, datetime.date) else "time"
        return {tag: said} if str in _alternatives(kind) else said
    return value


def _read(value: object, kind: Any, length: int) -> Any:
    alternatives = _alternatives(kind)
    if len(alternatives) > 1:
        return _read_one_of(value, alternatives, length)
    if kind is Span:
        return _span(value, length)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(value, kind, length)
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError("a list was expected")
        return tuple(_read(each, each_kind, length) for each, each_kind in _pairs(value, kind))
    if kind in _MOMENTS:
        return _moment(value, kind)
    if get_origin(kind) is Literal:
        return _word(value, get_args(kind))
    if type(value) is not kind:  # bool is an int, but not here
        raise ValueError(f"{kind.__name__} was expected")
    if isinstance(value, str):
        return _clean(value)
    return value


def _read_one_of(value: object, alternatives: tuple[Any, ...], length: int) -> Any:
    if value is None and types.NoneType in alternatives:
        return None
    if str in alternatives and isinstance(value, dict) and len(value) == 1:
        ((tag, said),) = value.items()
        if tag in _TAGS and _TAGS[tag] in alternatives:
            return _moment(said, _TAGS[tag])
    others = [kind for kind in alternatives if kind is not types.NoneType]
    if str in others:
        others = [str]  # dates beside it came with a tag
    if len(others) != 1:
        raise ValueError("a value of a known kind was expected")
    return _read(value, others[0], length)


def _dataclass(value: object, kind: type, length: int) -> Any:
    hints = _hints(kind)
    if not isinstance(value, dict) or not (
        hints.keys() - _LATER.get(kind, frozenset()) <= value.keys() <= hints.keys()
    ):
        raise ValueError(f"exactly the fields of a {kind.__name__} were expected")
    made = kind(**{name: _read(said, hints[name], length) for name, said in value.items()})
    if isinstance(made, Meeting):
        for action in made.actions + made.implied_actions:
            if action.item is not None and not 0 <= action.item < len(made.items):
                raise ValueError("an action of an item that is not there")
    if isinstance(made, Report):
        for paragraph in made.paragraphs:
            if paragraph.section is not None and not 0 <= paragraph.section < len(made.sections):
                raise ValueError("a paragraph of a section that is not there")
    return made


def _span(value: object, length: int) -> Span:
    match value:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            if 0 <= start <= end <= length:
                return Span(start, end)
    raise ValueError("a span inside the text was expected")


def _moment(value: object, kind: type[datetime.date] | type[datetime.time]) -> Any:
    if not isinstance(value, str) or len(value) > 40:
        raise ValueError(f"a {kind.__name__} was expected")
    moment = kind.fromisoformat(value)
    if moment.isoformat() != value:
        raise ValueError(f"a {kind.__name__} was expected")
    return moment


def _word(value: object, words: tuple[object, ...]) -> object:
    if value not in words:
        raise ValueError("one of a few words was expected")
    return value


def _clean(text: str) -> str:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("text holds characters that are none")
    return text


def _alternatives(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def _pairs(values: Any, kind: Any) -> list[tuple[Any, Any]]:
    """Each member of a tuple or list with its type."""
    kinds = get_args(kind)
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return [(value, kinds[0]) for value in values]
    if len(kinds) != len(values):
        raise ValueError("a list of another length was expected")
    return list(zip(values, kinds, strict=True))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
