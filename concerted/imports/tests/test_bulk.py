"""Archives, pause and resume, and accepting together all that are sure."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from concerted.audit.models import Line
from concerted.imports import bulk, queue, services, tasks
from concerted.imports.models import Batch, BatchLine, File, ReadMeeting
from concerted.imports.policies import MOST_FILES
from concerted.imports.states import FileState, ReadAs
from concerted.imports.tests.test_changes import minutes
from concerted.imports.tests.test_commands import SURE
from concerted.imports.tests.test_pages import count_queries, upload
from concerted.imports.tests.test_papers import REPORT
from concerted.jobs import services as jobs
from concerted.meetings.models import Meeting
from concerted.people import services as people
from concerted.people.models import Appointment
from concerted.reading.sandbox import open_container

pytestmark = pytest.mark.slow

LIST, QUEUE, SURE_AT = (reverse(f"imports:{name}") for name in ("list", "queue", "sure"))
ONLY = "Only a secretary or the partnership manager can hand over minutes."
DAYS = ("11th March", "13th May", "8th July", "9th September", "11th November", "14th January")


def sure(day="11th March", year=2014):
    """Minutes of a weekday that ask nothing."""
    return re.sub(r"\w+, 11th March, 2014", f"{day} {year}", SURE)


def packed(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return held.getvalue()


def archive(files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed_:
        for name, data in files:
            packed_.writestr(name, data)
    return held.getvalue()


@pytest.fixture
def waiting(cast):
    def read():
        with cast.acting("dilys") as dilys:
            return list(queue.waiting(dilys))

    return read


@pytest.fixture
def files_of(cast):
    def rows(handover):
        with cast.acting("dilys"):
            return [(one.name, one.state, one.sentence) for one in handover.files.all()]

    return rows


@pytest.fixture
def several(cast, handed, work, reads):
    """As many sure minutes as days, read."""

    def read(*days):
        handover = handed(*[(f"{day}.txt", sure(day).encode()) for day in days])
        work(handover)
        return handover

    return read


# An archive


@pytest.mark.usefixtures("children")
def test_the_files_of_an_archive_stand_on_their_own_with_their_folders(
    cast, handed, work, files_of
):
    data = archive(
        [
            ("2014/board/a.txt", sure()),
            ("2014/empty/", ""),
            ("2014/b.txt", b"\x00\xff" * 400),
            ("2014/again.txt", sure()),
            ("../../etc/c.txt", sure("13th May")),
        ]
    )
    handover = handed(("years.zip", data))

    job = work(handover)

    rows = files_of(handover)
    assert [name for name, *_ in rows] == [
        "years.zip",
        "2014/board/a.txt",
        "2014/b.txt",
        "2014/again.txt",
        "etc/c.txt",
    ]
    assert [state for _, state, _ in rows] == ["opened", "read", "refused", "refused", "read"]
    assert rows[0][2] == "It held 4 files."
    assert rows[3][2] == "This file is in this upload twice. It is read once."
    assert (job.state, job.done, job.total) == ("done", 5, 5)
    with cast.acting("dilys"):
        whole = handover.files.get(position=0)
        assert whole.version.media_type == "application/zip"
        assert {one.within for one in handover.files.exclude(pk=whole.pk)} == {whole}
        names = [one.version.name for one in handover.files.exclude(version=None)]
    assert names == ["years.zip", "a.txt", "c.txt"]  # what cannot be read is not kept
    assert Line.objects.filter(what="file.opened").count() == 1
    with cast.acting("maud"):
        assert not File.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (archive([]), "This archive is empty."),
        (archive([("folder/", "")]), "This archive is empty. Hand over the files"),
        (packed(a="x")[:-30], ""),
        (
            archive([(f"{n}.txt", f"{n}") for n in range(MOST_FILES)]),
            "These are more than 1,000 files. Hand over at most 1,000 at once.",
        ),
    ],
    ids=["nothing", "folders alone", "cut short", "too many"],
)
def test_an_archive_that_cannot_be_opened_is_refused_and_the_others_go_on(
    handed, work, files_of, data, sentence
):
    handover = handed(("years.zip", data), ("good.txt", sure().encode()))

    work(handover)

    bad, good = files_of(handover)
    assert bad[1] == FileState.REFUSED
    assert bad[2].startswith(sentence)
    assert len(bad[2]) > 20
    assert good[1] == FileState.READ


@pytest.mark.usefixtures("children")
def test_a_bomb_is_refused_and_the_other_files_are_read(handed, work, files_of):
    members = [("bomb.txt", b"a" * 60 * 1024 * 1024), ("good.txt", sure())]
    handover = handed(("years.zip", archive(members)), ("other.txt", sure().encode()))

    work(handover)

    assert [state for _, state, _ in files_of(handover)] == ["refused", "read"]
    assert "unpacks to far more than its size" in files_of(handover)[0][2]


def test_an_archive_inside_another_is_opened_and_one_inside_that_is_not(
    handed, work, files_of, reads
):
    third = archive([("deeper.txt", sure("13th May"))])
    inner = archive([("deep.txt", sure()), ("third.zip", third)])
    handover = handed(("years.zip", archive([("inner.zip", inner), ("a.txt", sure("8th July"))])))

    work(handover)

    rows = files_of(handover)
    assert [(name, state) for name, state, _ in rows] == [
        ("years.zip", "opened"),
        ("inner.zip/deep.txt", "read"),
        ("inner.zip/third.zip", "refused"),
        ("a.txt", "read"),
    ]
    assert "inside a packed file" in rows[2][2]


MAIL = """From: Ann Reed <ann@marlbeck.example>
To: office@marlbeck.example
Message-ID: <1@marlbeck.example>
Date: Tue, 11 Mar 2014 09:30:00 +0000
Subject: Minutes
MIME-Version: 1.0
"""


def test_an_email_with_nothing_attached_is_read_as_the_one_file_it_is(handed, work, files_of):
    mail = f"{MAIL}Content-Type: text/plain; charset=utf-8\n\n{sure()}".encode()
    handover = handed(("minutes.eml", mail))

    work(handover)

    assert [(name, state) for name, state, _ in files_of(handover)] == [("minutes.eml", "read")]


def test_an_email_with_files_opens_into_its_words_and_them(cast, handed, work, files_of):
    parts = [
        'Content-Type: multipart/mixed; boundary="x"\n\n--x',
        "Content-Type: text/plain; charset=utf-8\n\nPlease find the minutes attached.\n--x",
        "Content-Type: text/plain; charset=utf-8; name=a.txt",
        f"Content-Disposition: attachment; filename=a.txt\n\n{sure()}\n--x--\n",
    ]
    handover = handed(("minutes.eml", (MAIL + "\n".join(parts)).encode()))

    work(handover)

    rows = [(name, state) for name, state, _ in files_of(handover)]
    assert rows == [("minutes.eml", "opened"), ("message.txt", "refused"), ("a.txt", "read")]
    with cast.acting("dilys"):
        assert handover.files.get(position=0).version.media_type == "message/rfc822"


# Reports and tracked changes among them


def test_a_report_waits_in_the_queue_as_one_and_is_never_accepted_with_the_rest(
    cast, dilys, received
):
    received(REPORT, name="report.txt")
    received(sure(), name="minutes.txt")

    page = dilys.get(QUEUE).text

    assert "report.txt" in page
    assert ", a report" in page
    with cast.acting("dilys") as actor:
        assert [one.file.name for one in queue.sure(actor)] == ["minutes.txt"]
        assert {one.report for one in queue.waiting(actor)} == {True, False}


def test_a_file_undecided_about_its_changes_is_never_sure(cast, dilys, handed, work):
    handover = handed(("board.docx", minutes()))
    work(handover)

    page = dilys.get(QUEUE).text

    assert "tracked changes: which text counts" in page
    with cast.acting("dilys") as actor:
        assert not queue.sure(actor).exists()
        assert queue.waiting(actor).get().asks["changes"] == 1
        file = handover.files.get()
        services.choose_changes(actor, file=file, read_as=ReadAs.ACCEPTED)
        assert "changes" not in queue.waiting(actor).get().asks


def test_the_same_archive_later_is_named_as_such(handed, work, files_of, reads):
    data = archive([("a.txt", sure())])
    work(handed(("years.zip", data)))
    again = handed(("other.zip", data))

    work(again)

    assert files_of(again)[0][2].startswith("You handed over this very archive before.")


def test_a_worker_killed_while_it_opens_an_archive_leaves_it_whole(
    cast, handed, work, files_of, reads, monkeypatch
):
    handover = handed(("years.zip", archive([("a.txt", sure()), ("b.txt", sure("13th May"))])))

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as dies:
        dies.setattr(services.trail, "note", killed)
        with pytest.raises(Killed):
            work(handover)
    assert [state for _, state, _ in files_of(handover)] == ["waiting"]

    work(handover)

    assert [state for _, state, _ in files_of(handover)] == ["opened", "read", "read"]
    assert reads == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    "name", ["a/" * 300 + "b.txt", "\u202e/..//x\x07.txt", "/", "C:\\m\\a.txt"]
)
def test_a_member_may_have_any_name(name):
    shown = services.name_within(name)

    assert 1 <= len(shown) <= services.NAME_LENGTH
    assert shown.isprintable()
    assert ".." not in shown.split("/")


def test_a_container_opens_into_its_members_in_order():
    members = open_container(archive([("b.txt", "1"), ("a.txt", "2")]), "x.zip")

    assert [(one.name, one.data) for one in members] == [("b.txt", b"1"), ("a.txt", b"2")]


# Many at once


def test_a_thousand_files_are_the_most_and_nothing_is_kept_of_more(cast, signed_in, handed):
    client = signed_in("dilys")

    response = client.post(LIST, {"files": [upload(f"{n}.txt", "x") for n in range(1001)]})

    assert "These are more than 1,000 files. Hand over fewer at once." in response.text
    with cast.acting("dilys"):
        assert not File.objects.exists()


def test_a_folder_is_handed_over_without_what_systems_keep_in_it(
    cast, dilys, django_capture_on_commit_callbacks
):
    folder = [upload(name, sure()) for name in ("a.txt", ".DS_Store", "Thumbs.db")]
    with django_capture_on_commit_callbacks(execute=True):
        response = dilys.post(LIST, {"folder": folder})

    assert response.status_code == 302
    with cast.acting("dilys"):
        assert [file.name for file in File.objects.all()] == ["a.txt"]


def test_large_and_small_files_arrive_as_they_were_sent(
    cast, dilys, django_capture_on_commit_callbacks
):
    sizes = [1, 70_000, 3_000_000, 0, 12]
    files = [upload(f"{n}.bin", bytes([65 + n]) * size) for n, size in enumerate(sizes)]
    with django_capture_on_commit_callbacks():
        dilys.post(LIST, {"files": files})

    with cast.acting("dilys"):
        kept = [(one.version.size, one.name) for one in File.objects.order_by("position")]
        first = [tasks.read_bytes(one.version)[:1] for one in File.objects.order_by("position")]
    assert kept == [(size, f"{n}.bin") for n, size in enumerate(sizes)]
    assert first == [b"A", b"B", b"C", b"", b"E"]


# Pause and resume


def test_paused_in_the_middle_it_rests_and_goes_on_where_it_was(cast, handed, work, reads):
    handover = handed(*[(f"{day}.txt", sure(day).encode()) for day in DAYS[:4]])

    def pause_at_the_second(name):
        if name.startswith(DAYS[1]):
            with cast.acting("dilys") as dilys:
                jobs.pause(dilys, job=handover.job)

    reads.before = pause_at_the_second
    job = work(handover)
    assert (job.state, len(reads.seen)) == ("paused", 2)

    work(handover)
    assert len(reads.seen) == 2  # a task that comes late finds it paused

    with cast.acting("dilys") as dilys:
        jobs.resume(dilys, job=job)
    job = work(handover)

    assert (job.state, job.done) == ("done", 4)
    assert sorted(reads.seen) == sorted(f"{day}.txt" for day in DAYS[:4])


def test_resumed_before_it_came_to_rest_it_just_goes_on(cast, handed, work, reads, monkeypatch):
    handover = handed(*[(f"{day}.txt", sure(day).encode()) for day in DAYS[:3]])
    rests = tasks.paused

    def pause_at_the_second(name):
        if name.startswith(DAYS[1]):
            with cast.acting("dilys") as dilys:
                jobs.pause(dilys, job=handover.job)

    def resumed_meanwhile(job, *, note):
        with cast.acting("dilys") as dilys:
            jobs.resume(dilys, job=job)
        return rests(job, note=note)

    reads.before = pause_at_the_second
    monkeypatch.setattr(tasks, "paused", resumed_meanwhile)

    assert work(handover).state == "done"
    assert len(reads.seen) == 3


def test_cancelled_while_it_was_paused_no_file_waits_for_ever(cast, handed, work, reads, files_of):
    handover = handed(("a.txt", sure().encode()))
    with cast.acting("dilys") as dilys:
        jobs.pause(dilys, job=handover.job)
        jobs.cancel(dilys, job=handover.job)

    job = work(handover)

    assert job.state == "cancelled"
    assert files_of(handover) == [("a.txt", "refused", tasks.CANCELLED)]


# The queue


def test_the_least_sure_comes_first_and_says_what_it_asks(cast, received, waiting, several):
    several(DAYS[1])
    asks = received()
    nothing = received("Minutes\n\n1. \n\nAGREED\n\nxx yy\n", name="odd.txt")

    found = waiting()

    assert [one.file.name for one in found][-2:] == [asks.name, f"{DAYS[1]}.txt"]
    assert [one.group for one in found] == sorted(one.group for one in found)
    assert queue.in_words(found[-1].asks) == ""
    assert queue.in_words(found[-2].asks)
    assert nothing.state == FileState.REFUSED or found[0].file == nothing


@pytest.mark.parametrize(
    ("asks", "same", "words"),
    [
        ({}, False, ""),
        ({"name": 2, "date": 1}, False, "1 date, 2 names"),
        ({"body": 1}, False, "1 body"),
        ({"name": 1}, True, "whether it is a meeting that is here already, 1 name"),
    ],
)
def test_what_is_asked_in_words(asks, same, words):
    assert queue.in_words(asks, same=same) == words


def test_the_queue_is_filtered_by_body_and_by_what_is_asked(signed_in, received, several):
    several(DAYS[1])
    received(name="asking.txt")
    client = signed_in("dilys")

    decisions = client.get(QUEUE, {"asks": "decision"}).text
    none = client.get(QUEUE, {"asks": "organisation"}).text

    assert "asking.txt" in decisions
    assert f"{DAYS[1]}.txt" not in decisions
    assert "Nothing that waits fits this filter." in none


@pytest.mark.slow
def test_the_queue_costs_the_same_for_1_and_60_and_shows_50(cast, signed_in, received):
    received(sure())
    client = signed_in("dilys")
    few = count_queries(client, QUEUE)
    for number in range(59):
        received(f"{sure('13th May')}{' ' * number}", name=f"{number}.txt")

    assert count_queries(client, QUEUE) == few
    page = client.get(QUEUE).text
    assert page.count(">Check ") == 50
    assert "1 to 50 of 60 shown" in page


def test_the_queue_of_others_is_not_there(cast, received, signed_in):
    received(name="secret.txt")

    assert "secret.txt" not in signed_in("maud").get(QUEUE).text


def test_what_came_onto_the_record_is_seen_in_what_still_waits(cast, received, accepted, waiting):
    first = received()
    received(sure(), name="same-day.txt")
    assert [one.same for one in waiting()] == [True, True]

    accepted(first)
    bulk.look_again(cast.accounts["dilys"])

    [left] = waiting()
    assert left.file.name == "same-day.txt"
    assert left.same


def test_after_accepting_the_next_file_follows(cast, signed_in, received, answers, at_once):
    first, second = received(), received(sure("13th May"), name="next.txt")
    client = signed_in("dilys")
    assert "Next file: next.txt" in client.get(first.get_absolute_url()).text

    response = client.post(first.get_absolute_url(), answers(first, do="next"))

    assert response["Location"] == reverse("imports:review_of", args=[second.key, 1])


# Accepting together


def looked(client, at=SURE_AT):
    """The token that the page gives once somebody has looked at the sample."""
    link = re.search(r"looked=([0-9a-f]+)#accept", client.get(at).text)[1]
    page = client.get(at, {"looked": link}).text
    return re.search(r'name="token" value="([0-9a-f]+)"', page)[1]


def test_a_sample_comes_first_and_then_the_button(signed_in, several):
    several(*DAYS)
    client = signed_in("dilys")

    page = client.get(SURE_AT).text

    assert "A sample: 5 of 6" in page
    assert "Safer Marlbeck Board (6)" in page
    assert "2014 (6)" in page
    assert "and make records" not in page
    assert page.count("Rowena Thackley; Tobias Wren") == 5
    again = client.get(SURE_AT).text
    assert re.findall(r"\d+th \w+\.txt", page) == re.findall(r"\d+th \w+\.txt", again)
    token = looked(client)
    assert "Accept all 6 and make records" in client.get(SURE_AT, {"looked": token}).text


def test_all_that_are_sure_become_records_and_leave_lines(
    cast, dilys, several, received, django_capture_on_commit_callbacks
):
    several(*DAYS)
    received("Minutes\n" + sure("10th June").replace("AGREED", "agreed to perhaps"), name="x.txt")
    token = looked(dilys)

    with django_capture_on_commit_callbacks(execute=True):
        response = dilys.post(SURE_AT, {"token": token, "personal": "keep"})

    assert "/jobs/" in response["Location"]
    with cast.acting("dilys"):
        batch = Batch.objects.get()
        assert set(batch.lines.values_list("state", flat=True)) == {"made"}
        assert Meeting.objects.count() >= 6
        assert batch.job.state == "done"
    page = dilys.get(reverse("imports:batch", args=[batch.key])).text
    assert f"{batch.lines.count()} made into records, 0 left for you" in page
    whats = set(Line.objects.values_list("what", flat=True))
    assert {"batch.begun", "file.accepted", "meeting.recorded"} <= whats


def test_files_that_changed_meanwhile_are_explained_and_nothing_is_made(
    cast, dilys, several, received
):
    several(*DAYS[:2])
    token = looked(dilys)
    received(sure(DAYS[2]), name="came-later.txt")

    response = dilys.post(SURE_AT, {"token": token, "personal": "keep"})

    assert response.status_code == 200
    assert "not the same any more as those that you looked at" in response.text
    assert "came-later.txt" in response.text
    assert "and make records" not in response.text
    with cast.acting("dilys"):
        assert not Batch.objects.exists()


@pytest.mark.parametrize("token", ["", "0" * 32, "x<i>"])
def test_no_token_or_another_makes_nothing(cast, dilys, several, token):
    several(DAYS[0])

    page = dilys.post(SURE_AT, {"token": token, "personal": "keep"})

    assert page.status_code == 200
    with cast.acting("dilys"):
        assert not Batch.objects.exists()


def test_what_becomes_of_personal_details_must_be_said(dilys, several):
    several(DAYS[0])

    page = dilys.post(SURE_AT, {"token": looked(dilys)}).text

    assert "Say what becomes of personal details" in page
    assert "Accept it and make records" in page


def test_with_nothing_sure_there_is_no_button(dilys):
    page = dilys.get(SURE_AT).text

    assert "Nothing that waits is sure." in page
    assert "go on" not in page


@pytest.fixture
def begun(cast, several):
    """A batch of these days, not worked on yet."""

    def begin(*days, personal="keep"):
        several(*days)
        with cast.acting("dilys") as dilys:
            offer = bulk.offer(dilys)
            return bulk.accept_sure(dilys, token=offer.token, personal=personal)

    return begin


def outcome(cast, batch):
    with cast.acting("dilys"):
        return [(one.state, one.sentence) for one in batch.lines.order_by("position")]


def test_a_file_not_sure_any_more_is_left_with_its_sentence_and_the_others_go_on(cast, begun, work):
    batch = begun(*DAYS[:3])
    with cast.acting("maud") as maud:
        people.add_person(maud, name="Tobias Wren")

    job = work(batch)

    assert job.state == "done"
    assert set(outcome(cast, batch)) == {("left", bulk.ASKS)}
    assert job.note == "0 of 3 were made into records."


def test_one_put_aside_one_recorded_meanwhile_and_one_read_anew_are_left(cast, begun, work):
    batch = begun(*DAYS[:4])
    with cast.acting("dilys") as dilys:
        aside, recorded, anew, _ = [line.file for line in batch.lines.order_by("position")]
        services.reject(dilys, file=aside)
        meeting = ReadMeeting.objects.get(file=recorded)
        Meeting.objects.create(
            body=meeting.body,
            held_on=meeting.held_on,
            state="received",
            audience_id=meeting.body.papers_audience_id,
        )
        ReadMeeting.objects.filter(file=anew).update(mark="another")

    work(batch)

    assert outcome(cast, batch) == [
        ("left", bulk.GONE),
        ("left", bulk.SAME),
        ("left", bulk.OTHER),
        ("made", ""),
    ]


def test_a_fault_of_ours_in_one_leaves_nothing_half_and_the_others_go_on(
    cast, begun, work, monkeypatch, caplog
):
    batch = begun(*DAYS[:3])
    settled = services.versions.settled

    def fails_once(actor, **given):
        if given["meeting"].held_on.month == 5:
            raise RuntimeError("Joy Hallam stood here")
        settled(actor, **given)

    monkeypatch.setattr(services.versions, "settled", fails_once)
    work(batch)

    assert sorted(outcome(cast, batch)) == [("left", bulk.FAULT), ("made", ""), ("made", "")]
    with cast.acting("dilys"):
        assert Meeting.objects.count() == 2
    assert "of batch" in caplog.text


def test_a_batch_is_paused_and_taken_up_without_making_anything_twice(
    cast, begun, work, monkeypatch
):
    batch = begun(*DAYS[:4])
    settle = bulk.settle

    def pause_after_the_second(account, of, line, file):
        settle(account, of, line, file)
        if line.position == 1:
            with cast.acting("dilys") as dilys:
                jobs.pause(dilys, job=of.job)

    monkeypatch.setattr(bulk, "settle", pause_after_the_second)
    assert work(batch).state == "paused"
    assert [state for state, _ in outcome(cast, batch)] == ["made", "made", "waiting", "waiting"]

    with cast.acting("dilys") as dilys:
        jobs.resume(dilys, job=batch.job)
    job = work(batch)
    work(batch)

    assert (job.state, job.done) == ("done", 4)
    with cast.acting("dilys"):
        assert Meeting.objects.count() == 4


def test_a_batch_that_is_cancelled_keeps_what_was_made(cast, begun, work, monkeypatch):
    batch = begun(*DAYS[:3])
    settle = bulk.settle

    def cancel_after_the_first(account, of, line, file):
        settle(account, of, line, file)
        with cast.acting("dilys") as dilys:
            jobs.cancel(dilys, job=of.job)

    monkeypatch.setattr(bulk, "settle", cancel_after_the_first)
    job = work(batch)

    assert (job.state, job.note) == ("cancelled", "Cancelled. 1 of 3 were made into records.")
    assert [state for state, _ in outcome(cast, batch)] == ["made", "waiting", "waiting"]


def test_who_lost_the_post_makes_nothing_more(cast, begun, work):
    batch = begun(DAYS[0])
    Appointment.objects.filter(person=cast.people["dilys"]).delete()

    job = work(batch)

    assert (job.state, job.note) == ("failed", tasks.NOT_MADE)
    with cast.acting("dilys"):
        assert not BatchLine.objects.filter(state="made").exists()


def test_personal_details_are_answered_for_all(cast, handed, work, reads):
    text = sure().replace("figures.", "figures. Ring 01632 960123 or joy@marlbeck.example.")
    work(handed(("a.txt", text.encode())))
    with cast.acting("dilys") as dilys:
        token = bulk.offer(dilys).token
        batch = bulk.accept_sure(dilys, token=token, personal="restrict")

    work(batch)

    with cast.acting("tobias"):
        texts = " ".join(item.text for item in Meeting.objects.get().items.all())
    assert "01632" not in texts
    assert "[withheld 1]" in texts


def test_only_those_of_one_handover_are_accepted_where_one_is_looked_at(cast, several):
    one = several(DAYS[0])
    several(DAYS[1])

    with cast.acting("dilys") as dilys:
        assert len(bulk.offer(dilys, handover_key=one.key).reads) == 1
        assert len(bulk.offer(dilys).reads) == 2


# Each address, by the same list


@pytest.mark.parametrize("who", ["tobias", "rowena", "priti", "owen", "sid"])
@pytest.mark.parametrize("at", [QUEUE, SURE_AT])
def test_others_are_refused_and_told_why(signed_in, who, at):
    response = signed_in(who).get(at)

    assert response.status_code == 403
    assert ONLY in response.text


def test_a_handover_of_somebody_else_is_nothing_to_accept(signed_in, several):
    handover = several(DAYS[0])

    assert signed_in("maud").get(SURE_AT, {"of": handover.key}).status_code == 404


@pytest.mark.parametrize("who", ["maud", "tobias"])
def test_a_batch_of_somebody_else_is_not_there(signed_in, begun, who):
    batch = begun(DAYS[0])
    client = signed_in(who)

    assert client.get(reverse("imports:batch", args=[batch.key])).status_code == 404


@pytest.mark.parametrize(("at", "method"), [(QUEUE, "post"), (SURE_AT, "put")])
def test_another_method_is_not_allowed(dilys, at, method):
    assert getattr(dilys, method)(at).status_code == 405


def test_a_batch_takes_no_post(dilys, begun):
    assert dilys.post(reverse("imports:batch", args=[begun(DAYS[0]).key])).status_code == 405


def test_the_report_costs_the_same_for_1_and_6(cast, signed_in, begun, work):
    client = signed_in("dilys")

    def cost(batch):
        work(batch)
        return count_queries(client, reverse("imports:batch", args=[batch.key]))

    few = cost(begun(DAYS[0]))

    assert cost(begun(*DAYS[1:])) == few
