"""What every answer carries: a strict Content-Security-Policy, and no leave to be kept."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import entrance

PAGES = ["desk:home", "meetings:list", "meetings:decisions_csv", "people:bodies", "ui:help"]


def directives(response) -> dict[str, list[str]]:
    header = response.headers["Content-Security-Policy"]
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_in_a_page_or_from_elsewhere_runs(signed_in, page):
    found = directives(signed_in("dilys").get(reverse(page)))

    assert found["default-src"] == ["'none'"]
    assert found["base-uri"] == found["frame-ancestors"] == ["'none'"]
    assert {value for values in found.values() for value in values} == {"'none'", "'self'"}


@pytest.mark.parametrize("address", ["/", "/no-such-page/", "/sign-in/", "/trail/"])
def test_other_answers_carry_it_too(signed_in, address):
    for client in (Client(), signed_in("sid")):
        assert directives(client.get(address))["default-src"] == ["'none'"]


@pytest.mark.parametrize("page", PAGES)
def test_members_answers_are_kept_by_nobody(signed_in, page):
    header = signed_in("dilys").get(reverse(page)).headers["Cache-Control"]

    assert {"private", "no-store"} <= set(header.split(", "))


@pytest.mark.parametrize(("name", "address"), [("tobias", "/trail/"), ("dilys", "/meetings/none/")])
def test_refusals_are_kept_by_nobody(signed_in, name, address):
    response = signed_in(name).get(address)

    assert response.status_code in (403, 404)
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))


def test_a_page_is_not_framed_sniffed_or_told_on(signed_in):
    headers = signed_in("dilys").get("/").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites(cast):
    entrance.with_app(cast.accounts["dilys"])
    client = Client()
    asked = client.get("/sign-in/")
    entrance.gives_password(client, "dilys@example.org")
    given = {"code": entrance.code(), "remember": "on"}
    signed_in = client.post("/sign-in/code/", given)

    assert signed_in["Location"] == "/"
    cookies = asked.cookies | signed_in.cookies
    assert set(cookies) >= {"sessionid", "csrftoken", "remembered"}
    for cookie in cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
