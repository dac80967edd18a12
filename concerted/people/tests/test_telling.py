"""Who hears by mail that what they sign in with was changed."""

import datetime

import pytest

from concerted.access import factors
from concerted.access.happenings import happened
from concerted.access.models import Account
from concerted.access.totp import new_secret
from concerted.kernel.clock import as_of
from concerted.notices import services as notices
from concerted.notices.models import Mail
from concerted.notices.public import queue_mail
from concerted.people.standing import everything_open

NOON = datetime.datetime(2026, 6, 16, 12, 5, tzinfo=datetime.UTC)


@pytest.fixture
def tobias(cast):
    Mail.objects.all().delete()
    return cast.accounts["tobias"]


def told(account):
    return list(
        Mail.objects.filter(account=account, kind="people.sign_in_changed").values_list(
            "subject", flat=True
        )
    )


def test_the_first_second_step_is_no_news_and_another_one_is(tobias):
    factors.remove_factors(tobias)
    Mail.objects.all().delete()

    factors.set_up_app(tobias, new_secret())
    assert told(tobias) == []
    factors.set_up_app(tobias, new_secret())
    assert told(tobias) == ["How you sign in was changed"]


@pytest.mark.parametrize(
    ("what", "is_told"),
    [
        ("password.changed", True),
        ("passkey.added", True),
        ("factor.removed", True),
        ("factors.removed", True),
        ("recovery_code.used", True),
        ("recovery_codes.made", True),
        ("session.begun", False),
        ("session.ended", False),
        ("device.forgotten", False),
    ],
)
def test_a_change_of_what_one_signs_in_with_is_told(tobias, what, is_told):
    happened.send(Account, account=tobias, what=what)

    assert bool(told(tobias)) == is_told


def test_the_same_kind_of_change_is_told_once_an_hour(tobias):
    for later in (0, 10, 60):
        with as_of(NOON + datetime.timedelta(minutes=later)):
            happened.send(Account, account=tobias, what="recovery_code.used")

    assert len(told(tobias)) == 2


def test_the_mail_names_nobody_and_has_no_link(tobias):
    happened.send(Account, account=tobias, what="password.changed")

    mail = Mail.objects.get()
    assert mail.link is None
    for words in ("Tobias", "http", "@"):
        assert words not in mail.subject + mail.text


def test_answers_go_to_the_office_wherever_a_mail_names_no_mailbox(cast, tobias, mailoutbox):
    happened.send(Account, account=tobias, what="password.changed")
    queue_mail(kind="people.invited", subject="Hello", text="Words.", address="new@example.org")
    for mail in Mail.objects.all():
        notices.deliver(mail.key)

    assert [one.reply_to for one in mailoutbox] == [["partnership@example.org"]] * 2


def test_an_office_that_not_everybody_sees_is_named_to_nobody(cast, tobias, mailoutbox):
    post, group = cast.posts["secretary"], cast.bodies["silver"]
    with everything_open():
        type(post).objects.filter(pk=post.pk).update(audience_id=group.papers_audience_id)
    happened.send(Account, account=tobias, what="password.changed")

    notices.deliver(Mail.objects.get().key)

    assert mailoutbox[0].reply_to == []
