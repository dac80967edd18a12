"""What goes, what stays, and what happens when the worker is killed."""

import datetime

import pytest
from django.apps import apps
from django.db import ProgrammingError, transaction
from procrastinate.contrib.django import app

from concerted.access.actor import SYSTEM
from concerted.access.models import RememberedDevice, Session
from concerted.audit.models import Line
from concerted.documents.models import Document, Version
from concerted.documents.services import receive
from concerted.editions.models import LeakHit
from concerted.imports import services as imports
from concerted.imports.models import File, Handover, MadeMeeting, ReadMeeting
from concerted.jobs.models import Job
from concerted.jobs.services import cancel
from concerted.jobs.states import JobState
from concerted.kernel.clock import as_of, now
from concerted.kernel.retention import kind_named, kinds
from concerted.kernel.verdict import NotAllowed
from concerted.notices.models import Mail, OneTimeLink
from concerted.people import accounts
from concerted.people import services as people
from concerted.people.models import Invitation, Recovery
from concerted.people.public import everything_open
from concerted.retention import services, tasks
from concerted.retention.models import Lift, Period, RunLine
from concerted.retention.queries import lines_visible_to
from concerted.retention.tests.conftest import LONG_AGO, has_bytes
from tests import world as worlds

pytestmark = pytest.mark.slow

# Never touched, whatever the age.
RECORDS = [
    apps.get_model(label)
    for label in (
        "actions.Action",
        "actions.Update",
        "meetings.Attendance",
        "meetings.Decision",
        "meetings.Item",
        "meetings.Limb",
        "meetings.Meeting",
        "meetings.Passage",
        "papers.Appendix",
        "papers.Paper",
        "editions.PublicText",
        "editions.Release",
        "people.Appointment",
    )
]
WEEK = datetime.timedelta(days=7)


def erased():
    lines = Line.objects.filter(what="record.expired", verb="erase")
    return sorted(lines.values_list("kind", "reference"))


def test_a_file_that_nobody_accepted_goes_with_its_bytes_and_its_reading(
    cast, received, carried_out, behind_the_wall
):
    file = received()
    carried_out()

    assert not has_bytes(file)
    for model in (File, ReadMeeting, Handover, Version, Document):
        assert not behind_the_wall.there(model)
    assert not behind_the_wall.there(Job, key=file.handover.job.key)
    assert {
        ("documents.version", file.version.key),
        ("imports.file", file.key),
        ("imports.handover", file.handover.key),
        ("jobs.job", file.handover.job.key),
    } <= set(erased())
    with everything_open():
        line = RunLine.objects.get(reference=file.key)
        assert (line.state, line.fingerprint) == ("gone", file.version.sha256)
        assert line.bytes_gone_at


def test_a_file_that_is_not_old_enough_stays(received, carried_out, behind_the_wall):
    file = received(ago=datetime.timedelta(days=360))
    run = carried_out()

    assert has_bytes(file)
    assert behind_the_wall.there(File, key=file.key)
    assert file.key not in behind_the_wall.states(run)


def test_a_file_that_was_put_aside_goes_too(cast, received, carried_out, behind_the_wall):
    file = received()
    with cast.acting("dilys") as dilys:
        imports.reject(dilys, file=file)
    carried_out()

    assert not behind_the_wall.there(File)
    assert not has_bytes(file)


def test_bytes_that_somebody_else_has_too_stay(cast, received, carried_out, behind_the_wall):
    file = received()
    same = worlds.MINUTES.format(body="Safer Marlbeck Board").encode()
    with cast.acting("maud") as maud:
        other = receive(maud, data=same, name="x")
    carried_out()

    assert not behind_the_wall.there(File, key=file.key)
    assert behind_the_wall.there(Version, key=other.key)
    assert has_bytes(file)


