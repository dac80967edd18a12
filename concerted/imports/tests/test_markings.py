"""Marked files: those too high leave nothing behind, others wait for their owner."""

import io
import zipfile
from html import escape

import pytest
from django.core.files.storage import default_storage

from concerted.actions.models import Action
from concerted.documents.models import Document, Version
from concerted.documents.services import fingerprint, place
from concerted.imports import services
from concerted.imports.models import File
from concerted.imports.states import FileState
from concerted.imports.tests.conftest import BOARD
from concerted.kernel.verdict import NotAllowed
from concerted.meetings.models import Item, Meeting
from concerted.reading import read
from concerted.reading.tests import word_files

pytestmark = pytest.mark.django_db


def marked(words):
    """The board's minutes as a Word file with these words in its header."""
    lines = (word_files.run(escape(line)) for line in BOARD.split("\n") if line)
    margin = word_files.paragraph(word_files.run(words))
    return word_files.word(
        "".join(map(word_files.paragraph, lines)),
        header1=f'<w:hdr xmlns:w="{word_files.W}">{margin}</w:hdr>',
    )


def zipped(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.docx", data)
    return held.getvalue()


def files_of(cast):
    with cast.acting("dilys"):
        return {one.name: one for one in File.objects.all()}


@pytest.fixture
def upload(dilys, cast, django_capture_on_commit_callbacks):
    """Hand files over on the page; each is read in its child process."""

    def hand_over(name, data):
        file = io.BytesIO(data)
        file.name = name
        with django_capture_on_commit_callbacks(execute=True):
            response = dilys.post("/meetings/imports/", {"files": file}, follow=True)
        assert response.status_code == 200
        return files_of(cast)

    return hand_over


@pytest.mark.parametrize("words", ["SECRET", "TOP SECRET"])
def test_minutes_marked_too_high_leave_a_sentence_and_no_bytes(upload, cast, words):
    data = marked(words)

    file = upload("minutes.docx", data)["minutes.docx"]

    assert file.state == FileState.REFUSED
    assert "higher than OFFICIAL-SENSITIVE" in file.sentence
    assert (file.version_id, file.reading, file.markup) == (None, None, None)
    assert not default_storage.exists(place(fingerprint(data)))
    with cast.acting("dilys"):
        assert not Version.objects.exists()
        assert not Document.objects.exists()


def test_the_archive_that_it_came_in_goes_too_and_its_other_files_stay(upload, cast):
    data, other = marked("SECRET"), marked("OFFICIAL")
    packed = zipped(one=data, two=other)

    found = upload("all.zip", packed)

    assert found["one.docx"].state == FileState.REFUSED
    assert found["two.docx"].state == FileState.READ
    assert not default_storage.exists(place(fingerprint(data)))
    assert not default_storage.exists(place(fingerprint(packed)))
    assert default_storage.exists(place(fingerprint(other)))


def test_whoever_handed_the_same_over_is_told_the_same(cast, upload):
    """Their bytes are gone before they are read."""
    data = marked("SECRET")
    with cast.acting("maud") as maud:
        handover = services.hand_over(maud, files=[("mine.docx", data)])
    upload("minutes.docx", data)
    with cast.acting("maud"):
        arguments = dict(handover.job.arguments)
    from concerted.imports import tasks  # noqa: PLC0415

    tasks.read_handover(**arguments)

    with cast.acting("maud"):
        file = handover.files.get()
    assert file.state == FileState.REFUSED
    assert "higher than OFFICIAL-SENSITIVE" in file.sentence


@pytest.fixture
def confidential(cast, received):
    """Minutes that were read from a file marked CONFIDENTIAL."""
    with cast.acting("dilys") as dilys:
        handover = services.hand_over(dilys, files=[("board.txt", BOARD.encode())])
        file = handover.files.get()
        services.was_read(dilys, file=file, reading=read(BOARD), notes=[], marking="CONFIDENTIAL")
        file.refresh_from_db()
    return file


@pytest.mark.slow
def test_marked_minutes_are_for_the_office_alone_until_their_owner_says(
    confidential, accepted, cast
):
    meeting = accepted(confidential)

    office = meeting.body.office_audience_id
    with cast.acting("dilys"):
        assert Meeting.objects.get(pk=meeting.pk).audience_id == office
        assert set(Item.objects.values_list("audience_id", flat=True)) == {office}
        assert set(Action.objects.values_list("audience_id", flat=True)) <= {office}
    with cast.acting("tobias"):
        assert not Meeting.objects.filter(pk=meeting.pk).exists()


def test_the_page_says_so_before_they_are_accepted(confidential, dilys):
    page = dilys.get(confidential.get_absolute_url())

    assert "Its pages are marked <strong>CONFIDENTIAL</strong>" in page.text


def test_marked_minutes_are_never_accepted_in_bulk(confidential, cast):
    with cast.acting("dilys"):
        [read_meeting] = confidential.read_meetings.all()

    assert read_meeting.asks["marking"] == 1
    assert read_meeting.questions > 0


@pytest.mark.slow
def test_the_secretary_cannot_open_them_for_another_owner(confidential, accepted, cast):
    from concerted.people.public import entries_to_pick  # noqa: PLC0415
    from concerted.restrictions import public as restrictions  # noqa: PLC0415

    meeting = accepted(confidential)
    with (
        cast.acting("dilys") as dilys,
        pytest.raises(NotAllowed, match="until Wyleshire Police has been asked"),
    ):
        restrictions.restrict(
            dilys,
            kind=restrictions.by_label("meetings.meeting"),
            key=meeting.key,
            wanted=restrictions.Wanted(
                level=restrictions.Level.OPEN,
                tier=restrictions.Tier.OFFICIAL,
                owner=cast.organisations["police"],
                ground=None,
                public_interest="",
                review_on=None,
                whom_to_ask="",
                entries=tuple(entries_to_pick(dilys)),
            ),
            token="",
        )
