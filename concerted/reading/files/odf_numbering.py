"""OpenDocument's automatic numbers, written out as people see them: “1.”, “2.1”, “a)”.

Names and rules are those of OpenDocument 1.3, part 3: 16.30 (list styles), 19.880 (which list
goes on from which). Where it leaves room, lists are counted as LibreOffice counts them.
"""

import re
from collections.abc import Iterable
from xml.etree import ElementTree

from concerted.reading.files.numbering import Level, Scheme

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LIBREOFFICE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_STYLES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NUMBERED = frozenset({TEXT + "list-level-style-number", TEXT + "outline-level-style"})
_PICTURED = frozenset({TEXT + "list-level-style-bullet", TEXT + "list-level-style-image"})


class Lists:
    """The numberings of one OpenDocument text, counted in the order of its paragraphs."""

    def __init__(self, trees: Iterable[ElementTree.Element]) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._outline = Scheme({})
        self._by_style: dict[str, Scheme] = {}
        self._by_identity: dict[str, Scheme] = {}
        for tree in trees:
            for style in tree.iter(TEXT + "list-style"):
                self._levels.setdefault(style.get(STYLE + "name", ""), _levels(style))
            for style in tree.iter(TEXT + "outline-style"):
                self._outline = Scheme(_levels(style))

    def begun(self, element: ElementTree.Element, around: Scheme | None) -> Scheme:
        """The scheme that counts a text:list (or a text:numbered-paragraph) from here on."""
        style = element.get(TEXT + "style-name", "")
        if around is not None:
            # A list inside an item goes on with its list’s counts, in its own style if it has one.
            return Scheme(self._levels.get(style, {}), around.counts) if style else around
        earlier = element.get(TEXT + "continue-list") or element.get(TEXT + "list-id")
        continued = self._by_identity.get(earlier or "")
        if continued is None and element.get(TEXT + "continue-numbering") == "true":
            continued = self._by_style.get(style)
        scheme = Scheme(self._levels.get(style, {}), {} if continued is None else continued.counts)
        self._by_style[style] = scheme
        identity = element.get(_ID) or element.get(TEXT + "list-id")
        if identity:
            self._by_identity[identity] = scheme
        return scheme

    def heading(self, element: ElementTree.Element) -> str:
        """The number of a heading outside every list; empty where headings have none."""
        if element.get(TEXT + "is-list-header") == "true":
            return ""
        at = whole(element.get(TEXT + "outline-level"), 1) - 1
        restart(self._outline, at, element)
        return self._outline.next(at)


def restart(scheme: Scheme, at: int, element: ElementTree.Element) -> None:
    """Let the level count from the number that the element gives, if it gives one."""
    value = element.get(TEXT + "start-value")
    if value is not None:
        scheme.counts[at] = whole(value, 1) - 1


def whole(text: str | None, otherwise: int) -> int:
    """A number of up to six figures as the file writes it, else the other."""
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,6}", text) else otherwise


def _levels(style: ElementTree.Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for element in style:
        at = whole(element.get(TEXT + "level"), 0) - 1
        if not 0 <= at < 9:  # patterns name their levels with one figure
            continue
        if element.tag in _PICTURED:
            levels[at] = Level(1, "bullet", "")
        elif element.tag in _NUMBERED:
            form = element.get(STYLE + "num-format", "")
            named = "decimalZero" if form.startswith("01") else _STYLES.get(form, "decimal")
            pattern = _pattern(element, at, levels) if form else ""
            start = whole(element.get(TEXT + "start-value"), 1)
            levels[at] = Level(start, named if form else "none", pattern)
    return levels


def _pattern(element: ElementTree.Element, at: int, above: dict[int, Level]) -> str:
    written = element.get(STYLE + "num-list-format") or element.get(
        _LIBREOFFICE + "num-list-format"
    )
    if written:
        return re.sub(r"%([1-9])%", r"%\1", written)
    first = at + 1 - whole(element.get(TEXT + "display-levels"), 1)
    shown = [one for one in range(max(0, first), at) if one in above and above[one].pattern]
    number = ".".join(f"%{one + 1}" for one in (*shown, at))
    prefix, suffix = (element.get(STYLE + part, "") for part in ("num-prefix", "num-suffix"))
    return f"{prefix}{number}{suffix}"
