"""The page of a long piece of work, and cancelling it; each by the same list."""

import datetime
import re

import pytest
from django.db import connection
from django.urls import reverse

from concerted.audit.models import Line
from concerted.jobs import services
from concerted.jobs.models import Job
from concerted.jobs.states import ENDED, JobState
from concerted.jobs.views import in_words
from concerted.kernel.clock import now


@pytest.fixture
def begun(cast):
    """Work of Dilys's, in a state."""

    def begin(state="waiting", *, done=0, total=4, note="", ago=0):
        with cast.acting("dilys") as dilys:
            job = services.begin(
                dilys,
                title="Reading 4 files",
                total=total,
                unit="file",
                leads_to="imports:list ",
                task="imports.read_handover",
                arguments={"handover_key": "none", "account_id": 0},
            )
            job.leads_to = "imports:handover key"
            job.state, job.done, job.note = state, done, note
            job.started_at = now() - datetime.timedelta(seconds=ago) if ago else None
            job.save()
        return job

    return begin


def fresh(cast, job):
    with cast.acting("dilys"):
        return Job.objects.get(pk=job.pk)


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.mark.parametrize(
    ("job", "shown", "not_shown"),
    [
        ({}, ["Waiting to begin", "0 of 4 files", "Cancel"], ["See what was"]),
        (
            {"state": "running", "done": 1, "ago": 60, "note": "b.txt"},
            ["25% done, about 3 minutes left", "1 of 4 files", "b.txt", "Cancel"],
            ["See what was"],
        ),
        ({"state": "running", "done": 0, "ago": 60}, ["0% done"], ["left"]),
        (
            {"state": "paused", "done": 3},
            ["Paused, 75% done", "What was done is kept.", "Resume", "Cancel"],
            ["Pause ", "left"],
        ),
        ({"state": "done", "done": 4}, ["Done", "4 of 4 files", "See what was read"], ["Cancel"]),
        (
            {"state": "cancelled", "done": 2, "note": "Cancelled. 2 of 4."},
            ["Cancelled. 2 of 4.", "See what was done"],
            ["If you cancel"],
        ),
        (
            {"state": "failed", "done": 2, "note": "Something went wrong on our side."},
            ["Stopped", "Something went wrong on our side.", "See what was done"],
            ["If you cancel"],
        ),
    ],
)
def test_the_page_says_how_far_how_long_and_what_then(signed_in, begun, job, shown, not_shown):
    page = words(signed_in("dilys").get(begun(**job).get_absolute_url()))
    main = page[page.index("You can leave this page") : page.index("Help with this page")]

    assert all(one in main for one in shown), main
    assert not any(one in main for one in not_shown), main


def test_work_of_nothing_shows_no_share(signed_in, begun):
    assert signed_in("dilys").get(begun(total=0).get_absolute_url()).status_code == 200


@pytest.mark.parametrize("state", JobState)
def test_the_part_that_moves_asks_again_until_the_end(signed_in, begun, state):
    part = signed_in("dilys").get(begun(state).get_absolute_url(), {"part": ""})

    assert "<html" not in part.text
    assert ("hx-get" in part.text) is (state not in ENDED)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (59, "less than a minute"),
        (60, "about 1 minute"),
        (89, "about 1 minute"),
        (200, "about 3 minutes"),
    ],
)
def test_the_time_left_is_said_in_words(seconds, said):
    assert in_words(seconds) == said


@pytest.mark.parametrize("who", ["maud", "tobias", "owen"])
def test_the_work_of_somebody_else_is_not_there(cast, signed_in, begun, who):
    job = begun()
    client = signed_in(who)

    assert client.get(job.get_absolute_url()).status_code == 404
    assert client.post(reverse("jobs:cancel", args=[job.key])).status_code == 404
    assert not fresh(cast, job).cancel_asked


@pytest.mark.parametrize(
    ("name", "method"),
    [("progress", "post"), ("cancel", "get"), ("pause", "get"), ("resume", "get")],
)
def test_another_method_is_not_allowed(signed_in, begun, name, method):
    address = reverse(f"jobs:{name}", args=[begun().key])

    assert getattr(signed_in("dilys"), method)(address).status_code == 405


def test_work_that_waits_is_cancelled_at_once(cast, signed_in, begun):
    job = begun()

    page = signed_in("dilys").post(reverse("jobs:cancel", args=[job.key]), follow=True)

    assert "Cancelled before it began. Nothing was changed." in page.text
    assert fresh(cast, job).state == "cancelled"
    assert Line.objects.filter(what="job.cancelled").count() == 1


