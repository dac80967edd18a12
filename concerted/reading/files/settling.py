"""One text out of a Word file with tracked changes: all accepted, or none made.

The elements are those of ECMA-376 part 1, 17.13.5.
"""

from xml.etree import ElementTree

from concerted.reading.files.changes import Changes
from concerted.reading.files.numbering import W

Element = ElementTree.Element

# What comes into the text with a change, and what goes out of it.
COMING = (W + "ins", W + "moveTo")
GOING = (W + "del", W + "moveFrom")
FORMATTING = frozenset(
    f"{W}{name}Change"
    for name in ("pPr", "rPr", "tblPr", "tblPrEx", "trPr", "tcPr", "sectPr", "tblGrid", "numbering")
)
# Deleted words have tags of their own, so that older programs do not show them.
_WORDS = {W + "delText": W + "t", W + "delInstrText": W + "instrText"}
_IN_BETWEEN = frozenset(
    W + name
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("permStart", "permEnd"),
    )
)


def settle(tree: Element, changes: Changes) -> None:
    """Leave in a part of a Word file only one of its two texts, without any tracked change."""
    _Settling(changes).settle(tree)


class _Settling:
    def __init__(self, changes: Changes) -> None:
        self.original = changes == "original"
        self.kept = GOING if self.original else COMING
        self.dropped = COMING if self.original else GOING
        self.cell = W + ("cellIns" if self.original else "cellDel")

    def settle(self, element: Element) -> None:
        if self.original:
            _restore(element)
        left: list[Element] = []
        loose: set[Element] = set()  # paragraphs whose mark is not in this text
        for child in element:
            if child.tag in self.dropped or child.tag in FORMATTING or self._is_out(child):
                continue
            if child.tag == W + "p" and self._marked(child.find(f"{W}pPr/{W}rPr")):
                loose.add(child)
            self.settle(child)
            if child.tag in self.kept:
                left.extend(child)
            else:
                child.tag = _WORDS.get(child.tag, child.tag) if self.original else child.tag
                left.append(child)
        element[:] = _joined(left, loose) if loose else left

    def _is_out(self, element: Element) -> bool:
        if element.tag == W + "tr":
            return self._marked(element.find(W + "trPr"))
        return element.tag == W + "tc" and element.find(f"{W}tcPr/{self.cell}") is not None

    def _marked(self, properties: Element | None) -> bool:
        return properties is not None and any(
            properties.find(tag) is not None for tag in self.dropped
        )


def _restore(element: Element) -> None:
    """Give properties back what they were: the number before a paragraph may depend on it."""
    if element.tag not in (W + "pPr", W + "rPr"):
        return
    before = element.find(f"{element.tag}Change/{element.tag}")
    if before is not None:
        # The earlier properties of a paragraph leave out those of its mark and its section.
        stay = [one for one in element if one.tag in (W + "rPr", W + "sectPr")]
        element[:] = [*before, *stay]


def _joined(elements: list[Element], loose: set[Element]) -> list[Element]:
    """Paragraphs without a mark run on into the next, which gives them its properties."""
    joined: list[Element] = []
    waiting: list[Element] = []
    for element in elements:
        if element in loose:
            waiting.append(element)
        elif element.tag == W + "p":
            if waiting:
                at = 1 if element.find(W + "pPr") is not None else 0
                element[at:at] = _contents(waiting)
                waiting = []
            joined.append(element)
        elif element.tag in _IN_BETWEEN:
            joined.append(element)
        else:
            joined += [*_alone(waiting), element]
            waiting = []
    return joined + _alone(waiting)


def _contents(paragraphs: list[Element]) -> list[Element]:
    return [child for one in paragraphs for child in one if child.tag != W + "pPr"]


def _alone(paragraphs: list[Element]) -> list[Element]:
    """Paragraphs with nothing to run on into, as before a table: one of them all, if any words."""
    contents = _contents(paragraphs)
    if not any(True for each in contents for _ in each.iter(W + "t")):
        return []
    last = paragraphs[-1]
    last[:] = [*last.findall(W + "pPr"), *contents]
    return [last]
