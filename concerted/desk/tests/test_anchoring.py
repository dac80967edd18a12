"""Who keeps the anchors of the trail, and the mail that takes them there."""

import datetime
import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from procrastinate import testing
from procrastinate.contrib.django import app

from concerted.audit import anchors
from concerted.audit.models import Anchor, Keeper, Line
from concerted.desk import anchoring, policies, tasks
from concerted.kernel.clock import today
from concerted.kernel.verdict import NotAllowed
from concerted.people import services as people

ANCHORS = reverse("desk:anchors")
TITLES = {"council": "Monitoring officer", "police": "Force records manager"}


def words(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


@pytest.fixture
def posts(cast):
    with cast.acting("maud") as maud:
        return {
            key: people.add_post(
                maud,
                title=title,
                organisation=cast.organisations[key],
                role_mailbox=f"{key}@example.org",
            )
            for key, title in TITLES.items()
        }


@pytest.fixture
def chosen(cast, posts):
    with cast.acting("maud") as maud:
        anchoring.choose(maud, posts=list(posts.values()))
    return posts


def test_the_manager_chooses_two_and_that_is_on_the_trail(signed_in, posts):
    page = signed_in("maud").post(
        ANCHORS, {"first": posts["council"].key, "second": posts["police"].key}, follow=True
    )

    assert "From tomorrow the anchors go to these two." in words(page)
    assert "Monitoring officer, Marlbeck Borough Council (council@example.org)" in words(page)
    assert Line.objects.filter(what="anchor.keeper_chosen").count() == 2
    assert set(Keeper.objects.values_list("post_key", flat=True)) == {
        one.key for one in posts.values()
    }


def test_choosing_others_replaces_them(cast, signed_in, chosen):
    with cast.acting("maud") as maud:
        third = people.add_post(
            maud,
            title="Data officer",
            organisation=cast.organisations["probation"],
            role_mailbox="data@example.org",
        )
    signed_in("maud").post(ANCHORS, {"first": chosen["police"].key, "second": third.key})

    assert set(Keeper.objects.values_list("post_key", flat=True)) == {
        chosen["police"].key,
        third.key,
    }
    assert Line.objects.filter(what="anchor.keeper_chosen").count() == 3


def test_two_posts_of_one_organisation_are_not_enough(cast, signed_in, posts):
    with cast.acting("maud") as maud:
        other = people.add_post(
            maud,
            title="Auditor",
            organisation=cast.organisations["council"],
            role_mailbox="audit@example.org",
        )
    page = signed_in("maud").post(ANCHORS, {"first": posts["council"].key, "second": other.key})

    assert "This is a post of the same organisation. Choose another." in words(page)
    assert not Keeper.objects.exists()
    with cast.acting("maud") as maud, pytest.raises(NotAllowed, match="two different"):
        anchoring.choose(maud, posts=[posts["council"], other])


def test_the_database_itself_keeps_the_organisations_apart(chosen):
    with pytest.raises(IntegrityError), transaction.atomic():
        Keeper.objects.create(
            post_key="another", organisation_key=chosen["police"].organisation.key
        )


@pytest.mark.parametrize("given", ["no-such-key", "1"])
def test_a_post_that_is_not_on_the_list_is_not_taken(signed_in, posts, given):
    page = signed_in("maud").post(ANCHORS, {"first": given, "second": posts["police"].key})

    assert page.status_code == 200
    assert "Select a valid choice" in words(page)
    assert not Keeper.objects.exists()


def test_a_post_without_a_role_mailbox_keeps_nothing(cast, posts):
    with cast.acting("maud") as maud:
        bare = people.add_post(maud, title="Officer", organisation=cast.organisations["homes"])

        assert policies.may_keep(maud, [posts["police"], bare]).why_not == (
            "Both posts need a role mailbox, which the anchors go to."
        )


def test_the_data_protection_officer_reads_and_does_not_choose(signed_in, chosen):
    owen = signed_in("owen")

    page = owen.get(ANCHORS)
    refused = owen.post(ANCHORS, {"first": chosen["council"].key, "second": "x"})

    assert "Force records manager" in words(page)
    assert "<select" not in page.text
    assert refused.status_code == 403
    assert "Only the partnership manager can choose who keeps the anchors." in refused.text


@pytest.mark.parametrize("who", ["dilys", "rowena", "tobias", "sid"])
def test_others_are_refused(signed_in, who):
    assert signed_in(who).get(ANCHORS).status_code == 403


def test_another_method_is_not_allowed(signed_in):
    assert signed_in("maud").delete(ANCHORS).status_code == 405


def test_the_page_says_when_nobody_keeps_them(signed_in):
    assert "Nobody yet." in words(signed_in("owen").get(ANCHORS))


def test_each_day_both_get_the_anchor_and_it_can_be_checked_against(chosen):
    connector = testing.InMemoryConnector()
    with app.replace_connector(connector):
        tasks.anchor(0)
    for job in connector.jobs.values():
        assert job["task_name"] == "desk.send_anchor"
        tasks.send_anchor(**job["args"])

    assert sorted(one.to[0] for one in mail.outbox) == ["council@example.org", "police@example.org"]
    [made] = Anchor.objects.all()
    for one in mail.outbox:
        head = anchors.read(one.body)
        assert head == anchors.Head.of(made)
        assert anchors.fault_of(head) == ""
    sent = Line.objects.filter(what="anchor.sent", verb="disclose")
    assert {line.reference for line in sent} == {post.key for post in chosen.values()}


def test_the_mail_holds_nobodys_business(chosen):
    anchors.make()
    anchoring.send(day=today(), post_key=chosen["police"].key)

    [sent] = mail.outbox
    for unseen in ("Board", "Silver", "Maud", "Marlbeck", "meeting"):
        assert unseen not in sent.body + sent.subject


def test_a_post_that_is_over_gets_nothing_and_that_is_on_the_trail(cast, chosen):
    anchors.make()
    with cast.acting("maud"):
        type(chosen["police"]).objects.filter(key=chosen["police"].key).update(
            ends=today() - datetime.timedelta(days=1)
        )

    assert not anchoring.send(day=today(), post_key=chosen["police"].key)
    assert mail.outbox == []
    assert Line.objects.filter(what="anchor.not_sent", reference=chosen["police"].key).exists()


def test_a_mail_server_that_does_not_answer_leaves_no_line_and_is_tried_again(chosen, monkeypatch):
    anchors.make()

    def down(self):
        raise OSError("connection refused")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    with pytest.raises(OSError, match="refused"):
        anchoring.send(day=today(), post_key=chosen["police"].key)

    assert not Line.objects.filter(what="anchor.sent").exists()
    assert tasks.send_anchor.retry_strategy.max_attempts == 8
