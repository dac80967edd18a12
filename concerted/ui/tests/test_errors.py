"""No test here may touch the database: that is part of what they show."""

from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from concerted.ui import errors
from concerted.ui.tests.page import Page

WHY = "Minutes that are agreed are corrected by the secretary, at a later meeting."


def test_invisible_and_absent_are_the_same_bytes(anybody, secretary):
    pages = [
        errors.not_found(secretary("/help"), Exception("there is such a meeting")),
        errors.not_found(secretary("/words"), Exception("No Meeting matches")),
        errors.not_found(anybody("/words")),
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert len({tuple(sorted(page.headers.items())) for page in pages}) == 1


def test_a_refusal_says_why_large_and_alone(secretary):
    response = errors.not_allowed(secretary(), WHY)
    page = Page(response.content.decode())
    assert response.status_code == 403
    assert response.headers["Cache-Control"] == "private, no-store"
    head = page.one(class_="app-head")
    assert next(element for element in head.inside if element.tag == "p").words == WHY
    assert "You are here as Dilys Ambrey, secretary." in head.words
    assert "R7K-41Q" in page.one(class_="app-note").words


def test_a_refusal_offers_ways_on(secretary):
    ways = [errors.Way("Ask the secretary", "/ask", ": say which minute")]
    page = Page(errors.not_allowed(secretary(), WHY, can_do=ways).content.decode())
    assert page.one("a", href="/ask").words == "Ask the secretary"


def test_a_refusal_keeps_a_typed_text_but_no_password(secretary):
    text = "Minute 6: “six lanes” should read “four lanes”."
    data = {"text": text, "password": "correct horse battery staple", "say": "done"}
    request = secretary(method="POST", data=data)
    page = errors.not_allowed(request, WHY).content.decode()
    assert "should read “four lanes”." in page
    assert "battery" not in page


def test_a_refusal_by_django_is_explained_but_not_called_recorded(secretary):
    page = errors.forbidden(secretary()).content.decode()
    assert "This is not open to your account." in page
    assert "on the trail" not in page


def test_a_refusal_to_somebody_unknown_still_has_a_page():
    assert WHY in errors.not_allowed(RequestFactory().get("/"), WHY).content.decode()


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (errors.bad_request, 400, "This request was not understood"),
        (errors.not_found, 404, "Page not found"),
        (errors.server_error, 500, "Something went wrong"),
    ],
)
def test_an_error_page_has_its_status_and_one_heading(view, status, heading):
    response = view(RequestFactory().get("/"))
    assert response.status_code == status
    assert Page(response.content.decode()).one("h1").words == heading


def test_a_fault_gives_the_reference_of_its_request():
    response = errors.server_error(SimpleNamespace(reference="R7K-41Q"))
    assert "give this reference: R7K-41Q" in response.content.decode()


def test_a_fault_in_the_fault_page_still_answers(monkeypatch):
    def broken(*args):
        raise RuntimeError

    monkeypatch.setattr(errors, "_plain", broken)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"Something went wrong" in response.content


@pytest.mark.parametrize(("sender", "kept"), [("same-origin", True), ("cross-site", False)])
def test_a_form_with_an_old_token_gives_our_own_text_back(sender, kept):
    text = "A long text that nobody wants to type again."
    request = RequestFactory().post("/", {"text": text}, headers={"Sec-Fetch-Site": sender})
    response = errors.csrf_failure(request, "CSRF token missing.")
    assert response.status_code == 403
    assert (text in response.content.decode()) is kept
