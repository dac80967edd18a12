"""What a request leaves behind: all of it, or nothing but the line that says it was refused."""

import pytest
from django.test import Client
from django.urls import reverse

from concerted.audit.models import Line

pytestmark = pytest.mark.urls("concerted.audit.tests.urls")


@pytest.fixture
def tobias(signed_in) -> Client:
    client = signed_in("tobias")
    client.raise_request_exception = False
    return client


def left_by(get, address: str) -> tuple[int, list[str]]:
    before = set(Line.objects.values_list("pk", flat=True))
    response = get(address)
    return response.status_code, [line.what for line in Line.objects.exclude(pk__in=before)]


def test_a_request_that_works_keeps_its_line(tobias):
    assert left_by(tobias.get, "/probe/works/") == (200, ["probe.made"])


def test_a_refused_request_leaves_one_line_and_nothing_else(tobias, cast):
    assert left_by(tobias.get, "/probe/refuses/") == (403, ["request.refused"])
    line = Line.objects.first()
    assert (line.actor, line.verb, line.kind) == (cast.accounts["tobias"].key, "refuse", "refuses")


def test_the_reference_on_the_page_is_the_one_on_the_trail(tobias):
    page = tobias.get("/probe/refuses/")

    assert Line.objects.first().reference in page.text


def test_a_page_that_breaks_rolls_back(tobias):
    assert left_by(tobias.get, "/probe/breaks/") == (500, [])


def test_a_page_that_breaks_in_the_database_rolls_back(tobias):
    def post(address):
        return tobias.post(address, {"text": "x"})

    assert left_by(post, "/probe/breaks-in-the-database/") == (500, [])


def test_a_thing_that_is_not_there_leaves_nothing(tobias):
    assert left_by(tobias.get, "/probe/is-not-there/") == (404, [])


def test_an_invisible_thing_is_not_there_and_leaves_nothing(tobias, cast):
    hidden = reverse("people:body", args=[cast.bodies["silver"].key])
    absent = reverse("people:body", args=["no-such-key"])

    assert left_by(tobias.get, hidden) == (404, [])
    assert tobias.get(hidden).content == tobias.get(absent).content


def test_a_refused_form_changes_nothing(tobias, cast):
    address = reverse("people:body_change", args=[cast.bodies["board"].key])

    def post(address):
        return tobias.post(address, {"name": "Renamed"})

    assert left_by(post, address) == (403, ["request.refused"])
    with cast.acting("tobias"):
        cast.bodies["board"].refresh_from_db()
    assert cast.bodies["board"].name != "Renamed"


def test_somebody_not_signed_in_leaves_nothing(db):
    assert left_by(Client().get, "/probe/works/") == (302, [])
