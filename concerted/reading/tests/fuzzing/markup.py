"""Changes to XML and HTML by its tags, most of which leave it well formed."""

import random
import re

from concerted.reading.tests.fuzzing import odd

_TOKENS = re.compile(r"<[^<>]*>|[^<]+|<")
_NAME = re.compile(r"</?\s*([^\s/>]+)")
_VALUE = re.compile(r'(=\s*)("[^"]*"|\'[^\']*\'|[^\s"\'>/]+)')
_ENTITIES = ("&lt;", "&#0;", "&#1;", "&#xD800;", "&#x110000;", "&#x10FFFF;", "&#xFFFE;", "&x;",
             "&amp;amp;", "&", "&#99999999999;", "&#x202e;", "]]>", "<![CDATA[x]]>", "<!-- -- -->",
             "<?x y?>", "<!DOCTYPE x [<!ENTITY e 'x'>]>", "&e;")  # fmt: skip
_DEPTHS = (2, 10, 60, 150, 190, 201, 3000)


def changed(source: str, rng: random.Random) -> str:
    """The markup with one change."""
    tokens: list[str] = _TOKENS.findall(source)
    if not tokens:
        return odd.words(rng)
    tags = [at for at, token in enumerate(tokens) if token.startswith("<") and len(token) > 2]
    texts = [at for at, token in enumerate(tokens) if not token.startswith("<")]
    draw = rng.random()
    if draw < 0.35 and tags:
        _change_tag(tokens, rng.choice(tags), rng)
    elif draw < 0.85 and tags:
        _change_element(tokens, rng.choice(tags), rng)
    elif draw < 0.95 and texts:
        at = rng.choice(texts)
        said = _escaped(odd.words(rng)) if rng.random() < 0.8 else rng.choice(_ENTITIES)
        tokens[at] = rng.choice((said, tokens[at] + said, said + tokens[at]))
    else:
        tokens.insert(rng.randrange(len(tokens) + 1), rng.choice(_ENTITIES))
    return "".join(tokens)


def _change_tag(tokens: list[str], at: int, rng: random.Random) -> None:
    tag = tokens[at]
    values = list(_VALUE.finditer(tag))
    if values and rng.random() < 0.8:
        found = rng.choice(values)
        said = _escaped(odd.value(rng)).replace('"', "&quot;")
        tokens[at] = f'{tag[: found.start()]}{found[1]}"{said}"{tag[found.end() :]}'
        if rng.random() < 0.15:  # without it, name and all
            start = tag.rfind(" ", 0, found.start())
            tokens[at] = tag[:start] + tag[found.end() :]
    elif rng.random() < 0.3:
        tokens[at] = tag.replace("<", "<", 1).replace(":", rng.choice((":x", "", "::")), 1)
    elif rng.random() < 0.5:
        del tokens[at]
    else:
        tokens.insert(at, tag)


def _change_element(tokens: list[str], at: int, rng: random.Random) -> None:
    """Leave an element out, double it, move it, nest it in itself, rename it, or empty it."""
    end = _end_of(tokens, at)
    if end is None:
        del tokens[at]
        return
    element = tokens[at : end + 1]
    match rng.randrange(7):
        case 0:
            del tokens[at : end + 1]
        case 1:
            tokens[at:at] = element * rng.choice((1, 1, 2, 30))
        case 2:
            del tokens[at : end + 1]
            to = rng.randrange(len(tokens) + 1)
            tokens[to:to] = element
        case 3 if end > at:
            depth = rng.choice(_DEPTHS)
            tokens[at] *= depth
            tokens[end] *= depth
        case 4:
            names = [m[1] for token in tokens if (m := _NAME.match(token))]
            name = rng.choice(names)
            for place in {at, end}:
                tokens[place] = _NAME.sub(
                    lambda found: found[0].replace(found[1], name), tokens[place], count=1
                )
        case 5:
            del tokens[at + 1 : end]
        case _:
            inner = tokens[at + 1 : end]
            tokens[at : end + 1] = inner


def _end_of(tokens: list[str], at: int) -> int | None:
    """Where the element that begins here ends; None for a tag that begins none."""
    if tokens[at].startswith(("</", "<!", "<?")):
        return None
    if tokens[at].endswith("/>"):
        return at
    found = _NAME.match(tokens[at])
    if found is None:
        return None
    name, depth = found[1], 0
    for place in range(at, len(tokens)):
        token = tokens[place]
        other = _NAME.match(token)
        if other is None or other[1] != name or token.endswith("/>"):
            continue
        depth += -1 if token.startswith("</") else 1
        if depth == 0:
            return place
    return None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