def test_what_became_records_is_never_listed(cast, behind_the_wall, carried_out):
    with as_of(now() - LONG_AGO):
        file = worlds._handed_over(
            cast, "dilys", worlds.MINUTES.format(body="Safer Marlbeck Board"), accept=True
        )
    run = carried_out()

    assert behind_the_wall.there(MadeMeeting, file=file)
    assert file.key not in behind_the_wall.states(run)
    assert has_bytes(file)


def test_a_file_that_somebody_answered_about_since_stays(
    cast, received, carried_out, behind_the_wall
):
    file = received()
    run = services.propose()
    with cast.acting("dilys"):
        File.objects.filter(pk=file.pk).update(answers={"1": {"body": "x"}})
    carried_out(run)

    assert behind_the_wall.states(run)[file.key] == "stayed"
    assert has_bytes(file)


@pytest.mark.parametrize("reach", ["kind", "body", "thing"])
def test_a_file_held_since_the_list_was_made_stays(
    cast, received, held, carried_out, behind_the_wall, reach
):
    file = received()
    run = services.propose()
    held(
        "dilys",
        reach=reach,
        kind=None if reach == "body" else kind_named("received-files"),
        body=cast.bodies["board"] if reach == "body" else None,
        reference=file.key if reach == "thing" else "",
    )
    carried_out(run)

    assert behind_the_wall.states(run)[file.key] == "stayed"
    assert behind_the_wall.there(File, key=file.key)
    assert ("imports.file", file.key) not in erased()


def test_a_held_file_is_not_listed_and_goes_when_the_hold_is_lifted(
    cast, received, held, carried_out, behind_the_wall
):
    file = received()
    hold = held("dilys", reach="thing", kind=kind_named("received-files"), reference=file.key)
    first = carried_out()
    with cast.acting("maud") as maud, pytest.raises(type(hold).DoesNotExist):
        services.lift(maud, hold=hold, reason="Not hers to see")
    with cast.acting("dilys") as dilys:
        services.lift(dilys, hold=hold, reason="The claim was settled.")
    second = carried_out()

    assert file.key not in behind_the_wall.states(first)
    assert behind_the_wall.states(second)[file.key] == "gone"


def test_a_longer_period_set_meanwhile_counts(cast, mailed, carried_out, behind_the_wall):
    mail = mailed()
    run = services.propose()
    with cast.acting("maud") as maud:
        services.set_period(maud, kind=kind_named("mail"), months=24)
    carried_out(run)

    assert behind_the_wall.states(run)[mail.key] == "stayed"
    assert Mail.objects.filter(key=mail.key).exists()


def test_nothing_goes_that_nobody_approved(cast, mailed, behind_the_wall):
    mail = mailed()
    run = services.propose()
    with cast.acting("maud") as maud:
        services.decline(maud, run=run)
    newer = services.propose()
    newest = services.propose()

    assert Mail.objects.filter(key=mail.key).exists()
    assert behind_the_wall.states(newest) == {mail.key: "listed"}
    with cast.acting("maud") as maud:
        newer.refresh_from_db()
        assert newer.state == "overtaken"
        for settled in (run, newer):
            with pytest.raises(NotAllowed):
                services.approve(maud, run=settled)


def test_each_month_a_list_is_proposed_even_where_nothing_is_on_it(db, behind_the_wall):
    tasks.propose(0)

    assert Line.objects.filter(what="run.proposed").count() == 1
    assert app.tasks["retention.propose"].name in {
        task.task.name for task in app.periodic_registry.periodic_tasks.values()
    }


class Killed(BaseException):
    pass


