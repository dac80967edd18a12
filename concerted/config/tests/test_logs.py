"""Logs hold route name, status and reference: no query string, no form value, no parameter."""

import io
import logging

import pytest
from django.test import Client

from concerted.config.logs import LineFormatter

pytestmark = pytest.mark.urls("concerted.audit.tests.urls")

SECRET = "Somebody-Said-This"


@pytest.fixture
def logged():
    """All that would be written, by every logger, at its finest."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(LineFormatter())
    loggers = [logging.getLogger(), logging.getLogger("concerted"), logging.getLogger("django")]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
    logging.getLogger("concerted").setLevel(logging.INFO)
    yield stream.getvalue
    for logger, level in before:
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.fixture
def dilys(signed_in) -> Client:
    client = signed_in("dilys")
    client.raise_request_exception = False
    return client


def test_a_request_is_logged_by_its_route_and_reference(dilys, logged):
    dilys.get(f"/people/?q={SECRET}")

    assert "GET people:bodies 200" in logged()
    assert SECRET not in logged()


@pytest.mark.parametrize("address", ["/probe/breaks/", "/probe/breaks-in-the-database/"])
def test_a_fault_is_logged_without_what_was_sent(dilys, logged, address):
    response = dilys.post(f"{address}?q={SECRET}", {"text": SECRET})

    assert response.status_code == 500
    assert SECRET not in response.text
    assert SECRET not in logged()
    assert any(kind in logged() for kind in ("RuntimeError", "DataError"))
    assert "concerted/audit/tests/urls.py" in logged()


@pytest.mark.parametrize("address", [f"/{SECRET}/", f"/people/bodies/{SECRET}/", "/probe/refuses/"])
def test_what_is_not_found_or_refused_is_logged_without_its_address(dilys, logged, address):
    dilys.get(f"{address}?q={SECRET}", headers={"referer": f"http://testserver/{SECRET}"})

    assert SECRET not in logged()


def test_a_wrong_password_is_not_logged(logged, cast):
    client = Client(raise_request_exception=False)
    client.post("/sign-in/", {"login": f"{SECRET}@example.org", "password": SECRET})

    assert "POST account_login 200" in logged()
    assert SECRET not in logged()


def test_a_form_without_its_token_is_not_logged_with_its_text(logged, signed_in, cast):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.accounts["dilys"])
    response = client.post("/meetings/imports/", {"text": SECRET})

    assert response.status_code == 403
    assert SECRET not in logged()


def test_statements_are_not_logged(logged, db, settings):
    """Only DEBUG would log statements with their parameters, and nothing sets it."""
    assert settings.DEBUG is False
    assert not logging.getLogger("django.db.backends").isEnabledFor(logging.DEBUG)
