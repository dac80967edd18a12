"""Mail goes when its change is kept; a link works once, for as long as it was made for."""

import datetime
import os
import threading
from smtplib import SMTPException

import pytest
from django.core import mail as outbox
from django.core.mail import EmailMessage
from django.db import connections, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from concerted.access.models import Account
from concerted.audit.models import Line
from concerted.kernel.clock import as_of, now
from concerted.kernel.verdict import NotAllowed
from concerted.notices import services
from concerted.notices.models import Mail, OneTimeLink
from concerted.notices.queries import hash_of, working
from concerted.notices.states import MailState
from tests import databases

DAY = datetime.timedelta(days=1)
WELCOME = "people:welcome"


def queued(cast, **more):
    more.setdefault("account", cast.accounts["tobias"])
    return services.queue_mail(kind="a.kind", subject="A subject", text="Some words.", **more)


def linked(**more):
    return services.make_link(purpose=WELCOME, reference="thing", lasts=DAY, **more)


def token_in(text):
    return text.partition("/people/welcome/")[2].partition("/")[0]


def sent_link(cast, **more):
    """A link, and the token that its mail brought."""
    link = linked(**more)
    mail = services.queue_mail(
        kind="a.kind", subject="A link", text=services.LINK, address="a@example.org", link=link
    )
    services.deliver(mail.key)
    return link, token_in(outbox.outbox[-1].body)


def state_of(mail):
    return Mail.objects.get(pk=mail.pk).state


def waiting():
    return ProcrastinateJob.objects.filter(task_name="notices.deliver", status="todo")


# Mail


def test_a_mail_waits_for_a_worker_and_goes_once(cast):
    mail = queued(cast)
    assert (mail.state, waiting().get().args) == ("waiting", {"mail_key": mail.key})
    assert outbox.outbox == []

    services.deliver(mail.key)
    services.deliver(mail.key)

    [gone] = outbox.outbox
    assert (gone.to, gone.subject, gone.body) == (
        ["tobias@example.org"],
        "A subject",
        "Some words.",
    )
    assert state_of(mail) == MailState.SENT
    assert Line.objects.filter(what="mail.sent", reference=mail.key).count() == 1


def test_a_change_that_is_undone_sends_nothing(cast):
    def queues_and_fails():
        with transaction.atomic():
            queued(cast)
            raise NotAllowed

    with pytest.raises(NotAllowed):
        queues_and_fails()

    assert not Mail.objects.exists()
    assert not waiting().exists()


def test_what_is_to_go_once_is_queued_once(cast):
    assert queued(cast, once="confirm:2026-06-30")
    assert queued(cast, once="confirm:2026-06-30") is None
    assert Mail.objects.count() == waiting().count() == 1


def test_a_mail_follows_an_account_to_its_new_address(cast):
    mail = queued(cast)
    Account.objects.filter(pk=cast.accounts["tobias"].pk).update(email="wren@example.org")

    services.deliver(mail.key)

    assert outbox.outbox[0].to == ["wren@example.org"]


@pytest.fixture
def broken(monkeypatch):
    def refuse(message):
        raise SMTPException("no")

    monkeypatch.setattr(EmailMessage, "send", refuse)


def test_a_mail_that_is_not_taken_is_tried_again_later_and_given_up_in_the_end(cast, broken):
    mail = queued(cast)
    for number in range(1, services.TRIES):
        services.deliver(mail.key)
        assert state_of(mail) == MailState.SENDING
        assert waiting().count() == number + 1
    latest = waiting().order_by("-id")[0]
    assert latest.scheduled_at > now() + datetime.timedelta(hours=12)

    services.deliver(mail.key)

    assert state_of(mail) == MailState.FAILED
    assert waiting().count() == services.TRIES
    assert Line.objects.first().what == "mail.failed"


def test_mail_to_a_closed_account_does_not_go(cast):
    mail = queued(cast)
    Account.objects.filter(pk=cast.accounts["tobias"].pk).update(is_active=False)

    services.deliver(mail.key)

    assert outbox.outbox == []
    assert Mail.objects.get().note == "The account is closed."


def test_a_mail_cancelled_while_it_was_being_sent_is_not_marked_as_sent(cast, monkeypatch):
    mail = queued(cast)
    ends = lambda message: services.end_all_of(cast.accounts["tobias"], why="Ended.")  # noqa: E731
    monkeypatch.setattr(EmailMessage, "send", ends)

    services.deliver(mail.key)

    assert state_of(mail) == MailState.CANCELLED


# Links


