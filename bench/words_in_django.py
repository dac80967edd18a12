"""The filters and tags of `ui.jinja` for Django’s template language: the same functions behind."""

from typing import Any

from django import template

from concerted.ui import glossary, words

register = template.Library()
for named in (words.clock, words.day, words.weekday):
    register.filter(named.__name__, named)


@register.filter
def plural(count: int, one: str) -> str:
    return words.plural(count, one)


@register.filter
def get(found: dict[Any, Any], key: Any) -> Any:
    """The value of a key that only a variable knows; Django’s templates have no word for it."""
    return found.get(key)


@register.filter
def letter(place: int) -> str:
    return "abcdefghijklmnop"[place]


@register.simple_tag
def decided(items: list[Any]) -> int:
    return sum(len(item.decisions) for item in items)


@register.simple_tag
def followed(actions: dict[int, list[Any]]) -> int:
    return sum(len(lines) for lines in actions.values())


@register.simple_tag
def late(actions: dict[int, list[Any]]) -> int:
    return sum(line.late for lines in actions.values() for line in lines)


@register.simple_tag
def terms_of_the_page() -> list[tuple[str, str]]:
    """The words that the page explains in place, with their meanings."""
    named = ("noted", "agreed", "limb", "action", "slip", "subject to approval")
    return [(word, glossary.meaning(word)) for word in named]
