"""Files: kept once, seen by their audience, and never shown as a page of ours."""

import datetime
import io
import os
from contextlib import nullcontext

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory
from django.urls import reverse

from concerted.audit.models import Line
from concerted.documents import queries, services
from concerted.documents.models import Document, Version
from concerted.documents.uploads import LimitHandler
from concerted.kernel.clock import now
from concerted.kernel.keys import new_key

DATA = b"Minutes of a meeting\n"


@pytest.fixture(autouse=True)
def storage_of_its_own(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    return tmp_path


@pytest.fixture
def received(cast):
    def receive(data=DATA, *, name="board.txt", who="dilys"):
        with cast.acting(who) as actor:
            return services.receive(actor, data=data, name=name)

    return receive


def kept(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


# Keeping


def test_a_file_is_kept_under_its_hash_and_for_its_receiver_alone(
    cast, received, storage_of_its_own
):
    version = received()

    [path] = kept(storage_of_its_own)
    assert path.name == version.sha256 == services.fingerprint(DATA)
    assert path.read_bytes() == DATA
    assert version.sha256 not in version.get_absolute_url()
    assert (version.size, version.number) == (21, 1)
    assert version.received_by_id == cast.people["dilys"].pk
    for who in ("maud", "tobias"):
        with cast.acting(who):
            assert not Version.objects.exists()
            assert not Document.objects.exists()
    assert Line.objects.filter(what="document.received", reference=version.key).count() == 1


def test_the_same_bytes_lie_in_storage_once(received, storage_of_its_own):
    first, second = received(), received(name="other.txt", who="maud")

    assert len(kept(storage_of_its_own)) == 1
    assert first.key != second.key


def test_what_a_crash_cut_short_is_kept_again(cast, received, storage_of_its_own):
    version = received()
    [path] = kept(storage_of_its_own)
    path.chmod(0o600)
    path.write_bytes(DATA[:5])

    received(name="again.txt")

    with cast.acting("dilys"):
        assert services.read_bytes(version) == DATA


def test_that_others_hold_the_same_bytes_never_shows(cast, received):
    sha256 = received(who="maud").sha256

    with cast.acting("dilys") as dilys:
        assert not queries.same_bytes(dilys, sha256).exists()
    own = received()
    with cast.acting("dilys") as dilys:
        assert list(queries.same_bytes(dilys, sha256)) == [own]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04rest", services.MEDIA_TYPES[0][1]),
        (b"PK\x05\x06" + bytes(18), "application/zip"),
        (
            b"Message-ID: <1@a.example>\nFrom: a@a.example\nDate: Tue, 11 Mar 2014\n\nx",
            "message/rfc822",
        ),
        (b"\xd0\xcf\x11\xe0" + bytes(508), "application/msword"),
        (b"{\\rtf1 Minutes}", "application/rtf"),
        (b"<!doctype html><HTML><body>", "text/html"),
        (b"Minutes", "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_what_a_file_is_comes_from_its_bytes(data, kind):
    assert services.media_type(data) == kind


def test_a_document_handed_to_others_is_theirs_with_all_versions(cast, received):
    version = received()
    office = cast.bodies["board"].office_audience_id
    with cast.acting("dilys") as dilys:
        services.hand_to(dilys, version=version, audience_id=office)

    with cast.acting("maud") as maud:
        assert queries.visible_to(maud).count() == queries.versions_visible_to(maud).count() == 1
    with cast.acting("tobias") as tobias:
        assert not queries.visible_to(tobias).exists()
    assert Line.objects.filter(what="document.accepted").count() == 1


# Taking


def test_a_download_is_bytes_to_be_saved_and_leaves_a_line(signed_in, received):
    version = received(b"<html><script>alert(1)</script></html>", name="page.html")

    response = signed_in("dilys").get(version.get_absolute_url())

    assert b"".join(response.streaming_content).startswith(b"<html>")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="page.html"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    line = Line.objects.get(what="document.consulted")
    assert (line.verb, line.reference) == ("consult", version.key)


@pytest.mark.parametrize("name", ["Protokoll “März”.docx", 'a"b.txt', "a;b=c.txt"])
def test_a_download_keeps_its_name(signed_in, received, name):
    response = signed_in("dilys").get(received(name=name).get_absolute_url())
    b"".join(response.streaming_content)

    said = response["Content-Disposition"]
    assert said.startswith("attachment; filename")
    assert "\n" not in said


@pytest.mark.parametrize("who", ["maud", "tobias", "owen"])
def test_a_file_of_somebody_else_is_not_there(signed_in, received, who):
    client = signed_in(who)

    seen = client.get(received().get_absolute_url())
    absent = client.get(reverse("documents:download", args=[new_key()]))

    assert seen.status_code == absent.status_code == 404
    assert seen.content == absent.content
    assert not Line.objects.filter(what="document.consulted").exists()


@pytest.mark.parametrize(
    ("who", "status"), [("dilys", 200), ("maud", 200), ("tobias", 404), ("rowena", 404)]
)
def test_after_acceptance_the_office_can_take_it_and_members_cannot(
    cast, signed_in, received, who, status
):
    version = received()
    with cast.acting("dilys") as dilys:
        services.hand_to(
            dilys, version=version, audience_id=cast.bodies["board"].office_audience_id
        )

    response = signed_in(who).get(version.get_absolute_url())

    assert response.status_code == status
    response.close()


def test_a_hash_is_no_address(signed_in, received):
    sha256 = received().sha256

    assert signed_in("dilys").get(reverse("documents:download", args=[sha256])).status_code == 404


def test_another_method_is_not_allowed(signed_in, received):
    assert signed_in("dilys").post(received().get_absolute_url()).status_code == 405


# The limit


@pytest.mark.parametrize(
    ("sizes", "sentence"),
    [
        ([[100]], ""),
        ([[60, 41]], "1.txt is larger than 100 bytes. Hand over a smaller file. Nothing was kept."),
        ([[100]] * 4, ""),
        (
            [[100]] * 4 + [[1]],
            "These files have more than 400 bytes together. Hand over fewer at once. "
            "Nothing was kept.",
        ),
    ],
)
def test_the_handler_stops_at_the_limit_and_says_why(settings, sizes, sentence):
    settings.UPLOAD_LIMIT = 100
    request = RequestFactory().post("/")
    handler = LimitHandler(request)
    with pytest.raises(StopUpload) if sentence else nullcontext():
        for number, chunks in enumerate(sizes, start=1):
            handler.new_file("files", f"{number}.txt", "text/plain", None)
            for size in chunks:
                assert handler.receive_data_chunk(b"x" * size, 0) == b"x" * size
            assert handler.file_complete(sum(chunks)) is None
    assert getattr(request, "too_large", "") == sentence


@pytest.mark.parametrize(("size", "kept"), [(400, True), (401, False)])
def test_an_archive_may_have_what_its_files_may_have_together(settings, size, kept):
    settings.UPLOAD_LIMIT = 100
    handler = LimitHandler(RequestFactory().post("/"))
    handler.new_file("files", "Years.ZIP", "application/zip", None)

    with nullcontext() if kept else pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x" * size, 0)


def test_the_limit_is_told_in_megabytes(settings):
    settings.UPLOAD_LIMIT = 3 * 1024**2
    request = RequestFactory().post("/")
    handler = LimitHandler(request)
    handler.new_file("files", "big.txt", "text/plain", None)

    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x" * (3 * 1024**2 + 1), 0)

    assert request.too_large.startswith("big.txt is larger than 3 MB.")


def test_bytes_come_back_as_they_went_in(cast, received):
    data = bytes(range(256)) * 300
    version = received(data, name="odd.bin")

    with cast.acting("dilys"):
        assert services.read_bytes(version) == data
    with default_storage.open(services.place(version.sha256)) as there:
        assert io.BytesIO(there.read()).getvalue() == data


# What nothing leads to


def test_stray_bytes_go_once_they_are_a_day_old_and_nothing_else(
    cast, received, storage_of_its_own
):
    named = received(who="tobias")
    lost = [services.place(services.fingerprint(data)) for data in (b"failed", b"new")]
    twice = services.place(named.sha256) + "_x4Tz9q1"
    for at in (*lost, twice):
        default_storage.save(at, ContentFile(b"lost"))
    for at in (lost[0], twice, services.place(named.sha256)):
        os.utime(storage_of_its_own / at, (0, 0))
    yesterday = now() - datetime.timedelta(days=1)

    with cast.acting("dilys"):
        assert services.let_stray_bytes_go(before=yesterday) == 2
        assert services.let_stray_bytes_go(before=yesterday) == 0

    left = {str(path.relative_to(storage_of_its_own)) for path in kept(storage_of_its_own)}
    assert left == {services.place(named.sha256), lost[1]}
    assert Line.objects.filter(what="document.tidied", verb="erase").exists()


def test_bytes_that_were_to_be_destroyed_are_stray_though_their_version_stays(
    cast, received, storage_of_its_own
):
    version = received()
    with cast.acting("dilys"):
        services.without_bytes(version=version)
        later = now() + datetime.timedelta(days=1)

        assert services.let_stray_bytes_go(before=later) == 1

    assert kept(storage_of_its_own) == []
