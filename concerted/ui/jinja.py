"""The Jinja2 environment of every page: its loaders, filters and global words."""

from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

import jinja2
from django.http import QueryDict
from django.templatetags.static import static
from django.urls import reverse

from concerted.access.addresses import address
from concerted.kernel import clock
from concerted.ui import forms, glossary, words

MACROS = "govuk_frontend_jinja"


class Environment(jinja2.Environment):
    """Strict about missing names in our templates, lenient inside the GOV.UK macros.

    The macros ask freely for parameters that were not given, so they are compiled by a plain
    environment of their own; a mistyped name in our own templates is an error at once.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.macros = jinja2.Environment(
            loader=jinja2.PrefixLoader({MACROS: jinja2.PackageLoader(MACROS)}),
            autoescape=True,
            auto_reload=False,
        )

    def get_template(
        self,
        name: str | jinja2.Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> jinja2.Template:
        """Find a template, ours or one of the GOV.UK macros."""
        if isinstance(name, str) and name.startswith(MACROS + "/"):
            return self.macros.get_template(name)
        return super().get_template(name, parent, globals)


def environment(**options: Any) -> Environment:
    """Build the environment; Django's Jinja2 back end calls this once."""
    options.update(
        autoescape=escapes,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    built = Environment(**options)
    built.globals.update(GLOBALS)
    built.filters.update(FILTERS)
    return built


def escapes(name: str | None) -> bool:
    """Escape everything but the text of mails: an apostrophe in a name is no HTML there."""
    return name is None or not name.endswith(".txt")


def url(name: str, /, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page by its URL name."""
    if kwargs:
        return reverse(name, args=args or None, kwargs=kwargs)
    return address(name, *args)


def query(params: QueryDict | Mapping[str, str], /, **changes: Any) -> str:
    """Return a query string with some parameters changed; ``None`` takes one out."""
    changed = params.copy() if isinstance(params, QueryDict) else QueryDict(mutable=True)
    if not isinstance(params, QueryDict):
        changed.update(dict(params))
    for key, value in changes.items():
        if value is None:
            changed.pop(key, None)
        elif isinstance(value, list | tuple):
            changed.setlist(key, [str(each) for each in value])
        else:
            changed[key] = str(value)
    return "?" + changed.urlencode()


GLOBALS: Mapping[str, Callable[..., Any]] = {
    "errors_of": forms.errors_of,
    "meaning": glossary.meaning,
    "now": lambda: words.local(clock.now()),
    "params_of": forms.params_of,
    "plural": words.plural,
    "query": query,
    "static": lru_cache(maxsize=256)(static),
    "today": clock.today,
    "url": url,
}

FILTERS: Mapping[str, Callable[..., Any]] = {
    "clock": words.clock,
    "day": words.day,
    "day_and_month": words.day_and_month,
    "days_from": words.days_from,
    "in_days": words.in_days,
    "listed": words.listed,
    "month": words.month,
    "number": words.number,
    "plural": words.plural,
    "weekday": words.weekday,
    "when": words.when,
}
