"""Pictures, charts and diagrams of a Word file: words say nothing of them, so a reader is told."""

from collections.abc import Iterator
from xml.etree import ElementTree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# By their local names: each of them has had several namespaces.
_SHOWN = frozenset({"pic", "chart", "relIds", "imagedata"})
_NAMED, _LONGEST = 3, 120


def note_of_pictures(document: ElementTree.Element) -> str:
    """A sentence on the pictures in the body of a document, with what they are described as.

    Nothing where there is none, or none but those marked as decoration.
    """
    described = list(_descriptions(document))
    if not described:
        return ""
    many = len(described) > 1
    told = [one for one in described if one]
    what = f"{len(described)} pictures or charts" if many else "a picture or chart"
    words = ", ".join(f"“{_short(one)}”" for one in told[:_NAMED])
    more = f" Described as: {words}." if told else ""
    if told and len(described) > len(told[:_NAMED]):
        more = f" Described as: {words}, and {len(described) - len(told[:_NAMED])} more."
    return f"This file has {what}, which the words here do not show: look in the file.{more}"


def _descriptions(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == _FALLBACK:
            continue  # the same once more, for an old Word
        if child.tag in (_W + "drawing", _W + "pict", _W + "object"):
            if _shows(child) and not _is_decoration(child):
                yield _description(child)
            # A text box may hold pictures of its own; they are looked at with it.
            continue
        yield from _descriptions(child)


def _shows(drawing: ElementTree.Element) -> bool:
    return any(_local(one) in _SHOWN for one in drawing.iter())


def _is_decoration(drawing: ElementTree.Element) -> bool:
    return any(
        _local(one) == "decorative" and one.get("val") in ("1", "true") for one in drawing.iter()
    )


def _description(drawing: ElementTree.Element) -> str:
    for one in drawing.iter():
        said = one.get("descr") if _local(one) == "docPr" else one.get("alt")
        if said and said.strip():
            return " ".join(said.split())
    return ""


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
