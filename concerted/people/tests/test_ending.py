"""What ends with the last post or seat: everything, in the transaction that ends it."""

import datetime
import os
import threading

import pytest
from django.db import connections, transaction
from django.urls import reverse

from concerted.access.actor import SYSTEM
from concerted.access.directories import add_directory
from concerted.access.models import Directory
from concerted.audit.models import Line
from concerted.jobs import services as jobs
from concerted.jobs.models import Job
from concerted.jobs.states import JobState
from concerted.kernel.clock import as_of, now, today
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services as notices
from concerted.notices.models import Mail, OneTimeLink
from concerted.people import ending, seating, services
from concerted.people.models import Appointment, Organisation, Seat
from concerted.people.public import acting_as
from concerted.people.standing import audiences_now_open
from tests import cast as casts
from tests import databases

DAY = datetime.timedelta(days=1)
NO_POST = "/people/no-appointment/"


@pytest.fixture
def busy(cast, signed_in):
    """Somebody with a session, a link, mail that waits, work under way and a finished export."""

    def make(name):
        account = cast.accounts[name]
        client = signed_in(name)
        notices.make_link(purpose="people:again", reference="x", lasts=DAY, account=account)
        notices.queue_mail(kind="a.kind", subject="A", text="B", account=account)
        with acting_as(account) as actor:
            for title in ("waits", "runs", "done"):
                job = jobs.begin(actor, title=title, total=1, unit="file", leads_to="imports:list ")
                if title != "waits":
                    jobs.started(job)
                if title == "done":
                    jobs.ended(job, state=JobState.DONE, note="")
        return client

    return make


def left_of(cast, name):
    """What is left to an account: links, mails, work under way, results."""
    account = cast.accounts[name]
    with acting_as(account):
        mine = Job.objects.filter(account_id=account.pk)
        return (
            OneTimeLink.objects.filter(account=account, withdrawn_at=None).count(),
            Mail.objects.filter(account=account, state="waiting").count(),
            mine.filter(cancel_asked=False, state__in=("waiting", "running")).count(),
            mine.exclude(leads_to="").filter(state="done").count(),
        )


ALL, NOTHING = (1, 1, 2, 1), (0, 0, 0, 0)


def appointment_of(cast, name):
    return Appointment.objects.filter(person=cast.people[name]).earliest("pk")


def ends(signed_in, appointment, who="maud", **values):
    address = reverse("people:end_appointment", args=[appointment.key])
    return signed_in(who).post(address, values)


def written(day):
    return f"{day.day} {day:%B %Y}"


# By the page


def test_with_the_last_appointment_everything_ends_at_once(cast, signed_in, busy):
    client, agnes = busy("tobias"), busy("agnes")
    assert left_of(cast, "tobias") == ALL

    assert ends(signed_in, appointment_of(cast, "tobias"), at_once="on").status_code == 302

    assert left_of(cast, "tobias") == NOTHING
    assert client.get("/").url.startswith(reverse("account_login"))
    assert signed_in("tobias").get("/").url == NO_POST
    line = Line.objects.get(what="access.ended")
    assert (line.actor, line.reference) == (cast.accounts["maud"].key, cast.accounts["tobias"].key)
    assert left_of(cast, "agnes") == ALL
    assert agnes.get("/").status_code == 200


@pytest.mark.slow
def test_until_the_end_of_its_last_day_nothing_ends(cast, signed_in, busy):
    client = busy("tobias")

    ends(signed_in, appointment_of(cast, "tobias"), on=written(today()))

    assert left_of(cast, "tobias") == ALL
    assert client.get("/").status_code == 200
    with as_of(now() + DAY), acting_as(cast.accounts["tobias"]) as tobias:
        assert not tobias.appointed
        assert tobias.audience_ids == (tobias.own_audience_id,)


def test_who_keeps_another_seat_keeps_everything(cast, signed_in, busy):
    """And the page says nothing of a seat that the manager cannot see."""
    client = busy("gareth")
    board = Appointment.objects.get(person=cast.people["gareth"], seat=cast.seats["gareth"])
    page = signed_in("maud").get(reverse("people:end_appointment", args=[board.key])).text
    assert "You see nothing else that Gareth Pellow holds." in page
    assert "Silver" not in page

    ends(signed_in, board, at_once="on")

    assert left_of(cast, "gareth") == ALL
    assert client.get("/").status_code == 200
    assert not Line.objects.filter(what="access.ended").exists()


