"""What a draft finds in the bytes of files, and what becomes of that."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concerted.documents import services as documents
from concerted.documents.models import Document, Version
from concerted.jobs import services as jobs
from concerted.jobs.models import Job
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.reading.files import NotReadable
from concerted.reading.model import Reading
from concerted.reading.sandbox import FileNotes
from concerted.reading.tests.pdf_files import document, picture, put
from concerted.reading.tests.word_files import p, word
from concerted.subject_access import expiring, queries, searching, services, sources, tasks
from concerted.subject_access.models import Draft
from concerted.subject_access.passages import MOST
from concerted.subject_access.policies import Answer, Wanted
from concerted.subject_access.redacting import STANDS
from concerted.subject_access.states import Decided, StepKind, Why

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

PICTURES = document(picture(0, 0, 595, 842))
FILES = {
    "letter.txt": b"To the board\n\nPlease ask Tobias Wren about the flat on Fen Row.\n",
    "report.docx": word(p("Report") + p("Gareth Pellow met Tobias  Wren on Tuesday.")),
    "plan.pdf": document(put(72, 700, "Tobias Wren is to bring the plan of the yard.")),
    "scan.pdf": PICTURES,
    "other.txt": b"Nobody is named in this file.\n",
}


@pytest.fixture(autouse=True)
def storage_of_its_own(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": settings.STORAGES["default"] | {"OPTIONS": {"location": tmp_path / "files"}}
    }


@pytest.fixture
def received(cast):
    """A file on record, for whoever reads the papers of a body."""

    def receive(name, data=b"", *, body="board", who="dilys"):
        with cast.acting(who) as actor:
            version = documents.receive(actor, data=data or FILES[name], name=name)
            audience = cast.bodies[body].papers_audience_id
            documents.hand_to(actor, version=version, audience_id=audience)
            return version

    return receive


@pytest.fixture
def plainly(monkeypatch):
    """Files are read in this process as plain text; returns the names of those that were."""
    read = []

    def read_each(files, *, cancelled):
        for given in files:
            if cancelled():
                return
            read.append(given.name)
            if given.data.startswith(b"%PDF"):
                yield given.of, NotReadable("The pages of this PDF are pictures.")
            else:
                yield given.of, (Reading(given.data.decode(), "unknown", ""), FileNotes("txt"))

    monkeypatch.setattr(searching, "read_each", read_each)
    return read


def in_files(findings):
    return [one for one in findings if one.why in (Why.FILE, Why.BY_HAND)]


def named(findings):
    return [dict(one.parts)["File"] for one in in_files(findings)]


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_from_files_of_all_kinds_to_the_answer(cast, received, asked, drafted, signed_in):
    for name in FILES:
        received(name)
    request = asked()
    found = {dict(one.parts)["File"]: one for one in in_files(drafted(request))}
    maud = signed_in("maud")

    # Each file with the name in it, and the one that nobody could read.
    assert sorted(found) == ["letter.txt", "plan.pdf", "report.docx", "scan.pdf"]
    letter, report, plan, scan = (
        found[name] for name in ("letter.txt", "report.docx", "plan.pdf", "scan.pdf")
    )
    assert "ask Tobias Wren about the flat on Fen Row." in dict(letter.parts)["Line 3"]
    assert "Gareth Pellow met Tobias Wren on Tuesday." in dict(report.parts)["Line 3"]
    assert "bring the plan of the yard" in dict(plan.parts)["Line 1"]
    assert [one.why for one in (letter, report, plan, scan)] == [Why.FILE] * 3 + [Why.BY_HAND]
    assert "pictures of text" in dict(scan.parts)["Not read"]
    assert report.others == [["Gareth Pellow", "[somebody of Wyleshire Police]"]]
    page = words(maud.get(reverse("subject_access:findings", args=[request.key])))
    assert "1 file could not be read" in page
    assert "1 of them files to be looked at by hand" in words(maud.get(request.get_absolute_url()))

    # A person decides; no copy of what names others, nothing of what nobody looked at.
    whole = maud.post(report.get_absolute_url(), {"decided": "copy", "reason": "I read it"})
    assert "it cannot go out whole" in words(whole)
    unread = maud.post(scan.get_absolute_url(), {"decided": "disclose"})
    assert "Write down what stands there of them" in words(unread)
    maud.post(letter.get_absolute_url(), {"decided": "redact", "words": "Fen Row"})
    maud.post(report.get_absolute_url(), {"decided": "redact", "replaced": ["0"]})
    unsaid = maud.post(plan.get_absolute_url(), {"decided": "copy"})
    assert "Read the whole file with its properties" in words(unsaid)
    maud.post(plan.get_absolute_url(), {"decided": "copy", "reason": "One line, about him alone"})
    maud.post(
        scan.get_absolute_url(),
        {"decided": "redact", "stands": "Page 1: T. Wren rang, of 7 Ash Row", "words": "7 Ash Row"},
    )
    with cast.acting("maud") as actor:
        draft = queries.draft_of(actor, request)
        rest = [one for one in queries.findings_of(actor, draft) if one.decided is None]
        for one in rest:
            answer = Answer(Decided.DISCLOSE, reason="They agreed.")
            services.decide(actor, finding=one, answer=answer)

    # What goes out.
    maud.post(reverse("subject_access:release", args=[request.key]))
    file = maud.get(reverse("subject_access:download", args=[request.key]))
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    answer = archive.read("answer.html").decode() + archive.read("answer.json").decode()
    [copy] = [name for name in archive.namelist() if name.startswith("files/")]
    assert copy == f"files/{plan.position}-plan.pdf"
    assert archive.read(copy) == FILES["plan.pdf"]
    assert f"{copy}, beside this page" in answer
    assert "[somebody of Wyleshire Police] met Tobias Wren" in answer
    assert "T. Wren rang, of [taken out]" in answer
    for kept_back in ("Fen Row", "Ash Row", "Gareth", "pictures of text"):
        assert kept_back not in answer


def test_what_the_handler_cannot_see_is_neither_read_nor_counted(
    cast, received, asked, drafted, plainly
):
    received("letter.txt")
    before = drafted(asked())
    received("hidden.txt", b"Watch Tobias Wren closely\n", body="silver")
    received("hidden.pdf", b"%PDF Tobias Wren", body="silver")
    with cast.acting("dilys") as dilys:
        mine = documents.receive(dilys, data=b"Tobias Wren, not handed in\n", name="mine.txt")
        needed = documents.receive(dilys, data=b"Tobias Wren in a closed item\n", name="need.txt")
        board = cast.bodies["board"].papers_audience_id
        documents.hand_to(dilys, version=needed, audience_id=board)
        silver = cast.bodies["silver"].papers_audience_id
        Document.objects.filter(pk=needed.document_id).update(needs=[silver])
        assert mine.audience_id == dilys.own_audience_id
    request = asked()
    del plainly[:]

    after = drafted(request)

    assert plainly == ["letter.txt"]
    assert named(after) == ["letter.txt"]
    assert len(after) == len(before)
    with cast.acting("maud") as maud:
        job = queries.draft_of(maud, request).job
    assert job.total == job.done == len(sources.sources()) + 1


def test_whoever_sees_them_would_have_found_them(cast, received, plainly):
    """The test above could not fail if nothing of a hidden body were ever read."""
    received("hidden.txt", b"Watch Tobias Wren closely\n", body="silver")
    with cast.acting("dilys") as dilys:
        [version] = tasks.next_files(dilys, Draft())
        asked = tasks.asked_for(dilys, cast.people["tobias"].pk, [])
        others = tasks.others_than(dilys, asked)
        names = searching.Names(asked.names, others.wanted)
        given = [searching.Bytes(version.sha256, "", 1, lambda: documents.read_bytes(version))]
        looked = dict(searching.look_into(given, names, cancelled=lambda: False))
        [one] = tasks.found_in(dilys, looked, others)

    assert "closely" in dict(one.parts)["Line 1"]


def test_a_file_that_is_restricted_after_the_draft_is_not_shown_and_does_not_go_out(
    cast, received, asked, drafted, decided, signed_in, plainly
):
    version = received("letter.txt")
    request = asked()
    found = drafted(request)
    decided(found)
    [letter] = in_files(found)
    with cast.acting("dilys"):
        silver = cast.bodies["silver"].papers_audience_id
        Document.objects.filter(pk=version.document_id).update(needs=[silver])
    maud = signed_in("maud")

    page = words(maud.get(reverse("subject_access:findings", args=[request.key])))
    assert "Changed or restricted since" in page
    assert "letter.txt" not in page
    one = words(maud.get(letter.get_absolute_url()))
    assert "Changed or restricted since" in one
    assert "Fen Row" not in one
    answer = maud.post(reverse("subject_access:release", args=[request.key]))
    assert "Make a new draft" in words(answer)


def test_the_same_bytes_are_read_once_and_found_with_each_record(received, asked, drafted, plainly):
    received("letter.txt")
    received("again.txt", FILES["letter.txt"])

    found = drafted(asked())

    assert plainly == ["letter.txt"]
    assert named(found) == ["letter.txt", "again.txt"]


def test_bytes_that_were_destroyed_are_not_looked_for_and_lost_ones_are_said(
    cast, received, asked, drafted, plainly
):
    destroyed, lost = received("letter.txt"), received("lost.txt", b"Tobias Wren\n")
    unread = received("unread.txt", b"Tobias Wren too\n")
    with cast.acting("dilys"):
        documents.without_bytes(version=destroyed)
    for broken in (lost, unread):
        default_storage.delete(documents.place(broken.sha256))
    Path(default_storage.path(documents.place(unread.sha256))).mkdir()  # no file can be read there

    found = in_files(drafted(asked()))

    assert sorted(named(found)) == ["lost.txt", "unread.txt"]
    for one in found:
        assert (one.why, dict(one.parts)["Not read"]) == (Why.BY_HAND, searching.GONE)
    assert plainly == []


def test_cancelled_between_files_it_keeps_nothing_of_them(cast, received, asked, monkeypatch):
    for number in range(3):
        received(f"{number}.txt", f"Tobias Wren, {number}\n".encode())
    request = asked()
    with cast.acting("maud") as maud:
        made = services.begin_draft(maud, request=request)
    read = []

    def read_each(files, *, cancelled):
        for given in files:
            read.append(given.name)
            with cast.acting("maud") as maud:
                jobs.cancel(maud, job=made.job)
            if cancelled():
                return
            yield given.of, (Reading(given.data.decode(), "unknown", ""), FileNotes("txt"))

    monkeypatch.setattr(searching, "read_each", read_each)
    tasks.draft(**made.job.arguments)

    with cast.acting("maud") as maud:
        job = Job.objects.get(pk=made.job_id)
        made.refresh_from_db()
        assert (job.state, job.note, len(read)) == ("cancelled", tasks.CANCELLED, 1)
        assert made.finished_at is None
        assert in_files(made.findings.all()) == []


def test_killed_in_the_middle_it_goes_on_and_finds_nothing_twice(
    cast, received, asked, plainly, monkeypatch
):
    monkeypatch.setattr("concerted.subject_access.in_files.BATCH", 2)
    for number in range(5):
        received(f"{number}.txt", f"Tobias Wren, {number}\n".encode())
    request = asked()
    with cast.acting("maud") as maud:
        made = services.begin_draft(maud, request=request)
    arguments, keep, kills = made.job.arguments, services.add_file_findings, [True, False]

    def killed(*args, **how):
        keep(*args, **how)
        if kills.pop():
            raise SystemExit

    monkeypatch.setattr(services, "add_file_findings", killed)
    with pytest.raises(SystemExit):
        tasks.draft(**arguments)
    with cast.acting("maud"):
        made.refresh_from_db()
        assert len(in_files(made.findings.all())) == 2
        assert (len(made.files_through), made.finished_at) == (64, None)
    monkeypatch.setattr(services, "add_file_findings", keep)

    tasks.draft(**arguments)

    with cast.acting("maud") as maud:
        found = list(queries.findings_of(maud, made))
        job = Job.objects.get(pk=made.job_id)
    assert sorted(named(found)) == [f"{number}.txt" for number in range(5)]
    assert len({one.position for one in found}) == len(found)
    assert len(plainly) == 7  # the two of the step that was killed were read again
    assert (job.state, job.done) == ("done", len(sources.sources()) + 5)


def test_more_files_in_a_step_cost_no_more_queries(cast, received, plainly):
    def cost():
        with cast.acting("maud") as maud:
            asked = tasks.asked_for(maud, None, ["Tobias Wren"])
            others = tasks.others_than(maud, asked)
            names = searching.Names(asked.names, others.wanted)
            with CaptureQueriesContext(connection) as queried:
                files = tasks.next_files(maud, Draft())
                given = [
                    searching.Bytes(one.sha256, one.name, 1, lambda one=one: tasks._bytes_of(one))
                    for one in files
                ]
                looked = dict(searching.look_into(given, names, cancelled=lambda: False))
                found = tasks.found_in(maud, looked, others)
            return len(found), len(queried)

    received("letter.txt")
    one, few = cost()
    for number in range(6):
        received(f"{number}.txt", f"Tobias Wren, {number}\n".encode())

    assert (one, cost()) == (1, (7, few))


def test_that_nothing_stands_there_is_noted_and_does_not_go_out(
    cast, received, asked, drafted, plainly
):
    received("scan.pdf")
    request = asked()
    found = drafted(request)
    [scan] = in_files(found)
    with cast.acting("maud") as maud:
        with pytest.raises(NotAllowed, match="You wrote down"):
            services.decide(maud, finding=scan, answer=Answer(Decided.NOTHING, stands="He rang"))
        scan.refresh_from_db()
        services.decide(maud, finding=scan, answer=Answer(Decided.NOTHING))
        out = services.compiled(maud, request, queries.draft_of(maud, request))
    assert out.records == ()

    [again] = in_files(drafted(request))

    assert (again.decided, again.carried) == (Decided.NOTHING, True)


def test_what_was_written_down_by_hand_can_be_written_again(
    received, asked, drafted, cast, plainly
):
    received("scan.pdf")
    [scan] = in_files(drafted(asked()))
    with cast.acting("maud") as maud:
        for stands in ("He rang.", "Gareth Pellow rang him."):
            answer = Answer(Decided.DISCLOSE, reason="They agreed.", stands=stands)
            services.decide(maud, finding=scan, answer=answer)
        scan.refresh_from_db()

    assert [text for label, text in scan.parts if label == STANDS] == ["Gareth Pellow rang him."]
    assert scan.others == [["Gareth Pellow", "[somebody of Wyleshire Police]"]]


def test_answers_that_went_out_are_not_searched(cast, received, asked, drafted, decided, plainly):
    request = asked()
    decided(drafted(request))
    with cast.acting("maud") as maud:
        services.release(maud, request=request)
        assert Version.objects.filter(name__startswith="answer-").exists()

    assert in_files(drafted(asked())) == []
    assert plainly == []


def test_too_many_bytes_do_not_go_out_whole(received, asked, drafted, cast, plainly, monkeypatch):
    monkeypatch.setattr(services.policies, "MOST_COPIED", 10)
    received("letter.txt")
    request = asked()
    found = drafted(request)
    with cast.acting("maud") as maud:
        for one in found:
            whole = Decided.COPY if one.why == Why.FILE else Decided.DISCLOSE
            services.decide(maud, finding=one, answer=Answer(whole, reason="About him alone."))
        with pytest.raises(NotAllowed, match="Give the places instead"):
            services.release(maud, request=request)


def by_why(findings):
    return {one.why: one for one in in_files(findings)}


def test_places_beyond_those_that_are_listed_are_for_a_person_to_read(
    received, asked, drafted, plainly
):
    apart = "and nobody spoke of it for a long time " * 8
    received("often.txt", f"Tobias Wren {apart}\n".encode() * (MOST + 3))

    found = by_why(drafted(asked()))

    assert len([label for label, _ in found[Why.FILE].parts if label.startswith("Line")]) == MOST
    assert "3 more places" in dict(found[Why.BY_HAND].parts)["Not read"]


def test_a_file_found_in_two_ways_goes_out_whole_once(
    cast, received, asked, drafted, decided, plainly, monkeypatch
):
    monkeypatch.setattr(searching, "_IN_PART", re.compile("^A note"))
    one_note = FileNotes("txt", ("A note of what is missing.",))
    text = "Tobias Wren\n"
    monkeypatch.setattr(
        searching,
        "read_each",
        lambda files, *, cancelled: (
            (given.of, (Reading(text, "unknown", ""), one_note)) for given in files
        ),
    )
    version = received("letter.txt", text.encode())
    request = asked()
    found = drafted(request)
    whole = Answer(Decided.COPY, reason="One line, about him alone.")
    assert len(in_files(found)) == 2
    with cast.acting("maud") as maud:
        for one in found:
            answer = whole if one in in_files(found) else Answer(Decided.DISCLOSE, reason="Yes.")
            services.decide(maud, finding=one, answer=answer)
        given = services.release(maud, request=request)
        archive = zipfile.ZipFile(io.BytesIO(services.download(maud, given=given)))

    copies = [name for name in archive.namelist() if name.startswith("files/")]
    assert len(copies) == 1
    assert archive.read(copies[0]) == text.encode()
    assert archive.read("answer.html").decode().count(f"{copies[0]}, beside this page") == 2
    assert version.size == len(text)


def test_what_was_to_go_out_whole_and_was_destroyed_meanwhile_stops_the_answer(
    cast, received, asked, drafted, plainly
):
    version = received("letter.txt")
    request = asked()
    found = drafted(request)
    with cast.acting("maud") as maud:
        for one in found:
            whole = Decided.COPY if one.why == Why.FILE else Decided.DISCLOSE
            services.decide(maud, finding=one, answer=Answer(whole, reason="About him alone."))
    with cast.acting("dilys"):
        documents.without_bytes(version=version)

    with (
        cast.acting("maud") as maud,
        pytest.raises(NotAllowed, match=r"letter\.txt is to go out whole, but"),
    ):
        services.release(maud, request=request)


def test_a_request_that_ends_while_files_are_read_gets_nothing_more(
    cast, received, asked, monkeypatch
):
    received("letter.txt")
    request = asked()
    with cast.acting("maud") as maud:
        made = services.begin_draft(maud, request=request)

    def read_each(files, *, cancelled):
        for given in files:
            with cast.acting("maud") as maud:
                gone = Wanted(StepKind.WITHDRAW, today())
                services.note(maud, request=request, wanted=gone)
            yield given.of, (Reading(given.data.decode(), "unknown", ""), FileNotes("txt"))

    monkeypatch.setattr(searching, "read_each", read_each)
    tasks.draft(**made.job.arguments)

    with cast.acting("maud"):
        made.refresh_from_db()
        job = Job.objects.get(pk=made.job_id)
        assert (job.state, "request has ended" in job.note) == ("failed", True)
        assert (made.finished_at, in_files(made.findings.all())) == (None, [])


def test_when_texts_are_emptied_nothing_stays_of_how_far_a_draft_was(
    cast, received, asked, plainly, monkeypatch
):
    received("letter.txt")
    request = asked()
    with cast.acting("maud") as maud:
        made = services.begin_draft(maud, request=request)
        services.add_file_findings(maud, draft=made, through="f" * 64, found=[])
        expiring.empty(request)
        made.refresh_from_db()

    assert made.files_through == ""
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="has ended"):
        services.add_file_findings(maud, draft=made, through="f" * 64, found=[])
