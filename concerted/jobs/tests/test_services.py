"""How work moves from state to state, and how it is taken up again."""

import datetime

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from concerted.access.actor import Actor
from concerted.jobs import policies, services, tasks
from concerted.jobs.models import Job
from concerted.jobs.queries import cancel_is_asked
from concerted.jobs.states import ENDED, NEXT, JobState


@pytest.mark.parametrize("state", JobState)
@pytest.mark.parametrize("mine", [True, False])
def test_only_ones_own_unended_work_can_be_cancelled(state, mine):
    verdict = policies.may_cancel(
        Actor(account_id=1), Job(account_id=1 if mine else 2, state=state)
    )

    assert bool(verdict) is (mine and state not in ENDED)
    if not mine:
        assert verdict.why_not == "Only the person who asked for this work can cancel it."


def test_every_state_says_what_may_follow_it():
    assert set(NEXT) == set(JobState)
    assert frozenset(state for state in JobState if not NEXT[state] - {"waiting"}) == ENDED


@pytest.fixture
def job(cast):
    with cast.acting("dilys") as dilys:
        return services.begin(dilys, title="Work", total=3, unit="file", leads_to="imports:list")


def test_work_is_for_whoever_asked_for_it_alone(cast, job):
    with cast.acting("maud"):
        assert not Job.objects.exists()
    with cast.acting("dilys"):
        assert Job.objects.get() == job


def test_work_moves_on_and_ends(cast, job):
    with cast.acting("dilys"):
        services.started(job)
        began = job.started_at
        services.moved_on(job, done=2, note="b.txt")
        services.started(job)
        job.refresh_from_db()
        assert (job.state, job.done, job.note, job.started_at) == ("running", 2, "b.txt", began)
        services.ended(job, state=JobState.DONE, note="")
        job.refresh_from_db()
    assert job.state == "done"
    assert job.ended_at >= job.started_at


def test_what_was_cancelled_meanwhile_stays_cancelled(cast, job):
    """The worker holds a copy that was loaded before somebody cancelled."""
    with cast.acting("dilys") as dilys:
        services.cancel(dilys, job=Job.objects.get(pk=job.pk))
        services.started(job)
        services.moved_on(job, done=1)
        services.ended(job, state=JobState.DONE, note="")
        job.refresh_from_db()
        assert cancel_is_asked(job.pk)
    assert (job.state, job.done) == ("cancelled", 0)
    assert job.note.startswith("Cancelled before it began.")


def test_a_sign_of_life_is_kept_with_every_step(cast, job):
    with cast.acting("dilys"):
        services.started(job)
        Job.objects.update(beat_at=None)
        services.moved_on(job, done=1)
        job.refresh_from_db()
    assert job.beat_at


# Work whose worker died


def doing(worker_ago):
    """A job that a worker took and showed its last sign of life some seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id",
            [datetime.timedelta(seconds=worker_ago)],
        )
        [worker] = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, args, status, worker_id, queue_name, "
            "priority) VALUES ('imports.read_handover', '{}', 'doing', %s, 'default', 0) "
            "RETURNING id",
            [worker],
        )
        return cursor.fetchone()[0]


def status(job_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job_id])
        return cursor.fetchone()[0]


def test_work_of_a_silent_worker_is_taken_up_again_and_of_a_live_one_not(cast):
    dead, alive = doing(worker_ago=tasks.SILENT + 5), doing(worker_ago=5)

    async_to_sync(tasks.take_up_again.func)(timestamp=0)

    assert (status(dead), status(alive)) == ("todo", "doing")


def test_the_worker_looks_for_it_each_minute():
    registered = [one.task.name for one in app.periodic_registry.periodic_tasks.values()]

    assert {"jobs.take_up_again", "jobs.clear_queue"} <= set(registered)


# What is done leaves the queue


@pytest.mark.parametrize(
    ("state", "days", "there"),
    [
        ("succeeded", 15, False),
        ("failed", 15, False),
        ("cancelled", 15, False),
        ("succeeded", 13, True),
        ("todo", 15, True),
        ("doing", 15, True),
    ],
)
def test_the_queue_forgets_what_was_done_two_weeks_ago(cast, state, days, there):
    job = doing(worker_ago=5)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [state, job])
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [job])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at)"
            " VALUES (%s, 'started', now() - make_interval(days => %s))",
            [job, days],
        )

    async_to_sync(tasks.clear_queue.func)(timestamp=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM procrastinate_jobs WHERE id = %s", [job])
        assert (cursor.fetchone() is not None) == there
