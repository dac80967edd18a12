"""The forms of a page, as somebody who sends other things than it offers reads them."""

import random
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """A form of a page that is sent: where to, what it holds, and where a key can be chosen."""

    action: str
    given: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)

    def with_key(self, chance: random.Random, key: str) -> tuple[str, dict[str, list[str]]]:
        """What it sends with a key that is not among its choices, and in which field."""
        if not self.chosen:
            return "", self.given
        name = chance.choice(sorted(self.chosen))
        return name, self.given | {name: [self.chosen[name] + key]}


class _Forms(HTMLParser):
    """The forms of a page that change something, filled in as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.inside: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = Form(has.get("action", "")) if has.get("method") == "post" else None
            if self.inside:
                self.found.append(self.inside)
        elif self.inside is None:
            return
        elif tag in ("input", "textarea", "button"):
            self._input(self.inside, has, has.get("type", "text" if tag != "button" else "submit"))
        elif tag == "select":
            self.select = has.get("name", "")
        elif tag == "option" and self.select:
            self._choice(self.inside, self.select, has.get("value", ""), "selected" in has)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None

    def _input(self, form: Form, has: dict[str, str], sort: str) -> None:
        name, value = has.get("name", ""), has.get("value", "")
        if not name or name == "csrfmiddlewaretoken" or sort == "file":
            return
        if sort in ("radio", "checkbox"):
            self._choice(form, name, value, "checked" in has)
        elif sort == "hidden":
            form.given.setdefault(name, []).append(value)
            form.chosen[name] = ""
        else:
            form.given.setdefault(name, []).append(value or "2026-06-20")

    def _choice(self, form: Form, name: str, value: str, ticked: bool) -> None:
        before, colon, _ = value.rpartition(":")
        form.chosen[name] = f"{before}{colon}"
        if ticked or (name not in form.given and value):
            form.given.setdefault(name, []).append(value)


def forms_in(page: str) -> list[Form]:
    parser = _Forms()
    parser.feed(page)
    return parser.found