def test_the_page_says_what_ends_and_what_stays_before_the_button(cast, signed_in):
    with cast.acting("maud") as maud:
        seating.appoint(maud, person=cast.people["tobias"], post=cast.posts["secretary"])
    page = signed_in("maud").get(
        reverse("people:end_appointment", args=[appointment_of(cast, "tobias").key])
    )
    assert (
        "Tobias Wren keeps, as far as you see: Partnership secretary, Marlbeck Borough Council."
        in page.text
    )
    assert page.text.index("What ends with it") < page.text.rindex("End appointment")


def test_neither_a_day_nor_at_once_is_explained(cast, signed_in):
    page = ends(signed_in, appointment_of(cast, "tobias"))
    assert "Fill in “Last day”, or end it now." in page.text


def test_what_is_ended_twice_is_explained(cast, signed_in):
    mine = appointment_of(cast, "tobias")
    ends(signed_in, mine, at_once="on")
    response = ends(signed_in, mine, on=written(today() + DAY))
    assert response.status_code == 403
    assert "This appointment has ended already." in response.text


def test_nobody_ends_their_own(cast, signed_in):
    response = ends(signed_in, appointment_of(cast, "maud"), at_once="on")
    assert response.status_code == 403
    assert "Nobody ends an appointment of their own." in response.text


@pytest.fixture
def second_manager(cast):
    with cast.acting("maud") as maud:
        post = appointment_of(cast, "maud").post
        return seating.appoint(maud, person=cast.people["nell"], post=post)


@pytest.mark.parametrize("how", [{"at_once": True}, {"on": DAY * 0}, {"on": DAY}, {"on": DAY * 30}])
def test_the_last_who_manages_is_kept_on_every_day_to_come(cast, second_manager, how):
    """Maud manages until tomorrow, so nobody else may go who manages after that."""
    how = {name: value if value is True else today() + value for name, value in how.items()}
    with cast.acting("nell") as nell:
        seating.end_appointment(nell, appointment=appointment_of(cast, "maud"), on=today() + DAY)
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="Then nobody could manage"):
        seating.end_appointment(maud, appointment=second_manager, **how)
    second_manager.refresh_from_db()
    assert second_manager.ends is None


def test_being_listed_by_name_opens_nothing_without_a_post(cast):
    """Dilys added the hidden Silver group, and is listed by name in its audiences."""
    with cast.acting("maud") as maud:
        seating.end_appointment(maud, appointment=appointment_of(cast, "dilys"), at_once=True)
    with cast.acting("dilys") as dilys:
        assert dilys.audience_ids == (dilys.own_audience_id,)


def test_work_that_runs_afterwards_finds_nothing_open(cast, busy):
    busy("tobias")
    with cast.acting("maud") as maud:
        seating.end_appointment(maud, appointment=appointment_of(cast, "tobias"), at_once=True)
    with acting_as(cast.accounts["tobias"]):
        notes = dict(Job.objects.values_list("title", "note"))
        states = dict(Job.objects.values_list("title", "state"))
    assert states == {"waits": "cancelled", "runs": "running", "done": "done"}
    assert notes["waits"] == "Access has ended."


def test_the_page_of_finished_work_says_that_its_result_is_gone(cast, signed_in, busy):
    busy("tobias")
    mine = appointment_of(cast, "tobias")
    with cast.acting("maud") as maud:
        seating.end_appointment(maud, appointment=mine, at_once=True)
        seating.appoint(
            maud, person=cast.people["tobias"], post=cast.posts["secretary"], starts=today()
        )
    with acting_as(cast.accounts["tobias"]):
        done = Job.objects.get(title="done")
    page = signed_in("tobias").get(done.get_absolute_url())
    assert "What came of it ended with your access." in page.text


def test_an_ending_that_fails_ends_nothing(cast, busy, monkeypatch):
    busy("tobias")

    def fails(account):
        raise RuntimeError("of a package above")

    monkeypatch.setattr(ending, "_more", [fails])
    with cast.acting("maud") as maud, pytest.raises(RuntimeError), transaction.atomic():
        seating.end_appointment(maud, appointment=appointment_of(cast, "tobias"), at_once=True)

    assert left_of(cast, "tobias") == ALL
    assert appointment_of(cast, "tobias").ends is None


def test_packages_above_add_what_ends(cast, monkeypatch):
    asked = []
    monkeypatch.setattr(ending, "_more", [])

    @ending.on_end
    def counts(account):
        asked.append((account, audiences_now_open()))
        return 3

    own = ending.own_audience_of(cast.people["tobias"])
    with cast.acting("maud") as maud:
        before = audiences_now_open()
        seating.end_appointment(maud, appointment=appointment_of(cast, "tobias"), at_once=True)
        assert audiences_now_open() == before
    [(account, opened)] = asked
    assert account == cast.accounts["tobias"]
    assert str(own) in opened.strip("{}").split(",")
    assert Line.objects.filter(what="access.ended").exists()


