"""What is erased, what stays, and what a kill, a hold or a change in between does to it."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction

from concerted.access.models import Account, Directory, DirectoryIdentity, RememberedDevice
from concerted.documents import services as documents
from concerted.documents.models import Version
from concerted.erasure import ledger as ledgers
from concerted.erasure import replaying, services, tasks
from concerted.erasure.models import Entry, Line
from concerted.erasure.states import ErasureState, LineState
from concerted.erasure.ways import REPLACED
from concerted.imports import commands
from concerted.imports.models import File, NameAnswer
from concerted.imports.tests import nearby
from concerted.jobs import services as jobs
from concerted.jobs.models import Job
from concerted.kernel.clock import now, today
from concerted.kernel.retention import kind_named
from concerted.notices.models import Mail
from concerted.people import accounts
from concerted.people.models import OtherName, Person
from concerted.people.public import everything_open
from concerted.people.services import add_person
from concerted.retention import services as retention
from concerted.subject_access import services as requests
from concerted.subject_access import tasks as drafting
from concerted.subject_access.models import AccessRequest, Release
from concerted.subject_access.policies import Answer
from concerted.subject_access.policies import Wanted as Step
from concerted.subject_access.states import Decided, Shown, StepKind
from tests.world import MINUTES, _first_offered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # each walks through every table

NAMES = "(wren|tobias)"


def tables_with(pattern):
    """Every table in which something stands that fits, whoever may see it: what a dump holds."""
    with everything_open(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' "
            "AND relnamespace = 'public'::regnamespace"
        )
        found = set()
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" t WHERE t::text ~* %s LIMIT 1', [pattern])
            if cursor.fetchone():
                found.add(table)
        return found


def rows(model, **which):
    with everything_open():
        return list(model.objects.filter(**which))


@pytest.fixture
def minutes(cast):
    """Minutes that name Tobias, on record."""
    with nearby.here():
        outcome = commands.import_files(
            "dilys@example.org",
            [("minutes.txt", MINUTES.format(body="Safer Marlbeck Board").encode())],
            accept=True,
            personal="keep",
            answer=_first_offered,
        )
    assert outcome.accepted == 1


@pytest.fixture
def unaccepted(cast):
    """A file of Maud's of which nothing came, that names Tobias in its words and its name."""

    def hand_over(name="for Tobias Wren.txt"):
        text = MINUTES.format(body="Fenside area board")
        with nearby.here():
            commands.import_files("maud@example.org", [(name, text.encode())])
        with cast.acting("maud"):
            return File.objects.select_related("version", "handover").get(name=name)

    return hand_over


@pytest.fixture
def everywhere(cast, minutes, unaccepted, gone, signed_in):
    """Traces of Tobias in each place that keeps any."""
    account, person = cast.accounts["tobias"], cast.people["tobias"]
    file = unaccepted()
    signed_in("tobias")
    RememberedDevice.objects.create(
        account=account, token="t" * 64, device="Tobias's telephone", until=now()
    )
    directory = Directory.objects.create(
        name="probation", issuer="https://id.example.org", organisation_id=1
    )
    DirectoryIdentity.objects.create(account=account, directory=directory, subject="tobias.wren")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "tobias"})
    EmailAddress.objects.create(user=account, email="tobias@example.org")
    with cast.acting("tobias") as tobias:
        job = jobs.begin(
            tobias, title="Reading wren.docx", total=1, unit="file", leads_to="desk:home "
        )
        jobs.started(job)
        jobs.ended(job, state="done", note="wren.docx was read.")
    with cast.acting("dilys") as dilys:
        NameAnswer.objects.create(
            by_id=dilys.person_id,
            name="toby wren",
            who=person.key,
            held_on=today(),
            audience_id=dilys.own_audience_id,
        )
        OtherName.objects.create(
            person=person,
            name="Toby Wren",
            audience_id=cast.bodies["board"].papers_audience_id,
        )
    Mail.objects.create(kind="letter", account=account, subject="Tobias", text="Dear Tobias Wren")
    Mail.objects.create(
        kind="letter", address="tobias@example.org", subject="For you", text="Dear Tobias"
    )
    with cast.acting("maud") as maud:
        request = requests.register(
            maud, person=person, name="", spellings=["T. Wren"], asked_on=today()
        )
        known = Step(StepKind.IDENTITY, today(), shown=Shown.KNOWN)
        requests.note(maud, request=request, wanted=known)
        draft = requests.begin_draft(maud, request=request)
    drafting.draft(draft_key=draft.key, account_id=cast.accounts["maud"].pk)
    with cast.acting("maud") as maud:
        for one in draft.findings.all():
            requests.decide(maud, finding=one, answer=Answer(Decided.DISCLOSE, reason="Agreed."))
        answer = requests.release(maud, request=request)
    return file, answer


def test_afterwards_the_name_stands_in_the_record_alone(
    everywhere, asked, carried_out, django_capture_on_commit_callbacks
):
    file, answer = everywhere
    before = tables_with(NAMES)
    assert len(before) > 15, before
    places = [documents.place(one.version.sha256) for one in (file, answer)]
    assert all(map(default_storage.exists, places))

    with django_capture_on_commit_callbacks(execute=True):
        erasure = carried_out(asked(spellings=["T. Wren"]))

    # The minutes; the action that they agreed; and the file that the minutes were made from.
    assert tables_with(NAMES) == {"meetings_attendance", "imports_file"}
    assert {one.state for one in rows(File)} == {"accepted"}
    assert not any(map(default_storage.exists, places))
    assert erasure.state == ErasureState.DONE
    with everything_open():
        assert set(Line.objects.values_list("state", flat=True)) <= {"erased", "kept", "absent"}
    assert not rows(AccessRequest, name__icontains="wren")


def test_the_ledger_and_the_trail_hold_no_name(everywhere, asked, carried_out, ledger):
    carried_out(asked(spellings=["T. Wren"]))

    text = ledger.read_text().casefold()
    assert "people.person" in text
    assert "wren" not in text
    assert "tobias" not in text
    assert "audit_line" not in tables_with(NAMES)
    assert [one.digest for one in ledgers.read(ledger)] == list(
        Entry.objects.values_list("digest", flat=True)
    )


def test_what_is_kept_stays_to_the_byte(cast, unaccepted, gone, carried_out):
    file = unaccepted()
    with cast.acting("maud"):
        before = File.objects.filter(pk=file.pk).values().get()

    carried_out(keep={"imports.File", "documents.Version", "documents.Document"})

    with cast.acting("maud"):
        assert File.objects.filter(pk=file.pk).values().get() == before
        states = Line.objects.filter(label__in=["imports.File", "documents.Version"])
        assert set(states.values_list("state", flat=True)) == {LineState.KEPT}
    assert default_storage.exists(documents.place(file.version.sha256))


def test_bytes_can_go_while_the_file_and_its_fingerprint_stay(
    cast, unaccepted, gone, carried_out, signed_in
):
    file = unaccepted()

    carried_out(keep={"imports.File"})

    [version] = rows(Version, pk=file.version_id)
    assert version.bytes_gone_at
    assert (version.name, version.sha256) == ("Name removed", file.version.sha256)
    assert not default_storage.exists(documents.place(version.sha256))
    refused = signed_in("maud").get(version.get_absolute_url())
    assert refused.status_code == 403
    assert "The bytes of this file were destroyed" in refused.text


def test_bytes_that_another_file_has_too_stay_for_that_one(
    cast, unaccepted, gone, carried_out, signed_in
):
    file = unaccepted()
    with cast.acting("dilys") as dilys:
        data = MINUTES.format(body="Fenside area board").encode()
        other = documents.receive(dilys, data=data, name="other.txt")

    carried_out()

    assert other.sha256 == file.version.sha256
    assert documents.read_bytes(other) == data
    assert rows(Version, pk=file.version_id) == []


def test_what_is_on_hold_when_it_is_carried_out_stays(cast, unaccepted, gone, approved):
    file = unaccepted()
    erasure = approved()
    with cast.acting("maud") as maud:
        retention.hold(
            maud,
            reach="thing",
            kind=kind_named("received-files"),
            reference=file.key,
            ground="inquiry",
            reason="The inquiry into the fire",
            review_on=today() + datetime.timedelta(days=30),
        )

    tasks.carry_out(**erasure.job.arguments)

    with cast.acting("maud"):
        lines = Line.objects.filter(label__startswith="imports.") | Line.objects.filter(
            label__startswith="documents."
        )
        assert set(lines.values_list("state", flat=True)) == {LineState.HELD}
        assert File.objects.get(pk=file.pk).name == file.name


def test_what_has_changed_since_a_second_person_saw_it_stays(cast, gone, approved):
    erasure = approved()
    with cast.acting("maud"):
        Person.objects.filter(pk=cast.people["tobias"].pk).update(name="Tobias Wren-Hale")

    tasks.carry_out(**erasure.job.arguments)

    with cast.acting("maud"):
        assert Person.objects.get(pk=cast.people["tobias"].pk).name == "Tobias Wren-Hale"
        assert Line.objects.get(label="people.Person").state == LineState.CHANGED
    assert Account.objects.get(pk=cast.accounts["tobias"].pk).email == "tobias@example.org"


def test_somebody_whose_record_is_kept_keeps_their_account(cast, gone, carried_out):
    carried_out(keep={"people.Person"})

    assert Account.objects.get(pk=cast.accounts["tobias"].pk).email == "tobias@example.org"
    assert rows(AccessRequest)[0].name == "Tobias Wren"


def test_a_name_without_a_record_is_forgotten_by_its_request(cast, asked, unaccepted, carried_out):
    file = unaccepted("about Ines Gale.txt")

    carried_out(asked(person=None, name="Ines Gale"))

    assert rows(File, pk=file.pk) == []
    assert [one.name for one in rows(AccessRequest)] == ["Name removed"]