def test_killed_in_the_middle_it_goes_on_where_it_was(
    cast, mailed, approved, behind_the_wall, monkeypatch
):
    monkeypatch.setattr(services, "BATCH", 2)
    mails = [mailed() for _ in range(5)]
    run = approved()
    note_each, called = services.trail.note_each, []

    def dies_the_second_time(*args, **kwargs):
        note_each(*args, **kwargs)
        called.append(kwargs)
        if len(called) == 2:
            raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(services.trail, "note_each", dies_the_second_time)
        with pytest.raises(Killed):
            tasks.carry_out(**run.job.arguments)
    left = Mail.objects.count()
    tasks.carry_out(**run.job.arguments)
    tasks.carry_out(**run.job.arguments)

    assert left == 3
    assert not Mail.objects.exists()
    assert erased() == sorted(("notices.mail", mail.key) for mail in mails)
    assert set(behind_the_wall.states(run).values()) == {"gone"}
    with cast.acting("maud"):
        run.refresh_from_db()
        assert (run.state, run.job.state) == ("done", JobState.DONE)


def test_killed_before_the_bytes_went_they_go_the_next_time(received, approved, monkeypatch):
    file = received()
    run = approved()

    def dies(sha256):
        raise Killed

    with monkeypatch.context() as dying:
        dying.setattr(services, "let_bytes_go", dies)
        with pytest.raises(Killed):
            tasks.carry_out(**run.job.arguments)
    assert has_bytes(file)
    tasks.carry_out(**run.job.arguments)

    assert not has_bytes(file)


