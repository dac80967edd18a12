"""Word's automatic numbers, written out: “3.1” is not in the text of a file that shows it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree

from concerted.reading.files.page import letter, roman

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02}",
}


@dataclass(frozen=True, slots=True)
class Level:
    """A level: its first number, the style of its numerals (Word’s name), “%1.%2” as pattern."""

    start: int
    style: str
    pattern: str

    def numeral(self, number: int) -> str:
        return _FORMATS.get(self.style, str)(number)


@dataclass(slots=True)
class Scheme:
    """One numbering of a file: its levels, from 0, and how far each has counted."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def next(self, at: int) -> str:
        """Count one paragraph of this level; its number as shown, empty for none."""
        level = self.levels.get(at)
        if level is None:
            return ""
        self.counts[at] = self.counts.get(at, level.start - 1) + 1
        for deeper in [other for other in self.counts if other > at]:
            del self.counts[deeper]
        if level.style == "bullet":
            return "•"
        if level.style == "none":
            return ""
        return re.sub(r"%([1-9])", lambda found: self._numeral(int(found[1]) - 1), level.pattern)

    def _numeral(self, at: int) -> str:
        level = self.levels.get(at)
        return "" if level is None else level.numeral(self.counts.get(at, level.start))


class Numbering:
    """The numberings of one Word file, counted in the order of its paragraphs."""

    def __init__(
        self, numbering: ElementTree.Element | None, styles: ElementTree.Element | None
    ) -> None:
        self._schemes: dict[str, Scheme] = {}
        self._of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[str | None, int | None, str | None]] = {}
        if numbering is not None:
            self._read_numbering(numbering)
        if styles is not None:
            self._read_styles(styles)

    def write_out(self, document: ElementTree.Element) -> None:
        """Put each automatic number in front of its paragraph, as text."""
        for paragraph in document.iter(W + "p"):
            properties = paragraph.find(W + "pPr")
            if properties is None:
                continue
            number = self._number(properties)
            if number and _has_text(paragraph):
                run = ElementTree.Element(W + "r")
                ElementTree.SubElement(run, W + "t").text = number + " "
                paragraph.insert(list(paragraph).index(properties) + 1, run)

    def _number(self, properties: ElementTree.Element) -> str:
        if properties.find(f"{W}rPr/{W}del") is not None:
            return ""  # a paragraph that a tracked change takes away
        scheme, level = _said(properties.find(W + "numPr"))
        style = _value(properties.find(W + "pStyle"))
        seen: set[str] = set()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            of_style, at, style = self._styles[style]
            scheme = scheme if scheme is not None else of_style
            level = level if level is not None else at
        if scheme is None or scheme == "0":  # 0: this paragraph leaves the numbering of its style
            return ""
        return self._next(scheme, level or 0)

    def _next(self, identity: str, level: int) -> str:
        scheme = self._schemes.get(self._of.get(identity, ""))
        if scheme is None:
            return ""
        for at, start in self._restarts.pop(identity, {}).items():
            scheme.counts[at] = start - 1
        return scheme.next(level)

    def _read_numbering(self, numbering: ElementTree.Element) -> None:
        for abstract in numbering.findall(W + "abstractNum"):
            levels = {
                _whole(level.get(W + "ilvl"), 0): Level(
                    _whole(_value(level.find(W + "start")), 1),
                    _value(level.find(W + "numFmt")) or "decimal",
                    _value(level.find(W + "lvlText")) or "",
                )
                for level in abstract.findall(W + "lvl")
            }
            self._schemes[abstract.get(W + "abstractNumId", "")] = Scheme(levels)
        for number in numbering.findall(W + "num"):
            identity = number.get(W + "numId", "")
            self._of[identity] = _value(number.find(W + "abstractNumId")) or ""
            self._restarts[identity] = {
                _whole(override.get(W + "ilvl"), 0): _whole(_value(start), 1)
                for override in number.findall(W + "lvlOverride")
                if (start := override.find(W + "startOverride")) is not None
            }

    def _read_styles(self, styles: ElementTree.Element) -> None:
        for style in styles.findall(W + "style"):
            scheme, level = _said(style.find(f"{W}pPr/{W}numPr"))
            based_on = _value(style.find(W + "basedOn"))
            self._styles[style.get(W + "styleId", "")] = (scheme, level, based_on)


def _said(numbered: ElementTree.Element | None) -> tuple[str | None, int | None]:
    if numbered is None:
        return None, None
    level = _value(numbered.find(W + "ilvl"))
    return _value(numbered.find(W + "numId")), None if level is None else _whole(level, 0)


def _has_text(paragraph: ElementTree.Element) -> bool:
    return any((text.text or "").strip() for text in paragraph.iter(W + "t"))


def _value(element: ElementTree.Element | None) -> str | None:
    return None if element is None else element.get(W + "val")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,6}", text) else otherwise