def test_work_that_runs_is_asked_to_stop_and_stops_at_its_next_step(cast, signed_in, begun):
    job = begun("running", done=1, ago=9)

    signed_in("dilys").post(reverse("jobs:cancel", args=[job.key]))

    asked = fresh(cast, job)
    assert (asked.state, asked.cancel_asked) == ("running", True)


@pytest.mark.parametrize("state", sorted(ENDED))
def test_after_the_end_there_is_nothing_to_cancel(signed_in, begun, state):
    response = signed_in("dilys").post(reverse("jobs:cancel", args=[begun(state).key]))

    assert response.status_code == 403
    assert "This work has ended already." in response.text


# Pause and resume


@pytest.fixture
def enqueued(monkeypatch):
    """The jobs that were handed to a worker."""
    jobs = []
    monkeypatch.setattr(services, "enqueue", lambda job: jobs.append(job.key))
    return jobs


def post(client, name, job):
    return client.post(reverse(f"jobs:{name}", args=[job.key]))


def test_work_that_waits_is_paused_at_once_and_resumed_once(
    cast, signed_in, begun, enqueued, django_capture_on_commit_callbacks
):
    job, client = begun(), signed_in("dilys")

    post(client, "pause", job)
    assert fresh(cast, job).state == "paused"
    with django_capture_on_commit_callbacks(execute=True):
        post(client, "resume", job)

    assert (fresh(cast, job).state, enqueued) == ("waiting", [job.key])
    lines = set(Line.objects.values_list("what", flat=True))
    assert {"job.paused", "job.resumed"} <= lines


def test_work_that_runs_is_asked_to_pause_and_can_be_let_go_on(
    cast, signed_in, begun, enqueued, django_capture_on_commit_callbacks
):
    job, client = begun("running", done=1, ago=9), signed_in("dilys")

    post(client, "pause", job)
    asked = fresh(cast, job)
    assert (asked.state, asked.pause_asked) == ("running", True)
    assert "Pausing, 25% done" in client.get(job.get_absolute_url()).text
    with django_capture_on_commit_callbacks(execute=True):
        post(client, "resume", job)

    assert not fresh(cast, job).pause_asked
    assert enqueued == []


def test_paused_work_that_is_cancelled_is_handed_to_a_worker_to_be_ended(
    cast, signed_in, begun, enqueued, django_capture_on_commit_callbacks
):
    job, client = begun("paused", done=1), signed_in("dilys")

    with django_capture_on_commit_callbacks(execute=True):
        post(client, "cancel", job)

    assert fresh(cast, job).cancel_asked
    assert enqueued == [job.key]


@pytest.mark.parametrize(
    ("name", "state", "sentence"),
    [
        ("pause", "paused", "This work is paused already."),
        ("pause", "done", "This work has ended already."),
        ("resume", "running", "This work is not paused. It goes on by itself."),
        ("resume", "waiting", "This work is not paused."),
        ("resume", "cancelled", "This work has ended already."),
    ],
)
def test_pause_and_resume_in_another_state_are_explained(signed_in, begun, name, state, sentence):
    response = post(signed_in("dilys"), name, begun(state))

    assert response.status_code == 403
    assert sentence in response.text


def test_work_without_a_task_cannot_be_paused(cast, signed_in, begun):
    job = begun()
    with cast.acting("dilys"):
        Job.objects.filter(pk=job.pk).update(task="")

    response = post(signed_in("dilys"), "pause", job)

    assert response.status_code == 403
    assert "This work is short and cannot be paused." in response.text


@pytest.mark.parametrize("name", ["pause", "resume"])
@pytest.mark.parametrize("who", ["maud", "tobias"])
def test_the_work_of_somebody_else_is_not_there_to_pause(signed_in, begun, who, name):
    assert post(signed_in(who), name, begun()).status_code == 404


def test_the_time_left_counts_from_where_it_was_resumed(cast, signed_in, begun):
    job = begun("running", done=3, total=5, ago=100_000)
    with cast.acting("dilys"):
        run_at = now() - datetime.timedelta(seconds=60)
        Job.objects.filter(pk=job.pk).update(run_at=run_at, run_done=2)

    assert "60% done, about 2 minutes left" in signed_in("dilys").get(job.get_absolute_url()).text


def test_work_is_enqueued_once_however_often_it_is_asked(begun):
    job = begun()

    services.enqueue(job)
    services.enqueue(job)

    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, lock FROM procrastinate_jobs WHERE lock = %s", [job.key])
        assert cursor.fetchall() == [("imports.read_handover", job.key)]
