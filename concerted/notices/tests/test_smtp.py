"""Mail meets a real mail server on loopback, and each way in which that can fail.

What is promised: nothing is lost while the server is away, and a mail is doubled only where the
server took it and the line broke before it said so; then both have the same Message-ID.
"""

import datetime
import os
import signal
import socket
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from concerted.kernel.clock import as_of, now
from concerted.notices import services
from concerted.notices.composing import Composed
from concerted.notices.models import Mail
from concerted.notices.states import MailState
from tests.at_once import a_town_of_its_own

ROOT = Path(__file__).resolve().parents[3]
REFUSED = "away@example.org"


class Took:
    """What the server took; `drops` breaks that many lines after the data, before the answer."""

    def __init__(self):
        self.mails = []
        self.drops = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == REFUSED:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content))
        if self.drops:
            self.drops -= 1
            server.transport.abort()
        return "250 OK"

    def ids(self):
        return [mail["Message-ID"] for mail in self.mails]


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def serves(port, settings):
    """Have mail go to a server that can be started and stopped."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    took = Took()
    took.server = Controller(took, hostname="127.0.0.1", port=port)
    yield took
    if took.server.loop.is_running():
        took.server.stop()


@pytest.fixture
def server(serves):
    serves.server.start()
    return serves


def queued(address="a@example.org"):
    return services.queue_mail(kind="a.kind", subject="A subject", text="Words.", address=address)


def state_of(mail):
    return Mail.objects.get(pk=mail.pk).state


def next_try(mail):
    """When a worker takes the mail up again."""
    jobs = ProcrastinateJob.objects.filter(task_name="notices.deliver", args__mail_key=mail.key)
    return jobs.latest("id").scheduled_at


def test_a_mail_arrives_once_with_its_headers(cast, server, monkeypatch):
    stop = "http://localhost:8000/mail/stop/x/"
    composed = Composed("News", "Grüße – “news”.", reply_to="office@example.org", stop=stop)
    monkeypatch.setattr(services.composing, "of_kind", lambda kind: lambda mail: composed)
    mail = queued()
    services.deliver(mail.key)
    services.deliver(mail.key)

    [came] = server.mails
    assert came["Message-ID"] == f"<{mail.key}@localhost>"
    assert came["Reply-To"] == "office@example.org"
    assert came["List-Unsubscribe"] == f"<{stop}>"
    assert came["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert came["Auto-Submitted"] == "auto-generated"
    assert came.get_payload(decode=True).decode().strip() == "Grüße – “news”."
    assert state_of(mail) == MailState.SENT


def test_a_server_that_is_down_for_an_hour_loses_nothing_and_doubles_nothing(cast, serves):
    mails = [queued(f"{name}@example.org") for name in "abc"]
    down_until = now() + datetime.timedelta(hours=1)
    waits = []
    for mail in mails:
        services.deliver(mail.key)
    moment = next_try(mails[0])
    while moment < down_until:
        with as_of(moment):
            for mail in mails:
                services.deliver(mail.key)
        waits.append(next_try(mails[0]) - now())
        moment += waits[-1]
    assert waits == sorted(waits)
    assert serves.mails == []
    assert {state_of(mail) for mail in mails} == {MailState.SENDING}

    serves.server.start()
    for mail in (*mails, *mails):
        services.deliver(mail.key)

    assert sorted(mail["To"] for mail in serves.mails) == [f"{name}@example.org" for name in "abc"]
    assert {state_of(mail) for mail in mails} == {MailState.SENT}


def test_one_address_that_is_refused_holds_up_nobody_else(cast, server):
    refused, other = queued(REFUSED), queued()
    for _ in range(services.TRIES):
        services.deliver(refused.key)
        services.deliver(other.key)

    assert [mail["To"] for mail in server.mails] == ["a@example.org"]
    assert (state_of(refused), state_of(other)) == (MailState.FAILED, MailState.SENT)


def test_a_line_that_breaks_after_the_data_doubles_that_one_with_the_same_id(cast, server):
    mail, other = queued(), queued("b@example.org")
    server.drops = 1
    for one in (mail, other, mail, other):
        services.deliver(one.key)

    assert sorted(server.ids()) == sorted(
        [f"<{mail.key}@localhost>"] * 2 + [f"<{other.key}@localhost>"]
    )
    assert state_of(mail) == state_of(other) == MailState.SENT


KILLED = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django
from django.conf import settings
django.setup()
from django.db import connections
from concerted.notices import services
database, port, key = sys.argv[1:]
connections["default"].settings_dict["NAME"] = database
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
services._end = lambda *of, **more: os.kill(os.getpid(), signal.SIGKILL)
services.deliver(key)
"""


@pytest.fixture
def town(django_db_setup, django_db_blocker, worker_id):
    name = f"mail_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock(), a_town_of_its_own(name) as there:
        yield there


@pytest.mark.slow
def test_a_worker_killed_after_sending_doubles_that_one_with_the_same_id(town, server, port):
    mail = queued()
    database = connection.settings_dict["NAME"]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, database, str(port), mail.key],
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    assert done.returncode == -signal.SIGKILL
    assert state_of(mail) == MailState.SENDING
    assert len(server.mails) == 1

    services.deliver(mail.key)  # the queue gives it to another worker

    assert server.ids() == [f"<{mail.key}@localhost>"] * 2
    assert state_of(mail) == MailState.SENT
