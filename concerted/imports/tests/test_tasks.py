"""Reading in the background: what ends it, and that nothing waits for ever or is read twice."""

import pytest

from concerted.audit.models import Line
from concerted.imports import services, tasks
from concerted.imports.models import File
from concerted.imports.states import FileState
from concerted.imports.tests.conftest import BOARD
from concerted.jobs import services as jobs
from concerted.people.models import Appointment
from concerted.reading import read
from concerted.reading.sandbox import CANCELLED

A = BOARD.encode()
B = BOARD.replace("11th March", "13th May").encode()
C = BOARD.replace("11th March", "8th July").encode()


@pytest.fixture
def handed(cast):
    """Files handed over and not read yet."""

    def hand_over(*files, who="dilys"):
        named = [(f"{n}.txt", data) for n, data in enumerate(files)]
        with cast.acting(who) as actor:
            return services.hand_over(actor, files=named)

    return hand_over


@pytest.fixture
def work(cast):
    """Do the work now; hands back how the job ended and how each file stands."""

    def do(handover, who="dilys"):
        tasks.read_handover(handover_key=handover.key, account_id=cast.accounts[who].pk)
        with cast.acting(who):
            handover.job.refresh_from_db()
            files = [(one.state, one.sentence) for one in handover.files.order_by("position")]
        return handover.job, files

    return do


def test_a_refused_file_gets_its_sentence_and_the_others_go_on(handed, work):
    job, files = work(handed(A, b"\x00\x01\x02\xff" * 500, b"", B))

    assert [state for state, _ in files] == ["read", "refused", "refused", "read"]
    assert all(sentence.endswith(".") for state, sentence in files if state == "refused")
    assert (job.state, job.done, job.total) == ("done", 4, 4)


def test_run_again_it_reads_nothing_twice(handed, work, reads):
    handover = handed(A, B)
    work(handover)
    lines = Line.objects.count()

    job, _ = work(handover)

    assert reads == ["0.txt", "1.txt"]
    assert job.state == "done"
    assert Line.objects.count() == lines


def test_taken_up_after_its_worker_died_it_reads_only_what_waits(cast, handed, work, reads):
    handover = handed(A, B)
    with cast.acting("dilys") as dilys:
        jobs.started(handover.job)
        first = handover.files.get(position=0)
        services.was_read(dilys, file=first, reading=read(BOARD), notes=[])

    job, files = work(handover)

    assert reads == ["1.txt"]
    assert job.state == "done"
    assert [state for state, _ in files] == ["read", "read"]


def test_cancelled_in_the_middle_it_says_how_far_it_came(cast, handed, work, reads):
    handover = handed(A, B, C)

    def cancel_at_the_second(name):
        if name == "1.txt":
            with cast.acting("dilys") as dilys:
                jobs.cancel(dilys, job=handover.job)

    reads.before = cancel_at_the_second
    job, files = work(handover)

    assert reads == ["0.txt"]
    assert job.state == "cancelled"
    assert job.note == "Cancelled. 2 of 3 files were looked at; 1 were not."
    assert files == [("read", ""), ("refused", CANCELLED), ("refused", tasks.CANCELLED)]


def test_cancelled_before_it_began_no_file_waits_for_ever(cast, handed, work, reads):
    handover = handed(A)
    with cast.acting("dilys") as dilys:
        jobs.cancel(dilys, job=handover.job)

    job, files = work(handover)

    assert reads == []
    assert job.state == "cancelled"
    assert files == [("refused", tasks.CANCELLED)]


def test_what_was_cancelled_can_be_handed_over_again(cast, handed, work, reads):
    first = handed(A)
    with cast.acting("dilys") as dilys:
        jobs.cancel(dilys, job=first.job)
    work(first)

    _, files = work(handed(A))

    assert files == [("read", "")]


def test_somebody_who_lost_their_post_meanwhile_is_told_and_nothing_is_read(
    cast, handed, work, reads
):
    handover = handed(A)
    Appointment.objects.filter(person=cast.people["dilys"]).delete()

    job, files = work(handover)

    assert reads == []
    assert (job.state, job.note) == ("failed", tasks.NO_LONGER)
    assert files == [("refused", tasks.NO_LONGER)]


def test_a_closed_account_reads_nothing(cast, handed, work, reads):
    handover = handed(A)
    type(cast.accounts["dilys"]).objects.filter(email="dilys@example.org").update(is_active=False)

    job, _ = work(handover)

    assert reads == []
    assert job.state == "failed"


def test_a_fault_of_ours_ends_in_a_sentence_and_is_logged_without_words(
    handed, work, reads, caplog
):

    def fail_at_the_second(name):
        if name == "1.txt":
            raise RuntimeError("Joy Hallam stood in this file")

    reads.before = fail_at_the_second
    job, files = work(handed(A, B, C))

    assert job.state == "failed"
    assert job.note == "Something went wrong on our side. Look at the files."
    assert files == [("read", ""), ("refused", tasks.BROKEN), ("refused", tasks.BROKEN)]
    assert "Reading handover" in caplog.text


def test_a_fault_while_keeping_stores_nothing_half(cast, handed, work, reads, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("no room")

    handover = handed(A)
    monkeypatch.setattr(services.trail, "note", fails)
    with monkeypatch.context() as again:
        again.setattr(tasks, "_give_up", lambda *args: 0)
        tasks.read_handover(handover_key=handover.key, account_id=cast.accounts["dilys"].pk)

    with cast.acting("dilys"):
        file = File.objects.get()
    assert (file.state, file.reading) == (FileState.WAITING, None)


def test_a_file_put_aside_meanwhile_stays_put_aside(cast, handed, reads):
    handover = handed(A)
    with cast.acting("dilys") as dilys:
        file = handover.files.get()
        services.reject(dilys, file=file)
        services.was_read(dilys, file=file, reading=read(BOARD), notes=[])
        services.was_refused(dilys, file=file, sentence="Too late.")
        file.refresh_from_db()

    assert (file.state, file.reading) == (FileState.REJECTED, None)
