"""Requests, signed in and not, without a database."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import BaseStorage
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve

from concerted.ui.tests.page import Page


class Memory(BaseStorage):
    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


@pytest.fixture(autouse=True)
def site(settings):
    settings.ROOT_URLCONF = "concerted.ui.tests.urls"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PARTNERSHIP_NAME = "Safer Marlbeck"
    settings.DEMONSTRATION = False
    settings.NAVIGATION = [("Words", "ui:words"), ("Sign in", "account_login")]


def _request(path, user, method="GET", data=None):
    factory = RequestFactory()
    request = factory.post(path, data or {}) if method == "POST" else factory.get(path)
    request.user = user
    request.resolver_match = resolve(path)
    request._messages = Memory(request)
    return request


@pytest.fixture
def anybody():
    """A request of nobody in particular."""
    return lambda path="/words", **kwargs: _request(path, AnonymousUser(), **kwargs)


@pytest.fixture
def secretary():
    """A request of the signed-in secretary."""

    def ask(path="/words", **kwargs):
        request = _request(path, SimpleNamespace(is_authenticated=True), **kwargs)
        request.actor = SimpleNamespace(name="Dilys Ambrey", capacity="secretary")
        request.reference = "R7K-41Q"
        return request

    return ask


@pytest.fixture
def render():
    """Render the words of a template, with the macros at hand."""

    def rendered(source, context=None, request=None):
        return engines.all()[0].from_string(source).render(context or {}, request)

    return rendered


@pytest.fixture
def drawn(render):
    """Render one macro call of components.html, and read it."""

    def draw(call, **context):
        name = call.partition("(")[0]
        source = '{% from "ui/components.html" import ' + name + " %}{{ " + call + " }}"
        return Page(render(source, context))

    return draw