def test_after_a_kill_it_goes_on_where_it_stopped(
    cast, unaccepted, gone, approved, monkeypatch, ledger
):
    file = unaccepted()
    erasure = approved()
    monkeypatch.setattr(services, "BATCH", 1)
    done = services.erase_some
    calls = []

    def killed(actor, *, erasure):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return done(actor, erasure=erasure)

    monkeypatch.setattr(services, "erase_some", killed)
    with pytest.raises(KeyboardInterrupt):
        tasks.carry_out(**erasure.job.arguments)
    half = len(ledgers.read(ledger))
    assert half > 0

    tasks.carry_out(**erasure.job.arguments)

    with cast.acting("owen"):
        erasure.refresh_from_db()
        assert Job.objects.get(pk=erasure.job_id).state == "done"
    assert erasure.state == ErasureState.DONE
    assert rows(File, pk=file.pk) == []
    whole = ledgers.read(ledger)
    assert len(whole) > half
    erased = [tuple(row) for one in whole for row in one.what.get("rows", [])]
    assert len(erased) == len(set(erased))  # nothing twice


def test_a_step_that_stands_in_the_ledger_alone_is_carried_out_again(
    cast, gone, approved, monkeypatch, ledger
):
    """Killed between the ledger and the database: what was approved goes when it is run again."""
    erasure = approved()
    create = Entry.objects.create
    monkeypatch.setattr(Entry.objects, "create", lambda **given: 1 / 0)
    tasks.carry_out(**erasure.job.arguments)
    with cast.acting("owen"):
        erasure.refresh_from_db()
    assert erasure.state == ErasureState.STOPPED
    assert len(ledgers.read(ledger)) == 1
    [person] = rows(Person, pk=cast.people["tobias"].pk)
    assert person.name == "Tobias Wren"

    monkeypatch.setattr(Entry.objects, "create", create)
    assert replaying.why_not_serve() == replaying.REPLAY_FIRST
    assert replaying.replay() == 1

    assert rows(Person, pk=person.pk)[0].name == "Name removed"
    assert replaying.why_not_serve() == ""


def test_whoever_approved_and_lost_the_role_erases_nothing(cast, gone, approved, monkeypatch):
    erasure = approved()
    monkeypatch.setattr(tasks, "may_handle", lambda actor: False)

    tasks.carry_out(**erasure.job.arguments)

    with cast.acting("owen"):
        job = Job.objects.get(pk=erasure.job_id)
        erasure.refresh_from_db()
    assert (job.state, job.note) == ("failed", tasks.NO_LONGER)
    assert erasure.state == ErasureState.STOPPED
    assert rows(Person, pk=cast.people["tobias"].pk)[0].name == "Tobias Wren"


def test_cancelled_work_stops_and_can_be_decided_again(cast, gone, approved):
    erasure = approved()
    with cast.acting("owen") as owen:
        job = Job.objects.get(pk=erasure.job_id)
        jobs.started(job)
        jobs.cancel(owen, job=job)

    tasks.carry_out(**erasure.job.arguments)

    with cast.acting("owen"):
        erasure.refresh_from_db()
    assert erasure.state == ErasureState.STOPPED
    assert rows(Person, pk=cast.people["tobias"].pk)[0].name == "Tobias Wren"


def test_what_decided_it_is_never_altered(cast, gone, carried_out):
    carried_out()

    for table in ("erasure_choice", "erasure_entry"):
        for statement in (f"UPDATE {table} SET id = id + 100", f"DELETE FROM {table}"):
            with pytest.raises(Exception, match="stays as it was"), everything_open():
                _alone(statement)


def _alone(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("label", sorted(REPLACED))
def test_what_is_replaced_fits_its_table(label):
    """No value is longer than its field."""
    model = apps.get_model(label)
    for name, value in REPLACED[label].items():
        longest = model._meta.get_field(name).max_length
        assert callable(value) or longest is None or len(str(value)) <= longest


def test_an_invitation_that_waits_no_longer_leads_to_them(
    cast, gone, asked, carried_out, monkeypatch
):
    with cast.acting("maud") as maud:
        newcomer = add_person(maud, name="Ines Gale")
        accounts.invite(maud, person=newcomer, address="ines@example.org")
    monkeypatch.setitem(cast.people, "ines", newcomer)
    carried_out(asked(person="ines"))

    assert "notices_mail" not in tables_with("ines")
    assert tables_with("ines(@| gale)") == set()


def test_answers_given_are_gone_with_their_bytes(
    everywhere, asked, carried_out, django_capture_on_commit_callbacks
):
    _, answer = everywhere
    with django_capture_on_commit_callbacks(execute=True):
        carried_out(asked())

    assert [one.version_id for one in rows(Release, pk=answer.pk)] == [None]
