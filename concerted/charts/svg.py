"""The elements of a drawing, escaped; classes alone, so that the page's policy lets them be."""

from collections.abc import Iterable

from markupsafe import Markup, escape

Number = float | int


def tag(name: str, words: object = None, /, **attributes: object) -> Markup:
    """An element. `class_` is class; an attribute of None is left out; numbers have one decimal."""
    told = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _value(value))
        for key, value in attributes.items()
        if value is not None
    )
    if words is None:
        return Markup("<{}{}/>").format(name, told)
    return Markup("<{0}{1}>{2}</{0}>").format(name, told, escape(words))


def _value(value: object) -> object:
    if isinstance(value, float):
        return f"{round(value, 1) + 0:.1f}".removesuffix(".0")  # + 0: never -0
    return value


def line(class_: str, x1: Number, y1: Number, x2: Number, y2: Number) -> Markup:
    return tag("line", class_=class_, x1=x1, y1=y1, x2=x2, y2=y2)


def text(x: Number, y: Number, words: str, class_: str = "", anchor: str = "") -> Markup:
    """Words at a point. `anchor` is start (as where it is empty), middle or end."""
    return tag("text", words, x=x, y=y, class_=class_ or None, text_anchor=anchor or None)


def hidden(width: int, height: int, pieces: Iterable[Markup], class_: str) -> Markup:
    """A picture of what stands in words beside it: a reader's program passes over it."""
    return tag(
        "svg",
        Markup("").join(pieces),
        class_=class_,
        viewBox=f"0 0 {width} {height}",
        aria_hidden="true",
        focusable="false",
    )


def image(
    name: str,
    width: int,
    height: int,
    pieces: Iterable[Markup],
    *,
    title: str,
    says: str,
    class_: str = "app-chart",
) -> Markup:
    """A picture with its title and with what one sees in it. `name` is its own on the page."""
    head = [tag("title", title, id=f"{name}-t"), tag("desc", says, id=f"{name}-d")]
    return tag(
        "svg",
        Markup("\n").join([*head, *pieces]),
        class_=class_,
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )
