"""Releasing: two people, exactly what was approved, in order, and out again at once."""

import datetime
import json

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from concerted.access.models import Account
from concerted.audit.models import Line
from concerted.editions import looking, outbox, releasing, services
from concerted.editions.checking import check
from concerted.editions.models import Outgoing, Published, Release
from concerted.editions.sources import source_of
from concerted.editions.tests.conftest import fresh
from concerted.editions.wall import opened
from concerted.meetings.models import Item, Passage
from concerted.papers.services import NewPresentation
from concerted.papers.states import Tier
from concerted.people.seating import end_appointment
from concerted.public_door import pushing
from concerted.public_door.freezing import thaw
from concerted.public_door.models import StoredPage
from tests.databases import unguarded

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "edition"])]


def page(release, name="release"):
    return reverse(f"editions:{name}", args=[release.key])


def public_page(path) -> str:
    row = StoredPage.objects.filter(path=path).first()
    return bytes(row.body).decode() if row else ""


def everything_public() -> str:
    return "\n".join(
        bytes(one).decode() for one in StoredPage.objects.values_list("body", flat=True)
    )


def at_meeting(meeting):
    return f"/meetings/{meeting.key}/"


# The whole way


def test_asked_by_one_approved_by_another_and_then_public(cast, signed_in, met, settled):
    meeting = met()
    release = settled(meeting)
    dilys, rowena = signed_in("dilys"), signed_in("rowena")

    dilys.post(page(release, "ask"))
    assert "The leak check is still running." in rowena.get(page(release)).text
    from_task(release)
    shown = rowena.get(page(release)).text
    assert "The leak check found nothing." in shown
    assert "Lighting at Canal Walk" in shown
    assert "Waiting for your approval" in rowena.get(reverse("editions:list")).text
    approved = rowena.post(page(release, "approve"), {"looked_at": fresh(cast, release).sha256})
    assert approved.status_code == 302
    assert public_page(at_meeting(meeting)) == ""
    outbox.carry_all()

    assert "Lighting at Canal Walk" in public_page(at_meeting(meeting))
    assert "Wren" not in everything_public()
    assert fresh(cast, release).state == "pushed"
    whats = list(Line.objects.order_by("id").values_list("what", flat=True))
    for what in ("release.asked", "release.approved", "release.pushed"):
        assert what in whats


def from_task(release):
    check(release.key)


def test_a_paper_goes_out_with_files_made_afresh(cast, reported, public):
    paper = reported()

    public(paper)

    page_text = public_page(f"/papers/{paper.key}/")
    assert "That it be cleaned." in page_text
    assert "graffiti-in-the-parks-2020-03-10.html" in page_text
    files = StoredPage.objects.filter(kind="file")
    assert {one.media_type.split(";")[0] for one in files} == {"text/html", "text/plain"}
    for one in files:
        made = bytes(one.body).decode()
        assert "That it be cleaned." in made
        assert "received.docx" not in made
        assert "author" not in made.lower()


def test_what_was_approved_is_byte_for_byte_what_goes(cast, met, public):
    release = public(met())

    pushed = Published.objects.values_list("frozen", flat=True)
    wanted = json.loads(release.frozen)

    assert sorted(pushed) == sorted(outbox.frozen([thaw(one)]) for one in wanted)
    assert outbox.fingerprint(release.frozen) == release.sha256
    with (
        cast.acting("dilys"),
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
    ):
        Release.objects.filter(pk=release.pk).update(frozen="[]")


def test_a_meeting_links_only_to_papers_that_are_public(cast, met, reported, public):
    meeting = met()
    put = reported(
        presentations=[_put_to(cast, meeting)],
    )
    public(meeting)
    assert put.key not in everything_public()

    public(put)
    again = public(meeting)

    assert again.number == 2
    assert f"/papers/{put.key}/" in public_page(at_meeting(meeting))


def _put_to(cast, meeting):
    board = cast.bodies["board"]
    return NewPresentation(board.name, board, meeting.held_on, "1", meeting.key)


# Who


def test_nobody_approves_what_they_asked_for(cast, signed_in, met, asked):
    release = asked(met())

    refused = signed_in("dilys").post(page(release, "approve"), {"looked_at": release.sha256})

    assert refused.status_code == 403
    assert "Nobody approves what they asked for." in refused.text
    assert fresh(cast, release).state == "asked"


def test_one_person_may_release_alone_where_the_partnership_says_so(cast, signed_in, met, asked):
    with cast.acting("maud") as maud:
        services.change_settings(maud, contact="office@example.org", alone=True)
    open_one = asked(met())
    closed_one = asked(met(on=datetime.date(2020, 4, 7), withheld=["the house in question"]))
    dilys = signed_in("dilys")

    assert dilys.post(page(open_one, "approve"), {"looked_at": open_one.sha256}).status_code == 302
    refused = dilys.post(page(closed_one, "approve"), {"looked_at": closed_one.sha256})
    assert refused.status_code == 403


def test_where_a_source_is_restricted_two_organisations_are_needed(
    cast, signed_in, met, asked, second_chair
):
    release = asked(met(withheld=["the house in question"]))

    for who in ("maud", "rowena"):
        refused = signed_in(who).post(page(release, "approve"), {"looked_at": release.sha256})
        assert refused.status_code == 403
        assert "Somebody of another organisation" in refused.text
    taken = signed_in("gareth").post(page(release, "approve"), {"looked_at": release.sha256})
    assert taken.status_code == 302


def test_members_without_that_role_are_told_who_approves(signed_in, met, asked):
    refused = signed_in("tobias").post(page(asked(met()), "approve"), {"looked_at": "x"})

    assert refused.status_code == 403
    assert "chair, vice-chair or secretary can approve a release" in refused.text


@pytest.mark.parametrize("name", ["settle", "ask", "approve"])
def test_sending_is_by_post_alone_and_outsiders_find_nothing(signed_in, met, asked, name):
    release = asked(met())

    assert signed_in("dilys").get(page(release, name)).status_code == 405
    assert signed_in("agnes").post(page(release, name)).status_code == 404


@pytest.mark.parametrize("name", ["stop", "withdraw"])
def test_stopping_and_withdrawing_want_a_reason_and_a_role(signed_in, met, asked, public, name):
    release = asked(met()) if name == "stop" else public(met())

    assert signed_in("agnes").get(page(release, name)).status_code == 404
    assert signed_in("tobias").get(page(release, name)).status_code == 403
    unsaid = signed_in("rowena").post(page(release, name), {"reason": " "})
    assert "Say why." in unsaid.text
    assert signed_in("rowena").put(page(release, name)).status_code == 405


# What changes in between


def test_what_is_approved_is_what_was_shown(signed_in, met, asked):
    refused = signed_in("rowena").post(page(asked(met()), "approve"), {"looked_at": "0" * 64})

    assert refused.status_code == 403
    assert "This is not what you were shown." in refused.text


def restrict_item(cast, meeting):
    with cast.acting("dilys"):
        meeting.items.update(audience_id=cast.bodies["board"].office_audience_id)


def withhold(cast, meeting):
    with cast.acting("dilys"):
        item = Item.objects.filter(meeting=meeting).first()
        with unguarded():
            Item.objects.filter(pk=item.pk).update(text="Tobias [withheld 1].")
        Passage.objects.create(
            item=item,
            number=1,
            text="spoke of the house in question",
            audience_id=cast.bodies["board"].office_audience_id,
        )


def hide_body(cast, meeting):
    with cast.acting("dilys"):
        body = cast.bodies["board"]
        type(body).objects.filter(pk=body.pk).update(audience_id=body.papers_audience_id)


CHANGES = [restrict_item, withhold, hide_body]


@pytest.mark.parametrize("change", CHANGES)
def test_a_marking_raised_before_asking_stops_it(cast, signed_in, met, settled, change):
    meeting = met()
    release = settled(meeting)
    change(cast, meeting)

    refused = signed_in("dilys").post(page(release, "ask"))

    assert refused.status_code == 403


@pytest.mark.parametrize("change", CHANGES)
def test_a_marking_raised_before_approval_stops_it(cast, signed_in, met, asked, change):
    meeting = met()
    release = asked(meeting)
    change(cast, meeting)

    rowena = signed_in("rowena")
    refused = rowena.post(page(release, "approve"), {"looked_at": release.sha256})

    assert refused.status_code == 403
    assert "changed or restricted since" in refused.text
    assert "cannot go out" in rowena.get(page(release)).text


@pytest.mark.parametrize("change", CHANGES)
def test_a_marking_raised_after_approval_still_stops_it(cast, met, asked, change):
    meeting = met()
    release = approved(cast, asked(meeting))
    change(cast, meeting)

    outbox.carry_all()

    assert everything_public() == ""
    stopped = fresh(cast, release)
    assert stopped.state == "stopped"
    assert "changed or restricted since" in stopped.reason


def approved(cast, release, by="rowena"):
    with cast.acting(by) as actor:
        return releasing.approve(actor, release=release, looked_at=release.sha256)


@pytest.mark.parametrize("change", CHANGES)
def test_the_frozen_text_is_hidden_once_the_source_is_restricted(
    cast, signed_in, met, asked, change
):
    """Also a stopped version, and one that waits, shows nothing that was restricted since."""
    meeting = met()
    release = asked(meeting)
    rowena = signed_in("rowena")
    assert "Lighting" in rowena.get(page(release)).text
    change(cast, meeting)

    for _ in range(2):
        assert "Lighting" not in rowena.get(page(release)).text
        rowena.post(page(release, "stop"), {"reason": "Restricted."})


def test_who_may_not_see_the_source_sees_no_version_of_it(cast, signed_in, met, public):
    meeting = met()
    release = public(meeting)
    assert signed_in("tobias").get(page(release)).status_code == 200
    with cast.acting("dilys"):
        office = cast.bodies["board"].office_audience_id
        type(meeting).objects.filter(pk=meeting.pk).update(audience_id=office)

    tobias = signed_in("tobias")
    assert tobias.get(page(release)).status_code == 404
    assert release.title not in tobias.get(reverse("editions:list")).text


