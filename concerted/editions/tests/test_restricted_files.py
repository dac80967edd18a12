"""A file is restricted while the public text of its meeting or paper is on its way, or public."""

# ruff: noqa: F811 - fixtures that other tests have, by their names

import datetime

import pytest
from django.urls import reverse

from concerted.documents import services as documents
from concerted.documents.models import Document
from concerted.editions import looking, outbox
from concerted.editions.sources import source_of
from concerted.editions.tests.conftest import fresh
from concerted.editions.tests.test_release import approved, everything_public, page
from concerted.meetings import services as meetings
from concerted.restrictions.states import Level
from concerted.restrictions.tests.conftest import restrict, wanted  # noqa: F401

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "edition"])]
LEVELS = [Level.CLOSED, Level.HIDDEN]


@pytest.fixture
def filed(cast, met):
    """Minutes on record with the file that they came in; returns both."""

    def make():
        meeting = met()
        with cast.acting("dilys") as dilys:
            version = documents.receive(dilys, data=b"minutes", name="operation-heron.docx")
            meetings.give_document(dilys, meeting=meeting, document=version.document)
            office = cast.bodies["board"].office_audience_id
            documents.hand_to(dilys, version=version, audience_id=office)
            meeting.refresh_from_db()
        return meeting, version.document

    return make


def source_seen(cast, who, thing):
    with cast.acting(who) as actor:
        thing = type(thing).objects.select_related("body").get(pk=thing.pk)
        return source_of(actor, thing)


@pytest.mark.parametrize("level", LEVELS)
def test_what_waits_for_approval_is_stopped(signed_in, filed, asked, restrict, level):
    meeting, file = filed()
    release = asked(meeting)
    restrict(file, kind="file", level=level)

    rowena = signed_in("rowena")
    refused = rowena.post(page(release, "approve"), {"looked_at": release.sha256})

    assert refused.status_code == 403
    assert "changed or restricted since" in refused.text


@pytest.mark.parametrize("level", LEVELS)
def test_what_was_approved_is_stopped_before_it_goes(cast, filed, asked, restrict, level):
    meeting, file = filed()
    release = approved(cast, asked(meeting))
    restrict(file, kind="file", level=level)

    outbox.carry_all()

    assert everything_public() == ""
    assert fresh(cast, release).state == "stopped"


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_public_is_offered_for_withdrawal(signed_in, filed, public, restrict, level):
    meeting, file = filed()
    release = public(meeting)
    assert looking.look_again() == 0
    restrict(file, kind="file", level=level)

    assert looking.look_again() == 1
    assert "To be looked at again" in signed_in("dilys").get(reverse("editions:list")).text
    assert "Look at it again" in signed_in("rowena").get(page(release)).text


@pytest.mark.parametrize("level", LEVELS)
def test_of_a_paper_the_same(cast, reported, restrict, level):
    paper = reported()
    before = source_seen(cast, "dilys", paper)
    with cast.acting("dilys"):
        file = Document.objects.get(versions__papers=paper)
    restrict(file, kind="file", level=level)

    after = source_seen(cast, "dilys", paper)
    assert before.digest != after.digest
    assert (before.restricted, after.restricted) == (False, True)


@pytest.mark.parametrize(("level", "known"), [(Level.CLOSED, True), (Level.HIDDEN, False)])
def test_whoever_is_outside_knows_of_a_closed_file_alone(cast, filed, restrict, level, known):
    meeting, file = filed()
    restrict(file, kind="file", level=level)

    seen = source_seen(cast, "dilys", meeting)
    outside = source_seen(cast, "maud", meeting)
    assert seen.restricted
    assert outside.restricted is known
    assert outside.digest == seen.digest


def test_the_name_of_a_restricted_file_in_a_public_text_is_found(cast, filed, asked, restrict):
    _, file = filed()
    restrict(file, kind="file", level=Level.HIDDEN)
    with cast.acting("dilys") as dilys:
        other, _ = meetings.record(
            dilys,
            minutes=meetings.NewMeeting(
                body=cast.bodies["board"],
                held_on=datetime.date(2020, 6, 9),
                state="received",
                items=[meetings.NewItem("1", "Files", "See operation-heron.docx for more.")],
            ),
        )

    assert asked(other).hits == 2  # the title of the document, and the name of its version