# By a date


def test_a_day_that_passed_is_found_by_the_daily_task(cast, signed_in, busy):
    busy("tobias")
    ends(signed_in, appointment_of(cast, "tobias"), on=written(today()))

    assert ending.end_what_nobody_holds(SYSTEM) == 0
    assert left_of(cast, "tobias") == ALL
    with as_of(now() + DAY):
        assert ending.end_what_nobody_holds(SYSTEM) == 1
        assert ending.end_what_nobody_holds(SYSTEM) == 0

    assert left_of(cast, "tobias") == NOTHING
    assert Line.objects.get(what="access.ended").actor == "system"


# With a seat


def test_ending_a_seat_ends_who_was_appointed_to_it(cast, signed_in, busy):
    client = busy("tobias")
    address = reverse("people:seat_end", args=[cast.seats["tobias"].key])
    assert "You see nothing else that Tobias Wren holds." in signed_in("maud").get(address).text

    assert signed_in("maud").post(address, {"at_once": "on"}).status_code == 302

    assert left_of(cast, "tobias") == NOTHING
    assert client.get("/").status_code == 302
    assert (appointment_of(cast, "tobias").ends, appointment_of(cast, "tobias").ended_at_once) == (
        today(),
        True,
    )
    whats = list(Line.objects.values_list("what", flat=True)[:3])
    assert whats == ["seat.ended", "access.ended", "sessions.ended"]
    again = signed_in("maud").post(address, {"at_once": "on"})
    assert again.status_code == 403
    assert "This seat has ended already." in again.text


def test_who_fills_a_seat_by_a_post_loses_what_the_seat_opens(cast, signed_in):
    with cast.acting("maud") as maud:
        police = cast.organisations["police"]
        post = services.add_post(maud, title="Commander", organisation=police)
        seat = seating.add_seat(maud, body=cast.bodies["area"], holder=police, posts=[post])
        seating.appoint(maud, person=cast.people["nell"], post=post)
    with cast.acting("nell") as nell:
        assert nell.seated_body_ids == (cast.bodies["area"].pk,)

    signed_in("maud").post(reverse("people:seat_end", args=[seat.key]), {"at_once": "on"})

    with cast.acting("nell") as nell:
        assert nell.appointed
        assert nell.seated_body_ids == ()


def test_what_would_begin_after_the_seat_is_taken_back(cast):
    with cast.acting("maud") as maud:
        seat = seating.add_seat(maud, body=cast.bodies["area"], holder=cast.organisations["police"])
        later = today() + DAY * 30
        seating.appoint(maud, person=cast.people["nell"], seat=seat, starts=later)
        seating.end_seat(maud, seat=seat, on=today() + DAY)
    assert not Appointment.objects.filter(seat=seat).exists()
    assert Line.objects.filter(what="appointment.taken_back").exists()


@pytest.mark.parametrize(
    ("who", "seat", "status", "words"),
    [
        ("tobias", "gareth", 403, "Only this body’s secretary or the partnership manager"),
        ("dilys", "gareth", 403, "Somebody fills this seat."),
        ("maud", "silver", 404, ""),
        ("tobias", "silver", 404, ""),
        ("dilys", "silver", 200, "End this seat"),
    ],
)
def test_who_ends_which_seat(cast, signed_in, who, seat, status, words):
    address = reverse("people:seat_end", args=[cast.seats[seat].key])
    response = signed_in(who).get(address)
    assert response.status_code == status
    assert words in response.text
    assert signed_in(who).put(address).status_code == 405


def test_a_seat_only_proposed_opens_nothing(cast):
    with cast.acting("maud") as maud:
        seat = seating.add_seat(
            maud, body=cast.bodies["area"], holder=cast.organisations["homes"], proposed=True
        )
        seating.appoint(maud, person=cast.people["nell"], seat=seat)
    with cast.acting("nell") as nell:
        assert not nell.appointed
        assert nell.audience_ids == (nell.own_audience_id,)


# With an organisation


def stops(signed_in, cast, name, who="maud", what="organisation_stop"):
    address = reverse(f"people:{what}", args=[cast.organisations[name].key])
    return signed_in(who).post(address)