def test_the_token_stands_in_the_mail_alone(cast):
    link, token = sent_link(cast)

    row = OneTimeLink.objects.get(pk=link.pk)
    assert row.token_hash == hash_of(token)
    everything = [str(vars(one)) for model in (OneTimeLink, Mail) for one in model.objects.all()]
    assert token not in "".join(everything)
    assert outbox.outbox[0].body == f"http://localhost:8000/people/welcome/{token}/"


def test_a_link_is_looked_at_often_and_used_once(cast):
    link, token = sent_link(cast)
    assert working(token, purpose=WELCOME) == working(token, purpose=WELCOME) == link

    assert services.use(token, purpose=WELCOME) == link
    assert working(token, purpose=WELCOME) is None
    with pytest.raises(NotAllowed, match=r"This link no longer works\."):
        services.use(token, purpose=WELCOME)
    assert Line.objects.filter(what="link.used").count() == 1


@pytest.mark.parametrize(
    ("token", "purpose"),
    [("another", WELCOME), ("", WELCOME), ("the-token", "people:again")],
)
def test_another_token_or_purpose_finds_nothing(cast, token, purpose):
    link = linked()
    OneTimeLink.objects.filter(pk=link.pk).update(token_hash=hash_of("the-token"))

    assert working(token, purpose=purpose) is None
    with pytest.raises(NotAllowed):
        services.use(token, purpose=purpose)


@pytest.mark.parametrize(
    ("after", "works"),
    [(DAY - datetime.timedelta(seconds=1), True), (DAY, False), (2 * DAY, False)],
)
def test_a_link_works_until_its_time_is_over(cast, after, works):
    made = now()
    with as_of(made):
        _, token = sent_link(cast)
    with as_of(made + after):
        assert bool(working(token, purpose=WELCOME)) is works
        if works:
            assert services.use(token, purpose=WELCOME)
        else:
            with pytest.raises(NotAllowed):
                services.use(token, purpose=WELCOME)


def test_a_withdrawn_link_is_dead_and_its_mail_does_not_go(cast):
    link = linked()
    mail = services.queue_mail(
        kind="a.kind", subject="A link", text=services.LINK, address="a@example.org", link=link
    )
    assert services.withdraw(link, why="Not meant.")
    assert not services.withdraw(link, why="Not meant.")

    services.deliver(mail.key)

    assert outbox.outbox == []
    assert (state_of(mail), OneTimeLink.objects.get().token_hash) == ("cancelled", None)


def test_a_mail_tried_again_brings_a_link_that_works(cast, monkeypatch):
    link = linked()
    mail = services.queue_mail(
        kind="a.kind", subject="A link", text=services.LINK, address="a@example.org", link=link
    )
    with monkeypatch.context() as patch:
        bodies = []

        def breaks(message):
            bodies.append(message.body)
            raise OSError

        patch.setattr(EmailMessage, "send", breaks)
        services.deliver(mail.key)
    services.deliver(mail.key)

    first, second = token_in(bodies[0]), token_in(outbox.outbox[0].body)
    assert working(first, purpose=WELCOME) is None
    assert working(second, purpose=WELCOME) == link


def test_ending_an_account_ends_its_links_and_its_mail_and_nobody_elses(cast):
    for name in ("tobias", "agnes"):
        queued(cast, account=cast.accounts[name])
        linked(account=cast.accounts[name])

    assert services.end_all_of(cast.accounts["tobias"], why="Access has ended.") == 2

    left = Mail.objects.get(state=MailState.WAITING)
    assert left.account == cast.accounts["agnes"]
    assert OneTimeLink.objects.get(withdrawn_at=None).account == cast.accounts["agnes"]


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, worker_id):
    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = f"notices_{worker_id}_{os.getpid()}"
        with databases.cloned(databases.template(), name):
            yield name
        databases.point_at(before)


def at_once(count, work):
    """Do something in many threads, each with a connection of its own; returns what came of it."""
    start, came = threading.Barrier(count), []

    def run():
        try:
            start.wait()
            came.append(work())
        except NotAllowed as refused:
            came.append(str(refused))
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@pytest.mark.slow
def test_of_forty_who_use_a_link_at_once_one_succeeds(own_database):
    link = linked()
    OneTimeLink.objects.filter(pk=link.pk).update(token_hash=hash_of("the-token"))

    came = at_once(40, lambda: services.use("the-token", purpose=WELCOME))

    assert came.count(services.GONE) == 39
    assert came.count(link) == 1
    assert Line.objects.filter(what="link.used").count() == 1


@pytest.mark.slow
def test_of_forty_who_queue_the_same_notice_at_once_one_does(own_database):
    came = at_once(
        40,
        lambda: services.queue_mail(
            kind="a.kind", subject="A", text="B", address="a@example.org", once="once"
        ),
    )

    assert came.count(None) == 39
    assert Mail.objects.count() == waiting().count() == 1