def test_cancelled_it_stops_and_says_what_went(cast, mailed, approved, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    for _ in range(5):
        mailed()
    run = approved()
    settle = services.let_some_go

    def cancelled_meanwhile(actor, *, run, kind):
        settled = settle(actor, run=run, kind=kind)
        if settled:
            cancel(actor, job=run.job)
        return settled

    monkeypatch.setattr(services, "let_some_go", cancelled_meanwhile)
    tasks.carry_out(**run.job.arguments)

    assert Mail.objects.count() == 3
    with cast.acting("maud"):
        run.refresh_from_db()
        assert (run.state, run.job.state) == ("stopped", JobState.CANCELLED)


def test_who_lost_the_post_meanwhile_lets_nothing_go(cast, mailed, approved):
    mailed()
    run = approved()
    cast.accounts["maud"].is_active = False
    cast.accounts["maud"].save()
    tasks.carry_out(**run.job.arguments)
    cast.accounts["maud"].is_active = True

    assert Mail.objects.exists()
    with everything_open():
        run.refresh_from_db()
        run.job.refresh_from_db()
        assert (run.state, run.job.state) == ("stopped", JobState.FAILED)


def test_ended_work_goes_and_where_files_rest_on_it_its_words_go(
    cast, received, carried_out, behind_the_wall
):
    file = received(ago=datetime.timedelta(days=200))
    job = {"account_id": cast.accounts["dilys"].pk, "state": "done", "ended_at": now() - LONG_AGO}
    with cast.acting("dilys") as dilys:
        alone = Job.objects.create(title="old.txt", audience_id=dilys.own_audience_id, **job)
        Job.objects.filter(pk=file.handover.job_id).update(**job)
    carried_out()
    again = services.propose()

    assert not behind_the_wall.there(Job, key=alone.key)
    with cast.acting("dilys"):
        file.handover.job.refresh_from_db()
        assert (file.handover.job.title, file.handover.job.arguments) == ("Finished work", {})
    assert file.handover.job.key not in behind_the_wall.states(again)


def test_visits_and_devices_go_a_month_after_their_end(cast, carried_out):
    for name, days in (("over", 40), ("just over", 10)):
        ended = now() - datetime.timedelta(days=days)
        Session.objects.create(session_key=name, session_data="", expire_date=ended)
        RememberedDevice.objects.create(
            account=cast.accounts["tobias"], token=name, device="A browser", until=ended
        )
    carried_out()

    assert [one.session_key for one in Session.objects.all()] == ["just over"]
    assert [one.token for one in RememberedDevice.objects.all()] == ["just over"]
    assert "over" not in {reference for _, reference in erased()}


def test_invitations_go_with_their_links_and_leave_their_mail(cast, carried_out, behind_the_wall):
    with as_of(now() - LONG_AGO), cast.acting("maud") as maud:
        newcomer = people.add_person(maud, name="Ines Gale")
        invitation = accounts.invite(maud, person=newcomer, address="ines@example.org")
    recent = now() - WEEK
    Mail.objects.update(state="sent", ended_at=recent)
    carried_out()

    assert not behind_the_wall.there(Invitation, key=invitation.key)
    assert not OneTimeLink.objects.exists()
    assert [mail.link for mail in Mail.objects.all()] == [None]


def test_an_invitation_whose_mail_still_waits_stays(cast, carried_out, behind_the_wall):
    with as_of(now() - LONG_AGO), cast.acting("maud") as maud:
        newcomer = people.add_person(maud, name="Ines Gale")
        invitation = accounts.invite(maud, person=newcomer, address="ines@example.org")
    carried_out()

    assert behind_the_wall.there(Invitation, key=invitation.key)


def test_requests_to_be_let_in_go(cast, carried_out):
    with as_of(now() - LONG_AGO):
        accounts.ask_for_recovery(email="agnes@example.org")
    accounts.ask_for_recovery(email="rowena@example.org")
    Mail.objects.update(state="sent", ended_at=now())
    carried_out()

    assert [one.account for one in Recovery.objects.all()] == [cast.accounts["rowena"]]


@pytest.mark.slow
def test_what_the_leak_check_found_goes_six_years_after_a_release_was_over(
    cast, carried_out, behind_the_wall
):
    with worlds.built(cast) as world:
        hit, release = world.places["silver"].hit, world.places["silver"].release
        other = world.places["area"].hit
        with everything_open():
            type(release).objects.filter(pk__in=[release.pk, other.release_id]).update(
                state="stopped", ended_at=now() - datetime.timedelta(days=6 * 366 + 1)
            )
        run = carried_out()

        # The inquiry into each body keeps what is about it.
        assert behind_the_wall.there(LeakHit, key=hit.key)
        for place in world.places.values():
            with everything_open():
                Lift.objects.get_or_create(
                    hold=place.hold,
                    defaults={
                        "reason": "Over.",
                        "lifted_by": cast.people["dilys"],
                        "audience_id": place.hold.audience_id,
                    },
                )
        run = carried_out()
        assert not behind_the_wall.there(LeakHit, key=hit.key)
        assert behind_the_wall.states(run)[hit.key] == "gone"
        with cast.acting("maud") as maud:
            seen = lines_visible_to(maud).filter(run=run)
            assert hit.key not in set(seen.values_list("reference", flat=True))


@pytest.mark.slow
def test_minutes_and_the_trail_are_the_same_after_a_run_over_everything(cast, carried_out):
    """All that is, made old: what is on record and what was said stay to the last byte."""
    with worlds.built(cast):
        with everything_open():
            before = {model: list(model.objects.order_by("pk").values()) for model in RECORDS}
            lines = list(Line.objects.order_by("pk").values())
        with as_of(now() + datetime.timedelta(days=365 * 40)):
            run = services.propose()
            for kind in kinds():
                while services.let_some_go(SYSTEM, run=run, kind=kind):
                    pass
            assert erased()
        with everything_open():
            after = {model: list(model.objects.order_by("pk").values()) for model in RECORDS}
            assert after == before
            there = Line.objects.order_by("pk").values()
            assert [line for line in there if line["what"] != "record.expired"][: len(lines)] == (
                lines
            )


def test_periods_holds_and_lifts_are_never_altered(cast, held):
    with cast.acting("maud") as maud:
        period = services.set_period(maud, kind=kind_named("mail"), months=18)
    hold = held(reach="kind", kind=kind_named("mail"))
    with cast.acting("maud"):
        for change in (
            lambda: Period.objects.filter(pk=period.pk).update(months=6),
            lambda: type(hold).objects.filter(pk=hold.pk).update(reason="Another"),
            lambda: type(hold).objects.filter(pk=hold.pk).delete(),
        ):
            with pytest.raises(ProgrammingError, match="stays as it was"), transaction.atomic():
                change()
