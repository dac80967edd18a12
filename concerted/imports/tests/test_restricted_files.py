"""Files handed over by a secretary for a meeting whose file is kept from her."""

# ruff: noqa: F811 - fixtures that other tests have, by their names

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.audit.models import Line
from concerted.documents.models import Document, Version
from concerted.imports.states import FileState
from concerted.imports.tests.conftest import fresh
from concerted.imports.tests.test_sameness import (  # noqa: F401 - fixtures
    DRAFT,
    OTHER,
    recorded,
    same,
)
from concerted.meetings.models import Meeting
from concerted.restrictions.states import Level
from concerted.restrictions.tests.conftest import restrict, wanted  # noqa: F401 - fixtures
from tests.steady import steady

pytestmark = pytest.mark.django_db
LEVELS = [Level.CLOSED, Level.HIDDEN]


@pytest.fixture
def kept_back(cast, recorded, restrict):
    """Minutes on record whose file is for the police and the secretary alone, not the manager."""

    def make(level):
        meeting = recorded()
        with cast.acting("dilys"):
            document = Document.objects.get(pk=meeting.document_id)
        restrict(document, kind="file", level=level)
        return meeting, document

    return make


def names(cast, who, document):
    with cast.acting(who):
        return [one.name for one in Version.objects.filter(document=document).order_by("number")]


@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
def test_a_file_of_whoever_is_outside_is_kept_beside_and_tells_nothing(
    cast,
    kept_back,
    received,
    same,
    signed_in,
    level,
):
    meeting, document = kept_back(level)
    file = received(OTHER, name="signed.txt", who="maud")

    response = same(file, "keep", meeting.key, who="maud")

    assert response["Location"] == meeting.get_absolute_url()
    assert fresh(cast, file, "maud").state == FileState.KEPT
    assert names(cast, "dilys", document) == ["draft.txt"]
    maud = signed_in("maud").get(meeting.get_absolute_url()).text
    assert "signed.txt" in maud
    assert "draft.txt" not in maud
    assert ("A file is closed:" in maud) is (level == Level.CLOSED)
    both = signed_in("dilys").get(meeting.get_absolute_url()).text
    assert "signed.txt" in both
    assert "draft.txt" in both
    lines = Line.objects.filter(what__in=["document.versioned", "meeting.documented"])
    assert [one.what for one in lines] == ["meeting.documented"]


@pytest.mark.slow
def test_it_costs_and_answers_the_same_as_where_there_is_no_file(
    cast,
    kept_back,
    received,
    same,
    signed_in,
):
    meeting, document = kept_back(Level.HIDDEN)
    answers = []
    for there in (True, False):
        if not there:
            with cast.acting("dilys"):
                Meeting.objects.filter(pk=meeting.pk).update(document=None)
                document.kept_with.all().delete()
        # Not the very same bytes, which would not be read twice.
        text = OTHER + (" " if there else "\t")
        file = received(text, name="signed.txt", who="maud")
        with CaptureQueriesContext(connection) as asked:
            response = same(file, "keep", meeting.key, who="maud")
        page = steady(signed_in("maud").get(response["Location"]))
        with cast.acting("maud"):
            kept = fresh(cast, file, "maud").version
            random = (kept.key, kept.document.key, kept.sha256)
        for one in random:
            page = page.replace(one, "")
        answers.append((response.status_code, len(asked), page))
        with cast.acting("maud"):
            Meeting.objects.filter(pk=meeting.pk).update(document=None)

    assert answers[0] == answers[1]


@pytest.mark.slow
def test_a_version_added_by_who_sees_the_file_is_for_its_audience_wherever_it_lies(
    cast,
    kept_back,
    received,
    same,
    signed_in,
):
    meeting, document = kept_back(Level.CLOSED)
    file = received(OTHER, name="signed.txt")

    same(file, "keep", meeting.key)

    assert names(cast, "gareth", document) == ["draft.txt", "signed.txt"]
    assert names(cast, "maud", document) == []
    own = fresh(cast, file).version.get_absolute_url()
    assert signed_in("maud").get(own).status_code == 404
    taken = signed_in("dilys").get(own)
    assert b"".join(taken).startswith(b"Safer Marlbeck Board")


@pytest.mark.slow
def test_an_open_file_beside_takes_the_place_of_one_that_is_hidden(
    cast,
    kept_back,
    received,
    same,
    restrict,
    signed_in,
):
    meeting, document = kept_back(Level.CLOSED)
    same(received(OTHER, name="signed.txt", who="maud"), "keep", meeting.key, who="maud")

    restrict(document, kind="file", level=Level.HIDDEN)
    page = signed_in("maud").get(meeting.get_absolute_url()).text
    assert "signed.txt" in page
    assert "A file is closed:" not in page

    restrict(document, kind="file", level=Level.OPEN, who="gareth")
    page = signed_in("maud").get(meeting.get_absolute_url()).text
    assert page.index("signed.txt") < page.index("draft.txt")


@pytest.mark.slow
def test_the_lists_of_whoever_handed_it_over_do_not_name_it_any_more(
    cast,
    recorded,
    restrict,
    received,
    signed_in,
    same,
):
    meeting = recorded()
    with cast.acting("dilys"):
        document = Document.objects.get(pk=meeting.document_id)
    file = received(OTHER, name="signed.txt", who="maud")
    same(file, "keep", meeting.key, who="maud")
    maud = signed_in("maud")
    handover = reverse("imports:handover", args=[file.handover.key])
    assert "signed.txt" in maud.get(reverse("imports:list")).text
    restrict(document, kind="file", level=Level.HIDDEN)

    assert "signed.txt" not in maud.get(reverse("imports:list")).text
    for address in (handover, file.get_absolute_url(), file.version.get_absolute_url()):
        assert maud.get(address).status_code == 404


@pytest.mark.slow
def test_the_very_file_handed_over_again_is_read_as_if_it_were_new(
    kept_back,
    received,
):
    kept_back(Level.HIDDEN)

    assert received(DRAFT, name="again.txt", who="maud").state == FileState.READ