def test_whoever_approved_must_still_be_one_who_may(cast, met, asked):
    release = approved(cast, asked(met()))
    with cast.acting("maud") as maud:
        held = cast.people["rowena"].appointments.get()
        end_appointment(maud, appointment=held, on=datetime.date(2021, 1, 1))

    outbox.carry_all()

    assert fresh(cast, release).state == "stopped"
    assert "Whoever approved this no longer may." in fresh(cast, release).reason


def test_an_account_that_was_closed_approves_nothing(cast, met, asked):
    release = approved(cast, asked(met()))
    Account.objects.filter(pk=cast.accounts["rowena"].pk).update(is_active=False)

    outbox.carry_all()

    assert fresh(cast, release).state == "stopped"


def test_a_marking_raised_on_what_is_public_is_noticed(cast, signed_in, met, public):
    meeting = met()
    release = public(meeting)
    assert looking.look_again() == 0
    restrict_item(cast, meeting)

    assert looking.look_again() == 1
    assert looking.look_again() == 0
    assert "To be looked at again" in signed_in("dilys").get(reverse("editions:list")).text
    assert "Look at it again" in signed_in("rowena").get(page(release)).text


# The way out


def test_a_failed_push_is_tried_again_and_nothing_overtakes_it(cast, met, asked, monkeypatch):
    first = approved(cast, asked(met()))
    second = approved(cast, asked(met(on=datetime.date(2020, 5, 5))))

    def down(changes, *, at):
        raise pushing.NoEdition("down")

    monkeypatch.setattr(outbox, "push", down)
    assert outbox.carry_all() == 0
    assert outbox.carry_all() == 0
    assert list(Outgoing.objects.order_by("id").values_list("tries", flat=True)) == [2, 0]
    assert fresh(cast, first).state == "approved"
    monkeypatch.undo()

    assert outbox.carry_all() == 2
    assert outbox.carry_all() == 0
    assert [fresh(cast, one).state for one in (first, second)] == ["pushed", "pushed"]


def test_withdrawing_takes_one_person_and_leaves_only_kind_and_day(cast, signed_in, met, public):
    meeting = met()
    release = public(meeting)
    rowena = signed_in("rowena")
    assert "feed readers" in rowena.get(page(release, "withdraw")).text

    sent = rowena.post(page(release, "withdraw"), {"reason": "A house could be recognised."})
    assert sent.status_code == 302
    outbox.carry_all()

    assert "Lighting" not in everything_public()
    assert "recognised" not in everything_public()
    assert "withdrawn" in public_page(at_meeting(meeting)).lower()
    inside = rowena.get(page(release)).text
    assert "A house could be recognised." in inside
    assert "What cannot be called back" in inside
    assert Published.objects.get(key=meeting.key).withdrawn_on


def test_a_withdrawal_stops_the_version_on_its_way(cast, signed_in, met, public, asked):
    meeting = met()
    first = public(meeting)
    second = approved(cast, asked(meeting))

    signed_in("dilys").post(page(first, "withdraw"), {"reason": "Wrong."})
    outbox.carry_all()

    assert [fresh(cast, one).state for one in (first, second)] == ["withdrawn", "stopped"]
    assert "Lighting" not in everything_public()


def test_a_newer_version_takes_the_place_of_the_one_before(cast, met, public):
    meeting = met()
    first, second = public(meeting), public(meeting)

    assert [fresh(cast, one).state for one in (first, second)] == ["replaced", "pushed"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ask", "This is public already. To take it out, withdraw it."),
        ("approve", "This is public already. To take it out, withdraw it."),
        ("stop", "This is public already. To take it out, withdraw it."),
        ("settle", "This text is approved, and stays as it is."),
    ],
)
def test_what_is_public_explains_what_can_be_done_with_it(signed_in, met, public, name, sentence):
    release = public(met())

    refused = signed_in("maud").post(page(release, name), {"saves": "0", "reason": "x"})

    assert refused.status_code == 403
    assert sentence in refused.text


def test_a_restricted_paper_belongs_to_whoever_it_came_from(cast, reported):
    paper = reported(
        tier=Tier.SENSITIVE,
        review_on=datetime.date(2030, 1, 1),
        marked=True,
        organisation=cast.organisations["police"],
    )
    with cast.acting("dilys") as dilys:
        source = source_of(dilys, paper)
    assert source.restricted
    assert source.originator == cast.organisations["police"]


def test_the_wall_stands_again_where_it_stood(cast, met):
    meeting = met(body="silver")
    with cast.acting("tobias"):
        with opened(what="edition.checked"):
            assert type(meeting).objects.filter(pk=meeting.pk).exists()
        assert not type(meeting).objects.filter(pk=meeting.pk).exists()
    assert Line.objects.filter(what="edition.checked").exists()
