"""Who hears by mail that a release waits, and that it was decided: once, and in constant words."""

import pytest

from concerted.editions import announcing, releasing
from concerted.editions.checking import check
from concerted.editions.models import LeakHit, Release
from concerted.editions.tests.conftest import fresh
from concerted.meetings.models import Meeting
from concerted.notices import services as notices
from concerted.notices.models import Mail
from concerted.people import accounts

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "edition"])]


def told(kind="editions.waits"):
    """Who was told, by the name in their address."""
    rows = Mail.objects.filter(kind=kind).values_list("account__email", flat=True)
    return {address.partition("@")[0] for address in rows}


@pytest.fixture
def waiting(met, asked):
    Mail.objects.all().delete()
    return asked(met())


def test_who_may_approve_it_is_told_and_nobody_else(cast, waiting):
    announcing.tell(waiting.key)

    # The chair and the manager; not the secretary who asked, and no member or administrator.
    assert told() == {"rowena", "maud"}


def test_nobody_is_told_twice_of_the_same_release(cast, waiting):
    assert announcing.tell(waiting.key) == 2
    check(waiting.key)
    assert announcing.tell(waiting.key) == 0
    assert Mail.objects.filter(kind="editions.waits").count() == 2


def test_only_those_of_its_own_body_hear(cast, met, asked):
    Mail.objects.all().delete()

    announcing.tell(asked(met(body="area")).key)

    # The manager; the board's chair approves nothing of the area board.
    assert told() == {"maud"}


def test_only_those_hear_who_see_what_it_was_made_from(cast, waiting, second_chair):
    """The chair and the manager may approve for the board, and do not see this meeting."""
    with cast.acting("dilys"):
        narrow = {"audience_id": cast.bodies["silver"].papers_audience_id}
        Meeting.objects.filter(pk=waiting.meeting_id).update(**narrow)
        Release.objects.filter(pk=waiting.pk).update(**narrow)

    announcing.tell(waiting.key)

    assert told() == {"gareth"}


def test_what_the_leak_check_found_is_settled_first(cast, met, settled):
    release = settled(met())
    with cast.acting("dilys") as dilys:
        release = releasing.ask(dilys, release=release)
        hit = LeakHit.objects.create(
            release=release,
            kind="meetings.item",
            words="Canal Walk",
            digest="0",
            audience_id=release.audience_id,
        )
        release.checked_at, release.hits = release.asked_at, 1
        release.save(update_fields=["checked_at", "hits"])
    Mail.objects.all().delete()
    announcing.tell(release.key)
    assert told() == set()

    with cast.acting("dilys") as dilys:
        releasing.accept_hit(dilys, hit=hit, reason="A street.")
    announcing.tell(release.key)

    assert told() == {"rowena", "maud"}


def test_the_mails_say_nothing_of_what_it_is(cast, waiting):
    announcing.tell(waiting.key)
    with cast.acting("rowena") as rowena:
        releasing.approve(rowena, release=waiting, looked_at=waiting.sha256)
    announcing.tell(waiting.key)

    texts = {f"{one.subject} {one.text}" for one in Mail.objects.filter(kind__startswith="edit")}
    assert len(texts) == 2
    for words in (waiting.title, waiting.body.name, "Canal", "Rowena", "Dilys", "Marlbeck"):
        assert not [text for text in texts if words in text]


@pytest.mark.parametrize("how", ["approved", "stopped"])
def test_whoever_asked_hears_that_it_was_decided(cast, waiting, how):
    with cast.acting("rowena") as rowena:
        if how == "approved":
            releasing.approve(rowena, release=waiting, looked_at=waiting.sha256)
        else:
            releasing.stop(rowena, release=waiting, reason="Not yet.")

    assert announcing.tell(waiting.key) == 1
    assert announcing.tell(waiting.key) == 0

    assert told("editions.decided") == {"dilys"}
    assert told() == set()


def test_of_ones_own_decision_nobody_is_told(cast, waiting):
    with cast.acting("dilys") as dilys:
        releasing.stop(dilys, release=waiting, reason="A slip.")

    assert announcing.tell(waiting.key) == 0
    assert fresh(cast, waiting).state == "stopped"


def test_mail_to_somebody_whose_access_ended_is_not_sent(cast, waiting):
    announcing.tell(waiting.key)
    with cast.acting("maud") as maud:
        accounts.close_account(maud, person=cast.people["rowena"])

    mail = Mail.objects.get(account=cast.accounts["rowena"], kind="editions.waits")
    notices.deliver(mail.key)

    mail.refresh_from_db()
    assert mail.state == "cancelled"


def test_the_home_page_lists_it_for_who_may_approve_it_alone(cast, signed_in, waiting):
    words = f"Approve for the public: {waiting.title}"

    assert words in signed_in("rowena").get("/").text
    assert words in signed_in("maud").get("/").text
    for who in ("dilys", "tobias", "priti", "agnes", "owen", "sid"):
        assert words not in signed_in(who).get("/").text

    with cast.acting("rowena") as rowena:
        releasing.approve(rowena, release=waiting, looked_at=waiting.sha256)
    assert words not in signed_in("rowena").get("/").text


@pytest.mark.parametrize("method", ["ask", "approve", "stop"])
def test_each_step_has_a_worker_tell(cast, met, asked, method, monkeypatch):
    """The job stands in the same transaction as the step."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415

    jobs = ProcrastinateJob.objects.filter(task_name=announcing.TELL)
    release = asked(met())
    assert jobs.filter(args__release_key=release.key).count() == 1
    with cast.acting("rowena") as rowena:
        if method == "approve":
            releasing.approve(rowena, release=release, looked_at=release.sha256)
        elif method == "stop":
            releasing.stop(rowena, release=release, reason="Not yet.")
    expected = 1 if method == "ask" else 2
    assert jobs.filter(args__release_key=release.key).count() == expected
