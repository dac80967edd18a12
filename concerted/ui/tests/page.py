"""Reads a page as a browser would, so that tests ask for elements and not for text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    inside: list["Element"] = field(default_factory=list)
    words: str = ""

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()


class Page(HTMLParser):
    """All elements of a page, in its order; each with the words inside it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.unclosed: list[str] = []
        self.feed(html)
        self.unclosed += [element.tag for element in self._open]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        for around in self._open:
            around.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self._open or self._open[-1].tag != tag:
            self.unclosed.append(tag)
            return
        self._open.pop()

    def handle_data(self, data):
        for around in self._open:
            around.words += data

    def all(self, tag: str = "", **attrs: str) -> list[Element]:
        """Elements by tag and attributes; class_ asks for one class."""
        wanted = attrs.pop("class_", "")
        return [
            element
            for element in self.elements
            if (not tag or element.tag == tag)
            and (not wanted or wanted in element.classes)
            and all(element.attrs.get(k.replace("_", "-")) == v for k, v in attrs.items())
        ]

    def one(self, tag: str = "", **attrs: str) -> Element:
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of {tag} {attrs}"
        return found[0]

    @property
    def ids(self) -> list[str]:
        return [element.attrs["id"] for element in self.elements if "id" in element.attrs]
