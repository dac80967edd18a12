"""Accounts, batches, errands and remembered answers: what goes when, and what stays."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from procrastinate.contrib.django import app

from concerted.access.models import Account, Directory, DirectoryIdentity
from concerted.editions.models import Outgoing, Release
from concerted.imports.models import Batch, BatchLine, File, NameAnswer
from concerted.kernel.clock import as_of, now, today
from concerted.people.models import Appointment
from concerted.people.public import everything_open
from concerted.people.seating import end_appointment
from concerted.retention.tests.conftest import LATER, LONG_AGO
from tests import world as worlds

YEAR_AND_A_DAY = datetime.timedelta(days=367)


@pytest.fixture
def left(cast):
    """Tobias holds nothing any more, and signs in by an app and by his organisation."""
    with cast.acting("maud") as maud:
        for one in Appointment.objects.filter(person=cast.people["tobias"]):
            end_appointment(maud, appointment=one, at_once=True)
    # A row of its own: that of the cast is everybody’s.
    account = Account.objects.get(pk=cast.accounts["tobias"].pk)
    directory = Directory.objects.create(
        name="probation", issuer="https://id.example.org", organisation_id=1
    )
    DirectoryIdentity.objects.create(account=account, directory=directory, subject="wren")
    Authenticator.objects.create(user=account, type="totp", data={})
    return account


def has_factors(account):
    return (
        DirectoryIdentity.objects.filter(account=account).exists(),
        Authenticator.objects.filter(user=account).exists(),
    )


@pytest.mark.slow
def test_an_account_that_opens_nothing_goes_a_year_after_the_last_seat(cast, left, carried_out):
    # Nell never had a post or seat, and her account is as new as the others.
    with as_of(now() + YEAR_AND_A_DAY):
        carried_out()

    left.refresh_from_db()
    assert left.email == f"{left.key}@removed.invalid"
    assert (left.is_active, left.has_usable_password()) == (False, False)
    assert has_factors(left) == (False, False)
    assert Account.objects.get(pk=cast.accounts["nell"].pk).email.endswith("@removed.invalid")
    kept = Account.objects.exclude(email__endswith="@removed.invalid")
    assert kept.count() == Account.objects.count() - 2


@pytest.mark.slow
def test_an_account_that_was_used_since_stays(left, carried_out):
    Account.objects.filter(pk=left.pk).update(last_login=now() + LATER)
    with as_of(now() + YEAR_AND_A_DAY):
        carried_out()

    left.refresh_from_db()
    assert left.email == "tobias@example.org"
    assert has_factors(left) == (True, True)


def test_somebody_appointed_again_since_the_list_was_made_keeps_the_account(cast, left, approved):
    with as_of(now() + YEAR_AND_A_DAY):
        run = approved()
        Appointment.objects.create(person=cast.people["tobias"], post=cast.posts["secretary"])
        app.tasks["retention.carry_out"](**run.job.arguments)

    left.refresh_from_db()
    assert left.email == "tobias@example.org"


@pytest.mark.slow
def test_a_batch_goes_and_its_meetings_and_files_stay(cast, carried_out, behind_the_wall):
    with as_of(now() - LONG_AGO):
        file = worlds._handed_over(
            cast, "dilys", worlds.MINUTES.format(body="Safer Marlbeck Board"), accept=True
        )
        batch = worlds._accepted_together(cast, "dilys", file)
    with everything_open():
        job = batch.job
        job.state, job.ended_at = "done", now() - LONG_AGO
        job.save()
    carried_out()

    assert not behind_the_wall.there(Batch)
    assert not behind_the_wall.there(BatchLine)
    assert behind_the_wall.there(File, key=file.key)


@pytest.mark.parametrize(("ago", "there"), [(LONG_AGO, True), (LONG_AGO * 2, False)])
def test_an_answer_about_a_name_goes_two_years_after_it_was_given(
    cast, carried_out, behind_the_wall, ago, there
):
    with cast.acting("dilys") as dilys:
        NameAnswer.objects.create(
            by_id=dilys.person_id,
            name="t wren",
            who="left-out",
            held_on=today() - LONG_AGO * 4,
            at=now() - ago,
            audience_id=dilys.own_audience_id,
        )
    carried_out()

    assert behind_the_wall.there(NameAnswer) == there


@pytest.mark.slow
def test_an_errand_that_was_carried_goes_and_one_that_waits_stays(
    cast, carried_out, behind_the_wall
):
    with worlds.built(cast):
        with everything_open():
            release = Release.objects.first()
        old = {"errand": "release", "release": release, "account_id": 1}
        gone = Outgoing.objects.create(**old, ended_at=now() - LONG_AGO)
        waits = Outgoing.objects.create(**old, made_at=now() - LONG_AGO)
        carried_out()

        left = set(Outgoing.objects.values_list("pk", flat=True))
        assert waits.pk in left
        assert gone.pk not in left
        assert behind_the_wall.there(Release, pk=release.pk)