def test_one_switch_ends_all_of_an_organisation_hidden_seats_too(cast, signed_in, busy):
    client, tobias = busy("gareth"), busy("tobias")
    page = signed_in("maud").get(
        reverse("people:organisation_stop", args=[cast.organisations["police"].key])
    )
    assert "Gareth Pellow" in page.text
    assert "Silver" not in page.text

    assert stops(signed_in, cast, "police").status_code == 302

    assert left_of(cast, "gareth") == NOTHING
    assert client.get("/").status_code == 302
    assert signed_in("gareth").get("/").url == NO_POST
    assert left_of(cast, "tobias") == ALL
    assert tobias.get("/").status_code == 200
    assert Line.objects.first().what == "organisation.stopped"


def test_its_directory_lets_nobody_in_until_it_is_let_in_again(cast, signed_in):
    police, homes = cast.organisations["police"], cast.organisations["homes"]
    for one in (police, homes):
        add_directory(
            name=f"of-{one.pk}",
            label=one.name,
            issuer=f"https://directory-{one.pk}.example.org",
            client_id="concerted",
            organisation_id=one.pk,
        )

    def open_ones():
        return set(Directory.objects.filter(is_open=True).values_list("organisation_id", flat=True))

    stops(signed_in, cast, "police")
    assert open_ones() == {homes.pk}
    stops(signed_in, cast, "police", what="organisation_let_in")
    assert open_ones() == {police.pk, homes.pk}


def test_an_organisation_let_in_again_has_what_it_had(cast, signed_in):
    with cast.acting("gareth") as gareth:
        before = gareth
    stops(signed_in, cast, "police")
    page = signed_in("maud").get(cast.organisations["police"].get_absolute_url()).text
    assert "nobody gets in by its posts and seats" in page

    assert stops(signed_in, cast, "police", what="organisation_let_in").status_code == 302

    with cast.acting("gareth") as gareth:
        assert gareth == before
    assert Line.objects.first().what == "organisation.let_in"


@pytest.mark.parametrize("what", ["organisation_stop", "organisation_let_in"])
@pytest.mark.parametrize("who", ["tobias", "dilys", "sid"])
def test_only_the_manager_switches(cast, signed_in, who, what):
    response = stops(signed_in, cast, "police", who=who, what=what)
    assert response.status_code == 403
    assert "Only the partnership manager can" in response.text


def test_nobody_stops_what_their_own_access_rests_on(cast, signed_in):
    response = stops(signed_in, cast, "council")
    assert response.status_code == 403
    assert "Your own access rests on this organisation." in response.text


def test_an_organisation_that_all_who_manage_belong_to_is_not_stopped(cast, second_manager):
    with cast.acting("maud") as maud:
        council = cast.organisations["council"]
        # As if the rule about one's own organisation were not there.
        stranger = type(maud)(pseudonym="stranger", everywhere=maud.everywhere)
        with pytest.raises(NotAllowed, match="Then nobody could manage"), transaction.atomic():
            services.stop_access(stranger, organisation=council)
        assert Organisation.objects.get(pk=council.pk).stopped_on is None


@pytest.mark.parametrize(
    ("what", "method"), [("organisation_stop", "put"), ("organisation_let_in", "get")]
)
def test_the_wrong_method_is_refused(cast, signed_in, what, method):
    address = reverse(f"people:{what}", args=[cast.organisations["police"].key])
    assert getattr(signed_in("maud"), method)(address).status_code == 405
    missing = reverse(f"people:{what}", args=["nothing"])
    assert signed_in("maud").post(missing).status_code == 404


# At the same time


@pytest.fixture
def own_cast(django_db_setup, django_db_blocker, worker_id):
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"ending_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            yield casts.build()
        databases.point_at(before)


@pytest.mark.slow
def test_of_two_who_manage_neither_can_end_the_other_at_the_same_moment(own_cast):
    """Forty tries at once: whoever is first ends the other, and then nobody ends the last."""
    cast = own_cast
    with cast.acting("maud") as maud:
        post = appointment_of(cast, "maud").post
        seating.appoint(maud, person=cast.people["nell"], post=post)
    start, came = threading.Barrier(40), []

    def run(number):
        me, other = ("maud", "nell") if number % 2 else ("nell", "maud")
        try:
            start.wait()
            with cast.acting(me) as actor:
                seating.end_appointment(
                    actor, appointment=appointment_of(cast, other), at_once=True
                )
            came.append("ended")
        except NotAllowed as refused:
            came.append(str(refused))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(came) == 40
    assert came.count("ended") == 1
    assert sum(one.manages for one in ending.accounts_today()) == 1


def test_a_seat_row_says_that_it_was_ended_at_once(cast):
    with cast.acting("maud") as maud:
        seating.end_seat(maud, seat=cast.seats["tobias"], at_once=True)
        assert Seat.objects.get(pk=cast.seats["tobias"].pk).ended_at_once
