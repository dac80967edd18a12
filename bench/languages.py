"""The meeting page from one context by Jinja2, as in service, and by Django’s own templates."""

import datetime
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.http import HttpRequest
from django.shortcuts import render
from django.template import loader
from django.template.backends.django import DjangoTemplates

from bench.clocks import in_turn
from bench.table import Row, milliseconds, same, times
from bench.world import meeting_of, world
from concerted.cli.serve import collect_static
from concerted.meetings import views

ROUNDS = 100
EMPTY = {"link", "meta", "input", "br"}


def measure() -> Iterator[Row]:
    collect_static()
    with world() as here:
        address = meeting_of(here, 50, held_on=datetime.date(2026, 6, 16)).get_absolute_url()
        kept: list[tuple[HttpRequest, str, dict[str, Any]]] = []

        def keep(request: HttpRequest, name: str, context: dict[str, Any]) -> Any:
            kept.append((request, name, context))
            return render(request, name, context)

        with patch.object(views, "render", keep):
            here.client().get(address)
        [(request, name, context)] = kept
        ours, theirs = loader.get_template(name), _django().get_template("bench/detail.html")
        same(
            "The meeting page in two template languages",
            seen(ours.render(context, request)),
            seen(theirs.render(context, request)),
        )
        jinja, django = in_turn(
            [
                lambda: ours.render(context, request),
                lambda: theirs.render(context, request),
            ],
            rounds=ROUNDS,
        )
        yield Row(
            what="Meeting page of 50 items, rendering alone",
            ratio=f"{times(jinja / django)} Django’s templates",
            ours=f"{milliseconds(jinja)} (Jinja2)",
            beside=f"{milliseconds(django)} (Django)",
            target="below 1",
            met=jinja < django,
            note=f"Why Jinja2: Django’s templates take {django / jinja:.1f} times as long for the "
            "same words in the same elements with the same classes (compared first), and the "
            "GOV.UK components exist as Jinja2 macros.",
        )


def _django() -> DjangoTemplates:
    """A back end as Django sets it up in service: templates compiled once and kept."""
    return DjangoTemplates(
        {
            "NAME": "bench",
            "DIRS": [Path(__file__).parent / "templates"],
            "APP_DIRS": False,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.messages.context_processors.messages",
                    "concerted.ui.context.page",
                ],
                "libraries": {"words_in_django": "bench.words_in_django"},
            },
        }
    )


class _Seen(HTMLParser):
    """What a page shows: its elements with their classes, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = dict(attrs)
        names = " ".join(sorted((kept.get("class") or "").split()))
        self.parts.append(f"<{tag} {names} {kept.get('id', '')} {kept.get('href', '')}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts += data.split()


def seen(page: str) -> list[str]:
    """The elements of a page with class, id and address, and its words, in their order."""
    parser = _Seen()
    parser.feed(page)
    return parser.parts
